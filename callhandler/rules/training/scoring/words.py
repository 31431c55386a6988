"""Whether words that were said or written down hold what somebody meant: with slips, and never turned round."""

from functools import lru_cache
from itertools import pairwise

from callhandler.policy.language import Language
from callhandler.rules.wording import DENIES, Reader, Word, class_of

HOLDS = 0.75
"""So much of a phrase, of 1, must be in what was said."""


_BETWEEN = (
    *("i", "you", "he", "she", "they", "we", "him", "her", "them", "me", "us", "his"),
    *("at", "of", "in", "on", "if", "for", "with", "by", "from", "and", "or", "are", "is", "there", "please"),
)
"""Words that stand between those that say something."""
_OF_MANY = frozenset((*(class_of(name) for name in ("me", "he", "I", "not")), DENIES))
"""Classes too wide to take one word for another by."""


class Words:
    """Compares sentences in the words of one policy's language."""

    def __init__(self, language: Language) -> None:
        self._reader = Reader(language)
        little = (*language.small, *language.light, *_BETWEEN)
        self._little = frozenset(key for w in little for key in self._reader.phrase(w))
        self._read = lru_cache(maxsize=2_000)(self._counted)

    def hold(self, said: str, phrase: str) -> bool:
        """Whether `said` holds what `phrase` says. What denies is never taken for what does not."""
        return self.share(said, phrase) >= HOLDS

    def share(self, said: str, phrase: str) -> float:
        """How much of a phrase is in what was said, of 1. What it denies must be denied there, and nothing else of it."""
        wanted, there = self._read(phrase), self._read(said)
        if not wanted:
            return 0.0
        denied, denied_there = _denied(wanted), _denied(self._nearest(there, wanted))
        asserted = frozenset(w.key for w in wanted) - denied
        if not denied <= denied_there or denied_there & asserted:
            return 0.0
        telling = [w for w in wanted if DENIES not in w.keys] or list(wanted)
        return sum(any(_same(w, t) for t in there) for w in telling) / len(telling)

    def _counted(self, text: str) -> tuple[Word, ...]:
        found = self._reader.read(text)
        return tuple(w for w in found if w.key not in self._little or DENIES in w.keys) or tuple(found)

    def _nearest(self, there: tuple[Word, ...], wanted: tuple[Word, ...]) -> tuple[Word, ...]:
        """The sentence that holds most of the phrase."""
        sentences: list[list[Word]] = []
        for word in there:
            if word.parted == 2 or not sentences:
                sentences.append([])
            sentences[-1].append(word)
        met = [(sum(any(_same(w, t) for t in s) for w in wanted), s) for s in sentences]
        return tuple(max(met, key=lambda each: each[0])[1]) if met else ()


def _denied(words: tuple[Word, ...]) -> frozenset[str]:
    """What a sentence denies: the word after each that denies. "Cannot arrest" is another thing than "need not"."""
    return frozenset(
        after.key
        for word, after in pairwise(words)
        if DENIES in word.keys and DENIES not in after.keys and after.parted < 2
    )


def _same(a: Word, b: Word) -> bool:
    return a.key == b.key or bool({k for k in a.keys & b.keys if k.startswith("@")} - _OF_MANY)
