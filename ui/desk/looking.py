"""What the desk reads while something is typed or opened; an overtaken reading is never shown."""

from collections.abc import Callable

from callhandler.model.order import OrderCopy
from callhandler.rules.identify import Join
from callhandler.rules.suggest import Suggestion
from callhandler.services.calls import CallIn
from callhandler.services.finding import Found, get_ready
from callhandler.services.judgements import Parting
from callhandler.services.surroundings import Near
from ui.desk.reading import Reading


class Looking(Reading):
    """Who may be ringing, where, which incident a call would join, what a line may tell. It records nothing."""

    _words_read = False

    def offer(self, call: CallIn, shown: Callable[[Join | None], None]) -> None:
        """Which live incident a call would join, read while it is typed; an overtaken reading is never shown."""
        self.reads.ask("offer", lambda: self.app.calls.offer(self.actor, call), shown, self._failed)

    def get_ready(self) -> None:
        """Read what compares names and places, off the window's thread, before the first of them is typed."""
        self.reads.ask("ready", get_ready, lambda _: None)

    def who(self, call: CallIn, shown: Callable[[Found], None]) -> None:
        """Who may be ringing, read while a call is typed; an overtaken reading is never shown."""
        self.reads.ask("who", lambda: self.app.calls.who(self.actor, call), shown, self._failed)

    def where(self, call: CallIn, shown: Callable[[Found], None]) -> None:
        """Which places may be meant, read while a call is typed; an overtaken reading is never shown."""
        self.reads.ask("where", lambda: self.app.calls.where(self.actor, call), shown, self._failed)

    def undoing(self, judgement_id: int, shown: Callable[[Parting], None]) -> None:
        """What undoing a judgement would take away here; an overtaken reading, and one that fails, is never shown."""
        incident_id = self.incident_id
        if incident_id is not None:
            work = self.app.judgements.parting
            self.reads.ask(
                "undoing", lambda: work(self.actor, incident_id, judgement_id), shown, lambda _: None
            )

    def around(self, incident_id: int, place_id: int, shown: Callable[[tuple[Near, ...]], None]) -> None:
        """What is held around a place; another place's answer is never shown."""
        work = self.app.surroundings.around
        self.reads.ask("around", lambda: work(self.actor, incident_id, place_id), shown, self._failed)

    def forget_around(self) -> None:
        """No place is in front any longer."""
        self.reads.drop("around")

    def forget_where(self) -> None:
        """No place is being typed any longer."""
        self.reads.drop("where")

    def forget_who(self) -> None:
        """Nobody's name or number is being typed any longer."""
        self.reads.drop("who")

    def forget_offer(self) -> None:
        """No call is being typed any longer."""
        self.reads.drop("offer")

    def read_copy(self, copy: OrderCopy, shown: Callable[[bytes], None]) -> None:
        """Read a copy of an order; an overtaken reading is never shown."""
        self.reads.ask("copy", lambda: self.app.orders.read_copy(self.actor, copy), shown, self._failed)

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """What a line may tell; nothing until the words of the policy were read."""
        return self.app.suggesting.offers(text) if self._words_read else ()

    def read_words(self) -> None:
        """Read the words of the policy off the window's thread."""

        def ready(_: None) -> None:
            self._words_read = True

        self.reads.ask("words", self.app.suggesting.prepare, ready, self._failed)
