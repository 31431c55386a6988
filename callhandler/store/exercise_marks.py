"""What a desk has done, for an exercise that waits for it: calls taken, grades given, lowerings that wait. Reads only."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Done:
    """One row: its id, its table, when (microseconds, UTC), the incident, and what: a number, a grade, a request."""

    id: int
    kind: str
    known_at: int
    incident_id: int
    what: str
    request_id: int = 0


_SINCE = text(
    """
    SELECT c.id, 'call' AS kind, c.known_at, c.incident_id, coalesce(n.e164, '') AS what, 0 AS request_id
      FROM call c LEFT JOIN number n ON n.id = c.number_id WHERE c.id > :after AND c.direction = 'in'
    UNION ALL
    SELECT d.id, 'decision', d.known_at, d.incident_id, d.grade, 0 FROM decision d
      WHERE d.id > :after AND d.act NOT IN ('close', 'cancel')
    UNION ALL
    SELECT a.id, 'request', a.known_at, r.incident_id, r.grade, r.id FROM request r JOIN rationale a ON a.request_id = r.id
      WHERE a.id > :after AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.request_id = r.id)
    ORDER BY 1
    """
)


def done_since(connection: Connection, after: int) -> list[Done]:
    """Calls taken, grades given and lowerings asked for with a rationale, beyond one row, in order of receipt."""
    return [Done(*row) for row in connection.execute(_SINCE, {"after": after})]


def newest(connection: Connection) -> int:
    """The newest row of all."""
    found: int = connection.execute(text("SELECT last FROM head WHERE id = 1")).scalar_one()
    return found
