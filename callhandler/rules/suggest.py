"""What a log line may be telling: indicators suggested by its words, each with the words and what is said of them.

Only ever an offer. Nothing is recorded, settled or lowered by it, and a line without a suggestion says nothing about safety.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from callhandler.policy.pack import Policy
from callhandler.rules.phrases import Phrases
from callhandler.rules.wording import DENIES, Reader, Word, class_of

WEIGHTS = {"grave": 0, "serious": 1, "context": 2}
PEOPLE = frozenset(class_of(name) for name in ("me", "he", "I", "mum", "son"))
SUBJECTS = frozenset(("he", "she", "they", "i", "we", "you"))
LONGEST_WORDS = 400
"""So many characters of a line are recorded as the words of a disclosure; the whole line is in the log."""
_POLICIES = 4
_REACH = 2
_BACK = 8


class Said(StrEnum):
    """What a line says of the words that suggest an indicator."""

    NOT_SO = "not_so"
    PAST = "past"
    FEARED = "feared"
    THIRD = "third"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An indicator that the words from `start` to `end` suggest, verbatim, and what else is said of them."""

    indicator: str
    name: str
    weight: str
    start: int
    end: int
    words: str
    said: tuple[Said, ...] = ()

    @property
    def denied(self) -> bool:
        """True when the line says that it is not so: it may be recorded as a denial, and cancels nothing."""
        return Said.NOT_SO in self.said


class Suggester:
    """Suggestions by the words of one policy. Made once; `suggest` is a function of the line alone."""

    def __init__(self, policy: Policy) -> None:
        language = policy.pack.language
        indicators = policy.pack.indicators
        self._indicators = policy.indicators
        self._means = {
            Said.PAST: {entry.past for entry in indicators},
            Said.FEARED: {entry.feared for entry in indicators},
        }
        reader = Reader(language)
        reader.learn(words for entry in indicators for words in entry.words)
        self._reader = reader
        told = [(words, entry.id) for entry in indicators for words in entry.words]
        self._told = Phrases(reader, language, told)

        def cues(*kinds: tuple[Said, tuple[str, ...]]) -> Phrases[Said]:
            return Phrases(reader, language, [(p, kind) for kind, of in kinds for p in of], exact=True)

        self._cues = cues(
            (Said.PAST, language.past),
            (Said.FEARED, language.feared),
            (Said.THIRD, language.third),
            (Said.REPORTED, language.reported),
        )
        self._not_after = cues((Said.NOT_SO, language.negated_after))
        self._not_negating = cues((Said.NOT_SO, language.not_negating))
        self._not_meant = cues((Said.NOT_SO, language.not_meant))
        self._ends = cues((Said.NOT_SO, language.ends))
        self._through = frozenset(
            k for w in (*language.small, *language.light, *language.through) for k in reader.phrase(w)
        )
        reader.forget()

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """What the line suggests: told before denied, by weight, then in the order of the line; each indicator once."""
        words = self._reader.read(text)
        found = list(self._told.find(words))
        if not found:
            return ()
        marks = _Marks(self, words)
        best: dict[str, Suggestion] = {}
        for match in found:
            if marks.meant_otherwise(match.words):
                continue
            one = self._suggestion(match.what, match.words, words, marks, text)
            before = best.get(one.indicator)
            if before is None or _first(one) < _first(before):
                best[one.indicator] = one
        return tuple(sorted(best.values(), key=_first))

    def _suggestion(
        self, indicator: str, places: tuple[int, ...], words: Sequence[Word], marks: "_Marks", text: str
    ) -> Suggestion:
        said = marks.said_of(places)
        entry = self._indicators[indicator]
        for kind, meant in ((Said.PAST, entry.past), (Said.FEARED, entry.feared)):
            if kind in said and meant and Said.NOT_SO not in said:
                entry = self._indicators[meant]
                break
        said = tuple(s for s in said if entry.id not in self._means.get(s, ()))
        start, end = words[places[0]].start, words[places[-1]].end
        return Suggestion(entry.id, entry.name, entry.weight, start, end, text[start:end], said)


_MADE: dict[str, Suggester] = {}


def suggester_of(policy: Policy) -> Suggester:
    """The suggester of a policy, made once (about 0.3 s): the same digest always makes the same."""
    made = _MADE.get(policy.digest)
    if made is None:
        made = _MADE[policy.digest] = Suggester(policy)
        if len(_MADE) > _POLICIES:
            _MADE.pop(next(iter(_MADE)))
    return made


class _Marks:
    """Where a line denies, looks back, fears, speaks of others, and where a clause ends."""

    def __init__(self, own: Suggester, words: Sequence[Word]) -> None:
        self._words = words
        self._through = own._through
        self._not_meant = {place for f in own._not_meant.find(words) for place in f.words}
        self._ends = {f.words[0] for f in own._ends.find(words)}
        denies_nothing = {place for f in own._not_negating.find(words) for place in f.words}
        self._negators = {
            place
            for place, word in enumerate(words)
            if DENIES in word.keys and place not in denies_nothing and not self._answers(place)
        }
        self._not_after = {
            f.words[0]: len(f.words) for f in own._not_after.find(words) if f.words[0] not in denies_nothing
        }
        self._cues = [(f.what, f.words) for f in own._cues.find(words)]

    def meant_otherwise(self, places: tuple[int, ...]) -> bool:
        """True when a word of the match is part of a phrase that means something else."""
        return not self._not_meant.isdisjoint(places)

    def said_of(self, places: tuple[int, ...]) -> tuple[Said, ...]:
        """What the line says of the words at these places."""
        said = {kind for kind, at in self._cues if self._together(at, places)}
        if self._denied(places):
            said.add(Said.NOT_SO)
        return tuple(kind for kind in Said if kind in said)

    def _answers(self, place: int) -> bool:
        """True for "no" as an answer or a number: "no, he hit me", "no he hit me again", "no 14"."""
        if self._words[place].key != "no" or place + 1 >= len(self._words):
            return False
        after = self._words[place + 1]
        return after.parted > 0 or after.key.isdigit() or after.key in SUBJECTS

    def _denied(self, places: tuple[int, ...]) -> bool:
        if self._denied_after(places[-1] + 1):
            return True
        if any(p in self._negators and p not in places for p in range(places[0], places[-1])):
            return True
        reach = 0
        for here in range(places[0] - 1, max(places[0] - _BACK, 0) - 1, -1):
            if self._words[here + 1].parted or here in self._ends:
                return False
            if here in self._negators:
                return True
            word = self._words[here]
            if word.key not in self._through and PEOPLE.isdisjoint(word.keys):
                reach += 1
                if reach > _REACH:
                    return False
        return False

    def _denied_after(self, place: int) -> bool:
        """ "Weapons not seen", "drugs: none": at once, and with nothing more after a comma or a colon."""
        length = self._not_after.get(place)
        if length is None or self._words[place].parted > 1:
            return False
        after = place + length
        alone = after >= len(self._words) or self._words[after].parted > 0
        return alone or not self._words[place].parted

    def _together(self, cue: tuple[int, ...], places: tuple[int, ...]) -> bool:
        """True when nothing ends a clause between a cue and the words."""
        if not set(cue).isdisjoint(places) and len(cue) > 1:
            return True
        first, last = (cue[-1], places[0]) if cue[0] < places[0] else (places[-1], cue[0])
        between = range(first + 1, last + 1)
        return not any(self._words[p].parted for p in between) and not any(
            p in self._ends for p in range(first + 1, last)
        )


def verbatim(text: str, one: Suggestion) -> str:
    """What is recorded as the words told: the line as typed; of a long one the part around the words, cut between words."""
    if len(text.strip()) <= LONGEST_WORDS:
        return text.strip()
    room = max(0, LONGEST_WORDS - (one.end - one.start)) // 2
    start, end = max(0, one.start - room), min(len(text), one.end + room)
    while start > 0 and start < one.start and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > one.end and not text[end].isspace():
        end -= 1
    return text[start:end].strip()


def _first(one: Suggestion) -> tuple[bool, int, int, int]:
    return (one.denied, WEIGHTS[one.weight], one.start, one.end)
