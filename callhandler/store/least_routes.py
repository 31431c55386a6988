"""What the database refuses of acts that are no grade: an authority without its gate, an effect without its authority."""

from callhandler.store.least import (
    AGREED,
    ANSWERED_BEFORE_TOLD,
    ANY_CRITICAL,
    CRITICAL,
    EVER_WEIGHTY,
    FLOOR,
    KEPT,
    NEW_SENTENCE,
    SEEN,
    SHED,
    SHED_SENTENCE,
    STALE,
    STANDING,
    UNANSWERED,
)
from callhandler.store.open_now import OPEN_NOW

# A rationale of the authority's own request: same incident, same act, same record.
_ASKED = (
    "EXISTS (SELECT 1 FROM rationale r JOIN request q ON q.id = r.request_id JOIN request_subject s "
    "ON s.request_id = q.id WHERE q.id = NEW.request_id AND q.incident_id = NEW.incident_id AND q.act = NEW.act "
    "AND s.subject = NEW.subject AND s.subject_id = NEW.subject_id AND length(trim(r.reason)) > 0"
)
_WITH_REASON = f"{_ASKED})"
_WITH_GROUND = f"{_ASKED} AND length(trim(r.ground)) > 0)"
_BELOW_FLOOR = f"NEW.rank_after > {FLOOR}"
_INTO = (
    "COALESCE((SELECT rank FROM decision WHERE incident_id = NEW.subject_id ORDER BY id DESC LIMIT 1), 99)"
)

AUTHORITY_UNMET = (
    f"(NEW.act IN ('retract', 'reject_link', 'lower_risk', 'part_records') AND NOT {_WITH_REASON}) "
    f"OR (NEW.act <> 'result' AND NEW.rank_after > NEW.rank_before AND NEW.act <> 'merge' AND NOT {_WITH_GROUND}) "
    f"OR (NEW.act = 'merge' AND (NEW.rank_after < {_INTO} OR ({_BELOW_FLOOR} AND NOT {_WITH_GROUND}) "
    f"OR ({_BELOW_FLOOR} AND {CRITICAL} AND ({UNANSWERED} OR NOT {AGREED})) "
    f"OR (NEW.rank_after > {STANDING} AND NOT {_WITH_REASON}))) "
    f"OR (NEW.act = 'result' AND {EVER_WEIGHTY} AND NOT {SEEN} "
    f"AND (NOT {_WITH_GROUND} OR ({ANY_CRITICAL} AND NOT {AGREED}))) "
    f"OR (NEW.gate <> 'none' AND {KEPT})"
)
"""What no policy can loosen: the least that stands beside leave for a retraction, a link, a level, a merge, a result."""

_OF = "FROM authority a JOIN rationale r ON r.request_id = a.request_id WHERE a.id = NEW.authority_id"
_LOST_REASON = f"EXISTS (SELECT 1 {_OF} AND length(trim(r.reason)) > 0)"
_LOST_GROUND = f"EXISTS (SELECT 1 {_OF} AND length(trim(r.reason)) > 0 AND length(trim(r.ground)) > 0)"
_LOST_ANSWER = (
    "EXISTS (SELECT 1 FROM authority y JOIN rationale_answer a ON a.request_id = y.request_id "
    "JOIN assessment_warning w ON w.assessment_id = y.assessment_id AND w.code = a.warning "
    "WHERE y.id = NEW.authority_id AND a.warning = NEW.code AND a.accepted = 1 AND a.id = (SELECT max(b.id) "
    "FROM rationale_answer b WHERE b.request_id = y.request_id AND b.warning = NEW.code) "
    f"AND NOT {ANSWERED_BEFORE_TOLD})"
)
_LOST_AGREED = (
    "EXISTS (SELECT 1 FROM authority a JOIN agreement g ON g.request_id = a.request_id JOIN request q "
    "ON q.id = a.request_id WHERE a.id = NEW.authority_id AND g.verdict = 'agree' "
    "AND g.assessment_id = a.assessment_id AND g.author_id <> q.author_id "
    "AND g.id = (SELECT max(h.id) FROM agreement h WHERE h.request_id = a.request_id))"
)
_NOT_STANDING = (
    "NOT EXISTS (SELECT 1 FROM assessment_warning w JOIN authority a ON a.assessment_id = w.assessment_id "
    "WHERE a.id = NEW.authority_id AND w.code = NEW.code AND w.settled_by IS NULL AND w.tier = NEW.tier "
    "AND COALESCE(w.floor_rank, 0) = COALESCE(NEW.floor_rank, 0))"
)

LOST_UNMET = (
    f"{_NOT_STANDING} OR (NEW.tier IN ('critical', 'serious') AND NOT {_LOST_REASON}) "
    f"OR (NEW.floor_rank IS NOT NULL AND NOT {_LOST_GROUND}) "
    f"OR (NEW.floor_rank IS NOT NULL AND NEW.tier = 'critical' AND NOT ({_LOST_ANSWER} AND {_LOST_AGREED}))"
)
"""A warning that an act takes away was standing, and is answered by its own tier."""


def _authorised(act: str, subject: str, column: str, *, by: str = "") -> str:
    """True where the incident's newest authority is for this very effect and nothing was judged since."""
    named = f"a.id = NEW.{by} AND " if by else ""
    return (
        f"EXISTS (SELECT 1 FROM authority a WHERE {named}a.incident_id = NEW.incident_id AND a.act = '{act}' "
        f"AND a.subject = '{subject}' AND a.subject_id = NEW.{column} "
        "AND a.id = (SELECT max(b.id) FROM authority b WHERE b.incident_id = NEW.incident_id) "
        "AND NOT EXISTS (SELECT 1 FROM assessment x WHERE x.incident_id = NEW.incident_id AND x.id > a.id))"
    )


def _level(of: str) -> str:
    return f"CASE {of} WHEN 'high' THEN 3 WHEN 'medium' THEN 2 WHEN 'standard' THEN 1 ELSE 0 END"


_LEVEL_BEFORE = (
    f"COALESCE((SELECT {_level('p.level')} FROM risk_assessment p WHERE p.person_id = NEW.person_id "
    "AND p.level <> '' AND p.id < NEW.id ORDER BY p.id DESC LIMIT 1), 0)"
)
_LIVE = "EXISTS (SELECT 1 FROM incident i WHERE i.id = NEW.incident_id AND i.live = 1)"

RETRACTED_WITHOUT = (
    f"NOT {_authorised('retract', 'disclosure', 'disclosure_id', by='authority_id')} "
    "OR NEW.incident_id <> (SELECT d.incident_id FROM disclosure d WHERE d.id = NEW.disclosure_id)"
)
MERGED_WITHOUT = (
    f"NEW.verdict = 'same' AND NOT {_authorised('merge', 'incident', 'into_id', by='authority_id')}"
)
REJECTED_WITHOUT = f"NEW.verdict = 'not_linked' AND NOT {_authorised('reject_link', 'incident', 'linked_id')}"
LOWERED_WITHOUT = (
    f"{_LIVE} AND NEW.level <> '' AND {_level('NEW.level')} < {_LEVEL_BEFORE} "
    f"AND NOT {_authorised('lower_risk', 'person', 'person_id')}"
)
# The first of two records and all that lead from it to others by a judgement that stands.
_READ_AS_ONE = (
    "(WITH RECURSIVE reach(id) AS (SELECT NEW.a UNION SELECT CASE WHEN s.a = r.id THEN s.b ELSE s.a END "
    "FROM reach r JOIN same_as s ON (s.a = r.id OR s.b = r.id) WHERE s.kind = NEW.kind AND s.verdict = 'same' "
    "AND s.id = (SELECT max(k.id) FROM same_as k WHERE k.kind = s.kind AND k.a = s.a AND k.b = s.b)) "
    "SELECT id FROM reach)"
)
# Outside every incident two are kept apart that nothing reads as one, or of whom nobody is in an open incident.
_OF_NOTHING_OPEN = (
    f"NEW.incident_id IS NULL AND NEW.kind = 'person' AND ((NEW.verdict = 'not_same' AND NEW.b NOT IN {_READ_AS_ONE}) "
    f"OR NOT EXISTS (SELECT 1 FROM party p JOIN incident n ON n.id = p.incident_id WHERE p.person_id IN {_READ_AS_ONE} "
    f"AND {OPEN_NOW}))"
)
# Saying nothing any longer of two that were judged not to be the same parts nobody.
PARTED_WITHOUT = (
    "NEW.verdict <> 'same' AND NOT (NEW.verdict = 'withdrawn' AND 'not_same' = (SELECT s.verdict FROM same_as s "
    "WHERE s.kind = NEW.kind AND s.a = NEW.a AND s.b = NEW.b ORDER BY s.id DESC LIMIT 1)) "
    f"AND NOT ({_OF_NOTHING_OPEN}) "
    "AND NOT EXISTS (SELECT 1 FROM authority a WHERE a.incident_id = NEW.incident_id AND a.act = 'part_records' "
    "AND a.subject = NEW.kind AND a.subject_id = NEW.b "
    "AND a.id = (SELECT max(b.id) FROM authority b WHERE b.incident_id = NEW.incident_id) "
    "AND NOT EXISTS (SELECT 1 FROM assessment x WHERE x.incident_id = NEW.incident_id AND x.id > a.id))"
)
RESULTED_WITHOUT = f"NEW.state = 'resulted' AND NEW.target = 'at_risk' AND {EVER_WEIGHTY} AND NOT {SEEN}"
# A retraction of the incident itself, or one that had settled it in an incident merged into this one.
SETTLED_BY_ANOTHERS = (
    "EXISTS (SELECT 1 FROM journal j WHERE j.seq = NEW.settled_by AND j.kind = 'retraction') AND NOT EXISTS "
    "(SELECT 1 FROM retraction r JOIN authority_warning w ON w.authority_id = r.authority_id "
    "WHERE r.id = NEW.settled_by AND w.code = NEW.code AND r.incident_id = NEW.incident_id) "
    "AND NOT EXISTS (SELECT 1 FROM assessment_warning p JOIN incident_merge m ON m.incident_id = p.incident_id "
    "WHERE m.into_id = NEW.incident_id AND m.verdict = 'same' AND p.code = NEW.code AND p.settled_by = NEW.settled_by)"
)

AUTHORITY_SENTENCE = "an authority needs its gate"
LOST_SENTENCE = "a warning is taken away only by its own gate"
RETRACTED_SENTENCE = "a retraction needs an authority of its own"
MERGED_SENTENCE = "a merge needs an authority of its own"
REJECTED_SENTENCE = "a link is rejected only with an authority of its own"
LOWERED_SENTENCE = "a lower level of risk needs an authority of its own"
PARTED_SENTENCE = "records are parted only with an authority of its own"
RESULTED_SENTENCE = (
    "somebody at risk was neither seen nor spoken to: record the contact, or ask for the result"
)
SETTLED_SENTENCE = "a retraction settles only what rested on it"

REFUSED = (
    ("authority", "gate", ((STALE, NEW_SENTENCE), (AUTHORITY_UNMET, AUTHORITY_SENTENCE))),
    ("authority", "latch", ((SHED, SHED_SENTENCE),)),
    ("authority_warning", "gate", ((LOST_UNMET, LOST_SENTENCE),)),
    ("retraction", "authority", ((RETRACTED_WITHOUT, RETRACTED_SENTENCE),)),
    ("incident_merge", "authority", ((MERGED_WITHOUT, MERGED_SENTENCE),)),
    ("link_judgement", "authority", ((REJECTED_WITHOUT, REJECTED_SENTENCE),)),
    ("same_as", "authority", ((PARTED_WITHOUT, PARTED_SENTENCE),)),
    ("risk_assessment", "authority", ((LOWERED_WITHOUT, LOWERED_SENTENCE),)),
    ("response", "contact", ((RESULTED_WITHOUT, RESULTED_SENTENCE),)),
    ("assessment_warning", "retraction", ((SETTLED_BY_ANOTHERS, SETTLED_SENTENCE),)),
)
