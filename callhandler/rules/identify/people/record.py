"""What is known of one person, in the form in which records are compared. Empty where something is not known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from callhandler.rules.identify.folding import folded
from callhandler.rules.identify.names.born import born_of
from callhandler.rules.identify.names.tokens import Token, tokens
from callhandler.rules.identify.places.address import address_of, postcode_of

NO_ONE = frozenset(
    (
        "unknown", "not known", "n k", "nk", "not given", "not stated", "not recorded", "not provided", "anon", "anonymous",
        "n a", "tbc", "refused", "withheld", "no name", "nfa", "no fixed abode", "no fixed address", "zz99 3vz", "zz993vz",
    )
)  # fmt: skip
"""What stands for "not known"; it is the same of no two people. The postcode is the NHS's for no fixed abode."""
_NEVER_A_NAME = frozenset(("unknown", "anon", "anonymous"))
NO_BIRTH = frozenset(("19000101", "18000101", "19010101", "00010101", "99991231", "12345678"))
"""Dates that forms fill in by themselves. Others that a table holds too often are found in it (`settled`)."""
_CENTURIES = ("18", "19", "20")
_DOOR = re.compile(r"(\d+ ?[a-z]?) (.{3,})$")


def said(part: str) -> str:
    """A folded part, or nothing where it only says that it is not known."""
    return "" if part in NO_ONE or not any(map(str.isalnum, part)) else part


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a person, given and family names apart; either may be empty."""

    given: tuple[Token, ...] = ()
    family: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """One address of a person, its parts folded: house number, street, what else stands in it, town, postcode, region."""

    number: str = ""
    street: str = ""
    more: str = ""
    town: str = ""
    postcode: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One record of a person. `born` is eight figures, year first, zeros where a part is not known; empty when nothing is.

    `others` are any further columns, compared as they stand, in one order for a whole table.
    """

    id: int
    names: tuple[Named, ...] = ()
    born: str = ""
    homes: tuple[Home, ...] = ()
    numbers: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()


def named(given: str, family: str) -> Named:
    """A name whose parts are told apart."""
    return Named(_told(given), _told(family))


def _told(part: str) -> tuple[Token, ...]:
    return tokens(part) if part.strip() and said(folded(part)) else ()


@lru_cache(maxsize=20_000)
def named_whole(name: str) -> Named:
    """A name in one: its last part is the family name. Records may have it the other way round, which is weighed."""
    parts = (
        tuple(part for part in tokens(name) if part.plain not in _NEVER_A_NAME) if said(folded(name)) else ()
    )
    return Named(parts[:-1], parts[-1:])


def home(
    number: str = "", street: str = "", more: str = "", town: str = "", postcode: str = "", region: str = ""
) -> Home:
    """An address whose parts are told apart."""
    number, street, more, town, region = (said(folded(part)) for part in (number, street, more, town, region))
    if not number and (door := _DOOR.match(street)):
        number, street = door[1], door[2]
    return Home(number, street, more, town, squeezed(said(folded(postcode))), region)


def home_whole(address: str, postcode: str = "") -> Home:
    """An address as people write it, in one line or more."""
    read = address_of(address)
    flat = f"{read.low or ''}{read.letter}"
    more = " ".join(x for x in (read.unit, read.building if read.building != read.street else "") if x)
    town = read.towns[-1] if read.towns else ""
    return Home(
        flat,
        read.street or read.name,
        more,
        town,
        squeezed(postcode_of(postcode) or postcode or read.postcode),
    )


def born_digits(told: str) -> str:
    """A date of birth as eight figures. One that no calendar has stays as it was given: one figure of it may be wrong.

    Eight figures with the year at their end are turned round. What stands in for "not known" is not known.
    """
    bare = re.sub(r"\D", "", told)
    if re.fullmatch(r"\s*\d{8}\s*", told):
        if bare[:2] not in _CENTURIES and bare[4:6] in _CENTURIES:
            day, month = (bare[2:4], bare[:2]) if bare[2:4] > "12" else (bare[:2], bare[2:4])
            bare = bare[4:] + month + day
    else:
        read = born_of(told)
        bare = f"{read.year:04}{read.month:02}{read.day:02}" if read.year else ""
    return "" if bare in NO_BIRTH or len(set(bare)) == 1 else bare


def squeezed(told: str) -> str:
    """Letters and figures only, in small letters."""
    return re.sub(r"[\W_]", "", told).casefold()


def person_record(
    id: int,
    names: Iterable[Named],
    born: str = "",
    homes: Iterable[Home] = (),
    numbers: Iterable[str] = (),
    others: Iterable[str] = (),
) -> PersonRecord:
    """A record; names and addresses that say nothing are left out."""
    return PersonRecord(
        id,
        tuple(dict.fromkeys(n for n in names if n.given or n.family)),
        born_digits(born),
        tuple(dict.fromkeys(h for h in homes if h != Home())),
        frozenset(n for n in numbers if n),
        tuple(folded(o) for o in others),
    )
