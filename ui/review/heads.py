"""Small parts of the review page: a heading with what belongs to it at the right, and a label with its value."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.common.labels import Cut, Text
from ui.desk.flow import Flow

SHORT = 18
"""So many letters stand beside their name; more stand beneath it."""


class Heading(QWidget):
    """A heading, and beside it at the right what says how much or how sure; beneath it where there is no room."""

    def __init__(self, text: str, aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Cut(text, semi=True)
        self.aside = Cut(aside, "muted", larger=-1, semi=True)
        row = Flow(self, gap=10, last_right=True)
        row.addWidget(self.title)
        row.addWidget(self.aside)

    def say(self, text: str, aside: str = "", tone: str = "muted") -> None:
        """Another heading."""
        self.title.say(text)
        # Shown though it is empty: the last one shown stands at the right.
        self.aside.say(aside, tone)


class Pairs(QWidget):
    """Names at the left, what is so at the right; a long one beneath its name. Each pair is read out as one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self.pairs: tuple[tuple[str, str, str], ...] = ()

    def show_pairs(self, pairs: tuple[tuple[str, str, str], ...]) -> None:
        """Show name, value and the value's tone of each."""
        if pairs == self.pairs:
            return
        self.pairs = pairs
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        line = 0
        for name, value, tone in pairs:
            left, right = Text(name, "muted"), Text(value, tone)
            left.setAccessibleName(f"{name}: {value}")
            if len(value) > SHORT:
                self._grid.addWidget(left, line, 0, 1, 2, top)
                self._grid.addWidget(right, line + 1, 0, 1, 2, top)
            else:
                right.setAlignment(Qt.AlignmentFlag.AlignRight | top)
                self._grid.addWidget(left, line, 0, top)
                self._grid.addWidget(right, line, 1, top)
            line += 2
