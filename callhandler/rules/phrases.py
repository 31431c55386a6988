"""Finding the phrases of a policy in a line: in order, with small words and a word or two between, within one sentence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from callhandler.policy.language import Language
from callhandler.rules.wording import Reader, Word, class_of

T = TypeVar("T")
NOT = class_of("not")
_DENYING = frozenset(("no", "not", "never"))
_FREE_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was found, and which words of the line make it up."""

    what: T
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[T]):
    what: T
    parts: tuple[str, ...]
    needed: frozenset[str]
    anchor: int
    gap: int


class Phrases(Generic[T]):
    """Phrases, each standing for something, looked up by their rarest word. `exact`: word for word, with no gaps."""

    def __init__(
        self, reader: Reader, language: Language, phrases: Iterable[tuple[str, T]], *, exact: bool = False
    ) -> None:
        self._reader = reader
        self._small = frozenset(key for w in language.small for key in reader.phrase(w))
        self._light = self._small | frozenset(key for w in language.light for key in reader.phrase(w))
        self._exact = exact
        self._by_anchor: dict[str, list[_Phrase[T]]] = defaultdict(list)
        for text, what in phrases:
            parts = self._parts(text)
            if not parts:
                continue
            rare = max(range(len(parts)), key=lambda i: (not parts[i].startswith("@"), len(parts[i])))
            gap = 0 if exact or len(parts) == 2 else 2
            phrase = _Phrase(what, tuple(parts), frozenset(parts), rare, gap)
            known = self._by_anchor[parts[rare]]
            if phrase not in known:
                known.append(phrase)

    def find(self, words: Sequence[Word]) -> Iterator[Found[T]]:
        """Every phrase that is in the line, once for each place of its rarest word."""
        present = frozenset(key for word in words for key in word.keys)
        for place, word in enumerate(words):
            for key in word.keys:
                for phrase in self._by_anchor.get(key, ()):
                    # Most phrases of a common word fall here, so that a key is answered before the next is pressed.
                    if phrase.needed <= present and (fits := self._fits(words, place, phrase)) is not None:
                        yield Found(phrase.what, fits)

    def _parts(self, text: str) -> list[str]:
        """What of a phrase counts: no small words while two others are left, and classes for the words that name them."""
        keys = self._reader.phrase(text)
        if self._exact:
            return keys
        last = len(keys) - 1
        counted = [k for i, k in enumerate(keys) if k not in self._small and not (k == "her" and i < last)]
        if len(counted) < 2:
            counted = keys
        if len(counted) < 2:
            return counted
        return [NOT if k in _DENYING else self._reader.classes.get(k, k) for k in counted]

    def _fits(self, words: Sequence[Word], place: int, phrase: _Phrase[T]) -> tuple[int, ...] | None:
        before = self._walk(words, place, phrase.parts[: phrase.anchor][::-1], -1, phrase.gap)
        if before is None:
            return None
        after = self._walk(words, place, phrase.parts[phrase.anchor + 1 :], 1, phrase.gap)
        return None if after is None else (*reversed(before), place, *after)

    def _walk(
        self, words: Sequence[Word], place: int, parts: Sequence[str], step: int, gap: int
    ) -> list[int] | None:
        """The places of `parts` from a place on, forwards or backwards; None when one is not near enough."""
        found: list[int] = []
        for part in parts:
            stepped, free = 0, 0
            while True:
                here = place + step
                if not 0 <= here < len(words):
                    return None
                parted = words[here].parted if step > 0 else words[place].parted
                place = here
                if parted == 2:
                    return None
                stepped += parted
                if stepped > gap:
                    return None
                if part in words[here].keys:
                    found.append(here)
                    break
                if self._free(words[here]) and free < _FREE_AT_MOST:
                    free += 1
                    continue
                stepped += 2 if self._begins_another(words, here) else 1
                if stepped > gap:
                    return None
        return found

    def _begins_another(self, words: Sequence[Word], place: int) -> bool:
        """ "A knife and my baby": an "and" before a small word begins another thing, and whatever is told of the first is
        not told of it."""
        after = place + 1
        return words[place].key == "and" and after < len(words) and words[after].key in self._small

    def _free(self, word: Word) -> bool:
        return not self._exact and (word.key in self._light or word.key.isdigit())
