"""Leaves an address that must not be disclosed out of a paper: out of every sentence, however it was typed.

An address is found in any case, spacing and punctuation, with short forms of its words, without its number, and with one
letter typed wrong. What was found too much is a gap on a paper; what was missed may tell somebody where she is.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from rapidfuzz.distance import OSA

INSTEAD = "[address withheld]"

_SHORT = {
    "ave": "avenue", "av": "avenue", "cl": "close", "cres": "crescent", "ct": "court", "dr": "drive", "gdns": "gardens",
    "gr": "grove", "hse": "house", "ln": "lane", "pde": "parade", "pl": "place", "rd": "road", "sq": "square",
    "st": "street", "ter": "terrace", "wy": "way", "apartment": "flat", "apt": "flat",
}  # fmt: skip
_KINDS = frozenset(_SHORT.values()) | {"flat", "room", "unit", "floor", "the"}
_EVERYDAY = _KINDS | {
    "home",
    "own",
    "her",
    "his",
    "their",
    "my",
    "work",
    "school",
    "shop",
    "car",
    "address",
    "place",
}
"""A name of only such words, as Own flat, says no address, and would take the words out of every sentence."""

_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")
_WORD = re.compile(r"\w+")

SLIP_FROM = 8
"""Letters from which one wrong letter is forgiven; shorter words would be taken for others."""

LEAST = 4
T = TypeVar("T")


@dataclass(frozen=True)
class Withheld:
    """What to leave out, folded: `names` also with a letter typed wrong, `elsewhere` only as they stand."""

    names: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()

    @classmethod
    def of(cls, written: Iterable[str], elsewhere: Iterable[str] = ()) -> "Withheld":
        """From addresses, postcodes and names of the picture's places, and of all `elsewhere` that are withheld too."""
        return cls(
            frozenset(name for text in written for name in _names(text)),
            frozenset(name for text in elsewhere for name in _names(text)),
        )

    def out_of(self, text: str) -> str:
        """The text with each of these left out, and said to be."""
        if not (self.names or self.elsewhere) or not text:
            return text
        words = [(m.start(), m.end(), _folded(m[0])) for m in _WORD.finditer(text)]
        kept, at, index = [], 0, 0
        while index < len(words):
            found = self._at(words, index)
            if found is None:
                index += 1
                continue
            kept += [text[at : words[index][0]], INSTEAD]
            at = words[found - 1][1]
            index = found
        return "".join([*kept, text[at:]])

    def out_of_all(self, value: T) -> T:
        """The value with every text in it, at any depth, without them."""
        return self._through(value)  # type: ignore[no-any-return]

    def _through(self, value: Any) -> Any:
        if type(value) is str:
            return self.out_of(value)
        if isinstance(value, tuple):
            return tuple(self._through(item) for item in value)
        if isinstance(value, dict):
            return {key: self._through(item) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self._through(getattr(value, f.name)) for f in fields(value)})
        return value

    def _at(self, words: list[tuple[int, int, str]], index: int) -> int | None:
        """How far the longest name goes that begins at this word: the index after its last word."""
        joined, best = "", None
        for end in range(index, len(words)):
            joined += words[end][2]
            if len(joined) > self._longest:
                break
            if joined in self.elsewhere or any(
                _same(joined, name) for name in self._by_length.get(len(joined), ())
            ):
                best = end + 1
        return best

    @cached_property
    def _longest(self) -> int:
        return max([*self._by_length, *(len(name) for name in self.elsewhere)])

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        """The names that a typed word of so many letters may be: those as long, and one letter longer or shorter."""
        found: dict[int, list[str]] = {}
        for name in sorted(self.names):
            for length in (len(name) - 1, len(name), len(name) + 1):
                found.setdefault(length, []).append(name)
        return found


def _same(typed: str, name: str) -> bool:
    if typed == name:
        return True
    if len(name) < SLIP_FROM:
        return False
    return OSA.distance(typed, name, score_cutoff=1) <= 1


def _names(written: str) -> Iterable[str]:
    """The whole, its postcode, and each of its parts that is more than a town: with its number and without."""
    whole = [_folded(word) for word in _WORD.findall(written)]
    if set(whole) <= _EVERYDAY:
        return
    if len("".join(whole)) >= LEAST:
        yield "".join(whole)
    for code in _POSTCODE.findall(written):
        yield _joined(code)
    parts = [p.strip() for p in _POSTCODE.sub("", written).split(",") if p.strip()]
    for index, part in enumerate(parts):
        words = [_folded(w) for w in _WORD.findall(part)]
        numbered = any(any(c.isdigit() for c in w) for w in words)
        # A last part without a number or a word such as road is a town: alone it says no address.
        if index and index == len(parts) - 1 and not numbered and not set(words) & _KINDS:
            continue
        plain = [w for w in words if not any(c.isdigit() for c in w)]
        for some in (words, plain):
            own = [w for w in some if w not in _KINDS]
            if own and len("".join(some)) >= LEAST and not all(w.isdigit() for w in own):
                yield "".join(some)


def _joined(text: str) -> str:
    return "".join(_folded(word) for word in _WORD.findall(text))


def _folded(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
    return _SHORT.get(plain, plain)
