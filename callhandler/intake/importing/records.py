"""What one row makes, understood and whole, before anything is looked up: that is the part of `services/imports`."""

from datetime import datetime
from typing import NamedTuple

from callhandler.model.incident import LogKind
from callhandler.model.people import Relation, Role, Tie
from callhandler.model.when import When


class PlaceSeen(NamedTuple):
    """A place; `key` is the force's own id, empty where it has none. `point` is latitude and longitude in millionths."""

    key: str
    address: str
    label: str = ""
    postcode: str = ""
    kind: str = ""
    point: tuple[int, int] | None = None
    within_metres: int = 50


class NoteSeen(NamedTuple):
    """A line for the log. The line goes by its own time, or by the incident's where `at` is None."""

    text: str
    at: When | None
    kind: LogKind
    author: str


class IncidentSeen(NamedTuple):
    """An incident of the past; `number` as it was written."""

    key: str
    reference: str
    opened: When
    known_at: datetime
    type: str
    summary: str
    outcome: str
    undone: str
    target_met: str
    place: PlaceSeen | None
    number: str
    notes: tuple[NoteSeen, ...]


class PersonSeen(NamedTuple):
    """A person of a row; with a `key` and no `name`, one who must be known already. `nth` counts the mapping's persons."""

    nth: int
    label: str
    key: str
    name: str
    role: Role | None
    born: str
    aliases: tuple[str, ...]
    number: str
    place: PlaceSeen | None
    tie: Tie
    known_at: datetime | None


class PersonNamed(NamedTuple):
    """A person whom another part of the row names: by the row's own label, or by the force's id."""

    label: str = ""
    key: str = ""


class VehicleSeen(NamedTuple):
    """A vehicle, and whose it is where that is told."""

    key: str
    registration: str
    description: str
    person: PersonNamed | None
    known_at: datetime | None


class RelationSeen(NamedTuple):
    """`a` is the `relation` of `of`."""

    a: PersonNamed
    relation: Relation
    of: PersonNamed
    known_at: datetime | None


class OrderSeen(NamedTuple):
    """An order. `from_records` tells a record that police saw from a telling."""

    key: str
    type: str
    protected: PersonNamed | None
    respondent: PersonNamed | None
    court: str
    made: When | None
    expires: datetime | None
    without_notice: str
    from_records: bool
    discharged: datetime | None
    known_at: datetime | None


class MarkerSeen(NamedTuple):
    """A marker on what is known by the force's id; on a number by its digits."""

    key: str
    on: str
    subject: str
    code: str
    text: str
    set_by: str
    since: When
    known_at: datetime


class Understood(NamedTuple):
    """A whole row. `said` are the codes of what is worth telling: a time that came twice, or never."""

    row: int
    incident: IncidentSeen | None
    of_incident: str
    persons: tuple[PersonSeen, ...]
    places: tuple[PlaceSeen, ...]
    vehicles: tuple[VehicleSeen, ...]
    relations: tuple[RelationSeen, ...]
    orders: tuple[OrderSeen, ...]
    markers: tuple[MarkerSeen, ...]
    known_at: datetime | None
    said: tuple[str, ...]

    @property
    def undated(self) -> bool:
        """True when something in it says neither itself nor by its row when it was recorded."""
        if self.incident is not None or self.known_at is not None:
            return False
        told = {p.known_at for p in self.persons} | {v.known_at for v in self.vehicles}
        told |= {r.known_at for r in self.relations} | {o.known_at for o in self.orders}
        return bool(self.places) or None in told
