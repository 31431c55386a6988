"""Dates as people type them: 27 Aug 2026, 27/8/26, 2026-08-27, 27.8. with a time after it or without."""

import re
from datetime import UTC, date, datetime, time, timedelta

from callhandler.errors import BadInput
from callhandler.model.when import LONDON

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FORMS = (
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$"),
    re.compile(r"^(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>\d{4}|\d{2})?)?$"),
    re.compile(r"^(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[a-z]{3,9})\.?(?:\s+(?P<y>\d{4}|\d{2}))?$"),
)
_TIME = re.compile(r"^(?P<rest>.*?)[\s,]+(?:at\s+)?(?P<h>\d{1,2})[:.](?P<n>\d{2})$")

_CLOCK = re.compile(r"^(?P<h>\d{1,2})[:.](?P<n>\d{2})$")


def day_of(text: str, now: datetime) -> datetime | None:
    """The instant (UTC) at which a typed day starts, or the time in it when one is given; None for nothing typed.

    Without a year the nearest such day is meant. Raises BadInput, with how to write it, for anything else.
    """
    day, at = _read(text, now)
    return None if day is None else _instant(day, at or time())


def end_of(text: str, now: datetime) -> datetime | None:
    """The instant (UTC) at which something ends that runs until a typed day: its last moment, or the time given."""
    day, at = _read(text, now)
    if day is None:
        return None
    return _instant(day, at) if at is not None else _instant(day + timedelta(days=1), time())


def coming(text: str, now: datetime) -> datetime:
    """The instant (UTC) of something to come: a time alone is the next such time, today's or tomorrow's.

    Raises BadInput where no time is given, where it cannot be read, and where it is over already.
    """
    typed = text.strip()
    if found := _CLOCK.match(typed):
        hour, minute = int(found["h"]), int(found["n"])
        if hour > 23 or minute > 59:
            raise BadInput(f"“{typed}” is no time of day. Write it like 08:00 or 27 Nov 08:00.", "at")
        at, today = time(hour, minute), now.astimezone(LONDON).date()
        first = _instant(today, at)
        return first if first > now else _instant(today + timedelta(days=1), at)
    day, hour_of = _read(text, now)
    if day is None or hour_of is None:
        raise BadInput("Say at what time: 08:00, or with its day 27 Nov 08:00.", "at")
    found_at = _instant(day, hour_of)
    if found_at <= now:
        raise BadInput(f"“{typed}” is over already. Give a time to come.", "at")
    return found_at


def _read(text: str, now: datetime) -> tuple[date | None, time | None]:
    typed = " ".join(text.casefold().split())
    if not typed:
        return None, None
    try:
        at = None
        if found := _TIME.match(typed):
            typed, at = found["rest"].strip(" ,"), time(int(found["h"]), int(found["n"]))
        return _day(typed, now.astimezone(LONDON).date()), at
    except ValueError:
        raise BadInput(
            f"“{text.strip()}” is no date that can be read. Write it like 27 Aug 2026, 27/8/26 or 27 Aug 14:30.",
            "date",
        ) from None


def _day(typed: str, today: date) -> date:
    found = next((f for form in _FORMS if (f := form.match(typed))), None)
    if found is None:
        raise ValueError(typed)
    month = int(found["m"]) if found["m"].isdigit() else _MONTHS.index(found["m"][:3]) + 1
    if found["y"]:
        year = int(found["y"])
        return date(year + 2000 if year < 100 else year, month, int(found["d"]))
    near = (date(today.year + step, month, int(found["d"])) for step in (0, -1, 1))
    return min(near, key=lambda day: abs(day - today))


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)
