"""Typed questions of `tests/data/training/typed.yaml`, and how many of them a caller answers rightly.

python -m tests.typed            # a table for the half that is tuned on
python -m tests.typed --kept     # and for the half that is not, with each wrong answer of the first half only
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from callhandler import app as core
from callhandler.intake.exercise import Exercise, read_exercise
from callhandler.model.exercise import Answer
from callhandler.policy.pack import Policy
from callhandler.rules.training.answering import Listener
from callhandler.settings import Settings
from callhandler.yaml_source import parse_yaml

FILE = Path(__file__).parent / "data" / "training" / "typed.yaml"
TUNED, KEPT = "tuned on", "kept"


@dataclass(frozen=True, slots=True)
class Typed:
    """One question: where it is typed, and the known things that may answer it; none where nothing does."""

    exercise: str
    line: str
    speaker: str
    words: str
    wanted: tuple[str, ...]

    @property
    def half(self) -> str:
        """Which half it is in, by its words alone."""
        return (TUNED, KEPT)[crc32(self.words.encode()) % 2]


def questions() -> Iterator[Typed]:
    """Every question, in the order of the file."""
    for group in parse_yaml(FILE).value:
        for words, wanted in group["typed"].items():
            ids = (wanted,) if isinstance(wanted, str) else tuple(wanted or ())
            yield Typed(group["exercise"], group["line"], group["speaker"], words, ids)


@cache
def exercise_of(name: str) -> Exercise:
    """A shipped exercise."""
    return read_exercise(core.find_exercise(name))


@cache
def policy_of(scheme: str) -> Policy:
    """The shipped policy under a scheme."""
    return core.load_policy(Settings(database="", scheme=scheme))


@cache
def listener_of(exercise: str, line: str, speaker: str) -> Listener:
    """Who hears it."""
    found = exercise_of(exercise)
    return Listener(found.speakers[speaker], line, policy_of(found.scheme))


def answered(typed: Typed) -> Answer:
    """What comes back, asked for the first time and while it is safe to speak."""
    return listener_of(typed.exercise, typed.line, typed.speaker).typed(typed.words, safe=True, before={})


def came_out(typed: Typed) -> str:
    """What came of it: right, wrong (something else was answered) or not understood."""
    answer = answered(typed)
    if not answer.understood:
        return "not understood" if typed.wanted else "right"
    return "right" if answer.known in typed.wanted else "wrong"


def measured(half: str) -> Counter[str]:
    """How often each, in one half."""
    return Counter(came_out(t) for t in questions() if t.half == half)
