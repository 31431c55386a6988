"""Records judged to be of one person or place, read as one: the one place where that is done.

The store gathers a picture with each record under its own id. Rules read it through `joined`, and whoever hands a picture
on to be looked at hands on the joined one. What is judged of records is worked out from the gathered one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from callhandler.model.people import AS_TOLD, Person, Place
from callhandler.model.picture import Apart, Link, Picture, Via
from callhandler.model.sameness import PERSON, PLACE

T = TypeVar("T")
Fields = dict[str, str]
Of = Callable[[str, int | None], Any]

# By field of the picture: which of its records' columns name a person, and which a place.
_NAMES: dict[str, Fields] = {
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
_APART: dict[str, Fields] = {
    "incidents": {"place_id": PLACE},
    "parties": {"person_id": PERSON},
    "place_ties": {"person_id": PERSON, "place_id": PLACE},
    "vehicles": {"person_id": PERSON},
    "risk_assessments": {"person_id": PERSON},
}
_SAID_ONCE = ("parties", "number_ties", "contacts")
_OF_A_SUBJECT = ("markers", "counts")
_THROUGH = {Via.PERSON: PERSON, Via.SUSPECT: PERSON, Via.RELATION: PERSON, Via.PLACE: PLACE}


def joined(picture: Picture) -> Picture:
    """The picture with every record under the one id by which its person or place is known here.

    That is the record of whoever or wherever is in this incident, else the oldest. A person goes by the oldest of her
    records that has a name, a place by its own record, or, where that is only words told, by the oldest that is more;
    what the others are called is kept beside it. Doing it again changes nothing.
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
        changed[name] = _of_subjects(getattr(picture, name), of)
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
    for name in _SAID_ONCE:
        changed[name] = _once(changed[name])
    changed["beside"] = tuple(
        _changed(
            b,
            {
                "incident": _renamed(b.incident, _NAMES["linked"], of),
                "moves": tuple(_renamed(m, _NAMES["moves"], of) for m in b.moves),
            },
        )
        for b in picture.beside
    )
    changed["links"] = _links(picture.links, of)
    changed["people"] = _people((*picture.people, *_others(picture, ids)), ids)
    changed["places"] = _places(picture.places, ids)
    changed["namesakes"] = _places(picture.namesakes, ids)
    changed["apart"] = _apart(picture, of, {p.id for p in changed["people"]}, ids)
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


def _others(picture: Picture, ids: dict[tuple[str, int], int]) -> list[Person]:
    """Whoever stands apart under another record of somebody who is read by the rules."""
    known = {ids.get((PERSON, p.id), p.id) for p in picture.people}
    return [p for p in picture.apart.people if ids.get((PERSON, p.id), p.id) in known]


def _people(people: Iterable[Person], ids: dict[tuple[str, int], int]) -> tuple[Person, ...]:
    of: dict[int, list[Person]] = {}
    for person in people:
        of.setdefault(ids.get((PERSON, person.id), person.id), []).append(person)
    return tuple(_one_person(mine, of[mine]) for mine in sorted(of))


def _one_person(mine: int, records: list[Person]) -> Person:
    if len(records) == 1:
        return _changed(records[0], {"id": mine})
    named = sorted((r for r in records if r.named), key=lambda r: r.id)
    first = named[0] if named else min(records, key=lambda r: r.id)
    born = first.born or next((r.born for r in sorted(records, key=lambda r: r.id) if r.born), "")
    also = _beside(first.name, [name for r in named for name in (r.name, *r.also)])
    told = (b for r in (first, *records) for b in (r.also_born, r.born) if b not in ("", born))
    return replace(first, id=mine, born=born, also=also, also_born=next(told, ""))


def _places(places: Sequence[Place], ids: dict[tuple[str, int], int]) -> tuple[Place, ...]:
    of: dict[int, list[Place]] = {}
    for place in places:
        of.setdefault(ids.get((PLACE, place.id), place.id), []).append(place)
    return tuple(_one_place(mine, of[mine]) for mine in of)


def _one_place(mine: int, records: list[Place]) -> Place:
    if len(records) == 1:
        return _changed(records[0], {"id": mine})
    # Where somebody is sent to does not change by a judgement: its own record's words stay. But nobody is sent by words
    # told of a place that was accepted to be another.
    records = sorted(records, key=lambda r: (r.kind == AS_TOLD, r.id != mine, r.id))
    also = _beside(records[0].label, [name for r in records for name in (r.label, *r.also)])
    return replace(records[0], id=mine, also=also)


def _beside(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The other names, each once however it is written."""
    said = {n.casefold(): n for n in reversed([name, *names]) if n.strip()}
    said.pop(name.casefold(), None)
    return tuple(reversed(said.values()))


def _links(links: Iterable[Link], of: Of) -> tuple[Link, ...]:
    """Why each incident is shown, once where two records of one person or place lead to it."""
    found = (
        _changed(link, {"subject_id": of(_THROUGH[link.via], link.subject_id)})
        if link.via in _THROUGH
        else link
        for link in links
    )
    return tuple(dict.fromkeys(found))


def _once(records: Sequence[Any]) -> tuple[Any, ...]:
    """What two records of one person both say is said once: the first of the two stays."""
    first = {replace(r, id=0): r for r in reversed(records)}
    return tuple(reversed(first.values()))


def _apart(picture: Picture, of: Of, known: set[int], ids: dict[tuple[str, int], int]) -> Apart:
    apart = picture.apart
    changed: dict[str, Any] = {
        name: tuple(_renamed(record, columns, of) for record in getattr(apart, name))
        for name, columns in _APART.items()
    }
    changed["markers"] = _of_subjects(apart.markers, of)
    changed["links"] = _links(apart.links, of)
    changed["people"] = tuple(p for p in _people(apart.people, ids) if p.id not in known)
    return replace(apart, **changed)


def _of_subjects(records: Iterable[Any], of: Of) -> tuple[Any, ...]:
    return tuple(_changed(r, {"subject_id": of(r.subject, r.subject_id)}) for r in records)


def _renamed(record: T, columns: Fields, of: Of) -> T:
    return _changed(record, {column: of(kind, getattr(record, column)) for column, kind in columns.items()})


def _changed(record: T, to: dict[str, Any]) -> T:
    """The very record where nothing changes: most of a picture is not of anybody joined."""
    new = {name: value for name, value in to.items() if getattr(record, name) != value}
    return replace(record, **new) if new else record  # type: ignore[type-var]
