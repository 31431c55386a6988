"""One desk's exercise: what happens by itself, what a caller answers, and what is recorded of both.

The desk works as it always does, over a training store; all that it does is read from there. Only what is heard is here.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from callhandler.clock import PacedClock, ScenarioClock
from callhandler.errors import BadInput, CallhandlerError
from callhandler.intake.exercise import Exercise
from callhandler.intake.exercise.happenings import (
    AnyHappening,
    Ends,
    Others,
    Rings,
    Safe,
    Says,
    Sound,
    Stops,
    TakesPhone,
)
from callhandler.intake.exercise.reading import before_of
from callhandler.intake.scenario import Scenario, times_of
from callhandler.model.actor import Actor, Right
from callhandler.model.exercise import Answer, Heard, HeardKind, Known
from callhandler.rules.identify import e164
from callhandler.rules.training.answering import Listener
from callhandler.services.identity import Identity
from callhandler.services.office import Office
from callhandler.services.replay import Replay
from callhandler.services.training.lines import Due, Line, Lines
from callhandler.services.training.record import Record
from callhandler.services.training.sent import take_in
from callhandler.store import exercise_marks
from callhandler.store.exercise_log import ExerciseLog
from callhandler.store.unit_of_work import reading

TRAINEE = "trainee"
DESK = "desk"
TRAINER = "trainer"


class Exercising:
    """An exercise at one desk. `folder` holds its record and what its trainer sends; the office's clock is its own."""

    def __init__(self, office: Office, exercise: Exercise, folder: Path) -> None:
        if office.kind != "TRAINING" or not isinstance(office.clock, PacedClock):
            raise BadInput("An exercise needs a training store and a clock of its own.", "exercise")
        self.office = office
        self.exercise = exercise
        self.folder = folder
        self.clock: PacedClock = office.clock
        self.folder = folder
        self.record = Record(folder / "heard.jsonl")
        self.lines = Lines(exercise)
        self._sent = ExerciseLog(folder / "sent.jsonl")
        self._taken_from_trainer = 0
        self._identity = Identity(office)
        # A sitting's folder holds what was played before; else it is a shipped one.
        self._before = before_of(folder / f"{exercise.exercise}.yaml", exercise)
        self._others = Replay(office, self._before or exercise.as_scenario())
        self._speakers = exercise.speakers
        self._listeners: dict[tuple[str, str], Listener] = {}
        self._read_up_to = 0
        self._requests: dict[int, int] = {}

    # beginning

    def prepare(self, shown_as: str = "Trainee") -> Actor:
        """Load what police had recorded and sit the trainee down. The clock stands until it is given a pace."""
        if self._before is not None:
            self._play_before(self._before)
        else:
            self._others.prepare()
        self._identity.add_user(TRAINEE, shown_as, None, (Right.HANDLER,), granted_by="exercise")
        with reading(self.office.engine) as connection:
            self._read_up_to = exercise_marks.newest(connection)
        self._keep(Heard(self.clock.now(), HeardKind.STARTED, shown_as, row=self._read_up_to))
        return self._identity.open_session(TRAINEE, "exercise")

    def _play_before(self, before: Scenario) -> None:
        """Let happen what had happened already, each thing at its own instant, and seat those who go on working."""
        assert self.exercise.played is not None
        clock = ScenarioClock(times_of(before)[0])
        for _ in Replay(replace(self.office, clock=clock), before).play_until(self.exercise.played.until):
            pass
        self._others.sit_down()

    def go_on(self) -> Actor:
        """Take up an exercise that was prepared before, from its record: after a kill or a closed window."""
        for entry in self._sent.read():
            take_in(self.lines, entry, replayed=True)
        self.lines.take_in(self.record.entries)
        self._taken_from_trainer = sum(h.who == TRAINER for h in self.record.entries)
        self._read_up_to = max((h.row for h in self.record.entries), default=0)
        self._others.sit_down()
        return self._identity.open_session(TRAINEE, "exercise")

    # time

    def tick(self) -> tuple[Heard, ...]:
        """Let everything happen that is due by now; what was heard and what came about, in order."""
        if self.lines.stopped:
            return ()
        found = [*self._from_store(), *self._from_trainer()]
        while not self.lines.stopped and (due := self._next(self.clock.now())):
            at, what = due
            for heard in self._happen(at, what):
                found.append(heard)
            found.extend(self._from_store())
        return tuple(found)

    def next_at(self) -> datetime | None:
        """The instant of what happens next by itself; None when everything waits for the desk."""
        instants = [at for at, _ in self.lines.dues(self.exercise)]
        return min(instants, default=None)

    def step(self) -> tuple[Heard, ...]:
        """Go straight to what happens next by itself, and let it happen."""
        at = self.next_at()
        if at is not None:
            self.clock.move_to(at)
        return self.tick()

    # the desk's own part

    @property
    def line(self) -> Line | None:
        """The call that the trainee speaks in."""
        found = self.lines.all.get(self.lines.current)
        return found if found is not None and found.open else None

    @property
    def incident(self) -> int | None:
        """The incident of the call that the trainee spoke in last; None before any."""
        found = self.lines.all.get(self.lines.current)
        return found.incident if found is not None and found.incident else None

    def turn_to(self, line: str) -> None:
        """Speak in another call that is open. Raises BadInput when there is none such."""
        found = self.lines.all.get(line)
        if found is None or not found.open:
            raise BadInput("This call is not open.", "call")
        self.lines.current = line

    def ask(self, question: str = "", words: str = "") -> Answer:
        """Ask a guided question of the form, or in words of one's own. Both what was asked and the answer are recorded.

        Raises BadInput while nobody is on the line, or when nothing was asked.
        """
        line = self._speaking_in()
        if not question and not words.strip():
            raise BadInput("Type what you say to the caller, or choose a question.", "ask")
        listener = self._listener(line)
        before = line.asked.get(line.speaker, {})
        if question:
            answer = listener.question(question, safe=line.safe, before=before)
        else:
            answer = listener.typed(words, safe=line.safe, before=before)
        text = words.strip() or self.office.policy.questions[question].ask
        self._keep(
            Heard(
                self.clock.now(),
                HeardKind.ASKED,
                text,
                self.lines.current,
                DESK,
                answer.known,
                question=question,
                near=answer.near,
                mark=f"{self.lines.current}:asked-{answer.known}" if answer.known else "",
            )
        )
        self._say(self.lines.current, line, answer.text, answer.known, told=answer.told)
        return answer

    def say(self, words: str) -> None:
        """Tell the caller something that asks nothing. It is recorded as said."""
        self._speaking_in()
        if not words.strip():
            raise BadInput("Type what you say to the caller.", "ask")
        self._keep(Heard(self.clock.now(), HeardKind.ASKED, words.strip(), self.lines.current, DESK))

    def hang_up(self) -> None:
        """End the call from the desk."""
        self._speaking_in()
        id_ = self.lines.current
        text = "The desk ended the call."
        self._keep(Heard(self.clock.now(), HeardKind.ENDED, text, id_, DESK, mark=f"{id_}:ended"))

    # what happens

    def _speaking_in(self) -> Line:
        line = self.line
        if line is None:
            raise BadInput("Nobody is on the line.", "call")
        return line

    def _listener(self, line: Line) -> Listener:
        key = (line.speaker, line.rings.id)
        if key not in self._listeners:
            self._listeners[key] = Listener(self._speakers[line.speaker], line.rings.id, self.office.policy)
        return self._listeners[key]

    def _next(self, by: datetime) -> Due | None:
        due = sorted((d for d in self.lines.dues(self.exercise) if d[0] <= by), key=lambda d: d[0])
        return due[0] if due else None

    def _happen(self, at: datetime, what: AnyHappening | tuple[str, Known]) -> Iterator[Heard]:
        if isinstance(what, tuple):
            id_, known = what
            yield self._say(id_, self.lines.all[id_], known.says, known.id, told=True, at=at)
            return
        match what:
            case Rings():
                yield self._keep(Heard(at, HeardKind.RANG, what.number, what.id, what.speaker, mark=what.id))
            case Says():
                line = self.lines.all[what.line]
                who = what.speaker or line.speaker
                yield self._keep(
                    Heard(
                        at,
                        HeardKind.SAID if line.open else HeardKind.HAPPENED,
                        what.text if line.open else "",
                        what.line,
                        who,
                        what.known or "",
                        told=bool(what.known) and line.open,
                        mark=what.id,
                    )
                )
            case Sound() | Safe() | TakesPhone():
                open_ = self.lines.all[what.line].open
                kind = HeardKind.SOUND if open_ and what.text else HeardKind.HAPPENED
                yield self._keep(Heard(at, kind, what.text if open_ else "", what.line, mark=what.id))
            case Ends():
                yield from self._end(at, what)
            case Others():
                yield self._act(at, what)
            case Stops():
                yield self._keep(Heard(at, HeardKind.STOPPED, what.text, mark=what.id))

    def _end(self, at: datetime, ends: Ends) -> Iterator[Heard]:
        line = self.lines.all[ends.line]
        if line.ended_at is None and line.rang_at is not None:
            text = ends.text or {"hangs_up": "The caller hung up.", "line_cut": "The line is dead."}[ends.how]
            yield self._keep(Heard(at, HeardKind.ENDED, text, ends.line, line.speaker, mark=ends.id))
        else:
            yield self._keep(Heard(at, HeardKind.HAPPENED, "", ends.line, mark=ends.id))

    def _act(self, at: datetime, others: Others) -> Heard:
        """What somebody else does. What cannot be done is recorded as a fault: the desk opened no incident for it."""
        event = others.event.model_copy(update={"id": others.id})
        incident = self.lines.all[others.line].incident if others.line else 0
        try:
            if others.line and not incident:
                raise BadInput("The desk has no incident for this call.", others.line)
            step = self._others.play_on(event, incident, self._requests.get(incident))
            if step.refused:
                raise BadInput(step.refused, others.line or "")
        except CallhandlerError as error:
            return self._keep(Heard(at, HeardKind.FAULT, str(error), others.line or "", mark=others.id))
        words = getattr(event, "text", "") or getattr(event, "note", "") or getattr(event, "reason", "")
        return self._keep(
            Heard(
                at, HeardKind.HAPPENED, words, others.line or "", event.by, mark=others.id, incident=incident
            )
        )

    def _say(
        self, id_: str, line: Line, text: str, known: str, *, told: bool, at: datetime | None = None
    ) -> Heard:
        return self._keep(
            Heard(at or self.clock.now(), HeardKind.SAID, text, id_, line.speaker, known, told=told)
        )

    # what the desk did, and what the trainer sends

    def _from_store(self) -> Iterator[Heard]:
        with reading(self.office.engine) as connection:
            rows = exercise_marks.done_since(connection, self._read_up_to)
        for row in rows:
            self._read_up_to = max(self._read_up_to, row.id)
            at = datetime.fromtimestamp(row.known_at / 1_000_000, UTC)
            if row.kind == "call":
                yield from self._answered(at, row)
            elif row.kind == "request":
                self._requests[row.incident_id] = row.request_id
                yield from self._mark(at, row, "requested")
            else:
                yield from self._mark(at, row, f"graded-{row.what}")
                yield from self._mark(at, row, "graded")

    def _answered(self, at: datetime, row: exercise_marks.Done) -> Iterator[Heard]:
        """Which ringing call was taken: the one of this number, else the one that has rung longest."""
        ringing = [(id_, line) for id_, line in self.lines.all.items() if line.ringing]
        own = [(id_, line) for id_, line in ringing if (e164(line.rings.number) or "") == row.what]
        for id_, line in (own or ringing)[:1]:
            yield self._keep(
                Heard(
                    at,
                    HeardKind.ANSWERED,
                    line.rings.background,
                    id_,
                    DESK,
                    mark=f"{id_}:answered",
                    incident=row.incident_id,
                    row=row.id,
                )
            )
            if line.rings.opens:
                yield self._say(id_, line, line.rings.opens, "", told=False, at=at)

    def _mark(self, at: datetime, row: exercise_marks.Done, what: str) -> Iterator[Heard]:
        for id_, line in self.lines.all.items():
            mark = f"{id_}:{what}"
            if line.incident == row.incident_id and mark not in self.lines.marks:
                yield self._keep(
                    Heard(at, HeardKind.MARKED, "", id_, mark=mark, incident=row.incident_id, row=row.id)
                )

    def _from_trainer(self) -> Iterator[Heard]:
        for entry in self._sent.read(self._taken_from_trainer):
            self._taken_from_trainer += 1
            fault = take_in(self.lines, entry)
            text = fault or str(entry.get("text", ""))
            kind = HeardKind.STOPPED if entry.get("do") == "stop" else HeardKind.INJECTED
            if fault:
                kind = HeardKind.FAULT
            yield self._keep(Heard(self.clock.now(), kind, text, who=TRAINER))

    def _keep(self, heard: Heard) -> Heard:
        self.record.add(heard)
        self.lines.take_in([heard])
        return heard
