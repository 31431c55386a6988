"""Times as papers say them: local, with the zone's short name; beside it UTC where another desk must find the moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local(at: datetime, zone: str) -> str:
    """`27 Aug 2018 00:26 BST`."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {_month(there)} {there:%Y %H:%M} {there.tzname()}"


def local_clock(at: datetime, zone: str) -> str:
    """`27 Aug 00:26:05 BST`, for a column; the hour that comes twice in October is told apart by its name."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {_month(there)} {there:%H:%M:%S} {there.tzname()}"


def with_utc(at: datetime, zone: str) -> str:
    """`27 Aug 2018 00:26 BST (26 Aug 23:26 UTC)`."""
    plain = at.astimezone(UTC)
    return f"{local(at, zone)} ({plain.day} {_month(plain)} {plain:%H:%M} UTC)"


def minutes_spoken(minutes: int) -> str:
    """`1 h 37 min`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def _month(day: datetime) -> str:
    # A machine's own language changes no paper: its bytes are the same everywhere.
    return _MONTHS[day.month - 1]
