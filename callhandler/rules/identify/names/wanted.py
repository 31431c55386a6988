"""Which names on record a name as told may be: its words become words on record, then pairs of them are probed as keys.

Correct the query, never the table. What is found is put in order by its keys alone; only the first of it is compared.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from itertools import chain, combinations, islice

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import extract

from callhandler.rules.identify.names import keys
from callhandler.rules.identify.names.born import Births, Born, births_of, born_of
from callhandler.rules.identify.names.compare import Level, by_letters, level_of, sounds_of
from callhandler.rules.identify.names.short_forms import also_called
from callhandler.rules.identify.names.tokens import Token

LIKE = 40
"""Words on record that one word of a query may be, the likest."""
PAIRS = 400
"""Pairs of words that are probed, the likest."""
_BOTH, _SOME = 120, 8
"""How far down the two lists of words are paired; and so many words are paired with an initial."""
_WEIGHED = 60
"""Words whose letters are likest, and so many that sound alike, are compared as parts of names are."""
_DATED = 24
"""So many of the likest pairs are probed with the date of birth too: a common name has more bearers than are read."""
_WORTH = {
    Level.SAME: 1.0,
    Level.SCRIPT: 0.92,
    Level.SHORT: 0.9,
    Level.NEAR: 0.85,
    Level.SOUND: 0.85,
    Level.INITIAL: 0.65,
    Level.VAGUE: 0.5,
}
_BORN = {
    Births.SAME: 0.5,
    Births.TURNED: 0.4,
    Births.PART: 0.35,
    Births.NEAR: 0.25,
    Births.UNKNOWN: 0.0,
    Births.APART: -0.5,
}
_SOUNDS, _BEGINS, _SOUND = 1.3, 0.1, 0.9
"""Worth of two words that sound alike; of one that begins as told, beside one that is like; of a sound beside a date."""

Row = tuple[int, int, int]
"""A row of the store: key, date of birth packed, and the id of the name."""


@dataclass(slots=True)
class Wanted:
    """What to probe for a name as told: keys, the likest first; stretches of keys; keys with dates of birth from, to.

    Where an initial was told the stretches are what finds; else they add some of whom one name is right, one begins so.
    """

    keys: dict[int, float] = field(default_factory=dict)
    spans: dict[tuple[int, int], float] = field(default_factory=dict)
    dated: dict[Row, float] = field(default_factory=dict)
    born: Born = field(default_factory=Born)
    initial: bool = False

    def ranked(self, rows: Iterable[Row], most: int) -> list[int]:
        """The ids of the likeliest names among the rows found, the likeliest first."""
        found: dict[int, float] = {}
        more: dict[int, float] = {}
        by_date = {key: worth for (key, _, _), worth in self.dated.items()}
        for key, date, name_id in rows:
            worth = self.keys.get(key) or by_date.get(key) or self._in_span(key)
            worth += self._agrees(date)
            best = found.get(name_id)
            if best is None or worth > best:
                found[name_id] = worth
            more[name_id] = more.get(name_id, 0.0) + 0.02
        return nlargest(most, found, key=lambda n: (found[n] + more[n], n))

    def _in_span(self, key: int) -> float:
        return next((worth for (low, high), worth in self.spans.items() if low <= key <= high), 0.0)

    def _agrees(self, date: int) -> float:
        return _BORN[_compared(self.born, date)] if date and self.born.year else 0.0


@lru_cache(maxsize=4_000)
def _compared(born: Born, date: int) -> Births:
    return births_of(born, keys.unpacked(date))


def wanted_words(told: str) -> frozenset[str]:
    """The keys of the words on record that a told name's words may be."""
    return frozenset(key for token in _all(told) for key in _keys_of_token(token))


def _keys_of_token(token: Token) -> frozenset[str]:
    if token.initial:
        return frozenset()
    return keys.keys_of_word(token.plain) | {keys.itself(form) for form in also_called(token.plain)}


def wanted_names(told: str, born: str, on_record: Mapping[str, Sequence[str]]) -> Wanted:
    """What to probe, given the words on record by their keys that the words of a name may be."""
    like = {t: _likest(t, on_record) for t in _all(told)}
    wanted = Wanted(born=born_of(born))
    pairs: list[tuple[float, int]] = []
    ways = keys.ways_of(told)
    for way in ways:
        if len(way) == 1:
            pairs += [(2 * worth, keys.alone(word)) for word, worth in like[way[0]]]
        for one, other in combinations(way, 2):
            if one.initial or other.initial:
                _put_spans(wanted, one, other, like)
            else:
                pairs += _pairs(one, other, like)
    pairs.sort(reverse=True)
    for worth, key in pairs[:PAIRS]:
        wanted.keys.setdefault(key, worth)
    likest = list(wanted.keys.items())[:_DATED]
    wanted.initial = bool(wanted.spans)
    for one, other in combinations(ways[0], 2):
        wanted.keys.setdefault(keys.rough_pair(one, other), _SOUNDS)
        if not wanted.initial:
            for a, b in ((one, other), (other, one)):
                for word, worth in like[a][:_SOME]:
                    wanted.spans[keys.initial_pair(word, b.plain[0])] = worth + _BEGINS
    if wanted.born.year:
        _put_dates(wanted, likest, ways[0])
    return wanted


def _put_spans(
    wanted: Wanted, one: Token, other: Token, like: Mapping[Token, list[tuple[str, float]]]
) -> None:
    """Somebody was told with an initial."""
    for a, b in ((one, other), (other, one)):
        if b.initial:
            for word, worth in like[a]:
                wanted.spans[keys.initial_pair(word, b.plain)] = worth + _WORTH[Level.INITIAL]


def _pairs(
    one: Token, other: Token, like: Mapping[Token, list[tuple[str, float]]]
) -> list[tuple[float, int]]:
    """Pairs of the likest words, the further down one is the less far down the other; and somebody kept with an initial."""
    first = [(keys.halves(word)[0], worth) for word, worth in like[one]]
    second = [(keys.halves(word)[1], worth) for word, worth in like[other]]
    found = [
        (worth + more, upper + lower)
        for n, (upper, worth) in enumerate(first)
        for lower, more in second[: _BOTH // (n + 1)]
    ]
    for a, b in ((one, other), (other, one)):
        initial, least = keys.halves(b.plain[0])[1], _WORTH[Level.INITIAL]
        found += [(worth + least, keys.halves(word)[0] + initial) for word, worth in like[a][:_SOME]]
    return found


def _put_dates(wanted: Wanted, likest: list[tuple[int, float]], parts: tuple[Token, ...]) -> None:
    born, date = wanted.born, keys.packed(wanted.born)
    for key, worth in likest:
        wanted.dated[(key, (born.year - born.or_before) * 10_000, born.year * 10_000 + 9_999)] = worth
    if born.month and born.day:
        turned = keys.packed(Born(born.year, born.day, born.month))
        for token in parts:
            for one in {date, turned}:
                wanted.dated[(keys.sound(token), one, one)] = _SOUND


def _likest(token: Token, on_record: Mapping[str, Sequence[str]]) -> list[tuple[str, float]]:
    """The words on record that a word of the query may be, itself first, the likest next, each with what it is worth."""
    itself = keys.word_of(token)
    if token.initial:
        return [(itself, 1.0)]
    every = dict.fromkeys(
        chain.from_iterable(on_record.get(key, ()) for key in sorted(_keys_of_token(token)))
    )
    every.pop(itself, None)
    levels = _Levels(token, on_record)
    short = also_called(token.plain) & every.keys()
    near = dict(_nearest(token.plain, every.keys()))
    # Those that sound alike come by themselves: they may be written unlike, between scripts above all.
    near |= _nearest(token.plain, [w for w in levels.alike if w not in near and w != itself])
    found = [(word, _WORTH[Level.SHORT]) for word in short]
    found += [(word, levels.worth(word, alike)) for word, alike in near.items() if word not in short]
    found.sort(key=lambda f: (-f[1], f[0]))
    likest = {itself: 1.0}
    for word, worth in found:
        if worth:
            likest.setdefault(word, worth)
    return list(islice(likest.items(), LIKE + 1))


def _nearest(plain: str, words: Collection[str]) -> list[tuple[str, float]]:
    """The words whose letters are likest, and how like."""
    found = extract(plain, words, scorer=JaroWinkler.similarity, processor=None, limit=_WEIGHED)
    return [(word, alike) for word, alike, _ in found]


class _Levels:
    """How alike words on record are to one of the query: by the sounds under which they were found, and their letters."""

    def __init__(self, token: Token, on_record: Mapping[str, Sequence[str]]) -> None:
        self._token = token
        self._plain = token.plain.isalpha() and not token.unvowelled
        one, other = sounds_of(token.plain) if self._plain else ("", "")
        rough, metaphone = on_record.get(f"r{token.rough}", ()), on_record.get(f"m{one}", ())
        self.alike = dict.fromkeys(chain(rough, metaphone))
        self._sounds = (set(rough), set(metaphone), set(on_record.get(f"s{other}", ())))

    def worth(self, word: str, alike: float) -> float:
        """What it is worth that this word is meant; 0 where it is another."""
        level = self._level(word, alike)
        return _WORTH[level] + 0.1 * alike - 0.1 if level >= Level.VAGUE else 0.0

    def _level(self, word: str, alike: float) -> Level:
        """As parts of names are compared; by what is known already where both are in plain letters."""
        if not self._plain or word.startswith(keys.UNVOWELLED):
            return level_of(self._token, keys.token_of(word))
        sounds = sum(word in found for found in self._sounds)
        return by_letters(self._token.plain, word, alike, sounds)


def _all(name: str) -> frozenset[Token]:
    return frozenset(t for way in keys.ways_of(name) for t in way)
