"""A situation: who rings, what is known, what is told, and which warnings must follow and which must not.

The written form is in `resources/help/situations.md`. Everything has a default, so that a case is a few lines.
"""

import re
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from callhandler.model.facts import Assessed, Reply
from callhandler.model.incident import CallOutcome, LogKind, ResponseState, Target
from callhandler.model.people import Relation, Role, Tie
from callhandler.model.when import Precision
from callhandler.policy.entries import Band, Id, Sentence
from callhandler.policy.entry import Entry

_AGO = re.compile(r"^(\d+) ?(min|h|d)?$")
_UNITS = {"min": "minutes", "h": "hours", "d": "days"}


def _ago(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    found = _AGO.match(str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else None
    if not found:
        raise ValueError("how long ago is written 40, 40 min, 3 h or 12 d")
    return timedelta(**{_UNITS[found[2] or "min"]: int(found[1])})


Ago = Annotated[timedelta, BeforeValidator(_ago)]
"""How long before now: a bare number is minutes."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
"""What a situation calls a person or a place."""


class Short(Entry):
    """Something that may be written as one word instead of a mapping; `_first` is the key that the word fills."""

    @classmethod
    def first(cls) -> str:
        """The key that a lone word fills: the first one."""
        return next(iter(cls.model_fields))

    @model_validator(mode="before")
    @classmethod
    def _lone_word(cls, value: Any) -> Any:
        return {cls.first(): value} if isinstance(value, str | int) else value


class Told(Short):
    """One thing told, in this call or in an earlier report."""

    tells: str
    words: str = ""
    about: Name | None = None
    harmed: Name | None = None
    by: Name | None = None
    source: Literal["call", "third_party", "officer", "other_agency"] = "call"
    denied: bool = False
    disputed: bool = False
    followed_up: bool = False
    ago: Ago | None = None
    precision: Precision = Precision.MINUTE

    @model_validator(mode="before")
    @classmethod
    def _words_beside_it(cls, value: Any) -> Any:
        if isinstance(value, dict) and len(value) == 1 and not set(value) & set(cls.model_fields):
            ((tells, words),) = value.items()
            return {"tells": tells, "words": words}
        if isinstance(value, dict) and "tells" not in value:
            others = [key for key in value if key not in cls.model_fields]
            if len(others) == 1:
                raise ValueError(
                    f"with a further key, {others[0]} is written {{tells: {others[0]}, words: ...}}, and the key beside it"
                )
        return value


class Somebody(Entry):
    """A person: the role here, the tie to somebody else, a home. What is left out is as the cast has it."""

    role: Role | Literal["none"] | None = None
    be: Annotated[Relation | None, Field(alias="is")] = None
    of: Name | None = None
    lives: Name | None = None
    named: bool = True


class AtPlace(Entry):
    """A further tie of a person to a place."""

    who: Name
    tie: Tie
    place: Name


class Past(Short):
    """An earlier incident. `people` gives each person's part in it."""

    ago: Ago
    type: str = ""
    place: Name | None = None
    people: dict[Name, Role] | None = None
    told: tuple[Told, ...] = ()
    precision: Precision = Precision.DAY
    summary: str = "an earlier report"
    target_met: Literal["yes", "no", "unknown"] = "unknown"
    assessed: Assessed | None = None
    level: Literal["", "standard", "medium", "high"] = ""
    level_before: Literal["", "standard", "medium", "high"] = ""
    enquiry: Literal["open", "done", "dropped"] | None = None
    call: CallOutcome | None = None


class Forbids(Entry):
    """A term of an order. With a place it goes with that place, else with her. `kind` is one of the policy's terms."""

    kind: str
    place: Name | None = None
    metres: Annotated[int | None, Field(gt=0)] = None
    exceptions: str = ""

    @model_validator(mode="before")
    @classmethod
    def _kind_alone(cls, value: Any) -> Any:
        return {"kind": value} if isinstance(value, str) else value


class Ordered(Short):
    """A civil order. Without more it is declared by her, against him."""

    type: str
    source: str = "the caller"
    protects: Name | None = None
    against: Name | None = "him"
    made: Ago | None = None
    expired: Ago | None = None
    served: bool = False
    ended: bool = False
    terms: tuple[Forbids, ...] = ()
    terms_read: bool = False


class Marking(Entry):
    """A marker on a person, a place or the number."""

    on: Name
    code: str = "threats"
    told: Literal["yes", "no", "unknown"] = "unknown"


class Warned(Entry):
    """A warning that police gave to somebody."""

    ago: Ago
    who: Name = "him"
    kind: str = "words-of-advice"


class OnRecord(Entry):
    """A conviction, caution or other agency's record about a person."""

    kind: str
    who: Name = "him"
    text: str = "on record"
    ago: Ago = timedelta(days=700)


class Counted(Entry):
    """History known only as a number."""

    number: Annotated[int, Field(gt=0)]
    at: Name = "home"


class Rang(Entry):
    """A further call: in from her, or out to her."""

    way: Annotated[Literal["in", "out"], Field(alias="call")]
    outcome: CallOutcome = CallOutcome.ANSWERED
    ago: Ago = timedelta(0)


class Responded(Short):
    """A change of the response state."""

    state: ResponseState
    target: Target = Target.AT_RISK
    ago: Ago = timedelta(0)


class Moved(Entry):
    """Where the incident moved to, or where she is going."""

    to: Name | None = None
    going: Name | None = None
    room: str = ""
    acknowledged: bool = False
    ago: Ago = timedelta(0)

    @model_validator(mode="after")
    def _one_of_them(self) -> "Moved":
        if (self.to is None) == (self.going is None):
            raise ValueError("a move says either to or going")
        return self


class Graded(Short):
    """A grade that was given."""

    band: Band | Literal["closed"]
    ago: Ago = timedelta(0)


class Other(Entry):
    """Another live incident of hers, in which nobody has come: how long ago she rang, and the grade that it then got."""

    ago: Ago
    band: Band


class Owned(Short):
    """Who has the incident: nobody, somebody, or somebody who has parked it."""

    state: Literal["none", "held", "parked"]
    ago: Ago = timedelta(0)


class Logged(Short):
    """A line of the log."""

    text: str
    kind: LogKind = LogKind.NOTE
    ago: Ago = timedelta(0)


class ToDo(Short):
    """An open task, due so long ago; not yet due when that is left out."""

    code: str
    overdue: Ago | None = None
    ago: Ago = timedelta(0)
    done: bool = False


class Confirmed(Entry):
    """A fact that somebody confirmed."""

    fact: str
    said_by: str
    checked: str
    about: Name | None = None


class Given(Entry):
    """Everything that is so before the rules look."""

    type: str = "general-enquiry"
    qualifiers: tuple[str, ...] = ()
    on: date = date(2024, 3, 6)
    at: time = time(20, 0)
    waited: Ago = timedelta(0)
    place: Name | Literal["none"] = "home"
    call: CallOutcome = CallOutcome.ANSWERED
    people: dict[Name, Somebody] = Field(default_factory=dict)
    places: tuple[AtPlace, ...] = ()
    history: tuple[Past, ...] = ()
    told: tuple[Told, ...] = ()
    answers: dict[str, Reply] = Field(default_factory=dict)
    calls: tuple[Rang, ...] = ()
    orders: tuple[Ordered, ...] = ()
    markers: tuple[Marking, ...] = ()
    warned: tuple[Warned, ...] = ()
    records: tuple[OnRecord, ...] = ()
    counts: tuple[Counted, ...] = ()
    response: tuple[Responded, ...] = ()
    moves: tuple[Moved, ...] = ()
    grades: tuple[Graded, ...] = ()
    beside: tuple[Other, ...] = ()
    owner: Owned | None = None
    log: tuple[Logged, ...] = ()
    tasks: tuple[ToDo, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()


class Expected(Entry):
    """What must follow. `critical` is the whole list of critical warnings; `serious` and `note` are among those.

    `asks` come up somewhere in the list of questions, `asks_first` among the five that are shown first.
    """

    critical: tuple[str, ...] | None = None
    serious: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    floor: Band | Literal["none"] | None = None
    allows: Band | None = None
    asks: tuple[str, ...] = ()
    asks_first: tuple[str, ...] = ()
    asks_not: tuple[str, ...] = ()


class Twin(Entry):
    """The situation that this one is like, and the one fact more."""

    of: Id
    adds: dict[str, Any]


class Situation(Entry):
    """One case: what is given and what is expected, and whether it is ordinary or nearly something."""

    id: Id
    say: Sentence
    reference: Sentence
    ordinary: bool = False
    near: tuple[str, ...] = ()
    twin: Twin | None = None
    given: Given = Field(default_factory=Given)
    expect: Expected = Field(default_factory=Expected)

    def line(self) -> str:
        """How it is named to people."""
        return f"{self.id} ({self.say})"


GIVEN_KEYS = frozenset(Given.model_fields)
