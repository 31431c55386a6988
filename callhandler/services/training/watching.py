"""A desk seen by its trainer: what was last heard, where its grade stands, what the key wants there. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from callhandler.brief.content import Paper
from callhandler.clock import PacedClock
from callhandler.intake.exercise import Exercise
from callhandler.intake.exercise.injects import Inject, injects_for
from callhandler.model.assessment import Tier
from callhandler.model.exercise import Heard, HeardKind
from callhandler.model.picture import Picture
from callhandler.model.scoring import EveningRow, MomentProfile, Profile, Trace
from callhandler.policy.pack import Policy
from callhandler.rules.assess import assess
from callhandler.rules.clocks import grade_of_rank
from callhandler.services.training import scored
from callhandler.services.training.exercising import TRAINER
from callhandler.services.training.lines import Lines
from callhandler.services.training.sent import take_in
from callhandler.services.training.sitting import (
    CLOCK,
    SENT,
    STORE,
    exercise_of,
    is_present,
    record_of,
    sitting_of,
)
from callhandler.store import exercise_marks, pictures
from callhandler.store.engine import make_engine
from callhandler.store.exercise_log import ExerciseLog
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the incident of a call stands: grade and floor by name, since when, and the warnings that stand."""

    grade: str = ""
    graded_at: datetime | None = None
    closed: bool = False
    floor: str = ""
    warnings: tuple[tuple[Tier, str], ...] = ()
    asked_to_lower: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """One desk at one instant of its exercise (UTC). `line` is the call that was spoken in last, empty before any.

    `sent` is how much of what the trainer sent the desk has not taken up yet; `present` whether a window is open there.
    """

    now: datetime
    pace: float
    heard: tuple[Heard, ...]
    line: str
    open_line: bool
    safe: bool
    speaker: str
    demeanour: str
    answered_at: datetime | None
    incident: int
    standing: Standing
    moment: MomentProfile | None
    next_at: datetime | None
    stopped: datetime | None
    present: bool
    sent: int

    @property
    def asked_to_lower(self) -> bool:
        """Whether a lowering waits for a supervisor."""
        return self.standing.asked_to_lower

    @property
    def since_heard(self) -> timedelta | None:
        """How long nothing was heard or said; None before anything was."""
        spoken = [h.at for h in self.heard if h.kind in (HeardKind.SAID, HeardKind.ASKED, HeardKind.SOUND)]
        return self.now - spoken[-1] if spoken else None


class Watch:
    """One sitting, watched. Make one for each desk and `look` as often as wanted; `close` lets go of its store."""

    def __init__(self, folder: Path, policy: Policy, clock: PacedClock | None = None) -> None:
        self.folder = folder
        self.policy = policy
        self.sitting = sitting_of(folder)
        self.exercise = exercise_of(folder)
        self._clock = clock or PacedClock(folder / CLOCK)
        self._sent = ExerciseLog(folder / SENT)
        self._key = {m.line: m for m in self.exercise.key}
        self._scored: tuple[tuple[int, int, str], MomentProfile | None] | None = None

    @cached_property
    def injects(self) -> tuple[Inject, ...]:
        """What can be let happen here by one key."""
        return injects_for(self.folder / self.sitting.file)

    def look(self) -> Watched:
        """The desk as it is now."""
        heard, sent = tuple(record_of(self.folder).entries), self._sent.read()
        taken = sum(h.who == TRAINER for h in heard)
        lines = lines_of(self.exercise, heard, sent[:taken])
        line = lines.all.get(lines.current)
        now = self._clock.now()
        incident = line.incident if line is not None else 0
        picture = self._picture(incident, now)
        return Watched(
            now=now,
            pace=self._clock.pace,
            heard=heard,
            line=lines.current,
            open_line=line is not None and line.open,
            safe=line is not None and line.safe,
            speaker=line.speaker if line is not None else "",
            demeanour=line.demeanour if line is not None else "",
            answered_at=line.answered_at if line is not None else None,
            incident=incident,
            standing=self._standing(picture) if picture is not None else Standing(),
            moment=self._moment(heard, lines.current),
            next_at=min((at for at, _ in lines.dues(self.exercise)), default=None),
            stopped=lines.stopped,
            present=is_present(self.folder, datetime.now(UTC)),
            sent=len(sent) - taken,
        )

    # what is looked at afterwards

    def trace(self) -> Trace:
        """Everything heard and done up to now. Raises BadInput when the exercise was never begun."""
        return scored.trace_in(self._engine, self.exercise, self.policy, record_of(self.folder).entries)

    def profile(self) -> Profile:
        """The profile as it stands now."""
        return scored.score(self.exercise, self.trace(), self.policy)

    def evening(self) -> tuple[EveningRow, ...]:
        """The exercise as a timeline of what was heard, what was done, what the key says."""
        return scored.evening_of(self.exercise, self.policy, self.trace())

    def debrief(self) -> Paper:
        """The debrief as a paper."""
        return scored.debrief_in(self.exercise, self.policy, self.trace())

    def close(self) -> None:
        """Let go of the store."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    @cached_property
    def _engine(self) -> Any:
        return make_engine(str(self.folder / STORE))

    def _picture(self, incident: int, now: datetime) -> Picture | None:
        if not incident:
            return None
        with reading(self._engine) as connection:
            return pictures.of_incident(connection, incident, now)

    def _standing(self, picture: Picture) -> Standing:
        found, scheme = assess(picture, self.policy), self.policy.scheme
        last = picture.decisions[-1] if picture.decisions else None
        grade = grade_of_rank(scheme, last.rank) if last is not None and not last.closes else None
        floor = grade_of_rank(scheme, found.floor_rank)
        return Standing(
            grade=grade.name if grade else "",
            graded_at=last.at if last is not None else None,
            closed=last is not None and last.closes,
            floor=floor.name if floor else "",
            warnings=tuple((w.tier, w.sentence) for w in found.standing),
            asked_to_lower=any(
                not r.decided and (r.ground or r.reason or r.answers) for r in picture.requests
            ),
        )

    def _moment(self, heard: Sequence[Heard], line: str) -> MomentProfile | None:
        """What the key says of the call that is spoken in, held against what was done in it so far."""
        if line not in self._key or not any(h.kind is HeardKind.STARTED for h in heard):
            return None
        with reading(self._engine) as connection:
            stands = len(heard), exercise_marks.newest(connection), line
        # A profile is worked out from the whole record: only where something was heard or done since.
        if self._scored is None or self._scored[0] != stands:
            found = next(m for m in self.profile().moments if m.id == self._key[line].id)
            self._scored = stands, found
        return self._scored[1]


def lines_of(exercise: Exercise, heard: Iterable[Heard], sent: Iterable[Mapping[str, Any]]) -> Lines:
    """The calls of an exercise as they stand after a record, with all that a trainer sent."""
    lines = Lines(exercise)
    for entry in sent:
        take_in(lines, entry, replayed=True)
    lines.take_in(heard)
    return lines
