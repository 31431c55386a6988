"""Times as other systems write them: forms by strptime's letters, one pattern each, and what the clocks did that night.

Month names are English and AM and PM are read whatever the machine's language is.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from callhandler.model.when import Precision, When

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "%Y": r"(?P<Y>\d{4})",
    "%y": r"(?P<y>\d{2})",
    "%m": r"(?P<m>\d{1,2})",
    "%d": r"(?P<d>\d{1,2})",
    "%b": r"(?P<b>[A-Za-z]{3})",
    "%B": r"(?P<b>[A-Za-z]{3,9})",
    "%H": r"(?P<H>\d{1,2})",
    "%I": r"(?P<I>\d{1,2})",
    "%M": r"(?P<M>\d{2})",
    "%S": r"(?P<S>\d{2})(?:[.,]\d+)?",
    "%p": r"(?P<p>[AaPp])\.?[Mm]\.?",
    "%z": r"(?P<z>Z|[+-]\d{2}(?::?\d{2})?)",
    "%a": r"[A-Za-z]{2,9}",
    "%%": "%",
}
DEFAULT = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y-%m",
    "%Y",
)
"""What is read where a mapping names no forms: ISO 8601."""
EARLIEST = 1900
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
"""Days since 1899 as spreadsheets keep them, of the years 1954 to 2064."""
TWICE, NEVER = "twice", "never"
"""What is said of a local time that came twice, or never, because the clocks changed."""


class Told(NamedTuple):
    """A time as understood. `known_by` is when it had surely passed; `said` is TWICE, NEVER or empty."""

    when: When
    known_by: datetime
    said: str = ""


class NoTime(ValueError):
    """A text is no time by these forms; its words say why."""


@lru_cache(maxsize=500)
def pattern_of(form: str) -> tuple[re.Pattern[str], Precision]:
    """The pattern of a form, and how exact it is. Raises ValueError saying what is wrong with the form."""
    written, letters, at = "", [], 0
    while at < len(form):
        if form[at] == "%":
            part = form[at : at + 2]
            if part not in _PARTS:
                known = " ".join(_PARTS)
                raise ValueError(f"{part} is not a part of a time; use {known}")
            if part in letters:
                raise ValueError(f"{part} stands twice in {form}")
            letters.append(part)
            written += _PARTS[part]
            at += 2
        else:
            written += r"\s+" if form[at] == " " else re.escape(form[at])
            at += 1
    return re.compile(written), _precision(form, set(letters))


def _precision(form: str, letters: set[str]) -> Precision:
    if not letters & {"%Y", "%y"}:
        said = _signs(form)
        raise ValueError(f"{form} names no year (%Y)" + (f"; did you mean {said}?" if said != form else ""))
    month, day = bool(letters & {"%m", "%b", "%B"}), "%d" in letters
    if day and not month:
        raise ValueError(f"{form} names a day and no month (%m)")
    if "%I" in letters and "%p" not in letters:
        raise ValueError(f"{form} has hours to 12 (%I) without AM or PM (%p)")
    if letters & {"%H", "%I"}:
        if "%M" not in letters or not day:
            raise ValueError(f"{form} names an hour without its minutes (%M) or its day (%d)")
        return Precision.MINUTE
    return Precision.DAY if day else Precision.MONTH if month else Precision.YEAR


def _signs(form: str) -> str:
    """A form as other programs write it (DD/MM/YYYY HH:mm), in our signs."""
    if "%" in form:
        return form
    hour = form.lower().find("h")

    def sign(found: re.Match[str]) -> str:
        letter = found[0][0].upper()
        if letter == "M":
            return "%m" if hour < 0 or found.start() < hour else "%M"
        return {"Y": "%Y" if len(found[0]) > 2 else "%y", "D": "%d", "H": "%H", "S": "%S"}[letter]

    return re.sub(r"[Yy]{2,4}|[Dd]{1,2}|[Mm]{1,2}|[Hh]{1,2}|[Ss]{1,2}", sign, form)


@lru_cache(maxsize=20_000)
def read_time(text: str, forms: tuple[str, ...], zone: ZoneInfo, twice: str = "day") -> Told:
    """Read a local time, or one with its own offset. Raises NoTime."""
    for form in forms or DEFAULT:
        pattern, precision = pattern_of(form)
        found = pattern.fullmatch(text)
        if found is not None:
            return _told(text, found.groupdict(), precision, zone, twice)
    if _SERIAL.fullmatch(text):
        day = (datetime(1899, 12, 30) + timedelta(days=int(text.partition(".")[0]))).date()
        raise NoTime(
            f"is how a spreadsheet counts days ({day:%d/%m/%Y}): give that column a form of date and save it again"
        )
    raise NoTime(f"is no time as {' or '.join((forms or DEFAULT)[:3])}")


def _told(text: str, part: dict[str, str | None], precision: Precision, zone: ZoneInfo, twice: str) -> Told:
    try:
        local = datetime(
            _year(part),
            _month(part),
            int(part.get("d") or 1),
            _hour(part),
            int(part.get("M") or 0),
            int(part.get("S") or 0),
        )
    except ValueError as error:
        if int(part.get("m") or 0) > 12 >= int(part.get("d") or 13):
            raise NoTime(
                f"would be month {part['m']}: if the file writes the month first, put %m before %d in its times"
            ) from None
        raise NoTime(f"is no day or time that there is ({error})") from None
    if local.year < EARLIEST:
        raise NoTime(f"lies before {EARLIEST}")
    if precision is not Precision.MINUTE:
        return coarse(local, precision, zone)
    if part.get("z"):
        instant = local.replace(tzinfo=_offset(part["z"] or "")).astimezone(UTC)
        return Told(When(instant), instant)
    here = local.replace(tzinfo=zone)
    offset, other = here.utcoffset(), here.replace(fold=1).utcoffset()
    if offset is not None and offset == other:
        first = (local - offset).replace(tzinfo=UTC)
        return Told(When(first), first)
    first, second = (here.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    # The later of both readings is when it had surely passed, whichever was meant.
    by = max(first, second)
    if first.astimezone(zone).replace(tzinfo=None) != local:
        return Told(coarse(local, Precision.DAY, zone).when, by, NEVER)
    if twice == "day":
        return Told(coarse(local, Precision.DAY, zone).when, by, TWICE)
    meant = first if twice == "first" else second
    return Told(When(meant), meant, TWICE)


def coarse(local: datetime, precision: Precision, zone: ZoneInfo) -> Told:
    """A day, month or year by its start, known by its end."""
    start = local.replace(hour=0, minute=0, second=0)
    match precision:
        case Precision.DAY:
            end = start + timedelta(days=1)
        case Precision.MONTH:
            start = start.replace(day=1)
            end = (start + timedelta(days=32)).replace(day=1)
        case _:
            start = start.replace(month=1, day=1)
            end = start.replace(year=start.year + 1)
    instant, after = (t.replace(tzinfo=zone).astimezone(UTC) for t in (start, end))
    return Told(When(instant, precision), after - timedelta(minutes=1))


def _year(part: dict[str, str | None]) -> int:
    if part.get("Y"):
        return int(part["Y"] or 0)
    # Two digits, as POSIX reads them.
    short = int(part.get("y") or 0)
    return short + (1900 if short >= 69 else 2000)


def _month(part: dict[str, str | None]) -> int:
    named = part.get("b")
    if named:
        if named[:3].lower() not in MONTHS:
            raise NoTime(f"names no month: {named}")
        return MONTHS.index(named[:3].lower()) + 1
    return int(part.get("m") or 1)


def _hour(part: dict[str, str | None]) -> int:
    if not part.get("I"):
        return int(part.get("H") or 0)
    hour = int(part["I"] or 0)
    if not 1 <= hour <= 12:
        raise NoTime(f"has hour {hour}, of twelve")
    return hour % 12 + (12 if (part.get("p") or "").lower() == "p" else 0)


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes >= 24 * 60:
        raise NoTime(f"has an offset that no zone has: {text}")
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
