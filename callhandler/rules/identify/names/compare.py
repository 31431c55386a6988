"""Two names compared part by part: how alike each part is, whether they stand the other way round, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from jellyfish import metaphone, soundex
from rapidfuzz.distance import OSA, JaroWinkler

from callhandler.rules.identify.names.born import Births, births
from callhandler.rules.identify.names.by_ear import heard_as
from callhandler.rules.identify.names.short_forms import short_for
from callhandler.rules.identify.names.tokens import Token, number, slavic_root, token, tokens
from callhandler.rules.identify.names.unvowelled import written_so

_LONGER = 4
"""Letters by which two names written as one may be longer than the other's longest, which has vowels left out."""


class Level(IntEnum):
    """How alike two parts of a name are, the likest highest."""

    APART = 0
    VAGUE = 1
    INITIAL = 2
    NEAR = 3
    SOUND = 4
    SCRIPT = 5
    SHORT = 6
    SAME = 7


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison of two names found. `parts` are pairs of parts with their level, the worst first."""

    parts: tuple[tuple[str, str, Level], ...]
    missing: int
    turned: bool
    births: Births
    letters: tuple[tuple[int, int], ...]
    """For each pair of `parts` how many letters are other ones, and how long the longer part is."""
    telling: int
    """How many of the parts that agree well say something: a name that very many bear is not counted."""

    @property
    def worst(self) -> Level:
        """The level of the parts that are least alike."""
        return self.parts[0][2] if self.parts else Level.APART

    @property
    def second(self) -> Level:
        """The level of the next parts; the same as the worst when there is one part only."""
        return self.parts[1][2] if len(self.parts) > 1 else self.worst


# Where somebody is looked for outright, some are compared for who may be meant, and then for who is less likely.
@lru_cache(maxsize=256)
def compared(one: str, other: str, born: str = "", other_born: str = "") -> Compared:
    """Compare two names, and two dates of birth where both are told."""
    a, b = tokens(one), tokens(other)
    best = _aligned(a, b)
    if len(a) != len(b) or best[0] < Level.SOUND * min(len(a), len(b)):
        for x, y in _joined(a, b):
            found = _aligned(x, y)
            if not all(_one_word(c, d) for c, d, _ in found[1]):
                continue
            if (found[0] - found[2] * 4, -found[2]) > (best[0] - best[2] * 4, -best[2]):
                best = found
    _, pairs, missing, turned = best
    if len(pairs) > 1:
        pairs.sort(key=lambda p: p[2])
    telling = sum(level >= Level.NEAR and not (x.says_little and y.says_little) for x, y, level in pairs)
    return Compared(
        tuple([(x.written, y.written, level) for x, y, level in pairs]),
        missing,
        turned,
        births(born, other_born),
        tuple([letters_of(x, y) for x, y, _ in pairs]),
        telling,
    )


def _aligned(
    a: tuple[Token, ...], b: tuple[Token, ...]
) -> tuple[int, list[tuple[Token, Token, Level]], int, bool]:
    """The likest pairs first, each part used once; how much they sum to, how many parts are left over, whether turned."""
    levels = [(level_of(x, y), -abs(i - j), i, j) for i, x in enumerate(a) for j, y in enumerate(b)]
    levels.sort(reverse=True)
    most = min(len(a), len(b))
    order: dict[int, int] = {}
    pairs = []
    together = 0
    for level, _, i, j in levels:
        if i not in order and j not in order.values():
            order[i] = j
            pairs.append((a[i], b[j], level))
            together += level
            if len(pairs) == most:
                break
    turned = most > 1 and [order[i] for i in sorted(order)] != sorted(order.values())
    return together, pairs, len(a) + len(b) - 2 * most, turned


def _joined(
    a: tuple[Token, ...], b: tuple[Token, ...]
) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """With two neighbouring parts of one of them written as one: "Abdul Rahman" is "Abdulrahman"."""
    for x in _merged(a, b):
        yield x, b
    for y in _merged(b, a):
        yield a, y


def _merged(a: tuple[Token, ...], b: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    longest = max((len(t.plain) for t in b), default=0) + _LONGER
    for n in range(len(a) - 1):
        first, second = a[n], a[n + 1]
        # "O Brien" is no initial and a name, but "O'Brien".
        if (
            (first.initial and first.plain != "o")
            or second.initial
            or len(first.plain) + len(second.plain) > longest
        ):
            continue
        one = Token(
            first.plain + second.plain,
            first.rough + second.rough,
            f"{first.written} {second.written}",
            first.unvowelled or second.unvowelled,
        )
        if len(a) - 1 > len(b) or any(level_of(one, t) >= Level.NEAR for t in b):
            # Else it would be taken for a part that it is not like.
            yield (*a[:n], one, *a[n + 2 :])


def _one_word(a: Token, b: Token) -> bool:
    """True unless one of them is of two parts and is no likelier to be the other than one of its parts is.

    A second given name that the other record leaves out would else be added to the family name, and hide it behind one slip.
    """
    both, other = (a, b) if " " in a.written else (b, a)
    if " " not in both.written:
        return True
    level = level_of(both, other)
    return level >= Level.NEAR and all(level > level_of(token(part), other) for part in both.written.split())


def level_of(a: Token, b: Token) -> Level:
    """How alike two parts of a name are."""
    if a.plain == b.plain:
        return Level.INITIAL if a.initial else Level.SAME
    if a.unvowelled != b.unvowelled:
        return _between_scripts(a, b)
    # By words: a token takes as long to be looked up as some are to be compared.
    return _level(a.plain, a.rough, b.plain, b.rough)


@lru_cache(maxsize=1_000)
def _between_scripts(a: Token, b: Token) -> Level:
    if a.number or b.number or a.initial or b.initial or short_for(a.plain, b.plain):
        return _level(a.plain, a.rough, b.plain, b.rough)
    bare, latin = (a, b) if a.unvowelled else (b, a)
    well = written_so(bare.plain, latin.plain)
    return (
        Level.SCRIPT
        if well == 2
        else Level.SOUND
        if well
        else _by_letters(a.plain, a.rough, b.plain, b.rough)
    )


@lru_cache(maxsize=4_000)
def _level(a: str, a_rough: str, b: str, b_rough: str) -> Level:
    if number(a) or number(b):
        return Level.APART
    if len(a) == 1 or len(b) == 1:
        return Level.INITIAL if a[0] == b[0] else Level.APART
    if short_for(a, b):
        return Level.SHORT
    if _slavic(a, b) or heard_as(a, b):
        return Level.SOUND
    return _by_letters(a, a_rough, b, b_rough)


def letters_of(a: Token, b: Token) -> tuple[int, int]:
    """How many letters of two parts are other ones, and how long the longer is."""
    return OSA.distance(a.plain, b.plain), max(len(a.plain), len(b.plain))


def _slavic(a: str, b: str) -> bool:
    # Endings differ, beginnings do not.
    return a[:3] == b[:3] and len(a) > 4 and len(b) > 4 and slavic_root(a) == slavic_root(b)


@lru_cache(maxsize=4_000)
def sounds_of(plain: str) -> tuple[str, str]:
    """How a word sounds to two old measures of English."""
    return metaphone(plain), soundex(plain)


def _by_letters(a: str, a_rough: str, b: str, b_rough: str) -> Level:
    (one, first), (other, second) = sounds_of(a), sounds_of(b)
    sounds = (a_rough == b_rough and len(a_rough) > 1) + (one == other) + (first == second)
    return by_letters(a, b, JaroWinkler.similarity(a, b), sounds)


def by_letters(a: str, b: str, alike: float, sounds: int, apart: int | None = None) -> Level:
    """How alike two words in plain letters are, by their likeness (Jaro-Winkler) and how many measures of sound agree.

    `apart` is how many letters are other ones, where that is known.
    """
    short = min(len(a), len(b))
    if apart is None:
        apart = OSA.distance(a, b, score_cutoff=2)
    if sounds >= 2 and alike >= 0.75:
        return Level.SOUND
    if (apart == 1 and short >= 4) or (apart == 2 and short >= 6):
        return Level.NEAR
    if alike >= 0.9 and short >= 5:
        return Level.NEAR
    return Level.VAGUE if sounds or alike >= 0.8 or (apart == 1 and short == 3) else Level.APART
