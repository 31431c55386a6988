"""Promises to a caller: what a line of the log promises and until when, which run, which are broken. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from callhandler.model.incident import ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.model.safety import Promise
from callhandler.model.when import LONDON

_NUMBERS = {
    "a quarter of an": 0.25,
    "half an": 0.5,
    "an": 1.0,
    "the": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
}
_HOURS = re.compile(
    r"\b(?:within|in)\s+(?P<n>a quarter of an|half an|an|the|one|two|three|\d{1,2})\s+hours?\b", re.IGNORECASE
)
_MINUTES = re.compile(r"\b(?:within|in)\s+(?P<n>\d{1,3})\s*(?:min|mins|minutes)\b", re.IGNORECASE)
_RANGE = re.compile(
    r"\bbetween\s+\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?\s+and\s+(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*(?P<half>am|pm)?",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:at|by|before)\s+(?P<h>\d{1,2})(?:(?:[:.](?P<m>\d{2}))\s*(?P<half>am|pm)?|\s*(?P<half2>am|pm)|\s*o'?clock|(?=[\s.,;]*$))",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})\s*(?P<half>am|pm)?|\s*(?P<half2>am|pm))", re.IGNORECASE
)
_WHO = re.compile(
    r"\b(officers?|police|units?|somebody|someone|we|i|they|visit|appointment|ring|call)\b", re.IGNORECASE
)
_OURS = re.compile(
    r"\b(told|promised|will|agreed|appointment|offered|advised|to be with|is coming|are coming)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a line seems to promise: its words, and until when (UTC). An offer to record it, nothing more."""

    words: str
    until: datetime


def heard(text: str, now: datetime) -> Heard | None:
    """The promise that a line of the log seems to hold; None when it holds none. A day is taken to be the next such time."""
    if not (_WHO.search(text) and _OURS.search(text)):
        return None
    until = until_of(text, now)
    return Heard(" ".join(text.split()), until) if until else None


def until_of(text: str, now: datetime) -> datetime | None:
    """The instant (UTC) that words such as "within the hour", "in 20 minutes", "at 8pm" or "21:30" mean; None for others."""
    if found := _HOURS.search(text):
        many = _NUMBERS.get(found["n"].casefold()) or float(found["n"])
        return now + timedelta(hours=many)
    if found := _MINUTES.search(text):
        return now + timedelta(minutes=int(found["n"]))
    if (found := _RANGE.search(text)) or (found := _AT.search(text)):
        parts = found.groupdict()
        return _next(
            int(found["h"]), int(found["m"] or 0), parts.get("half") or parts.get("half2") or "", now
        )
    if found := _TIME.fullmatch(text.strip()):
        return _next(int(found["h"]), int(found["m"] or 0), found["half"] or found["half2"] or "", now)
    if found := re.fullmatch(r"\s*(?P<n>\d{1,3})\s*(?:min|mins|minutes)?\s*", text, re.IGNORECASE):
        return now + timedelta(minutes=int(found["n"]))
    return None


def _next(hour: int, minute: int, half: str, now: datetime) -> datetime | None:
    """The next such time of day. An hour of twelve without am or pm is the next of the two that comes."""
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    hours = [hour]
    if half:
        hours = [hour % 12 + (12 if half.casefold() == "pm" else 0)]
    elif 1 <= hour <= 12 and minute == 0:
        hours = [hour % 12, hour % 12 + 12]
    local = now.astimezone(LONDON)
    found = [
        datetime.combine(local.date() + timedelta(days=day), time(h, minute), LONDON)
        for day in (0, 1)
        for h in hours
    ]
    return min(at for at in found if at > local).astimezone(now.tzinfo)


def running(picture: Picture) -> tuple[Promise, ...]:
    """The promises that neither ended nor were kept by an arrival in time, the first due first."""
    found = [p for p in picture.promises if p.ended is None and not _met(p, picture)]
    return tuple(sorted(found, key=lambda p: (p.until, p.id)))


def broken(picture: Picture) -> tuple[Promise, ...]:
    """Those of them whose time is over."""
    return tuple(p for p in running(picture) if p.until < picture.as_of)


def _met(promise: Promise, picture: Picture) -> bool:
    """Officers were with her after it was promised."""
    return any(
        r.target is Target.AT_RISK and r.state is ResponseState.AT_SCENE and r.at >= promise.at
        for r in picture.responses
    )
