"""The page that lists every key, made from the actions themselves, so that it cannot forget one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.common import theme
from ui.common.labels import Text
from ui.common.words import tr
from ui.palette.entries import keys_of

EDGE, GAP, BESIDE, BAR = 24, 36, 16, 9
"""The room around the page, between columns, between a key and what it does, and of a scroll bar, in pixels."""

HEAD, FEW = 2, 3
"""The rows that a heading takes; and the fewest of a group that stand alone."""


class KeysPage(QWidget):
    """Esc or F12 goes back."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 18, EDGE, 18)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Keys"), larger=6, bold=True), 1)
        head.addWidget(Text(tr("Esc goes back"), "muted", wrap=False))
        column.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        self.listed: tuple[tuple[str, str], ...] = ()
        self._groups: list[tuple[str, list[QAction]]] = []
        self._columns = 0

    def show_actions(self, groups: list[tuple[str, list[QAction]]]) -> None:
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
        columns = next((n for n in (4, 3, 2) if self._wide(n) <= self.width() - 2 * EDGE), 1)
        if columns != self._columns and self._groups:
            self._columns = columns
            self._scroll.setWidget(self._list(columns))

    def _wide(self, many: int) -> int:
        """How wide so many columns are."""
        metrics, strong = (QFontMetrics(theme.letters(theme.base(), semi=semi)) for semi in (False, True))
        room = GAP + BESIDE
        return BAR + sum(
            max((strong.horizontalAdvance(keys_of(a)) for _, group in column for a in group), default=0)
            + max((metrics.horizontalAdvance(a.text()) for _, group in column for a in group), default=0)
            + room
            for column in self._dealt(many)
        )

    def _dealt(self, many: int) -> list[list[tuple[str, list[QAction]]]]:
        """The groups in so many columns, in order; a long one goes on in the next."""
        rows = sum(len(actions) + HEAD for _, actions in self._groups) + HEAD * (many - 1)
        most = -(-rows // many)
        dealt: list[list[tuple[str, list[QAction]]]] = [[] for _ in range(many)]
        place, used = 0, 0
        for heading, actions in self._groups:
            rest, name = actions, heading
            while rest:
                room = most - used - HEAD
                if room < min(len(rest), FEW) and place < many - 1:
                    place, used = place + 1, 0
                    continue
                taken = rest if place == many - 1 else rest[:room]
                dealt[place].append((name, taken))
                used += len(taken) + HEAD
                rest, name = rest[len(taken) :], tr("{group}, continued").format(group=heading)
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
                column.addLayout(_grid(actions))
                column.addSpacing(14)
            column.addStretch(1)
            row.addLayout(column)
        row.addStretch(1)
        return inner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _grid(actions: list[QAction]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(BESIDE)
    grid.setVerticalSpacing(5)
    for line, action in enumerate(actions):
        grid.addWidget(Text(keys_of(action), semi=True, wrap=False), line, 0)
        grid.addWidget(Text(action.text(), wrap=False), line, 1)
    grid.setColumnStretch(1, 1)
    return grid
