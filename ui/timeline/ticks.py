"""Ticks of an axis: years, months, days, hours or minutes, whichever fit. No Qt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ui.timeline.axis import Axis, Part, Section
from ui.timeline.story import DAY, local, months_on

Measure = Callable[[str], float]
AIR = 14.0
"""Pixels between two labels."""


class Unit(StrEnum):
    """What a step is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


SECONDS = {
    Unit.MINUTE: 60.0,
    Unit.HOUR: 3_600.0,
    Unit.DAY: DAY,
    Unit.MONTH: 30.44 * DAY,
    Unit.YEAR: 365.25 * DAY,
}
STEPS = (
    *((Unit.MINUTE, n) for n in (1, 5, 10, 15, 30)),
    *((Unit.HOUR, n) for n in (1, 2, 3, 6, 12)),
    *((Unit.DAY, n) for n in (1, 2, 7, 14)),
    *((Unit.MONTH, n) for n in (1, 2, 3, 6)),
    *((Unit.YEAR, n) for n in (1, 2, 5, 10, 20, 50)),
)
SAMPLE = {Unit.MINUTE: "00:00", Unit.HOUR: "00:00", Unit.DAY: "30 Sep", Unit.MONTH: "Sep", Unit.YEAR: "2000"}


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick at x on the whole axis, with its words from long to short; `first` of its section, `major` for a turn."""

    x: float
    labels: tuple[str, ...]
    part: Part
    major: bool = False
    first: bool = False


def ticks_of(axis: Axis, left: float, right: float, measure: Measure) -> tuple[Tick, ...]:
    """The ticks between two pixels of the axis, from left to right."""
    found: list[Tick] = []
    for section in axis.sections:
        low, high = max(section.left, left), min(section.right, right)
        if high > low and section.part is not Part.UNDATED:
            found += _in_section(section, low, high, measure)
    return tuple(found)


def _in_section(section: Section, low: float, high: float, measure: Measure) -> Iterator[Tick]:
    unit, count = _step(section.per_second, measure)
    first = True
    until = section.seconds(high)
    for moment in _moments(local(section.seconds(low)), unit, count):
        at = moment.timestamp()
        if at > until:
            return
        if at < section.start or section.x(at) < low:
            continue
        major = _turns(moment, unit)
        yield Tick(section.x(at), _words(moment, unit, major, first), section.part, major, first)
        first = False


def _step(per_second: float, measure: Measure) -> tuple[Unit, int]:
    for unit, count in STEPS:
        if SECONDS[unit] * count * per_second >= measure(SAMPLE[unit]) + AIR:
            return unit, count
    return STEPS[-1]


def _moments(start: datetime, unit: Unit, count: int) -> Iterator[datetime]:
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    match unit:
        case Unit.YEAR:
            month = midnight.replace(year=start.year // count * count, month=1, day=1)
            while True:
                yield month
                month = months_on(month, 12 * count)
        case Unit.MONTH:
            month = midnight.replace(month=(start.month - 1) // count * count + 1, day=1)
            while True:
                yield month
                month = months_on(month, count)
        case Unit.DAY:
            day = midnight - timedelta(days=midnight.toordinal() % count)
            while True:
                yield day
                day += timedelta(days=count)
        case _:
            # Counted in seconds, so that the night on which the clocks change has every hour once.
            at = midnight.timestamp()
            step = SECONDS[unit] * count
            at += (start.timestamp() - at) // step * step
            while True:
                yield local(at)
                at += step


def _turns(moment: datetime, unit: Unit) -> bool:
    match unit:
        case Unit.YEAR:
            return False
        case Unit.MONTH:
            return moment.month == 1
        case Unit.DAY:
            return moment.day == 1
        case _:
            return moment.hour == 0 and moment.minute == 0


def _words(moment: datetime, unit: Unit, major: bool, first: bool) -> tuple[str, ...]:
    day = f"{moment.day} {moment:%b}"
    match unit:
        case Unit.YEAR:
            return (f"{moment:%Y}",)
        case Unit.MONTH:
            if first or major:
                return (f"{moment:%b %Y}", f"{moment:%Y}" if major else f"{moment:%b}")
            return (f"{moment:%b}",)
        case Unit.DAY:
            return (f"{day} {moment:%Y}", day) if first else (day,)
        case _:
            if first:
                return (f"{day} {moment:%Y, %H:%M}", f"{day}, {moment:%H:%M}", f"{moment:%H:%M}")
            return (f"{day}, {moment:%H:%M}", f"{moment:%H:%M}") if major else (f"{moment:%H:%M}",)
