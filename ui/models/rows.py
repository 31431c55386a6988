"""Rows of the lists, and the one model that holds them. Each row says itself for a screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.common.labels import plain_tip

ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Row:
    """What every row has: a key that stays the same, what is read out, and the whole text for a tooltip."""

    key: str
    spoken: str
    tip: str


@dataclass(frozen=True)
class WarningRow(Row):
    """A warning: shape and tint by tier, the sentence, what it rests on, since when."""

    tier: str
    sentence: str
    detail: str
    aside: str
    new: bool


@dataclass(frozen=True)
class EntryRow(Row):
    """A person or a place: shape, name, one line."""

    shape: str
    tone: str
    title: str
    sub: str
    sub_tone: str = "muted"


@dataclass(frozen=True)
class HistoryRow(Row):
    """A past incident: date, what was told, what was left undone, how it was assessed, why it is shown."""

    date: str
    summary: str
    undone: str
    assessed: str
    why: str


@dataclass(frozen=True)
class LogRow(Row):
    """A line of the log. `pending` says why it is not saved yet, empty when it is."""

    time: str
    author: str
    text: str
    pending: str = ""


@dataclass(frozen=True)
class BoardRow(Row):
    """An open incident: grade, reference and who, where it stands."""

    incident_id: int
    grade: str
    band: str
    title: str
    standing: str
    tone: str
    here: bool


R = TypeVar("R", bound=Row)


class RowsModel(QAbstractListModel, Generic[R]):
    """A list of rows. Only what differs is told: unchanged rows neither flicker nor move, and selections stay."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[R, ...] = ()

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows shown."""
        return self._rows

    def show_rows(self, rows: Sequence[R]) -> bool:
        """Show these rows; says whether the number of rows changed."""
        fresh = tuple(rows)
        if fresh == self._rows:
            return False
        many = len(fresh) != len(self._rows)
        kept = {r.key for r in self._rows} & {r.key for r in fresh}
        if kept and self._stays_in_order(fresh, kept):
            self._take_out(kept)
            self._put_in(fresh, kept)
            changed = [i for i, (a, b) in enumerate(zip(fresh, self._rows, strict=True)) if a != b]
            self._rows = fresh
            for i in changed:
                self.dataChanged.emit(self.index(i), self.index(i))
        else:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
        return many

    def _stays_in_order(self, fresh: tuple[R, ...], kept: set[str]) -> bool:
        """True when the rows that stay keep their order; keys that are there twice cannot be followed."""
        old, new = [r.key for r in self._rows], [r.key for r in fresh]
        if len(set(old)) != len(old) or len(set(new)) != len(new):
            return False
        return [k for k in old if k in kept] == [k for k in new if k in kept]

    def _take_out(self, kept: set[str]) -> None:
        for first, last in reversed(_runs(self._rows, kept)):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._rows = (*self._rows[:first], *self._rows[last + 1 :])
            self.endRemoveRows()

    def _put_in(self, fresh: tuple[R, ...], kept: set[str]) -> None:
        for first, last in _runs(fresh, kept):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows = (*self._rows[:first], *fresh[first : last + 1], *self._rows[first:])
            self.endInsertRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What is read out for display and for a screen reader; the row itself for the delegate."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.tip)
        return row if role == ROW else None

    def row_of(self, key: str) -> int:
        """The place of the row with this key, or -1."""
        return next((i for i, r in enumerate(self._rows) if r.key == key), -1)


def _runs(rows: Sequence[Row], kept: set[str]) -> list[tuple[int, int]]:
    """The first and the last place of each unbroken run of rows that are not among those kept."""
    found: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        if row.key not in kept:
            found[-1:] = [(found[-1][0], i)] if found and found[-1][1] == i - 1 else [*found[-1:], (i, i)]
    return found
