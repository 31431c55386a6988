"""What police had recorded before the events start: the history part of a scenario."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from callhandler.intake.scenario_times import Time
from callhandler.model.facts import Assessed, Stance
from callhandler.model.incident import CallOutcome, Direction, LogKind
from callhandler.model.people import Relation, Role, Tie

Ref = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Text = Annotated[str, Field(max_length=4000)]


class Record(BaseModel):
    """Base of every record: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonRecorded(Record):
    """A person; `aliases` are further names under which he or she is known."""

    id: Ref
    name: Text
    aliases: tuple[str, ...] = ()
    named: bool = True
    born: str = ""
    known_at: Time


class PlaceRecorded(Record):
    """A place; `aliases` are other words for it."""

    id: Ref
    label: Text
    address: Text
    postcode: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    known_at: Time


class NumberRecorded(Record):
    """A number and the people who have used it."""

    number: str
    people: tuple[Ref, ...] = ()
    known_at: Time


class VehicleRecorded(Record):
    """A vehicle and whose it is."""

    registration: str = ""
    description: Text
    person: Ref
    known_at: Time


class TieRecorded(Record):
    """A person's tie to a place."""

    person: Ref
    place: Ref
    tie: Tie
    since: Time
    known_at: Time


class RelationRecorded(Record):
    """`a` is the `relation` of `b`."""

    a: Ref
    is_: Annotated[Relation, Field(alias="is")]
    of: Ref
    known_at: Time


class PartyRecorded(Record):
    """A person's role; `known_at` later than the incident's when he was named only afterwards."""

    person: Ref
    role: Role
    known_at: Time | None = None


class CallRecorded(Record):
    """A call of a past incident."""

    at: Time
    number: str = ""
    direction: Direction = Direction.IN
    outcome: CallOutcome = CallOutcome.ANSWERED
    speaker: str = ""


class LogRecorded(Record):
    """A log line of a past incident."""

    at: Time
    text: Text
    kind: LogKind = LogKind.NOTE
    author: str = "police"


class DisclosureRecorded(Record):
    """One fact told in a past incident. `followed_up` is empty while it was never looked into."""

    indicator: Ref
    by: str
    about: Ref | None = None
    harmed: Ref | None = None
    words: Text = ""
    stance: Stance = Stance.TOLD
    source: Literal["call", "risk_assessment", "officer", "third_party", "other_agency"] = "call"
    disputed: bool = False
    happened: Time | None = None
    known_at: Time | None = None
    followed_up: Text = ""


class AssessmentRecorded(Record):
    """A risk assessment of a past incident: with her, without her, or not done."""

    person: Ref
    done: Assessed
    level: Literal["", "standard", "medium", "high"] = ""
    level_before: Literal["", "standard", "medium", "high"] = ""
    note: Text = ""
    known_at: Time | None = None


class EnquiryRecorded(Record):
    """A line of enquiry left open, done or dropped."""

    what: Text
    state: Literal["open", "done", "dropped"]
    reason: Text = ""
    known_at: Time | None = None


class PoliceWarningRecorded(Record):
    """A warning that police gave to a person, with its terms."""

    person: Ref
    kind: str
    terms: Text
    known_at: Time | None = None


class IncidentRecorded(Record):
    """A past incident. `known_at` defaults to the time by which `opened` had surely passed."""

    id: Ref
    reference: str = ""
    type: Ref
    opened: Time
    known_at: Time | None = None
    place: Ref | None = None
    number: str = ""
    summary: Text
    outcome: Text = ""
    undone: Text = ""
    target_met: Literal["yes", "no", "unknown"] = "unknown"
    parties: tuple[PartyRecorded, ...] = ()
    calls: tuple[CallRecorded, ...] = ()
    log: tuple[LogRecorded, ...] = ()
    disclosures: tuple[DisclosureRecorded, ...] = ()
    risk_assessments: tuple[AssessmentRecorded, ...] = ()
    enquiries: tuple[EnquiryRecorded, ...] = ()
    police_warnings: tuple[PoliceWarningRecorded, ...] = ()
    source: Text = ""


class MarkerRecorded(Record):
    """A marker on exactly one person, place, number or vehicle registration."""

    on: Literal["person", "place", "number", "vehicle"]
    subject: str
    code: Ref
    text: Text
    set_by: str = ""
    told: Literal["yes", "no", "unknown"] = "unknown"
    since: Time
    known_at: Time | None = None


class PersonRecordRecorded(Record):
    """A conviction, caution, or another agency's contact."""

    person: Ref
    kind: Literal["conviction", "caution", "other_agency", "court"]
    text: Text
    happened: Time
    known_at: Time | None = None


class CountRecorded(Record):
    """History known only as a number."""

    on: Literal["person", "place", "number"]
    subject: str
    number: Annotated[int, Field(gt=0)]
    counted: Text
    span: Text
    source: Text
    known_at: Time


class Records(Record):
    """Everything that was recorded before the first event, each with when it was recorded."""

    people: tuple[PersonRecorded, ...] = ()
    places: tuple[PlaceRecorded, ...] = ()
    numbers: tuple[NumberRecorded, ...] = ()
    vehicles: tuple[VehicleRecorded, ...] = ()
    ties: tuple[TieRecorded, ...] = ()
    relations: tuple[RelationRecorded, ...] = ()
    incidents: tuple[IncidentRecorded, ...] = ()
    markers: tuple[MarkerRecorded, ...] = ()
    person_records: tuple[PersonRecordRecorded, ...] = ()
    counts: tuple[CountRecorded, ...] = ()
