"""What two records have in common, field by field, each as one level. What one of them does not know is never "apart"."""

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from callhandler.rules.identify.names.compare import Level, level_of
from callhandler.rules.identify.names.tokens import Token
from callhandler.rules.identify.people.record import Home, Named, PersonRecord

UNKNOWN = -1
"""Stands for a field of which one of the two says nothing."""


class Alike(IntEnum):
    """How alike two values that are not names are."""

    APART = 0
    LIKE = 1
    ELSEWHERE = 2
    NEAR = 3
    SAME = 4


class Days(IntEnum):
    """How two dates of birth stand to each other."""

    APART = 0
    YEAR = 1
    LIKE = 2
    PART = 3
    NEAR = 4
    SLIP = 5
    TURNED = 6
    SAME = 7


class Found(NamedTuple):
    """The level of each field, `UNKNOWN` where it cannot be compared; and what was compared, for telling why."""

    given: int
    family: int
    turned: int
    born: int
    number: int
    street: int
    more: int
    town: int
    postcode: int
    region: int
    phone: int
    others: tuple[int, ...]
    names: tuple[Named, Named] | None
    homes: tuple[Home, Home] | None


def found(a: PersonRecord, b: PersonRecord) -> Found:
    """Compare two records; of several names and homes those that agree best."""
    best_name = max((_names(x, y) for x in a.names for y in b.names), key=_sum, default=None)
    best_home = max((_homes(x, y) for x in a.homes for y in b.homes), key=_sum, default=None)
    given, family, turned = best_name[0] if best_name else (UNKNOWN, UNKNOWN, UNKNOWN)
    return Found(
        given,
        family,
        turned,
        born_level(a.born, b.born),
        *(best_home[0] if best_home else (UNKNOWN,) * 6),
        _numbers(a.numbers, b.numbers),
        tuple(text_level(x, y) for x, y in zip(a.others, b.others, strict=True)),
        best_name[1] if best_name else None,
        best_home[1] if best_home else None,
    )


def _sum(one: tuple[tuple[int, ...], object]) -> int:
    return sum(one[0])


def _names(a: Named, b: Named) -> tuple[tuple[int, int, int], tuple[Named, Named]]:
    straight = part_level(a.given, b.given), part_level(a.family, b.family)
    if min(straight) >= Level.SOUND:
        return (*straight, 0), (a, b)
    crossed = part_level(a.given, b.family), part_level(a.family, b.given)
    if sum(crossed) > sum(straight) + 1 and max(crossed) >= Level.NEAR:
        # The same whichever of the two comes first: the part that agrees better is called the family name.
        if crossed[0] > crossed[1]:
            return (crossed[1], crossed[0], 1), (Named(a.family, a.given), b)
        return (*crossed, 1), (a, Named(b.family, b.given))
    return (*straight, 0 if max(straight) >= Level.NEAR else UNKNOWN), (a, b)


def part_level(a: tuple[Token, ...], b: tuple[Token, ...]) -> int:
    """How alike the given names, or the family names, of two people are; of several names the two that agree best."""
    if not a or not b:
        return UNKNOWN
    if len(a) == len(b) == 1:
        return int(level_of(a[0], b[0]))
    joined = level_of(_joined(a), _joined(b))
    best = max(level_of(x, y) for x in a for y in b)
    if joined >= best:
        return int(joined)
    # One of several names the same is much, but not all.
    return int(min(best, Level.SHORT))


@lru_cache(maxsize=20_000)
def _joined(parts: tuple[Token, ...]) -> Token:
    from callhandler.rules.identify.names.tokens import rough

    plain = "".join(p.plain for p in parts)
    return Token(plain, rough(plain), " ".join(p.written for p in parts), any(p.unvowelled for p in parts))


@lru_cache(maxsize=50_000)
def born_level(a: str, b: str) -> int:
    """How two dates of birth of eight figures stand to each other."""
    if not a or not b:
        return UNKNOWN
    if a == b:
        return int(Days.SAME if "00" not in (a[4:6], a[6:]) else Days.PART)
    one, other = (a[:4], a[4:6], a[6:]), (b[:4], b[4:6], b[6:])
    known = [(x, y) for x, y in zip(one, other, strict=True) if int(x) and int(y)]
    if len(known) < 3:
        return int(Days.PART if all(x == y for x, y in known) else Days.APART)
    if one[0] == other[0] and one[1:] == (other[2], other[1]):
        return int(Days.TURNED)
    from rapidfuzz.distance import OSA

    slips = OSA.distance(a, b)
    if slips == 1:
        return int(Days.SLIP)
    same = sum(x == y for x, y in known)
    if same == 2:
        return int(Days.NEAR)
    if slips == 2:
        return int(Days.LIKE)
    return int(Days.YEAR if one[0] == other[0] else Days.APART)


def _homes(a: Home, b: Home) -> tuple[tuple[int, int, int, int, int, int], tuple[Home, Home]]:
    levels = [
        number_level(a.number, b.number),
        text_level(a.street, b.street),
        text_level(a.more, b.more),
        text_level(a.town, b.town),
        number_level(a.postcode, b.postcode),
        text_level(a.region, b.region),
    ]
    texts = ((1, a.street, b.street), (2, a.more, b.more), (3, a.town, b.town))
    for n, x, y in texts:
        if levels[n] in (Alike.APART, UNKNOWN) and any(
            m != n and ((x and text_level(x, v) >= Alike.NEAR) or (y and text_level(y, u) >= Alike.NEAR))
            for m, u, v in texts
        ):
            levels[n] = int(Alike.ELSEWHERE)
    return (levels[0], levels[1], levels[2], levels[3], levels[4], levels[5]), (a, b)


@lru_cache(maxsize=100_000)
def text_level(a: str, b: str) -> int:
    """How alike two words or lines of an address are."""
    if not a or not b:
        return UNKNOWN
    if a == b:
        return int(Alike.SAME)
    from rapidfuzz.distance import OSA, JaroWinkler

    short = min(len(a), len(b))
    apart = OSA.distance(a, b, score_cutoff=3)
    if (apart == 1 and short >= 4) or (apart == 2 and short >= 6) or (apart == 3 and short >= 10):
        return int(Alike.NEAR)
    alike = JaroWinkler.similarity(a, b)
    if alike >= 0.92 and short >= 4:
        return int(Alike.NEAR)
    return int(Alike.LIKE if alike >= 0.85 or _in_common(a, b) else Alike.APART)


def _in_common(a: str, b: str) -> bool:
    """True when one's words are all in the other."""
    x, y = set(a.split()), set(b.split())
    few = min(x, y, key=len)
    return few <= (x & y) and max(map(len, few)) >= 4


@lru_cache(maxsize=100_000)
def number_level(a: str, b: str) -> int:
    """How alike two house numbers or postcodes are: one slip is near; the first half of a British postcode is like."""
    if not a or not b:
        return UNKNOWN
    if a == b:
        return int(Alike.SAME)
    from rapidfuzz.distance import OSA

    apart = OSA.distance(a, b, score_cutoff=2)
    if apart == 1 and max(len(a), len(b)) >= 2:
        return int(Alike.NEAR)
    if len(a) >= 4 and len(b) >= 4 and (apart == 2 or (len(a) > 4 and a[:-3] == b[:-3])):
        return int(Alike.LIKE)
    return int(Alike.APART)


def _numbers(a: frozenset[str], b: frozenset[str]) -> int:
    if not a or not b:
        return UNKNOWN
    return int(Alike.SAME if a & b else Alike.APART)
