"""The nodes and edges of a picture's links, and the people, couples and generations of a genogram: frozen values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from callhandler.model.people import Relation, Role, Tie
from callhandler.model.when import When


class NodeKind(StrEnum):
    """What a node stands for. `HERE` is the incident the picture is of, `BUNDLE` several past incidents of one kind."""

    HERE = "here"
    PERSON = "person"
    PLACE = "place"
    NUMBER = "number"
    VEHICLE = "vehicle"
    INCIDENT = "incident"
    BUNDLE = "bundle"
    ORDER = "order"


class EdgeKind(StrEnum):
    """Why two nodes are joined."""

    PARTY = "party"
    RELATION = "relation"
    LIVES = "lives"
    USES = "uses"
    KEEPS = "keeps"
    AT = "at"
    RANG = "rang"
    PROTECTED = "protected"
    RESPONDENT = "respondent"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Node:
    """One thing known. `roles` are a person's in this incident, `past_roles` those in earlier ones.

    `incidents` are the past incidents it stands for, oldest first: one, or those of a bundle; `through` is why they are
    shown, in words. What is `possible` may belong here and no rule reads it. `marked` counts its markers.
    """

    key: str
    kind: NodeKind
    id: int
    label: str
    detail: str = ""
    named: bool = True
    roles: tuple[Role, ...] = ()
    past_roles: tuple[Role, ...] = ()
    incidents: tuple[int, ...] = ()
    first: When | None = None
    last: When | None = None
    marked: int = 0
    possible: bool = False
    through: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an edge is there: what was recorded, since when it is known, and in which incident where that is told."""

    role: Role | None = None
    relation: Relation | None = None
    tie: Tie | None = None
    incident_id: int | None = None
    known: When | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """`a` and `b` are keys of nodes; for a relation `a` is the ... of `b`. Every reason is kept, oldest first."""

    a: str
    b: str
    kind: EdgeKind
    reasons: tuple[Reason, ...]

    @property
    def since(self) -> When | None:
        """From when it is known: the earliest of its reasons that has a date."""
        dated = [r.known for r in self.reasons if r.known is not None]
        return min(dated, key=lambda when: when.at, default=None)


@dataclass(frozen=True, slots=True)
class LinkGraph:
    """Everything in a picture and how it is joined, as of an instant (UTC). `hops` tell how far each node is from here.

    `missing` are the sources that could not be read: what is not shown may yet be there. `cut` says in words what is held
    and not shown.
    """

    as_of: datetime
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    hops: dict[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    by_node: dict[str, tuple[Edge, ...]] = field(default_factory=dict, repr=False, compare=False)

    def node(self, key: str) -> Node | None:
        """The node with this key, or None."""
        return next((n for n in self.nodes if n.key == key), None)

    def of(self, key: str) -> tuple[Edge, ...]:
        """The edges of a node, in their order."""
        return self.by_node.get(key, ())


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a genogram. Generation 0 is the oldest. Nobody's sex is known here, so none is drawn."""

    key: str
    person_id: int
    name: str
    named: bool
    born: str
    generation: int
    family: int
    roles: tuple[Role, ...] = ()
    past_roles: tuple[Role, ...] = ()
    home: int | None = None


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people who are or were partners, as told last, or who share a child; and the children of both or of one.

    `relation` is None where only the child is known: that they were ever partners is not guessed. `b` is empty where one
    parent alone is known.
    """

    a: str
    b: str
    relation: Relation | None
    known: When | None
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tied:
    """Another relation between two people, drawn as a line with its word: brother or sister, relative, neighbour."""

    a: str
    b: str
    relation: Relation
    known: When


@dataclass(frozen=True, slots=True)
class Household:
    """People who live at one place, as recorded."""

    place_id: int
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Genogram:
    """The people of a picture by generations. `harm` are pairs told of here: suspect, then the person at risk.

    `apart` are those for whom no relation is recorded. `contradicting` are people whose relations do not fit together:
    each relation is still drawn as it was told.
    """

    as_of: datetime
    members: tuple[Member, ...]
    couples: tuple[Couple, ...] = ()
    ties: tuple[Tied, ...] = ()
    households: tuple[Household, ...] = ()
    harm: tuple[tuple[str, str], ...] = ()
    apart: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
