"""Records judged to be of one person or place, read as one. The picture keeps each under its own name; rules read this."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from callhandler.model.people import Person
from callhandler.model.picture import Picture
from callhandler.model.sameness import PERSON, PLACE

T = TypeVar("T")
Fields = dict[str, str]

# By field of the picture: which of its records' columns name a person, and which a place.
_NAMES: dict[str, dict[str, str]] = {
    "linked": {"place_id": PLACE},
    "parties": {"person_id": PERSON},
    "person_ties": {"a": PERSON, "b": PERSON},
    "place_ties": {"person_id": PERSON, "place_id": PLACE},
    "number_ties": {"person_id": PERSON},
    "disclosures": {"teller_id": PERSON, "about_id": PERSON, "harmed_id": PERSON},
    "confirmations": {"about_id": PERSON},
    "police_warnings": {"person_id": PERSON},
    "risk_assessments": {"person_id": PERSON},
    "records": {"person_id": PERSON},
    "contacts": {"person_id": PERSON},
    "vehicles": {"person_id": PERSON},
    "moves": {"place_id": PLACE},
    "place_points": {"place_id": PLACE},
}
_OF_A_SUBJECT = ("markers", "counts")


def joined(picture: Picture) -> Picture:
    """The picture with every record under the one id by which its person or place is known here.

    That is the record of whoever is in this incident, else the oldest. A name is taken from whichever record has one.
    """
    if not picture.clusters:
        return picture
    ids = _one_id(picture)

    def of(kind: str, id_: int | None) -> Any:
        return ids.get((kind, id_), id_) if id_ is not None else None

    changed: dict[str, Any] = {
        name: tuple(_renamed(record, columns, of) for record in getattr(picture, name))
        for name, columns in _NAMES.items()
    }
    for name in _OF_A_SUBJECT:
        changed[name] = tuple(
            _changed(record, {"subject_id": of(record.subject, record.subject_id)})
            for record in getattr(picture, name)
        )
    changed["orders"] = tuple(
        replace(
            _changed(
                o, {"protected_id": of(PERSON, o.protected_id), "respondent_id": of(PERSON, o.respondent_id)}
            ),
            terms=tuple(
                _changed(t, {"place_id": of(PLACE, t.place_id), "protected_id": of(PERSON, t.protected_id)})
                for t in o.terms
            ),
        )
        for o in picture.orders
    )
    changed["people"] = _people(picture, ids)
    changed["incident"] = (
        _renamed(picture.incident, {"place_id": PLACE}, of) if picture.incident else picture.incident
    )
    return replace(picture, **changed)


def _one_id(picture: Picture) -> dict[tuple[str, int], int]:
    """By kind and record, the record that it is read as."""
    incident = picture.incident
    here: dict[str, set[int | None]] = {
        PERSON: {p.person_id for p in picture.parties if p.incident_id == picture.here},
        PLACE: {*(m.place_id for m in picture.moves), incident.place_id if incident else None},
    }
    found = {}
    for cluster in picture.clusters:
        mine = min((i for i in cluster.ids if i in here[cluster.kind]), default=min(cluster.ids))
        found.update({(cluster.kind, each): mine for each in cluster.ids})
    return found


def _people(picture: Picture, ids: dict[tuple[str, int], int]) -> tuple[Person, ...]:
    read_as: dict[int, Person] = {}
    for person in picture.people:
        mine = ids.get((PERSON, person.id), person.id)
        before = read_as.get(mine)
        if before is None or (person.id == mine and person.named) or (person.named and not before.named):
            born = person.born or (before.born if before else "")
            read_as[mine] = replace(person, id=mine, born=born)
        elif person.born and not before.born:
            read_as[mine] = replace(before, born=person.born)
    return tuple(read_as[mine] for mine in sorted(read_as))


def _renamed(record: T, columns: Fields, of: Callable[[str, int | None], Any]) -> T:
    return _changed(record, {column: of(kind, getattr(record, column)) for column, kind in columns.items()})


def _changed(record: T, to: dict[str, Any]) -> T:
    """The very record where nothing changes: most of a picture is not of anybody joined."""
    new = {name: value for name, value in to.items() if getattr(record, name) != value}
    return replace(record, **new) if new else record  # type: ignore[type-var]
