"""What a timeline tells, in time alone: events with how exactly they are known. No pixels and no Qt."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from callhandler.model.when import LONDON, Precision, When

UNDATED = -math.inf
DAY = 86_400.0


class Kind(StrEnum):
    """What a mark stands for."""

    INCIDENT = "incident"
    WARNING = "warning"
    ORDER = "order"
    CALL = "call"


class Tier(IntEnum):
    """How grave what was told is; the higher, the graver."""

    OTHER = 0
    SERIOUS = 1
    GRAVE = 2


class Form(StrEnum):
    """How a call is drawn: a call put through, one that broke off, a call-back, a call-back that nobody took."""

    TAKEN = "taken"
    BROKEN = "broken"
    CALL_BACK = "call_back"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on the axis. `start` and `end` (seconds since 1970) are equal when the minute is known.

    `incident_id` is the past incident that Enter opens; None where there is none. `labels` go from long to short.
    """

    key: str
    kind: Kind
    start: float
    end: float
    text: str
    tip: str
    labels: tuple[str, ...] = ()
    incident_id: int | None = None
    coarse: bool = False
    tier: Tier = Tier.OTHER
    nameless: bool = False
    other_kind: bool = False
    form: Form = Form.TAKEN
    verified: bool = False
    ended: bool = False

    @property
    def undated(self) -> bool:
        """True when no date is known."""
        return self.start == UNDATED

    @property
    def middle(self) -> float:
        """Where its mark goes: the middle of what is known; an order's mark is where it begins."""
        if self.undated or self.kind is Kind.ORDER:
            return self.start
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Story:
    """Everything on one timeline, in order of time. `live_from` is when this incident began, None without one.

    `missing` names the sources that could not be read: what they hold is not on the timeline.
    """

    events: tuple[Event, ...]
    now: float
    live_from: float | None = None
    missing: tuple[str, ...] = ()

    def of_kind(self, *kinds: Kind) -> tuple[Event, ...]:
        """The events of these kinds, in order of time."""
        return tuple(e for e in self.events if e.kind in kinds)


Counted = Callable[[Sequence[Event], int], tuple[str, ...]]
"""Words for several marks drawn as one, from long to short; the number is how many the filter keeps."""


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Events in order of time; those without a date come first."""
    return tuple(sorted(events, key=lambda e: (e.middle, e.kind, e.key)))


def extent(when: When) -> tuple[float, float]:
    """From when to when something may have happened, in local days, months and years; undated when not known.

    The start of the month is worked out here: a record may hold any day of it.
    """
    day = when.local_day()
    match when.precision:
        case Precision.UNKNOWN:
            return UNDATED, UNDATED
        case Precision.MINUTE:
            return when.at.timestamp(), when.at.timestamp()
        case Precision.DAY:
            return day.timestamp(), (day + timedelta(days=1)).timestamp()
        case Precision.MONTH:
            first = day.replace(day=1)
            return first.timestamp(), months_on(first, 1).timestamp()
        case Precision.YEAR:
            first = day.replace(month=1, day=1)
            return first.timestamp(), months_on(first, 12).timestamp()


def months_on(first: datetime, months: int) -> datetime:
    """The first of the month, so many months on (or back)."""
    count = first.year * 12 + first.month - 1 + months
    return datetime(count // 12, count % 12 + 1, 1, tzinfo=LONDON)


def local(seconds: float) -> datetime:
    """The local time of an instant."""
    return datetime.fromtimestamp(seconds, LONDON)
