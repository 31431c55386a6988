"""The page that lists every key, made from the actions themselves, so that it cannot forget one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.common import theme
from ui.common.labels import Text
from ui.common.words import tr
from ui.palette.entries import keys_of


class KeysPage(QWidget):
    """Esc or F12 goes back."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
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
        metrics = QFontMetrics(theme.letters(theme.base()))
        widest = max((metrics.horizontalAdvance(f"{key}{name}") for name, key in self.listed), default=1)
        columns = max(1, min(3, self.width() // (widest + 5 * metrics.height())))
        if columns != self._columns and self._groups:
            self._columns = columns
            self._scroll.setWidget(self._list(columns))

    def _list(self, many: int) -> QWidget:
        inner = QWidget()
        inner.setProperty("look", "clear")
        row = QHBoxLayout(inner)
        row.setSpacing(36)
        columns = [QVBoxLayout() for _ in range(many)]
        used = [0] * many
        for heading, actions in self._groups:
            shortest = used.index(min(used))
            used[shortest] += len(actions) + 2
            column = columns[shortest]
            column.addWidget(Text(heading, "accent", larger=1, semi=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(5)
            for line, action in enumerate(actions):
                grid.addWidget(Text(keys_of(action), semi=True, wrap=False), line, 0)
                grid.addWidget(Text(action.text(), wrap=False), line, 1)
            grid.setColumnStretch(1, 1)
            column.addLayout(grid)
            column.addSpacing(14)
        for column in columns:
            column.setSpacing(6)
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
