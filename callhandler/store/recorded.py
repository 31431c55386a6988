"""What was judged and graded, incident by incident, so that another policy can be tried over it. Reads only."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Moment:
    """When an incident was judged (microseconds, UTC), up to which record, by which policy, and the grade given upon it."""

    known_at: int
    upto: int
    policy_digest: str
    grade: str


def judged_incidents(connection: Connection, after: int, most: int) -> list[int]:
    """The ids of incidents that were ever judged, in order, beyond one id; at most so many."""
    rows = connection.execute(
        text(
            "SELECT i.id FROM incident i WHERE i.id > :after "
            "AND EXISTS (SELECT 1 FROM assessment a WHERE a.incident_id = i.id) ORDER BY i.id LIMIT :most"
        ),
        {"after": after, "most": most},
    )
    return [row.id for row in rows]


def count_judged(connection: Connection) -> int:
    """How many incidents were ever judged."""
    found: int = connection.execute(text("SELECT count(DISTINCT incident_id) FROM assessment")).scalar_one()
    return found


def moments_of(connection: Connection, incident_id: int) -> list[Moment]:
    """Every judgement of an incident in order of receipt. A closing is no grade, and none is given for it."""
    rows = connection.execute(
        text(
            "SELECT a.known_at, a.upto, a.policy_digest, coalesce(min(d.grade), '') AS grade FROM assessment a "
            "LEFT JOIN decision d ON d.assessment_id = a.id AND d.act NOT IN ('close', 'cancel') "
            "WHERE a.incident_id = :incident GROUP BY a.id, a.known_at, a.upto, a.policy_digest ORDER BY a.id"
        ),
        {"incident": incident_id},
    )
    return [Moment(row.known_at, row.upto, row.policy_digest, row.grade) for row in rows]
