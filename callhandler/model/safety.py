"""What holds until somebody comes: what was offered, the interim safety plan, promises to the caller, transfers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Offered(StrEnum):
    """What became of something that was offered to the person at risk."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Alone(StrEnum):
    """Whether the person with whom a plan was agreed was alone. Not asked is not yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ended(StrEnum):
    """How a promise ended, other than by its time."""

    KEPT = "kept"
    CHANGED = "changed"


class Way(StrEnum):
    """Whether a transfer went out or came in."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class SafetyOffer:
    """One alternative offered while nobody can go. `details`: what had to be known first, such as a station's distance."""

    id: int
    incident_id: int
    code: str
    outcome: Offered
    details: str
    words: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SafetyPlan:
    """An interim safety plan: what was agreed, with whom, alone or not, until when (UTC). It lowers nothing."""

    id: int
    incident_id: int
    until: datetime
    agreed: str
    with_whom: str
    alone: Alone
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised to the caller, in words, until an instant (UTC). `ended` is None while it runs."""

    id: int
    incident_id: int
    words: str
    until: datetime
    author: str
    at: datetime
    ended: Ended | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """An incident passed to another force, or received from one. `named` is who acknowledged it; empty until then.

    `grade` is the sender's own, in the sender's words; `their_grade` is what the receiver gave it.
    """

    id: int
    incident_id: int
    way: Way
    peer: str
    grade: str
    reference: str
    due: datetime | None
    author: str
    at: datetime
    named: str = ""
    received_at: datetime | None = None
    their_grade: str = ""
