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
    """A date of birth as far as it is known; 0 where it is not."""

    year: int = 0
    month: int = 0
    day: int = 0


_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_HOME = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{2}|\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3})[a-z]*\.?,?\s+(\d{4})")


@lru_cache(maxsize=2_000)
def born_of(told: str) -> Born:
    """A date of birth as told; nothing known when it is none (an age, "about thirty")."""
    if len(told) == 10 and told[4] == told[7] == "-" and (told[:4] + told[5:7] + told[8:]).isdecimal():
        return Born(int(told[:4]), int(told[5:7]), int(told[8:]))
    text = " ".join(told.casefold().split())
    if found := _ISO.fullmatch(text):
        return Born(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    if found := _HOME.fullmatch(text):
        year = int(found[3])
        # Two digits are of this century only where no grown-up could be meant otherwise.
        year += 0 if year > 99 else 2000 if year < 27 else 1900
        return Born(year, int(found[2]), int(found[1]))
    if (found := _WORDS.fullmatch(text)) and found[2] in _MONTHS:
        return Born(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1] or 0))
    return Born()


def births(one: str, other: str) -> Births:
    """Compare two dates of birth as told."""
    return births_of(born_of(one), born_of(other))


def births_of(a: Born, b: Born) -> Births:
    """Compare two dates of birth."""
    if not a.year or not b.year:
        return Births.UNKNOWN
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
