"""Small parts of the review page: a heading with what belongs to it at the right, and a label with its value."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.common.labels import Cut, Text
from ui.desk.flow import Flow


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
    """Names at the left, what is so at the right; each pair is read out as one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
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
        for line, (name, value, tone) in enumerate(pairs):
            left, right = Text(name, "muted"), Text(value, tone)
            right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            left.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(left, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(right, line, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, 1)
