"""People, places, numbers and vehicles, and what ties them to each other."""

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
from callhandler.model.when import Precision, When, from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Many, Reader, by_value, when

new_number = quickly(Number)
new_number_tie = quickly(NumberTie)
new_person = quickly(Person)
new_person_tie = quickly(PersonTie)
new_place = quickly(Place)
new_place_tie = quickly(PlaceTie)
new_vehicle = quickly(Vehicle)

RELATION, TIE = by_value(Relation), by_value(Tie)


def people(read: Reader, ids: Many) -> tuple[Person, ...]:
    """These people."""
    rows = read.rows(
        "SELECT p.id, p.name, p.born, p.named FROM person p WHERE p.id IN :ids AND {known:p} ORDER BY p.id",
        ids=ids,
    )
    return tuple(new_person(id_, name, born, bool(named)) for id_, name, born, named in rows)


def places(read: Reader, ids: Many) -> tuple[Place, ...]:
    """These places."""
    rows = read.rows(
        "SELECT p.id, p.label, p.address, p.postcode, p.kind FROM place p WHERE p.id IN :ids AND {known:p} "
        "ORDER BY p.id",
        ids=ids,
    )
    return tuple(new_place(*row) for row in rows)


def numbers(read: Reader, ids: Many) -> tuple[Number, ...]:
    """These numbers."""
    rows = read.rows(
        "SELECT n.id, n.e164, n.as_given FROM number n WHERE n.id IN :ids AND {known:n} ORDER BY n.id",
        ids=ids,
    )
    return tuple(new_number(*row) for row in rows)


def vehicles(read: Reader, people: Many) -> tuple[Vehicle, ...]:
    """The vehicles of these people."""
    rows = read.rows(
        "SELECT v.id, v.registration, v.description, v.person_id FROM vehicle v WHERE v.person_id IN :people "
        "AND {known:v} ORDER BY v.id",
        people=people,
    )
    return tuple(new_vehicle(*row) for row in rows)


def number_ties(read: Reader, people: Many, numbers: Many) -> tuple[NumberTie, ...]:
    """Whose these numbers are, and which numbers these people have."""
    rows = read.rows(
        "SELECT t.id, t.person_id, t.number_id FROM number_tie t "
        "WHERE (t.person_id IN :people OR t.number_id IN :numbers) AND {known:t} ORDER BY t.id",
        people=people,
        numbers=numbers,
    )
    return tuple(new_number_tie(*row) for row in rows)


def person_ties(read: Reader, people: Many) -> tuple[PersonTie, ...]:
    """How these people are related to others."""
    rows = read.rows(
        "SELECT t.id, t.a, t.b, t.relation, t.known_at FROM person_tie t "
        "WHERE (t.a IN :people OR t.b IN :people) AND {known:t} ORDER BY t.id",
        people=people,
    )
    return tuple(
        new_person_tie(id_, a, b, RELATION[relation], When(from_micros(known), Precision.DAY))
        for id_, a, b, relation, known in rows
    )


def place_ties(read: Reader, people: Many, places: Many) -> tuple[PlaceTie, ...]:
    """Where these people live or stay, and who does at these places."""
    rows = read.rows(
        "SELECT t.id, t.person_id, t.place_id, t.tie, t.happened_at, t.happened_precision FROM place_tie t "
        "WHERE (t.person_id IN :people OR t.place_id IN :places) AND {known:t} ORDER BY t.id",
        people=people,
        places=places,
    )
    return tuple(
        new_place_tie(id_, person, place, TIE[tie], when(at, precision))
        for id_, person, place, tie, at, precision in rows
    )
