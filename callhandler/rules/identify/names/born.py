"""Two dates of birth compared: whole, partial, turned round, or mistyped in one place."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Births(StrEnum):
    """How two dates of birth stand to each other; unknown is never "differs"."""

    SAME = "same"
    PART = "part"
    TURNED = "turned"
    NEAR = "near"
    UNKNOWN = "unknown"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Born:
    """A date of birth as far as it is known; 0 where it is not. `or_before` so many years may be meant too, as by an age."""

    year: int = 0
    month: int = 0
    day: int = 0
    or_before: int = 0


_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_HOME = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{2}|\d{4})")
_CLOSE = re.compile(r"(\d{2})(\d{2})((?:19|20)\d{2})")
_EITHER = re.compile(r"(\d{4})/(\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?([a-z]{3})[a-z]*\.?,?\s+(\d{4})")
_OTHER_WORDS = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_AGE = re.compile(r"(?:aged?|is)?\s*(\d{1,3})\s*(?:years?|yrs?|y)?(?:\s*-?\s*old)?")
OLDEST = 120


@lru_cache(maxsize=2_000)
def born_of(told: str) -> Born:
    """A date of birth as told, whole or in part; nothing known when it is none ("about thirty").

    Two years with a stroke between, "1991/1992", are those in one of which somebody of a known age was born.
    """
    if len(told) == 10 and told[4] == told[7] == "-" and (told[:4] + told[5:7] + told[8:]).isdecimal():
        return Born(int(told[:4]), int(told[5:7]), int(told[8:]))
    text = " ".join(told.casefold().split()).removeprefix("born ").removeprefix("dob ")
    if found := _ISO.fullmatch(text):
        return Born(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    if found := _EITHER.fullmatch(text):
        return Born(int(found[2]), or_before=max(0, int(found[2]) - int(found[1])))
    if (found := _HOME.fullmatch(text)) or (found := _CLOSE.fullmatch(text)):
        year = int(found[3])
        # Two digits are of this century only where no grown-up could be meant otherwise.
        year += 0 if year > 99 else 2000 if year < 27 else 1900
        return Born(year, int(found[2]), int(found[1]))
    if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
        return Born(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1] or 0))
    if (found := _OTHER_WORDS.fullmatch(text)) and found[1] in _MONTHS:
        return Born(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    return Born()


def born_by_age(told: str, year: int) -> str:
    """What was told in this year, an age as the two years of birth that it may mean; anything else stays as it was told."""
    found = _AGE.fullmatch(" ".join(told.casefold().split()))
    if not found or int(found[1]) > OLDEST:
        return told
    return f"{year - int(found[1]) - 1}/{year - int(found[1])}"


def written(born: Born) -> str:
    """A date of birth in one writing, as far as it is known; read again it is the same."""
    if not born.year:
        return ""
    if born.or_before:
        return f"{born.year - born.or_before:04}/{born.year:04}"
    parts = [f"{born.year:04}", f"{born.month:02}", f"{born.day:02}"]
    return "-".join(parts if born.day else parts[:2] if born.month else parts[:1])


def births(one: str, other: str) -> Births:
    """Compare two dates of birth as told."""
    return births_of(born_of(one), born_of(other))


def possible(born: Born) -> Born:
    """A date of birth; of one that no calendar has, "1996-00-94", the year alone: the rest of it is a slip."""
    if born.month <= 12 and born.day <= 31 and (born.month or not born.day):
        return born
    return Born(born.year, or_before=born.or_before)


def births_of(a: Born, b: Born) -> Births:
    """Compare two dates of birth."""
    if a.day and b.day and a.year != b.year and a.month != b.month and a.day != b.day:
        # Most of all: nothing agrees, whatever a calendar says.
        return Births.APART
    if a != b:
        a, b = possible(a), possible(b)
    if not a.year or not b.year:
        return Births.UNKNOWN
    if a.or_before or b.or_before:
        meet = a.year - a.or_before <= b.year and b.year - b.or_before <= a.year
        return Births.PART if meet else Births.APART
    pairs = [(x, y) for x, y in ((a.year, b.year), (a.month, b.month), (a.day, b.day)) if x and y]
    if all(x == y for x, y in pairs):
        return Births.SAME if len(pairs) == 3 else Births.PART
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return Births.TURNED
    apart = [(x, y) for x, y in pairs if x != y]
    if len(pairs) == 3 and len(apart) == 1 and (apart[0][0] > 99) and _one_digit(*apart[0]):
        return Births.NEAR
    return Births.NEAR if len(pairs) == 3 and len(apart) == 1 and apart[0][0] <= 99 else Births.APART


def _one_digit(one: int, other: int) -> bool:
    """One digit other, or two neighbours turned round."""
    a, b = str(one), str(other)
    apart = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return len(apart) == 1 or (len(apart) == 2 and sorted(a) == sorted(b) and apart[1] == apart[0] + 1)
