"""Rows of plain cells for a table: the first rows as understood, or the rejected ones."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.common import theme
from ui.common.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class CellsModel(QAbstractTableModel):
    """A table of text. Rows whose last cell says something are said to be bad, by a sign as well as a colour."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: Sequence[str] = ()
        self._rows: list[tuple[str, ...]] = []

    def show_cells(self, heads: Sequence[str], rows: list[tuple[str, ...]]) -> None:
        """Show other rows under other heads."""
        self.beginResetModel()
        self._heads, self._rows = heads, rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads; rows carry their own numbers."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, on one line; the whole of it in its tooltip; in a row that is bad, the reason with a sign."""
        row = self._rows[index.row()]
        text = row[index.column()]
        last = index.column() == len(row) - 1
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"▲ {text}" if last and text else " ".join(text.split())
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._heads[index.column()]}: {text}"
            case Qt.ItemDataRole.ForegroundRole:
                return theme.colour("serious") if last and text else None
        return None
