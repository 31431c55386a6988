"""The closed vocabulary of conditions. No expressions, no code: what is not written here cannot be asked.

Every word has a page in `resources/help/policy.md`. `not_` (written `not`) matches only an explicit no or an order's
verified end, never an absence; a condition that holds one may not set a floor, so that adding a concern can never
lower a floor.
"""

import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from callhandler.model.facts import Assessed, Reply
from callhandler.model.incident import CallOutcome, ResponseState, Target
from callhandler.model.order import OrderState


class Entry(BaseModel):
    """Base of every policy entry: unknown keys are errors, values are not bent to fit."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Scope = Literal["here", "history", "any"]


class Present(Entry):
    """One of these indicators was told: in the live incident, in its linked history, or in either.

    `open` asks for disclosures whose follow-up was never recorded; `by_suspect_here` for those about somebody who is a
    suspect in the live incident; `disclosed` for a denial too when set to `denied`.
    """

    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    scope: Scope = "here"
    open: bool | None = None
    by_suspect_here: bool = False
    stance: Literal["told", "denied"] = "told"
    told_by_third_party: bool = False
    within_days: Annotated[int, Field(gt=0)] | None = None


class CountWithin(Entry):
    """At least so many of something within a span of days before now."""

    of: Literal["incidents", "calls", "unanswered_calls", "targets_missed"]
    at_least: Annotated[int, Field(gt=0)]
    within_days: Annotated[int, Field(gt=0)]
    about: Literal["caller_or_at_risk", "suspect_others", "place"] = "caller_or_at_risk"


class Gaps(Entry):
    """So many linked incidents about her and him within so few days of each other, at any time in the span."""

    incidents: Annotated[int, Field(gt=1)]
    within_days: Annotated[int, Field(gt=0)]
    span_days: Annotated[int, Field(gt=0)] = 365


class OrderIs(Entry):
    """An order that protects or binds somebody here is in one of these states; empty means any live for risk."""

    states: tuple[OrderState, ...] = ()
    types: tuple[str, ...] = ()
    respondent_here: bool = False


class OrderTerm(Entry):
    """A term of a live order may be engaged: by what was told, or because she is at, or going to, the place it names.

    Without `kinds`, any. `which` is where it holds: a person-attached term holds wherever she is. `by: place` asks for
    a term whose place she is at or going to, whether or not anything is told of him. A term that nobody recorded counts
    while the whole order was not read: not recorded is not absent. An order that binds her is left out.
    """

    kinds: tuple[str, ...] = ()
    which: Literal["here", "going_to", "any"] = "any"
    by: Literal["told", "place", "either"] = "told"


class ClockPast(Entry):
    """Minutes on a clock of the live incident have reached a number."""

    of: Literal["waiting", "overdue", "unresourced", "untold_delay", "unacknowledged_move"]
    minutes: Annotated[int, Field(ge=0)] = 0


class PlaceLinked(Entry):
    """The place now, or the one she is going to, is tied to the suspect, to a relative, to a marker or to history.

    Without `to`, that there is such a place at all.
    """

    which: Literal["here", "going_to", "home"]
    to: tuple[Literal["suspect", "relative", "marker", "history", "somebody_harmed"], ...] = ()


class Unknown(Entry):
    """None of these questions has an explicit yes or no: not asked, not known, declined and later are all unknown."""

    questions: Annotated[tuple[str, ...], Field(min_length=1)]


class Replied(Entry):
    """A question has this explicit reply."""

    question: str
    reply: Reply


class CallWas(Entry):
    """A call of the live incident, in or out, ended so."""

    outcomes: Annotated[tuple[CallOutcome, ...], Field(min_length=1)]
    direction: Literal["in", "out"]


class ResponseIs(Entry):
    """The newest response state of a target is one of these; `none` means that nobody has been set to it."""

    target: Target = Target.AT_RISK
    states: Annotated[tuple[ResponseState | Literal["none"], ...], Field(min_length=1)]


class Marked(Entry):
    """A marker stands on a person, place, number or vehicle of the picture."""

    codes: tuple[str, ...] = ()
    on: tuple[Literal["person", "place", "number", "vehicle"], ...] = ()
    told: tuple[Literal["yes", "no", "unknown"], ...] = ()


class Assessment(Entry):
    """A linked risk assessment was done so, or its level was brought down."""

    done: tuple[Assessed, ...] = ()
    lowered: bool = False


class Undone(Entry):
    """Linked history holds an open or dropped line of enquiry."""

    states: Annotated[tuple[Literal["open", "dropped"], ...], Field(min_length=1)]


class AfterWarning(Entry):
    """Contact by a person, through anyone, after police warned him."""

    contact: Annotated[tuple[str, ...], Field(min_length=1)]


class CountOnly(Entry):
    """History known only as a number is part of the picture."""

    more_than_opened: bool = True


class Nameless(Entry):
    """Linked history at a place of hers holds an incident in which nobody was named."""

    at: Literal["home"] = "home"


class HasRole(Entry):
    """Somebody here holds this role in the live incident, or in the linked history of her household."""

    role: Literal["suspect", "child", "at_risk"]
    scope: Scope = "here"


class SuspectHarmedOthers(Entry):
    """The suspect is the suspect of a past incident with somebody else at risk."""

    other_than: Literal["at_risk_here"] = "at_risk_here"


class TypeIs(Entry):
    """The incident's type, as last recorded."""

    types: Annotated[tuple[str, ...], Field(min_length=1)]


class Condition(Entry):
    """Exactly one word of the vocabulary, or all, any, not of further conditions."""

    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: Annotated["Condition | None", Field(alias="not")] = None
    present: Present | None = None
    count_within: CountWithin | None = None
    gaps: Gaps | None = None
    order: OrderIs | None = None
    order_term: OrderTerm | None = None
    clock: ClockPast | None = None
    place: PlaceLinked | None = None
    unknown: Unknown | None = None
    replied: Replied | None = None
    call: CallWas | None = None
    response: ResponseIs | None = None
    marker: Marked | None = None
    risk_assessment: Assessment | None = None
    enquiry: Undone | None = None
    after_police_warning: AfterWarning | None = None
    count_only: CountOnly | None = None
    nameless: Nameless | None = None
    role: HasRole | None = None
    suspect_harmed_others: SuspectHarmedOthers | None = None
    type: TypeIs | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Condition":
        if len(self.model_fields_set) != 1:
            raise ValueError("a condition holds exactly one word of the vocabulary")
        if getattr(self, self.word) is None:
            name = "not" if self.word == "not_" else self.word
            raise ValueError(f"{name} is empty; write {name}: {{}} where nothing narrows it")
        if self.all == () or self.any == ():
            raise ValueError("all and any need at least one condition")
        return self

    @cached_property
    def word(self) -> str:
        """Which word of the vocabulary this condition uses."""
        return next(iter(self.model_fields_set))

    @cached_property
    def written(self) -> str:
        """The condition as it is written, in one line: the same for every place that writes the same."""
        return sys.intern(self.model_dump_json(by_alias=True, exclude_unset=True))

    def walk(self) -> Iterator["Condition"]:
        """This condition and every one inside it."""
        yield self
        for inner in (*(self.all or ()), *(self.any or ()), *((self.not_,) if self.not_ else ())):
            yield from inner.walk()

    def indicators(self) -> set[str]:
        """Every indicator named anywhere inside."""
        found: set[str] = set()
        for part in self.walk():
            if part.present:
                found.update(part.present.indicators)
            if part.after_police_warning:
                found.update(part.after_police_warning.contact)
        return found

    def questions(self) -> set[str]:
        """Every question named anywhere inside."""
        found: set[str] = set()
        for part in self.walk():
            if part.unknown:
                found.update(part.unknown.questions)
            if part.replied:
                found.add(part.replied.question)
        return found
