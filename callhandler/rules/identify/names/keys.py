"""Keys by which a name is found in another writing: a query's words become words on record, then pairs are looked up.

Pairs of words are kept either way round, with neighbours joined, with one of them an initial, and as they roughly sound;
and a date of birth with one word's sound. So the names are only ever probed by keys, however many there are.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from callhandler.rules.identify.names.born import born_of
from callhandler.rules.identify.names.compare import Level, level_of
from callhandler.rules.identify.names.short_forms import also_called
from callhandler.rules.identify.names.tokens import Token, rough, tokens

UNVOWELLED = "~"
"""Stands before a word written without its vowels."""
LONGEST = 6
"""Parts of a name that are looked at: no name needs more to be found."""
LIKE = 24
"""Words on record that one word of a query may be, the likest."""
_WEIGHED = 60
"""Words whose letters are likest, and so many that sound alike, are compared as names are."""
_LETTERS = 7
"""Letters of a word from which one is left out in turn: a slip further on leaves these as they are."""


def words_of(name: str) -> frozenset[str]:
    """The words of a name as they are kept, neighbours joined among them."""
    return frozenset(_word(t) for way in _ways(name) for t in way if not t.initial)


@lru_cache(maxsize=50_000)
def keys_of_word(word: str) -> frozenset[str]:
    """What a word sounds and looks like: its rough sound, and its first letters with each left out in turn."""
    from jellyfish import metaphone, soundex

    plain = word.removeprefix(UNVOWELLED)
    start = plain[:_LETTERS]
    keys = {f"r{rough(plain)}", f"d{start}", *(f"d{start[:n]}{start[n + 1 :]}" for n in range(len(start)))}
    if plain.isalpha():
        keys |= {f"m{metaphone(plain)}", f"s{soundex(plain)}"}
    return frozenset(keys)


def keys_of_name(name: str, born: str = "") -> frozenset[str]:
    """Every key by which a name on record is to be found."""
    keys: set[str] = set()
    for way in _ways(name):
        if len(way) == 1:
            keys.add(f"o:{_word(way[0])}")
        for n, one in enumerate(way):
            for other in way[n + 1 :]:
                keys |= {_pair(_word(one), _word(other)), _rough_pair(one, other)}
                keys |= {_initial(one, other), _initial(other, one)}
    date = born_of(born)
    if date.year and date.month and date.day:
        keys |= {_dated(date.year, date.month, date.day, t) for t in tokens(name)[:LONGEST]}
    return frozenset(keys)


def wanted_words(told: str) -> frozenset[str]:
    """The keys of the words on record that a told name's words may be."""
    return frozenset(key for token in _all(told) for key in _keys_of_token(token))


def _keys_of_token(token: Token) -> frozenset[str]:
    if token.initial:
        return frozenset()
    return keys_of_word(token.plain) | {f"d{form[:_LETTERS]}" for form in also_called(token.plain)}


def wanted_names(told: str, born: str, on_record: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The keys of the names that may be meant, given the words on record by their keys that its words may be."""
    like = {t: _likest(t, on_record) for t in _all(told)}
    keys: set[str] = set()
    for way in _ways(told):
        if len(way) == 1:
            keys |= {f"o:{w}" for w in like[way[0]]}
        for n, one in enumerate(way):
            for other in way[n + 1 :]:
                keys |= {_pair(x, y) for x in like[one] for y in like[other]}
                keys.add(_rough_pair(one, other))
                keys |= {_initial(one, _token(y)) for y in like[other]}
                keys |= {_initial(other, _token(x)) for x in like[one]}
    date = born_of(born)
    if date.year and date.month and date.day:
        for month, day in {(date.month, date.day), (date.day, date.month)}:
            keys |= {_dated(date.year, month, day, t) for t in tokens(told)[:LONGEST]}
    return frozenset(keys)


def _likest(token: Token, on_record: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The words on record that a word of the query may be, itself first, the likest next."""
    if token.initial:
        return (token.plain,)
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import extract

    found = {
        key: {w: w.removeprefix(UNVOWELLED) for w in on_record.get(key, ())} for key in _keys_of_token(token)
    }
    every = {w: plain for words in found.values() for w, plain in words.items()}
    some = {w for w, plain in every.items() if plain in also_called(token.plain)}
    # Those that sound alike come by themselves: between scripts they may be written unlike.
    for words in (every, found[f"r{token.rough}"]):
        near = extract(token.plain, words, scorer=JaroWinkler.similarity, processor=None, limit=_WEIGHED)
        some |= {key for _, _, key in near}
    levels = {w: level_of(token, _token(w)) for w in some}
    ranked = sorted((w for w in levels if levels[w] >= Level.VAGUE), key=lambda w: (-levels[w], w))
    return tuple(dict.fromkeys((_word(token), *ranked[:LIKE])))


def _ways(name: str) -> list[tuple[Token, ...]]:
    """A name's parts, and with each two neighbours joined."""
    parts = tokens(name)[:LONGEST]
    out = [parts]
    for n in range(len(parts) - 1):
        a, b = parts[n], parts[n + 1]
        if not (a.initial or b.initial):
            plain = a.plain + b.plain
            one = Token(plain, rough(plain), f"{a.written} {b.written}", a.unvowelled or b.unvowelled)
            out.append((*parts[:n], one, *parts[n + 2 :]))
    return out


def _all(name: str) -> frozenset[Token]:
    return frozenset(t for way in _ways(name) for t in way)


def _word(token: Token) -> str:
    return f"{UNVOWELLED}{token.plain}" if token.unvowelled else token.plain


def _token(word: str) -> Token:
    plain = word.removeprefix(UNVOWELLED)
    return Token(plain, rough(plain), plain, word != plain)


def _pair(one: str, other: str) -> str:
    return "p:" + " ".join(sorted((one, other)))


def _rough_pair(one: Token, other: Token) -> str:
    return "r:" + " ".join(sorted((one.rough, other.rough)))


def _initial(one: Token, other: Token) -> str:
    return f"i:{one.plain[0]} {_word(other)}"


def _dated(year: int, month: int, day: int, token: Token) -> str:
    return f"b:{year}-{month}-{day} {token.rough}"
