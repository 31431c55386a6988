"""Where a supervisor writes: a few lines that wrap. Enter records, Esc leaves, Tab goes on."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.common import theme


class ReasonBox(QPlainTextEdit):
    """`sent` tells that Enter was pressed, `left` that Esc was."""

    sent = Signal()
    left = Signal()

    def __init__(self, name: str, hint: str, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.dress()

    def text(self) -> str:
        """What is written, on one line."""
        return " ".join(self.toPlainText().split())

    def dress(self) -> None:
        """As high as its lines, in the letters in use."""
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + theme.scaled(6) + 12)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(theme.scaled(120), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records; Shift+Enter is a new line."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.sent.emit()
        else:
            super().keyPressEvent(event)
