"""Keys by which a name on record is found in another writing of it; whole numbers, so that millions of them stay small.

Each two words of a name are kept either way round: the upper half of a key is one word, the lower the first letter of the
other and then the rest of it, so that an initial finds a stretch of keys. Neighbours joined are words too; and each two
words are kept as they roughly sound. A row of the store holds the date of birth beside the key: one word's sound with a
date finds somebody whose other name is changed. Two words may share a key by chance; who is found by it is still compared.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from zlib import crc32

from callhandler.rules.identify.names.born import Born, born_of
from callhandler.rules.identify.names.compare import sounds_of
from callhandler.rules.identify.names.tokens import Token, rough, tokens

BORN_THEN = 1
"""The key that everybody has whose whole date of birth is known, beside that date."""
UNVOWELLED = "~"
"""Stands before a word written without its vowels."""
LONGEST = 6
"""Parts of a name that are looked at: no name needs more to be found."""
_LETTERS = 7
"""Letters of a word from which one is left out in turn: a slip further on leaves these as they are."""
_TWO_SLIPS = 5
"""Letters of a word of which two may be wrong: of fewer there would be nothing left to find it by."""
_LOWEST = -(1 << 63)
_REST_BITS = 24
_REST = 1 << _REST_BITS
"""So many keys begin with one word and the first letter of another."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are kept. Neighbours joined are not among them: there would be millions of those."""
    return tuple(word_of(t) for t in tokens(name)[:LONGEST] if not t.initial)


def keys_of_word(word: str) -> frozenset[str]:
    """What a word sounds and looks like: its rough sound, and its first letters with any one and any two left out."""
    plain = word.removeprefix(UNVOWELLED)
    start, sound = plain[:_LETTERS], rough(plain)
    keys = {f"r{sound}", itself(plain), *(f"d{start[:n]}{start[n + 1 :]}" for n in range(len(start)))}
    if len(start) >= _TWO_SLIPS:
        keys |= {
            f"d{start[:a]}{start[a + 1 : b]}{start[b + 1 :]}" for a, b in combinations(range(len(start)), 2)
        }
    if len(sound) > 2:
        # Another first letter: "Pratt" and "Braatt".
        keys.add(f"x{sound[1:]}")
    if plain.isalpha():
        one, other = sounds_of(plain)
        keys |= {f"m{one}", f"s{other}"}
    return frozenset(keys)


def itself(plain: str) -> str:
    """The key that every word beginning as this one does has, and so this one."""
    return f"d{plain[:_LETTERS]}"


def keys_of_name(name: str, *borns: str) -> set[tuple[int, int]]:
    """Every key by which a name on record is to be found, each with a date of birth packed, 0 where none is known."""
    dates = {packed(born_of(born)) for born in borns} - {0} or {0}
    parts = tokens(name)[:LONGEST]
    keys: set[int] = set()
    for words in _written(parts):
        if len(words) == 1:
            keys.add(alone(words[0]))
        for (upper, lower), (other_upper, other_lower) in combinations([halves(w) for w in words], 2):
            keys.add(upper + other_lower)
            keys.add(other_upper + lower)
    for one, other in combinations(parts, 2):
        keys.add(rough_pair(one, other))
    found = {(key, date) for key in keys for date in dates}
    for date in dates:
        if date % 100 and date // 100 % 100:
            found.update((sound(t), date) for t in parts)
            found.add((BORN_THEN, date))
    return found


def _written(parts: tuple[Token, ...]) -> Iterator[list[str]]:
    """The words of a name, and then with each two neighbours as one word: as `ways_of`, for what is on record."""
    words = [word_of(t) for t in parts]
    yield words
    for n in range(len(parts) - 1):
        a, b = parts[n], parts[n + 1]
        if not (a.initial or b.initial):
            bare = UNVOWELLED if a.unvowelled or b.unvowelled else ""
            yield [*words[:n], f"{bare}{a.plain}{b.plain}", *words[n + 2 :]]


def packed(born: Born) -> int:
    """A date of birth as one number, 19900504, the parts not known 0; 0 where the year is not known, or may be another."""
    return (born.year * 100 + born.month) * 100 + born.day if born.year and not born.or_before else 0


@lru_cache(maxsize=2_000)
def unpacked(date: int) -> Born:
    """A date of birth from one number."""
    return Born(date // 10_000, date // 100 % 100, date % 100)


def ways_of(name: str) -> list[tuple[Token, ...]]:
    """A name's parts, and then with each two neighbours joined."""
    parts = tokens(name)[:LONGEST]
    out = [parts]
    for n in range(len(parts) - 1):
        a, b = parts[n], parts[n + 1]
        if not (a.initial or b.initial):
            plain = a.plain + b.plain
            one = Token(plain, a.rough + b.rough, f"{a.written} {b.written}", a.unvowelled or b.unvowelled)
            out.append((*parts[:n], one, *parts[n + 2 :]))
    return out


def word_of(token: Token) -> str:
    """A part of a name as it is kept."""
    return f"{UNVOWELLED}{token.plain}" if token.unvowelled else token.plain


def token_of(word: str) -> Token:
    """A word that is kept, as a part of a name."""
    plain = word.removeprefix(UNVOWELLED)
    return Token(plain, rough(plain), plain, word != plain)


def initial_pair(one: str, letter: str) -> tuple[int, int]:
    """The first and the last key of one word beside another that begins with a letter."""
    first = halves(one)[0] + (ord(letter) & 127) * _REST
    return first, first + _REST - 1


def beside_any(word: str) -> tuple[int, int]:
    """The first and the last key of one word beside whichever other."""
    first = halves(word)[0]
    return first, first + (1 << 32) - 1


def upper(key: int) -> int:
    """What is the same of all keys of one word beside another."""
    return key >> 32


def stretch(key: int) -> int:
    """What is the same of all keys of one stretch."""
    return key >> _REST_BITS


def rough_pair(one: Token, other: Token) -> int:
    """Two words as they roughly sound, whichever comes first."""
    first, second = (one.rough, other.rough) if one.rough < other.rough else (other.rough, one.rough)
    return _upper(f"r{first}") + crc32(second.encode())


def alone(word: str) -> int:
    """The only word of a name."""
    return _upper(f"o{word}")


def sound(token: Token) -> int:
    """One word as it roughly sounds; a row of the store has it with a date of birth."""
    return _upper(f"b{token.rough}")


def sound_of(word: str) -> int:
    """The same of a word that is kept."""
    return _upper(f"b{rough(word.removeprefix(UNVOWELLED))}")


@lru_cache(maxsize=8_000)
def _upper(word: str) -> int:
    return _LOWEST + (crc32(word.encode()) << 32)


@lru_cache(maxsize=8_000)
def halves(word: str) -> tuple[int, int]:
    """What a word adds to the key of two: as the first of them, and as the second."""
    code = crc32(word.encode())
    letter = ord(word.removeprefix(UNVOWELLED)[:1] or "?") & 127
    return _LOWEST + (crc32(b"p", code) << 32), letter * _REST + (code >> 8)
