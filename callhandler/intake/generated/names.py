"""Made-up names: drawn by language from kept lists, and the same name written otherwise as records have it."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from callhandler.errors import Environment
from callhandler.intake.generated.figures import Language, Names

DRAWN = 1 << 16
"""So many names of each kind are drawn by weight at first; after that a name costs one number."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The names of one language, as often as they are drawn."""

    given: list[str]
    family: list[str]
    written: tuple[tuple[str, str], ...]


class NameMaker:
    """Names by language, the same for the same seed. Raises Environment when the library of lists is not installed."""

    def __init__(self, names: Names, seed: int) -> None:
        random = Random(f"{seed}:names")
        rare = [first + second for first in names.rare_first for second in names.rare_second]
        self.stocks = [_stock(language, names.rare_share, rare, random) for language in names.languages]
        shares = list(accumulate(language.share for language in names.languages))
        self.shares = [share / shares[-1] for share in shares]

    def language(self, drawn: float) -> Stock:
        """The language of a household, by a number from 0 to 1."""
        for stock, upto in zip(self.stocks, self.shares, strict=True):
            if drawn < upto:
                return stock
        return self.stocks[-1]


def _stock(language: Language, rare_share: float, rare: list[str], random: Random) -> Stock:
    given, family = _lists(language)
    drawn = _drawn(family, random)
    if language.faker.startswith("en_"):
        for place in range(DRAWN):
            if random.random() < rare_share:
                # Squared, so that some of these are met now and then and most hardly ever.
                drawn[place] = rare[int(len(rare) * random.random() ** 2)]
    return Stock(_drawn(given, random), drawn, language.written)


def _drawn(weighted: Mapping[str, float], random: Random) -> list[str]:
    return random.choices(list(weighted), list(weighted.values()), k=DRAWN)


def _lists(language: Language) -> tuple[dict[str, float], dict[str, float]]:
    if not language.faker:
        return _zipf(language.given), _zipf(language.family)
    try:
        provider = importlib.import_module(f"faker.providers.person.{language.faker}").Provider
    except ImportError as error:
        raise Environment(
            "Making up a force needs a library of names that is not installed here. Install it with: "
            'pip install "callhandler[generate]"'
        ) from error
    family = next(
        (found for name in ("unisex_last_names", "last_names") if (found := getattr(provider, name, None))),
        (),
    )
    weights = dict(family) if isinstance(family, Mapping) else _zipf(tuple(family))
    return _zipf(tuple(provider.first_names)), weights


def _zipf(names: tuple[str, ...]) -> dict[str, float]:
    # No list says how frequent its names are; few are frequent in every language.
    return {name: 1 / (place + 8) for place, name in enumerate(dict.fromkeys(names))}


HOW = ("typed", "written", "swapped", "initial", "given-only", "other-family")


def otherwise(given: str, family: str, stock: Stock, random: Random) -> tuple[str, str]:
    """The same person's name as another record may have it, and how it came to differ: one of `HOW`."""
    how = random.choices(HOW, (30, 34, 8, 10, 6, 12))[0]
    if how == "written":
        one, other = _written(given, stock, random), _written(family, stock, random)
        if (one, other) != (given, family):
            return f"{one} {other}", how
        how = "typed"
    if how == "typed":
        if random.random() < 0.5:
            return f"{_typed(given, random)} {family}", how
        return f"{given} {_typed(family, random)}", how
    if how == "swapped":
        return f"{family} {given}", how
    if how == "initial":
        return f"{given[0]} {family}", how
    if how == "given-only":
        return given, how
    return f"{given} {stock.family[int(random.random() * DRAWN)]}", how


def _written(name: str, stock: Stock, random: Random) -> str:
    low = name.lower()
    fitting = [(old, new) for old, new in stock.written if old in low and old != new]
    if not fitting:
        return name
    for old, new in random.sample(fitting, min(len(fitting), 1 + (random.random() < 0.4))):
        low = low.replace(old, new, 1)
    return low.strip().title() or name


def _typed(name: str, random: Random) -> str:
    if len(name) < 3:
        return name + name[-1]
    at = 1 + int(random.random() * (len(name) - 2))
    match int(random.random() * 4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        case 2:
            return name[:at] + name[at] + name[at:]
        case _:
            return name[:at] + "aeioulnrst"[int(random.random() * 10)] + name[at + 1 :]
