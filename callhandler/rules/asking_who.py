"""Whom a line of words may name: a name as it was typed, and the day or year of birth beside it."""

import re
from datetime import datetime, timedelta

from callhandler.rules.identify.names.born import born_of

_BORN = re.compile(r"(?:\b(?:born|dob|date\s+of\s+birth)|\bd\.o\.b\.?)[\s:,]*(?:on\s+|in\s+)?$", re.I)
_NO_DAY = re.compile(r"\b(?:\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?!\w)")
"""What is written as a day and is in no calendar: the year of it may be right."""
_YEAR = re.compile(r"(?<![\w/.-])(?:19|20)\d\d(?![\w/.-])")
LATELY = timedelta(days=366)
"""So long ago at least a day is somebody's birth as well: in a later one something happened."""


def whom(line: str, day: str, now: datetime) -> tuple[str, str]:
    """The name and the date of birth that a line holds, as typed, either empty where it has none.

    `day` is the time that was read in it already, where there is one.
    """
    said = day or next((found[0] for p in (_NO_DAY, _YEAR) for found in (p.search(line),) if found), "")
    before, _, after = line.partition(said) if said else (line, "", "")
    born = said if said and _birth(said, now) else ""
    if born:
        before = _BORN.sub("", before)
    elif not day:
        said, before, after = "", line, ""
    name = f"{before.rstrip(' ,;')} {after.lstrip(' ,;')}" if said else line
    return (name, born) if any(c.isalpha() for c in name) else ("", "")


def _birth(said: str, now: datetime) -> bool:
    born = born_of(said)
    latest = now - LATELY
    return bool(born.year) and (born.year, born.month or 12, born.day or 31) <= (
        latest.year,
        latest.month,
        latest.day,
    )
