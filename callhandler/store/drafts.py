"""Half-typed lines, kept on this machine alone: a small mutable file beside the journal, never part of it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from callhandler.errors import Environment
from callhandler.store.faults import told_plainly


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one field and not yet recorded; `uuid` is the key of the entry to come."""

    window: str
    incident: str
    field: str
    text: str
    uuid: str


class DraftFile:
    """The drafts of this machine. Each saving is durable when it returns."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=2, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS draft (window TEXT, incident TEXT, field TEXT, text TEXT NOT NULL, "
            "uuid TEXT NOT NULL, PRIMARY KEY (window, incident, field))"
        )
        return connection

    def save(self, draft: Draft) -> None:
        """Keep a draft, in place of an earlier one of the same field. An empty text removes it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Environment(f"The folder for drafts cannot be made: {error.strerror}.") from error
        with told_plainly("the draft file"), closing(self._connect()) as connection:
            if draft.text:
                # Half of a surrogate pair, as a paste may hold, is not kept: the rest of the line is.
                text = draft.text.encode("utf-8", "replace").decode("utf-8")
                connection.execute(
                    "INSERT INTO draft VALUES (?, ?, ?, ?, ?) ON CONFLICT (window, incident, field) "
                    "DO UPDATE SET text = excluded.text, uuid = excluded.uuid",
                    (draft.window, draft.incident, draft.field, text, draft.uuid),
                )
            else:
                self._remove(connection, draft.uuid)
                connection.execute(
                    "DELETE FROM draft WHERE window = ? AND incident = ? AND field = ?",
                    (draft.window, draft.incident, draft.field),
                )

    def all(self) -> tuple[Draft, ...]:
        """Every draft kept."""
        if not self._path.is_file():
            return ()
        with told_plainly("the draft file"), closing(self._connect()) as connection:
            rows = connection.execute(
                "SELECT window, incident, field, text, uuid FROM draft ORDER BY rowid"
            ).fetchall()
        return tuple(Draft(*row) for row in rows)

    def drop(self, uuid: str) -> None:
        """Forget the draft of an entry that landed."""
        if self._path.is_file():
            with told_plainly("the draft file"), closing(self._connect()) as connection:
                self._remove(connection, uuid)

    @staticmethod
    def _remove(connection: sqlite3.Connection, uuid: str) -> None:
        connection.execute("DELETE FROM draft WHERE uuid = ?", (uuid,))
