"""What is known of one person, in the form in which records are compared. Empty where something is not known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from callhandler.rules.identify.folding import folded
from callhandler.rules.identify.names.born import born_of
from callhandler.rules.identify.names.tokens import Token, tokens
from callhandler.rules.identify.places.address import address_of, postcode_of


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
    return Named(tokens(given) if given.strip() else (), tokens(family) if family.strip() else ())


@lru_cache(maxsize=20_000)
def named_whole(name: str) -> Named:
    """A name in one: its last part is the family name. Records may have it the other way round, which is weighed."""
    parts = tokens(name)
    return Named(parts[:-1], parts[-1:])


def home(
    number: str = "", street: str = "", more: str = "", town: str = "", postcode: str = "", region: str = ""
) -> Home:
    """An address whose parts are told apart."""
    return Home(
        folded(number), folded(street), folded(more), folded(town), squeezed(postcode), folded(region)
    )


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
    """A date of birth as eight figures. One that no calendar has stays as it was given: one figure of it may be wrong."""
    bare = re.sub(r"\D", "", told)
    if re.fullmatch(r"\s*\d{8}\s*", told):
        return bare
    read = born_of(told)
    return f"{read.year:04}{read.month:02}{read.day:02}" if read.year else ""


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
