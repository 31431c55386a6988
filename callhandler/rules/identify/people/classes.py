"""What two records of people may be to each other, and how often each level of each field is seen then, before any data.

Not only "one person or strangers": a mother and a daughter share name, home and telephone and are two; a person who has
moved shares none of her address with herself. So a pair is one of five. How often each level is seen for one person is then
learnt from the records at hand (`learn.py`); these are what it starts from, and what counts where there are few records.
Set by hand before anything was measured, from what is usual in records; not fitted to any labelled set.
"""

from enum import IntEnum

from callhandler.rules.identify.names.compare import Level
from callhandler.rules.identify.people.levels import Alike, Days

Levels = dict[int, float]


class Pair(IntEnum):
    """What two records are to each other. The first two are one person."""

    ONE = 0
    MOVED = 1
    HOUSEHOLD = 2
    NEIGHBOURS = 3
    STRANGERS = 4


FIELDS = (
    "given", "family", "turned", "born", "number", "street", "more", "town", "postcode", "region", "phone",
)  # fmt: skip
PERSONAL = ("given", "family", "turned", "born")
"""What a person keeps when she moves."""
SINGLE = {"given": Level.SAME, "family": Level.SAME, "born": Days.SAME} | dict.fromkeys(
    ("number", "street", "more", "town", "postcode", "region"), Alike.SAME
)
"""Fields of which a rare value says more than a common one, and the level at which it is the same value."""


def _part(
    same: float, short: float, script: float, sound: float, near: float, initial: float, vague: float
) -> Levels:
    found = {
        Level.SAME: same, Level.SHORT: short, Level.SCRIPT: script, Level.SOUND: sound, Level.NEAR: near,
        Level.INITIAL: initial, Level.VAGUE: vague,
    }  # fmt: skip
    return {int(k): v for k, v in found.items()} | {int(Level.APART): 1 - sum(found.values())}


def _days(
    same: float, turned: float, slip: float, near: float, part: float, like: float, year: float
) -> Levels:
    found = {
        Days.SAME: same, Days.TURNED: turned, Days.SLIP: slip, Days.NEAR: near, Days.PART: part, Days.LIKE: like,
        Days.YEAR: year,
    }  # fmt: skip
    return {int(k): v for k, v in found.items()} | {int(Days.APART): 1 - sum(found.values())}


def _alike(same: float, near: float, elsewhere: float, like: float) -> Levels:
    found = {Alike.SAME: same, Alike.NEAR: near, Alike.ELSEWHERE: elsewhere, Alike.LIKE: like}
    return {int(k): v for k, v in found.items()} | {int(Alike.APART): 1 - sum(found.values())}


ONE_PERSON: dict[str, Levels] = {
    "given": _part(0.78, 0.05, 0.01, 0.05, 0.05, 0.01, 0.01),
    "family": _part(0.80, 0.02, 0.01, 0.05, 0.05, 0.005, 0.01),
    "turned": {0: 0.97, 1: 0.03},
    "born": _days(0.85, 0.01, 0.05, 0.03, 0.02, 0.01, 0.01),
    "number": _alike(0.84, 0.06, 0.005, 0.005),
    "street": _alike(0.74, 0.12, 0.03, 0.03),
    "more": _alike(0.60, 0.10, 0.05, 0.05),
    "town": _alike(0.82, 0.08, 0.02, 0.03),
    "postcode": _alike(0.84, 0.07, 0.001, 0.04),
    "region": _alike(0.90, 0.03, 0.005, 0.02),
    "phone": _alike(0.60, 0.001, 0.001, 0.001),
    "other": _alike(0.80, 0.06, 0.01, 0.03),
}
TWO_PEOPLE: dict[str, Levels] = {
    "given": _part(0.005, 0.004, 0.0005, 0.008, 0.008, 0.004, 0.08),
    "family": _part(0.002, 0.001, 0.0005, 0.006, 0.006, 0.004, 0.08),
    "turned": {0: 0.5, 1: 0.5},
    "born": _days(0.00005, 0.0001, 0.001, 0.003, 0.001, 0.008, 0.012),
    "number": _alike(0.02, 0.10, 0.001, 0.01),
    "street": _alike(0.002, 0.004, 0.002, 0.01),
    "more": _alike(0.01, 0.01, 0.004, 0.01),
    "town": _alike(0.02, 0.01, 0.002, 0.01),
    "postcode": _alike(0.002, 0.006, 0.0005, 0.03),
    "region": _alike(0.25, 0.02, 0.001, 0.01),
    "phone": _alike(0.00002, 0.001, 0.001, 0.001),
    "other": _alike(0.05, 0.02, 0.002, 0.02),
}
MOVED: dict[str, Levels] = {
    "number": _alike(0.03, 0.10, 0.001, 0.01),
    "street": _alike(0.02, 0.01, 0.005, 0.02),
    "more": _alike(0.03, 0.01, 0.01, 0.01),
    "town": _alike(0.40, 0.02, 0.01, 0.03),
    "postcode": _alike(0.04, 0.02, 0.001, 0.20),
    "region": _alike(0.85, 0.02, 0.001, 0.02),
    "phone": _alike(0.40, 0.001, 0.001, 0.001),
}
PLACE = ("number", "street", "more", "town", "postcode", "region")
"""What those of one home share; as often written otherwise for two people of it as for one."""
OF_ONE: dict[Pair, dict[str, float]] = {
    Pair.HOUSEHOLD: {"family": 0.65, **dict.fromkeys(PLACE, 0.97)},
    Pair.NEIGHBOURS: {"street": 0.7, "town": 0.95, "postcode": 0.8, "region": 1.0},
}
"""How often two people of a household, or neighbours, share what one person shares with herself."""
SHARED_PHONE = _alike(0.30, 0.001, 0.001, 0.001)
MOST_APART = 0.1
"""So many records of one person at most differ wholly in given name, family name or date of birth: a family is not one."""
TWINS, NAMESAKES = 0.04, 0.004
"""Of two in one household: how many have one date of birth, as twins or because a form bears another's of the house by
mistake; and how many bear one given name, a son his father's."""
SHARES = {Pair.ONE: 0.05, Pair.MOVED: 0.01, Pair.HOUSEHOLD: 0.5, Pair.NEIGHBOURS: 2.5}
"""So many pairs of each for each record, before any are seen."""
TRUST_SHARES = 0.002
"""So much these count for beside what is seen."""
USUAL_BITS = {
    "given": 7, "family": 9, "born": 14, "number": 6, "street": 10, "more": 6, "town": 5, "postcode": 11, "region": 2,
    "others": 4,
}  # fmt: skip
"""How much a shared value says where no table was counted, as a power of two: one of so many people bears it."""
