"""Opens the database: SQLite in one file with no set-up, or PostgreSQL where desks share."""

import select
import time
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError

__all__ = ["URL", "WRITE", "Connection", "Engine", "make_engine", "roomy", "shown"]

WRITE = "callhandler_write"
"""Execution option of a connection that is about to write: on SQLite it takes the write lock at once."""

ROOMY = "callhandler_roomy"
"""Execution option of an engine that writes by the million: on SQLite it keeps more of the file in memory."""
ROOM = {True: (64 * 1024, 16_000), False: (2_000, 1_000)}
"""KiB of the file kept in memory, and pages written ahead before they are brought over; without room as SQLite has it."""

BUSY_SECONDS = 20
"""How long a desk waits for another's transaction before it says that the database is busy."""

HUNG_SECONDS = 60
"""How long PostgreSQL lets a desk sit idle in the middle of a transaction; ours last milliseconds."""


THERE = "callhandler_there"
"""When a connection was given back, in what is kept with it."""
STOOD_SECONDS = 5
"""How long a connection stands unused until the server is asked whether it is still there."""

PREPARED = 400
"""How many statements a desk's connection keeps prepared: a picture alone has sixty."""


def make_engine(url: str | URL) -> Engine:
    """An engine for a database address. A bare file path means SQLite."""
    address = make_url(url) if isinstance(url, URL) or "://" in url else URL.create("sqlite", database=url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": 0.25, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    # A desk that hangs in the middle of a transaction may not hold up the others for ever.
    limits = f"-c lock_timeout={BUSY_SECONDS}s -c idle_in_transaction_session_timeout={HUNG_SECONDS}s"
    # Ours are short: to compile them, or to send and plan them anew each time, takes longer than to run them.
    limits += " -c jit=off"
    engine = create_engine(
        address,
        connect_args={"application_name": "callhandler", "options": limits, "prepare_threshold": 1},
    )
    event.listen(engine, "connect", _keep_prepared)
    event.listen(engine, "checkin", _was_there)
    event.listen(engine, "checkout", partial(_is_there, engine.dialect))
    return engine


def roomy(engine: Engine) -> Engine:
    """The same engine for an import: each page of the file is read and written fewer times. Costs 64 MiB on SQLite."""
    return engine.execution_options(**{ROOMY: True})


def shown(engine: Engine) -> str:
    """How the database is named to people: never with a password."""
    return _shown(engine.url.database or "") if engine.dialect.name == "sqlite" else "the shared database"


@lru_cache(maxsize=8)
def _shown(file: str) -> str:
    return Path(file).name or "the database"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "mmap_size = 0",
        "trusted_schema = OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _was_there(_connection: Any, record: Any) -> None:
    record.info[THERE] = time.monotonic()


def _is_there(dialect: Dialect, connection: Any, record: Any, _proxy: Any) -> None:
    """Make a connection anew that was cut. To ask the server each time is a wait more, for each key of a search.

    So it is asked where the connection stood for a while, or where the server said something meanwhile: that it ends, say.
    """
    last = record.info.get(THERE)
    if last is None or (
        time.monotonic() - last < STOOD_SECONDS and not select.select([connection.fileno()], [], [], 0)[0]
    ):
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _keep_prepared(connection: Any, _record: Any) -> None:
    connection.prepared_max = PREPARED


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    room = options.get(ROOMY, False)
    # It is the connection of one desk, used now for this and now for that.
    if connection.info.get(ROOMY, False) != room:
        kib, pages = ROOM[room]
        connection.exec_driver_sql(f"PRAGMA cache_size = -{kib}")
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {pages}")
        connection.info[ROOMY] = room
    if options.get(WRITE, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # It waits for nothing and takes nothing: to hand it through SQLAlchemy would be half of opening a reading.
        connection.connection.cursor().execute("BEGIN")
