"""An incident, its calls and its append-only log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callhandler.model.people import Role
from callhandler.model.when import When


class CallOutcome(StrEnum):
    """What became of a call, in or out."""

    ANSWERED = "answered"
    SILENT = "silent"
    ABANDONED = "abandoned"
    LINE_CUT = "line_cut"
    NO_ANSWER = "no_answer"
    OTHER_SPEAKER = "other_speaker"


class Direction(StrEnum):
    """Who rang whom."""

    IN = "in"
    OUT = "out"


class ResponseState(StrEnum):
    """Who can go, and how far they have got. Never a grade."""

    AWAITING = "awaiting"
    UNRESOURCED = "unresourced"
    ASSIGNED = "assigned"
    DIVERTED = "diverted"
    STOOD_DOWN = "stood_down"
    AT_SCENE = "at_scene"
    NO_REPLY = "no_reply"
    HANDED_BACK = "handed_back"
    RESULTED = "resulted"


ARRIVED = (ResponseState.AT_SCENE, ResponseState.RESULTED)
"""Somebody has come, or it is done with."""
HAS_IT = (ResponseState.ASSIGNED, *ARRIVED)
"""Somebody has it: on the way, there, or done with it."""


class OwnerAct(StrEnum):
    """How an incident came to its owner, or was set aside by him."""

    CLAIM = "claim"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    PARK = "park"
    RESUME = "resume"


class Target(StrEnum):
    """A response has two: the person at risk, and the suspect."""

    AT_RISK = "at_risk"
    SUSPECT = "suspect"


class LogKind(StrEnum):
    """Whose words a log line holds."""

    NOTE = "note"
    SYSTEM = "system"
    MESSAGE = "message"
    NOTIFICATION = "notification"
    CHECK = "check"


TYPE_NOT_KNOWN = "not-known-yet"
"""The type of an incident to which nobody has given one: nothing is known of it, least of all that it is ordinary."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, live or past. `summary`, `outcome` and `undone` are the one readable line of A1.

    `qualifiers` belong to the present type; `typed_by` is the record that gave both, 0 while it was never changed.
    """

    id: int
    uuid: str
    reference: str
    type: str
    opened: When
    known_at: datetime
    place_id: int | None
    summary: str = ""
    outcome: str = ""
    undone: str = ""
    target_met: str = "unknown"
    live: bool = False
    qualifiers: tuple[str, ...] = ()
    typed_by: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One call within an incident, in or out."""

    id: int
    incident_id: int
    direction: Direction
    outcome: CallOutcome
    at: datetime
    number_id: int | None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log, never changed."""

    id: int
    incident_id: int
    at: datetime
    kind: LogKind
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """A person's role in an incident."""

    id: int
    incident_id: int
    person_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Response:
    """A change of response state for one of the two targets."""

    id: int
    incident_id: int
    target: Target
    state: ResponseState
    at: datetime
    note: str
    author: str


@dataclass(frozen=True, slots=True)
class Move:
    """Where the incident now is (`at`) or where the person at risk is going (`going_to`), and whose room it is."""

    id: int
    incident_id: int
    place_id: int
    kind: str
    room: str
    at: datetime
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose the incident is from then on; a parked one is still its owner's and still on the board."""

    id: int
    incident_id: int
    act: OwnerAct
    user_id: int
    owner: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """Something open that somebody must do; `due` is None when no clock runs on it. Who did it, and when, once `done`."""

    id: int
    incident_id: int
    code: str
    text: str
    owner: str
    due: datetime | None
    done: str
    at: datetime
    done_by: str = ""
    done_at: datetime | None = None
