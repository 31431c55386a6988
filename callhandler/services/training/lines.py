"""The calls of an exercise as they stand: who has the telephone, whether it is safe, what was asked and told in each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callhandler.intake.exercise import Exercise
from callhandler.intake.exercise.happenings import AnyHappening, Ends, Rings, Safe, Sound, TakesPhone
from callhandler.model.exercise import Heard, HeardKind, Known

Due = tuple[datetime, AnyHappening | tuple[str, Known]]
"""When something happens by itself: a happening, or in which call who says what unasked."""

_MARKS = (HeardKind.RANG, HeardKind.ANSWERED, HeardKind.ENDED)


@dataclass
class Line:
    """One call. `asked` holds, by speaker and known thing, whether what was asked for was told."""

    rings: Rings
    speaker: str
    safe: bool
    demeanour: str
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    incident: int = 0
    asked: dict[str, dict[str, bool]] = field(default_factory=dict)

    @property
    def ringing(self) -> bool:
        """True while nobody has answered it and it has not been given up."""
        return self.rang_at is not None and self.answered_at is None and self.ended_at is None

    @property
    def open(self) -> bool:
        """True while somebody is on the line."""
        return self.answered_at is not None and self.ended_at is None


class Lines:
    """Every call of an exercise, made from its record entry by entry, so that a second start knows what the first did."""

    def __init__(self, exercise: Exercise) -> None:
        self._happenings: dict[str, AnyHappening] = {h.id: h for h in exercise.happenings}
        self.all = {id_: Line(r, r.speaker, r.safe, r.demeanour) for id_, r in exercise.lines.items()}
        self._speakers = exercise.speakers
        self.marks: dict[str, datetime] = {}
        self.current: str = ""
        self.stopped: datetime | None = None

    def take_in(self, entries: Iterable[Heard]) -> None:
        """Take in what was recorded, in order."""
        for heard in entries:
            self._take_in(heard)

    def add(self, happening: AnyHappening) -> None:
        """A trainer's own happening, known from now on."""
        self._happenings[happening.id] = happening
        if isinstance(happening, Rings):
            self.all[happening.id] = Line(happening, happening.speaker, happening.safe, happening.demeanour)

    @property
    def waiting(self) -> tuple[AnyHappening, ...]:
        """Every happening that has not happened, in the order of the file."""
        return tuple(h for h in self._happenings.values() if h.id not in self.marks)

    def due_at(self, happening: AnyHappening, at: datetime | None) -> datetime | None:
        """When it happens; None while what it waits for has not come. `at` is its own instant, where it names one."""
        if happening.after is None:
            return at
        marked = self.marks.get(happening.after)
        return (
            None
            if marked is None
            else marked.fromtimestamp(marked.timestamp() + happening.seconds, marked.tzinfo)
        )

    def dues(self, exercise: Exercise) -> Iterator[Due]:
        """Everything that has an instant at which it happens by itself, in the order of the file."""
        for happening in self.waiting:
            own = happening.at.when(exercise.zone).at if happening.at else None
            at = self.due_at(happening, own)
            if at is not None:
                yield at, happening
        for id_, line in self.all.items():
            if line.ringing and line.rang_at is not None:
                given_up = Ends(
                    id=f"{id_}-given-up", do="ends", line=id_, after=f"{id_}:rang", how="hangs_up"
                )
                yield line.rang_at + timedelta(seconds=line.rings.rings_for), given_up
            if line.open and line.answered_at is not None:
                told = line.asked.get(line.speaker, {})
                for known in self._speakers[line.speaker].knows:
                    here = not known.lines or id_ in known.lines
                    free = line.safe or not known.safe_only
                    if known.volunteered is not None and here and free and known.id not in told:
                        yield line.answered_at + timedelta(seconds=known.volunteered), (id_, known)

    def _take_in(self, heard: Heard) -> None:
        line = self.all.get(heard.line)
        if heard.mark and heard.mark not in self.marks:
            self.marks[heard.mark] = heard.at
        if heard.kind in _MARKS:
            self.marks.setdefault(f"{heard.line}:{heard.kind.value}", heard.at)
        if heard.kind is HeardKind.STOPPED:
            self.stopped = heard.at
        if line is None:
            return
        match heard.kind:
            case HeardKind.RANG:
                line.rang_at = heard.at
            case HeardKind.ANSWERED:
                line.answered_at, line.incident = heard.at, heard.incident
                self.current = heard.line
            case HeardKind.ENDED:
                line.ended_at = heard.at
            case HeardKind.SAID if heard.known:
                line.asked.setdefault(heard.who, {})[heard.known] = heard.told or line.asked.get(
                    heard.who, {}
                ).get(heard.known, False)
        if heard.mark:
            self._change(line, heard.mark)

    def _change(self, line: Line, mark: str) -> None:
        happening = self._happenings.get(mark)
        if isinstance(happening, Safe):
            line.safe = happening.safe
        elif isinstance(happening, TakesPhone):
            line.speaker, line.safe = happening.speaker, happening.safe
        elif isinstance(happening, Sound) and happening.demeanour:
            line.demeanour = happening.demeanour
