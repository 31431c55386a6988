"""Warnings, assessments, grades, and what may stand between a handler and a lower grade."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CLOSED_RANK = 99
"""Closing ranks below every grade: nobody goes."""


class Tier(StrEnum):
    """Only critical interrupts."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    NOTE = "note"


class Act(StrEnum):
    """What may be done to an incident's urgency: every route by which it could fall."""

    GRADE = "grade"
    CLOSE = "close"
    RECEIVE = "receive"
    APPOINT = "appoint"
    CANCEL = "cancel"
    TRANSFER = "transfer"
    MERGE = "merge"
    RESULT = "result"
    RETYPE = "retype"
    RETRACT = "retract"
    REJECT_LINK = "reject_link"
    LOWER_RISK = "lower_risk"
    PART_RECORDS = "part_records"


DECIDING = (Act.GRADE, Act.CLOSE, Act.RECEIVE, Act.APPOINT, Act.CANCEL, Act.TRANSFER)
"""Acts that leave a decision: a grade that stands from then on, or a closing."""

CLOSING = (Act.CLOSE, Act.CANCEL)
"""Decisions after which the incident is closed."""

CHANGING = (Act.RETYPE, Act.RETRACT, Act.REJECT_LINK, Act.LOWER_RISK, Act.PART_RECORDS)
"""Acts that change what is known, and are judged by the picture with and without them. They leave an authority."""

AUTHORISED = (*CHANGING, Act.MERGE, Act.RESULT)
"""Acts that leave an authority and an effect of their own; the grade that stands is not theirs to change."""


class Gate(StrEnum):
    """What stands between, from nothing to two people."""

    NONE = "none"
    REASON = "reason"
    RATIONALE = "rationale"
    AGREEMENT = "rationale_and_agreement"


class Verdict(StrEnum):
    """A supervisor's answer to a request to lower."""

    AGREE = "agree"
    KEEP = "keep"
    TAKE_OVER = "take_over"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a warning rests on: the table and id of a record, or a clock, and one line that says it."""

    kind: str
    id: int
    line: str


@dataclass(frozen=True, slots=True)
class Warning:
    """What a rule raised. `floor_rank` is None when the warning sets no floor; `settled_by` is None while it stands."""

    code: str
    tier: Tier
    sentence: str
    evidence: tuple[Evidence, ...]
    do: tuple[str, ...]
    settles: tuple[str, ...]
    not_settled_by: tuple[str, ...]
    floor_rank: int | None
    since: datetime
    reference: str
    settled_by: int | None = None
    latched: bool = False

    @property
    def standing(self) -> bool:
        """True until a recorded fact settles it."""
        return self.settled_by is None

    @property
    def interrupts(self) -> bool:
        """Only a standing critical warning may interrupt."""
        return self.standing and self.tier is Tier.CRITICAL


@dataclass(frozen=True, slots=True)
class StandingWarning:
    """A warning as an earlier assessment recorded it: what latching starts from."""

    id: int
    assessment_id: int
    code: str
    tier: Tier
    sentence: str
    evidence: tuple[Evidence, ...]
    floor_rank: int | None
    since: datetime
    settled_by: int | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """An immutable judgement of one picture by one policy. `floor_rank` is CLOSED_RANK when nothing sets a floor."""

    id: int
    incident_id: int
    as_of: datetime
    upto: int
    floor_rank: int
    warnings: tuple[Warning, ...]
    policy_digest: str

    @property
    def standing(self) -> tuple[Warning, ...]:
        """The warnings not settled, critical first."""
        return tuple(w for w in self.warnings if w.standing)

    @property
    def critical_below(self) -> tuple[Warning, ...]:
        """The standing critical warnings that set a floor."""
        return tuple(w for w in self.standing if w.tier is Tier.CRITICAL and w.floor_rank is not None)


@dataclass(frozen=True, slots=True)
class Decision:
    """A recorded grade or closing. The newest one of an incident stands."""

    id: int
    incident_id: int
    act: Act
    grade: str
    rank: int
    target_minutes: int | None
    gate: Gate
    assessment_id: int
    request_id: int | None
    call_id: int | None
    author_id: int
    author: str
    at: datetime
    text: str

    @property
    def closes(self) -> bool:
        """True when nobody goes any more: closed, or cancelled on request."""
        return self.act in CLOSING


@dataclass(frozen=True, slots=True)
class RationaleAnswer:
    """One answer within a rationale: what changed, who says so, how it was checked. `id` is 0 until it is kept."""

    warning: str
    what_changed: str
    said_by: str
    how_checked: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class RefusedAnswer:
    """An answer that did not count, and why not."""

    warning: str
    what_changed: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """A supervisor's answer to a request, upon one assessment."""

    id: int
    request_id: int
    assessment_id: int
    verdict: Verdict
    reason: str
    author_id: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """A lowering asked for and not yet decided, with what has been given for it so far.

    `answers` are the newest that count; `refused` those tried that did not, in order.
    `subject` and `subject_id` name the record it is about, where it is about one; `to` is what that would become, as the
    act writes it, and `shown` the same in words.
    """

    id: int
    incident_id: int
    act: Act
    grade: str
    rank: int
    assessment_id: int
    author_id: int
    author: str
    at: datetime
    ground: str = ""
    reason: str = ""
    answers: tuple[RationaleAnswer, ...] = ()
    refused: tuple[RefusedAnswer, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    decided: bool = False
    withdrawn: bool = False
    subject: str = ""
    subject_id: int | None = None
    to: str = ""
    shown: str = ""

    @property
    def refused_by_supervisor(self) -> Agreement | None:
        """The answer that kept the standing grade, if one was given."""
        return next((a for a in self.agreements if a.verdict is not Verdict.AGREE), None)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is missing: a code for programs, a warning's code where it answers one, a sentence for people."""

    code: str
    sentence: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the guard says of an act, before it is tried: whether it lowers, the gate, and what is missing now.

    `lost` are the warnings that a change of what is known would take away. `unseen` names whoever is at risk and was not
    seen or spoken to since the last disclosure, where that is why there is a gate: a contact recorded does instead of it.
    """

    act: Act
    grade: str
    rank: int
    lowers: bool
    gate: Gate
    needs: tuple[Need, ...]
    lost: tuple[Warning, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def allowed_now(self) -> bool:
        """True when the act may be recorded as things stand."""
        return not self.needs
