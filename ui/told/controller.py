"""Reads what this person was told, and records that it was seen."""

from PySide6.QtCore import QObject, Signal

from callhandler.model.review import Answered, Feedback
from ui.common.words import tr
from ui.desk.beside import Beside
from ui.desk.controller import DeskController


class ToldController(Beside):
    """`read_again` tells that there is something new to show; `said_here` why something is not recorded."""

    read_again = Signal()
    acknowledged = Signal()

    def __init__(self, desk: DeskController, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.feedback: tuple[Feedback, ...] = ()
        self.answers: tuple[Answered, ...] = ()
        self.read_once = False
        self._since = self.app.office.clock.now()
        self._looked: set[int] = set()
        desk.changed.connect(lambda _changes: self.read())

    def read(self) -> None:
        """Read it again."""

        def work() -> tuple[tuple[Feedback, ...], tuple[Answered, ...]]:
            reviews = self.app.reviews
            return reviews.feedback(self.actor), reviews.answered(self.actor)

        self.reads.ask("told", work, self._got, self._failed)

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
            lambda: self.app.reviews.acknowledge(self.actor, feedback_id, answer), done, self._failed
        )
