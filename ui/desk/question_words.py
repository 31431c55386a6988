"""The short line for what was said with an answer: optional, recorded by Enter, kept while it is typed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from callhandler.model.facts import Reply
from callhandler.policy.entries import Question
from ui.common.labels import Cut
from ui.common.words import tr
from ui.desk.forms.strip import KEEP_AFTER_MS
from ui.desk.who_rows import reply_words


class WordsLine(QWidget):
    """Offered after an answer; it takes no key until it is gone to.

    `said` tells question, reply and words; `typed` question, reply and what stands there now; `over` that it was left.
    """

    said = Signal(str, Reply, str)
    typed = Signal(str, Reply, str)
    over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._reply = Reply.YES
        self.to = Cut("", "muted", larger=-2)
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("What was said with the answer"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        self.line.returnPressed.connect(self._enter)
        self.line.textEdited.connect(lambda _: self._timer.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.to)
        column.addWidget(self.line)
        self.hide()

    @property
    def question(self) -> str:
        """The question whose words are asked for; empty when none is."""
        return self._question.id if self._question is not None else ""

    def offer(self, question: Question, reply: Reply, text: str = "") -> None:
        """Offer the line for what was said with this reply; what stands in it for another is kept."""
        self.keep_now()
        self._question, self._reply = question, reply
        hint = question.words or tr("What was said")
        self.to.say(tr("{reply} to: {ask}").format(reply=reply_words(reply), ask=question.ask))
        self.line.setPlaceholderText(tr("W: {hint} (Enter records)").format(hint=hint))
        self.line.setAccessibleName(f"{hint}. {self.to.text()}")
        self.line.setText(text)
        self.show()

    def put_away(self) -> None:
        """Nothing is offered any longer; what stands there is kept."""
        self.keep_now()
        self._question = None
        self.hide()

    def go(self) -> None:
        """Put the hands on the line, when it is offered."""
        if self._question is not None:
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep_now(self) -> None:
        """Keep what is typed at once."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _keep(self) -> None:
        if self._question is not None:
            self.typed.emit(self._question.id, self._reply, self.line.text())

    def _enter(self) -> None:
        question, text = self._question, self.line.text().strip()
        self._timer.stop()
        if question is not None and text:
            self.said.emit(question.id, self._reply, text)
            self._question = None
            self.hide()
        self.over.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the questions; what stands here is not wanted."""
        if event.key() == Qt.Key.Key_Escape:
            self._timer.stop()
            if self._question is not None:
                self.typed.emit(self._question.id, self._reply, "")
            self._question = None
            self.hide()
            self.over.emit()
        else:
            super().keyPressEvent(event)
