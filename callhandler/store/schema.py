"""Creating, migrating and opening a database: the tables by Alembic, then the triggers, then the check that all is there.

Alembic is imported when a database is made or changed; a desk that opens one as it is does without, and without its memory.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, insert, inspect, text

from callhandler.errors import Environment, StoreTampered, StoreTooNew
from callhandler.model.when import to_micros
from callhandler.store import triggers, words
from callhandler.store.engine import ROOMY, WRITE, shown
from callhandler.store.faults import told_plainly
from callhandler.store.journal import GENESIS
from callhandler.store.tables import about, head, metadata, presence

if TYPE_CHECKING:
    from alembic.config import Config

Say = Callable[[str], None]
"""Told what a change of the tables is at."""

APP_ROLE = "callhandler_app"
MIGRATIONS = Path(__file__).with_name("migrations")


def create(engine: Engine, kind: str, now: datetime) -> None:
    """Make a new database of `kind` LIVE or TRAINING. Raises Environment when it cannot be written."""
    with told_plainly(shown(engine)), _changing(engine) as connection:
        _upgrade(connection, "head")
        connection.execute(insert(head), {"id": 1, "last": 0, "hash": GENESIS})
        connection.execute(
            insert(about),
            {"id": 1, "kind": kind, "schema_version": newest_version(), "created_at": to_micros(now)},
        )


def upgrade(engine: Engine, revision: str = "head", say: Say = lambda _: None) -> None:
    """Bring the tables to `revision` and reinstall every trigger. `say` is told what is looked at, as that may take long."""
    with told_plainly(shown(engine)), _changing(engine, say) as connection:
        _upgrade(connection, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the tables back to `revision`; at `base` nothing of ours is left."""
    from alembic import command

    with told_plainly(shown(engine)), _changing(engine) as connection:
        triggers.take_away(connection)
        command.downgrade(_config(connection), revision)
        if inspect(connection).has_table("decision"):
            triggers.install(connection)
        else:
            _remove_rest(connection)


@contextmanager
def _changing(engine: Engine, say: Say = lambda _: None) -> Iterator[Connection]:
    """A transaction that may make tables anew. On SQLite a table to which others point can be made anew only while the
    pointing is not checked; whatever the transaction wrote is checked before anything is kept.
    """
    with engine.connect().execution_options(**{WRITE: True, ROOMY: True}) as connection:
        plain = connection.connection.dbapi_connection
        sqlite = engine.dialect.name == "sqlite"
        if sqlite and plain is not None:
            plain.execute("PRAGMA foreign_keys = OFF")
        try:
            with _noting(plain if sqlite else None) as written, connection.begin():
                yield connection
                if sqlite:
                    _require_references(connection, written, say)
        finally:
            if sqlite and plain is not None:
                plain.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _noting(plain: Any) -> Iterator[set[str]]:
    """The names of the tables into which SQLite is asked to write meanwhile, made anew or dropped among them."""
    written: set[str] = set()
    if plain is None:
        yield written
        return

    def note(action: int, name: str | None, *_: object) -> int:
        if action in _WRITES and name:
            written.add(name)
        return sqlite3.SQLITE_OK

    plain.set_authorizer(note)
    try:
        yield written
    finally:
        plain.set_authorizer(None)


_WRITES = {
    sqlite3.SQLITE_INSERT,
    sqlite3.SQLITE_UPDATE,
    sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_CREATE_TABLE,
    sqlite3.SQLITE_DROP_TABLE,
}
_ANEW = "_alembic_tmp_"
"""Alembic fills a table of this name and then gives it the other's."""


def _require_references(connection: Connection, written: set[str], say: Say) -> None:
    """Look up every reference of the tables that were written and of those that point to them.

    What was not touched points to what it pointed to before; at ten million incidents all of it would take over ten
    minutes. Raises StoreTampered: then nothing of the change is kept.
    """
    touched = {name.removeprefix(_ANEW) for name in written}
    there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    for name in sorted(there):
        points = {row[2] for row in connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")')}
        if points and (name in touched or points & touched):
            say(f"Checking what {name} points to")
            if connection.exec_driver_sql(f'PRAGMA foreign_key_check("{name}")').first():
                raise StoreTampered(
                    f"A row of {name} points to one that is not there. Nothing was changed. Restore a backup."
                )


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command

    triggers.take_away(connection)
    command.upgrade(_config(connection), revision)
    if inspect(connection).has_table("decision"):
        triggers.install(connection)
    if connection.dialect.name == "postgresql":
        grant(connection)


def require_usable(engine: Engine) -> str:
    """Check an existing database before it is used; returns its kind.

    Raises StoreTooNew, StoreTampered, or Environment when it is not a callhandler database or must be migrated.
    """
    with told_plainly(shown(engine)), engine.connect() as connection:
        if not inspect(connection).has_table("about"):
            raise Environment(f"{shown(engine)} is not a callhandler database.")
        found = current_version(connection)
        if found != newest_version():
            if found is None or found in known_versions():
                raise Environment(f"{shown(engine)} must be migrated first: callhandler migrate")
            raise StoreTooNew(
                f"{shown(engine)} was written by a newer version of callhandler. Nothing was changed. "
                "Install that version on this desk, or choose another database."
            )
        triggers.require(connection)
        kind: str | None = connection.execute(text("SELECT kind FROM about WHERE id = 1")).scalar()
        if kind is None:
            raise StoreTampered(
                f"{shown(engine)} no longer says whether it is LIVE or TRAINING. Restore a backup."
            )
        return kind


def older_version(engine: Engine) -> str | None:
    """The migration that a database of an earlier version of this program is at; None for any other."""
    with told_plainly(shown(engine)), engine.connect() as connection:
        if not inspect(connection).has_table("about"):
            return None
        found = current_version(connection)
    return found if found != newest_version() and found in known_versions() else None


def taken(engine: Engine) -> bool:
    """True when there is something at the database's place already, ours or not: nothing may be made there."""
    if engine.url.get_backend_name() == "sqlite":
        return Path(engine.url.database or "").exists()
    return exists(engine)


def exists(engine: Engine) -> bool:
    """True when the database holds a callhandler schema already."""
    if engine.url.get_backend_name() == "sqlite" and not Path(engine.url.database or "").is_file():
        return False
    with told_plainly(shown(engine)), engine.connect() as connection:
        return inspect(connection).has_table("about")


def current_version(connection: Connection) -> str | None:
    """The migration that the database is at."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def newest_version() -> str:
    """The newest migration that this program knows."""
    return max(known_versions())


def grant_all(engine: Engine) -> None:
    """Give the application's role what it may do, after a restore by the owner."""
    with told_plainly(shown(engine)), _changing(engine) as connection:
        grant(connection)


def remove(engine: Engine) -> None:
    """Take everything of ours out of a database: after a restore that did not prove intact."""
    with told_plainly(shown(engine)), _changing(engine) as connection:
        metadata.drop_all(connection)
        for index in words.INDEXES:
            connection.execute(text(f"DROP TABLE IF EXISTS {index.name}"))
        _remove_rest(connection)


def _remove_rest(connection: Connection) -> None:
    triggers.remove_functions(connection)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def grant(connection: Connection) -> None:
    """On PostgreSQL, let the application's role read and append; it changes only who is there, and owns nothing."""
    known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": APP_ROLE}).scalar()
    if not known:
        return
    schema = connection.execute(text("SELECT current_schema()")).scalar_one()
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA "{schema}" TO {APP_ROLE}')
    present = set(inspect(connection).get_table_names())
    ours = [t.name for t in metadata.sorted_tables] + [index.name for index in words.INDEXES]
    for name in (n for n in ours if n in present):
        connection.exec_driver_sql(f"REVOKE ALL ON {name} FROM {APP_ROLE}, PUBLIC")
        connection.exec_driver_sql(f"GRANT SELECT, INSERT ON {name} TO {APP_ROLE}")
    connection.exec_driver_sql(f"GRANT UPDATE (last, hash) ON head TO {APP_ROLE}")
    if presence.name in present:
        connection.exec_driver_sql(f"GRANT UPDATE (heard_at) ON presence TO {APP_ROLE}")
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {APP_ROLE}")
    connection.exec_driver_sql(f"REVOKE INSERT ON about FROM {APP_ROLE}")


@cache
def known_versions() -> frozenset[str]:
    """The migrations that this program knows, by the numbers with which their files' names begin."""
    return frozenset(file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.attributes["connection"] = connection
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
