"""Keys by which a name is found in another writing: a query's words become words on record, then pairs are looked up.

Pairs of words are kept either way round, with neighbours joined, with one of them an initial, and as they roughly sound;
and a date of birth with one word's sound. So the names are only ever probed by keys, however many there are.
"""

from collections.abc import Iterable
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
    keys: set[str] = set()
    for token in _all(told):
        if not token.initial:
            keys |= keys_of_word(token.plain)
            for form in also_called(token.plain):
                keys.add(f"d{form[:_LETTERS]}")
    return frozenset(keys)


def wanted_names(told: str, born: str, on_record: Iterable[str]) -> frozenset[str]:
    """The keys of the names that may be meant, given the words on record that its words may be."""
    words = [_token(w) for w in on_record]
    like = {t: _likest(t, words) for t in _all(told)}
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


def _likest(token: Token, words: list[Token]) -> tuple[str, ...]:
    if token.initial:
        return (token.plain,)
    ranked = sorted(
        ((level_of(token, w), _word(w)) for w in words if level_of(token, w) >= Level.VAGUE),
        key=lambda found: (-found[0], found[1]),
    )
    return tuple(dict.fromkeys((_word(token), *(w for _, w in ranked[:LIKE]))))


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
