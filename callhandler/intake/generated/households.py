"""The people of a made-up force: household by household, with homes, numbers, names, relations, and records made badly."""

from array import array
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Any, Protocol

from callhandler.intake.generated.figures import Force
from callhandler.intake.generated.names import DRAWN, NameMaker, Stock, otherwise
from callhandler.intake.generated.where import Addresses, number, registration

DAY = 86_400_000_000
FIRST_DAY = 1_420_070_400_000_000
"""1 January 2015, in microseconds UTC: the first day of every made-up history."""
NAMELESS = (
    "Unknown male",
    "Unknown female",
    "Unknown occupant",
    "Neighbour, name not given",
    "Male, about 30",
)


class Put(Protocol):
    """Puts one row into the store by the order of its table's columns; returns its id."""

    def __call__(self, table: str, known_at: int, /, *values: Any) -> int: ...


Truth = Callable[[int, int, str], None]
"""Told of each record that is a further one of somebody: its id, the id of the record it belongs to, and how it differs."""
Fold = Callable[[str], str]
"""How a name is written for comparing: the rules' own."""


@dataclass
class Cast:
    """Who and what there is, by the order in which they were made: some eight bytes for each, whatever else is known."""

    homes: "array[int]" = field(default_factory=lambda: array("q"))
    premises: "array[int]" = field(default_factory=lambda: array("q"))
    people: "array[int]" = field(default_factory=lambda: array("q"))
    numbers: "array[int]" = field(default_factory=lambda: array("q"))
    home_of: "array[int]" = field(default_factory=lambda: array("I"))
    """By a person's place in `people`, where their home is in `homes`; their own number has their own place."""
    partner_of: "array[int]" = field(default_factory=lambda: array("I"))
    """By a person's place, the place of the one they live or lived with; their own when there is none."""
    drivers: "array[int]" = field(default_factory=lambda: array("I"))
    """The places of those who have a vehicle, in order."""


class Households:
    """Makes `people` records, `addresses` and `numbers`, in order. The same seed makes the same."""

    def __init__(
        self, force: Force, names: NameMaker, addresses: Addresses, seed: int, incidents: int, fold: Fold
    ) -> None:
        f = force.figures
        self.people = max(10, round(incidents * f.people.value))
        self.addresses = max(20, round(incidents * f.addresses.value))
        self.numbers = max(self.people, round(incidents * f.numbers.value))
        self.cast = Cast()
        self._f = f
        self._names = names
        self._where = addresses
        self._fold = fold
        self._random = Random(f"{seed}:people")
        self._sizes = list(accumulate(force.household_sizes))
        self._span = force.span_years * 365 * DAY
        self.premises_wanted = max(1, round(self.addresses * f.premises.value))

    def premises(self, put_next: Callable[[], Put]) -> Iterator[int]:
        """The hospitals, shops, homes and bars: few, and the addresses with most incidents are among them."""
        for place in range(self.premises_wanted):
            put = put_next()
            label, address, postcode = self._where.premises(place)
            id_ = put("place", FIRST_DAY, label, address, postcode, "premises")
            put("place_name", FIRST_DAY, id_, label, self._fold(label))
            put("place_name", FIRST_DAY, id_, address, self._fold(address))
            self.cast.premises.append(id_)
            yield place + 1

    def households(self, put: Callable[[], Put], truth: Truth) -> Iterator[int]:
        """One household after the other until all people are on record; yields how many people there are."""
        cast, random = self.cast, self._random.random
        while len(cast.people) < self.people:
            self._household(put(), truth, random)
            yield len(cast.people)
        while len(cast.homes) < self.addresses - len(cast.premises):
            self._home(put(), FIRST_DAY)
            yield len(cast.people)
        while len(cast.numbers) < self.numbers:
            self._shared_number(put(), random)
            yield len(cast.people)

    def _home(self, put: Put, known: int) -> int:
        cast = self.cast
        # Behind the streets of premises, which have one address each.
        address, postcode, kind = self._where.at(len(cast.homes) + 40 * len(cast.premises))
        id_ = put("place", known, address, address, postcode, kind)
        put("place_name", known, id_, address, self._fold(address))
        cast.homes.append(id_)
        return id_

    def _household(self, put: Put, truth: Truth, random: Callable[[], float]) -> None:
        f, cast = self._f, self.cast
        known = FIRST_DAY + int(random() * 0.6 * self._span)
        home = self._home(put, known)
        stock = self._names.language(random())
        family = stock.family[int(random() * DRAWN)]
        size = 1 + bisect(self._sizes, random() * self._sizes[-1])
        couple = size >= 2 and random() < 0.7
        grown = 2 if couple else 1
        first = len(cast.people)
        members: list[int] = []
        for at in range(size):
            child = at >= grown
            own = family if child or random() < 0.72 else stock.family[int(random() * DRAWN)]
            person = self._person(put, stock, own, child, known, home, random)
            members.append(person)
            id_ = cast.people[person]
            if not child:
                self._known_to(put, id_, person, known, random)
                if random() < f.vehicle.value:
                    put("vehicle", known, registration(id_), "", id_)
                    cast.drivers.append(person)
            chance = random()
            if chance < f.once_more.value + f.nameless.value:
                self._once_more(put, truth, stock, own, person, chance < f.once_more.value, random)
        if couple:
            self._partners(members[0], members[1])
            put("person_tie", known, cast.people[members[0]], cast.people[members[1]], "partner")
        for at, child_ in enumerate(members[grown:]):
            for parent in members[:grown]:
                put("person_tie", known, cast.people[parent], cast.people[child_], "parent")
            if at:
                put("person_tie", known, cast.people[members[grown]], cast.people[child_], "sibling")
        if first and random() < 0.35:
            other = int(random() * first)
            put("person_tie", known, cast.people[members[0]], cast.people[other], "relative")

    def _partners(self, one: int, other: int) -> None:
        self.cast.partner_of[one], self.cast.partner_of[other] = other, one

    def _person(
        self,
        put: Put,
        stock: Stock,
        family: str,
        child: bool,
        known: int,
        home: int,
        random: Callable[[], float],
    ) -> int:
        cast, f = self.cast, self._f
        given = stock.given[int(random() * DRAWN)]
        name = f"{given} {family}"
        year = 2003 + int(random() * 18) if child else 1935 + int(random() * 34 + random() * 34)
        born = f"{year}-{1 + int(random() * 12):02d}-{1 + int(random() * 28):02d}" if random() < 0.85 else ""
        id_ = put("person", known, name, born, 1)
        put("person_name", known, id_, name, self._fold(name))
        if random() < f.alias.value:
            alias, _ = otherwise(given, family, stock, self._random)
            put("person_name", known, id_, alias, self._fold(alias))
        self._last = given, born
        place = len(cast.people)
        cast.people.append(id_)
        cast.home_of.append(len(cast.homes) - 1)
        cast.partner_of.append(place)
        self._own_number(put, id_, known, 0.93, random)
        put("place_tie", known, id_, home, "lives", known, "month")
        if random() < f.moved.value:
            earlier = cast.homes[int(random() * len(cast.homes))]
            put("place_tie", known, id_, earlier, "lives", known - int(random() * 9 * 365) * DAY, "year")
        return place

    def _own_number(
        self, put: Put, person: int, known: int, tied: float, random: Callable[[], float]
    ) -> None:
        cast = self.cast
        e164, given = number(len(cast.numbers))
        id_ = put("number", known, e164, given)
        cast.numbers.append(id_)
        if random() < tied:
            put("number_tie", known, person, id_)

    def _shared_number(self, put: Put, random: Callable[[], float]) -> None:
        """A second telephone, or one that a household shares."""
        cast = self.cast
        e164, given = number(len(cast.numbers))
        id_ = put("number", FIRST_DAY, e164, given)
        cast.numbers.append(id_)
        person = int(random() * len(cast.people))
        put("number_tie", FIRST_DAY, cast.people[person], id_)
        if cast.partner_of[person] != person:
            put("number_tie", FIRST_DAY, cast.people[cast.partner_of[person]], id_)
        elif random() < 0.3 and person:
            put("number_tie", FIRST_DAY, cast.people[person - 1], id_)

    def _known_to(self, put: Put, id_: int, person: int, known: int, random: Callable[[], float]) -> None:
        cast, f = self.cast, self._f
        if not person:
            return
        if random() < f.ex_partner.value:
            other = int(random() * person)
            put("person_tie", known, id_, cast.people[other], "ex_partner")
            if random() < 0.5:
                cast.partner_of[person] = other
        if random() < f.relative.value:
            put("person_tie", known, id_, cast.people[int(random() * person)], "relative")
        if random() < f.acquainted.value:
            near = random() < 0.5
            other = person - 1 - int(random() * min(person, 6)) if near else int(random() * person)
            put("person_tie", known, id_, cast.people[other], "neighbour" if near else "other")

    def _once_more(
        self,
        put: Put,
        truth: Truth,
        stock: Stock,
        family: str,
        person: int,
        named: bool,
        random: Callable[[], float],
    ) -> None:
        """A further record of the one just made: written otherwise, or without any name."""
        cast = self.cast
        given, born = self._last
        later = FIRST_DAY + int((0.6 + 0.4 * random()) * self._span)
        if named:
            name, how = otherwise(given, family, stock, self._random)
            told = born if random() < 0.6 else born[:4]
            id_ = put("person", later, name, told, 1)
            put("person_name", later, id_, name, self._fold(name))
        else:
            how = "nameless"
            id_ = put("person", later, NAMELESS[int(random() * len(NAMELESS))], "", 0)
        truth(id_, cast.people[person], how)
        cast.people.append(id_)
        cast.home_of.append(cast.home_of[person])
        cast.partner_of.append(len(cast.people) - 1)
        self._own_number(put, id_, later, 0.4 if named else 0.0, random)
        if random() < 0.3:
            put("number_tie", later, id_, cast.numbers[person])
        if random() < 0.5:
            put("place_tie", later, id_, cast.homes[cast.home_of[person]], "lives", later, "month")
