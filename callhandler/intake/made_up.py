"""Made-up calls: households, who rings, and each call as the picture that the rules would see. Seeded, and never real.

A household is made by itself from the seed and its number, so that any part of a population can be made anywhere,
in any order, and is always the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from callhandler.intake.household import HOME, NEXT_DOOR, PREMISES, STREET, House
from callhandler.intake.population import BANDS, Kind, Population, Said, Situation
from callhandler.model.incident import Incident
from callhandler.model.people import Role
from callhandler.model.picture import Picture

FIRST_DAY = datetime(2023, 1, 1, tzinfo=UTC)
TAKEN_DOWN = timedelta(minutes=4)
"""How long a call lasts before it is graded: everything is told by then."""
EARLIER_DAYS = 1200
MOST_CALLS = 400
"""No household rings more often than this: a call's picture has an end."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One made-up call: what it is about, whether anybody was in danger, how it was graded, and what the rules saw.

    The first look is when it is graded; the second, where somebody is sent, just before they arrive.
    """

    kind: str
    situation: str
    danger: bool
    band: str
    looks: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Households that are made together: from which number on, how many, and how many of their calls count."""

    first: int
    households: int
    calls: int


def blocks(population: Population, seed: int, calls: int, size: int = 250) -> Iterator[Block]:
    """Households, in blocks of about `size` calls, that make exactly so many calls. The same for any use of them."""
    number, first, begun, made = 0, 0, 0, 0
    while made < calls:
        made += min(_count(population, _random(seed, number))[1], calls - made)
        number += 1
        if made - begun >= size or made == calls:
            yield Block(first, number - first, made - begun)
            first, begun = number, made


def calls_of(population: Population, seed: int, block: Block) -> Iterator[MadeUp]:
    """Every call of a block, household by household, in order of time within each."""
    left = block.calls
    for number in range(block.first, block.first + block.households):
        for call in _household(population, _random(seed, number)):
            if not left:
                return
            left -= 1
            yield call


def _random(seed: int, number: int) -> Random:
    return Random(f"{seed}:{number}")


def _count(population: Population, random: Random) -> tuple[str, int]:
    """What sort of household it is, and how often it rings. Shares are of calls, so those who ring often are fewer."""
    figures = population.figures
    later = figures.again_after_that.value
    again = {"plain": figures.ordinary_again.value, "domestic": figures.domestic_again.value}
    mean = {sort: 1 + chance / (1 - later) for sort, chance in again.items()}
    mean["premises"] = figures.premises_calls.value
    weight = dict.fromkeys(mean, 0.0)
    for kind in population.kinds:
        weight[kind.household] += kind.weight / mean[kind.household]
    sort = random.choices(list(weight), list(weight.values()))[0]
    calls = 1
    chance = again.get(sort, 1 - 1 / mean["premises"])
    while calls < MOST_CALLS and random.random() < chance:
        calls += 1
        chance = chance if sort == "premises" else later
    return sort, calls


def _household(population: Population, random: Random) -> Iterator[MadeUp]:
    sort, count = _count(population, random)
    figures = population.figures
    kinds = [_kind(population, random, sort) for _ in range(count)]
    house = House(
        random,
        child=random.random() < figures.child_in_household.value,
        premises=sort == "premises",
        followed=figures.follow_up_recorded.value,
    )
    domestic = sort == "domestic"
    next_door = kinds[0].household == "plain" and any(s.reporter for s in kinds[0].situations)
    if not domestic and sort != "premises" and random.random() < figures.domestic_history.value:
        _earlier(population, random, house, NEXT_DOOR if next_door else HOME)
    known = figures.marker_domestic if domestic else figures.marker_plain
    if random.random() < known.value:
        house.mark(random.choice(["person", "place", "number"]), FIRST_DAY - timedelta(days=90))
    if domestic and random.random() < figures.order_in_domestic.value:
        house.order(FIRST_DAY - timedelta(days=random.randrange(1, 200)))
    times = sorted(_time(population, random, kind) for kind in kinds)
    for kind, at in zip(kinds, times, strict=True):
        yield _call(population, random, house, kind, at)


def _kind(population: Population, random: Random, sort: str) -> Kind:
    """The kind of one call: mostly what such households ring about, else any. Over all calls the weights come out."""
    own = random.random() < population.figures.same_matter.value
    pool = [k for k in population.kinds if not own or k.household == sort]
    return random.choices(pool, [k.weight for k in pool])[0]


def _time(population: Population, random: Random, kind: Kind) -> datetime:
    day = FIRST_DAY + timedelta(days=random.randrange(population.span_days))
    hour = random.choices(range(24), population.hours[kind.hours])[0]
    return day + timedelta(hours=hour, minutes=random.randrange(60))


def _earlier(population: Population, random: Random, house: House, place: int) -> None:
    """A report of domestic abuse from before the span, at this home or next door."""
    domestic = [k for k in population.kinds if k.household == "domestic"]
    if not domestic:
        return
    again = random.random() < population.figures.domestic_again.value
    for days in sorted((random.randrange(1, EARLIER_DAYS) for _ in range(1 + again)), reverse=True):
        kind = random.choices(domestic, [k.weight for k in domestic])[0]
        situation = _situation(random, kind)
        at = FIRST_DAY - timedelta(days=days)
        past = house.begin(kind.type, place, at)
        _told(population, random, house, past, situation)


def _situation(random: Random, kind: Kind) -> Situation:
    return random.choices(kind.situations, [s.share for s in kind.situations])[0]


def _call(population: Population, random: Random, house: House, kind: Kind, at: datetime) -> MadeUp:
    situation = _situation(random, kind)
    if house.premises:
        place = PREMISES
    elif situation.reporter:
        place = NEXT_DOOR if kind.type == "noise-nuisance" else STREET
    else:
        place = HOME
    here = house.begin(kind.type, place, at)
    outcome = random.choices(list(kind.outcomes), list(kind.outcomes.values()))[0]
    house.rings(here, at, outcome)
    _told(population, random, house, here, situation)
    band = random.choices(range(4), population.gradings[situation.grading])[0]
    looks = [house.picture(here, at + TAKEN_DOWN)]
    if median := population.minutes_until_there[band]:
        waited = TAKEN_DOWN + timedelta(minutes=median * random.lognormvariate(0, 0.7))
        if random.random() < population.figures.rings_again_same_matter.value:
            house.rings(here, at + TAKEN_DOWN + (waited - TAKEN_DOWN) * random.random(), outcome)
        house.sends(here, at + waited * 0.7)
        if random.random() < population.figures.caller_told.value:
            house.tells_caller(here, at + waited * 0.9)
        looks.append(house.picture(here, at + waited))
    return MadeUp(kind.id, situation.id, situation.danger, BANDS[band], tuple(looks))


def _told(population: Population, random: Random, house: House, here: Incident, situation: Situation) -> None:
    """Who is in it, what was told, and which of the near misses were taken down as told."""
    other = house.other(here, situation.other)
    if (
        situation.other in ("neighbour", "stranger")
        and random.random() >= population.figures.other_named.value
    ):
        other = None
    caller = house.caller(here, Role.REPORTER if situation.reporter else Role.CALLER)
    harmed = caller if situation.other != "none" and not situation.reporter else None
    if harmed is not None:
        house.party(here, harmed, Role.AT_RISK)
    if other is not None:
        house.party(here, other, Role.SUSPECT)
    taken = population.figures.near_miss_taken.value
    said: list[Said] = [s for s in situation.told if random.random() < s.chance]
    said += [s for s in situation.near if random.random() < s.chance and random.random() < taken]
    for one in said:
        house.told(here, one.indicator, random.choice(one.words), caller, other, harmed, one.days)
