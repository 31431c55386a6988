"""Reads what the figures of review are made of: two statements over a span, whatever the number of decisions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from callhandler.store.reviews import REPORTS

_STOOD = (
    "COALESCE((SELECT b.rank FROM decision b WHERE b.incident_id = d.incident_id AND b.id < d.id "
    "ORDER BY b.id DESC LIMIT 1), 99)"
)
# Below what stood, or below the floor, and not a closing for which the gate asked nothing.
_LOWERED = (
    f"((d.rank > {_STOOD} OR d.rank > (SELECT a.floor_rank FROM assessment a WHERE a.id = d.assessment_id)) "
    "AND (d.act <> 'close' OR d.gate <> 'none'))"
)
_GROUND = (
    "COALESCE((SELECT r.ground FROM rationale r WHERE r.request_id = {q} AND r.ground <> '' "
    "ORDER BY r.id DESC LIMIT 1), '')"
)

_PARTS = (
    "d.known_at AS at, CASE WHEN EXISTS (SELECT 1 FROM agreement g WHERE g.request_id = d.request_id "
    "AND g.verdict = 'agree') THEN 'agreed' ELSE 'alone' END AS how, "
    f"{_GROUND.format(q='d.request_id')} AS ground, CASE "
    "WHEN EXISTS (SELECT 1 FROM decision l WHERE l.incident_id = d.incident_id AND l.id > d.id "
    "AND l.rank < {rank} AND l.known_at <= d.known_at + :within) THEN 'raised' "
    f"WHEN EXISTS (SELECT 1 FROM {REPORTS.format(i='d.incident_id', d='d.id')} "
    "AND n.known_at <= d.known_at + :within) THEN 'report' "
    "WHEN EXISTS (SELECT 1 FROM call c WHERE c.incident_id = d.incident_id AND c.id > d.id "
    "AND c.direction = 'in' AND c.known_at <= d.known_at + :within) THEN 'call' ELSE '' END AS followed"
)


def lowered(connection: Connection, since: int, until: int, within: int) -> Sequence[Any]:
    """Every lowering, by grade or by a change of what is known, and every request that a supervisor did not agree to.

    `since` and `until` are microseconds. `how` is `agreed`, `alone` (no agreement was needed) or `kept`. `followed` says
    what came within `within` microseconds: `raised`, `report` (another one about her), `call`, or nothing.
    """
    decided = (
        f"SELECT {_PARTS} FROM decision d WHERE d.known_at >= :since AND d.known_at <= :until AND {_LOWERED}"
    ).format(rank="d.rank")
    authorised = (
        f"SELECT {_PARTS} FROM authority d WHERE d.known_at >= :since AND d.known_at <= :until AND d.gate <> 'none'"
    ).format(rank=_STOOD)
    return connection.execute(
        text(
            f"{decided} UNION ALL {authorised} "
            f"UNION ALL SELECT g.known_at, 'kept', {_GROUND.format(q='g.request_id')}, '' "
            "FROM agreement g WHERE g.known_at >= :since AND g.known_at <= :until AND g.verdict <> 'agree' "
            "ORDER BY at"
        ),
        {"since": since, "until": until, "within": within},
    ).all()


def pairs(connection: Connection, since: int, until: int) -> Sequence[Any]:
    """Blind second grades of a span beside the handler's: both ranks, the type as it was then, the handler's role then.

    One an item: its first. What was graded with the handler's grade in sight is no second grade and is left out.
    """
    return connection.execute(
        text(
            "SELECT g.rank AS own, d.rank AS handlers, COALESCE((SELECT t.type FROM incident_type t "
            "WHERE t.incident_id = d.incident_id AND t.id < d.id ORDER BY t.id DESC LIMIT 1), i.type) AS type, "
            "COALESCE((SELECT min(r.role) FROM role_grant r WHERE r.user_id = d.author_id "
            "AND r.role IN ('handler', 'dispatcher', 'supervisor') AND r.from_at <= d.known_at "
            "AND (r.until_at IS NULL OR r.until_at > d.known_at)), '') AS role "
            "FROM review_grade g JOIN review_item m ON m.id = g.item_id JOIN decision d ON d.uuid = m.decision_uuid "
            "JOIN incident i ON i.id = d.incident_id WHERE g.blind = 1 AND g.known_at >= :since "
            "AND g.known_at <= :until AND NOT EXISTS (SELECT 1 FROM review_grade e WHERE e.item_id = g.item_id "
            "AND e.blind = 1 AND e.id < g.id) ORDER BY g.id"
        ),
        {"since": since, "until": until},
    ).all()
