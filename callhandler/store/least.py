"""What the database refuses of assessments and decisions, as SQL that both engines read: the least beside them."""

from callhandler.store.blocks import IN_BLOCKS
from callhandler.store.tables import FACTS_OF_AN_INCIDENT

# The newest assessment must be newer than every fact of its incident.
_NEWER_FACT = " OR ".join(
    f"EXISTS (SELECT 1 FROM {name} WHERE incident_id = NEW.incident_id AND id > NEW.assessment_id)"
    for name in FACTS_OF_AN_INCIDENT
)

STALE = (
    "NEW.assessment_id <> COALESCE((SELECT max(id) FROM assessment WHERE incident_id = NEW.incident_id), -1) "
    f"OR {_NEWER_FACT}"
)

# Every warning ever standing for the incident, or for one merged into it, is in its newest assessment, standing or settled.
SHED = (
    "EXISTS (SELECT 1 FROM assessment_warning a WHERE a.incident_id = NEW.incident_id "
    "AND a.assessment_id < NEW.assessment_id AND NOT EXISTS (SELECT 1 FROM assessment_warning b "
    "WHERE b.assessment_id = NEW.assessment_id AND b.code = a.code)) "
    "OR EXISTS (SELECT 1 FROM assessment_warning a JOIN incident_merge m ON m.incident_id = a.incident_id "
    "WHERE m.into_id = NEW.incident_id AND m.verdict = 'same' AND m.id < NEW.assessment_id AND a.id < m.id "
    "AND m.id = (SELECT max(n.id) FROM incident_merge n WHERE n.incident_id = m.incident_id) "
    "AND NOT EXISTS (SELECT 1 FROM assessment_warning b WHERE b.assessment_id = NEW.assessment_id AND b.code = a.code))"
)

# The floor that is written may not lie below what its standing warnings say.
FLOOR_TOO_LOW = (
    "(SELECT floor_rank FROM assessment WHERE id = NEW.assessment_id) > "
    "COALESCE((SELECT min(floor_rank) FROM assessment_warning WHERE assessment_id = NEW.assessment_id "
    "AND settled_by IS NULL AND floor_rank IS NOT NULL), 99)"
)

# What a grade is called and where it ranks go together, by the policy that the assessment names.
GRADE_UNKNOWN = (
    "NOT EXISTS (SELECT 1 FROM scheme_grade g JOIN assessment a ON a.policy_digest = g.digest "
    "WHERE a.id = NEW.assessment_id AND g.grade = NEW.grade AND g.rank = NEW.rank)"
)

STANDING = (
    "COALESCE((SELECT rank FROM decision WHERE incident_id = NEW.incident_id ORDER BY id DESC LIMIT 1), 99)"
)
FLOOR = "(SELECT floor_rank FROM assessment WHERE id = NEW.assessment_id)"
BELOW_FLOOR = f"NEW.rank > {FLOOR}"
BELOW_STANDING = f"NEW.rank > {STANDING}"
CRITICAL = (
    "EXISTS (SELECT 1 FROM assessment_warning WHERE assessment_id = NEW.assessment_id AND settled_by IS NULL "
    "AND tier = 'critical' AND floor_rank IS NOT NULL)"
)
WEIGHTY = (
    "EXISTS (SELECT 1 FROM assessment_warning WHERE assessment_id = NEW.assessment_id AND settled_by IS NULL "
    "AND tier IN ('critical', 'serious'))"
)
RATIONALE = (
    "EXISTS (SELECT 1 FROM rationale r JOIN request q ON q.id = r.request_id WHERE q.id = NEW.request_id "
    "AND q.incident_id = NEW.incident_id AND q.act = NEW.act AND q.grade = NEW.grade AND q.rank = NEW.rank "
    "AND length(trim(r.reason)) > 0"
)
# An answer says nothing of what was told after it, where the warning `w` rests on that. Evidence is kept as JSON, in which
# a quotation mark of a line is escaped: no line can be taken for an entry.
ANSWERED_BEFORE_TOLD = (
    "EXISTS (SELECT 1 FROM disclosure t WHERE t.id > a.id AND "
    "replace(w.evidence, '[\"disclosure\", ' || CAST(t.id AS TEXT) || ', ', '') <> w.evidence)"
)
UNANSWERED = (
    "EXISTS (SELECT 1 FROM assessment_warning w WHERE w.assessment_id = NEW.assessment_id AND w.settled_by IS NULL "
    "AND w.tier = 'critical' AND w.floor_rank IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rationale_answer a "
    "WHERE a.request_id = NEW.request_id AND a.warning = w.code AND a.accepted = 1 AND a.id = "
    "(SELECT max(b.id) FROM rationale_answer b WHERE b.request_id = NEW.request_id AND b.warning = w.code) "
    f"AND NOT {ANSWERED_BEFORE_TOLD}))"
)
AGREED = (
    "EXISTS (SELECT 1 FROM agreement g JOIN request q ON q.id = g.request_id WHERE g.request_id = NEW.request_id "
    "AND g.verdict = 'agree' AND g.assessment_id = NEW.assessment_id AND g.author_id <> q.author_id "
    "AND g.id = (SELECT max(h.id) FROM agreement h WHERE h.request_id = NEW.request_id))"
)
KEPT = "EXISTS (SELECT 1 FROM agreement h WHERE h.request_id = NEW.request_id AND h.verdict <> 'agree')"
SAME_CALL = (
    "EXISTS (SELECT 1 FROM decision d WHERE d.incident_id = NEW.incident_id AND d.call_id = NEW.call_id "
    "AND d.author_id = NEW.author_id AND d.act = 'grade' AND NEW.act = 'grade' "
    "AND d.id = (SELECT max(id) FROM decision WHERE incident_id = NEW.incident_id))"
)
NOTHING_OPEN = (
    "NEW.act = 'close' AND NOT EXISTS (SELECT 1 FROM task t WHERE t.incident_id = NEW.incident_id AND NOT EXISTS "
    "(SELECT 1 FROM task_done f WHERE f.task_id = t.id)) AND (NOT EXISTS (SELECT 1 FROM decision o "
    "WHERE o.incident_id = NEW.incident_id) OR (SELECT o.target_minutes FROM decision o "
    "WHERE o.incident_id = NEW.incident_id ORDER BY o.id DESC LIMIT 1) IS NULL OR 'resulted' = "
    "(SELECT p.state FROM response p WHERE p.incident_id = NEW.incident_id AND p.target = 'at_risk' "
    "ORDER BY p.id DESC LIMIT 1))"
)

LAST_TOLD = (
    "COALESCE((SELECT max(d.id) FROM disclosure d WHERE d.incident_id = NEW.incident_id AND d.stance = 'told' "
    "AND NOT EXISTS (SELECT 1 FROM retraction r WHERE r.disclosure_id = d.id)), 0)"
)
_STANDS = "NOT EXISTS (SELECT 1 FROM retraction u WHERE u.disclosure_id = h.id)"
_MET = f"FROM contact c WHERE c.incident_id = NEW.incident_id AND c.counts = 1 AND c.id > {LAST_TOLD}"
# Whoever was put down here as at risk, as a child or as harmed, and was not met since the last disclosure.
_NOT_MET = (
    "EXISTS (SELECT 1 FROM party p WHERE p.incident_id = NEW.incident_id AND p.role IN ('at_risk', 'child') "
    f"AND NOT EXISTS (SELECT 1 {_MET} AND c.person_id = p.person_id)) "
    "OR EXISTS (SELECT 1 FROM disclosure h WHERE h.incident_id = NEW.incident_id AND h.harmed_id IS NOT NULL "
    f"AND {_STANDS} AND NOT EXISTS (SELECT 1 {_MET} AND c.person_id = h.harmed_id))"
)
# Each was seen or spoken to since the last disclosure, or a rationale was given for a result without.
SEEN = (
    f"((EXISTS (SELECT 1 {_MET}) AND NOT ({_NOT_MET})) "
    "OR EXISTS (SELECT 1 FROM authority s JOIN rationale v ON v.request_id = s.request_id "
    "WHERE s.incident_id = NEW.incident_id AND s.act = 'result' AND s.gate <> 'none' "
    f"AND length(trim(v.reason)) > 0 AND s.id > {LAST_TOLD}))"
)
# Warnings latch, so the newest assessment holds all that was ever raised; what was taken back in error was not.
EVER_WEIGHTY = (
    "EXISTS (SELECT 1 FROM assessment_warning e WHERE e.assessment_id = (SELECT max(id) FROM assessment "
    "WHERE incident_id = NEW.incident_id) AND e.tier IN ('critical', 'serious') AND (e.settled_by IS NULL "
    "OR NOT EXISTS (SELECT 1 FROM retraction t WHERE t.id = e.settled_by)))"
)
ANY_CRITICAL = (
    "EXISTS (SELECT 1 FROM assessment_warning WHERE assessment_id = NEW.assessment_id AND settled_by IS NULL "
    "AND tier = 'critical')"
)
WITH_GROUND = f"{RATIONALE} AND length(trim(r.ground)) > 0)"

CONTACT_UNMET = (
    f"NEW.act IN ('close', 'cancel', 'appoint') AND {EVER_WEIGHTY} AND NOT {SEEN} "
    f"AND (NOT {WITH_GROUND} OR ({ANY_CRITICAL} AND NOT {AGREED}) OR {KEPT})"
)
"""Ending or putting off what raised something needs the person at risk seen or spoken to, or a rationale."""

GATE_UNMET = (
    f"(({BELOW_FLOOR}) AND NOT {WITH_GROUND}) "
    f"OR (({BELOW_FLOOR}) AND {CRITICAL} AND ({UNANSWERED} OR NOT {AGREED})) "
    f"OR (({BELOW_STANDING}) AND NOT {RATIONALE}) "
    f"AND NOT (NOT {WEIGHTY} AND ({SAME_CALL} OR ({NOTHING_OPEN})))) "
    f"OR ((({BELOW_FLOOR}) OR ({BELOW_STANDING})) AND {KEPT})"
)
"""What no policy can loosen: the least that must stand beside a decision that lowers."""

RIGHT_TO_AGREE = (
    "EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = NEW.author_id AND g.role = 'supervisor' "
    "AND g.from_at <= NEW.known_at AND (g.until_at IS NULL OR g.until_at > NEW.known_at)) "
    "AND NEW.author_id <> (SELECT author_id FROM request WHERE id = NEW.request_id)"
)

_SETTLING = (
    "confirmation", "follow_up", "response", "answer", "order_fact", "decision", "call", "receipt", "task_done",
    "consultation", "move", "log_entry", "retraction",
)  # fmt: skip
# A fact of history has no link of its own: the newest block that begins before it must reach over it.
_IN_A_BLOCK = (
    "COALESCE((SELECT b.last_id FROM import_batch b WHERE b.first_id <= NEW.settled_by "
    "ORDER BY b.first_id DESC LIMIT 1), 0) >= NEW.settled_by AND ("
    + " OR ".join(
        f"EXISTS (SELECT 1 FROM {kind} WHERE id = NEW.settled_by)" for kind in _SETTLING if kind in IN_BLOCKS
    )
    + ")"
)
SETTLED_BY_NOTHING = (
    "NEW.settled_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal WHERE seq = NEW.settled_by "
    f"AND kind IN ({', '.join(repr(kind) for kind in _SETTLING)})) AND NOT ({_IN_A_BLOCK})"
)

NEW_SENTENCE = "something new was recorded, read again"
FLOOR_SENTENCE = "the floor lies below what its warnings say"
GATE_SENTENCE = "a decision that lowers needs its gate"
CONTACT_SENTENCE = (
    "somebody at risk was neither seen nor spoken to: record the contact, or give the rationale"
)
SHED_SENTENCE = "an assessment may not drop a warning"
GRADE_SENTENCE = "a grade may not stand under another rank"
RIGHT_SENTENCE = "an agreement needs a supervisor other than the asker"
SETTLED_SENTENCE = "a warning is settled only by a recorded fact"

# Table, what the trigger is called, and what it refuses in which words: the first that holds is told.
REFUSED = (
    (
        "decision",
        "gate",
        ((STALE, NEW_SENTENCE), (FLOOR_TOO_LOW, FLOOR_SENTENCE), (GATE_UNMET, GATE_SENTENCE)),
    ),
    ("decision", "latch", ((SHED, SHED_SENTENCE),)),
    ("decision", "grade", ((GRADE_UNKNOWN, GRADE_SENTENCE),)),
    ("decision", "contact", ((CONTACT_UNMET, CONTACT_SENTENCE),)),
    ("agreement", "right", ((f"NOT ({RIGHT_TO_AGREE})", RIGHT_SENTENCE),)),
    ("assessment_warning", "settled", ((SETTLED_BY_NOTHING, SETTLED_SENTENCE),)),
)
