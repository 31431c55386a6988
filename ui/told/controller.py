"""Reads what this person was told, and records that it was seen."""

from PySide6.QtCore import QObject, Signal

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.review import Answered, Feedback
from ui.common.words import tr
from ui.desk.reading import Reading
from ui.tasks import Failure, Reads, Writes


class ToldController(QObject):
    """`read_again` tells that there is something new to show; `said_here` why something is not recorded."""

    read_again = Signal()
    acknowledged = Signal()
    said = Signal(str, str)
    said_here = Signal(str)

    def __init__(
        self,
        app: App,
        actor: Actor,
        desk: Reading,
        writes: Writes,
        reads: Reads,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.feedback: tuple[Feedback, ...] = ()
        self.answers: tuple[Answered, ...] = ()
        self.read_once = False
        self._app = app
        self._actor = actor
        self._desk = desk
        self._writes = writes
        self._reads = reads
        self._since = app.office.clock.now()
        self._looked: set[int] = set()
        desk.changed.connect(lambda _changes: self.read())

    def read(self) -> None:
        """Read it again."""

        def work() -> tuple[tuple[Feedback, ...], tuple[Answered, ...]]:
            reviews = self._app.reviews
            return reviews.feedback(self._actor), reviews.answered(self._actor)

        self._reads.ask("told", work, self._got, self._failed)

    def _got(self, found: tuple[tuple[Feedback, ...], tuple[Answered, ...]]) -> None:
        before = {f.id for f in self.feedback}
        fresh = [f for f in found[0] if f.id not in before and f.seen_at is None]
        self.feedback, self.answers = found
        if self.read_once and fresh:
            self.said.emit(tr("A reviewer tells you something (Ctrl+I)."), "accent")
        self.read_once = True
        self.read_again.emit()

    @property
    def unseen(self) -> int:
        """How much was told and neither acknowledged nor, for answers since sign-in, looked at."""
        answers = sum(1 for a in self.answers if a.at >= self._since and a.request_id not in self._looked)
        return sum(1 for f in self.feedback if f.seen_at is None) + answers

    def looked_at(self) -> None:
        """The page was opened: answers to one's own requests have been looked at."""
        self._looked |= {a.request_id for a in self.answers}
        self.read_again.emit()

    def reference(self, incident_id: int) -> str:
        """An incident's short reference, as far as the board knows it."""
        return self._desk.reference_of(incident_id)

    def acknowledge(self, feedback_id: int, answer: str) -> None:
        """Record that it was seen, with a word of one's own or none."""

        def done(_none: None) -> None:
            self.acknowledged.emit()
            self.said.emit(tr("Acknowledged; the reviewer sees it."), "calm")
            self.read()

        self._writes.do(
            lambda: self._app.reviews.acknowledge(self._actor, feedback_id, answer), done, self._failed
        )

    def _failed(self, failure: Failure) -> None:
        self.said_here.emit(failure.sentence)
        self.said.emit(failure.sentence, "serious")
