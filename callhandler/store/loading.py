"""A new, empty database filled at one go: indexes are made when all rows are there, and no write is waited for meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, Index, Select, Table, event, literal, select, text

from callhandler.errors import StoreTampered
from callhandler.store import triggers
from callhandler.store.engine import WRITE, shown
from callhandler.store.faults import told_plainly
from callhandler.store.tables import metadata

CACHE_KIB = 512 * 1024
"""So much of the file SQLite keeps in memory while it is filled."""

Say = Callable[[int, int], None]
"""Told how many of how many indexes are made."""


@contextmanager
def loading(engine: Engine, say: Say = lambda _done, _of: None) -> Iterator[None]:
    """Fill a database that nobody works with: it has no index and no trigger inside, and all of both afterwards.

    No row is refused by a trigger meanwhile, so this is only for a database that the program itself just made; what came in
    is proved by `verify` as anywhere. On SQLite a power cut meanwhile leaves a file that is no database.
    Raises AssertionError for a database with an incident in it.
    """
    with told_plainly(shown(engine)):
        with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
            if connection.execute(text("SELECT 1 FROM incident")).first():
                raise AssertionError("only an empty database is filled without its indexes")
            for trigger in triggers.triggers_for(engine.dialect.name):
                for statement in trigger.drop:
                    connection.exec_driver_sql(statement)
            for index in _indexes():
                index.drop(connection)
        with _unwaited(engine):
            yield
            indexes = _indexes()
            for done, index in enumerate(indexes):
                say(done, len(indexes))
                with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
                    index.create(connection)
            say(len(indexes), len(indexes))
            _every_reference(engine)
        with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
            triggers.install(connection)
            if connection.dialect.name == "postgresql":
                # The server plans by what it knows of the tables, and looks at them by itself only later. One known to be
                # empty it would read whole for each row that is then put into it: each is looked for before.
                filled = (t.name for t in metadata.sorted_tables if connection.execute(_some_of(t)).first())
                connection.exec_driver_sql(f"ANALYZE {', '.join(filled)}")


def _some_of(table: Table) -> Select[int]:
    return select(literal(1)).select_from(table).limit(1)


def _every_reference(engine: Engine) -> None:
    """What a row points to is looked up once for all instead of at every row. Raises StoreTampered."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise StoreTampered("A row of this database points to one that is not there. Make it again.")


def _indexes() -> list[Index]:
    return [
        index
        for table in metadata.sorted_tables
        for index in sorted(table.indexes, key=lambda i: str(i.name))
    ]


@contextmanager
def _unwaited(engine: Engine) -> Iterator[None]:
    if engine.dialect.name != "sqlite":
        yield
        return
    engine.dispose()
    event.listen(engine, "connect", _quick)
    try:
        yield
    finally:
        event.remove(engine, "connect", _quick)
        engine.dispose()


def _quick(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = MEMORY",
        "synchronous = OFF",
        "foreign_keys = OFF",
        f"cache_size = -{CACHE_KIB}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
