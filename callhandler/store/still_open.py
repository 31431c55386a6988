"""The open incidents, for whoever asks again and again: what was closed years ago is not gone through each time."""

from sqlalchemy import Connection

from callhandler.store import changes, subjects

MANY = 500
"""When more were touched since, all are read anew."""


class StillOpen:
    """Keeps which incidents were open, and up to which record; only those touched since are looked at again.

    Give it connections that see one committed state each, as `reading` does, all of one store. Whether an incident is
    open hangs on its own records alone, never on the time, so one that nothing was recorded of is as it was.
    """

    def __init__(self) -> None:
        self._read: tuple[int, frozenset[int]] | None = None

    def ids(self, connection: Connection) -> tuple[int, ...]:
        """The same as `open_incidents`, newest first."""
        now, found = self._since(connection) or (
            changes.newest(connection),
            frozenset(subjects.open_incidents(connection)),
        )
        # The two together, so that whoever reads beside this has a pair that belongs together.
        self._read = now, found
        return tuple(sorted(found, reverse=True))

    def _since(self, connection: Connection) -> tuple[int, frozenset[int]] | None:
        if self._read is None:
            return None
        last, before = self._read
        new = changes.since(connection, last)
        if new.last < last or len(new.incidents) > MANY:
            return None
        return new.last, (before - new.incidents).union(subjects.open_of(connection, new.incidents))
