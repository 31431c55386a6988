"""The things known: people, places, numbers, vehicles, and how they are tied to each other."""

from dataclasses import dataclass
from enum import StrEnum

from callhandler.model.when import When


class Role(StrEnum):
    """What a person is in an incident."""

    CALLER = "caller"
    AT_RISK = "at_risk"
    SUSPECT = "suspect"
    WITNESS = "witness"
    CHILD = "child"
    REPORTER = "reporter"


class Relation(StrEnum):
    """`a` is the ... of `b`. Kept in the one direction that was told; read both ways."""

    PARTNER = "partner"
    EX_PARTNER = "ex_partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    RELATIVE = "relative"
    NEIGHBOUR = "neighbour"
    OTHER = "other"


class Tie(StrEnum):
    """How a person is tied to a place."""

    LIVES = "lives"
    FAMILY_HOME = "family_home"
    WORKS = "works"
    STAYS = "stays"
    FREQUENTS = "frequents"


HOMES = (Tie.LIVES, Tie.FAMILY_HOME, Tie.STAYS)
"""By which of them a place is somebody's home."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person known, perhaps without a name yet; `born` as told (a year, an age), empty when not known.

    `also` are the names of other records that are read as one with this one; empty on a record by itself.
    `also_born` is another date of birth that was told since; which of the two is right, nobody has said.
    """

    id: int
    name: str
    born: str = ""
    named: bool = True
    also: tuple[str, ...] = ()
    also_born: str = ""


AS_TOLD = "as told"
"""The kind of a place that is only the words told of one that was accepted to be another: nobody is sent by them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `label` is what people call it, `address` its words, `kind` flat, house, premises, street, or `AS_TOLD`.

    `also` are what other records call it that are read as one with this one; empty on a record by itself.
    """

    id: int
    label: str
    address: str
    postcode: str = ""
    kind: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number in E.164 and as it was first given."""

    id: int
    e164: str
    as_given: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle; the registration is empty when only a description is known."""

    id: int
    registration: str
    description: str
    person_id: int


@dataclass(frozen=True, slots=True)
class VehicleNamed:
    """A vehicle that was named in an incident: its registration without spaces, empty where only a description was told."""

    id: int
    incident_id: int
    registration: str
    description: str
    author: str


@dataclass(frozen=True, slots=True)
class PlaceTie:
    """A person's tie to a place, from when it was known."""

    id: int
    person_id: int
    place_id: int
    tie: Tie
    since: When


@dataclass(frozen=True, slots=True)
class PersonTie:
    """`a` is the `relation` of `b`."""

    id: int
    a: int
    b: int
    relation: Relation
    known: When


@dataclass(frozen=True, slots=True)
class NumberTie:
    """A number that a person has used; several people may share one."""

    id: int
    person_id: int
    number_id: int
