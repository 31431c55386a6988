"""The one statement that finds past incidents, each with the reason for which it is shown.

Its rows: the incident, through what, the very record, the record that those are counted under, how many there are through
it, when it happened, and whether it is kept because it bears risk.
"""

from callhandler.model.picture import Via
from callhandler.store.pictures import bearing
from callhandler.store.pictures.caps import (
    APART,
    CALLS_OF_NUMBER,
    COUNTED,
    OF_NUMBER,
    OF_PERSON,
    OF_PLACE,
    OF_VEHICLE,
)
from callhandler.store.pictures.reader import Statement


def _newest(via: Via, subjects: str, most: int, alias: str) -> str:
    """The newest incidents through each subject of a list, each with how many there are through it."""
    return (
        f"SELECT {alias}.incident_id, '{via}' AS via, {alias}.subject_id, {alias}.subject_id AS of_id, {alias}.total, "
        f"{alias}.happened_at, 0 AS bears FROM ("
        "SELECT found.incident_id, found.subject_id, i.happened_at, count(*) OVER (PARTITION BY found.subject_id) AS total, "
        "row_number() OVER (PARTITION BY found.subject_id ORDER BY i.happened_at DESC, i.id DESC) AS turn "
        f"FROM ({subjects}) found JOIN incident i ON i.id = found.incident_id "
        f"WHERE i.id NOT IN :rejected AND {{known:i}}) {alias} WHERE {alias}.turn <= {most}"
    )


def _party(people: str) -> str:
    return (
        "SELECT DISTINCT p.incident_id, p.person_id AS subject_id FROM party p "
        f"WHERE p.person_id IN :{people} AND {{known:p}}"
    )


def _theirs(via: Via, people: str) -> str:
    return f"SELECT part.incident_id, '{via}' AS via, part.subject_id, part.subject_id AS of_id FROM ({_party(people)}) part"


# All that one registration was named in is of the first that named it.
_NAMED = (
    f"SELECT v.incident_id, '{Via.VEHICLE}' AS via, min(v.id) AS subject_id, (SELECT min(f.id) FROM vehicle_named f "
    "WHERE f.registration = v.registration) AS of_id FROM vehicle_named v WHERE v.registration IN "
    "(SELECT plate FROM plates) AND {known:v} GROUP BY v.incident_id, v.registration"
)
# What is hers, his and of each registration, the newest first.
_THEIRS = (
    ", theirs AS MATERIALIZED (SELECT found.incident_id, found.via, found.subject_id, found.of_id, i.happened_at, "
    "i.place_id, i.target_met, count(*) OVER (PARTITION BY found.via, found.of_id) AS total, "
    "row_number() OVER (PARTITION BY found.via, found.of_id ORDER BY i.happened_at DESC, i.id DESC) AS turn FROM ("
    f"{_theirs(Via.PERSON, 'people')} UNION ALL {_theirs(Via.SUSPECT, 'suspects')} UNION ALL {_NAMED}) found "
    "JOIN incident i ON i.id = found.incident_id WHERE i.id NOT IN :rejected AND {known:i})"
)
_NEWEST_OF_THEIRS = (
    "SELECT t.incident_id, t.via, t.subject_id, t.of_id, t.total, t.happened_at, 0 AS bears FROM theirs t "
    f"WHERE t.turn <= CASE t.via WHEN '{Via.VEHICLE}' THEN {OF_VEHICLE} ELSE {OF_PERSON} END"
)
_KEPT_BY = (
    "SELECT DISTINCT p.incident_id, k.id AS subject_id FROM vehicle k JOIN party p ON p.person_id = k.person_id "
    "WHERE k.registration IN (SELECT plate FROM plates UNION SELECT spaced FROM plates) "
    "AND k.person_id NOT IN :drivers AND {known:k} AND {known:p}"
)
# Of whoever is known here, and as named here, written together and as most people write it.
_PLATES = (
    "WITH plates AS (SELECT told.plate, CASE WHEN length(told.plate) > 3 THEN substr(told.plate, 1, "
    "length(told.plate) - 3) || ' ' || substr(told.plate, length(told.plate) - 2) ELSE told.plate END AS spaced FROM ("
    "SELECT upper(replace(w.registration, ' ', '')) AS plate FROM vehicle w WHERE w.person_id IN :drivers "
    "AND w.registration <> '' AND {known:w} UNION SELECT h.registration FROM vehicle_named h "
    "WHERE h.incident_id = :here AND h.registration <> '' AND {known:h}) told) "
)
# In the order of an index: what else a hub has is never touched, only counted, and once.
_COUNTED = (
    ", counted AS MATERIALIZED (SELECT e.value AS place_id, (SELECT count(*) FROM (SELECT 1 AS one FROM incident k "
    "WHERE k.place_id = e.value AND k.id NOT IN :rejected AND {known:k} "
    f"LIMIT {COUNTED + 1}) every) AS total FROM {{each:places}} e), "
    "dialled AS MATERIALIZED (SELECT e.value AS number_id, (SELECT count(*) FROM (SELECT DISTINCT d.incident_id FROM call d "
    "WHERE d.number_id = e.value AND d.incident_id NOT IN :rejected AND {known:d} "
    f"LIMIT {COUNTED + 1}) every) AS total FROM {{each:numbers}} e)"
)
_OF_NUMBERS = (
    f"SELECT rung.incident_id, '{Via.NUMBER}' AS via, rung.subject_id, rung.subject_id AS of_id, "
    "rung.total, rung.happened_at, 0 AS bears FROM ("
    "SELECT found.incident_id, found.subject_id, found.total, i.happened_at, row_number() OVER ("
    "PARTITION BY found.subject_id ORDER BY i.happened_at DESC, i.id DESC) AS turn FROM ("
    "SELECT DISTINCT c.incident_id, c.number_id AS subject_id, of.total FROM dialled of, {taken}SELECT r.id FROM call r "
    "WHERE r.number_id = of.number_id AND {known:r} ORDER BY r.happened_at DESC, r.known_at DESC, r.id DESC "
    f"LIMIT {CALLS_OF_NUMBER}{{as newest}} JOIN call c ON c.id = newest.value) found "
    "JOIN incident i ON i.id = found.incident_id WHERE i.id NOT IN :rejected AND {known:i}) rung "
    f"WHERE rung.turn <= {OF_NUMBER}"
)
_OF_PLACES = (
    f"SELECT i.id AS incident_id, '{Via.PLACE}' AS via, i.place_id AS subject_id, i.place_id AS of_id, at.total, "
    "i.happened_at, 0 AS bears FROM counted at, {taken}SELECT w.id FROM incident w WHERE w.place_id = at.place_id "
    "AND w.id NOT IN :rejected AND {known:w} "
    f"ORDER BY w.happened_at DESC, w.known_at DESC, w.id DESC LIMIT {OF_PLACE}{{as newest}} "
    "JOIN incident i ON i.id = newest.value"
)
LINKS = Statement(
    _PLATES
    + _COUNTED
    + _THEIRS
    + bearing.OLDER
    + " UNION ALL ".join(
        (
            _NEWEST_OF_THEIRS,
            _OF_NUMBERS,
            _newest(Via.KEEPER, _KEPT_BY, APART, "kept"),
            _newest(Via.RELATION, _party("relatives"), APART, "related"),
            _OF_PLACES,
            bearing.BEARING,
        )
    )
)
