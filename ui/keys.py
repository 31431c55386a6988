"""The page that lists every key, made from the actions themselves, so that it cannot forget one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.common import theme
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import tr
from ui.palette.entries import keys_of

EDGE, GAP, BESIDE, BAR = 24, 36, 16, 9
"""The room around the page, between columns, between a key and what it does, and of a scroll bar, in pixels."""

HEAD = 2
"""The rows that a heading takes."""

MOST, CHARACTERS = 4, 34
"""The most columns; and how much of what a key does has room in one line."""

Group = tuple[str, list[QAction]]
Groups = list[Group]


class KeysPage(SidePage):
    """Esc or F12 goes back; the arrows and the page keys scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keys"), parent)
        self._scroll = self.add_scrolled(QWidget())
        self.listed: tuple[tuple[str, str], ...] = ()
        self._groups: Groups = []
        self._columns = 0

    def show_actions(self, groups: Groups) -> None:
        """List these actions with their keys."""
        self._groups = groups
        self.listed = tuple((action.text(), keys_of(action)) for _, actions in groups for action in actions)
        self.setAccessibleDescription("; ".join(f"{key}: {name}" for name, key in self.listed))
        self._columns = 0
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as can be read without scrolling sideways."""
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Other letters since, other columns."""
        super().showEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.width() - 2 * EDGE - BAR
        columns = min(MOST, max(1, room // (self._widest_key() + self._words() + BESIDE + GAP)))
        if columns != self._columns and self._groups:
            self._columns = columns
            self._scroll.setWidget(self._list(columns))

    def _widest_key(self) -> int:
        strong = QFontMetrics(theme.letters(theme.base(), semi=True))
        return max(
            (strong.horizontalAdvance(keys_of(a)) for _, group in self._groups for a in group), default=0
        )

    def _words(self) -> int:
        """The room for what a key does; more goes on in a second line."""
        return QFontMetrics(theme.letters(theme.base())).averageCharWidth() * CHARACTERS

    def _dealt(self, many: int) -> list[Groups]:
        """The groups in at most so many columns, in order and none parted, the columns as short as can be."""
        high = max(_rows(group) for group in self._groups)
        while len(dealt := _columns(self._groups, high)) > many:
            high += 1
        return dealt

    def _list(self, many: int) -> QWidget:
        inner = QWidget()
        inner.setProperty("look", "clear")
        row = QHBoxLayout(inner)
        row.setSpacing(GAP)
        for groups in self._dealt(many):
            column = QVBoxLayout()
            column.setSpacing(6)
            for heading, actions in groups:
                column.addWidget(Text(heading, "accent", larger=1, semi=True))
                column.addLayout(_grid(actions, self._widest_key()))
                column.addSpacing(14)
            column.addStretch(1)
            row.addLayout(column, 1)
        return inner


def _rows(group: Group) -> int:
    return len(group[1]) + HEAD


def _columns(groups: Groups, high: int) -> list[Groups]:
    """The groups in columns of at most so many rows."""
    columns: list[Groups] = [[]]
    for group in groups:
        if sum(map(_rows, columns[-1])) + _rows(group) > high:
            columns.append([])
        columns[-1].append(group)
    return columns


def _grid(actions: list[QAction], widest_key: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnMinimumWidth(0, widest_key)
    grid.setHorizontalSpacing(BESIDE)
    grid.setVerticalSpacing(5)
    for line, action in enumerate(actions):
        grid.addWidget(Text(keys_of(action), semi=True, wrap=False), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(action.text()), line, 1)
    grid.setColumnStretch(1, 1)
    return grid
