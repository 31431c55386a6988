"""Whether words that were said or written down hold what somebody meant: with slips, and never turned round."""

from functools import lru_cache

from callhandler.policy.language import Language
from callhandler.rules.wording import DENIES, Reader, Word

HOLDS = 0.75
"""So much of a phrase, of 1, must be in what was said."""


class Words:
    """Compares sentences in the words of one policy's language."""

    def __init__(self, language: Language) -> None:
        self._reader = Reader(language)
        little = (*language.small, *language.light)
        self._little = frozenset(key for w in little for key in self._reader.phrase(w))
        self._read = lru_cache(maxsize=2_000)(self._counted)

    def hold(self, said: str, phrase: str) -> bool:
        """Whether `said` holds what `phrase` says. What denies is never taken for what does not."""
        return self.share(said, phrase) >= HOLDS

    def share(self, said: str, phrase: str) -> float:
        """How much of a phrase is in what was said, of 1."""
        wanted, there = self._read(phrase), self._read(said)
        if not wanted or self._denies(wanted) != self._denies_near(there, wanted):
            return 0.0
        return sum(any(w.keys & t.keys for t in there) for w in wanted) / len(wanted)

    def _counted(self, text: str) -> tuple[Word, ...]:
        found = self._reader.read(text)
        return tuple(w for w in found if w.key not in self._little or DENIES in w.keys) or tuple(found)

    def _denies(self, words: tuple[Word, ...]) -> int:
        """How many words deny: "cannot without" is another thing than "can without"."""
        return sum(DENIES in w.keys for w in words)

    def _denies_near(self, there: tuple[Word, ...], wanted: tuple[Word, ...]) -> int:
        """How many words deny in the sentence that holds most of the phrase."""
        best: tuple[int, int] = (0, self._denies(wanted))
        sentence: list[Word] = []
        for word in (*there, None):
            if word is None or (word.parted == 2 and sentence):
                met = sum(any(w.keys & t.keys for t in sentence) for w in wanted)
                if met > best[0]:
                    best = met, self._denies(tuple(sentence))
                sentence = []
            if word is not None:
                sentence.append(word)
        return best[1]
