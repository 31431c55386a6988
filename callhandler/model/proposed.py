"""Two records of people who may be one, as bulk linking proposes them. A person accepts it or not; nothing else does."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callhandler.model.people import Role
from callhandler.model.sameness import Sameness
from callhandler.model.when import When


class Which(StrEnum):
    """Which proposals are listed. `open` touches an incident that is open, `order` an order of which no end is verified."""

    ALL = "all"
    STRONG = "strong"
    WEAKER = "weaker"
    OPEN = "open"
    ORDER = "order"


STRONG = 0.99
"""From here on a proposal counts as strong: of a hundred such pairs at most one is expected to be of two people."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two records by their ids, the older first, and what each is called; how likely they are one, from 0 to 1; why.

    `known_at` is when it was proposed, in microseconds (UTC). How likely orders the list and is told nobody as a verdict.
    """

    a: int
    b: int
    a_called: str
    b_called: str
    likely: float
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    known_at: int

    @property
    def reasons(self) -> str:
        """What agrees, and what does not, in one line."""
        against = f"; but {'; '.join(self.differ)}" if self.differ else ""
        return f"{'; '.join(self.agree)}{against}"

    @property
    def strong(self) -> bool:
        """Whether it is among the strong ones."""
        return self.likely >= STRONG


@dataclass(frozen=True, slots=True)
class Listed:
    """The next of the list; `counted` is how many there are in all, None where more was read.

    Of its people those of `in_open` have a part in an open incident, those of `with_order` an order not known to have ended.
    """

    which: Which
    pairs: tuple[Proposed, ...]
    counted: int | None
    in_open: frozenset[int] = frozenset()
    with_order: frozenset[int] = frozenset()
    runs: int = 0


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A proposed pair that somebody judged: the judgement that stands, by whom, when (UTC) and why."""

    pair: Proposed
    judgement_id: int
    verdict: Sameness
    author: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The incidents in which a person has a part, by part: how many, and of which times the first and the last are."""

    incidents: int
    first: When | None = None
    last: When | None = None
    parts: tuple[tuple[Role, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """An incident in which both records have a part, and which each has."""

    incident_id: int
    reference: str
    opened: When
    a: tuple[Role, ...]
    b: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class WouldBring:
    """What judging two records the same would do in an open incident: which warnings would come, and the floor by rank.

    `refused` says why it cannot be judged from outside the incident; empty where it can.
    """

    incident_id: int
    reference: str
    warnings: tuple[str, ...]
    floor_before: int
    floor_after: int
    refused: str = ""
