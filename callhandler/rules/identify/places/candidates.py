"""Which place is meant by words, and what lies around it. Two places of one name are both shown; neither is guessed."""

from collections.abc import Iterable
from dataclasses import dataclass

from callhandler.model.candidates import Candidate, Surety
from callhandler.rules.identify.folding import folded
from callhandler.rules.identify.places.address import address_of
from callhandler.rules.identify.places.compare import SPOKEN, Relation, Stands, stands

AROUND = (
    Relation.BUILDING,
    Relation.FLAT_OF_IT,
    Relation.BELOW,
    Relation.ABOVE,
    Relation.OTHER_FLAT,
    Relation.NEXT_DOOR,
)
"""What is around a place, the nearest to it first. Its history is its own, and is never shown as the place's."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """One way in which a place on record is called or addressed; a place has a row for each."""

    place_id: int
    words: str


@dataclass(frozen=True, slots=True)
class Around:
    """A place around another: what it is to it, in words, and how sure."""

    place_id: int
    relation: Relation
    surety: Surety
    words: str


def candidates(told: str, known: Iterable[KnownPlace], most: int = 10) -> tuple[Candidate, ...]:
    """The places that may be meant, the surest first.

    Confirmed is only the one place that is surely the same; of two that could be, each is possible, and is asked about.
    """
    wanted = address_of(told)
    best: dict[int, Stands] = {}
    for one in _whole(known):
        found = stands(wanted, address_of(one.words))
        if found.alike and (one.place_id not in best or _sure(found) > _sure(best[one.place_id])):
            best[one.place_id] = found
    sure = [p for p, found in best.items() if _sure(found)]
    order = sorted(best, key=lambda p: (not _sure(best[p]), len(best[p].why), p))
    return tuple(_candidate(p, best[p], sure, len(best)) for p in order[:most])


def _candidate(place_id: int, found: Stands, sure: list[int], several: int) -> Candidate:
    if sure == [place_id]:
        return Candidate(place_id, Surety.CONFIRMED, found.why)
    why = (f"one of {several} it may be", *found.why) if several > 1 else found.why
    return Candidate(place_id, Surety.POSSIBLE, why)


def around(place_id: int, words: str, known: Iterable[KnownPlace]) -> tuple[Around, ...]:
    """Its building, its other flats, those above and below, and the neighbours, among the places known."""
    here = address_of(words)
    found: dict[int, Around] = {}
    for one in _whole(known):
        if one.place_id == place_id or one.place_id in found:
            continue
        how = stands(here, address_of(one.words))
        if how.relation in AROUND:
            found[one.place_id] = Around(one.place_id, how.relation, how.surety, SPOKEN[how.relation])
    return tuple(sorted(found.values(), key=lambda a: (AROUND.index(a.relation), a.place_id)))


def _whole(known: Iterable[KnownPlace]) -> list[KnownPlace]:
    """Without a name that is only the beginning of a longer one of the same place, "12 High Street" of one in Dudley."""
    rows = [(one, folded(one.words)) for one in known]
    names: dict[int, list[str]] = {}
    for one, words in rows:
        names.setdefault(one.place_id, []).append(words)
    return [
        one
        for one, words in rows
        if not any(longer.startswith(f"{words} ") for longer in names[one.place_id])
    ]


def _sure(found: Stands) -> bool:
    return found.surety is Surety.CONFIRMED
