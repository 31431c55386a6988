"""A telephone that rings, as told by a command, a file or a link; and the message that hands it to the running window.

Every reader is strict: what is not known here is refused with the place where it stands, and nothing is dropped silently.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import unquote
from uuid import UUID

from uuid6 import uuid7

from callhandler.errors import BadInput, BadInputs
from callhandler.model.location import FixKind, Located, Point

LONGEST_NAME = 200
LONGEST_PLACE = 300
LONGEST_SOURCE = 40
LONGEST_NUMBER = 40
LONGEST_LINK = 4_000
DIGITS = range(2, 16)  # two for a short number; fifteen is the most that E.164 allows
WITHHELD = frozenset({"withheld", "anonymous", "unknown", "unavailable", "private"})
_PUNCTUATION = str.maketrans("", "", " -().\N{NO-BREAK SPACE}\N{NON-BREAKING HYPHEN}\N{EN DASH}")
_LINK = re.compile(r"callhandler:(?://)?ring/?(?:\?(?P<query>.*))?", re.IGNORECASE | re.DOTALL)
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,9})?")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# They turn round the text that follows them, on the whole line; marks such as the right-to-left mark do not.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")


class RingOutcome(StrEnum):
    """What has become of a ringing call so far."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Ring:
    """One call that rings or rang. `number` is empty when it is withheld; `at` is None until somebody says when."""

    number: str
    name: str = ""
    place: str = ""
    at: datetime | None = None
    outcome: RingOutcome = RingOutcome.RINGING
    source: str = "command"
    uuid: str = ""
    located: Located | None = None


# --- the readers -----------------------------------------------------------------------------


def from_values(values: Mapping[str, str | None], where: str = "", source: str = "command") -> Ring:
    """A ring from named values. Raises BadInput, or BadInputs for several faults; each says where it stands.

    `where` is put before the value's name. Values that are None were not given.
    """
    given = {key: value for key, value in values.items() if value is not None}
    faults: list[BadInput] = []
    unknown = sorted(set(given) - set(_FIELDS))
    known = ", ".join(_FIELDS)
    faults += [
        BadInput(f"this is not known here; a ring may have {known}.", _place(where, key)) for key in unknown
    ]
    read: dict[str, object] = {}
    for key, reader in _FIELDS.items():
        if key in given:
            try:
                read[key] = reader(given[key])
            except ValueError as error:
                faults.append(BadInput(str(error), _place(where, key)))
    located = None
    places = {key: read.pop(key) for key in _LOCATION if key in read}
    try:
        # One that cannot be read is told by itself; what it leaves incomplete is not a second fault.
        located = _located(places) if all(key in places for key in _LOCATION if key in given) else None
    except BadInput as error:
        faults.append(BadInput(error.sentence, _place(where, error.where)))
    if "number" not in given:
        faults.append(
            BadInput("a ring needs a number; write withheld when none came.", _place(where, "number"))
        )
    if faults:
        raise faults[0] if len(faults) == 1 else BadInputs(faults)
    ring = replace(Ring(number="", located=located), **{"source": source, **read})  # type: ignore[arg-type]
    return ring if ring.uuid else replace(ring, uuid=str(uuid7()))


def from_link(link: str) -> Ring:
    """A ring from `callhandler:ring?number=...&name=...&place=...`. A plus sign is a plus sign, a space is %20."""
    if len(link) > LONGEST_LINK:
        raise BadInput(f"it has {len(link):,} characters; the most is {LONGEST_LINK:,}.", "link")
    found = _LINK.fullmatch(link)
    if found is None:
        raise BadInput("it must begin with callhandler:ring? and give a number.", "link")
    values: dict[str, str | None] = {}
    for part in filter(None, (found["query"] or "").split("&")):
        key, equals, coded = part.partition("=")
        if not equals:
            raise BadInput("each part is written as name=value, with & between.", _place("link", shown(key)))
        if key in values:
            raise BadInput("it is given twice; give it once.", _place("link", shown(key)))
        if key not in _IN_LINKS:
            raise BadInput(
                f"this is not known here; a link may have {', '.join(_IN_LINKS)}.", _place("link", shown(key))
            )
        if "#" in coded or _BAD_PERCENT.search(coded):
            raise BadInput("write # as %23 and % as %25, and two digits after each %.", _place("link", key))
        try:
            values[key] = unquote(coded, errors="strict")
        except UnicodeDecodeError:
            raise BadInput("what stands behind the % signs is not UTF-8.", _place("link", key)) from None
    return from_values(values, "link", "link")


def is_link(text: str) -> bool:
    """Whether a text means to be one of our links, well written or not."""
    return text[:12].lower() == "callhandler:"


# --- one reader for each value; each raises ValueError with a sentence -----------------------


def _number(given: str) -> str:
    text = _plain(given, LONGEST_NUMBER, "number")
    if text.casefold() in WITHHELD or not text:
        return ""
    compact = unicodedata.normalize("NFKC", text).translate(_PUNCTUATION)
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in compact)
    body = digits.removeprefix("+")
    if not (body.isascii() and body.isdigit()) or len(body) not in DIGITS:
        raise ValueError(
            f"{shown(text)} is not a telephone number; write it as +447700900418 or 07700 900418, or write withheld."
        )
    return digits


def _name(given: str) -> str:
    return _plain(given, LONGEST_NAME, "name")


def _place_words(given: str) -> str:
    return _plain(given, LONGEST_PLACE, "place")


def _source(given: str) -> str:
    return _plain(given, LONGEST_SOURCE, "source")


def _at(given: str) -> datetime:
    text = _plain(given, 40, "time")
    sentence = f"{shown(text)} is not a time with its zone; write it as 2018-08-26T22:34:00+01:00."
    try:
        instant = datetime.fromisoformat(text)
        aware = instant.astimezone(UTC) if instant.tzinfo is not None else None
    except (ValueError, OverflowError):
        raise ValueError(sentence) from None
    if aware is None or not 1990 <= aware.year <= 2200:
        raise ValueError(sentence)
    return aware


def _degrees(most: int) -> Callable[[str], float]:
    def read(given: str) -> float:
        text = _plain(given, 30, "degrees")
        if not _DEGREES.fullmatch(text) or abs(float(text)) > most:
            raise ValueError(f"{shown(text)} is not in degrees; write it as 52.41213, at most {most}.")
        return float(text)

    return read


def _radius(given: str) -> int:
    text = _plain(given, 20, "radius")
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise ValueError(f"{shown(text)} is not a radius; write whole metres, such as 30.")
    return int(text)


def _located_by(given: str) -> FixKind:
    try:
        return FixKind(given)
    except ValueError:
        known = ", ".join(k.value for k in FixKind)
        raise ValueError(f"{shown(given)} is no source of a location; there are {known}.") from None


def _located(read: dict[str, object]) -> Located | None:
    """The location of named values already read. A point needs both degrees; raises BadInput with the value's name."""
    if not read:
        return None
    if ("lat" in read) != ("lon" in read):
        missing = "lon" if "lat" in read else "lat"
        raise BadInput("a point has two numbers; give lat and lon.", missing)
    lat, lon = read.get("lat"), read.get("lon")
    point = Point(lat, lon) if isinstance(lat, float) and isinstance(lon, float) else None
    if point is None and not read.get("installed_at"):
        raise BadInput("a location needs lat and lon, or installed_at.", min(read))
    kind = FixKind.CELL if point is not None else FixKind.INSTALLATION
    return Located(
        kind=read.get("located_by", kind),  # type: ignore[arg-type]
        point=point,
        radius_m=read.get("radius_m"),  # type: ignore[arg-type]
        address=str(read.get("installed_at", "")),
        at=read.get("located_at"),  # type: ignore[arg-type]
    )


def location_texts(located: Located | None) -> dict[str, str | None]:
    """A location as the named texts that are read again; None for what is not known."""
    if located is None:
        return {}
    point = located.point
    return {
        "lat": f"{point.lat:.6f}" if point else None,
        "lon": f"{point.lon:.6f}" if point else None,
        "radius_m": str(located.radius_m) if located.radius_m is not None else None,
        "located_at": located.at.isoformat() if located.at else None,
        "located_by": located.kind.value,
        "installed_at": located.address or None,
    }


def _outcome(given: str) -> RingOutcome:
    try:
        return RingOutcome(given)
    except ValueError:
        known = ", ".join(o.value for o in RingOutcome)
        raise ValueError(f"{shown(given)} is not an outcome of a ring; there are {known}.") from None


def _uuid(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        raise ValueError(f"{shown(given)} is not a UUID; leave it out, and one is made.") from None


def _plain(given: str, longest: int, what: str) -> str:
    """A line as it was given, in any script. Characters that nobody sees and that could mislead are refused."""
    text = given.strip(" ")
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _OVERRIDES:
            raise ValueError(
                f"it holds a hidden control character (U+{ord(character):04X}); write the {what} on one line without it."
            )
    if len(text) > longest:
        raise ValueError(f"the {what} has {len(text):,} characters; the most is {longest}. Shorten it.")
    return text


_FIELDS = {
    "number": _number,
    "name": _name,
    "place": _place_words,
    "at": _at,
    "outcome": _outcome,
    "source": _source,
    "uuid": _uuid,
    "lat": _degrees(90),
    "lon": _degrees(180),
    "radius_m": _radius,
    "located_at": _at,
    "located_by": _located_by,
    "installed_at": _place_words,
}
_LOCATION = ("lat", "lon", "radius_m", "located_at", "located_by", "installed_at")
_IN_LINKS = ("number", "name", "place", "outcome")


def shown(text: str) -> str:
    """A given text in a sentence: short, and with nothing hidden in it."""
    seen = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"{seen[:40]}…" if len(seen) > 40 else seen or "nothing"


def _place(where: str, key: str) -> str:
    # A key may come from outside as well.
    return f"{where}: {shown(key)}" if where else shown(key)
