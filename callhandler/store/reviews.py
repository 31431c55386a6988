"""Reads the queue of review, in a fixed number of statements: what waits for agreement now, and what is to be reviewed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

# Who it is about, as the board shows it: the person at risk, else the caller.
_WHO = (
    "(SELECT e.name FROM party p JOIN person e ON e.id = p.person_id WHERE p.incident_id = {i} "
    "AND p.role IN ('at_risk', 'caller') ORDER BY CASE p.role WHEN 'at_risk' THEN 0 ELSE 1 END, p.id LIMIT 1)"
)
# What stood before: an item and a request each come before the decision that they are about.
_WAS = "(SELECT b.{of} FROM decision b WHERE b.incident_id = {i} AND b.id < {by} ORDER BY b.id DESC LIMIT 1)"
_CRITICAL = (
    "(SELECT count(*) FROM assessment_warning w WHERE w.assessment_id = (SELECT max(n.id) FROM assessment n "
    "WHERE n.incident_id = {i}) AND w.settled_by IS NULL AND w.tier = 'critical')"
)
# What is reviewed is a decision, or the authority for an act that is no grade: whichever has the item's uuid.
_ITEM = (
    "SELECT r.id, r.incident_id, r.decision_uuid, r.entered_by, r.blind, r.specialist, r.due_at, r.likeness, "
    "r.known_at, i.reference, COALESCE(d.id, y.id) AS decision_id, COALESCE(d.known_at, y.known_at) AS decided_at, "
    "COALESCE(d.act, y.act) AS act, COALESCE(d.grade, '') AS grade, COALESCE(d.rank, y.rank_after) AS rank, "
    "COALESCE(d.gate, y.gate) AS gate, COALESCE(d.text, y.text) AS text, "
    "COALESCE(d.author_id, y.author_id) AS author_id, u.display AS handler, "
    "COALESCE(d.request_id, y.request_id) AS request_id, COALESCE(d.assessment_id, y.assessment_id) AS assessment_id, "
    "COALESCE(y.rank_before, a.floor_rank) AS limit_rank, a.floor_rank, a.policy_digest, "
    "o.user_id AS owner_id, ou.display AS owner, "
    "(SELECT s.shown FROM request_subject s WHERE s.request_id = COALESCE(d.request_id, y.request_id)) AS shown, "
    f"{_WHO.format(i='r.incident_id')} AS who, {_WAS.format(of='grade', i='r.incident_id', by='r.id')} AS was, "
    f"{_WAS.format(of='rank', i='r.incident_id', by='r.id')} AS was_rank, "
    f"{_CRITICAL.format(i='r.incident_id')} AS critical, "
    "(SELECT count(*) FROM review_grade g WHERE g.item_id = r.id AND g.author_id = :me) AS graded, "
    "(SELECT count(*) FROM review_outcome x WHERE x.item_id = r.id) AS outcomes "
    "FROM review_item r LEFT JOIN decision d ON d.uuid = r.decision_uuid "
    "LEFT JOIN authority y ON y.uuid = r.decision_uuid "
    "JOIN assessment a ON a.id = COALESCE(d.assessment_id, y.assessment_id) "
    "JOIN incident i ON i.id = r.incident_id JOIN desk_user u ON u.id = COALESCE(d.author_id, y.author_id) "
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
            f"{_WAS.format(of='grade', i='q.incident_id', by='q.id')} AS was, s.shown "
            "FROM request q JOIN refusal f ON f.id = (SELECT max(m.id) FROM refusal m WHERE m.request_id = q.id) "
            "JOIN assessment a ON a.id = f.assessment_id JOIN incident i ON i.id = q.incident_id "
            "JOIN desk_user u ON u.id = q.author_id LEFT JOIN request_subject s ON s.request_id = q.id "
            "WHERE f.needs IN ('agreement', 'supervisor') AND q.author_id <> :me "
            "AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.request_id = q.id AND g.verdict <> 'agree') "
            "AND NOT EXISTS (SELECT 1 FROM authority y WHERE y.request_id = q.id) "
            "AND NOT EXISTS (SELECT 1 FROM request l WHERE l.incident_id = q.incident_id AND l.id > q.id) "
            "AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.incident_id = q.incident_id AND d.id > q.id) "
            "ORDER BY f.known_at"
        ),
        {"me": other_than},
    ).all()


def waiting_request(connection: Connection, request_id: int) -> Any | None:
    """One request with the assessment of its newest attempt, whether it still waits or not."""
    return connection.execute(
        text(
            "SELECT q.id, q.incident_id, q.act, q.grade, q.rank, q.author_id, u.display AS handler, "
            "f.known_at, f.id AS refusal_id, f.assessment_id, a.floor_rank, i.reference, "
            f"{_WHO.format(i='q.incident_id')} AS who, {_CRITICAL.format(i='q.incident_id')} AS critical, "
            f"{_WAS.format(of='grade', i='q.incident_id', by='q.id')} AS was, s.shown "
            "FROM request q JOIN refusal f ON f.id = (SELECT max(m.id) FROM refusal m WHERE m.request_id = q.id) "
            "JOIN assessment a ON a.id = f.assessment_id JOIN incident i ON i.id = q.incident_id "
            "JOIN desk_user u ON u.id = q.author_id LEFT JOIN request_subject s ON s.request_id = q.id "
            "WHERE q.id = :request"
        ),
        {"request": request_id},
    ).first()


def asked_upon(connection: Connection, request_id: int | None) -> int | None:
    """The assessment that a request was first made upon; None where nothing was asked for."""
    found: int | None = connection.execute(
        text("SELECT assessment_id FROM request WHERE id = :request"), {"request": request_id}
    ).scalar()
    return found


def second_grades(connection: Connection, item_id: int) -> Sequence[Any]:
    """The own grades of an item's reviewers, the first first."""
    return connection.execute(
        text(
            "SELECT g.grade, g.rank, g.blind, g.reason, u.display AS author, g.author_id, g.known_at "
            "FROM review_grade g JOIN desk_user u ON u.id = g.author_id WHERE g.item_id = :item ORDER BY g.id"
        ),
        {"item": item_id},
    ).all()


def outcomes(connection: Connection, item_id: int) -> Sequence[Any]:
    """What was found of an item, the first first."""
    return connection.execute(
        text(
            "SELECT o.result, o.grade, o.reason, u.display AS author, o.known_at FROM review_outcome o "
            "JOIN desk_user u ON u.id = o.author_id WHERE o.item_id = :item ORDER BY o.id"
        ),
        {"item": item_id},
    ).all()


def outcome_landed(connection: Connection, uuid: str) -> int | None:
    """The outcome of this idempotency key, where it is in the store already."""
    found: int | None = connection.execute(
        text("SELECT id FROM review_outcome WHERE uuid = :u"), {"u": uuid}
    ).scalar()
    return found


_FEEDBACK = (
    "SELECT f.id, f.incident_id, i.reference, o.item_id, o.result, f.text, u.display AS author, f.known_at, "
    "f.to_id, s.known_at AS seen_at, s.answer FROM review_feedback f JOIN review_outcome o ON o.id = f.outcome_id "
    "JOIN incident i ON i.id = f.incident_id JOIN desk_user u ON u.id = f.author_id "
    "LEFT JOIN feedback_seen s ON s.feedback_id = f.id "
)


def feedback_of_item(connection: Connection, item_id: int) -> Sequence[Any]:
    """What the handler was told of an item."""
    return connection.execute(
        text(f"{_FEEDBACK}WHERE o.item_id = :item ORDER BY f.id"), {"item": item_id}
    ).all()


def feedback_to(connection: Connection, user_id: int, since: int) -> Sequence[Any]:
    """What somebody was told: everything not yet seen, and what was told since an instant; the newest first."""
    return connection.execute(
        text(
            f"{_FEEDBACK}WHERE f.to_id = :user AND (s.id IS NULL OR f.known_at >= :since) "
            "ORDER BY (CASE WHEN s.id IS NULL THEN 0 ELSE 1 END), f.id DESC"
        ),
        {"user": user_id, "since": since},
    ).all()


def answered_to(connection: Connection, user_id: int, since: int) -> Sequence[Any]:
    """Supervisors' answers to somebody's own requests since an instant, the newest first."""
    return connection.execute(
        text(
            "SELECT g.request_id, q.incident_id, g.verdict, g.reason, u.display AS author, g.known_at "
            "FROM agreement g JOIN request q ON q.id = g.request_id JOIN desk_user u ON u.id = g.author_id "
            "WHERE q.author_id = :user AND g.known_at >= :since ORDER BY g.id DESC"
        ),
        {"user": user_id, "since": since},
    ).all()


def answered_by(connection: Connection, request_id: int | None) -> frozenset[int]:
    """Who answered a request as a supervisor."""
    rows = connection.execute(
        text("SELECT author_id FROM agreement WHERE request_id = :request"), {"request": request_id}
    )
    return frozenset(row.author_id for row in rows)


def followed(
    connection: Connection, incident_id: int, decision_id: int, rank: int, until: int
) -> Sequence[Any]:
    """What was recorded after a decision, by an instant: raises and calls in the incident, and further reports about her."""
    return connection.execute(
        text(
            "SELECT d.known_at AS at, d.incident_id, 'raised' AS what, d.grade AS detail FROM decision d "
            "WHERE d.incident_id = :incident AND d.id > :decision AND d.rank < :rank AND d.known_at <= :until "
            "UNION ALL SELECT c.known_at, c.incident_id, 'call', c.speaker FROM call c "
            "WHERE c.incident_id = :incident AND c.id > :decision AND c.direction = 'in' AND c.known_at <= :until "
            "UNION ALL SELECT DISTINCT n.known_at, n.id, 'report', n.reference FROM "
            f"{REPORTS.format(i=':incident', d=':decision')} AND n.known_at <= :until ORDER BY at, what"
        ),
        {"incident": incident_id, "decision": decision_id, "rank": rank, "until": until},
    ).all()


_NEWEST = (
    "{s}.kind = 'person' AND {s}.id = "
    "(SELECT max(j.id) FROM same_as j WHERE j.kind = 'person' AND j.a = {s}.a AND j.b = {s}.b)"
)
# Hers are read from her few records, and the incidents from them: never from all that came after a decision.
REPORTS = (
    "(WITH RECURSIVE hers(own, id) AS (SELECT m.person_id, m.person_id FROM party m "
    "WHERE m.incident_id = {i} AND m.role IN ('at_risk', 'caller') "
    "UNION SELECT h.own, CASE WHEN s.a = h.id THEN s.b ELSE s.a END FROM hers h "
    "JOIN same_as s ON (s.a = h.id OR s.b = h.id) "
    f"WHERE s.verdict = 'same' AND {_NEWEST.replace('{s}', 's')} "
    "AND NOT EXISTS (SELECT 1 FROM same_as x WHERE x.verdict = 'not_same' "
    "AND ((x.a = h.own AND x.b = CASE WHEN s.a = h.id THEN s.b ELSE s.a END) "
    "OR (x.b = h.own AND x.a = CASE WHEN s.a = h.id THEN s.b ELSE s.a END)) "
    f"AND {_NEWEST.replace('{s}', 'x')})) SELECT DISTINCT id FROM hers) m "
    "JOIN party p ON p.person_id = m.id AND p.incident_id > {d} JOIN incident n ON n.id = p.incident_id "
    "WHERE p.role IN ('at_risk', 'caller') AND n.live = 1"
)
"""Incidents taken down here after a decision, about somebody who was at risk or rang in that one.

Under whichever record of hers: it follows what was judged the same through others, not to one judged another than she is.
"""
