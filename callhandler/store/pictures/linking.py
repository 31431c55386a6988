"""Why each past incident is in the picture, what was cut, and which records are read as one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from callhandler.model.incident import Incident
from callhandler.model.people import VehicleNamed
from callhandler.model.picture import Cut, Link, Rejected, Via
from callhandler.model.sameness import SameAs, Sameness
from callhandler.model.when import from_micros
from callhandler.store.pictures.caps import (
    APART,
    CALLS_OF_NUMBER,
    COUNTED,
    IN_ALL,
    OF_NUMBER,
    OF_PERSON,
    OF_PLACE,
    OF_VEHICLE,
)
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, by_value

new_link = quickly(Link)
new_same_as = quickly(SameAs)

VIA, VERDICT = by_value(Via), by_value(Sameness)
_KEPT_FIRST = (Via.PERSON, Via.SUSPECT, Via.VEHICLE, Via.NUMBER, Via.PLACE)
"""Through what an incident must have come to be kept when there are too many in all."""
_SUBJECT = {
    Via.PERSON: "person",
    Via.SUSPECT: "person",
    Via.NUMBER: "number",
    Via.PLACE: "place",
    Via.VEHICLE: "vehicle",
    Via.KEEPER: "vehicle",
    Via.RELATION: "relatives",
}
_POSSIBLE = (Via.KEEPER, Via.RELATION)
_ORDER = tuple(Via)
_RANK = {via.value: rank for rank, via in enumerate(_ORDER)}
_POSSIBLE_RANKS = frozenset(_RANK[via] for via in _POSSIBLE)


SAMENESS = Statement(
    """
    WITH RECURSIVE reach(kind, id) AS (
      SELECT 'person' AS kind, p.id FROM person p WHERE p.id IN :people
      UNION SELECT 'person', n.person_id FROM number_tie n WHERE n.number_id IN :users AND {known:n}
      UNION SELECT 'place', q.id FROM place q WHERE q.id IN :places
      UNION SELECT r.kind, CASE WHEN s.a = r.id THEN s.b ELSE s.a END FROM reach r JOIN same_as s
        ON (s.a = r.id OR s.b = r.id) AND s.kind = r.kind WHERE s.verdict = 'same' AND {known:s}
    )
    SELECT DISTINCT j.id, j.kind, j.a, j.b, j.verdict, j.incident_id, j.reason, j.author, j.known_at
    FROM reach x JOIN same_as j ON (j.a = x.id OR j.b = x.id) AND j.kind = x.kind WHERE {known:j} ORDER BY j.id
    """
)


def sameness(read: Reader, people: Many, places: Many, users_of: Many = ()) -> tuple[SameAs, ...]:
    """Every judgement that bears on these records, on whoever uses these numbers, and on all that they lead to."""
    rows = read.rows(
        SAMENESS,
        people=people,
        places=places,
        users=users_of,
    )
    found = tuple(
        new_same_as(id_, kind, a, b, VERDICT[verdict], incident, reason, author, from_micros(known))
        for id_, kind, a, b, verdict, incident, reason, author, known in rows
    )
    return (*found, *read.supposing)


@dataclass(frozen=True)
class Found:
    """The reasons of what the rules read and of what is only possible, and what was cut."""

    links: tuple[Link, ...]
    possible: tuple[Link, ...]
    cuts: tuple[Cut, ...]

    @property
    def linked(self) -> list[int]:
        """The incidents that the rules read, each once."""
        return list(dict.fromkeys(x.incident_id for x in self.links))

    @property
    def apart(self) -> list[int]:
        """The incidents that are only possible, each once."""
        return list(dict.fromkeys(x.incident_id for x in self.possible))


def links(
    read: Reader,
    here: int,
    people: Many,
    suspects: Many,
    places: Many,
    numbers: Many,
    relatives: Many,
    rejected: Many,
) -> Found:
    """Why each past incident is shown; those judged not linked are left out. The newest through each subject."""
    rows = read.rows(
        LINKS,
        here=here,
        people=people,
        suspects=suspects,
        places=places,
        numbers=numbers,
        relatives=relatives,
        drivers=[*people, *suspects],
        rejected=[*rejected, here],
    )
    return _kept(rows)


def _newest(via: Via, subjects: str, most: int, alias: str) -> str:
    """The newest incidents through each subject of a list, each with how many there are through it."""
    return (
        f"SELECT {alias}.incident_id, '{via}' AS via, {alias}.subject_id, {alias}.total, {alias}.happened_at FROM ("
        "SELECT found.incident_id, found.subject_id, i.happened_at, count(*) OVER (PARTITION BY found.subject_id) AS total, "
        "row_number() OVER (PARTITION BY found.subject_id ORDER BY i.happened_at DESC, i.id DESC) AS place "
        f"FROM ({subjects}) found JOIN incident i ON i.id = found.incident_id "
        f"WHERE i.id NOT IN :rejected AND {{known:i}}) {alias} WHERE {alias}.place <= {most}"
    )


def _party(people: str) -> str:
    return (
        "SELECT DISTINCT p.incident_id, p.person_id AS subject_id FROM party p "
        f"WHERE p.person_id IN :{people} AND {{known:p}}"
    )


_NAMED = (
    "SELECT v.incident_id, min(v.id) AS subject_id FROM vehicle_named v "
    "WHERE v.registration IN (SELECT plate FROM plates) AND {known:v} GROUP BY v.incident_id"
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
    f"LIMIT {COUNTED + 1}) every) AS total FROM {{each:numbers}} e) "
)
_OF_NUMBERS = (
    f"SELECT rung.incident_id, '{Via.NUMBER}' AS via, rung.subject_id, rung.total, rung.happened_at FROM ("
    "SELECT found.incident_id, found.subject_id, found.total, i.happened_at, row_number() OVER ("
    "PARTITION BY found.subject_id ORDER BY i.happened_at DESC, i.id DESC) AS place FROM ("
    "SELECT DISTINCT c.incident_id, c.number_id AS subject_id, of.total FROM dialled of, {taken}SELECT r.id FROM call r "
    "WHERE r.number_id = of.number_id AND {known:r} ORDER BY r.happened_at DESC, r.known_at DESC, r.id DESC "
    f"LIMIT {CALLS_OF_NUMBER}{{as newest}} JOIN call c ON c.id = newest.value) found "
    "JOIN incident i ON i.id = found.incident_id WHERE i.id NOT IN :rejected AND {known:i}) rung "
    f"WHERE rung.place <= {OF_NUMBER}"
)
_OF_PLACES = (
    f"SELECT i.id AS incident_id, '{Via.PLACE}' AS via, i.place_id AS subject_id, at.total, i.happened_at FROM counted at, "
    "{taken}SELECT w.id FROM incident w WHERE w.place_id = at.place_id AND w.id NOT IN :rejected AND {known:w} "
    f"ORDER BY w.happened_at DESC, w.known_at DESC, w.id DESC LIMIT {OF_PLACE}{{as newest}} "
    "JOIN incident i ON i.id = newest.value"
)
LINKS = Statement(
    _PLATES
    + _COUNTED
    + " UNION ALL ".join(
        (
            _newest(Via.PERSON, _party("people"), OF_PERSON, "hers"),
            _newest(Via.SUSPECT, _party("suspects"), OF_PERSON, "his"),
            _OF_NUMBERS,
            _newest(Via.VEHICLE, _NAMED, OF_VEHICLE, "driven"),
            _newest(Via.KEEPER, _KEPT_BY, APART, "kept"),
            _newest(Via.RELATION, _party("relatives"), APART, "related"),
            _OF_PLACES,
        )
    )
)


def _kept(rows: Sequence[Sequence[Any]]) -> Found:
    """What of it is kept, and what was cut: through one subject, of all that rules read, of what is only possible."""
    found = sorted({(at, incident, _RANK[via], subject) for incident, via, subject, _, at in rows})
    cuts = list(_cut_by_subject(rows))
    read = {incident for _, incident, via, _ in found if via not in _POSSIBLE_RANKS}
    kept = read
    if len(read) > IN_ALL:
        kept = _first(found)
        cuts.append(Cut("incidents", "all", 0, IN_ALL, len(read), more=bool(cuts)))
    possible = list(dict.fromkeys(i for _, i, *_ in reversed(found) if i not in read))
    if len(possible) > APART:
        cuts.append(Cut("possible", "all", 0, APART, len(possible)))
    apart = set(possible[:APART])
    return Found(
        tuple([new_link(i, _ORDER[via], subject) for _, i, via, subject in found if i in kept]),
        tuple([new_link(i, _ORDER[via], subject) for _, i, via, subject in found if i in apart]),
        tuple(cuts),
    )


def _first(found: Sequence[tuple[int, int, int, int]]) -> set[int]:
    """The incidents that are kept when there are too many in all: by what they came through, then the newest."""
    best: dict[int, tuple[int, int]] = {}
    for at, incident, via, _ in found:
        if via not in _POSSIBLE_RANKS:
            mine = (_KEPT_FIRST.index(_ORDER[via]), -at)
            best[incident] = min(mine, best.get(incident, mine))
    return set(sorted(best, key=lambda i: (best[i], -i))[:IN_ALL])


def _cut_by_subject(rows: Sequence[Sequence[Any]]) -> Iterable[Cut]:
    through = Counter([row[1:4] for row in rows])
    for (word, subject, total), shown in through.items():
        if total > shown:
            via = VIA[word]
            what = "possible" if via in _POSSIBLE else "incidents"
            yield Cut(what, _SUBJECT[via], subject, shown, min(total, COUNTED), total > COUNTED)


JUDGED_LINKS = Statement(
    "SELECT j.linked_id, j.verdict, j.reason, j.author, j.known_at FROM link_judgement j "
    "WHERE j.incident_id = :here AND {known:j} ORDER BY j.id"
)


def judged_links(read: Reader, here: int) -> dict[int, tuple[bool, str, str, int]]:
    """The newest judgement of each past incident: whether it belongs here, why, by whom, when in microseconds."""
    rows = read.rows(
        JUDGED_LINKS,
        here=here,
    )
    return {
        linked: (verdict == "linked", reason, author, known)
        for linked, verdict, reason, author, known in rows
    }


def rejected(
    incidents: Sequence[Incident], judged: dict[int, tuple[bool, str, str, int]]
) -> tuple[Rejected, ...]:
    """The past incidents that were judged not to belong here, each with its reason."""
    return tuple(
        Rejected(i, judged[i.id][1], judged[i.id][2], from_micros(judged[i.id][3]))
        for i in incidents
        if i.id in judged and not judged[i.id][0]
    )


VEHICLES_NAMED = Statement(
    "SELECT v.id, v.incident_id, v.registration, v.description, v.author FROM vehicle_named v "
    "WHERE v.incident_id IN :ids AND {known:v} ORDER BY v.id"
)


def vehicles_named(read: Reader, incidents: Many) -> tuple[VehicleNamed, ...]:
    """The vehicles that were named in these incidents."""
    rows = read.rows(
        VEHICLES_NAMED,
        ids=incidents,
    )
    return tuple(VehicleNamed(*row) for row in rows)
