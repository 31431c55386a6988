"""People, places, numbers and vehicles, and what ties them to each other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from callhandler.model.people import (
    Number,
    NumberTie,
    Person,
    PersonTie,
    Place,
    PlaceTie,
    Relation,
    Tie,
    Vehicle,
)
from callhandler.model.picture import Cut
from callhandler.model.when import Precision, When, from_micros
from callhandler.store.pictures.bearing import HUBS
from callhandler.store.pictures.caps import ACCUSED, OF_DWELLING, RELATIONS, RESIDENTS, RESPONDENTS, USERS
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, Statement, by_value, when

new_number = quickly(Number)
new_number_tie = quickly(NumberTie)
new_person = quickly(Person)
new_person_tie = quickly(PersonTie)
new_place = quickly(Place)
new_place_tie = quickly(PlaceTie)
new_vehicle = quickly(Vehicle)

RELATION, TIE = by_value(Relation), by_value(Tie)
T = TypeVar("T")


PEOPLE = Statement(
    "SELECT p.id, p.name, p.born, p.named, (SELECT b.born FROM person_birth b WHERE b.id = (SELECT max(n.id) "
    "FROM person_birth n WHERE n.person_id = p.id AND {known:n})) FROM person p WHERE p.id IN :ids "
    "AND {known:p} ORDER BY p.id"
)


def people(read: Reader, ids: Many) -> tuple[Person, ...]:
    """These people, each with the date of birth on record and the newest that was told since."""
    rows = read.rows(PEOPLE, ids=ids)
    return tuple(
        new_person(
            id_,
            name,
            born or told or "",
            bool(named),
            also_born=told if told and born and told != born else "",
        )
        for id_, name, born, named, told in rows
    )


PLACES = Statement(
    "SELECT p.id, p.label, p.address, p.postcode, p.kind FROM place p WHERE p.id IN :ids AND {known:p} "
    "ORDER BY p.id"
)


def places(read: Reader, ids: Many) -> tuple[Place, ...]:
    """These places."""
    rows = read.rows(PLACES, ids=ids)
    return tuple(new_place(*row) for row in rows)


NUMBERS = Statement(
    "SELECT n.id, n.e164, n.as_given FROM number n WHERE n.id IN :ids AND {known:n} ORDER BY n.id"
)


def numbers(read: Reader, ids: Many) -> tuple[Number, ...]:
    """These numbers."""
    rows = read.rows(NUMBERS, ids=ids)
    return tuple(new_number(*row) for row in rows)


VEHICLES = Statement(
    "SELECT v.id, v.registration, v.description, v.person_id FROM vehicle v WHERE (v.person_id IN :people "
    "OR v.id IN :ids) AND {known:v} ORDER BY v.id"
)


def vehicles(read: Reader, people: Many, ids: Many = ()) -> tuple[Vehicle, ...]:
    """The vehicles of these people, and those of these ids."""
    rows = read.rows(VEHICLES, people=people, ids=ids)
    return tuple(new_vehicle(*row) for row in rows)


NUMBER_TIES = Statement(
    "SELECT t.id, t.person_id, t.number_id FROM number_tie t WHERE t.person_id IN :people AND {known:t} "
    "UNION SELECT u.id, u.person_id, u.number_id FROM {each:numbers} e, {taken}SELECT s.id FROM number_tie s "
    f"WHERE s.number_id = e.value AND {{known:s}} ORDER BY s.id DESC LIMIT {USERS + 1}{{as newest}} "
    "JOIN number_tie u ON u.id = newest.value ORDER BY 1"
)


def number_ties(read: Reader, people: Many, numbers: Many) -> tuple[tuple[NumberTie, ...], tuple[Cut, ...]]:
    """Which numbers these people have, and whose these numbers are, the newest of each; and what was cut."""
    rows = read.rows(NUMBER_TIES, people=people, numbers=numbers)
    found = [new_number_tie(*row) for row in rows]
    kept, cuts = _newest_of(found, numbers, people, lambda t: (t.number_id, t.person_id), "number", USERS)
    return tuple(kept), cuts


NEAREST = "IN ('partner', 'ex_partner', 'child', 'parent')"
# Where there are too many: partners, parents and children, then whoever has a marker or is tied to a place of the call.
_MARKED = (
    "SELECT 1 FROM marker m WHERE m.subject = 'person' AND m.subject_id IN (t.a, t.b) AND m.subject_id NOT IN :people "
    "AND {known:m}"
)
_THERE = (
    "SELECT 1 FROM place_tie h WHERE h.person_id IN (t.a, t.b) AND h.person_id NOT IN :people "
    "AND h.place_id IN :places AND {known:h}"
)
_RELATED = (
    "SELECT t.id, t.a, t.b, t.relation, t.known_at, t.held FROM (SELECT r.*, count(*) OVER () AS held FROM person_tie r "
    "WHERE (r.a IN :people OR r.b IN :people) AND {known:r}) t ORDER BY "
    f"CASE WHEN t.relation {NEAREST} THEN 0 "
    f"WHEN t.held > {RELATIONS} AND (EXISTS ({_MARKED}) OR EXISTS ({_THERE})) THEN 1 ELSE 2 END, "
    f"t.id DESC LIMIT {RELATIONS}"
)
RESPONDENT = "respondent"
# Whether an order still stands is for the policy to say: whoever it is against is looked for, whatever became of it.
BOUND = (
    f"SELECT max(o.id) AS id, min(o.protected_id) AS a, o.respondent_id AS b, '{RESPONDENT}' AS relation, 0 AS known_at, "
    "count(*) OVER () AS held FROM civil_order o WHERE o.protected_id IN :hers AND o.respondent_id IS NOT NULL "
    f"AND {{known:o}} GROUP BY o.respondent_id ORDER BY max(o.id) DESC LIMIT {RESPONDENTS}"
)
SUSPECT = "suspect"
SUSPECTED = (
    f"SELECT max(s.id) AS id, min(h.person_id) AS a, s.person_id AS b, '{SUSPECT}' AS relation, 0 AS known_at, "
    "count(*) OVER () AS held FROM party h JOIN party s ON s.incident_id = h.incident_id AND s.role = 'suspect' "
    "AND {known:s} JOIN incident i ON i.id = h.incident_id AND {known:i} WHERE h.person_id IN :hers "
    "AND h.role IN ('at_risk', 'child') AND {known:h} AND s.person_id NOT IN :people "
    f"GROUP BY s.person_id ORDER BY max(i.happened_at) DESC, s.person_id DESC LIMIT {ACCUSED}"
)
PERSON_TIES = Statement(
    f"SELECT * FROM ({_RELATED}) related UNION ALL SELECT * FROM ({BOUND}) bound "
    f"UNION ALL SELECT * FROM ({SUSPECTED}) suspected ORDER BY 1"
)


@dataclass(frozen=True)
class Related:
    """How people are related to others, against whom her orders are, who was suspected in her reports; what was cut."""

    ties: tuple[PersonTie, ...]
    respondents: frozenset[int]
    suspected: frozenset[int]
    cuts: tuple[Cut, ...]


def related(read: Reader, people: Many, hers: Many, places: Many) -> Related:
    """How these people are related to others, what bears risk at these places before the rest.

    And against whom orders are that protect `hers`, those of them who are suspected of nothing, and who was suspected in
    reports in which one of them was at risk.
    """
    rows = read.rows(PERSON_TIES, people=people, hers=hers, places=places)
    bound = [row for row in rows if row[3] == RESPONDENT]
    suspected = [row for row in rows if row[3] == SUSPECT]
    ties = [row for row in rows if row[3] not in (RESPONDENT, SUSPECT)]
    cuts = []
    if ties and ties[0][5] > RELATIONS:
        cuts.append(Cut("relations", "all", 0, RELATIONS, RELATIONS, more=True))
    if bound and bound[0][5] > RESPONDENTS:
        cuts.append(Cut("respondents", "all", 0, RESPONDENTS, bound[0][5]))
    if suspected and suspected[0][5] > ACCUSED:
        cuts.append(Cut("suspected", "all", 0, ACCUSED, suspected[0][5]))
    found = (
        new_person_tie(id_, a, b, RELATION[relation], When(from_micros(known), Precision.DAY))
        for id_, a, b, relation, known, _ in ties
    )
    return Related(
        tuple(found),
        frozenset(him for _, _, him, *_ in bound),
        frozenset(him for _, _, him, *_ in suspected),
        tuple(cuts),
    )


PLACE_TIES = Statement(
    "SELECT t.id, t.person_id, t.place_id, t.tie, t.happened_at, t.happened_precision FROM place_tie t "
    "WHERE t.person_id IN :people AND {known:t} ORDER BY t.id"
)


def place_ties(read: Reader, people: Many) -> tuple[PlaceTie, ...]:
    """Where these people live, stay or are otherwise tied to."""
    rows = read.rows(PLACE_TIES, people=people)
    return tuple(_place_tie(*row) for row in rows)


_TIE = "{0}.id, {0}.person_id, {0}.place_id, {0}.tie, {0}.happened_at, {0}.happened_precision".format
# Of a dwelling that many were tied to over the years, whoever has a marker is known however long ago that was.
_MANY_LIVED = (
    f"SELECT e.value AS place_id FROM {{each:places}} e WHERE (SELECT count(*) FROM (SELECT 1 AS one FROM place_tie c "
    f"WHERE c.place_id = e.value LIMIT {OF_DWELLING + 1}) held) BETWEEN {RESIDENTS + 1} AND {OF_DWELLING} "
    f"AND EXISTS (SELECT 1 FROM place p WHERE p.id = e.value AND p.kind NOT IN {HUBS})"
)
RESIDENTS_OF = Statement(
    f"SELECT {_TIE('t')}, 0 AS marked FROM place_tie t WHERE t.place_id IN :places AND t.person_id IN :people "
    f"AND {{known:t}} UNION SELECT {_TIE('u')}, 0 FROM {{each:places}} e, "
    "{taken}SELECT s.id FROM place_tie s WHERE s.place_id = e.value AND {known:s} "
    f"ORDER BY s.id DESC LIMIT {RESIDENTS + 1}{{as newest}} JOIN place_tie u ON u.id = newest.value "
    f"UNION SELECT {_TIE('w')}, 1 FROM ({_MANY_LIVED}) lived CROSS JOIN place_tie w WHERE w.place_id = lived.place_id "
    "AND {known:w} AND EXISTS (SELECT 1 FROM marker m WHERE m.subject = 'person' AND m.subject_id = w.person_id "
    "AND {known:m}) ORDER BY 1"
)


def residents(read: Reader, places: Many, people: Many) -> tuple[tuple[PlaceTie, ...], tuple[Cut, ...]]:
    """Who is tied to these places, the newest of each, and besides any of these people and whoever has a marker.

    And what was cut.
    """
    rows = read.rows(RESIDENTS_OF, places=places, people=people)
    found = list({row[0]: _place_tie(*row[:6]) for row in rows}.values())
    besides = {*people, *(row[1] for row in rows if row[6])}
    kept, cuts = _newest_of(found, places, besides, lambda t: (t.place_id, t.person_id), "place", RESIDENTS)
    return tuple(kept), cuts


def _place_tie(id_: int, person: int, place: int, tie: str, at: int, precision: str) -> PlaceTie:
    return new_place_tie(id_, person, place, TIE[tie], when(at, precision))


def _newest_of(
    found: list[T], subjects: Many, people: Many, of: Callable[[T], tuple[int, int]], subject: str, most: int
) -> tuple[list[T], tuple[Cut, ...]]:
    """So many of each subject, the newest; those of these people are kept whatever their number."""
    left, cuts = dict.fromkeys(subjects, most), {}
    kept = []
    for one in reversed(found):
        mine, person = of(one)
        if mine in left:
            left[mine] -= 1
            if left[mine] < 0:
                cuts[mine] = Cut("people", subject, mine, most, most, more=True)
                if person not in people:
                    continue
        kept.append(one)
    return kept[::-1], tuple(cuts.values())
