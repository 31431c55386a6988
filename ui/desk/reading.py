"""What the desk reads: the incident in front, those held open beside it, the board; again only when something came."""

from PySide6.QtCore import QObject, Signal

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.incident import OwnerAct
from callhandler.services.board import OpenIncident
from callhandler.services.desk import View
from callhandler.store.changes import Changes
from ui import bridge
from ui.common.words import short_reference
from ui.desk.keeping import Keeper
from ui.tasks import Failure, Reads, Writes
from ui.timeline import Vocabulary
from ui.timeline.reading import story_of
from ui.timeline.story import Story


class Reading(QObject):
    """Holds which incidents are open, and the newest view of the one in front."""

    viewed = Signal(object)
    boarded = Signal(object)
    said = Signal(str, str)
    opened = Signal(object)
    leaving = Signal(object)
    held_changed = Signal()
    changed = Signal(object)

    def __init__(
        self, app: App, actor: Actor, writes: Writes, reads: Reads, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.app = app
        self.actor = actor
        self.incident_id: int | None = None
        self.view: View | None = None
        self.story = Story((), 0.0)
        self.held: list[int] = []
        self.parked: set[int] = set()
        self.unread: dict[int, int] = {}
        self.board: tuple[OpenIncident, ...] = ()
        self.request_id: int | None = None
        self.order_shown: int | None = None
        self.keeper = Keeper(app, writes, f"{actor.name}@{app.settings.database}", self._failed)
        self.drafts = self.keeper.lines
        self.writes = writes
        self.reads = reads
        self._vocabulary = Vocabulary.of(app.policy)
        self._listener = bridge.Listener(app, reads, self)
        self._listener.heard.connect(self._heard)
        self._listener.start()

    # which incidents

    def open(self, incident_id: int | None) -> None:
        """Show another incident; those opened before stay held. What was asked of the one before is wanted no longer."""
        if incident_id is not None and incident_id == self.incident_id:
            self.read()
            return
        self.leaving.emit(self.incident_id)
        self.incident_id = incident_id
        self.view = None
        self.story = Story((), 0.0)
        self.request_id = None
        if incident_id is not None:
            self.unread.pop(incident_id, None)
            if incident_id not in self.held:
                self.held.append(incident_id)
        self.reads.drop("view")
        self.opened.emit(incident_id)
        self.held_changed.emit()
        self.viewed.emit(None)
        self.read()

    def put_away(self, incident_id: int) -> None:
        """Hold an incident no longer; the next that is held comes up."""
        place = self.held.index(incident_id) if incident_id in self.held else 0
        self.held = [i for i in self.held if i != incident_id]
        self.unread.pop(incident_id, None)
        if incident_id == self.incident_id:
            self.open(self.held[min(place, len(self.held) - 1)] if self.held else None)
        else:
            self.held_changed.emit()

    def step(self, by: int) -> None:
        """Go to the next of the incidents held, or the one before."""
        if self.held:
            here = self.held.index(self.incident_id) if self.incident_id in self.held else 0
            self.open(self.held[(here + by) % len(self.held)])

    def go_to(self, place: int) -> None:
        """Go to the incident held in this place, from nought."""
        if 0 <= place < len(self.held):
            self.open(self.held[place])

    # reading

    def read(self) -> None:
        """Read the open incident and the board again."""
        self.read_now()
        self.read_board()

    def read_board(self) -> None:
        """Read the board again."""
        self.reads.ask("board", lambda: self.app.desk.board(self.actor), self._boarded, self._failed)

    def read_view(self) -> None:
        """Read the open incident again if anything came since, or the clocks moved on a minute."""
        self._listener.ask()
        if self.view is not None:
            now, then = self.app.office.clock.now(), self.view.picture.as_of
            if now.replace(second=0, microsecond=0) != then.replace(second=0, microsecond=0):
                self.read_now()

    def read_now(self) -> None:
        """Read the open incident again, whatever came."""
        wanted = self.incident_id
        if wanted is None:
            return

        def work() -> tuple[View, Story]:
            view = self.app.desk.view(self.actor, wanted)
            return view, story_of(view, self._vocabulary)

        self.reads.ask("view", work, lambda found: self._read(wanted, *found), self._failed)

    def be_here(self) -> None:
        """Say that this window runs, and read who else is there: one whose window was killed is nobody to ask."""
        self.writes.do(lambda: self.app.identity.renew(self.actor), lambda _: self.read_now())

    def _read(self, wanted: int, view: View, story: Story) -> None:
        if wanted != self.incident_id:
            return
        told = bridge.news(self.view, view, self.actor)
        self.view, self.story = view, story
        owner = view.picture.owner
        aside = owner is not None and owner.act is OwnerAct.PARK
        (self.parked.add if aside else self.parked.discard)(wanted)
        self.viewed.emit(view)
        self.held_changed.emit()
        if told:
            self.said.emit(told, "accent")
        self._answered(view)

    def _answered(self, view: View) -> None:
        """What an answer to one's own request changes."""

    def _heard(self, changes: Changes) -> None:
        """Something was recorded, here or at another desk: read what it touched, and no more."""
        self.changed.emit(changes)
        seen = self.view.picture.upto if self.view is not None else 0
        if self.incident_id in changes.incidents and seen < changes.last:
            self.read_now()
        for said in changes.said:
            beside = said.incident_id in self.held and said.incident_id != self.incident_id
            if beside and said.author != self.actor.display:
                self.unread[said.incident_id] = self.unread.get(said.incident_id, 0) + 1
                self.said.emit(bridge.elsewhere(said, self.reference_of(said.incident_id)), "accent")
        if changes.incidents:
            self.read_board()

    def reference_of(self, incident_id: int) -> str:
        """An incident's short reference, as far as the board knows it."""
        found = next((b for b in self.board if b.incident_id == incident_id), None)
        if found is None:
            return f"#{incident_id}"
        return short_reference(found.reference, [b.reference for b in self.board])

    def _boarded(self, board: tuple[OpenIncident, ...]) -> None:
        self.board = board
        self.boarded.emit(board)
        self.held_changed.emit()

    def _failed(self, failure: Failure) -> None:
        self.said.emit(failure.sentence, "serious")
