"""What bears risk among the incidents that are older than the newest: never cut, whatever their number.

A rule asks whether something was told, assessed, left undone or set, by whom, about whom and how lately; to it, two
incidents that say the same are one. So of what is older than the newest the newest of each kind is kept: the rules find
what they would find in all of it, and nobody's thousand incidents are read. What is looked at is what is hers, his, of a
registration, of a dwelling, or of a number that few people use. A hub's older incidents say nothing of the caller.
"""

from callhandler.store.pictures.caps import (
    BACK_TO,
    OF_DWELLING,
    OF_NUMBER,
    OF_PERSON,
    OF_PLACE,
    OF_USERS,
    OF_VEHICLE,
    RUN,
)

HUBS = ("building", "premises", "street", "block", "site")
"""Kinds of place that many share who have nothing to do with each other: `rules.linked` says so of them too."""

_HARMED = "('at_risk', 'caller', 'child')"
_SUSPECT = "('suspect')"


def _has(people: str, roles: str) -> str:
    return (
        "CASE WHEN EXISTS (SELECT 1 FROM party r WHERE r.incident_id = t.incident_id AND r.person_id "
        f"{people} AND r.role IN {roles} AND {{known:r}}) THEN 1 ELSE 0 END"
    )


_COLUMNS = "t.incident_id, t.via, t.subject_id, t.of_id, t.total, t.happened_at, t.place_id, t.target_met"
_ROLES = (
    f"{_has('= t.subject_id', _HARMED)} AS harmed, {_has('= t.subject_id', _SUSPECT)} AS accused, "
    f"{_has('IN :people', _HARMED)} AS she_harmed, {_has('IN :people', _SUSPECT)} AS she_accused"
)
_NO_ROLES = "0 AS harmed, 0 AS accused, 0 AS she_harmed, 0 AS she_accused, 0 AS in_role"

_OF_PEOPLE = (
    f"SELECT t.*, row_number() OVER (PARTITION BY t.via, t.of_id, t.harmed, t.accused, t.she_harmed, t.she_accused "
    f"ORDER BY t.turn) AS in_role FROM (SELECT {_COLUMNS}, t.turn, {_ROLES} FROM theirs t "
    f"WHERE t.via <> 'vehicle' AND t.total > {OF_PERSON} AND t.turn <= {BACK_TO}) t"
)
_OF_DWELLINGS = (
    "SELECT i.id AS incident_id, 'place' AS via, i.place_id AS subject_id, i.place_id AS of_id, at.total, i.happened_at, "
    "i.place_id, i.target_met FROM (SELECT held.place_id, held.total FROM counted held "
    f"WHERE held.total > {OF_PLACE} AND held.total <= {OF_DWELLING} AND EXISTS ("
    f"SELECT 1 FROM place p WHERE p.id = held.place_id AND p.kind NOT IN {HUBS})) at CROSS JOIN incident i "
    "WHERE i.place_id = at.place_id AND i.id NOT IN :rejected AND {known:i}"
)
_OF_FEW = (
    "SELECT i.id AS incident_id, 'number' AS via, rung.number_id AS subject_id, rung.number_id AS of_id, rung.total, "
    "i.happened_at, i.place_id, i.target_met FROM (SELECT DISTINCT few.number_id, few.total, c.incident_id FROM ("
    f"SELECT rang.number_id, rang.total FROM dialled rang WHERE rang.total > {OF_NUMBER} AND rang.total <= {OF_DWELLING} "
    "AND (SELECT count(*) FROM (SELECT 1 AS one FROM number_tie u WHERE u.number_id = rang.number_id AND {known:u} "
    f"LIMIT {OF_USERS + 1}) users) <= {OF_USERS}) few CROSS JOIN call c WHERE c.number_id = few.number_id "
    "AND {known:c}) rung CROSS JOIN incident i WHERE i.id = rung.incident_id AND i.id NOT IN :rejected AND {known:i}"
)
# Whose each is, where, and in which roles.
OLDER = (
    f", older AS MATERIALIZED (SELECT {_COLUMNS}, t.harmed, t.accused, t.she_harmed, t.she_accused, t.in_role "
    f"FROM ({_OF_PEOPLE}) t WHERE t.turn > {OF_PERSON} UNION ALL SELECT {_COLUMNS}, {_NO_ROLES} FROM theirs t "
    f"WHERE t.via = 'vehicle' AND t.turn > {OF_VEHICLE} AND t.turn <= {BACK_TO} UNION ALL "
    f"SELECT {_COLUMNS}, {_NO_ROLES} FROM ({_OF_DWELLINGS}) t UNION ALL SELECT {_COLUMNS}, {_NO_ROLES} FROM ({_OF_FEW}) t) "
)


def _kinds(
    what: str, kind: str, held: str, when: str = "o.happened_at", most: int = 1, among: str = "older"
) -> str:
    """Those of the older ones that hold this, each with its kind: so many of a kind are kept, the newest."""
    return (
        f"SELECT o.incident_id, o.via, o.subject_id, o.of_id, o.total, o.happened_at, '{what} ' || {kind} AS kind, "
        f"{when} AS newest_by, {most} AS most FROM {among} o {held}"
    )


_IN_ROLE = "o.harmed || ' ' || o.accused || ' ' || o.she_harmed || ' ' || o.she_accused"
_TOLD_HERE = (
    "EXISTS (SELECT 1 FROM disclosure d WHERE d.incident_id = o.incident_id AND d.stance = 'told' AND {known:d} "
    "AND NOT EXISTS (SELECT 1 FROM retraction x WHERE x.disclosure_id = d.id AND {known:x}))"
)
# Not attributed is not nobody: what was told of no one is of each suspect of its own report.
_TOLD = (
    "CROSS JOIN disclosure d LEFT JOIN party a ON d.about_id IS NULL AND a.incident_id = d.incident_id "
    "AND a.role = 'suspect' AND a.person_id <> COALESCE(d.harmed_id, 0) AND a.person_id <> COALESCE(d.teller_id, 0) "
    "AND {known:a} WHERE d.incident_id = o.incident_id AND {known:d} AND NOT EXISTS (SELECT 1 FROM retraction x "
    "WHERE x.disclosure_id = d.id AND {known:x})"
)
_TOLD_AS = (
    "d.indicator || ' ' || d.stance || ' ' || d.source || ' ' || d.happened_precision || ' ' || "
    "COALESCE(d.about_id, a.person_id, 0) || ' ' || COALESCE(d.teller_id, 0) || ' ' || o.target_met || ' ' || "
    f"{_IN_ROLE} || CASE WHEN EXISTS (SELECT 1 FROM follow_up f WHERE f.disclosure_id = d.id AND {{known:f}}) "
    "THEN ' followed' ELSE '' END || CASE WHEN EXISTS (SELECT 1 FROM police_warning w WHERE w.person_id IN :suspects "
    "AND w.incident_id = o.incident_id AND {known:w}) THEN ' warned' ELSE '' END"
)
_ONE_A_PLACE = (
    "(SELECT lone.* FROM (SELECT q.*, row_number() OVER (PARTITION BY q.via, q.of_id, q.place_id, q.harmed, q.accused "
    "ORDER BY q.happened_at DESC, q.incident_id DESC) AS there FROM older q WHERE q.place_id IS NOT NULL) lone "
    "WHERE lone.there = 1)"
)
_MARKED = "|| m.code || ' ' || m.told"
_PARTY = "CROSS JOIN party r WHERE r.incident_id = o.incident_id AND {known:r} AND"

_BEARING = " UNION ALL ".join(
    (
        _kinds("told", _TOLD_AS, _TOLD, "d.happened_at"),
        # Those of which anything was told, one after another; in which role; which missed their target; where.
        _kinds("run", _IN_ROLE, f"WHERE {_TOLD_HERE}", most=RUN),
        _kinds(
            "role", _IN_ROLE, f"WHERE o.harmed + o.accused > 0 AND o.in_role <= {OF_PERSON}", most=OF_PERSON
        ),
        _kinds("missed", _IN_ROLE, "WHERE o.target_met = 'no'", most=RUN),
        _kinds("spread", _IN_ROLE, "WHERE o.harmed + o.accused > 0", most=RUN, among=_ONE_A_PLACE),
        _kinds(
            "at",
            f"o.place_id || ' ' || {_IN_ROLE}",
            "WHERE o.place_id IN :places AND o.harmed + o.accused > 0",
        ),
        _kinds(
            "nobody",
            "''",
            "WHERE o.via = 'place' AND NOT EXISTS (SELECT 1 FROM party r CROSS JOIN person n WHERE "
            "r.incident_id = o.incident_id AND r.role IN ('at_risk', 'suspect', 'caller') AND {known:r} "
            "AND n.id = r.person_id AND n.named = 1)",
            most=RUN,
        ),
        _kinds("child", "r.person_id", f"{_PARTY} r.role = 'child'"),
        _kinds("party", "r.role", f"{_PARTY} r.role IN ('suspect', 'at_risk')", most=RUN),
        _kinds(
            "assessed",
            "a.person_id || ' ' || a.done || ' ' || a.level || ' ' || a.level_before",
            "CROSS JOIN risk_assessment a WHERE a.incident_id = o.incident_id AND a.person_id IN :people AND {known:a}",
        ),
        _kinds(
            "enquiry",
            f"e.state || ' ' || {_IN_ROLE}",
            "CROSS JOIN enquiry e WHERE e.incident_id = o.incident_id AND e.state <> 'done' AND {known:e} AND NOT EXISTS "
            "(SELECT 1 FROM enquiry n WHERE n.incident_id = e.incident_id AND n.what = e.what AND n.id > e.id "
            "AND {known:n})",
        ),
        _kinds(
            "marked",
            f"'person ' {_MARKED}",
            "CROSS JOIN party r CROSS JOIN marker m WHERE r.incident_id = o.incident_id AND {known:r} "
            "AND m.subject = 'person' AND m.subject_id = r.person_id AND {known:m}",
        ),
        _kinds(
            "marked",
            f"'vehicle ' {_MARKED}",
            "CROSS JOIN party r CROSS JOIN vehicle v CROSS JOIN marker m WHERE r.incident_id = o.incident_id AND {known:r} "
            "AND v.person_id = r.person_id AND {known:v} AND m.subject = 'vehicle' AND m.subject_id = v.id AND {known:m}",
        ),
        _kinds(
            "marked",
            f"'place ' {_MARKED}",
            "CROSS JOIN marker m WHERE m.subject = 'place' AND m.subject_id = o.place_id AND {known:m}",
        ),
        _kinds(
            "counted",
            "h.subject_id",
            "CROSS JOIN history_count h WHERE h.subject = 'place' AND h.subject_id = o.place_id AND {known:h}",
        ),
        _kinds(
            "manner",
            "''",
            "CROSS JOIN answer w WHERE w.incident_id = o.incident_id AND w.question = :manner AND {known:w}",
        ),
        _kinds(
            "plan",
            "''",
            "CROSS JOIN safety_plan s WHERE s.incident_id = o.incident_id AND {known:s}",
            most=RUN,
        ),
    )
)
BEARING = (
    "SELECT DISTINCT ranked.incident_id, ranked.via, ranked.subject_id, ranked.of_id, ranked.total, ranked.happened_at, "
    "1 AS bears FROM (SELECT b.*, row_number() OVER (PARTITION BY b.via, b.of_id, b.kind "
    "ORDER BY b.newest_by DESC, b.happened_at DESC, "
    f"b.incident_id DESC) AS nth FROM ({_BEARING}) b) ranked WHERE ranked.nth <= ranked.most"
)
"""Of each kind the newest, from what `OLDER` holds."""
