"""What somebody on the line answers: found by the question of the form, or by how near typed words are to what is known.

A caller never says what is not in the exercise. What cannot be told from the words is said to be so; it is never guessed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from rapidfuzz import fuzz

from callhandler.model.exercise import Answer, Known, Speaker
from callhandler.policy.language import Language
from callhandler.policy.pack import Policy
from callhandler.rules.wording import Reader, Word

NEAR = 0.58
"""So near, of 1, must typed words lie to what is known. It and the next six are measured: tests/data/training/README.md."""
NEAR_SMALL = 0.85
"""So near must words lie that hold nothing but small ones, such as "where is he"."""
APART = 0.03
"""So much nearer must it be than the next: what may as well ask for another thing is not guessed."""
OTHER = 2.0
"""The weight of a word that no way of asking holds: it was chatted, or it asks for something else."""
TYPED = 0.3
"""The part, of 1, that what was typed beside a way of asking has in how far apart both lie; the rest has what it lacks."""
ANY_WAY = 0.25
"""The part, of 1, of how much of what was typed is in any of the ways to ask for the same thing."""
KIN = 0.7
"""So much of a word, of 1, is said by another of its kind: a daughter for a son, a blade for a knife, or a slip."""
ALIKE = 85
"""So alike, of 100, are two words that are taken for one: a slip that the reader could not put right."""

_ASKING = (
    *("what", "where", "when", "who", "whose", "which", "how", "why"),
    *(
        "i",
        "you",
        "he",
        "she",
        "they",
        "we",
        "it",
        "him",
        "her",
        "them",
        "me",
        "us",
        "your",
        "his",
        "their",
        "my",
    ),
)
"""Words that most questions hold: which of them, tells a little."""


Before = Mapping[str, bool]
"""What this speaker was asked already, by its id: true once it was told."""


@dataclass(frozen=True)
class Listener:
    """Hears what is asked of one speaker in one call, in the words of a policy."""

    speaker: Speaker
    line: str
    policy: Policy

    def question(self, question: str, *, safe: bool, before: Before) -> Answer:
        """The answer to a guided question: what it brings out and was not told yet, else the same again."""
        fitting = [k for k in self._known if question in k.asked_by]
        if not fitting:
            return Answer(self.speaker.no_answer)
        return _answer(self.speaker, _first_untold(fitting, before), 100, safe=safe, before=before)

    def typed(self, words: str, *, safe: bool, before: Before) -> Answer:
        """The answer to typed words; `understood` is false when they lie near nothing that is known here."""
        near, best = self._nearness(self._reader.read(words))
        nearest = [k for k in self._known if near.get(k.id) == best]
        next_best = max((n for n in near.values() if n < best), default=0.0)
        if not nearest or best - next_best < APART:
            return Answer(self.speaker.no_answer, understood=False, near=round(100 * best))
        known = _first_untold(nearest, before)
        return _answer(self.speaker, known, round(100 * best), safe=safe, before=before)

    @cached_property
    def _known(self) -> tuple[Known, ...]:
        return tuple(k for k in self.speaker.knows if not k.lines or self.line in k.lines)

    @cached_property
    def _reader(self) -> Reader:
        reader = Reader(self.policy.pack.language)
        reader.learn(way for known in self._known for way in self._asking(known))
        return reader

    @cached_property
    def _ways(self) -> dict[str, list[list[Word]]]:
        return {k.id: [self._reader.read(way) for way in self._asking(k)] for k in self._known}

    @cached_property
    def _little(self) -> dict[str, float]:
        """Words that tell little of what is asked, with how much."""
        language: Language = self.policy.pack.language
        small = {key: 0.15 for w in (*language.small, *language.light) for key in self._reader.phrase(w)}
        asking = {key: 0.35 for w in _ASKING for key in self._reader.phrase(w)}
        return {**small, **asking}

    @cached_property
    def _weights(self) -> dict[str, float]:
        """How telling each word is: the fewer of the known things it asks for, the more."""
        times = Counter(
            key for ways in self._ways.values() for key in {word.key for way in ways for word in way}
        )
        return {**{key: log(1 + len(self._ways) / n) for key, n in times.items()}, **self._little}

    def _asking(self, known: Known) -> Iterable[str]:
        yield from known.words
        for id_ in known.asked_by:
            question = self.policy.questions.get(id_)
            if question is not None:
                yield question.ask
                yield from question.asks.values()

    def _telling(self, word: Word) -> bool:
        return word.key not in self._little

    def _nearness(self, words: Sequence[Word]) -> tuple[dict[str, float], float]:
        """How near the words, or any part of them, lie to each known thing that is near enough; and the nearest of all."""
        near: dict[str, float] = {}
        nearest = 0.0
        for asked in self._parts(words):
            wanted = NEAR if any(self._telling(w) for w in asked) else NEAR_SMALL
            for known in self._known:
                found = self._near(asked, self._ways[known.id])
                if found >= wanted:
                    near[known.id] = max(found, near.get(known.id, 0.0))
                elif not near:
                    nearest = max(nearest, found)
        return near, max(near.values(), default=nearest)

    def _parts(self, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
        """All of it, and each clause: two things may be asked in one breath, or one after much else was said."""
        if words:
            yield words
        joins = self._reader.phrase("and")
        clauses: list[list[Word]] = [[]]
        for word in words:
            if word.parted or word.key in joins:
                clauses.append([])
            if word.key not in joins:
                clauses[-1].append(word)
        if len(clauses) > 1:
            yield from (clause for clause in clauses if clause)

    def _near(self, asked: Sequence[Word], ways: Sequence[Sequence[Word]]) -> float:
        """How near words lie to what these ways ask for, by weight: 1 is all of one way and nothing else."""
        best, covered = 0.0, dict[str, float]()
        keys = {a.key for a in asked}
        for way in ways:
            met = {a.key: found for a in asked if (found := _met(a, way))}
            both = dict[str, float]()
            for typed, (key, alike) in met.items():
                both[key] = max(both.get(key, 0.0), alike)
                covered[typed] = max(covered.get(typed, 0.0), alike)
            same = sum(self._weight(key) * alike for key, alike in both.items())
            mine = sum(self._weight(met[key][0] if key in met else key) for key in keys)
            theirs = sum(self._weight(key) for key in {w.key for w in way})
            apart = TYPED * mine + (1 - TYPED) * theirs
            best = max(best, same / apart if apart else 0.0)
        if not best:
            return 0.0
        share = sum(self._weight(k) * alike for k, alike in covered.items()) / sum(map(self._weight, keys))
        return (1 - ANY_WAY) * best + ANY_WAY * share

    def _weight(self, key: str) -> float:
        return self._weights.get(key, OTHER)


def _met(word: Word, way: Sequence[Word]) -> tuple[str, float] | None:
    """The word of a way of asking that this one says, and how much of it, of 1; none where it says none of them."""
    if any(w.key == word.key for w in way):
        return word.key, 1.0
    kin = (w.key for w in way if _kin(word, w))
    found = next(kin, None)
    return None if found is None else (found, KIN)


def _kin(a: Word, b: Word) -> bool:
    return bool(_classes(a.keys) & _classes(b.keys)) or fuzz.ratio(a.key, b.key) >= ALIKE


def _classes(keys: Collection[str]) -> set[str]:
    return {key for key in keys if key.startswith("@")}


def _first_untold(fitting: Sequence[Known], before: Before) -> Known:
    return next((k for k in fitting if not before.get(k.id)), fitting[0])


def _answer(speaker: Speaker, known: Known, near: int, *, safe: bool, before: Before) -> Answer:
    if known.safe_only and not safe:
        return Answer(known.guarded or speaker.cannot_say, known.id, told=bool(known.guarded), near=near)
    if known.at_first and known.id not in before:
        return Answer(known.at_first, known.id, told=False, near=near)
    return Answer(known.says, known.id, told=True, near=near)
