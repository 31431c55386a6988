"""What was done in an exercise, what it is held against, and the profile that comes of it: reasons, never one verdict."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callhandler.model.exercise import Heard, HeardKind
from callhandler.model.review_figures import Agreement


class Area(StrEnum):
    """What a profile looks at, in the order in which it is told."""

    GRADE = "grade"
    TIME = "time"
    ASKED = "asked"
    RECORDED = "recorded"
    WARNINGS = "warnings"
    ACTS = "acts"
    SAID = "said"
    LOG = "log"


class State(StrEnum):
    """How one thing came out. `over` is more urgent than the key's limit, `below` less urgent than can be defended.

    `not_reached` is what nobody could have done: the call was never taken, or nobody said it.
    """

    MET = "met"
    PARTLY = "partly"
    LATE = "late"
    MISSED = "missed"
    BELOW = "below"
    OVER = "over"
    SHOWN = "shown"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One thing that the key wants, in any one of the accepted ways; `within` is in minutes from answering."""

    any_of: tuple[str, ...]
    why: str
    essential: bool = False
    within: int | None = None


@dataclass(frozen=True, slots=True)
class KeySaid:
    """Something that the caller should be told, or never be told, as ways of saying it."""

    id: str
    words: tuple[str, ...]
    why: str
    essential: bool = False


@dataclass(frozen=True, slots=True)
class KeyMoment:
    """What experts hold to be right in one call; see `intake.exercise.key.Moment`."""

    id: str
    line: str
    least: str
    accepted: tuple[str, ...]
    over: int
    within: int
    asks: tuple[KeyItem, ...]
    records: tuple[KeyItem, ...]
    acts: tuple[KeyItem, ...]
    warnings: tuple[str, ...]
    tells: tuple[KeySaid, ...]
    avoids: tuple[KeySaid, ...]
    why: str
    reference: str


@dataclass(frozen=True, slots=True)
class Done:
    """One row that came to be in the exercise: its table, when, on which incident (0 for none), its other columns."""

    id: int
    kind: str
    at: datetime
    incident: int
    values: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """One column as text; empty when the row has none such."""
        return next((v for k, v in self.values if k == name), "")


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that a score is worked out from: what was heard, and what was done at the desk. Nothing else is looked at.

    `trainee` are the words by which rows name their author: the shown name, and the id of the user.
    """

    exercise: str
    policy_digest: str
    trainee: tuple[str, str]
    heard: tuple[Heard, ...]
    done: tuple[Done, ...]

    @property
    def ended(self) -> datetime:
        """The instant of the last that was heard or done."""
        return max((*(h.at for h in self.heard), *(d.at for d in self.done)))

    def first(self, kind: HeardKind, line: str) -> Heard | None:
        """The first entry of a kind in a call."""
        return next((h for h in self.heard if h.kind is kind and h.line == line), None)

    def by_trainee(self, done: Done) -> bool:
        """Whether a row is the trainee's own; one that names nobody counts as his or hers."""
        name, user = self.trainee
        author, author_id = done.value("author"), done.value("author_id")
        return author in ("", name) and author_id in ("", user)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing looked at: how it came out, why it matters, when it was done, and what it rests on.

    `seconds` is the time from answering the call; `since` from when the thing could be known.
    """

    area: Area
    state: State
    what: str
    why: str = ""
    at: datetime | None = None
    seconds: int | None = None
    essential: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MomentProfile:
    """One moment of the key: the grade that stood at its end, and everything looked at."""

    id: str
    line: str
    answered_at: datetime | None
    until: datetime | None
    grade: str
    least: str
    items: tuple[Item, ...]
    why: str
    reference: str

    def of(self, area: Area) -> tuple[Item, ...]:
        """The items of one area."""
        return tuple(i for i in self.items if i.area is area)


@dataclass(frozen=True, slots=True)
class Profile:
    """What came of an exercise, moment by moment and by area; how far the grades agree with the key."""

    exercise: str
    policy_digest: str
    moments: tuple[MomentProfile, ...]
    agreement: Agreement

    def counts(self, area: Area) -> Counter[State]:
        """How often each outcome came up in one area, over all moments."""
        return Counter(i.state for m in self.moments for i in m.of(area))


@dataclass(frozen=True, slots=True)
class EveningRow:
    """One instant of an exercise in three columns: what was heard, what was done at the desk, what the key says there.

    `knowable` names what was not asked for by then and could have been, as ways of asking, never as answers.
    """

    at: datetime
    heard: str = ""
    desk: str = ""
    knowable: str = ""
    key: str = ""
