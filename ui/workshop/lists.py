"""The faults of an exercise, and what happens in it: each row leads to its line."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from callhandler.services.training.looked_over import Fault
from callhandler.services.training.preview import Step
from ui.common import theme
from ui.common.words import tr

LINE = Qt.ItemDataRole.UserRole


class LinesList(QListWidget):
    """Rows that wrap; `chosen` tells the line of the one that Enter was pressed on."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.itemActivated.connect(lambda item: self.chosen.emit(item.data(LINE)))

    def show_faults(self, faults: Iterable[Fault]) -> None:
        """Every fault with its line."""
        self._begin()
        for fault in faults:
            where = tr("line {n}: ").format(n=fault.line) if fault.line else ""
            self._add(f"▲ {where}{fault.sentence}", fault.line, "serious")
        self._told(tr("none"))

    def show_steps(self, steps: Iterable[Step]) -> None:
        """What happens, each step under the one that brings it about."""
        self._begin()
        for step in steps:
            item = self._add(
                f"{'      ' * step.depth}{step.text}", step.line, "text" if not step.depth else ""
            )
            if step.heading or not step.depth:
                item.setFont(theme.letters(theme.base() + (1 if step.heading else 0), step.heading, True))
        self._told("")

    def _begin(self) -> None:
        self._row = self.currentRow()
        self.clear()

    def _add(self, text: str, line: int, tone: str) -> QListWidgetItem:
        item = QListWidgetItem(text, self)
        item.setData(LINE, line)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text.strip())
        if tone:
            item.setForeground(theme.colour(tone))
        return item

    def _told(self, none: str) -> None:
        self.setAccessibleDescription(str(self.count()) if self.count() or not none else none)
        if self.count():
            self.setCurrentRow(min(max(self._row, 0), self.count() - 1))
