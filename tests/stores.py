"""Stores for tests, on both engines, and plain connections to them such as anybody could open."""

import itertools
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from callhandler.store import schema
from callhandler.store.engine import make_engine
from tests.postgres import OWNER_ROLE, Server

NOW = datetime(2018, 8, 26, 21, 34, tzinfo=UTC)

PlainError = (sqlite3.Error, psycopg.Error)


@dataclass(frozen=True)
class Store:
    """One store: `database` as the application opens it, `owned` as whoever owns its schema does."""

    engine: str
    database: str
    owned: str
    folder: Path

    @property
    def name(self) -> str:
        """The database's name on its server; the file's name otherwise."""
        return make_url(self.owned).database or "" if "://" in self.owned else Path(self.owned).name

    @contextmanager
    def plain(self, *, owner: bool = False) -> Iterator["Plain"]:
        """A plain connection by the engine's own driver, in a transaction that is undone unless committed."""
        address = self.owned if owner else self.database
        connection = _sqlite(address) if self.engine == "sqlite" else psycopg.connect(address)
        with closing(connection):
            plain = Plain(connection)
            if self.engine == "sqlite":
                connection.execute("BEGIN")
            yield plain
            connection.rollback()

    @property
    def logins(self) -> tuple[bool, ...]:
        """Whether to come as the owner, for everybody that can: a file knows only one kind of user."""
        return (True,) if self.engine == "sqlite" else (False, True)


class Plain:
    """A driver's connection with one way of writing values, `:name`, on both."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.sqlite = isinstance(connection, sqlite3.Connection)

    def run(self, statement: str, /, **values: Any) -> Any:
        """Run one statement; returns the driver's cursor."""
        if not self.sqlite:
            statement = re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement)
        return (
            self.connection.execute(statement, values or None)
            if values
            else self.connection.execute(statement)
        )

    def one(self, statement: str, /, **values: Any) -> Any:
        """The first value of the first row."""
        row = self.run(statement, **values).fetchone()
        return row[0] if row else None

    def row(self, statement: str, /, **values: Any) -> dict[str, Any]:
        """The first row, by column."""
        cursor = self.run(statement, **values)
        return dict(zip([c[0] for c in cursor.description], cursor.fetchone(), strict=True))

    def refusal(self, statement: str, /, **values: Any) -> str:
        """What the database said when it refused the statement; empty when it did as told."""
        self.run("SAVEPOINT attempt")
        try:
            self.run(statement, **values)
        except PlainError as error:
            self.run("ROLLBACK TO SAVEPOINT attempt")
            return str(error)
        finally:
            self.run("RELEASE SAVEPOINT attempt")
        return ""

    def insert(self, table: str, row: dict[str, Any], verb: str = "INSERT", tail: str = "") -> str:
        """Insert a row given by column; returns the refusal, empty when it was taken."""
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        return self.refusal(f"{verb} INTO {table} ({names}) VALUES ({values}) {tail}", **row)

    def commit(self) -> None:
        """Keep what was done."""
        self.connection.commit()


def _sqlite(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = None
    return connection


class SqliteStores:
    """Makes SQLite stores by copying a file."""

    engine = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite"
        create(str(self._template))

    def new(self, folder: Path, of: Store | None = None) -> Store:
        """A new store in a folder, as a copy of another one or empty."""
        path = folder / "callhandler.sqlite"
        shutil.copyfile(of.database if of else self._template, path)
        return Store("sqlite", str(path), str(path), folder)

    def bare(self, folder: Path) -> Store:
        """A place for a store, without one."""
        path = str(folder / "callhandler.sqlite")
        return Store("sqlite", path, path, folder)

    def discard(self, store: Store) -> None:
        """The test's folder goes by itself."""


class PostgresStores:
    """Makes PostgreSQL stores by copying a database."""

    engine = "postgresql"
    _count = itertools.count(1)

    def __init__(self, folder: Path, server: Server) -> None:
        self.server = server
        self._template = self._bare(folder)
        create(self._template.owned)

    def __enter__(self) -> "PostgresStores":
        return self

    def __exit__(self, *_: object) -> None:
        self.discard(self._template)

    def new(self, folder: Path, of: Store | None = None) -> Store:
        """A new store whose drafts and copies go to a folder, as a copy of another one or empty."""
        return self._bare(folder, (of or self._template).name)

    def bare(self, folder: Path) -> Store:
        """A database without tables, as the administrator hands it over."""
        return self._bare(folder)

    def discard(self, store: Store) -> None:
        """Drop the database."""
        self.server.drop(store.name)

    def _bare(self, folder: Path, template: str = "template0") -> Store:
        name = f"callhandler_{os.getpid()}_{next(self._count)}"
        self.server.make(name, template)
        owned = self.server.address(name, OWNER_ROLE)
        return Store("postgresql", self.server.address(name, schema.APP_ROLE), owned, folder)


Stores = SqliteStores | PostgresStores


def create(address: str, kind: str = "TRAINING") -> None:
    """Make the schema as its owner."""
    engine = make_engine(address)
    schema.create(engine, kind, NOW)
    engine.dispose()
