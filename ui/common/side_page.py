"""A page beside the work: a heading, how to leave, and room that scrolls. Esc goes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.common.labels import Text
from ui.common.words import tr

STEPS = {
    Qt.Key.Key_Up.value: -40,
    Qt.Key.Key_Down.value: 40,
    Qt.Key.Key_PageUp.value: -400,
    Qt.Key.Key_PageDown.value: 400,
    Qt.Key.Key_Home.value: -1_000_000,
    Qt.Key.Key_End.value: 1_000_000,
}
"""How far each key scrolls, in pixels; what is too far ends at the end."""


class SidePage(QWidget):
    """`left` asks to go back to the work."""

    left = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 18, 24, 18)
        head = QHBoxLayout()
        head.addWidget(Text(title, larger=6, bold=True), 1)
        head.addWidget(Text(tr("Esc goes back"), "muted", wrap=False))
        self.column.addLayout(head)

    def add_scrolled(self, inner: QWidget) -> QScrollArea:
        """Add a part that scrolls."""
        inner.setProperty("look", "clear")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self.column.addWidget(scroll, 1)
        return scroll

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; the arrows, page keys, Home and End scroll where nothing else wants them."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        scroll = self.findChild(QScrollArea)
        if scroll is not None and event.key() in STEPS:
            bar = scroll.verticalScrollBar()
            bar.setValue(bar.value() + STEPS[event.key()])
            return
        super().keyPressEvent(event)
