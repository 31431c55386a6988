"""Keys by which a place is found in another writing of its address or name; whole numbers, so that millions stay small."""

from hashlib import blake2b

from callhandler.rules.identify.names.tokens import rough
from callhandler.rules.identify.places.address import Address, address_of

_SPAN = 12
"""House numbers of one address that have a key each."""
_CELL = 3
"""Decimals of a point's key: about a hundred metres."""


def keys_of_place(words: str) -> frozenset[int]:
    """Every key by which words that say where are to be found; another writing of them shares one at least."""
    return frozenset(_small(key) for key in _keys(words))


def _small(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _keys(words: str) -> set[str]:
    read = address_of(words)
    keys = {f"u:{read.uprn}"} if read.uprn else set()
    if read.three_words:
        keys.add(f"w:{read.three_words}")
    if read.point:
        lat, lon = (round(x, _CELL) for x in read.point)
        step = 10**-_CELL
        keys |= {f"x:{lat + i * step:.3f},{lon + j * step:.3f}" for i in (-1, 0, 1) for j in (-1, 0, 1)}
    if read.postcode:
        keys |= {f"n:{number} {read.postcode}" for number in _numbers(read)}
    if read.building:
        keys.add(f"h:{rough(read.building.replace(' ', ''))}")
    for name in filter(None, (read.street, read.building, read.name)):
        keys |= _by_words(name, read)
    return keys


def _by_words(name: str, read: Address) -> set[str]:
    words = name.split()
    # The last word is the kind of street or building: people leave it out, or have it wrong.
    telling = words[:-1] if len(words) > 1 else words
    keys = set()
    for word in telling:
        key = rough(word) or word
        for number in _numbers(read):
            keys |= {f"n:{number} {key}", f"k:{number} {word[:3]}", f"l:{number} {word[1:5]}"}
        if not read.numbered and not read.unit:
            keys.add(f"s:{key}")
        if read.postcode:
            keys.add(f"c:{read.postcode} {key}")
    return keys


def _numbers(read: Address) -> list[str]:
    """The numbers by which it is called: each of a span, and the flat's, which may be written like the house's."""
    span = range(read.low, min(read.high, read.low + _SPAN) + 1) if read.numbered else ()
    return [
        *(str(n) for n in span),
        *([read.unit] if read.unit else []),
        *([read.letter] if read.letter else []),
    ]
