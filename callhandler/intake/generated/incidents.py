"""The incidents of a made-up force, in order of time: who rang, about whom, where; and the orders and markers that stand."""

from array import array
from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate
from math import gcd
from random import Random

from callhandler.intake.generated.figures import Force
from callhandler.intake.generated.households import DAY, FIRST_DAY, Cast, Put
from callhandler.intake.generated.where import registration
from callhandler.intake.population import Kind, Population, Situation

MINUTE = 60_000_000
YEAR = 365 * DAY
VEHICLES_SEEN = ("white van", "silver hatchback", "black saloon", "blue estate", "red moped", "grey pick-up")


class Incidents:
    """Makes `incidents` of them over the years, from few who ring often and many who ring once."""

    def __init__(self, force: Force, population: Population, cast: Cast, seed: int, incidents: int) -> None:
        self._f = force.figures
        self._force = force
        self._cast = cast
        self._seed = seed
        self._incidents = incidents
        self._orders = round(incidents * self._f.orders.value)
        self.standing_wanted = self._orders + round(incidents * self._f.markers.value)
        self._span = force.span_years * YEAR
        self._kinds = population.kinds
        self._kind_upto = _upto([kind.weight for kind in population.kinds])
        callers = max(2, round(len(cast.people) * self._f.callers.value))
        # A step that meets everybody once, so that those who ring often are spread over all the years of records.
        self._step = next(
            step for step in range(callers * 5 // 8 | 1, callers * 2, 2) if gcd(step, callers) == 1
        )
        self._callers = callers
        self._stretch = len(cast.people) / callers
        self._hub_upto = _upto([1 / (place + 1) for place in range(len(cast.premises))])

    def orders_and_markers(self, put: Callable[[], Put]) -> Iterator[int]:
        """What stands: each order with a term, made between two who know each other; markers on those who ring most."""
        force, cast = self._force, self._cast
        random = Random(f"{self._seed}:standing").random
        types, type_upto = list(force.orders), _upto(list(force.orders.values()))
        for made in range(self._orders):
            row = put()
            protected = self._caller(random())
            respondent = cast.partner_of[protected]
            at = FIRST_DAY + int(random() * self._span)
            until = at + int((0.25 + 1.5 * random()) * YEAR)
            order = row(
                "civil_order", at, types[bisect(type_upto, random())], None, cast.people[protected],
                cast.people[respondent] if respondent != protected else cast.people[int(random() * len(cast.people))],
                "import", "", "unknown", at, "day", until, 0, "",
            )  # fmt: skip
            row(
                "order_term", at, order, "no-violence-or-threats" if random() < 0.6 else "no-approach-person",
                "He must not use or threaten violence against her, or go to her home.", "person", None, None, None,
                None, "", "", "unknown", None, None, 0, "", "",
            )  # fmt: skip
            yield made + 1
        codes, code_upto = list(force.markers), _upto(list(force.markers.values()))
        for made in range(self._orders, self.standing_wanted):
            at = FIRST_DAY + int(random() * self._span)
            code = codes[bisect(code_upto, random())]
            on_place = random() < 0.2
            person = self._caller(random())
            subject = cast.homes[cast.home_of[person]] if on_place else cast.people[person]
            put()(
                "marker",
                at,
                "place" if on_place else "person",
                subject,
                code,
                "",
                "police",
                "unknown",
                at,
                "day",
            )
            yield made + 1

    def incidents(self, put: Callable[[], Put]) -> Iterator[int]:
        """One incident after the other, oldest first; yields how many there are."""
        random = Random(f"{self._seed}:incidents").random
        self._vehicle_random = Random(f"{self._seed}:vehicles").random
        step = self._span / self._incidents
        for made in range(self._incidents):
            self._incident(put(), made, FIRST_DAY + int((made + random()) * step), random)
            yield made + 1

    def _caller(self, drawn: float) -> int:
        """Who rings, by a Pareto draw: a place in the cast."""
        f = self._f
        even = (drawn + f.evenness.value) / (1 + f.evenness.value)
        rank = int(self._callers * even**f.skew.value)
        return int((min(rank, self._callers - 1) * self._step % self._callers) * self._stretch)

    def _incident(self, put: Put, made: int, at: int, random: Callable[[], float]) -> None:
        f, cast = self._f, self._cast
        kind = self._kinds[bisect(self._kind_upto, random())]
        situation = _situation(kind, random())
        caller = self._caller(random())
        where, number = self._where(caller, random), self._number(caller, random)
        known = at + int(2 + random() * 8) * MINUTE
        third = random() < f.third_party.value
        outcome = self._force.outcomes[int(random() * len(self._force.outcomes))]
        said = situation.told[int(random() * len(situation.told))] if situation.told else None
        words = said.words[int(random() * len(said.words))] if said else ""
        here = put(
            "incident", known, f"X{made:08d}", kind.type, at, "minute", where, number,
            words, outcome, "", "yes" if random() < 0.8 else "no", 0, "",
        )  # fmt: skip
        me = cast.people[caller]
        put("call", known, here, number, "in", "answered", "reporter" if third else "caller", at)
        put("party", known, here, me, "reporter" if third else "caller")
        other = self._other(caller, situation, random)
        harmed = me
        if third:
            harmed = cast.people[int(random() * len(cast.people))]
            put("party", known, here, harmed, "at_risk")
        elif situation.other in ("partner", "ex_partner"):
            put("party", known, here, me, "at_risk")
        if other is not None and cast.people[other] != harmed:
            put("party", known, here, cast.people[other], "suspect")
        if random() < f.witness.value:
            put("party", known, here, cast.people[int(random() * len(cast.people))], "witness")
        self._vehicle(put, here, known, caller, other)
        if said and kind.household == "domestic":
            about = cast.people[other] if other is not None else None
            put(
                "disclosure", known, here, None, said.indicator, "told", "reporter" if third else "caller", me, about,
                harmed, words, "call", 0, at, "minute", "",
            )  # fmt: skip

    def _vehicle(self, put: Put, here: int, known: int, caller: int, other: int | None) -> None:
        """A vehicle that somebody named: the other's or the caller's, or one that was merely seen."""
        random, drivers = self._vehicle_random, self._cast.drivers
        if random() >= self._f.vehicle_named.value or not drivers:
            return
        theirs = [who for who in (other, caller) if who is not None and _among(drivers, who)]
        whose = theirs[0] if theirs and random() < 2 / 3 else drivers[int(random() * len(drivers))]
        plate, seen = (
            registration(self._cast.people[whose]),
            VEHICLES_SEEN[int(random() * len(VEHICLES_SEEN))],
        )
        # One in eight could not be read.
        told = ("", seen) if random() < 1 / 8 else (plate, "" if random() < 0.5 else seen)
        put("vehicle_named", known, here, *told, "")

    def _where(self, caller: int, random: Callable[[], float]) -> int:
        f, cast, drawn = self._f, self._cast, random()
        if drawn < f.hub_share.value:
            return cast.premises[bisect(self._hub_upto, random())]
        if drawn < f.hub_share.value + f.at_home.value:
            return cast.homes[cast.home_of[caller]]
        return cast.homes[int(random() * len(cast.homes))]

    def _number(self, caller: int, random: Callable[[], float]) -> int | None:
        numbers: array[int] = self._cast.numbers
        drawn = random()
        if drawn < self._f.withheld.value:
            return None
        return numbers[caller] if drawn < 0.9 else numbers[int(random() * len(numbers))]

    def _other(self, caller: int, situation: Situation, random: Callable[[], float]) -> int | None:
        cast = self._cast
        if situation.other == "none":
            return None
        if situation.other in ("partner", "ex_partner") and cast.partner_of[caller] != caller:
            return cast.partner_of[caller]
        if situation.other == "stranger" and random() < 0.5:
            return None
        return self._caller(random()) if random() < 0.3 else int(random() * len(cast.people))


def _among(places: "array[int]", place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def _situation(kind: Kind, drawn: float) -> Situation:
    for situation in kind.situations:
        drawn -= situation.share
        if drawn < 0:
            return situation
    return kind.situations[-1]


def _upto(weights: list[float]) -> list[float]:
    """Running shares of a whole, the last a little under 1 so that a draw always falls before it."""
    whole = sum(weights)
    return [upto / whole for upto in accumulate(weights)][:-1]
