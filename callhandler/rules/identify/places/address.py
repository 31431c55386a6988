"""The parts of a UK address, or of another way to say where: postcode, UPRN, point, three words.

A postcode's form is Royal Mail's; a UPRN has at most 12 digits (GeoPlace) and no check digit that is published.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from callhandler.rules.identify.places.words import (
    BUILDINGS,
    FLOORS,
    STREETS,
    UNITS,
    cut,
    street_words,
    without_county,
)

_POSTCODE = re.compile(r"\b(gir ?0aa|[a-z]{1,2}\d[a-z\d]?)[\s.-]*(\d[abd-hjlnp-uw-z]{2})\b")
_OUTWARD = re.compile(r"[\s,]((?!a\d)[a-z]{1,2}\d[a-z\d]?)\W*$")
"""The first half of a postcode by itself, as people say it: "6 Bridge Street, B14". None begins with A and a figure."""
_UPRN = re.compile(r"\buprn\W*(\d{1,12})\b(?!\d)")
_BARE_UPRN = re.compile(r"\s*(\d{11,12})\s*")
_POINT = re.compile(r"(?<![\d.])(4[9]|5\d|60|61)[.](\d{3,8})\s*[,;\s]\s*(-?\d{1,2}[.]\d{3,8})(?![\d.])")
_THREE_WORDS = re.compile(r"^\W*(?:///)?([^\W\d_]{2,}[.][^\W\d_]{2,}[.][^\W\d_]{2,})\W*$")
_SAID_THREE = re.compile(
    r"^\W*(?:what3words|what three words|w3w)\b[\W_]*([^\W\d_]{2,})[\W_]+([^\W\d_]{2,})[\W_]+([^\W\d_]{2,})\W*$"
)
_GRID = re.compile(r"^\W*([hnost][a-hj-z])\s*((?:\d\s*){6,10})\W*$")
"""A reference of the Ordnance Survey's grid: two letters, then as many figures east as north."""
_BESIDE = re.compile(
    r"^\W*([oc]/[os]|outside|in front of|opposite|opp|near to|near|nr|next door to|next to|behind|rear of|close to"
    r"|across from)\b"
    r"[\s.,:]*(?=\w)"
)
_ABOVE = re.compile(r"^\W*(?:the\s+)?flat\s+(?:above|over)\s+(?=\w)")
_SPAN = re.compile(r"\b(\d{1,5})([a-z]?)\s*(?:-|–|—|to)\s*(\d{1,5})([a-z]?)\b(?!\s*/)")
_NUMBER = re.compile(
    r"(?:\b(?:no|nos|number|house|num)\b[.\s]*|#\s*)?\b(\d{1,5})\s?([a-np-z]|o(?!\s+[a-z]))?\b(?!(?:st|nd|rd|th)\b)"
)
_UNIT = re.compile(
    rf"\b(?:{'|'.join(UNITS)})\b\.?\s*(?:no|number|num|nr|#)?\.?\s*((?:\d+|[a-z])(?:\s?[a-z]|/\d+)?|[a-z]{{1,2}}\d+[a-z]?|\d+[a-z]{{1,2}}\d+)\b"
    r"(?:\s+(front|rear|left|right)\b)?"
)
"""With the letters and figures that some blocks number by, 2F1 and A12, and the side of the landing that it is on."""
_UNIT_JOINED = re.compile(r"\b(?:flat|apt|unit|fl|f|rm)\.?(\d+[a-z]?)\b")
_FLATS = ("flat", "maisonette", "apartment")
_FLOOR = re.compile(
    rf"\b({'|'.join(sorted(FLOORS, key=len, reverse=True))})"
    rf"(?:(?:[\s-]*(?:floor|flr|fl))?[\s-]*(?:{'|'.join(_FLATS)})|[\s-]*(?:floor|flr))\b"
)
_STAIR = re.compile(r"^\s*(\d{1,2})\s*/\s*(\d{1,2})\b")


ABOVE = "above"
"""A flat that was told only as the one above a shop or a house."""


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of where; empty where a part was not given. `low` and `high` are a span of house numbers."""

    unit: str = ""
    floor: int | None = None
    building: str = ""
    low: int = 0
    high: int = 0
    letter: str = ""
    street: str = ""
    towns: tuple[str, ...] = ()
    postcode: str = ""
    uprn: str = ""
    point: tuple[float, float] | None = None
    three_words: str = ""
    name: str = ""
    beside: str = ""
    """The word by which it was told from another place: outside it, opposite it."""

    @property
    def numbered(self) -> bool:
        """True when it has a house number."""
        return self.low > 0


def uprn_of(given: str) -> str:
    """A Unique Property Reference Number without spaces or leading zeros; empty when it has no or over 12 digits."""
    digits = re.sub(r"\s", "", given)
    return digits.lstrip("0") if re.fullmatch(r"\d{1,12}", digits) else ""


def postcode_of(given: str) -> str:
    """A UK postcode as it is written, from any spacing and case; empty when there is none."""
    found = _POSTCODE.search(_plain(given))
    return _postcode(found) if found else ""


def _postcode(found: re.Match[str]) -> str:
    return f"{found[1].replace(' ', '')} {found[2]}".upper()


@lru_cache(maxsize=2_000)
def address_of(given: str) -> Address:
    """Read an address in one line or many. What cannot be told apart is a name: "the cafe", "her mother's"."""
    text = _plain(given)
    # What a pattern cannot do without is looked for first: a history of addresses has hardly any of these.
    dotted = "." in text
    if dotted and (found := _THREE_WORDS.match(text)):
        return Address(three_words=found[1])
    if found := _SAID_THREE.match(text):
        return Address(three_words=".".join(found.groups()))
    if found := _GRID.match(text):
        figures = "".join(found[2].split())
        if len(figures) % 2 == 0:
            return Address(name=f"{found[1]} {figures}")
    beside, text = _taken(_BESIDE, text)
    uprn, text = _taken(_UPRN, text) if "uprn" in text else ("", text)
    if not uprn and text.strip().isdigit() and (found := _BARE_UPRN.fullmatch(text)):
        return Address(uprn=uprn_of(found[1]))
    point = None
    if dotted and (found := _POINT.search(text)):
        point, text = (float(f"{found[1]}.{found[2]}"), float(found[3])), _POINT.sub(" ", text)
    postcode = ""
    if found := _POSTCODE.search(text):
        postcode, text = _postcode(found), _POSTCODE.sub(", ", text)
    above = _ABOVE.match(text)
    text = text[above.end() :] if above else text
    outward = None if postcode else _OUTWARD.search(text)
    read = _read(_segments(text[: outward.start()] if outward else text), postcode, uprn_of(uprn), point)
    if outward and read.numbered and read.street:
        read = replace(read, postcode=outward[1].upper())
    elif outward:
        read = _read(_segments(text), postcode, uprn_of(uprn), point)
    if above and not read.unit:
        read = replace(read, unit=ABOVE, floor=1)
    return replace(read, beside=beside) if beside else read


def _segments(text: str) -> list[str]:
    parts = [p for part in re.split(r"[,;\n]+", text) for p in _on_its_street(part)]
    segments = [s.strip(" .-") for part in parts for s in cut(without_county(part.strip()))]
    return [s for s in segments if s]


def _on_its_street(part: str) -> list[str]:
    """ "The chippy on Alder St" is the chippy, Alder St; "Stoke on Trent" is one."""
    name, on, street = part.partition(" on ")
    return [name, street] if on and name.strip() and _is_street(_numbered(street)[0]) else [part]


def _read(segments: list[str], postcode: str, uprn: str, point: tuple[float, float] | None) -> Address:
    unit, floor, segments = _unit_of(segments)
    building, low, high, letter, street, name = "", 0, 0, "", "", ""
    towns: list[str] = []
    for n, segment in enumerate(segments):
        rest, span = _numbered(segment)
        words = street_words(rest)
        if not words:
            if span and not low:
                if not unit and any(
                    _numbered(s)[1] and street_words(_numbered(s)[0]) for s in segments[n + 1 :]
                ):
                    # "4, 12 Alder Street": the flat, then the house.
                    unit = f"{span[0]}{span[2]}"
                else:
                    low, high, letter = span
            continue
        last = words[-1]
        more = last in BUILDINGS and any(_is_street(_numbered(s)[0]) for s in segments[n + 1 :])
        if not street and last in BUILDINGS and (more or not _is_street(rest)):
            building = building or " ".join(words)
            if span and not unit and more:
                unit = f"{span[0]}{span[2]}"
            elif span and not low:
                low, high, letter = span
        elif not street and (_is_street(rest) or span):
            street = " ".join(words)
            if span and not low:
                low, high, letter = span
        elif low and not street:
            street = " ".join(words)
        elif not street and n == 0 and len(segments) > 0:
            name = " ".join(words)
        else:
            towns.append(" ".join(words))
    if not street and building and not low and unit:
        # "Flat 14, Mill Court" and "14 Mill Court" are one.
        street = building
    return Address(
        unit, floor, building, low, high, letter, street, tuple(towns), postcode, uprn, point, "", name
    )


def _is_street(text: str) -> bool:
    words = street_words(text)
    return len(words) > 1 and words[-1] in STREETS


def _unit_of(segments: list[str]) -> tuple[str, int | None, list[str]]:
    """The flat of an address, its floor where that is told, and what is left."""
    unit, floor, left = "", None, []
    for n, segment in enumerate(segments):
        text = segment
        if n == 0 and not unit and (found := _STAIR.match(text)):
            rest = text[found.end() :]
            if any(c.isdigit() for c in "".join((rest, *segments[1:]))):
                # As in Scotland: the second flat of the first floor is 1/2.
                unit, floor, text = f"{int(found[1])}/{int(found[2])}", int(found[1]), rest
            else:
                unit, text = str(int(found[1])), f"{found[2]}{rest}"
        if any(kind in text for kind in (*_FLATS, "floor", "flr")) and (found := _FLOOR.search(text)):
            floor = FLOORS[found[1]]
            unit, text = unit or f"floor {floor}", text[: found.start()] + text[found.end() :]
        if found := _UNIT.search(text) or _UNIT_JOINED.search(text):
            side = f" {found[2]}" if found.re is _UNIT and found[2] else ""
            unit, text = _bare(found[1]) + side, text[: found.start()] + text[found.end() :]
        if text.strip(" .-"):
            left.append(text.strip(" .-"))
    return unit, floor, left


@lru_cache(maxsize=20_000)
def _numbered(segment: str) -> tuple[str, tuple[int, int, str] | None]:
    """A segment without its house number, and the span of numbers."""
    if (found := _SPAN.search(segment)) and int(found[1]) < int(found[3]):
        return segment[: found.start()] + segment[found.end() :], (int(found[1]), int(found[3]), "")
    if (found := _NUMBER.search(segment)) and int(found[1]):
        number = int(found[1])
        return segment[: found.start()] + segment[found.end() :], (number, number, found[2] or "")
    return segment, None


def _bare(unit: str) -> str:
    return re.sub(r"\s", "", unit).lstrip("0") or "0"


def _plain(given: str) -> str:
    if given.isascii():
        return given.casefold().replace("'", "")
    text = unicodedata.normalize("NFKD", given).casefold()
    return "".join(c for c in text if not unicodedata.combining(c)).replace("’", "").replace("'", "")


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    return (found[1], text[: found.start()] + " " + text[found.end() :]) if found else ("", text)
