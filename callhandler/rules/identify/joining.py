"""Which live incident a new call belongs to, and why."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from callhandler.model.incident import Incident
from callhandler.model.sameness import PERSON, PLACE, Cluster

NUMBER = "number"
Record = tuple[str, int]
"""A person's, a place's or a number's, by kind."""


@dataclass(frozen=True, slots=True)
class Join:
    """The live incident that a call belongs to, and why in plain words. `sure` means that one key accepts it."""

    incident: Incident
    why: str
    sure: bool


class How(StrEnum):
    """By what a call may belong to an incident, the strongest first. Only the first is sure."""

    IN_IT = "{name} is in it"
    NUMBER = "same number"
    FAMILY = "same household or family"
    PLACE = "same place"
    LIVES_THERE = "it is where the caller lives"
    HOME = "home of somebody in it"
    HOUSEHOLD = "lives where somebody in it lives"
    BUILDING = "same building"


@dataclass(frozen=True, slots=True)
class OpenNow:
    """What a call is held against: who, where and by which numbers the open incidents are, by any record.

    `parts` are pairs of an incident and a record in it, what was merged into it included. `relatives` are pairs of people
    who are tied to each other, `homes` of somebody and where she lives or stays. `around` are places of the incidents
    that are the building of the place that was told, or a flat in it.
    """

    parts: Collection[tuple[int, Record]]
    relatives: Collection[tuple[int, int]] = ()
    homes: Collection[tuple[int, int]] = ()
    around: Collection[int] = ()
    clusters: Collection[Cluster] = ()


@dataclass(frozen=True, slots=True)
class Belongs:
    """The incident that a call belongs to, how, and the record of whoever is in it where it is by a person."""

    incident_id: int
    how: How
    person_id: int | None = None

    @property
    def sure(self) -> bool:
        """Whether it is taken; else it is offered, for people share numbers, places and families."""
        return self.how is How.IN_IT


def incident_to_join(
    known: OpenNow, people: Iterable[int], places: Iterable[int], numbers: Iterable[int], prefer: int = 0
) -> Belongs | None:
    """Choose among the open incidents: by the strongest reason, of those the newest; None where none has any.

    Every record is compared as whoever or wherever it is read as: what is found is the same as if those records were one.
    `prefer` is the incident that was shown, which goes first of those that are not sure.
    """
    one = _one(known.clusters)
    her = {one(PERSON, p) for p in people}
    there = {one(PLACE, p) for p in places}
    homes = {(one(PERSON, person), one(PLACE, place)) for person, place in known.homes}
    lives = {place for person, place in homes if person in her}
    of_home = _together(homes)
    around = {one(PLACE, p) for p in known.around} - there
    kin = _beside(((one(PERSON, a), one(PERSON, b)) for a, b in known.relatives), her)
    dialled = set(numbers)

    def how(kind: str, id_: int) -> list[How]:
        if kind == NUMBER:
            return [How.NUMBER] if id_ in dialled else []
        mine = one(kind, id_)
        if kind == PLACE:
            where = {How.PLACE: there, How.LIVES_THERE: lives, How.BUILDING: around}
            return [reason for reason, of in where.items() if mine in of]
        home = of_home.get(mine, set())
        found = {
            How.IN_IT: mine in her,
            How.FAMILY: mine in kin,
            How.HOME: not home.isdisjoint(there),
            How.HOUSEHOLD: not home.isdisjoint(lives),
        }
        return [reason for reason, holds in found.items() if holds]

    found = [(reason, i, id_) for i, (kind, id_) in known.parts for reason in how(kind, id_)]
    if not found:
        return None
    order = list(How)
    sure = any(reason is How.IN_IT for reason, *_ in found)
    reason, incident_id, id_ = min(
        found,
        key=lambda each: (
            not sure and each[1] != prefer,
            order.index(each[0]),
            -each[1],
            each[2],
        ),
    )
    return Belongs(incident_id, reason, id_ if reason is How.IN_IT else None)


def _one(clusters: Iterable[Cluster]) -> Callable[[str, int], int]:
    read_as = {(c.kind, each): min(c.ids) for c in clusters for each in c.ids}
    return lambda kind, id_: read_as.get((kind, id_), id_)


def _together(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return found


def _beside(ties: Iterable[tuple[int, int]], them: set[int]) -> set[int]:
    """Who is at the other end of a tie of one of them."""
    return {far for a, b in ties for near, far in ((a, b), (b, a)) if near in them} - them
