"""Rings that wait, kept on this machine alone: a small mutable file beside the drafts, never part of the journal."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from callhandler.store.faults import told_plainly

_COLUMNS = "uuid, desk, number, same, name, place, outcome, source, rang_at, done_at, done_as, located"


@dataclass(frozen=True, slots=True)
class KeptRing:
    """One ring as it is kept. `same` is what its number is counted by; times are UTC in ISO form, empty when not yet."""

    uuid: str
    desk: str
    number: str
    same: str
    name: str
    place: str
    outcome: str
    source: str
    rang_at: str
    done_at: str = ""
    done_as: str = ""
    located: str = ""


class RingRows:
    """The rings within one transaction."""

    def __init__(self, connection: sqlite3.Connection, desk: str) -> None:
        self._connection = connection
        self._desk = desk

    def get(self, uuid: str) -> KeptRing | None:
        """The ring of this key."""
        found = self._select("uuid = ?", uuid)
        return found[0] if found else None

    def open(self) -> tuple[KeptRing, ...]:
        """Every ring that nobody has dealt with, the one that has waited longest first."""
        return self._select("done_at = ''")

    def times(self, since: str) -> dict[str, int]:
        """How often each number rang since an instant, dealt with or not."""
        rows = self._connection.execute(
            "SELECT same, count(*) FROM ring WHERE desk = ? AND same <> '' AND rang_at >= ? GROUP BY same",
            (self._desk, since),
        )
        return dict(rows.fetchall())

    def put(self, row: KeptRing) -> None:
        """Keep a ring, in place of an earlier state of the same one."""
        self._connection.execute(
            f"INSERT INTO ring ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET "
            "number = excluded.number, same = excluded.same, name = excluded.name, place = excluded.place, "
            "outcome = excluded.outcome, done_at = excluded.done_at, done_as = excluded.done_as, "
            "located = excluded.located",
            (
                row.uuid,
                self._desk,
                row.number,
                row.same,
                row.name,
                row.place,
                row.outcome,
                row.source,
                row.rang_at,
                row.done_at,
                row.done_as,
                row.located,
            ),
        )

    def forget_done_before(self, instant: str) -> None:
        """Erase what was dealt with before an instant: this file is no record."""
        self._connection.execute("DELETE FROM ring WHERE done_at <> '' AND done_at < ?", (instant,))

    def _select(self, which: str, *values: str) -> tuple[KeptRing, ...]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM ring WHERE desk = ? AND {which} ORDER BY rang_at, rowid",
            (self._desk, *values),
        )
        return tuple(KeptRing(*row) for row in rows.fetchall())


class RingFile:
    """The rings of this machine's user for one desk. What a transaction wrote is durable when it has ended."""

    def __init__(self, path: Path, desk: str) -> None:
        self._path = path
        self._desk = desk

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept."""
        return self._path.is_file()

    @contextmanager
    def writing(self) -> Iterator[RingRows]:
        """One transaction: kept as a whole when the block ends without an error, undone otherwise."""
        with told_plainly("the file of waiting calls"):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                # It holds names and numbers: nobody else on this machine reads it.
                self._path.touch(mode=0o600)
            except OSError as error:
                raise sqlite3.OperationalError(f"unable to open: {error.strerror}") from error
            with closing(self._connect()) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield RingRows(connection, self._desk)
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=2, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS ring (uuid TEXT PRIMARY KEY, desk TEXT NOT NULL, number TEXT NOT NULL, "
                "same TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, outcome TEXT NOT NULL, "
                "source TEXT NOT NULL, rang_at TEXT NOT NULL, done_at TEXT NOT NULL, done_as TEXT NOT NULL, "
                "located TEXT NOT NULL DEFAULT '')"
            )
            if "located" not in {row[1] for row in connection.execute("PRAGMA table_info(ring)")}:
                connection.execute("ALTER TABLE ring ADD COLUMN located TEXT NOT NULL DEFAULT ''")
        except BaseException:
            connection.close()
            raise
        return connection
