"""The words of a condition about what was known before: linked history, orders, markers, assessments, records."""

from typing import Annotated, Literal

from pydantic import Field

from callhandler.model.facts import Assessed
from callhandler.model.order import OrderState
from callhandler.policy.entry import Entry


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


class RisingSeverity(Entry):
    """The reports about her, this one included, grow graver: the newest outweighs the first, and none in between is lighter.

    A report weighs what its gravest disclosure weighs. Those of which nothing is told take no part.
    """

    reports: Annotated[int, Field(gt=1)] = 3
    within_days: Annotated[int, Field(gt=0)] = 365


class GapsShortening(Entry):
    """The gaps between the newest reports about her, this one included, grow shorter each time."""

    reports: Annotated[int, Field(gt=2)] = 4
    within_days: Annotated[int, Field(gt=0)] = 365


class Spread(Entry):
    """The reports about her, this one included, are at so many different places."""

    places: Annotated[int, Field(gt=1)]
    within_days: Annotated[int, Field(gt=0)] = 365


class RepeatNumber(Entry):
    """So many earlier incidents were rung in from a number that rings now."""

    incidents: Annotated[int, Field(gt=0)]
    within_days: Annotated[int, Field(gt=0)]


class RolesReversed(Entry):
    """Who rings or is at risk here was the suspect of an earlier report in which a suspect here was at risk."""


class SuspectHarmedOthers(Entry):
    """The suspect is the suspect of a past incident with somebody else at risk."""

    other_than: Literal["at_risk_here"] = "at_risk_here"


class CountOnly(Entry):
    """History known only as a number is part of the picture."""

    more_than_opened: bool = True


class Nameless(Entry):
    """Linked history at a place of hers holds an incident in which nobody was named."""

    at: Literal["home"] = "home"


class OrderIs(Entry):
    """An order that protects or binds somebody here is in one of these states; empty means any live for risk."""

    states: tuple[OrderState, ...] = ()
    types: tuple[str, ...] = ()
    respondent_here: bool = False


class RespondentMeant(Entry):
    """Nobody is named, and the rules look at the respondent of an order in force that protects somebody at risk here."""


class SuspectBeforeMeant(Entry):
    """Nobody is named, and whoever was told of so in an earlier report about somebody at risk here may be meant.

    One of `indicators` was told of him within so many days; he is not looked at as a suspect here, as a partner or the
    respondent of an order would be. Whom nobody named in that report either is included.
    """

    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    within_days: Annotated[int, Field(gt=0)]


class OrderTerm(Entry):
    """A term of a live order may be engaged: by what was told, or because she is at, or going to, the place it names.

    Without `kinds`, any. `which` is where it holds: a person-attached term holds wherever she is. `by: place` asks for
    a term whose place she is at or going to, whether or not anything is told of him. A term that nobody recorded counts
    while the whole order was not read: not recorded is not absent. An order that binds her is left out.
    """

    kinds: tuple[str, ...] = ()
    which: Literal["here", "going_to", "any"] = "any"
    by: Literal["told", "place", "either"] = "told"


class Marked(Entry):
    """A marker stands on a person, place, number or vehicle of the picture."""

    codes: tuple[str, ...] = ()
    on: tuple[Literal["person", "place", "number", "vehicle"], ...] = ()
    told: tuple[Literal["yes", "no", "unknown"], ...] = ()


class Assessment(Entry):
    """A linked risk assessment was done so, found one of these levels, or had its level brought down."""

    done: tuple[Assessed, ...] = ()
    levels: tuple[Literal["standard", "medium", "high"], ...] = ()
    lowered: bool = False


class Undone(Entry):
    """Linked history holds an open or dropped line of enquiry."""

    states: Annotated[tuple[Literal["open", "dropped"], ...], Field(min_length=1)]


class AfterWarning(Entry):
    """Contact by a person, through anyone, after police warned him; `kinds` narrows which warning."""

    contact: Annotated[tuple[str, ...], Field(min_length=1)]
    kinds: tuple[str, ...] = ()


class OnRecord(Entry):
    """A suspect has a record (a conviction, a caution ...), of these kinds when named."""

    kinds: tuple[str, ...] = ()
