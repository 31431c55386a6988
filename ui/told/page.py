"""The page of what one was told: feedback of reviews to be acknowledged, and supervisors' answers of this shift."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from callhandler.model.assessment import Verdict
from callhandler.model.review import Answered, Feedback, Result
from callhandler.model.when import When
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import tr
from ui.models.delegates import EntryDelegate
from ui.models.rows import EntryRow, Row, RowsModel
from ui.models.view import RowsView
from ui.review.reason_box import ReasonBox
from ui.told.controller import ToldController


class ToldPage(SidePage):
    """Enter on feedback goes to the line beneath; Enter there acknowledges it, with a word or without."""

    opened = Signal()

    def __init__(self, told: ToldController, parent: QWidget | None = None) -> None:
        super().__init__(tr("What you were told"), parent)
        self.told = told
        self.empty = Text("", "muted")
        self.list = RowsView(RowsModel[Row](), EntryDelegate(), tr("What you were told"))
        self.whole = Text("")
        self.word = ReasonBox(tr("Your word to the reviewer; may be empty"), tr("Enter acknowledges it"), 2)
        self.says = Text("", "muted", larger=-1)
        self.column.addSpacing(8)
        self.column.addWidget(self.empty)
        self.column.addWidget(self.list, 1)
        for part in (self.whole, self.word, self.says):
            self.column.addWidget(part)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.list.opened.connect(lambda _key: self._to_word())
        self.word.sent.connect(self._send)
        self.word.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        told.read_again.connect(self._show)
        told.acknowledged.connect(self._acknowledged)
        told.said_here.connect(lambda why: self.says.say(f"▲ {why}", "serious"))
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The hands begin on the list; what is an answer has been looked at."""
        super().focusInEvent(event)
        self.told.looked_at()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> Feedback | None:
        """The feedback that is in front; None for an answer."""
        key = self.list.current_key()
        return next((f for f in self.told.feedback if key == f"feedback:{f.id}"), None)

    def _show(self) -> None:
        rows = [feedback_row(f) for f in self.told.feedback]
        rows += [answer_row(a, self.told.reference(a.incident_id)) for a in self.told.answers]
        self.list.show_rows(rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.empty.setVisible(not rows)
        self.empty.say(
            tr(
                "Nothing was told to you in the last 30 days, and no request of yours was answered in this shift."
            )
            if self.told.read_once
            else tr("Not yet read.")
        )
        self._chosen()

    def _chosen(self) -> None:
        place = self.list.currentIndex()
        row = place.data(Qt.ItemDataRole.UserRole) if place.isValid() else None
        self.whole.say(row.tip if row is not None else "")
        front = self.current
        can = front is not None and front.seen_at is None
        self.word.setVisible(can)
        self.says.say(tr("Enter goes to your word; Enter there acknowledges it.") if can else "", "muted")

    def _to_word(self) -> None:
        if self.word.isVisible():
            self.word.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _send(self) -> None:
        front = self.current
        if front is not None:
            self.told.acknowledge(front.id, self.word.text())

    def _acknowledged(self) -> None:
        self.word.clear()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def feedback_row(told: Feedback) -> Row:
    """One thing that a reviewer told."""
    found = {
        Result.UPHELD: tr("Upheld"),
        Result.OTHERWISE: tr("Would have been graded otherwise"),
        Result.LEARNING: tr("Learning point"),
        Result.REOPEN: tr("Re-opened and raised"),
    }[told.result]
    title = f"{told.reference.partition(' · ')[0]} · {found}"
    when = When(told.at).spoken()
    seen = tr("acknowledged {when}").format(when=When(told.seen_at).spoken()) if told.seen_at else tr("new")
    sub = f"{told.author}, {when} · {seen}: {told.text}"
    tip = f"{told.reference}\n{found} · {told.author}, {when} · {seen}\n{told.text}"
    shape, tone = ("done", "calm") if told.seen_at else ("note", "accent")
    return EntryRow(f"feedback:{told.id}", f"{title}. {sub}", tip, shape, tone, title, sub)


def answer_row(answer: Answered, reference: str) -> Row:
    """A supervisor's answer to a request of one's own."""
    said = {
        Verdict.AGREE: tr("Agreed to, it was lowered"),
        Verdict.KEEP: tr("Kept, the grade stands"),
        Verdict.TAKE_OVER: tr("Taken over, the grade stands"),
    }[answer.verdict]
    title = f"{reference} · {said}"
    sub = f"{answer.author}, {When(answer.at).spoken()}: {answer.reason}"
    return EntryRow(
        f"answer:{answer.request_id}", f"{title}. {sub}", f"{title}\n{sub}", "plain", "muted", title, sub
    )
