"""How one place stands to another: the same, its building, another flat of it, next door; and how sure that is."""

from dataclasses import dataclass, replace
from enum import StrEnum

from callhandler.model.candidates import Surety
from callhandler.rules.identify.places.address import ABOVE, Address, address_of
from callhandler.rules.identify.places.words import shortened, told_apart


class Relation(StrEnum):
    """What another place is to this one."""

    SAME = "same"
    BUILDING = "building"
    FLAT_OF_IT = "flat-of-it"
    BELOW = "below"
    ABOVE = "above"
    OTHER_FLAT = "other-flat"
    NEXT_DOOR = "next-door"
    STREET = "street"
    APART = "apart"


SPOKEN = {
    Relation.SAME: "the same place",
    Relation.BUILDING: "the building it is in",
    Relation.FLAT_OF_IT: "a flat in it",
    Relation.BELOW: "the flat below",
    Relation.ABOVE: "the flat above",
    Relation.OTHER_FLAT: "another flat of the building",
    Relation.NEXT_DOOR: "next door",
    Relation.STREET: "the same street",
    Relation.APART: "another place",
}
NEAR_M = 30
"""Metres within which two points may be one address."""


@dataclass(frozen=True, slots=True)
class Stands:
    """How the other place stands to this one, how sure, and why in plain words."""

    relation: Relation
    surety: Surety
    why: tuple[str, ...] = ()

    @property
    def alike(self) -> bool:
        """True for the same place, sure or possible."""
        return self.relation is Relation.SAME


_APART = Stands(Relation.APART, Surety.CONFIRMED)


def compared(one: str, other: str) -> Stands:
    """How `other` stands to `one`, both as people write them."""
    return stands(address_of(one), address_of(other))


def stands(a: Address, b: Address) -> Stands:
    """How `b` stands to `a`."""
    if a.beside == b.beside:
        return _stands(a, b)
    found = _stands(a, b)
    if not found.alike:
        return found
    said = " and ".join(f"said to be {word} it" for word in (a.beside, b.beside) if word)
    return Stands(Relation.SAME, Surety.POSSIBLE, (*found.why, said))


def _stands(a: Address, b: Address) -> Stands:
    for x, y, what in ((a.uprn, b.uprn, "UPRN"), (a.three_words, b.three_words, "three words")):
        if x and y:
            return Stands(Relation.SAME, Surety.CONFIRMED, (f"the same {what}",)) if x == y else _APART
    if a.point and b.point and not (a.street and b.street):
        return _by_point(a.point, b.point)
    if a.street and b.street:
        found = _by_address(a, b)
        return found if found != _APART else _by_building(_level(a, b), _level(b, a))
    return _by_name(a, b)


def _by_point(a: tuple[float, float], b: tuple[float, float]) -> Stands:
    metres = ((a[0] - b[0]) ** 2 + ((a[1] - b[1]) * 0.61) ** 2) ** 0.5 * 111_320
    if metres < 1:
        return Stands(Relation.SAME, Surety.CONFIRMED, ("the same point",))
    if metres <= NEAR_M:
        return Stands(Relation.SAME, Surety.POSSIBLE, (f"{metres:.0f} m apart",))
    return _APART


def _by_name(a: Address, b: Address) -> Stands:
    one, other = a.name or a.building or a.street, b.name or b.building or b.street
    if a.postcode and b.postcode and a.postcode != b.postcode:
        return _APART
    if not one or not other:
        if not a.postcode or a.postcode != b.postcode:
            return _APART
        if a.numbered and b.numbered:
            # A postcode has some fifteen addresses, now and then in two streets.
            return _by_number(_level(a, b), _level(b, a), Surety.POSSIBLE, ("by number and postcode",))
        return Stands(Relation.STREET, Surety.POSSIBLE, ("the same postcode",))
    if one == other:
        sure = bool(a.postcode and b.postcode) or set(a.towns) & set(b.towns)
        if a.unit != b.unit:
            return _flats(a, b, Surety.CONFIRMED if sure else Surety.POSSIBLE, ())
        return Stands(Relation.SAME, Surety.CONFIRMED if sure else Surety.POSSIBLE, ("the same name",))
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    if len(short) > 1 and short < long:
        return Stands(Relation.SAME, Surety.POSSIBLE, ("part of the name is the same",))
    return (
        Stands(Relation.SAME, Surety.POSSIBLE, ("the name is written much like it",))
        if _near(one, other)
        else _APART
    )


def _by_address(a: Address, b: Address) -> Stands:
    a, b = _made_whole(a, b), _made_whole(b, a)
    one, other = _without_town(a.street, b), _without_town(b.street, a)
    written, exact = _streets(one, other)
    if not written or not _towns_agree(a, b):
        return _APART
    why = [] if exact else ["the street is written otherwise"]
    in_town = (one, other) != (a.street, b.street) or bool(set(a.towns) & set(b.towns))
    known = bool(a.postcode and b.postcode) or in_town
    post = _postcodes(a.postcode, b.postcode)
    if post is None:
        return _APART
    if post:
        why.append(post)
    elif not known:
        why.append("no town or postcode on both")
    parts = _parts_of_town(a, b)
    if parts:
        why.append("told in two parts of the town")
    surety = Surety.CONFIRMED if exact and known and not post and not parts else Surety.POSSIBLE
    return _by_number(_level(a, b), _level(b, a), surety, tuple(why))


def _by_building(a: Address, b: Address) -> Stands:
    """A building told by its name alone, and one of that name told with its street: "Flat 9, Mill Court"."""
    if bool(a.building and a.building != a.street) == bool(b.building and b.building != b.street):
        return _APART
    if (a.building or a.street) != (b.building or b.street) or a.numbered or b.numbered:
        return _APART
    if not _towns_agree(a, b):
        return _APART
    doubt = _postcodes(a.postcode, b.postcode)
    if doubt is None:
        return _APART
    return _flats(a, b, Surety.POSSIBLE, ("the street is not told with both", *filter(None, (doubt,))))


def _level(a: Address, b: Address) -> Address:
    """A house number, "14 Mill Court" as "Flat 14, Mill Court", where the other address says that it is a flat."""
    if b.unit and b.unit != ABOVE and not b.numbered and a.numbered and not a.unit:
        return Address(f"{a.low}{a.letter}", a.floor, b.building, 0, 0, "", a.street, a.towns, a.postcode)
    return a


def _parts_of_town(a: Address, b: Address) -> bool:
    """True where each is told to lie in a part of the town that the other is not: a town may have the street in both."""
    shared = set(a.towns) & set(b.towns)
    one, other = set(a.towns) - shared, set(b.towns) - shared
    same_post = bool(a.postcode) and a.postcode == b.postcode
    return bool(
        shared and one and other and not same_post and not any(_near(x, y) for x in one for y in other)
    )


def _by_number(a: Address, b: Address, surety: Surety, why: tuple[str, ...]) -> Stands:
    if a.name != b.name and not (a.numbered and b.numbered):
        if a.name and b.name and not _near(a.name, b.name):
            return Stands(Relation.STREET, surety, why)
        why, surety = (*why, "the name is not on both"), Surety.POSSIBLE
    if a.numbered and b.numbered:
        if not (a.low <= b.high and b.low <= a.high):
            apart = min(abs(b.low - a.high), abs(a.low - b.high))
            next_door = apart <= 2 and (a.building == b.building or not (a.building and b.building))
            return Stands(Relation.NEXT_DOOR if next_door else Relation.STREET, surety, why)
        if a.letter != b.letter:
            # 12 and 12a: a house and the flat or the house beside it; of two letters neither is the other.
            relation = (
                Relation.OTHER_FLAT
                if a.letter and b.letter
                else Relation.FLAT_OF_IT
                if b.letter
                else Relation.BUILDING
            )
            if a.unit == b.letter and b.unit == a.letter and not (a.letter and b.letter):
                return Stands(Relation.SAME, Surety.POSSIBLE, (*why, "the letter may be the flat"))
            return Stands(relation, Surety.POSSIBLE, (*why, "the letter may be a flat of it"))
        if (a.low, a.high) != (b.low, b.high):
            why, surety = (*why, "one number of several"), Surety.POSSIBLE
        if a.name and b.name and not _near(a.name, b.name):
            why, surety = (*why, "another name at that number"), Surety.POSSIBLE
    elif a.building and b.building:
        if a.building != b.building:
            return Stands(Relation.STREET, surety, why)
    elif a.building or b.building or a.numbered or b.numbered:
        if (a.unit or b.unit) and a.unit == b.unit:
            return Stands(Relation.SAME, Surety.POSSIBLE, (*why, "the building is not named on both"))
        return Stands(Relation.STREET, surety, (*why, "no house number on both"))
    elif not a.unit and not b.unit:
        return Stands(Relation.SAME, surety, (*why, "the street, without a number"))
    if a.building and b.building and a.building != b.building:
        why, surety = (*why, "another name of the building"), Surety.POSSIBLE
    return _flats(a, b, surety, why)


def _flats(a: Address, b: Address, surety: Surety, why: tuple[str, ...]) -> Stands:
    if a.unit == b.unit:
        return Stands(Relation.SAME, surety, why or ("the same address",))
    if not a.unit:
        return Stands(Relation.FLAT_OF_IT, surety, why)
    if not b.unit:
        return Stands(Relation.BUILDING, surety, why)
    if a.floor is not None and b.floor is not None and a.floor != b.floor and _stacked(a, b):
        return Stands(Relation.BELOW if b.floor < a.floor else Relation.ABOVE, surety, why)
    return Stands(Relation.OTHER_FLAT, surety, why)


def _stacked(a: Address, b: Address) -> bool:
    """True when one lies right over the other, as far as is told: the next floor, and the same flat of it."""
    one, other = a.unit.partition("/")[2], b.unit.partition("/")[2]
    assert a.floor is not None and b.floor is not None
    next_floor = abs(a.floor - b.floor) == 1 or 99 in (a.floor, b.floor)
    return next_floor and one == other


def _without_town(street: str, other: Address) -> str:
    """Without the town that follows where no comma and no kind of street parts them: "12 larkmoor dudley"."""
    for town in other.towns:
        if not other.street.endswith(town) and street.endswith(f" {town}"):
            return street.removesuffix(f" {town}")
    # And without the name of the house before it: "The Cube Wharf Road".
    named = other.name or other.building
    return other.street if named and street == f"{named} {other.street}" else street


def _made_whole(a: Address, b: Address) -> Address:
    """ "Hill Top, Dudley", read as a hill in Top, where the other is Hilltop."""
    whole = f"{a.street}{a.towns[0]}" if a.towns else ""
    return replace(a, street=b.street, towns=a.towns[1:]) if whole and whole == b.street else a


def _streets(one: str, other: str) -> tuple[bool, bool]:
    """Whether two streets may be one, and whether they are written alike."""
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True, True
    a, b = one.split(), other.split()
    if a[:-1] == b[:-1] and a[:-1]:
        kind = shortened(a[-1], b[-1]) or shortened(b[-1], a[-1])
        return kind, kind
    if a == b[: len(a)] or b == a[: len(b)]:
        # A street without its kind, or with a town behind it.
        return len(min(a, b, key=len)) >= 1, False
    same_kind = a[-1] == b[-1] or shortened(a[-1], b[-1]) or shortened(b[-1], a[-1])
    return bool(same_kind and _near(" ".join(a[:-1]), " ".join(b[:-1]))), False


def _near(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    if told_apart(one, other):
        return False
    shorter = min(len(one), len(other))
    apart = OSA.distance(one, other, score_cutoff=2)
    return shorter >= 4 and (apart <= 1 or (apart == 2 and shorter >= 8))


def _towns_agree(a: Address, b: Address) -> bool:
    if not a.towns or not b.towns or set(a.towns) & set(b.towns):
        return True
    if a.postcode and a.postcode == b.postcode:
        return True
    return any(_near(x, y) for x in a.towns for y in b.towns)


def _postcodes(one: str, other: str) -> str | None:
    """Nothing against it: ""; a doubt in words; None when they cannot be one place."""
    if not one or not other or one == other:
        return ""
    if one.startswith(f"{other} ") or other.startswith(f"{one} "):
        return "only half of the postcode is told with one"
    from rapidfuzz.distance import OSA

    if OSA.distance(one.replace(" ", ""), other.replace(" ", "")) == 1:
        return "the postcode differs in one letter"
    return None
