"""The policy's entries about civil orders: types with their dated powers, the decision table, the kinds of term.

Parts marked K in the law brief are from knowledge: they stand in `unverified`, or the whole power says `verified: false`.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from callhandler.model.incident import CallOutcome
from callhandler.model.order import Attached, Learned, OrderState, Overlay
from callhandler.policy.entries import Id, Sentence
from callhandler.policy.entry import Entry

Breach = Literal["crime", "contempt", "not-a-crime", "recall"]
Nation = Literal["england-wales", "scotland", "northern-ireland"]
Bites = Literal["making", "service", "giving", "grant", "release"]
TypeFlag = Literal[
    "aware_clause", "police_notice", "interim", "served_to_bind", "power_attached", "power_never"
]
TypePart = Literal[
    "issuer", "applies", "without_notice", "duration", "bites", "uk_wide", "breach", "arrest", "maximum",
    "to_establish", "copy_needed", "valid_from", "valid_to", "area",
]  # fmt: skip


class Power(Entry):
    """What a breach is and what power there is, for one order type; dated, chosen by the date of the event.

    `arrest` names the statute alone, `power` says it in a sentence. `unverified` names the parts that are from knowledge.
    """

    valid_from: date
    valid_to: date | None = None
    breach_is: Breach | None = None
    breach: Sentence
    power: Sentence
    arrest: Sentence | None = None
    maximum: Sentence | None = None
    to_establish: Sentence
    copy_needed: Sentence
    verified: bool
    unverified: tuple[TypePart, ...] = ()
    reference: Sentence


class InForce(Entry):
    """Where an order could be made, and from when to when: a pilot's areas and dates. Never a reason to leave one out."""

    area: Sentence
    valid_from: date
    valid_to: date | None = None
    verified: bool
    note: Sentence | None = None
    reference: Sentence


class LegalClock(Entry):
    """A time that the law sets, in hours from service, giving, making or arrest; days in `without` do not count."""

    name: Sentence
    starts: Literal["service", "giving", "making", "arrest"]
    hours: Annotated[int, Field(gt=0)]
    without: tuple[Literal["sunday", "christmas-day", "good-friday", "bank-holiday"], ...] = ()
    verified: bool
    reference: Sentence


class OrderType(Entry):
    """An order type: who makes it, how its state is judged, what a breach is, what to say about it.

    `bites` is what it has force from. `words` are what callers call it; a match only suggests.
    """

    id: Id
    name: Sentence
    statute: Sentence
    nation: Nation = "england-wales"
    uk_wide: bool = False
    issuer: Sentence | None = None
    applies: Sentence | None = None
    without_notice: Sentence | None = None
    duration: Sentence | None = None
    bites: Bites | None = None
    aware_clause: bool
    police_notice: bool = False
    interim: bool = False
    served_to_bind: bool = False
    power_attached: bool = False
    power_never: bool = False
    words: tuple[str, ...] = ()
    made_in: tuple[InForce, ...] = ()
    clocks: tuple[LegalClock, ...] = ()
    powers: Annotated[tuple[Power, ...], Field(min_length=1)]
    say: tuple[Sentence, ...]
    do_not_say: tuple[Sentence, ...]
    ask: tuple[Sentence, ...]
    unverified: tuple[TypePart, ...] = ()
    reference: Sentence

    def power_on(self, day: date) -> Power | None:
        """The power in force on a day: a breach is judged by the law of its own day."""
        fitting = [
            p for p in self.powers if p.valid_from <= day and (p.valid_to is None or day <= p.valid_to)
        ]
        return fitting[-1] if fitting else None


class TermKind(Entry):
    """A kind of prohibition. `engaged_by` are indicators that may break it where she is; `told_of_place` those that tell
    of the place itself, wherever she is. `by_others`: what somebody else does for him may break it too.

    `attached` lists what such a term may go with, the usual first. `key` records it with one key.
    """

    id: Id
    name: Sentence
    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9]$")]
    attached: Annotated[tuple[Attached, ...], Field(min_length=1)]
    engaged_by: tuple[str, ...] = ()
    told_of_place: tuple[str, ...] = ()
    by_others: bool = False
    not_known: tuple[Sentence, ...] = ()
    ask: Sentence
    reference: Sentence


class OrderWhen(Entry):
    """What must hold together for a row of the decision table. The vocabulary is closed.

    `learned`: one of these is recorded as having happened by now; with `verified`, checked. `not_learned`: none of
    these is, checked or not. `passed`: one of these has a date, and it lies in the past. `known_from`: a record or a
    verified copy, or only somebody's telling. `expiry: passed`: the latest checked end has passed and no extension is
    without an end of its own. `made: to_come`: every checked date of making lies ahead. `power: not_known_to_run`: no
    checked power of arrest that still runs.
    """

    learned: tuple[Learned, ...] = ()
    verified: bool = False
    not_learned: tuple[Learned, ...] = ()
    passed: tuple[Learned, ...] = ()
    known_from: Literal["record", "telling"] | None = None
    type_is: tuple[TypeFlag, ...] = ()
    type_is_not: tuple[TypeFlag, ...] = ()
    notice: tuple[Literal["yes", "no", "unknown"], ...] = ()
    made: Literal["to_come"] | None = None
    expiry: Literal["passed", "unknown"] | None = None
    power: Literal["not_known_to_run"] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "OrderWhen":
        if not self.model_fields_set - {"verified"}:
            raise ValueError("a condition of the table says nothing; leave `when` out of the last row alone")
        if self.verified and not self.learned:
            raise ValueError("verified belongs to learned; write what must have been checked")
        return self


class StateRow(Entry):
    """One row: its place in the law brief, the state it gives when any of `when` holds, why, and what to show."""

    id: Id
    row: Annotated[int, Field(ge=1)]
    state: OrderState
    when: tuple[OrderWhen, ...] = ()
    because: Sentence
    show: Sentence
    reference: Sentence


class OverlayRow(Entry):
    """One doubt that is shown beside a state, and when. None of them ends an order."""

    overlay: Overlay
    when: Annotated[tuple[OrderWhen, ...], Field(min_length=1)]
    show: Sentence
    reference: Sentence


class EndChecked(Entry):
    """Upon whose word an end counts as checked: who is named holds one of `words`, and none of `not_words`."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    not_words: tuple[str, ...] = ()
    sentence: Sentence
    reference: Sentence

    def by(self, said_by: str) -> bool:
        """Whether an end said by this source counts as checked."""
        said = set(re.findall(r"\w+", said_by.casefold()))
        return not said.isdisjoint(self.words) and said.isdisjoint(self.not_words)


class Meant(Entry):
    """Who may be meant while nobody is named: when the rules look at a respondent or at a partner as at a suspect.

    At the respondent of an order in force where the incident is of one of `types`, one of `indicators` is told or denied, or
    a call in ended in one of these ways: one is enough, and telling more never makes him less likely to be meant. At a
    partner or former partner where anything is told; where that is `ordinary` and no more, at nobody.
    """

    types: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    calls: tuple[CallOutcome, ...] = ()
    ordinary: tuple[str, ...] = ()
    reference: Sentence


class OrderTable(Entry):
    """The decision table `live at time t`: the first row that matches decides, then every doubt that applies.

    Without `end_checked` nobody's word counts as a checked end; without `meant` no respondent is meant who is not named.
    """

    end_checked: EndChecked | None = None
    meant: Meant | None = None
    rows: tuple[StateRow, ...] = ()
    overlays: tuple[OverlayRow, ...] = ()

    def show(self, overlay: Overlay) -> str:
        """A doubt in the policy's words."""
        found = next((o.show for o in self.overlays if o.overlay is overlay), "")
        return found or overlay.value.replace("_", " ").lower()
