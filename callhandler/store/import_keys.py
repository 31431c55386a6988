"""Which of a force's own ids are which records here, and what of a file is in already."""

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from callhandler.store import plainly
from callhandler.store.tables import import_key

MOST = 500
"""So many keys go into one statement."""
DRY = 1 << 60
"""Ids from here on are those of a dry run: nothing has them."""

Key = tuple[str, str]
"""A kind and a key."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A file begun before: its `import_file` row, by whom and when (microseconds UTC), and where its last block ended."""

    file_id: int
    by: str
    known_at: int
    ended_at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What an incident says on record, to compare a later extract with."""

    type: str
    summary: str
    outcome: str
    undone: str
    target_met: str
    happened_at: int
    place_id: int | None
    live: bool


_KEYS = "SELECT key, id FROM import_key WHERE source = {mark} AND kind = {mark} AND key {keys}"
_NUMBERS = "SELECT e164, id FROM number WHERE e164 {keys}"
_PLACES = (
    "SELECT n.folded, p.postcode, min(p.id) FROM place_name n JOIN place p ON p.id = n.place_id "
    "WHERE n.folded {keys} GROUP BY n.folded, p.postcode"
)
_PEOPLE = (
    "SELECT b.e164, n.folded, min(n.person_id), max(n.person_id) FROM number b JOIN number_tie t ON t.number_id = b.id "
    "JOIN person_name n ON n.person_id = t.person_id WHERE b.e164 {keys} GROUP BY b.e164, n.folded"
)
_KEPT = (
    "SELECT i.id, coalesce((SELECT t.type FROM incident_type t WHERE t.incident_id = i.id ORDER BY t.id DESC LIMIT 1), "
    "i.type), i.summary, i.outcome, i.undone, i.target_met, i.happened_at, i.place_id, i.live "
    "FROM incident i WHERE i.id {keys}"
)


def one_of(connection: Connection, kind: str = "text") -> str:
    """A condition that a column holds one of many values, which go in as one (`listed`)."""
    if connection.dialect.name == "sqlite":
        return "IN (SELECT value FROM json_each(?))"
    return f"= ANY(%s::{kind}[])"


def listed(connection: Connection, values: Iterable[Any]) -> Any:
    """Many values as one."""
    return json.dumps(list(values)) if connection.dialect.name == "sqlite" else list(values)


def _rows(
    connection: Connection, statement: str, keys: Iterable[Any], *before: str, kind: str = "text"
) -> Any:
    keys = list(keys)
    if not keys:
        return ()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    whole = statement.format(keys=one_of(connection, kind), mark=mark)
    return connection.exec_driver_sql(whole, (*before, listed(connection, keys)))


def ids_of(connection: Connection, source: str, kind: str, keys: Iterable[str]) -> dict[str, int]:
    """The records of these keys of one system, of one kind."""
    return {key: id_ for key, id_ in _rows(connection, _KEYS, keys, source, kind)}


def numbers(connection: Connection, e164s: Iterable[str]) -> dict[str, int]:
    """The numbers on record among these."""
    return {e164: id_ for e164, id_ in _rows(connection, _NUMBERS, e164s)}


def places(connection: Connection, folded: Iterable[str]) -> dict[tuple[str, str], int]:
    """The places on record that are called so, by folded words and postcode as kept."""
    return {(words, code): id_ for words, code, id_ in _rows(connection, _PLACES, folded)}


def people(connection: Connection, e164s: Iterable[str]) -> dict[tuple[str, str], int]:
    """The only person of each of these numbers and a folded name; where two share both there is none."""
    return {
        (e164, name): first for e164, name, first, last in _rows(connection, _PEOPLE, e164s) if first == last
    }


def kept(connection: Connection, ids: Iterable[int]) -> dict[int, Kept]:
    """What these incidents say on record."""
    real = [i for i in ids if i < DRY]
    return {row[0]: Kept(*row[1:]) for row in _rows(connection, _KEPT, real, kind="bigint")}


def keep(connection: Connection, source: str, found: Sequence[tuple[str, str, int]]) -> None:
    """Keep which key became which record, for keys that were not there."""
    rows = [(source, *one) for one in sorted(found)]
    if connection.dialect.name == "sqlite":
        plainly.put(connection, import_key.name, import_key.c.keys(), rows)
    elif rows:
        statement = f"INSERT INTO {import_key.name} (source, kind, key, id) VALUES (%s, %s, %s, %s)"
        connection.exec_driver_sql(statement, rows)


def begun(connection: Connection, digest: str, mapping: str) -> Begun | None:
    """The newest beginning of a file with these bytes by this mapping, and where its last block ended, or None."""
    row = connection.execute(
        text(
            "SELECT f.id, u.display, f.known_at, coalesce((SELECT b.ended_at FROM import_batch b WHERE b.file_id = f.id "
            "ORDER BY b.id DESC LIMIT 1), '') AS ended_at FROM import_file f JOIN import_act a ON a.file_id = f.id "
            "JOIN desk_user u ON u.id = a.user_id WHERE f.digest = :digest AND f.mapping = :mapping "
            "ORDER BY f.id DESC LIMIT 1"
        ),
        {"digest": digest, "mapping": mapping},
    ).first()
    return Begun(*row) if row else None


def ended_at(connection: Connection, file_id: int) -> str:
    """Where the last block of a file ended."""
    found: str = connection.execute(
        text("SELECT ended_at FROM import_batch WHERE file_id = :file ORDER BY id DESC LIMIT 1"),
        {"file": file_id},
    ).scalar_one()
    return found


class Scratch:
    """The keys of a dry run, in a file of its own that goes away: as many as there are, in no memory."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="callhandler-dry-run-", ignore_cleanup_errors=True)
        self._file = sqlite3.connect(
            Path(self._folder.name) / "keys.sqlite", isolation_level=None, check_same_thread=False
        )
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute(
            "CREATE TABLE known (kind TEXT, key TEXT, id INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        self._file.execute("CREATE TABLE incident (id INTEGER PRIMARY KEY, kept TEXT)")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        self._folder.cleanup()

    def ids_of(self, kind: str, keys: Iterable[str]) -> dict[str, int]:
        """The records that the dry run would have made of these keys."""
        found: dict[str, int] = {}
        for some in _some(list(keys)):
            marks = ", ".join("?" * len(some))
            rows = self._file.execute(
                f"SELECT key, id FROM known WHERE kind = ? AND key IN ({marks})", (kind, *some)
            )
            found.update((key, id_) for key, id_ in rows if id_)
        return found

    def keep(self, found: Iterable[tuple[str, str, int]], incidents: Iterable[tuple[int, Kept]]) -> None:
        """Keep what a block would have made."""
        self._file.execute("BEGIN")
        # Two people of one number and name: then neither is meant.
        self._file.executemany(
            "INSERT INTO known VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET id = CASE WHEN id = excluded.id THEN id ELSE 0 END",
            found,
        )
        rows = ((id_, json.dumps([getattr(k, name) for name in Kept.__slots__])) for id_, k in incidents)
        self._file.executemany("INSERT OR REPLACE INTO incident VALUES (?, ?)", rows)
        self._file.execute("COMMIT")

    def kept(self, ids: Iterable[int]) -> dict[int, Kept]:
        """What incidents of the dry run would say."""
        found: dict[int, Kept] = {}
        for some in _some([i for i in ids if i >= DRY]):
            marks = ", ".join("?" * len(some))
            for id_, written in self._file.execute(
                f"SELECT id, kept FROM incident WHERE id IN ({marks})", some
            ):
                found[id_] = Kept(*json.loads(written))
        return found


def _some(keys: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), MOST):
        yield keys[start : start + MOST]
