"""What leaves the desk on paper: its kinds, that one was made, that it was read, and addresses that none may hold."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PaperKind(StrEnum):
    """The four papers of an incident, each a row when it is made."""

    BRIEFING = "briefing"
    DECISION = "decision"
    REFERRAL = "referral"
    BUNDLE = "bundle"


class TrainingPaper(StrEnum):
    """What comes of an exercise on paper. It is of no incident, and no row is kept of it."""

    DEBRIEF = "debrief"


@dataclass(frozen=True, slots=True)
class Withheld:
    """That a place's address is on no paper (`state` withheld), or may be again (lifted). The newest of a place counts."""

    id: int
    place_id: int
    person_id: int | None
    state: str
    said_by: str
    reason: str
    author: str
    known_at: datetime


@dataclass(frozen=True, slots=True)
class PaperRead:
    """That somebody said a paper was read: who read it, who recorded that, when (UTC)."""

    id: int
    reader: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PaperMade:
    """That a paper was made: of what, as of which instant and record, and the digest of what it says.

    `subject` is the decision's id or the referral's code; empty where the whole incident is meant.
    """

    id: int
    incident_id: int
    kind: PaperKind
    subject: str
    as_of: datetime
    upto: int
    digest: str
    purpose: str
    author: str
    at: datetime
    reads: tuple[PaperRead, ...] = ()
