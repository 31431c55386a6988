"""What happens in an exercise without the trainee: calls, sounds, silences, others' acts. One class per kind.

When: `at`, a local time; or `after` a mark, so many `seconds`. A mark is the id of a happening, or one of a call:
`call-1:rang`, `call-1:answered`, `call-1:ended`, `call-1:graded`, `call-1:graded-GRADE`, `call-1:requested` (a lowering
waits for agreement), `call-1:asked-KNOWN` (what somebody knows was asked for). What waits for a mark that never comes never
happens.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from callhandler.intake.exercise.speakers import Said, Seconds
from callhandler.intake.scenario_events import (
    AcknowledgeEvent,
    AgreeEvent,
    CallBackEvent,
    CheckEvent,
    ConfirmEvent,
    LogEvent,
    OrderFactEvent,
    ResponseEvent,
    SignInEvent,
    TransferEvent,
)
from callhandler.intake.scenario_records import Record, Ref, Text
from callhandler.intake.scenario_times import Time
from callhandler.model.incident import CallOutcome

Mark = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*(:[a-zA-Z0-9][a-zA-Z0-9-]*)?$", max_length=130)]


Recording = Annotated[
    str,
    Field(
        pattern=r"^(\w[\w .-]*\.(wav|mp3|ogg|flac))?$", max_length=100, description="a file beside this one"
    ),
]


class Happening(Record):
    """Base of every happening: its id, and when."""

    id: Ref
    at: Time | None = None
    after: Mark | None = None
    seconds: Seconds = 0
    reference: str = ""

    @model_validator(mode="after")
    def _one_time(self) -> "Happening":
        if (self.at is None) == (self.after is None):
            raise ValueError("say when it happens: either at, or after (with seconds)")
        return self


class Rings(Happening):
    """A call. `opens` is heard as soon as it is answered; `number` empty is a withheld one; `place` what the network gives.

    `heard` are indicators of what is heard on the line from the start. It rings `rings_for` seconds, then it is abandoned.
    """

    do: Literal["rings"]
    speaker: Ref
    number: str = ""
    outcome: CallOutcome = CallOutcome.ANSWERED
    name: str = ""
    place: str = ""
    opens: Text = ""
    safe: bool = True
    demeanour: Text = ""
    background: Text = ""
    heard: tuple[Ref, ...] = ()
    rings_for: Seconds = 120


class Says(Happening):
    """Something is said unasked, by whoever has the telephone or by somebody else who is heard."""

    do: Literal["says"]
    line: Ref
    text: Said
    file: Recording = ""
    speaker: Ref | None = None
    known: Ref | None = None


class Sound(Happening):
    """Something is heard on the line, as text: a door, a child, silence. `demeanour`: how the speaker seems from now on."""

    do: Literal["sound"]
    line: Ref
    text: Said
    demeanour: Text = ""
    file: Recording = ""


class Safe(Happening):
    """From now on the speaker can, or cannot, speak freely."""

    do: Literal["safe"]
    line: Ref
    safe: bool
    text: Text = ""


class TakesPhone(Happening):
    """Somebody else has the telephone from now on: the suspect, a child, a neighbour."""

    do: Literal["takes_phone"]
    line: Ref
    speaker: Ref
    text: Text = ""
    safe: bool = True


class Ends(Happening):
    """The call ends from the other side."""

    do: Literal["ends"]
    line: Ref
    how: Literal["hangs_up", "line_cut"] = "hangs_up"
    text: Text = ""


OthersAct = Annotated[
    CallBackEvent
    | LogEvent
    | ResponseEvent
    | AgreeEvent
    | SignInEvent
    | AcknowledgeEvent
    | CheckEvent
    | ConfirmEvent
    | OrderFactEvent
    | TransferEvent,
    Field(discriminator="do"),
]


class Others(Happening):
    """Somebody else acts on the incident of a call: a dispatcher, officers, another force that passes it on.

    `event` is written as in a scenario.
    """

    do: Literal["others"]
    line: Ref | None = None
    event: OthersAct


class Stops(Happening):
    """The exercise is over."""

    do: Literal["stops"]
    text: Text = ""


AnyHappening = Annotated[
    Rings | Says | Sound | Safe | TakesPhone | Ends | Others | Stops, Field(discriminator="do")
]
