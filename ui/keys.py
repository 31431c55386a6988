"""The page that lists every key, made from the actions themselves, so that it cannot forget one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

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

    def show_actions(self, groups: list[tuple[str, list[QAction]]]) -> None:
        """List these actions with their keys."""
        inner = QWidget()
        inner.setProperty("look", "clear")
        row = QHBoxLayout(inner)
        row.setSpacing(36)
        listed: list[tuple[str, str]] = []
        columns = [QVBoxLayout() for _ in range(3)]
        used = [0, 0, 0]
        for heading, actions in groups:
            shortest = used.index(min(used))
            used[shortest] += len(actions) + 2
            column = columns[shortest]
            column.addWidget(Text(heading, "accent", larger=1, semi=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(5)
            for line, action in enumerate(actions):
                key = keys_of(action)
                grid.addWidget(Text(key, semi=True, wrap=False), line, 0)
                grid.addWidget(Text(action.text(), wrap=False), line, 1)
                listed.append((action.text(), key))
            grid.setColumnStretch(1, 1)
            column.addLayout(grid)
            column.addSpacing(14)
        for column in columns:
            column.setSpacing(6)
            column.addStretch(1)
            row.addLayout(column)
        row.addStretch(1)
        self._scroll.setWidget(inner)
        self.listed = tuple(listed)
        self.setAccessibleDescription("; ".join(f"{key}: {name}" for name, key in listed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
