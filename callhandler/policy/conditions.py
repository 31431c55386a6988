"""The closed vocabulary of conditions. No expressions, no code: what is not written here cannot be asked.

Every word has a page in `resources/help/policy.md`. `not_` (written `not`) matches only an explicit no or an order's
verified end, never an absence; a condition that holds one may not set a floor, so that adding a concern can never
lower a floor.
"""

import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field, model_validator

from callhandler.policy.entry import Entry
from callhandler.policy.words_course import (
    CallWas,
    ClockPast,
    Graded,
    LocationIs,
    OwnedBy,
    PlaceLinked,
    Qualified,
    ResponseIs,
    TaskOpen,
    TimeOfDay,
    TypeIs,
    Unconfirmed,
    WaitsElsewhere,
    Whereabouts,
)
from callhandler.policy.words_known import (
    AfterWarning,
    Assessment,
    CountOnly,
    CountWithin,
    Gaps,
    GapsShortening,
    Marked,
    Nameless,
    OnRecord,
    OrderIs,
    OrderTerm,
    RepeatNumber,
    RespondentMeant,
    RisingSeverity,
    RolesReversed,
    Spread,
    SuspectBeforeMeant,
    SuspectHarmedOthers,
    Undone,
)
from callhandler.policy.words_told import (
    Again,
    HasRole,
    NewInRepeatCall,
    NobodyAtRisk,
    NotAnswered,
    NothingTold,
    Present,
    Replied,
    ReporterAtRiskBefore,
    SaidNotLogged,
    Scope,
    TypeMisfit,
    Unknown,
    Unnamed,
)

STATES = frozenset(
    {
        "clock",
        "graded",
        "nothing_told",
        "owner",
        "reporter_at_risk_before",
        "respondent_meant",
        "said_not_logged",
        "suspect_before_meant",
        "task",
        "type_misfit",
        "unnamed",
        "waits_elsewhere",
        "whereabouts",
    }
)
"""Words about how things stand now, which are over when they have changed. A rule may settle by such a change."""


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
    respondent_meant: RespondentMeant | None = None
    suspect_before_meant: SuspectBeforeMeant | None = None
    clock: ClockPast | None = None
    place: PlaceLinked | None = None
    location: LocationIs | None = None
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
    rising_severity: RisingSeverity | None = None
    gaps_shortening: GapsShortening | None = None
    again: Again | None = None
    spread: Spread | None = None
    repeat_number: RepeatNumber | None = None
    roles_reversed: RolesReversed | None = None
    nobody_at_risk: NobodyAtRisk | None = None
    reporter_at_risk_before: ReporterAtRiskBefore | None = None
    new_in_repeat_call: NewInRepeatCall | None = None
    said_not_logged: SaidNotLogged | None = None
    nothing_told: NothingTold | None = None
    type_misfit: TypeMisfit | None = None
    qualifier: Qualified | None = None
    owner: OwnedBy | None = None
    graded: Graded | None = None
    task: TaskOpen | None = None
    unconfirmed: Unconfirmed | None = None
    not_answered: NotAnswered | None = None
    record: OnRecord | None = None
    whereabouts: Whereabouts | None = None
    waits_elsewhere: WaitsElsewhere | None = None
    unnamed: Unnamed | None = None
    time_of_day: TimeOfDay | None = None

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

    @cached_property
    def rests_on(self) -> tuple[Scope, frozenset[str]] | None:
        """Indicators of which one must have been told, in that scope, for this to hold; None where it may hold without.

        It only says where nothing needs to be looked at: a denial counts as told here, and so does what is about anybody.
        """
        if self.present:
            return (self.present.scope, self.present.named) if self.present.named else None
        if self.suspect_before_meant:
            return "history", frozenset(self.suspect_before_meant.indicators)
        if self.again:
            return ("here", self.again.named) if self.again.named else None
        if self.all:
            return min(
                (r for part in self.all if (r := part.rests_on)), key=lambda r: len(r[1]), default=None
            )
        found = [part.rests_on for part in self.any or ()]
        parts = [r for r in found if r is not None]
        if not parts or len(parts) < len(found):
            return None
        scopes = {scope for scope, _ in parts}
        return scopes.pop() if len(scopes) == 1 else "any", frozenset().union(*(named for _, named in parts))

    def indicators(self) -> set[str]:
        """Every indicator named anywhere inside."""
        found: set[str] = set()
        for part in self.walk():
            for chosen in (part.present, part.again, part.new_in_repeat_call):
                found.update(chosen.indicators if chosen else ())
            if part.after_police_warning:
                found.update(part.after_police_warning.contact)
            if part.suspect_before_meant:
                found.update(part.suspect_before_meant.indicators)
        return found

    def looked_for(self) -> set[str]:
        """The indicators that a rule is about: without those that only say that it is domestic (`by_partner`)."""
        found: set[str] = set()
        for part in self.walk():
            if part.word not in ("all", "any", "not_") and not (part.present and part.present.by_partner):
                found |= part.indicators()
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
