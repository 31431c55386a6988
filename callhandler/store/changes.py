"""What was recorded since a moment in the order of receipt: how one desk learns what another did."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from callhandler.store.tables import JOURNALLED

_WITH_INCIDENT = tuple(t.name for t in JOURNALLED if "incident_id" in t.c and t.name != "consultation")


@dataclass(frozen=True, slots=True)
class Said:
    """A log line that came since: in which incident, whose, what, when (microseconds UTC)."""

    incident_id: int
    author: str
    text: str
    known_at: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything new up to `last`: the incidents touched, new ones among them, and the log lines that say who and what."""

    last: int
    incidents: frozenset[int]
    said: tuple[Said, ...]


def newest(connection: Connection) -> int:
    """The newest record's place in the order of receipt; one row read, cheap enough to ask twice a second."""
    found: int = connection.execute(text("SELECT last FROM head WHERE id = 1")).scalar_one()
    return found


def since(connection: Connection, last: int) -> Changes:
    """What was recorded after `last`."""
    now = newest(connection)
    if now <= last:
        return Changes(now, frozenset(), ())
    touched = " UNION ".join(f"SELECT incident_id FROM {name} WHERE id > :last" for name in _WITH_INCIDENT)
    rows: Sequence[int | None] = (
        connection.execute(
            text(f"{touched} UNION SELECT id FROM incident WHERE id > :last AND live = 1"), {"last": last}
        )
        .scalars()
        .all()
    )
    said = connection.execute(
        text("SELECT incident_id, author, text, known_at FROM log_entry WHERE id > :last ORDER BY id"),
        {"last": last},
    )
    return Changes(
        now,
        frozenset(i for i in rows if i is not None),
        tuple(Said(r.incident_id, r.author, r.text, r.known_at) for r in said),
    )
