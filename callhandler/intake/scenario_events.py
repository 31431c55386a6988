"""What happens in a scenario: one class per kind of event. `resources/help/scenarios.md` explains them."""

from typing import Annotated, Literal

from pydantic import Field

from callhandler.intake.scenario_records import Record, Ref, Text
from callhandler.intake.scenario_times import Time
from callhandler.model.assessment import Verdict
from callhandler.model.facts import Reply, Stance
from callhandler.model.incident import CallOutcome, LogKind, ResponseState, Target
from callhandler.model.order import Learned
from callhandler.model.people import Role


class Event(Record):
    """Base of every event. Without `at` it happens right after the one before it (clock time unknown).

    `incident` is the scenario's own name for an incident; without it the event belongs to the last one named.
    `by` is who does it at the desk: `handler` unless told.
    """

    id: Ref
    at: Time | None = None
    incident: Ref | None = None
    by: str = "handler"
    reference: str = ""


class CallEvent(Event):
    """Somebody rings. `name`, `place` and `description` are what is said; linking is the tool's own.

    `join`: `own` leaves it to the tool, `yes` and `no` are a handler's key. `role` is what the one who rings is in it.
    """

    do: Literal["call"]
    number: str = ""
    outcome: CallOutcome = CallOutcome.ANSWERED
    speaker: str = ""
    name: str = ""
    role: Role = Role.CALLER
    place: str = ""
    type: Ref | None = None
    heard: tuple[Ref, ...] = ()
    words: Text = ""
    join: Literal["own", "yes", "no"] = "own"


class CallBackEvent(Event):
    """The desk rings somebody."""

    do: Literal["call_back"]
    number: str = ""
    outcome: CallOutcome
    words: Text = ""


class TellEvent(Event):
    """A disclosure. `teller`, `about` and `harmed` are names of people, known or new."""

    do: Literal["tell"]
    indicator: Ref
    teller: str = ""
    about: str = ""
    harmed: str = ""
    words: Text
    stance: Stance = Stance.TOLD
    source: Literal["call", "officer", "third_party", "other_agency"] = "call"


class ReplyEvent(Event):
    """A reply to a guided question."""

    do: Literal["reply"]
    question: Ref
    reply: Reply
    words: Text = ""


class LogEvent(Event):
    """A log line, a message from an officer or agency, a notification to somebody, or a check made."""

    do: Literal["log"]
    text: Text
    kind: LogKind = LogKind.NOTE
    source: str = ""


class PartyEvent(Event):
    """Somebody is named and given a role."""

    do: Literal["party"]
    person: str
    role: Role


class MoveEvent(Event):
    """The person at risk is somewhere else, or is going there."""

    do: Literal["move"]
    to: str = ""
    going_to: str = ""
    room: str = ""


class AcknowledgeEvent(Event):
    """The receiving room takes the incident over."""

    do: Literal["acknowledge"]
    room: str


class OrderEvent(Event):
    """The caller, or somebody else, tells of an order."""

    do: Literal["order"]
    type: Ref
    protected: str
    respondent: str
    teller: str = ""
    words: Text = ""
    terms: tuple[Ref, ...] = ()
    knows: Literal["", "served", "aware", "present", "own_words", "not_served"] = ""


class OrderFactEvent(Event):
    """Something is learned about an order: served, aware, discharged, copy."""

    do: Literal["order_fact"]
    type: Ref
    fact: Learned
    verified: bool = False
    said_by: str
    words: Text = ""


class ResponseEvent(Event):
    """The response state of one of the two targets changes."""

    do: Literal["response"]
    target: Target = Target.AT_RISK
    state: ResponseState
    note: Text = ""


class ConfirmEvent(Event):
    """A fact that may settle a warning: who says so and how it was confirmed."""

    do: Literal["confirm"]
    fact: Ref
    about: str = ""
    said_by: Ref
    confirmed_by: Ref
    words: Text = ""


class FollowUpEvent(Event):
    """An open disclosure is followed up; every open one of this indicator."""

    do: Literal["follow_up"]
    indicator: Ref
    text: Text


class CheckEvent(Event):
    """A check of another system that gave only a number."""

    do: Literal["check"]
    on: Literal["person", "place", "number"]
    subject: str
    number: Annotated[int, Field(gt=0)]
    counted: Text
    span: Text
    source: Text


class TransferEvent(Event):
    """Another force or room sends an incident with its own grade and words."""

    do: Literal["transfer"]
    sender: str
    grade: str
    words: Text


class CancelEvent(Event):
    """Somebody asks to cancel. It lowers nothing."""

    do: Literal["cancel"]
    teller: str = ""
    words: Text


class RetypeEvent(Event):
    """The incident's type is changed."""

    do: Literal["retype"]
    type: Ref
    qualifiers: tuple[Text, ...] = ()
    reason: Text = ""


class GradeEvent(Event):
    """A grade is chosen. A refused attempt is recorded and the run goes on."""

    do: Literal["grade"]
    grade: str
    reason: Text = ""


class CloseEvent(Event):
    """Closing is asked for."""

    do: Literal["close"]
    reason: Text = ""


class AnswerGiven(Record):
    """One line of a rationale."""

    warning: Ref
    what_changed: Text = ""
    said_by: str = ""
    how_checked: str = ""


class RationaleEvent(Event):
    """A rationale for the lowering last asked for."""

    do: Literal["rationale"]
    ground: str = ""
    reason: Text = ""
    answers: tuple[AnswerGiven, ...] = ()


class AgreeEvent(Event):
    """A supervisor answers the request that waits."""

    do: Literal["agree"]
    by: str = "supervisor"
    verdict: Verdict
    reason: Text = ""


class SignInEvent(Event):
    """A person with this role signs in at another desk, or signs out."""

    do: Literal["sign_in", "sign_out"]
    role: str


class TickEvent(Event):
    """Only time passes."""

    do: Literal["tick"]


AnyEvent = Annotated[
    CallEvent
    | CallBackEvent
    | TellEvent
    | ReplyEvent
    | LogEvent
    | PartyEvent
    | MoveEvent
    | AcknowledgeEvent
    | OrderEvent
    | OrderFactEvent
    | ResponseEvent
    | ConfirmEvent
    | FollowUpEvent
    | CheckEvent
    | TransferEvent
    | CancelEvent
    | RetypeEvent
    | GradeEvent
    | CloseEvent
    | RationaleEvent
    | AgreeEvent
    | SignInEvent
    | TickEvent,
    Field(discriminator="do"),
]
