"""What is seen first: the program's name, and that it opens. Painted before the rest of the program is read from disk."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.common.words import tr


class FirstPage(QWidget):
    """`painted` is told once, when the page has been seen."""

    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = False
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.timeout.connect(self.painted)
        column = QVBoxLayout()
        column.addStretch(1)
        for text in ("callhandler", tr("Opening …")):
            label = QLabel(text)
            label.setAccessibleName(text)
            column.addWidget(label)
        column.addStretch(2)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column, 2)
        row.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the page has been seen, after all of it is painted."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self._after.start(0)
