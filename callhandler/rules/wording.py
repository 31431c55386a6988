"""A line of text as words that can be compared: short forms written out, endings taken off, slips of spelling put right.

Each word keeps its place in the text as it was typed, so that what is shown and recorded is verbatim.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import Stemmer  # type: ignore[import-not-found]
from rapidfuzz import process
from rapidfuzz.distance import OSA

from callhandler.policy.language import Language

DENIES = "@denies"
"""The key of every word that says that something is not so."""

_WORD = re.compile(r"[^\W_][/&][^\W_](?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans({c: "'" for c in "’‘`´ʼ＇"})
_STRONG, _WEAK = frozenset(".;!?\n\r…"), frozenset(",:()/–—")
_ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_IS = frozenset(("he", "she", "it", "that", "there", "who", "what", "where", "here", "how"))
_KEPT = 20_000
_LONGEST = 40
# Without a memory of its own: a reader keeps what it has read.
_STEMMER = Stemmer.Stemmer("english", 0)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands in the text, what it can be compared by, and how it is parted from the word before.

    `parted` is 0 within a clause, 1 after a comma, 2 after the end of a sentence. `key` is its own, `keys` with its classes.
    """

    start: int
    end: int
    key: str
    keys: frozenset[str]
    parted: int


class Reader:
    """Reads text by the language of a policy. `learn` names the words that a slip of spelling may stand for."""

    def __init__(self, language: Language) -> None:
        self._short = language.short
        self._base = {form: base for base, forms in language.forms.items() for form in (*forms, base)}
        self._classes: dict[str, set[str]] = {}
        for name in language.classes:
            for member in _members(language, name):
                self._classes.setdefault(self._key(member), set()).add(class_of(name))
        for word in language.negators:
            self._classes.setdefault(self._key(word), set()).add(DENIES)
        self._known = {*language.plain.split(), *self._base, *self._short}
        for part in (language.small, language.light, language.through, *language.classes.values()):
            self._known.update(part)
        self.classes = {self._key(name.casefold()): class_of(name) for name in language.classes}
        self._slips: tuple[str, ...] = ()
        self._stems: set[str] = set()
        self._seen: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}

    def learn(self, words: Iterable[str]) -> None:
        """Take these words as known, and as what an unknown word may be a slip for."""
        found = {part for word in words for _, _, text in _words(word) for part in self._written_out(text)}
        self._known |= found
        self._stems = {self._key(word) for word in found}
        self._slips = tuple(sorted(w for w in found if len(w) >= 4 and w.isalpha()))
        self._seen.clear()

    def forget(self) -> None:
        """Keep no more of what was read so far: the words of a policy's phrases are not those that will be typed."""
        self._seen.clear()

    def read(self, text: str) -> list[Word]:
        """The words of a text, in order. Never raises, whatever the text holds."""
        words: list[Word] = []
        end = 0
        for start, stop, written in _words(text):
            between = text[end:start]
            parted = 2 if _STRONG & set(between) else 1 if _WEAK & set(between) or " - " in between else 0
            for key, keys in self._keys(written):
                words.append(Word(start, stop, key, keys, parted if words else 2))
                parted = 0
            end = stop
        return words

    def phrase(self, text: str) -> list[str]:
        """The keys of a phrase's words."""
        return [word.key for word in self.read(text)]

    def _keys(self, written: str) -> tuple[tuple[str, frozenset[str]], ...]:
        found = self._seen.get(written)
        if found is None:
            if len(self._seen) > _KEPT:
                self._seen.clear()
            keys = [self._key(self._righted(part)) for part in self._written_out(written)]
            found = tuple((key, frozenset((key, *self._classes.get(key, ())))) for key in keys)
            self._seen[written] = found
        return found

    def _key(self, word: str) -> str:
        return self._base.get(word) or str(_STEMMER.stemWord(word))

    def _written_out(self, word: str) -> list[str]:
        plain = word.replace("'", "")
        if plain in self._short:
            return self._short[plain].split()
        if word.endswith("n't"):
            return [word[:-3], "not"]
        head, mark, tail = word.rpartition("'")
        if mark and f"'{tail}" in _ENDINGS:
            return [head, _ENDINGS[f"'{tail}"]]
        if mark and tail == "s":
            return [head, "is"] if head in _IS else [head]
        return [plain]

    def _righted(self, word: str) -> str:
        """The word itself when it is known; else the known word it is most likely a slip for."""
        size = len(word)
        if size < 4 or size > _LONGEST or word in self._known or not word.isalpha():
            return word
        if self._key(word) in self._stems:
            return word
        allowed = 1 if size < 8 else 2
        found = process.extractOne(word, self._slips, scorer=OSA.distance, score_cutoff=allowed)
        if found is None:
            return word
        meant: str = found[0]
        silent = meant.startswith(("kn", "wr", "wh")) and word[0] == meant[1]
        return meant if word[0] == meant[0] or silent else word


def class_of(name: str) -> str:
    """The key that every member of a class has."""
    return f"@{name}"


def _members(language: Language, name: str) -> Iterable[str]:
    for member in language.classes.get(name, ()):
        if member.startswith("+"):
            yield from _members(language, member[1:])
        else:
            yield member


def _words(text: str) -> Iterable[tuple[int, int, str]]:
    """Each word's place in the text and its plain form: lower case, straight apostrophes, no accents."""
    for match in _WORD.finditer(text.translate(_APOSTROPHES)):
        word = match[0].casefold()
        if not word.isascii():
            word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        yield match.start(), match.end(), word
