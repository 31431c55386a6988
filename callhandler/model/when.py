"""An instant with the precision it was told with: history often knows only the day, or the month."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


class Precision(StrEnum):
    """How exactly a time is known. Anything coarser than a minute never takes part in clocks."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class When:
    """A time in UTC and its precision; `at` is the start of the day, month or year when that is all that is known."""

    at: datetime
    precision: Precision = Precision.MINUTE

    def local_day(self, zone: ZoneInfo = LONDON) -> datetime:
        """Midnight, local, of the day it fell on: days are counted where the call was, not in UTC."""
        return self.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)

    def spoken(self, zone: ZoneInfo = LONDON) -> str:
        """As shown to people, never more exact than it is known."""
        return _spoken(self.at, self.precision, zone)

    def spoken_day(self, zone: ZoneInfo = LONDON) -> str:
        """The day alone, or coarser when the day is not known."""
        known = Precision.DAY if self.precision is Precision.MINUTE else self.precision
        return _spoken(self.at, known, zone)


@lru_cache(maxsize=4_000)
def _spoken(at: datetime, precision: Precision, zone: ZoneInfo) -> str:
    # Kept: the rules of one call say the same few hundred times at each line of its log.
    local = at.astimezone(zone)
    match precision:
        case Precision.MINUTE:
            return f"{local.day} {local:%b %Y %H:%M}"
        case Precision.DAY:
            return f"{local.day} {local:%b %Y}"
        case Precision.MONTH:
            return f"{local:%b %Y}"
        case Precision.YEAR:
            return f"{local:%Y}"
        case Precision.UNKNOWN:
            return "date not known"


def to_micros(instant: datetime) -> int:
    """Whole microseconds since 1970 UTC, the form every time has in the store. Raises ValueError when naive."""
    if instant.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    since = instant - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


@lru_cache(maxsize=4_000)
def from_micros(micros: int) -> datetime:
    """The instant, in UTC, of a stored time."""
    return EPOCH + timedelta(microseconds=micros)
