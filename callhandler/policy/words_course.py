"""The words of a condition about how the incident runs: place, clocks, calls, response, owner, grade, type."""

from datetime import time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from callhandler.model.incident import CallOutcome, ResponseState, Target
from callhandler.policy.entry import Entry


class ClockPast(Entry):
    """Minutes on a clock of the live incident have reached a number."""

    of: Literal["waiting", "overdue", "unresourced", "untold_delay", "unacknowledged_move", "no_contact"]
    minutes: Annotated[int, Field(ge=0)] = 0


class PlaceLinked(Entry):
    """The place now, or the one she is going to, is tied to the suspect, to a relative, to a marker or to history.

    Without `to`, that there is such a place at all.
    """

    which: Literal["here", "going_to", "home"]
    to: tuple[Literal["suspect", "relative", "marker", "history", "somebody_harmed"], ...] = ()


class WaitsElsewhere(Entry):
    """She waits in another live incident, where nobody has come; `missed`: and its target is past."""

    missed: bool = False


class Whereabouts(Entry):
    """Where the incident is: not known, or moved since it began."""

    state: Literal["not_known", "moved"]


class CallWas(Entry):
    """A call of the live incident, in or out, ended so."""

    outcomes: Annotated[tuple[CallOutcome, ...], Field(min_length=1)]
    direction: Literal["in", "out"]


class ResponseIs(Entry):
    """The newest response state of a target is one of these; `none` means that nobody has been set to it.

    `ever`: it was so at any time in this incident.
    """

    target: Target = Target.AT_RISK
    states: Annotated[tuple[ResponseState | Literal["none"], ...], Field(min_length=1)]
    ever: bool = False


class Doubt(StrEnum):
    """What may be wrong with the place that is recorded. `wide` and `old_fix` say how little the network tells."""

    NO_PLACE = "no_place"
    NOT_SAID = "not_said"
    FAR_APART = "far_apart"
    TWO_OF_ONE_NAME = "two_of_one_name"
    FLAT_MISSING = "flat_missing"
    ADDRESS_DIFFERS = "address_differs"
    WIDE = "wide"
    OLD_FIX = "old_fix"


class LocationIs(Entry):
    """One of these doubts about where she is stands: what is recorded, what is said and what the network gives differ."""

    doubts: Annotated[tuple[Doubt, ...], Field(min_length=1)]


class TypeIs(Entry):
    """The incident's type, as last recorded."""

    types: Annotated[tuple[str, ...], Field(min_length=1)]


class Qualified(Entry):
    """The incident's type carries one of these qualifiers."""

    of: Annotated[tuple[str, ...], Field(min_length=1)]


class OwnedBy(Entry):
    """Nobody owns the incident, or its owner has parked it, for at least so many minutes."""

    states: Annotated[tuple[Literal["none", "parked"], ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=0)] = 0


class Graded(Entry):
    """The standing decision is a grade of one of these bands, or a closing."""

    bands: Annotated[
        tuple[Literal["immediate", "priority", "scheduled", "resolve", "closed"], ...], Field(min_length=1)
    ]


class TaskOpen(Entry):
    """A task is open; `overdue` past its time; `minutes` for at least so long since it was set."""

    codes: tuple[str, ...] = ()
    overdue: bool = False
    minutes: Annotated[int, Field(ge=0)] = 0


class Unconfirmed(Entry):
    """None of these facts was confirmed here, and the incident is at least so many minutes old."""

    facts: Annotated[tuple[str, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=0)] = 0


class TimeOfDay(Entry):
    """The local time lies between these two, over midnight when the first is later."""

    start: Annotated[time, Field(alias="from")]
    end: Annotated[time, Field(alias="to")]
