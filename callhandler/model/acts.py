"""An act that is wanted, what it would take away, and what is kept of it: authorities, retractions, merges, contacts."""

from dataclasses import dataclass
from datetime import datetime

from callhandler.model.assessment import Act, Gate, Tier, Warning


@dataclass(frozen=True, slots=True)
class Wanted:
    """An act as it is asked for. `grade` and `rank` are what the incident would stand at by it.

    `subject` and `subject_id` name the record that it is about, as table and id; `to` is what that would become, written
    for the program, and `shown` the whole in words for people.
    """

    act: Act
    grade: str
    rank: int
    subject: str = ""
    subject_id: int | None = None
    to: str = ""
    shown: str = ""

    @property
    def at(self) -> datetime | None:
        """The time of an appointment; None for every other act."""
        return datetime.fromisoformat(self.to) if self.act is Act.APPOINT else None


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of what is known does to a fresh reading of the picture: the floor before and after, warnings lost."""

    before: int
    after: int
    lost: tuple[Warning, ...]

    @property
    def lost_critical(self) -> tuple[Warning, ...]:
        """The critical warnings lost that set a floor: each wants its own answer."""
        return tuple(w for w in self.lost if w.tier is Tier.CRITICAL and w.floor_rank is not None)

    @property
    def lost_floor(self) -> bool:
        """True when a warning that sets a floor is lost, even where another holds the floor for now."""
        return self.after > self.before or any(w.floor_rank is not None for w in self.lost)


@dataclass(frozen=True, slots=True)
class Authority:
    """Leave, given by the guard, for an act that is no grade: what for, at which ranks, and upon which request."""

    id: int
    incident_id: int
    act: Act
    subject: str
    subject_id: int
    rank_before: int
    rank_after: int
    gate: Gate
    assessment_id: int
    request_id: int | None
    author_id: int
    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """A disclosure taken back because it was recorded in error. `settles` are the warnings that rested on it alone."""

    id: int
    disclosure_id: int
    incident_id: int
    authority_id: int
    reason: str
    author: str
    at: datetime
    settles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Merge:
    """A judgement that two incidents are the same one, or are not after all. The newest of a pair counts."""

    id: int
    incident_id: int
    into_id: int
    same: bool
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at risk was seen or spoken to: who, how identified, alone or not, free to speak or not, by whom.

    `person_id` is None for somebody not named. `alone` and `free` are yes, no or unknown; unknown is never yes.
    `counts` is what the policy said of it when it was recorded, `why_not` its reason.
    """

    id: int
    incident_id: int
    person_id: int | None
    how: str
    identified: str
    alone: str
    free: str
    seen_by: str
    by_name: str
    words: str
    counts: bool
    why_not: str
    author: str
    at: datetime
