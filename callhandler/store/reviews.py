"""Reads the queue of review, in a fixed number of statements: what waits for agreement now, and what is to be reviewed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

# Who it is about, as the board shows it: the person at risk, else the caller.
_WHO = (
    "(SELECT e.name FROM party p JOIN person e ON e.id = p.person_id WHERE p.incident_id = {i} "
    "AND p.role IN ('at_risk', 'caller') ORDER BY CASE p.role WHEN 'at_risk' THEN 0 ELSE 1 END, p.id LIMIT 1)"
)
_WAS = (
    "(SELECT b.grade FROM decision b WHERE b.incident_id = {d}.incident_id AND b.id < {d}.id "
    "ORDER BY b.id DESC LIMIT 1)"
)
_CRITICAL = (
    "(SELECT count(*) FROM assessment_warning w WHERE w.assessment_id = (SELECT max(n.id) FROM assessment n "
    "WHERE n.incident_id = {i}) AND w.settled_by IS NULL AND w.tier = 'critical')"
)
_ITEM = (
    "SELECT r.id, r.incident_id, r.decision_uuid, r.entered_by, r.blind, r.specialist, r.due_at, r.likeness, "
    "r.known_at, i.reference, d.id AS decision_id, d.act, d.grade, d.rank, d.author_id, u.display AS handler, "
    "d.assessment_id, a.floor_rank, a.policy_digest, o.user_id AS owner_id, ou.display AS owner, "
    f"{_WHO.format(i='r.incident_id')} AS who, {_WAS.format(d='d')} AS was, "
    f"{_CRITICAL.format(i='r.incident_id')} AS critical, "
    "(SELECT count(*) FROM review_grade g WHERE g.item_id = r.id AND g.author_id = :me) AS graded, "
    "(SELECT count(*) FROM review_outcome x WHERE x.item_id = r.id) AS outcomes "
    "FROM review_item r JOIN decision d ON d.uuid = r.decision_uuid JOIN assessment a ON a.id = d.assessment_id "
    "JOIN incident i ON i.id = r.incident_id JOIN desk_user u ON u.id = d.author_id "
    "LEFT JOIN review_owner o ON o.id = (SELECT max(m.id) FROM review_owner m WHERE m.item_id = r.id) "
    "LEFT JOIN desk_user ou ON ou.id = o.user_id "
)
_OPEN = "WHERE NOT EXISTS (SELECT 1 FROM review_outcome x WHERE x.item_id = r.id)"


def open_items(connection: Connection, me: int) -> Sequence[Any]:
    """Every item without an outcome, as one who is `me` may see it."""
    return connection.execute(text(_ITEM + _OPEN), {"me": me}).all()


def item(connection: Connection, item_id: int, me: int) -> Any | None:
    """One item, open or answered."""
    return connection.execute(text(f"{_ITEM}WHERE r.id = :item"), {"me": me, "item": item_id}).first()


def open_reviews(connection: Connection, incident_id: int) -> tuple[tuple[int, int | None], ...]:
    """The open items of an incident: each with its owner's id, None while nobody has it."""
    rows = connection.execute(
        text(
            "SELECT r.id, (SELECT o.user_id FROM review_owner o WHERE o.item_id = r.id ORDER BY o.id DESC LIMIT 1) "
            f"AS owner_id FROM review_item r {_OPEN} AND r.incident_id = :incident ORDER BY r.id"
        ),
        {"incident": incident_id},
    )
    return tuple((r.id, r.owner_id) for r in rows)


def waiting_requests(connection: Connection, other_than: int) -> Sequence[Any]:
    """Requests that lack nothing but a supervisor's answer, other than one's own: the newest of each incident.

    What is lacking is what the newest attempt said; whoever agrees is judged by what is known then.
    """
    return connection.execute(
        text(
            "SELECT q.id, q.incident_id, q.act, q.grade, q.rank, q.author_id, u.display AS handler, "
            "f.known_at, f.assessment_id, a.floor_rank, i.reference, "
            f"{_WHO.format(i='q.incident_id')} AS who, {_CRITICAL.format(i='q.incident_id')} AS critical, "
            f"{_WAS.format(d='q')} AS was "
            "FROM request q JOIN refusal f ON f.id = (SELECT max(m.id) FROM refusal m WHERE m.request_id = q.id) "
            "JOIN assessment a ON a.id = f.assessment_id JOIN incident i ON i.id = q.incident_id "
            "JOIN desk_user u ON u.id = q.author_id "
            "WHERE f.needs IN ('agreement', 'supervisor') AND q.author_id <> :me "
            "AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.request_id = q.id AND g.verdict <> 'agree') "
            "AND NOT EXISTS (SELECT 1 FROM request l WHERE l.incident_id = q.incident_id AND l.id > q.id) "
            "AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.incident_id = q.incident_id AND d.id > q.id) "
            "ORDER BY f.known_at"
        ),
        {"me": other_than},
    ).all()
