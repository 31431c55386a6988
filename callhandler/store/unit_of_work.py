"""One transaction that writes. It holds the journal's head from its first statement and undoes itself unless committed."""

import hashlib
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Table, insert, text
from sqlalchemy.exc import OperationalError
from uuid6 import uuid7

from callhandler.model.when import to_micros
from callhandler.store import words
from callhandler.store.engine import BUSY_SECONDS, WRITE, shown
from callhandler.store.faults import told_plainly
from callhandler.store.journal import link_hash, new_salt, row_digest
from callhandler.store.tables import decision, file_content, journal


class UnitOfWork:
    """Appends rows and links each into the journal. Made by `writing`; nothing is kept unless `commit` is reached."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        row = connection.execute(_LOCK[connection.dialect.name]).one()
        self.last: int = row.last
        self._first = self.last
        self._hash: str = row.hash
        self._decided = False
        self._in_block = False
        self._done = False
        self._said: dict[words.Index, list[words.Row]] = {}

    def append(self, table: Table, **values: Any) -> int:
        """Insert one row of a journalled table and its journal link; returns the row's id.

        `known_at` defaults to now; `uuid` to a new one where the table has it. A decision is the last row of its
        transaction: nothing may be appended after it, so that its trigger has seen everything.
        """
        if self._decided:
            raise AssertionError("a decision is the last row of its transaction")
        if self._in_block:
            raise AssertionError("a block of history is closed before anything else is appended")
        self._decided = table is decision
        self.last += 1
        row = {"id": self.last, "salt": new_salt(), "known_at": to_micros(self.now), **values}
        if "uuid" in table.c and "uuid" not in row:
            row["uuid"] = str(uuid7())
        row = {column.name: plain_value(row.get(column.name)) for column in table.c}
        self.connection.execute(_insert(table), row)
        digest = row_digest(table.name, row)
        hash_ = link_hash(self._hash, self.last, table.name, digest)
        self.connection.execute(
            _insert(journal),
            {"seq": self.last, "kind": table.name, "digest": digest, "prev": self._hash, "hash": hash_},
        )
        self._hash = hash_
        for index, said in words.rows_of(table.name, row):
            self._said.setdefault(index, []).append(said)
        return self.last

    def begin_block(self) -> None:
        """From now on the ids belong to a block of history (`store.bulk`), until `end_block`."""
        if self._in_block or self._decided:
            raise AssertionError("a block of history neither holds another nor follows a decision")
        self._in_block = True

    def end_block(self, last: int) -> None:
        """The block took the ids up to `last`; the next row is its link."""
        self.last, self._in_block = last, False

    def keep_file(self, content: bytes) -> str:
        """Keep a file's bytes once for each content; returns their SHA-256, by which a journalled row names them."""
        digest = hashlib.sha256(content).hexdigest()
        known = self.connection.execute(
            text("SELECT 1 FROM file_content WHERE sha256 = :d"), {"d": digest}
        ).scalar()
        if not known:
            self.connection.execute(insert(file_content), {"sha256": digest, "content": content})
        return digest

    def current_call(self, incident_id: int) -> int | None:
        """The newest call of an incident."""
        found: int | None = self.connection.execute(
            text("SELECT max(id) FROM call WHERE incident_id = :i"), {"i": incident_id}
        ).scalar()
        return found

    def newest_known_at(self) -> int | None:
        """When the newest assessment was recorded, in microseconds, or None when there is none."""
        found: int | None = self.connection.execute(
            text("SELECT known_at FROM assessment WHERE id = (SELECT max(id) FROM assessment)")
        ).scalar()
        return found

    def commit(self) -> None:
        """Move the head and make everything durable. Only after this may a screen say that it is saved."""
        if self._in_block:
            raise AssertionError("a block of history is closed before it is kept")
        for index, rows in self._said.items():
            words.add_newest(self.connection, index, rows)
        if self.last != self._first:
            self.connection.execute(
                text("UPDATE head SET last = :last, hash = :hash WHERE id = 1"),
                {"last": self.last, "hash": self._hash},
            )
        self.connection.commit()
        self._done = True


@cache
def _insert(table: Table) -> Insert:
    """Made once for each table: what SQLAlchemy works out for it is kept with it."""
    return insert(table)


_LOCK = {
    "sqlite": text("SELECT last, hash FROM head WHERE id = 1"),
    "postgresql": text("SELECT last, hash FROM head WHERE id = 1 FOR UPDATE"),
}


@contextmanager
def writing(engine: Engine, now: datetime) -> Iterator[UnitOfWork]:
    """A unit of work. Leaving without `commit`, or by an error, undoes everything.

    Raises Environment when the database cannot be written, Refused or Stale when its triggers refuse.
    """
    with told_plainly(shown(engine)), engine.connect() as plain_connection:
        connection = plain_connection.execution_options(**{WRITE: True})
        _begin(connection)
        try:
            yield UnitOfWork(connection, now)
        finally:
            if connection.in_transaction():
                connection.rollback()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose statements all see one state of the store."""
    with told_plainly(shown(engine)), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _begin(connection: Connection) -> None:
    # SQLite's own busy handler is unfair: under load one desk waited four seconds. A short random wait is not.
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.begin()
            return
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > give_up:
                raise
            time.sleep(random.uniform(0.001, 0.012))


def plain_value(value: Any) -> Any:
    """A value as both engines keep it: whole numbers and text."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return to_micros(value)
    if isinstance(value, str):
        # PostgreSQL keeps no NUL, and neither engine half of a surrogate pair: what nobody typed stops no line.
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return value
