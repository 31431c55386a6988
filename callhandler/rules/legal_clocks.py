"""Clocks that the law of an order sets: 48 hours to a hearing, 24 to the court, without the days that do not count.

Hours are real hours; days are local days of Europe/London, so a day on which the clocks change has 23 or 25 of them.
Bank holidays come from the library `holidays` for England and Wales, Scotland or Northern Ireland. It works out what the
law fixes from 1872 to 2100 and knows the extra days proclaimed up to its release: a day proclaimed later is not in it, and
outside those years it knows nothing. Both are said with the time, never passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from callhandler.model.order import Learned, Order
from callhandler.model.when import LONDON
from callhandler.policy.orders import LegalClock, Nation, OrderType

_SUBDIVISION: dict[Nation, str] = {"england-wales": "ENG", "scotland": "SCT", "northern-ireland": "NIR"}
_STARTED_BY = {
    "service": (Learned.SERVED,),
    "giving": (Learned.SERVED,),
    "making": (Learned.MADE,),
}


@dataclass(frozen=True, slots=True)
class Due:
    """When a legal clock runs out (UTC), the local days that did not count, and what is not sure; None: not known."""

    clock: LegalClock
    started: datetime
    at: datetime | None
    skipped: tuple[date, ...]
    not_sure: str = ""


def bank_holiday(day: date, nation: Nation) -> str | None:
    """A bank holiday's name, Christmas Day and Good Friday too, or None. Raises LookupError where the data ends."""
    first, last, days = _holidays(nation, day.year)
    if not first <= day.year <= last:
        raise LookupError(f"bank holidays are known from {first} to {last}")
    return days.get(day)


def due(start: datetime, clock: LegalClock, nation: Nation) -> Due:
    """When the hours of a clock have run, counted from `start` (UTC), days that do not count left out."""
    left, at = timedelta(hours=clock.hours), start.astimezone(UTC)
    skipped: list[date] = []
    while True:
        day = at.astimezone(LONDON).date()
        midnight = datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)
        try:
            counts = _counts(day, clock, nation)
        except LookupError as error:
            return Due(clock, start, None, tuple(skipped), f"Not worked out: {error}.")
        if not counts:
            skipped.append(day)
        elif left <= midnight - at:
            unsure = "" if clock.verified else "Which days do not count was not read in the law."
            return Due(clock, start, at + left, tuple(skipped), unsure)
        else:
            left -= midnight - at
        at = midnight


def clocks_of(order: Order, kind: OrderType | None) -> tuple[Due, ...]:
    """The clocks of an order that run from something recorded with its time; none once the application is decided."""
    if kind is None or any(f.kind == Learned.MAIN_DECIDED and f.verified for f in order.facts):
        return ()
    return tuple(_running(order, kind))


def _running(order: Order, kind: OrderType) -> Iterator[Due]:
    for clock in kind.clocks:
        wanted = _STARTED_BY.get(clock.starts, ())
        # An earlier start makes the time shorter: it is the one to go by.
        starts = [f.at for f in order.facts if f.kind in wanted and f.at is not None]
        if starts:
            yield due(min(starts), clock, kind.nation)


def _counts(day: date, clock: LegalClock, nation: Nation) -> bool:
    without = clock.without
    if "sunday" in without and day.weekday() == 6:
        return False
    if not set(without) & {"christmas-day", "good-friday", "bank-holiday"}:
        return True
    name = bank_holiday(day, nation)
    if name is None:
        return True
    if "bank-holiday" in without:
        return False
    fixed = {"christmas-day": "Christmas Day", "good-friday": "Good Friday"}
    return not any(word in without and name == said for word, said in fixed.items())


@cache
def _holidays(nation: Nation, year: int) -> tuple[int, int, dict[date, str]]:
    from holidays.countries.united_kingdom import UnitedKingdom

    days = UnitedKingdom(subdiv=_SUBDIVISION[nation], years=[year], expand=False)  # type: ignore[no-untyped-call]
    return UnitedKingdom.start_year, UnitedKingdom.end_year, dict(days.items())
