"""Which names on record a name as told may be: its words become words on record, then pairs of them are probed as keys.

Correct the query, never the table. What is found is put in order by its keys alone; only the first of it is compared.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, combinations, islice
from math import inf

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import extract

from callhandler.rules.identify.names import keys
from callhandler.rules.identify.names.born import Births, Born, births_of, born_of, possible
from callhandler.rules.identify.names.by_ear import spelt, with_article
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
_WEIGHED, _FEW, _LONG = 120, 2, 6
"""So many words are weighed, those likest by their letters, with few letters other ones; one more in a long word."""
_ANY = 20
"""As many letters may be other ones in a word that sounds or begins alike."""
_OTHER, _MUCH_ALIKE = 3, 0.9
"""A word of more other letters is another, unless it is written much alike or sounds alike."""
_START = 4
"""Letters with which two words begin alike."""
_SOUNDS = 30
"""So many of the likest words are looked for by their sound with the date of birth: the other name may be another."""
_DATED = 24
"""So many of the likest pairs are probed with the date of birth too: a common name has more bearers than are read."""
_INITIAL, _BEGINS, _ROUGHLY = 0.6, 2.4, 2.2
"""Slips of a word kept as an initial; of one that only begins as told; of two that together sound as told."""

_WORDS_KEPT = 8
"""So many words of a query are kept as they were weighed: at each key of a name all but the one being typed are the same."""

Likest = tuple[tuple[str, float], ...]
Row = tuple[int, int, int]
"""A row of the store: key, date of birth packed, and the id of the name."""


@dataclass(slots=True)
class Wanted:
    """What to probe for a name as told: keys, the likest first; stretches of keys; keys with dates of birth from, to.

    Each with how many slips away it is; `words` are stretches of one word beside any other. Where an initial was told the
    stretches are what finds; else they add some of whom one name is right, one begins so.
    """

    keys: dict[int, float] = field(default_factory=dict)
    spans: dict[tuple[int, int], float] = field(default_factory=dict)
    dated: dict[Row, float] = field(default_factory=dict)
    born: Born = field(default_factory=Born)
    initial: bool = False
    words: dict[tuple[int, int], float] = field(default_factory=dict)
    like: dict[Token, "Likest"] = field(default_factory=dict)
    """The words on record that each word of the name may be."""
    found: dict[int, float] = field(default_factory=dict)
    """Names that were found, each with how many slips away it is by its keys."""

    @classmethod
    def born_on(cls, told: str) -> "Wanted":
        """Nothing to probe yet, for somebody whose date of birth was told so."""
        return cls(born=possible(born_of(told)))

    def weigh(self, rows: Iterable[Row]) -> None:
        """Take in what was found."""
        found, born = self.found, self.born
        by_key = {key: apart for (key, _, _), apart in self.dated.items()} | self.keys
        stretches = {keys.stretch(low): apart for (low, _), apart in self.spans.items()}
        words = {keys.upper(low): apart for (low, _), apart in self.words.items()}
        adds: dict[int, float] = {}
        for key, date, name_id in rows:
            apart = by_key.get(key)
            if apart is None:
                apart = stretches.get(keys.stretch(key)) or words.get(keys.upper(key), APART)
            if born.year:
                if date not in adds:
                    adds[date] = _born_apart(born, date)
                apart += adds[date]
            before = found.get(name_id)
            if before is None or apart < before:
                found[name_id] = apart

    def ranked(self, most: int, further: float = inf) -> list[int]:
        """The ids of the likeliest names found, the likeliest first; none so many slips further than it."""
        first = nsmallest(most, [(apart, -name_id) for name_id, apart in self.found.items()])
        return [-name_id for apart, name_id in first if apart <= first[0][0] + further]


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


@lru_cache(maxsize=_WORDS_KEPT)
def _keys_of_token(token: Token) -> frozenset[str]:
    if token.initial:
        return frozenset()
    others = (*also_called(token.plain), *spelt(token.plain))
    return keys.keys_of_word(token.plain) | {keys.itself(form) for form in others}


def wanted_names(told: str, born: str, on_record: Mapping[str, Sequence[str]]) -> Wanted:
    """What to probe, given the words on record by their keys that the words of a name may be."""
    like = {t: words_meant(t, on_record) for t in _all(told)}
    wanted = Wanted.born_on(born)
    wanted.like = like
    pairs: dict[float, list[int]] = defaultdict(list)
    ways = keys.ways_of(told)
    for way in ways:
        if len(way) == 1:
            for word, apart in like[way[0]]:
                pairs[apart].append(keys.alone(word))
        for one, other in combinations(way, 2):
            if one.initial or other.initial:
                _put_spans(wanted, one, other, like)
            else:
                _put_pairs(pairs, one, other, like)
    # Sorted by their slips and then their keys: as pairs of both they took twice as long.
    likest = ((key, apart) for apart in sorted(pairs) for key in sorted(pairs[apart]))
    for key, apart in islice(likest, PAIRS):
        wanted.keys.setdefault(key, apart)
    dated = list(wanted.keys.items())[:_DATED]
    wanted.initial = bool(wanted.spans)
    for one, other in combinations(ways[0], 2):
        wanted.keys.setdefault(keys.rough_pair(one, other), _ROUGHLY)
        if not wanted.initial:
            for a, b in ((one, other), (other, one)):
                for word, apart in like[a][:_SOME]:
                    wanted.spans[keys.initial_pair(word, b.plain[0])] = apart + _BEGINS
    if wanted.born.year:
        _put_dates(wanted, dated, ways[0], like)
    return wanted


def _put_spans(wanted: Wanted, one: Token, other: Token, like: Mapping[Token, Likest]) -> None:
    """Somebody was told with an initial."""
    for a, b in ((one, other), (other, one)):
        if b.initial:
            for word, apart in like[a]:
                wanted.spans[keys.initial_pair(word, b.plain)] = apart + _INITIAL


def _put_pairs(pairs: dict[float, list[int]], one: Token, other: Token, like: Mapping[Token, Likest]) -> None:
    """Pairs of the likest words, the further down one is the less far down the other; and somebody kept with an initial."""
    second = [(keys.halves(word)[1], apart) for word, apart in like[other]]
    for n, (word, apart) in enumerate(like[one]):
        upper = keys.halves(word)[0]
        for lower, more in second[: _BOTH // (n + 1)]:
            pairs[apart + more].append(upper + lower)
    for a, b in ((one, other), (other, one)):
        initial = keys.halves(b.plain[0])[1]
        for word, apart in like[a][:_SOME]:
            pairs[apart + _INITIAL].append(keys.halves(word)[0] + initial)


def _put_dates(
    wanted: Wanted,
    likest: list[tuple[int, float]],
    parts: tuple[Token, ...],
    like: Mapping[Token, Likest],
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


def words_meant(token: Token, on_record: Mapping[str, Sequence[str]]) -> Likest:
    """The words on record that a word of the query may be, itself first, the likest next, each with its slips."""
    if token.initial:
        return ((keys.word_of(token), 0.0),)
    asked = {*_keys_of_token(token), *_starts(token)} & on_record.keys()
    return _weighed(token, tuple((key, tuple(on_record[key])) for key in sorted(asked)))


def _starts(token: Token) -> Iterator[str]:
    return (f"d{token.plain[:n]}" for n in range(_START, len(token.plain) + 1))


@lru_cache(maxsize=_WORDS_KEPT)
def _weighed(token: Token, by_key: tuple[tuple[str, tuple[str, ...]], ...]) -> Likest:
    on_record = dict(by_key)
    itself, plain = keys.word_of(token), token.plain
    every = set(chain.from_iterable(on_record.get(key, ()) for key in _keys_of_token(token)))
    every.discard(itself)
    alike = _Alike(token, on_record)
    near = _nearest(plain, every, most=_ANY if token.unvowelled else _FEW + (len(plain) >= _LONG))
    # Those that sound alike or begin alike come by themselves: they may be written unlike, between scripts above all.
    near |= _nearest(plain, alike.sounding | alike.beginning, most=_ANY)
    near.pop(itself, None)
    found = alike.weighed(near)
    found += [(in_part(Level.SHORT, 0, 0), 0.0, word) for word in also_called(plain) & every]
    found += [(_by_ear(plain, word), 0.0, word) for word in every.intersection(spelt(plain))]
    if article := with_article(plain):
        # Of two words on record, which are kept as one only in the keys of whole names.
        found.append((_by_ear(plain, article), 0.0, article))
    found.sort()
    likest = {itself: 0.0}
    for slips, _, word in found:
        if slips < APART:
            likest.setdefault(word, slips)
    return tuple(islice(likest.items(), LIKE + 1))


def _by_ear(heard: str, word: str) -> float:
    """Slips between a word as it is heard and as it is spelt."""
    return in_part(Level.SOUND, OSA.distance(heard, word), max(len(heard), len(word)))


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
        self.beginning = {w for start in _starts(token) for w in on_record.get(start, ()) if self._begins(w)}
        self._twice = (rough & metaphone) | (rough & soundex) | (metaphone & soundex)

    def _begins(self, word: str) -> bool:
        return word.startswith(self._token.plain) or self._token.plain.startswith(word)

    def weighed(self, near: Mapping[str, tuple[int, float]]) -> list[tuple[float, float, str]]:
        """How many slips away each word is, as parts of names are compared; how unlike; and the word."""
        told, twice = self._token.plain, self._twice
        long = len(told)
        found = []
        for word, (apart, alike) in near.items():
            if self._plain and not word.startswith(keys.UNVOWELLED):
                if apart > _OTHER and alike < _MUCH_ALIKE and word not in twice:
                    continue
                level = by_letters(told, word, alike, 2 if word in twice else 0, apart)
                length = len(word)
                slips = in_part(level, apart, length if length > long else long)
            else:
                other = keys.token_of(word)
                slips = in_part(level_of(self._token, other), *letters_of(self._token, other))
            found.append((slips, -alike, word))
        return found


def _all(name: str) -> frozenset[Token]:
    return frozenset(t for way in keys.ways_of(name) for t in way)
