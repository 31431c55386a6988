"""Where the review page meets the services: every answer, on the write lane; what is typed is kept until it landed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from callhandler.model.assessment import Verdict
from callhandler.model.paper import PaperKind
from callhandler.model.review import QueueLine, Result, SecondGrade
from callhandler.services.incidents import Outcome
from ui.common.words import tr
from ui.desk.keeping import packed, unpacked
from ui.review.papers import closed, make
from ui.review.queue_words import key_of
from ui.review.reading import ReviewReading
from ui.tasks import Failure

FORM = "review"


class ReviewController(ReviewReading):
    """Records what a supervisor or a reviewer answers."""

    recorded = Signal()
    paper_made = Signal(str, str)

    # what is typed

    def keep(self, code: str, text: str) -> None:
        """Keep what is typed for the item in front."""
        if self._key:
            self._desk.keeper.keep(self._key, FORM, "reason", packed(code, text) if text or code else "")

    @property
    def kept(self) -> tuple[str, str]:
        """What was typed for it before: the answer chosen, and the reason."""
        return unpacked(self._desk.keeper.of(self._key, FORM).get("reason", ""))

    # answers

    def answer(self, code: str, reason: str) -> None:
        """Answer the item in front: a supervisor's verdict on a request, or what a reviewer finds."""
        front = self.in_front
        if front is None or not self.there:
            self.said_here.emit(tr("This one waits no longer."))
        elif front.line.waiting:
            self._agree(front.line, Verdict(code), reason)
        else:
            self._find(front.line, Result(code), reason)

    def _agree(self, line: QueueLine, verdict: Verdict, reason: str) -> None:
        incident_id, request_id = line.incident_id, line.request_id
        assert request_id is not None

        def done(outcome: Outcome) -> None:
            if verdict is Verdict.AGREE and not outcome.accepted:
                self.said_here.emit(
                    tr("It cannot be agreed yet. ") + " ".join(n.sentence for n in outcome.needs)
                )
            else:
                self._landed(key_of(line), tr("Recorded; the handler sees it."))
            self._again()

        self._write(
            lambda: self.app.incidents.agree(self.actor, incident_id, request_id, verdict, reason), done
        )

    def _find(self, line: QueueLine, result: Result, reason: str) -> None:
        item_id, own = line.item_id, self.own_grade
        assert item_id is not None
        grade = own.grade if own is not None and result in (Result.OTHERWISE, Result.REOPEN) else ""

        def done(_outcome: int) -> None:
            self._landed(key_of(line), tr("Recorded; the handler is told."))
            self._again()

        self._write(
            lambda: self.app.reviews.answer(
                self.actor, item_id, result, reason, grade=grade, feedback=reason
            ),
            done,
        )

    def grade(self, grade: str) -> None:
        """Record one's own grade of the item in front, once."""
        front = self.in_front
        item_id = front.line.item_id if front is not None else None
        if item_id is None:
            return

        def done(_given: SecondGrade) -> None:
            self.said.emit(tr("Your grade is recorded."), "calm")
            self._again()
            self._read_front()

        self._write(lambda: self.app.reviews.grade(self.actor, item_id, grade), done)

    def turn_owner(self, line: QueueLine) -> None:
        """Make an item one's own, or give one's own back."""
        item_id, mine = line.item_id, line.owner_id == self.actor.user_id
        if item_id is None:
            return
        told = tr("Given back to the queue.") if mine else tr("Yours now.")

        def done(_none: None) -> None:
            self.said.emit(told, "calm")
            self._again()

        if mine:
            self._write(lambda: self.app.reviews.give_back(self.actor, item_id, tr("given back")), done)
        else:
            self._write(lambda: self.app.reviews.claim(self.actor, item_id), done)

    def make_paper(self, kind: PaperKind) -> None:
        """Make a paper of the item in front."""
        front = self.in_front
        if front is None or closed(front):
            self.paper_made.emit(closed(front), "serious")
            return

        def tell(sentence: str, tone: str) -> None:
            # In the last strip as well: the papers' own panel may be scrolled out of sight.
            self.paper_made.emit(sentence, tone)
            self.said.emit(sentence, tone)

        self._writes.do(
            lambda: make(self.app, self.actor, front, kind),
            lambda path: tell(tr("Saved: {path}").format(path=path), "calm"),
            lambda failure: tell(f"▲ {failure.sentence}", "serious"),
        )

    def _write(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def failed(failure: Failure) -> None:
            self._failed(failure)
            self._again()

        self._writes.do(work, done, failed)

    def _landed(self, key: str, sentence: str) -> None:
        self._desk.keeper.drop(key, FORM)
        if key == self._key:
            self.recorded.emit()
        self.said.emit(sentence, "calm")

    def _again(self) -> None:
        self._newest = -1
        self._figures_at = None
        self.read()
