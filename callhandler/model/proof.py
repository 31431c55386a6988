"""How a decision came about, row by row, and each row's place in the journal: what its record on paper proves."""

from dataclasses import dataclass
from datetime import datetime

from callhandler.model.acts import Authority
from callhandler.model.assessment import Agreement, Decision, Request, StandingWarning


@dataclass(frozen=True, slots=True)
class RowProof:
    """One record's place in the journal: its own digest, the hash of the link before it, and its link's hash."""

    seq: int
    kind: str
    digest: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """One answer of a rationale as it was given, counted or not, and why not."""

    id: int
    warning: str
    what_changed: str
    said_by: str
    how_checked: str
    accepted: bool
    why_not: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """An attempt that was refused: what it lacked, as codes."""

    id: int
    needs: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Grounds:
    """A ground and reason as they were given."""

    id: int
    ground: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """The assessment that something rested on: its floor, its warnings, and the policy it was made by."""

    id: int
    upto: int
    floor_rank: int
    policy_digest: str
    at: datetime
    warnings: tuple[StandingWarning, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """One decision, one leave given for an act that is no grade, or one request that came to neither; with all of it.

    `before` is the decision that stood; `rows` is each record of it in the journal, `main` the one that ended it; `head` is
    the newest link then, as a checkpoint keeps it: its place and hash.
    """

    decision: Decision | None
    authority: Authority | None
    request: Request | None
    before: Decision | None
    asked_upon: Judged
    decided_upon: Judged
    grounds: tuple[Grounds, ...]
    answers: tuple[AnswerGiven, ...]
    refusals: tuple[Refused, ...]
    agreements: tuple[Agreement, ...]
    rows: tuple[RowProof, ...]
    main: int
    head: tuple[int, str]

    @property
    def ended(self) -> Decision | Authority | Request:
        """What ended it: the decision, the leave, or the request that came to neither."""
        found = self.decision or self.authority or self.request
        assert found is not None
        return found
