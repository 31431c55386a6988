"""One moment of the key in one trace: which rows and words belong to it, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from callhandler.model.exercise import Heard, HeardKind, Known
from callhandler.model.scoring import Done, KeyMoment, Trace
from callhandler.policy.pack import Policy
from callhandler.rules.training.scoring.words import Words

AFTER_THE_CALL = timedelta(minutes=5)
"""So long after a call has ended its grade and its log may still be finished."""


@dataclass(frozen=True)
class Seen:
    """What one moment is judged by. `done` are the trainee's rows of its incident in its time, `others` everybody's."""

    key: KeyMoment
    trace: Trace
    policy: Policy
    known: dict[str, Known]
    words: Words
    incident: int
    answered_at: datetime
    ended_at: datetime
    until: datetime
    heard: tuple[Heard, ...]
    done: tuple[Done, ...]
    everybodys: tuple[Done, ...]

    def seconds(self, at: datetime) -> int:
        """Seconds from answering."""
        return round((at - self.answered_at).total_seconds())

    def rows(self, *kinds: str) -> tuple[Done, ...]:
        """The trainee's rows of these tables, in order."""
        return tuple(d for d in self.done if d.kind in kinds)

    def late(self, at: datetime, within: int | None) -> bool:
        """Whether something came later than the key allows."""
        return within is not None and self.seconds(at) > within * 60

    @property
    def told(self) -> tuple[Heard, ...]:
        """What was told in this call, each known thing once, when it was first told."""
        first: dict[str, Heard] = {}
        for h in self.heard:
            if h.kind is HeardKind.SAID and h.told and h.known:
                first.setdefault(h.known, h)
        return tuple(first.values())

    @property
    def said(self) -> tuple[Heard, ...]:
        """What the desk said or asked in this call."""
        return tuple(h for h in self.heard if h.kind is HeardKind.ASKED)


def seen(key: KeyMoment, trace: Trace, policy: Policy, known: Iterable[Known], words: Words) -> Seen | None:
    """What a moment is judged by; None when its call was never taken."""
    answered = trace.first(HeardKind.ANSWERED, key.line)
    if answered is None:
        return None
    ended = trace.first(HeardKind.ENDED, key.line)
    until = ended.at + AFTER_THE_CALL if ended else trace.ended
    nexts = [
        h.at
        for h in trace.heard
        if h.kind is HeardKind.ANSWERED and h.incident == answered.incident and h.at > answered.at
    ]
    until = min([until, trace.ended, *nexts])
    everybodys = tuple(
        d for d in trace.done if d.incident == answered.incident and answered.at <= d.at <= until
    )
    return Seen(
        key,
        trace,
        policy,
        {k.id: k for k in known},
        words,
        answered.incident,
        answered.at,
        min(ended.at, until) if ended else until,
        until,
        tuple(h for h in trace.heard if h.line == key.line and h.at <= until),
        tuple(d for d in everybodys if trace.by_trainee(d)),
        everybodys,
    )


def evidence(*rows: Done) -> tuple[str, ...]:
    """Rows as a profile names them."""
    return tuple(f"{row.kind} {row.id}" for row in rows)
