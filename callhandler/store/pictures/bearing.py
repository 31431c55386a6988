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

_HARMED = "r.role IN ('at_risk', 'caller', 'child')"
_ACCUSED = "r.role = 'suspect'"


def _held(who: str, role: str, worth: int) -> str:
    return f"COALESCE(max(CASE WHEN r.person_id {who} AND {role} THEN {worth} END), 0)"


# In which roles whoever it came through was there, and whether somebody of this call was harmed or accused there.
_ROLES = (
    f"(SELECT {_held('= t.subject_id', _HARMED, 8)} + {_held('= t.subject_id', _ACCUSED, 4)} "
    f"+ {_held('IN :people', _HARMED, 2)} + {_held('IN :people', _ACCUSED, 1)} "
    "FROM party r WHERE r.incident_id = t.incident_id AND {known:r})"
)
_IN_A_ROLE = "o.roles >= 4"

_COLUMNS = "t.incident_id, t.via, t.subject_id, t.of_id, t.total, t.happened_at, t.place_id, t.target_met"
_NO_ROLES = "0 AS roles, 0 AS in_role"
_OF_PEOPLE = (
    "SELECT t.*, row_number() OVER (PARTITION BY t.via, t.of_id, t.roles ORDER BY t.turn) AS in_role FROM ("
    f"SELECT {_COLUMNS}, t.turn, {_ROLES} AS roles FROM theirs t "
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
# Not attributed is not nobody: what was told of no one is of each suspect of its own report.
_TOLD = (
    "SELECT o.*, d.indicator, d.stance, d.source, d.happened_at AS told_at, d.happened_precision, "
    "COALESCE(d.about_id, a.person_id, 0) AS about_id, COALESCE(d.teller_id, 0) AS teller_id, "
    "CASE WHEN EXISTS (SELECT 1 FROM follow_up f WHERE f.disclosure_id = d.id AND {known:f}) THEN 1 ELSE 0 END AS followed, "
    "CASE WHEN EXISTS (SELECT 1 FROM police_warning w WHERE w.person_id IN :suspects "
    "AND w.incident_id = o.incident_id AND {known:w}) THEN 1 ELSE 0 END AS warned FROM older o "
    "CROSS JOIN disclosure d LEFT JOIN party a ON d.about_id IS NULL AND a.incident_id = d.incident_id "
    "AND a.role = 'suspect' AND a.person_id <> COALESCE(d.harmed_id, 0) AND a.person_id <> COALESCE(d.teller_id, 0) "
    "AND {known:a} WHERE d.incident_id = o.incident_id AND {known:d} AND NOT EXISTS (SELECT 1 FROM retraction x "
    "WHERE x.disclosure_id = d.id AND {known:x})"
)
_PARTS = "SELECT o.*, r.person_id, r.role FROM older o CROSS JOIN party r WHERE r.incident_id = o.incident_id AND {known:r}"
# Whose each is, where, and in which roles; what was told in it; who was in it.
OLDER = (
    f", older AS MATERIALIZED (SELECT {_COLUMNS}, t.roles, t.in_role "
    f"FROM ({_OF_PEOPLE}) t WHERE t.turn > {OF_PERSON} UNION ALL SELECT {_COLUMNS}, {_NO_ROLES} FROM theirs t "
    f"WHERE t.via = 'vehicle' AND t.turn > {OF_VEHICLE} AND t.turn <= {BACK_TO} UNION ALL "
    f"SELECT {_COLUMNS}, {_NO_ROLES} FROM ({_OF_DWELLINGS}) t UNION ALL SELECT {_COLUMNS}, {_NO_ROLES} FROM ({_OF_FEW}) t), "
    f"older_told AS MATERIALIZED ({_TOLD}), older_parts AS MATERIALIZED ({_PARTS}) "
)

_KEPT = "{0}.incident_id, {0}.via, {0}.subject_id, {0}.of_id, {0}.total, {0}.happened_at".format


def _newest(of: str, of_each: str = "", most: int = 1, by: str = "o.happened_at") -> str:
    """The newest of each kind, so many, among the older ones that hold something."""
    kind = f", {of_each}" if of_each else ""
    return (
        f"SELECT {_KEPT('kinds')} FROM (SELECT {_KEPT('o')}, row_number() OVER (PARTITION BY o.via, o.of_id{kind} "
        f"ORDER BY {by} DESC, o.happened_at DESC, o.incident_id DESC) AS nth FROM {of}) kinds WHERE kinds.nth <= {most}"
    )


_ONCE_TOLD = f"(SELECT DISTINCT {_KEPT('t')}, t.roles FROM older_told t WHERE t.stance = 'told')"
_ONE_A_PLACE = (
    "(SELECT lone.* FROM (SELECT q.*, row_number() OVER (PARTITION BY q.via, q.of_id, q.roles, q.place_id "
    "ORDER BY q.happened_at DESC, q.incident_id DESC) AS there FROM older q WHERE q.place_id IS NOT NULL AND q.roles >= 4) "
    "lone WHERE lone.there = 1)"
)
_ROLE_FIRST = (
    "(SELECT part.* FROM older_parts part JOIN (SELECT g.via, g.of_id, g.role, max(g.happened_at) AS happened_at "
    "FROM older_parts g WHERE g.role IN ('suspect', 'at_risk') GROUP BY g.via, g.of_id, g.role) first "
    "ON first.via = part.via AND first.of_id = part.of_id AND first.role = part.role "
    "AND first.happened_at = part.happened_at)"
)
_MARKED = "m.code, m.told"
BEARING = (
    f"SELECT DISTINCT {_KEPT('b')}, 1 AS bears FROM ("
    + " UNION ALL ".join(
        (
            _newest(
                "older_told o",
                "o.indicator, o.stance, o.source, o.happened_precision, o.about_id, o.teller_id, o.target_met, o.roles, "
                "o.followed, o.warned",
                by="o.told_at",
            ),
            # Those of which anything was told, one after another; in which role; which missed their target; where.
            _newest(f"{_ONCE_TOLD} o", "o.roles", RUN),
            _newest(f"older o WHERE {_IN_A_ROLE} AND o.in_role <= {OF_PERSON}", "o.roles", OF_PERSON),
            _newest("older o WHERE o.target_met = 'no'", "o.roles", RUN),
            _newest(f"{_ONE_A_PLACE} o", "o.roles", RUN),
            _newest(f"older o WHERE o.place_id IN :places AND {_IN_A_ROLE}", "o.place_id, o.roles"),
            # A report that named nobody.
            _newest(
                "older o WHERE o.via = 'place' AND NOT EXISTS (SELECT 1 FROM party r CROSS JOIN person n WHERE "
                "r.incident_id = o.incident_id AND r.role IN ('at_risk', 'suspect', 'caller') AND {known:r} "
                "AND n.id = r.person_id AND n.named = 1)",
                most=RUN,
            ),
            _newest("older_parts o WHERE o.role = 'child'", "o.person_id"),
            _newest(f"{_ROLE_FIRST} o", "o.role"),
            _newest(
                "older o CROSS JOIN risk_assessment a WHERE a.incident_id = o.incident_id AND a.person_id IN :people "
                "AND {known:a}",
                "a.person_id, a.done, a.level, a.level_before",
            ),
            _newest(
                "older o CROSS JOIN enquiry e WHERE e.incident_id = o.incident_id AND e.state <> 'done' AND {known:e} "
                "AND NOT EXISTS (SELECT 1 FROM enquiry n WHERE n.incident_id = e.incident_id AND n.what = e.what "
                "AND n.id > e.id AND {known:n})",
                "e.state, o.roles",
            ),
            _newest(
                "older_parts o CROSS JOIN marker m WHERE m.subject = 'person' AND m.subject_id = o.person_id AND {known:m}",
                _MARKED,
            ),
            _newest(
                "older_parts o CROSS JOIN vehicle v CROSS JOIN marker m WHERE v.person_id = o.person_id AND {known:v} "
                "AND m.subject = 'vehicle' AND m.subject_id = v.id AND {known:m}",
                _MARKED,
            ),
            _newest(
                "older o CROSS JOIN marker m WHERE m.subject = 'place' AND m.subject_id = o.place_id AND {known:m}",
                _MARKED,
            ),
            _newest(
                "older o CROSS JOIN history_count h WHERE h.subject = 'place' AND h.subject_id = o.place_id AND {known:h}",
                "h.subject_id",
            ),
            _newest(
                "older o CROSS JOIN answer w WHERE w.incident_id = o.incident_id AND w.question = :manner AND {known:w}"
            ),
            _newest(
                "older o CROSS JOIN safety_plan s WHERE s.incident_id = o.incident_id AND {known:s}", most=RUN
            ),
        )
    )
    + ") b"
)
"""Of each kind the newest, from what `OLDER` holds."""
