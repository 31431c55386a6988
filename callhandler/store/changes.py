"""What was recorded since a moment in the order of receipt: how one desk learns what another did."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from callhandler.store import blocks
from callhandler.store.tables import JOURNALLED

_WITH_INCIDENT = tuple(t.name for t in JOURNALLED if "incident_id" in t.c and t.name != "consultation")
_TOUCHED = text(
    " UNION ".join(
        f"SELECT incident_id FROM {name} WHERE id BETWEEN :first AND :last" for name in _WITH_INCIDENT
    )
    + " UNION SELECT id FROM incident WHERE id BETWEEN :first AND :last AND live = 1"
)
_SAID = text(
    "SELECT incident_id, author, text, known_at FROM log_entry WHERE id BETWEEN :first AND :last ORDER BY id"
)


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
    touched: set[int | None] = set()
    said: list[Said] = []
    # History that was brought in meanwhile is nobody's news: a million incidents would be read again by every desk.
    for first, to in blocks.outside(connection, last + 1, now):
        span = {"first": first, "last": to}
        touched.update(connection.execute(_TOUCHED, span).scalars())
        said += [Said(*row) for row in connection.execute(_SAID, span)]
    return Changes(now, frozenset(i for i in touched if i is not None), tuple(said))
