"""Reviewing decisions: what enters the queue, whose it is, what came of it, and what the handler is told."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from callhandler.model.assessment import Act, Gate, Request, Verdict


class OwnedHow(StrEnum):
    """How an item came to its reviewer, or was given back."""

    CLAIM = "claim"
    HAND_ON = "hand_on"
    GIVE_BACK = "give_back"


class Result(StrEnum):
    """What a reviewer finds. None of them changes the decision; the last asks for a raise."""

    UPHELD = "upheld"
    OTHERWISE = "otherwise"
    LEARNING = "learning"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class ToReview:
    """A decision as the rules of review look at it.

    `standing_rank` is None for a first grade. `weighty`: something critical or serious stands. `contact`: the person at
    risk was seen or spoken to. `likeness` is how like an earlier rationale this one is, in per cent; None without one.
    """

    uuid: str
    act: Act
    rank: int
    band: str
    standing_rank: int | None
    floor_rank: int
    lowers: bool
    type: str
    domestic: bool
    weighty: bool
    contact: bool
    likeness: int | None = None


@dataclass(frozen=True, slots=True)
class Entering:
    """That a decision enters the queue: by which entries of the policy, how soon, blind or not, whose first."""

    by: tuple[str, ...]
    due_within_minutes: int
    blind: bool
    specialist: bool


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One line of the queue: a request that waits for agreement now (`waiting`), or a decision to be reviewed.

    `item_id` is None for a waiting request. Where `hidden`, the handler's grade is not in here: `to` is empty until this
    reviewer has recorded an own one. `critical` counts the critical warnings that stand now; `distance` is how many ranks
    below the floor. Grades are names as shown; `by` are ids of the policy's entries, `why` their sentences.
    """

    item_id: int | None
    request_id: int | None
    incident_id: int
    reference: str
    who: str
    act: Act
    was: str
    to: str
    floor: str
    critical: int
    distance: int
    by: tuple[str, ...]
    why: tuple[str, ...]
    handler: str
    handler_id: int
    since: datetime
    due: datetime
    waiting: bool
    blind: bool
    hidden: bool
    specialist: bool
    owner: str = ""
    owner_id: int | None = None
    likeness: int | None = None

    def age(self, now: datetime) -> int:
        """Whole minutes since it entered, or since agreement was asked for."""
        return max(0, int((now - self.since).total_seconds() // 60))

    def overdue(self, now: datetime) -> bool:
        """True once its clock has run out."""
        return now > self.due


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A decision of an incident that nobody has answered yet: by which entries it entered, since when, and whose it is."""

    id: int
    by: tuple[str, ...]
    since: datetime
    owner: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the queue. `agreed` of `compared` second grades agreed within the span."""

    lowered_today: int
    open_items: int
    unowned: int
    overdue: int
    oldest: datetime | None
    asking_now: int
    agreed: int
    compared: int
    span_days: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not match: where in the order of receipt, in which table, and what."""

    seq: int
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SnapshotProof:
    """What was checked of a snapshot: rows against the journal, the orders and linked history among them, the policy."""

    rows: int
    held: int
    history_rows: int
    history_held: int
    policy_digest: str
    faults: tuple[Fault, ...]

    @property
    def intact(self) -> bool:
        """True when every row held and nothing else was found."""
        return not self.faults

    @property
    def sentence(self) -> str:
        """The proof in words."""
        if self.intact:
            return f"snapshot intact, {self.held} of {self.rows} held"
        first = self.faults[0]
        return f"snapshot NOT intact, {self.held} of {self.rows} held: {first.kind} {first.seq}, {first.sentence}"


@dataclass(frozen=True, slots=True)
class HandlerDecision:
    """What the handler decided or asks for, with its request, rationale and answers where there was one."""

    act: Act
    grade: str
    shown: str
    rank: int
    gate: Gate | None
    text: str
    author: str
    author_id: int
    at: datetime
    request: Request | None


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that was not done or asked by then: a code, its name, the state in words, and the line that tells more."""

    code: str
    name: str
    state: str
    detail: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """One thing that happened within the days after a decision, in this incident or another of hers."""

    at: datetime
    incident_id: int
    what: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SecondGrade:
    """A reviewer's own grade; `blind` when it was given before the handler's was shown to that reviewer."""

    grade: str
    rank: int
    blind: bool
    reason: str
    author: str
    author_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reviewer found. Appended; the newest counts, earlier ones stay."""

    result: Result
    grade: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a handler is told of a review, and whether it was seen."""

    id: int
    incident_id: int
    reference: str
    item_id: int
    result: Result
    text: str
    author: str
    at: datetime
    seen_at: datetime | None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A supervisor's answer to a request, as the handler who asked is told it."""

    request_id: int
    incident_id: int
    verdict: Verdict
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """One bar or slice: its label, and a count for each part."""

    label: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Counts to be drawn: what the bars are, what their parts are, what was counted (`basis`), and over which span."""

    title: str
    basis: str
    span: str
    parts: tuple[str, ...]
    points: tuple[Point, ...] = field(default=())
