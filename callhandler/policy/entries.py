"""The kinds of policy entry, one class each. Every entry has an id, the sentence shown, and its reference."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from callhandler.model.assessment import Tier
from callhandler.model.facts import Reply
from callhandler.model.incident import ARRIVED, ResponseState, Target
from callhandler.policy.conditions import Condition
from callhandler.policy.entry import Entry
from callhandler.policy.proposals import Area
from callhandler.policy.responding import Allocation, Shifts

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]
Band = Literal["immediate", "priority", "scheduled", "resolve"]
Part = Literal[
    "threat",
    "harm",
    "risk",
    "investigation",
    "vulnerability",
    "engagement",
    "prevention",
    "intervention",
]
"""THRIVE, with prevention (that it does not happen again) and intervention (what is done in this minute)."""


class Indicator(Entry):
    """A word of the controlled vocabulary of disclosures. `words` are what a caller may say that suggests it.

    `types` are the incident types it is natural to; empty means that it may be told in any.
    `past` and `feared` name the indicator that the same words suggest when they are about the past, or about what may be.
    """

    id: Id
    name: Sentence
    definition: Sentence
    weight: Literal["grave", "serious", "context"]
    words: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    past: Id | None = None
    feared: Id | None = None
    reference: Sentence


class Manner(Entry):
    """A way in which a caller can speak: how to speak then, the key that chooses it, and which wording is fit for it.

    `wording` names the entry of a question's `asks` that is used; empty, the usual wording does. `code` says what stands
    for yes, no and help while words cannot be said.
    """

    id: Id
    name: Sentence
    speak: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    wording: str = ""
    code: tuple[Sentence, ...] = ()
    key: Annotated[str, Field(min_length=1, max_length=20)]
    reference: Sentence


class Question(Entry):
    """A guided question. `when` says for which picture it is relevant; `tells` what a reply discloses.

    `moot` says what makes it needless while it has no answer; `serves` names warnings that its answer bears on beyond
    those it tells or settles; `each_call` asks it anew in each call; `words` asks for words after a reply that tells
    something; `asks` words it for callers who cannot speak as usual.
    """

    id: Id
    ask: Sentence
    why: Sentence
    part: Part
    order: Annotated[int, Field(ge=0, le=999)]
    when: Condition | None = None
    moot: Condition | None = None
    tells: dict[Reply, str] = Field(default_factory=dict)
    serves: tuple[str, ...] = ()
    each_call: bool = False
    words: Sentence | None = None
    asks: dict[str, Sentence] = Field(default_factory=dict)
    reference: Sentence

    @field_validator("when", "moot", mode="before")
    @classmethod
    def _not_empty(cls, value: Any) -> Any:
        """An empty `when:` would ask the question in every call; whoever means that leaves the line out."""
        if value is None:
            raise ValueError("when is empty; leave the line out to ask always")
        return value

    def wants_words(self, reply: Reply) -> bool:
        """True when what was said belongs with this reply: one that tells something, or a yes where none does."""
        return self.words is not None and reply in (self.tells or {Reply.YES: ""})

    def in_manner(self, manner: "Manner | None") -> str:
        """The wording for a manner of speaking; empty when there is none that is fit for it."""
        return self.asks.get(manner.wording, "") if manner is not None and manner.wording else self.ask


class Settles(Entry):
    """A recorded fact that settles a warning: who must say it, and how it must have been confirmed."""

    fact: Id
    said_by: Annotated[tuple[str, ...], Field(min_length=1)]
    confirmed_by: Annotated[tuple[str, ...], Field(min_length=1)]


class WarningRule(Entry):
    """When to warn, in which tier, why in one sentence, what to do, what settles it and what does not.

    The first step of a warning that `leads` is told before those of every other.
    """

    id: Id
    tier: Tier
    sentence: Sentence
    when: Condition
    do: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    settles: tuple[Settles, ...] = ()
    settled_by_follow_up: bool = False
    settled_by_response: tuple[ResponseState, ...] = ()
    settled_by_response_of: Target = Target.AT_RISK
    settled_by_reply: tuple[str, ...] = ()
    settled_by_change: bool = False
    not_settled_by: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    floor: Band | None = None
    leads: bool = False
    reference: Sentence

    @field_validator("settled_by_response", mode="before")
    @classmethod
    def _arrival(cls, value: Any) -> Any:
        """`true` means what it means to most: somebody is with her, or it is resulted."""
        return ARRIVED if value is True else value or ()


class ConfirmationKind(Entry):
    """A fact that can be confirmed, such as the suspect being in custody.

    `covers` says of whom it must have been confirmed before a warning is settled by it: of each suspect, each person
    at risk, each child, or once for the incident. With `named` it settles only where it is about somebody who is named.
    """

    id: Id
    name: Sentence
    covers: Literal["each_suspect", "each_at_risk", "each_child", "incident"] = "incident"
    named: bool = False
    reference: Sentence


class IncidentType(Entry):
    """A type that a handler may give to an incident."""

    id: Id
    name: Sentence
    qualifiers: tuple[str, ...] = ()
    domestic: bool = False
    reference: Sentence


class Grade(Entry):
    """One grade of a force's scheme. `target_minutes` is None where nobody is sent."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$", max_length=30)]
    name: Sentence
    rank: Annotated[int, Field(ge=1, le=98)]
    band: Band
    target_minutes: Annotated[int, Field(gt=0)] | None
    clock_from: Literal["receipt", "dispatch"] = "receipt"
    key: Annotated[str, Field(min_length=1, max_length=3)]
    verified: bool = True
    reference: Sentence


class Locating(Entry):
    """When a network location is far from a place (metres beyond both radii), old (minutes) or wide (metres)."""

    slack_m: Annotated[int, Field(ge=0)] = 150
    old_minutes: Annotated[int, Field(gt=0)] = 5
    wide_m: Annotated[int, Field(gt=0)] = 1000


class Scheme(Entry):
    """A force's grades and settings, with the dates they were in force."""

    id: Id
    name: Sentence
    force: Sentence
    valid_from: date
    valid_to: date | None = None
    time_zone: str = "Europe/London"
    rooms: tuple[str, ...] = ()
    grades: Annotated[tuple[Grade, ...], Field(min_length=2)]
    allocations: tuple[Allocation, ...] = ()
    shifts: Shifts = Shifts()
    areas: tuple[Area, ...] = ()
    call_joins_within_hours: Annotated[int, Field(gt=0)] = 24
    locating: Locating = Locating()
    reference: Sentence
