"""What has been read of a store while it is proved: of which table each record is, so that what points to none is found.

SQLite looks up what a row points to when it is written, unless whoever writes turns that off; PostgreSQL always does. Here
each row is asked once more, on both, without a statement: a byte for each record says what it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from callhandler.store.tables import JOURNALLED

MOST = 20
"""So many rows that point to nothing are named; that there are more is said."""
_BITS = 16
_PAGE = 1 << _BITS

_NUMBERS = {table.name: number for number, table in enumerate(JOURNALLED, 1)}
_POINTS = {
    table.name: tuple(
        (at, column.name, to.table.name, _NUMBERS[to.table.name])
        for at, column in enumerate(table.c)
        for to in (key.column for key in column.foreign_keys)
    )
    for table in JOURNALLED
}
"""Of each table the columns that hold another record's id: where, by name, of which table, and that table's number."""

Row = tuple[str, tuple[Any, ...]]
"""A row with its table's name: the values in the order of the table's columns, the id first."""
Astray = tuple[int, str, str]
"""A record's id, its table, and what is wrong with what it points to."""


class Seen:
    """How many rows of each table were read, and what each id is: a byte for each, in pages, so that no id is too high."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._kinds: dict[int, bytearray] = {}
        self._ahead: list[tuple[Astray, int, int]] = []
        self._told = 0

    def take(self, rows: Iterable[Row]) -> Iterator[Astray]:
        """Count these rows, which come in the order of receipt; yield those that point to no record of the kind."""
        rows = list(rows)
        kinds, counts, last = self._kinds, self.counts, 0
        for name, values in rows:
            last = values[0]
            page = kinds.get(last >> _BITS)
            if page is None:
                page = kinds[last >> _BITS] = bytearray(_PAGE)
            page[last & (_PAGE - 1)] = _NUMBERS[name]
            counts[name] += 1
        for name, values in rows:
            for at, column, to, number in _POINTS[name]:
                wanted = values[at]
                if wanted is None:
                    continue
                if type(wanted) is int:
                    page = kinds.get(wanted >> _BITS)
                    if page is not None and page[wanted & (_PAGE - 1)] == number:
                        continue
                astray = values[0], name, f"its {column} points to a record of {to} that is not there"
                if type(wanted) is int and wanted > last:
                    self._ahead.append((astray, wanted, number))
                else:
                    yield from self._tell(astray)

    def left(self) -> Iterator[Astray]:
        """When all is read: those that pointed on to what is not there either. Nothing of ours points on."""
        for astray, wanted, number in self._ahead:
            page = self._kinds.get(wanted >> _BITS)
            if page is None or page[wanted & (_PAGE - 1)] != number:
                yield from self._tell(astray)

    def _tell(self, astray: Astray) -> Iterator[Astray]:
        self._told += 1
        if self._told <= MOST:
            yield astray
        elif self._told == MOST + 1:
            yield 0, astray[1], "and more point to records that are not there"
