"""Policy entries of review: which decisions are looked at again, how soon, how many of the rest, and what is looked for."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from callhandler.policy.conditions import Condition
from callhandler.policy.entry import Entry

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]
Rate = Annotated[int, Field(ge=0, le=1000)]
Minutes = Annotated[int, Field(gt=0)]


class Enters(Entry):
    """One reason for which a decision enters the queue.

    `when` is the situation. `sampled` takes so many in a thousand of `of`, by the digest of seed and decision: nobody can
    choose which; `rates` gives a type its own number. Only what is sampled may be `blind`: its reviewer grades first.
    `holds`: while it is open, only its reviewer closes an incident in which something critical or serious was raised.
    `specialist`: a domestic abuse reviewer has it first. `least_likeness` belongs to `like_rationale`, in per cent.
    """

    id: Id
    when: Literal[
        "lowered", "first_below_floor", "closed_without_contact", "like_rationale", "domestic_low", "sampled"
    ]
    of: Literal["domestic", "raised", "other"] | None = None
    per_thousand: Rate = 0
    rates: dict[Id, Rate] = Field(default_factory=dict)
    bands: tuple[Literal["immediate", "priority", "scheduled", "resolve", "closed"], ...] = ()
    least_likeness: Annotated[int, Field(ge=50, le=100)] | None = None
    blind: bool = False
    specialist: bool = False
    holds: bool = False
    due_within_minutes: Minutes
    sentence: Sentence
    reference: Sentence

    @model_validator(mode="after")
    def _fits(self) -> "Enters":
        if (self.of is not None) != (self.when == "sampled"):
            raise ValueError("of belongs to sampled, and sampled needs it")
        if self.blind and self.when != "sampled":
            raise ValueError("only what is sampled may be blind: a rule says too much of the grade")
        if self.holds and self.when == "sampled":
            raise ValueError("a lot may hold nothing up; only a rule may")
        if (self.least_likeness is not None) != (self.when == "like_rationale"):
            raise ValueError("least_likeness belongs to like_rationale, which needs it")
        if bool(self.bands) != (self.when == "domestic_low"):
            raise ValueError("bands belong to domestic_low, which needs them")
        if (self.per_thousand or self.rates) and self.when != "sampled":
            raise ValueError("a rate belongs to sampled; a rule takes every one")
        return self


class Missing(Entry):
    """Something that a review looks for in a log: `when` says on which picture it was missed, `state` how that is put.

    Without `when`, that somebody was not told: one of `warnings` stands, or an escalation to one of `roles` was due, and
    neither was one of a warning's first `steps` steps taken nor such an escalation acknowledged.
    """

    id: Id
    name: Sentence
    state: Sentence
    when: Condition | None = None
    warnings: tuple[Id, ...] = ()
    roles: tuple[Id, ...] = ()
    steps: Annotated[int, Field(ge=1, le=6)] = 1
    reference: Sentence

    @model_validator(mode="after")
    def _one(self) -> "Missing":
        if (self.when is None) == (not self.warnings and not self.roles):
            raise ValueError("it is missed either by a condition (when) or by warnings and roles, not both")
        return self


class Reviews(Entry):
    """What is reviewed. `answer_within_minutes`: how soon a request for agreement must be answered.

    `followed_within_days`: how long after a decision what followed is counted. A pack that was kept before there were
    reviews has no entry here, and nothing of it enters.
    """

    seed: Annotated[str, Field(min_length=1, max_length=60)] = "none"
    answer_within_minutes: Minutes = 2
    followed_within_days: Annotated[int, Field(ge=1, le=365)] = 30
    contact_facts: tuple[Id, ...] = ()
    enters: tuple[Enters, ...] = ()
    missed: tuple[Missing, ...] = ()
    reference: Sentence = "no reviews"
