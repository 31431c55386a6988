"""Which names on record a name as told may be: its words become words on record, then pairs of them are probed as keys.

Correct the query, never the table. What is found is put in order by its keys alone; only the first of it is compared.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain, combinations, islice

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import extract

from callhandler.rules.identify.names import keys
from callhandler.rules.identify.names.born import Births, Born, births_of, born_of, possible
from callhandler.rules.identify.names.compare import Level, by_letters, letters_of, level_of, sounds_of
from callhandler.rules.identify.names.short_forms import also_called
from callhandler.rules.identify.names.slips import APART, BORN, in_part
from callhandler.rules.identify.names.tokens import Token

LIKE = 100
"""Words on record that one word of a query may be, the likest."""
PAIRS = 600
"""Pairs of words that are probed, the likest."""
_BOTH, _SOME = 200, 8
"""How far down the two lists of words are paired; and so many words are paired with an initial."""
_WEIGHED, _SLIPS = 120, 3
"""So many words are weighed, those likest by their letters, with so many letters other ones at most."""
_ANY = 20
"""As many letters may be other ones in a word that sounds or begins alike."""
_START = 4
"""Letters with which two words begin alike."""
_SOUNDS = 40
"""So many of the likest words are looked for by their sound with the date of birth: the other name may be another."""
_DATED = 24
"""So many of the likest pairs are probed with the date of birth too: a common name has more bearers than are read."""
_INITIAL, _BEGINS, _ROUGHLY = 0.6, 2.4, 2.2
"""Slips of a word kept as an initial; of one that only begins as told; of two that together sound as told."""

Row = tuple[int, int, int]
"""A row of the store: key, date of birth packed, and the id of the name."""


@dataclass(slots=True)
class Wanted:
    """What to probe for a name as told: keys, the likest first; stretches of keys; keys with dates of birth from, to.

    Each with how many slips away it is. Where an initial was told the stretches are what finds; else they add some of whom
    one name is right, one begins so.
    """

    keys: dict[int, float] = field(default_factory=dict)
    spans: dict[tuple[int, int], float] = field(default_factory=dict)
    dated: dict[Row, float] = field(default_factory=dict)
    born: Born = field(default_factory=Born)
    initial: bool = False

    def ranked(self, rows: Iterable[Row], most: int) -> list[int]:
        """The ids of the likeliest names among the rows found, the likeliest first."""
        found: dict[int, float] = {}
        by_key = {key: apart for (key, _, _), apart in self.dated.items()} | self.keys
        stretches = {keys.stretch(low): apart for (low, _), apart in self.spans.items()}
        for key, date, name_id in rows:
            apart = by_key.get(key)
            if apart is None:
                apart = stretches.get(keys.stretch(key), APART)
            if self.born.year:
                apart += _born_apart(self.born, date)
            before = found.get(name_id)
            if before is None or apart < before:
                found[name_id] = apart
        return nsmallest(most, found, key=lambda n: (found[n], -n))


def _born_apart(born: Born, date: int) -> float:
    """What the date of birth of a row adds to its slips, where one was told."""
    if not date:
        return BORN[Births.UNKNOWN]
    year, day = divmod(date, 10_000)
    if born.day and year != born.year and day // 100 != born.month and day % 100 != born.day:
        # Most rows: nothing of it agrees.
        return BORN[Births.APART]
    return BORN[births_of(born, keys.unpacked(date))]


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
    wanted = Wanted(born=possible(born_of(born)))
    pairs: list[tuple[float, int]] = []
    ways = keys.ways_of(told)
    for way in ways:
        if len(way) == 1:
            pairs += [(apart, keys.alone(word)) for word, apart in like[way[0]]]
        for one, other in combinations(way, 2):
            if one.initial or other.initial:
                _put_spans(wanted, one, other, like)
            else:
                pairs += _pairs(one, other, like)
    pairs.sort()
    for apart, key in pairs[:PAIRS]:
        wanted.keys.setdefault(key, apart)
    likest = list(wanted.keys.items())[:_DATED]
    wanted.initial = bool(wanted.spans)
    for one, other in combinations(ways[0], 2):
        wanted.keys.setdefault(keys.rough_pair(one, other), _ROUGHLY)
        if not wanted.initial:
            for a, b in ((one, other), (other, one)):
                for word, apart in like[a][:_SOME]:
                    wanted.spans[keys.initial_pair(word, b.plain[0])] = apart + _BEGINS
    if wanted.born.year:
        _put_dates(wanted, likest, ways[0], like)
    return wanted


def _put_spans(
    wanted: Wanted, one: Token, other: Token, like: Mapping[Token, list[tuple[str, float]]]
) -> None:
    """Somebody was told with an initial."""
    for a, b in ((one, other), (other, one)):
        if b.initial:
            for word, apart in like[a]:
                wanted.spans[keys.initial_pair(word, b.plain)] = apart + _INITIAL


def _pairs(
    one: Token, other: Token, like: Mapping[Token, list[tuple[str, float]]]
) -> list[tuple[float, int]]:
    """Pairs of the likest words, the further down one is the less far down the other; and somebody kept with an initial."""
    first = [(keys.halves(word)[0], apart) for word, apart in like[one]]
    second = [(keys.halves(word)[1], apart) for word, apart in like[other]]
    found = [
        (apart + more, upper + lower)
        for n, (upper, apart) in enumerate(first)
        for lower, more in second[: _BOTH // (n + 1)]
    ]
    for a, b in ((one, other), (other, one)):
        initial = keys.halves(b.plain[0])[1]
        found += [(apart + _INITIAL, keys.halves(word)[0] + initial) for word, apart in like[a][:_SOME]]
    return found


def _put_dates(
    wanted: Wanted,
    likest: list[tuple[int, float]],
    parts: tuple[Token, ...],
    like: Mapping[Token, list[tuple[str, float]]],
) -> None:
    """The likest pairs with that year of birth; and each word by its sound with that very date, the other being another."""
    born, date = wanted.born, keys.packed(wanted.born)
    for key, apart in likest:
        wanted.dated[(key, (born.year - born.or_before) * 10_000, born.year * 10_000 + 9_999)] = apart
    if born.month and born.day:
        turned = keys.packed(Born(born.year, born.day, born.month))
        for token in parts:
            for word, apart in like[token][:_SOUNDS]:
                sound = keys.sound_of(word)
                for one in {date, turned}:
                    wanted.dated.setdefault((sound, one, one), apart + APART)


def _likest(token: Token, on_record: Mapping[str, Sequence[str]]) -> list[tuple[str, float]]:
    """The words on record that a word of the query may be, itself first, the likest next, each with its slips."""
    itself = keys.word_of(token)
    if token.initial:
        return [(itself, 0.0)]
    plain = token.plain
    every = set(chain.from_iterable(on_record.get(key, ()) for key in _keys_of_token(token)))
    every.discard(itself)
    alike = _Alike(token, on_record)
    near = _nearest(plain, every, most=_ANY if token.unvowelled else _SLIPS)
    # Those that sound alike or begin alike come by themselves: they may be written unlike, between scripts above all.
    near |= _nearest(plain, alike.sounding | alike.beginning, most=_ANY)
    near.pop(itself, None)
    found = [(alike.slips(word, apart, like), -like, word) for word, (apart, like) in near.items()]
    found += [(in_part(Level.SHORT, 0, 0), 0.0, word) for word in also_called(plain) & every]
    found.sort()
    likest = {itself: 0.0}
    for slips, _, word in found:
        if slips < APART:
            likest.setdefault(word, slips)
    return list(islice(likest.items(), LIKE + 1))


def _nearest(plain: str, words: Collection[str], most: int) -> dict[str, tuple[int, float]]:
    """The words of which at most so many letters are other ones: how many, and how like. Of many the likest."""
    found = extract(plain, words, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None)
    apart = {word: letters for word, letters, _ in found}
    like = extract(plain, list(apart), scorer=JaroWinkler.similarity, processor=None, limit=None)
    return {
        word: (apart[word], alike)
        for n, (word, alike, _) in enumerate(like)
        if n < _WEIGHED or apart[word] < 2
    }


class _Alike:
    """How like one of the query words on record are: by the sounds under which they were found, and their letters."""

    def __init__(self, token: Token, on_record: Mapping[str, Sequence[str]]) -> None:
        self._token = token
        self._plain = token.plain.isalpha() and not token.unvowelled
        one, other = sounds_of(token.plain) if self._plain else ("", "")
        rough, metaphone = set(on_record.get(f"r{token.rough}", ())), set(on_record.get(f"m{one}", ()))
        soundex = set(on_record.get(f"s{other}", ()))
        self.sounding = rough | metaphone
        starts = (f"d{token.plain[:n]}" for n in range(_START, len(token.plain) + 1))
        self.beginning = {w for start in starts for w in on_record.get(start, ()) if self._begins(w)}
        self._twice = (rough & metaphone) | (rough & soundex) | (metaphone & soundex)

    def _begins(self, word: str) -> bool:
        return word.startswith(self._token.plain) or self._token.plain.startswith(word)

    def slips(self, word: str, apart: int, alike: float) -> float:
        """How many slips away a word is of which so many letters are other ones: as parts of names are compared."""
        told = self._token.plain
        if not self._plain or word.startswith(keys.UNVOWELLED):
            other = keys.token_of(word)
            return in_part(level_of(self._token, other), *letters_of(self._token, other))
        level = by_letters(told, word, alike, 2 if word in self._twice else 0)
        return in_part(level, apart, max(len(told), len(word)))


def _all(name: str) -> frozenset[Token]:
    return frozenset(t for way in keys.ways_of(name) for t in way)
