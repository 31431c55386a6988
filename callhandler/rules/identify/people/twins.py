"""Two of one family name and one date of birth whose given names are not alike: twins, until something says otherwise.

Such a pair is possible, never likely. Two things say otherwise: a further column of which hardly anybody shares the value,
and the whole table. Twins are few among brothers, sisters and couples; where a table holds more seeming twins than other
pairs of one home, its given names were changed, as FEBRL's were.
"""

from collections.abc import Mapping

from callhandler.rules.identify.names.compare import Level
from callhandler.rules.identify.people.classes import FIELDS
from callhandler.rules.identify.people.learn import SAME, Seen
from callhandler.rules.identify.people.levels import UNKNOWN, Alike, Days

FEWEST = 10
"""So few seeming twins are twins, whatever else the table holds."""
TELLING = 10
"""Another column's value says who it is when one in two to this power bears it."""
POSSIBLE = 0.5
"""By how much the likelihood of seeming twins is less: never as much as is proposed."""


def seem_twins(pattern: Seen) -> bool:
    """True for one family name and one date of birth, two given names, and nothing that says they are one person."""
    given, family, turned, born = pattern[:4]
    return (
        turned != 1
        and UNKNOWN < given <= Level.VAGUE
        and family >= Level.SOUND
        and born >= SAME
        and not any(code >= SAME + TELLING for code in pattern[len(FIELDS) :])
    )


def twins_told(times: Mapping[Seen, int]) -> bool:
    """True unless the table holds more seeming twins than pairs of one home, name and two dates of birth."""
    twins = others = 0
    for pattern, many in times.items():
        given, family, turned, born = pattern[:4]
        if (
            turned == 1
            or not UNKNOWN < given <= Level.VAGUE
            or family < Level.SOUND
            or not _one_home(pattern)
        ):
            continue
        if born >= SAME:
            twins += many
        elif born in (Days.APART, Days.YEAR):
            others += many
    return twins <= max(FEWEST, others)


def _one_home(pattern: Seen) -> bool:
    number, street, _, _, postcode = pattern[4:9]
    return (number >= SAME or number == UNKNOWN) and (street >= Alike.NEAR or postcode >= SAME)
