"""A line of words to look for, told apart: words, phrases, beginnings and endings of numbers, registrations, times.

Nothing typed is ever an operator: all that is looked for is letters and digits.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from callhandler.model.search import Asked, Span, Term, Terms
from callhandler.model.when import LONDON
from callhandler.model.words import words_of
from callhandler.rules.asking_who import whom
from callhandler.rules.identify import number_given

LEAST_DIGITS = 4
"""Digits of a number from which it is looked for in part."""
MOST_LETTERS = 400
"""Letters of a line that are looked at; nobody reads a longer one back."""
MOST_TERMS = 12
LEAST_PLATE, MOST_PLATE = 2, 8

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))
_NUMBER = re.compile(r"[\d\s()+.\-–—/]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?:,?\s+(\d{{4}}))?(?!\w)", re.I)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SAID = re.compile(r"\b(last\s+night|tonight|today|yesterday|this\s+week|last\s+week)\b", re.I)
NIGHT_FROM, NIGHT_TO = 18, 6
"""Local hours between which it is night, as people mean it who say last night."""


def told_apart(line: str, now: datetime, zone: ZoneInfo = LONDON) -> Asked:
    """What a line asks for. Raises nothing, whatever it holds; only the first `MOST_LETTERS` of it are looked at."""
    line = line[:MOST_LETTERS]
    if _NUMBER.fullmatch(line.strip()) and sum(c.isdigit() for c in line) >= LEAST_DIGITS:
        span, rest = _span(line, now, zone)
        if span is None or rest.strip():
            return _number(line)
    else:
        span, rest = _span(line, now, zone)
    name, born = whom(line, span.said if span else "", now)
    return Asked(
        line,
        _terms(line),
        plates=_plates(line),
        span=span,
        rest=_terms(rest),
        name=name.translate(_QUOTES).strip(" ,;"),
        named=_terms(name),
        born=born,
    )


def _terms(line: str) -> Terms:
    terms: list[Term] = []
    at = 0
    for quoted in _QUOTED.finditer(line):
        terms += [Term((w,)) for w in words_of(line[at : quoted.start()])]
        phrase = tuple(words_of(quoted[1]))
        terms += [Term(phrase)] if phrase else []
        at = quoted.end()
    last = words_of(line[at:])
    terms += [Term((w,)) for w in last]
    # A word followed by nothing is still being typed.
    if last and line[-1:].strip():
        terms[-1] = Term(terms[-1].words, True)
    return tuple(dict.fromkeys(terms))[:MOST_TERMS]


def _number(line: str) -> Asked:
    given = number_given(line)
    digits = "".join(c for c in line if c.isascii() and c.isdigit())
    whole = given.e164.removeprefix("+")
    begin = [whole] if whole else []
    if digits.startswith("00"):
        begin.append(digits[2:])
    elif line.strip().startswith("+"):
        begin.append(digits.replace("440", "44", 1) if digits.startswith("440") else digits)
    elif digits.startswith("0"):
        begin.append("44" + digits[1:])
    else:
        begin += ["44" + digits, digits]
    kept = tuple(f"+{b}" for b in dict.fromkeys(begin) if len(b) >= LEAST_DIGITS)
    # The end of a number as read out never begins with the 0 of its area code, unless that is all of it.
    return Asked(
        line,
        _terms(line),
        begin=kept,
        end="".join(reversed(digits.removeprefix("0") if len(digits) >= 10 else digits)),
        plates=(),
        rest=_terms(line),
        number_said=given.sentence if whole else "",
    )


def _plates(line: str) -> tuple[str, ...]:
    def fits(text: str) -> bool:
        return LEAST_PLATE <= len(text) <= MOST_PLATE and any(c.isdigit() for c in text)

    whole = "".join(c for c in line if c.isascii() and c.isalnum())
    parts = [whole] if len(line.split()) <= 3 else []
    parts += re.findall(r"[A-Za-z0-9]+", line)
    return tuple(dict.fromkeys(p.casefold() for p in parts if fits(p)))[:4]


def _span(line: str, now: datetime, zone: ZoneInfo) -> tuple[Span | None, str]:
    """The first time that is named in a line, and the line without it."""
    here = now.astimezone(zone)
    today = here.replace(hour=0, minute=0, second=0, microsecond=0)
    for pattern, read in ((_ISO, _iso), (_NUMERIC, _numeric), (_DAY_MONTH, _day_month)):
        found = pattern.search(line)
        day = read(found, today) if found else None
        if found and day is not None:
            return Span(day, _next(day), found[0]), line[: found.start()] + line[found.end() :]
    said = _SAID.search(line)
    if said is None:
        return None, line
    since, until = _around(" ".join(said[0].casefold().split()), here, today)
    return Span(since, until, said[0]), line[: said.start()] + line[said.end() :]


def _around(said: str, here: datetime, today: datetime) -> tuple[datetime, datetime]:
    days = timedelta(days=1)
    if said == "last night":
        # At two in the morning last night is the one that still lasts.
        evening = today - days
        return evening.replace(hour=NIGHT_FROM), today.replace(hour=NIGHT_TO)
    if said == "tonight":
        return today.replace(hour=NIGHT_FROM), _next(today).replace(hour=NIGHT_TO)
    if said == "yesterday":
        return today - days, today
    monday = today - timedelta(days=today.weekday())
    if said == "this week":
        return monday, _next(today)
    if said == "last week":
        return monday - timedelta(days=7), monday
    return today, _next(today)


def _next(day: datetime) -> datetime:
    return day + timedelta(days=1)


def _iso(found: "re.Match[str]", today: datetime) -> datetime | None:
    return _day(today, int(found[1]), int(found[2]), int(found[3]))


def _numeric(found: "re.Match[str]", today: datetime) -> datetime | None:
    year = int(found[3])
    return _day(today, year + 2000 if year < 100 else year, int(found[2]), int(found[1]))


def _day_month(found: "re.Match[str]", today: datetime) -> datetime | None:
    month = _MONTHS.index(found[2][:3].casefold()) + 1
    if found[3]:
        return _day(today, int(found[3]), month, int(found[1]))
    day = _day(today, today.year, month, int(found[1]))
    # Without a year it is the last such day that has been.
    return day if day is None or day <= today else _day(today, today.year - 1, month, int(found[1]))


def _day(today: datetime, year: int, month: int, day: int) -> datetime | None:
    try:
        return today.replace(year=year, month=month, day=day)
    except ValueError:
        return None
