"""How a place that was told may be read otherwise, where nothing is known by the words as they stand.

Only what is told is read so, never what is on record, and it is said beside whatever is found by it.
"""

import re

from callhandler.rules.identify.places.words import STREETS

_SMALL = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
_NUMBER = {word: n for n, word in enumerate(_SMALL, 1)}
_STREET = rf"\S+(?:\s+\S+)*?\s+(?:{'|'.join({*STREETS, *(s for of in STREETS.values() for s in of)})})\b"
_SAID = re.compile(
    rf"^\s*(?:({'|'.join(_TENS)})[\s-]*)?({'|'.join(sorted(_SMALL, key=len, reverse=True))})?\s+(?={_STREET})",
    re.I,
)
_STROKE = re.compile(rf"^\s*(\d{{1,4}})\s*/\s*(\d{{1,2}})\s*,?\s+(?=[a-z]{_STREET})", re.I)
_JUNCTION = re.compile(
    r"^\W*(?:j|jn|jct|junction)\.?\s*(\d{1,2}[a-z]?)\W+(?:of\s+)?(?:the\s+)?([am]\d{1,4}(?:\(m\))?)\b(.*)$",
    re.I,
)
# Two decimals are a kilometre: told so by whoever reads them off a screen, never what is on record.
_ROUGH = re.compile(r"^\W*(49|5\d|60)\.(\d\d)\s*[,;]\s*(-?\d)\.(\d\d)\W*$")
_PART = r"(\d{1,2})\s*°\s*(\d{1,2})\s*['′’]\s*(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|”|'')\s*"
_DEGREES = re.compile(rf"^\W*{_PART}n\W+{_PART}([ew])\W*$", re.I)


def read_as(told: str) -> str:
    """Another reading of the same words; empty where there is none. Of a reading there is no further one."""
    if found := _DEGREES.match(told):
        north, east = (_degrees(*found.groups()[n : n + 3]) for n in (0, 3))
        return f"{north:.5f}, {-east if found[7].casefold() == 'w' else east:.5f}"
    if found := _ROUGH.match(told):
        return f"{found[1]}.{found[2]}0, {found[3]}.{found[4]}0"
    if found := _JUNCTION.match(told):
        return f"{found[2].upper()} J{found[1].upper()}{found[3]}"
    if found := _STROKE.match(told):
        return f"Flat {found[2]}, {found[1]} {told[found.end() :]}"
    found = _SAID.match(told)
    if not found or not (found[1] or found[2]):
        return ""
    return f"{_TENS.get((found[1] or '').casefold(), 0) + _NUMBER.get((found[2] or '').casefold(), 0)} {told[found.end() :]}"


def _degrees(degrees: str, minutes: str, seconds: str) -> float:
    return int(degrees) + int(minutes) / 60 + float(seconds) / 3600
