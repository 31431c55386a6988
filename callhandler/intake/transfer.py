"""A transfer between forces as a JSON message: the sender's grade, words and warnings travel whole.

The form is our own (`callhandler-transfer/1`); it claims conformance with no other standard. What a reader does not know is
ignored when read and kept with the message, so that nothing of the sender's is lost; what it needs and does not find is
said with its place.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.model.assessment import Tier
from callhandler.model.facts import Stance
from callhandler.model.incident import CallOutcome, Direction
from callhandler.model.people import Role

FORMAT: Literal["callhandler-transfer/1"] = "callhandler-transfer/1"
LARGEST = 5_000_000
"""Characters of a whole message."""

Line = Annotated[str, Field(max_length=400)]
Words = Annotated[str, Field(max_length=20_000)]


class Part(BaseModel):
    """Base of every part of a message."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Grading(Part):
    """The grade that stands at the sender, in the sender's own names; `band` is what it means to anybody."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    band: Literal["immediate", "priority", "scheduled", "resolve"] | None = None
    target_minutes: Annotated[int, Field(gt=0)] | None = None
    given_at: AwareDatetime | None = None


class Rang(Part):
    """One call, in or out, with its time: the clock of the person at risk runs from the first."""

    at: AwareDatetime
    direction: Direction = Direction.IN
    outcome: CallOutcome = CallOutcome.ANSWERED
    number: Line = ""


class Somebody(Part):
    """A person by name, with what he or she is in the incident."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: Role


class Said(Part):
    """One disclosure in the words in which it was told."""

    indicator: Line
    name: Line = ""
    words: Annotated[str, Field(min_length=1, max_length=20_000)]
    teller: Line = ""
    about: Line = ""
    harmed: Line = ""
    stance: Stance = Stance.TOLD
    at: AwareDatetime | None = None


class Warned(Part):
    """A warning that stood at the sender."""

    code: Line
    tier: Tier
    sentence: Words


class Logged(Part):
    """A line of the sender's log."""

    at: AwareDatetime
    author: Line
    text: Words


class Order(Part):
    """A civil order as the sender knows it."""

    name: Line
    against: Line = ""
    protects: Line = ""
    state: Line = ""


class Message(Part):
    """A whole transfer."""

    format: Literal["callhandler-transfer/1"]
    uuid: Annotated[str, Field(min_length=8, max_length=64)]
    sent_at: AwareDatetime
    sender: Annotated[str, Field(min_length=1, max_length=200)]
    receiver: Line = ""
    reference: Annotated[str, Field(min_length=1, max_length=100)]
    type: Line = ""
    why: Words = ""
    grade: Grading | None = None
    floor: Line = ""
    response: Line = ""
    place: Line = ""
    going_to: Line = ""
    safe_contact: Words = ""
    plan: Words = ""
    calls: tuple[Rang, ...] = ()
    people: tuple[Somebody, ...] = ()
    disclosures: tuple[Said, ...] = ()
    warnings: tuple[Warned, ...] = ()
    orders: tuple[Order, ...] = ()
    promises: tuple[Words, ...] = ()
    log: tuple[Logged, ...] = ()

    @property
    def first_call(self) -> datetime | None:
        """When the first call came in, there."""
        return min((c.at for c in self.calls if c.direction is Direction.IN), default=None)


def written(message: Message) -> str:
    """The message as it is sent."""
    return message.model_dump_json(indent=2) + "\n"


def read(text: str) -> Message:
    """The message that a text holds. Raises BadInputs, each with its place in the message, when it is none."""
    if len(text) > LARGEST:
        raise BadInput(f"This message is too long: the most is {LARGEST:,} characters.", "transfer")
    try:
        return Message.model_validate_json(text)
    except ValidationError as error:
        faults = [
            BadInput(f"{fault['msg']}.", ".".join(str(part) for part in fault["loc"]) or "transfer")
            for fault in error.errors()[:20]
        ]
        raise BadInputs(faults) from error
