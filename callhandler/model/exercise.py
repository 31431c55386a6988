"""An exercise: who is on the line, what they know, what was heard and asked, and what experts hold to be right."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that somebody on the line knows, and how it comes out.

    `asked_by` are ids of guided questions, `words` other ways of asking it. `volunteered` is after how many seconds of the
    call it is said unasked, None when it must be asked. `safe_only`: said only while it is safe to speak; `guarded` is what
    comes instead, for example a plain yes. `at_first` is what is said the first time it is asked (played down, denied).
    `lines` names the calls in which it is known; none means every call. `indicator` is what it would be recorded as.
    """

    id: str
    says: str
    asked_by: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    volunteered: int | None = None
    safe_only: bool = False
    guarded: str = ""
    at_first: str = ""
    lines: tuple[str, ...] = ()
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who may be on the line. `cannot_say` comes when it is not safe, `no_answer` when nothing is known."""

    id: str
    name: str
    knows: tuple[Known, ...]
    cannot_say: str
    no_answer: str
    voice: str = ""


class HeardKind(StrEnum):
    """What an entry of an exercise's record is."""

    STARTED = "started"
    RANG = "rang"
    ANSWERED = "answered"
    SAID = "said"
    ASKED = "asked"
    SOUND = "sound"
    ENDED = "ended"
    HAPPENED = "happened"
    INJECTED = "injected"
    MARKED = "marked"
    FAULT = "fault"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that rang, was said, asked or heard at one desk, in the exercise's own time (UTC).

    `who` is the speaker's id, or `desk`. `known` is the id of what was asked for, `told` whether it was told by this.
    `question` is the guided question that asked, empty for typed words; `near` how near typed words were to what they were
    taken for, of 100. `mark` is what this is waited for by: a happening's id, or `call-1:graded`. `incident` is the incident
    that the call was taken down in, `row` the row of the store that this was seen in; 0 while there is none.
    """

    at: datetime
    kind: HeardKind
    text: str = ""
    line: str = ""
    who: str = ""
    known: str = ""
    told: bool = False
    question: str = ""
    near: int = 0
    mark: str = ""
    incident: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back when something is asked: the words, which known thing they tell, and how near the question was to it.

    `told` is false where the thing was asked and not told: not safe, or denied at first. `understood` is false when nobody
    could tell what was asked.
    """

    text: str
    known: str = ""
    told: bool = False
    understood: bool = True
    near: int = 0
