"""The one way by which history comes in by the million: blocks of rows, each block under one link of the journal."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError

from callhandler.store import plainly
from callhandler.store.blocks import PAGE, TABLES, WITH_INCIDENT, page_digest
from callhandler.store.journal import new_salt
from callhandler.store.pointing import Row
from callhandler.store.tables import import_batch, metadata
from callhandler.store.unit_of_work import UnitOfWork, plain_value

_ORDER = [table.name for table in metadata.sorted_tables if table.name in TABLES]
"""The tables so that what a row points to is there before it."""
_WIDTH = {name: len(table.c) for name, table in TABLES.items()}
_UUID = frozenset(name for name, table in TABLES.items() if "uuid" in table.c)


class Block:
    """Rows of history within one unit of work; they are kept together or not at all.

    Every id is given at once, so that rows may point to each other. Nothing else may be appended until `close`. A store
    that desks work with is locked for as long as the transaction lasts: some thousand rows are a good block there.
    """

    def __init__(self, uow: UnitOfWork, file_id: int) -> None:
        """Begin a block of rows from an `import_file`."""
        uow.begin_block()
        self._uow = uow
        self._file_id = file_id
        self._next = self.first = uow.last + 1
        self._rows: list[Row] = []

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, table: Table, *, known_at: int, **values: Any) -> int:
        """Add one row by its columns' names; returns its id. `known_at` is when police recorded it, in microseconds UTC.

        Raises ValueError for a table whose rows no block may hold, and for a column that the table does not have.
        """
        if unknown := set(values) - set(table.c.keys()):
            raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
        if table.name not in TABLES:
            raise ValueError(_NO_SUCH.format(table.name))
        given = [plain_value(values.get(c)) for c in table.c.keys()[3:]]
        id_ = self._next
        if table.name in _UUID:
            given[0] = given[0] or _uuid(id_)
        self._rows.append((table.name, (id_, "", known_at, *given)))
        self._next = id_ + 1
        return id_

    def put(self, table: str, known_at: int, /, *values: Any) -> int:
        """Add one row by its values, in the order of the table's columns after `known_at` and `uuid`, which it is given.

        The quick way, for values that are as the engines keep them already; returns the row's id. `close` raises
        ValueError when a row does not fit its table.
        """
        id_ = self._next
        if table in _UUID:
            self._rows.append((table, (id_, "", known_at, _uuid(id_), *values)))
        else:
            self._rows.append((table, (id_, "", known_at, *values)))
        self._next = id_ + 1
        return id_

    def close(self, ended_at: str, salt: str = "") -> int:
        """Write the rows, then their one link; returns its id. `ended_at` is where to go on in the source, in its own words.

        A block without rows is recorded too: it says that the source was read so far. Raises ValueError when a row does not
        fit its table, or would make or touch a live incident; DBAPIError when the database refuses a row. Then nothing may
        be committed. A `salt` is given only for what is made up, so that the same seed gives the same digests.
        """
        connection, last = self._uow.connection, self._next - 1
        by_table: dict[str, list[tuple[Any, ...]]] = {}
        for name, values in self._rows:
            by_table.setdefault(name, []).append(values)
        _fitting(by_table)
        _write(connection, by_table)
        _only_past(connection, by_table, self.first, last)
        salt = salt or new_salt()
        pages = [
            page_digest(salt, self._rows[start : start + PAGE]) for start in range(0, len(self._rows), PAGE)
        ]
        self._uow.end_block(last)
        return self._uow.append(
            import_batch,
            salt=salt,
            file_id=self._file_id,
            first_id=self.first,
            last_id=last,
            rows=len(self._rows),
            ended_at=ended_at,
            pages="".join(pages),
        )


def _fitting(rows: Mapping[str, list[tuple[Any, ...]]]) -> None:
    for name, own in rows.items():
        if name not in TABLES:
            raise ValueError(_NO_SUCH.format(name))
        for row in own:
            if len(row) != _WIDTH[name]:
                raise ValueError(f"a row of {name} has {_WIDTH[name]} values with its own id, not {len(row)}")


_NO_SUCH = "no row of {} can be in a block: it holds things known, past incidents, what stands, orders"


def _uuid(id_: int) -> str:
    # No desk made it, so nothing can ask twice for it: its own id is enough, and short.
    return f"{id_:012x}"


def _write(connection: Connection, rows: Mapping[str, list[tuple[Any, ...]]]) -> None:
    for name in (n for n in _ORDER if n in rows):
        columns = TABLES[name].c.keys()
        if connection.dialect.name == "sqlite":
            plainly.put(connection, name, columns, rows[name])
        else:
            _copy(connection, f"COPY {name} ({', '.join(columns)}) FROM STDIN", rows[name])


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


def _only_past(connection: Connection, rows: Mapping[str, object], first: int, last: int) -> None:
    """History is past: it makes no live incident, and tells nothing of one. Two statements, and one for each table in it."""
    span = {"first": first, "last": last}
    tables = [name for name in WITH_INCIDENT if name in rows]
    asked = [
        f"SELECT incident_id FROM {name} WHERE id BETWEEN :first AND :last AND incident_id < :first"
        for name in tables
    ]
    asked.append("SELECT id FROM incident WHERE live <> 0 AND id BETWEEN :first AND :last")
    live = connection.execute(
        text(f"SELECT i.id FROM incident i WHERE i.live <> 0 AND i.id IN ({' UNION '.join(asked)}) LIMIT 1"),
        span,
    ).scalar()
    if live is not None:
        raise ValueError(f"history can neither make nor touch a live incident, as it would with {live}")
