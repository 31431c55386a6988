"""What will happen in an exercise, in order, and who knows what: for whoever writes one, before anybody plays it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from callhandler.intake.exercise import Exercise
from callhandler.intake.exercise.happenings import (
    Ends,
    Happening,
    Others,
    Rings,
    Safe,
    Says,
    Sound,
    Stops,
    TakesPhone,
)
from callhandler.intake.exercise.speakers import KnownWritten
from callhandler.model.when import LONDON
from callhandler.yaml_source import Source


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the preview: `depth` 0 stands at a time of its own, deeper ones follow from the one above.

    `heading` is of a part. `line` is where in the text it is written.
    """

    text: str
    line: int
    depth: int = 0
    heading: bool = False


def preview(exercise: Exercise, source: Source) -> tuple[Step, ...]:
    """Every happening under what brings it about, then everybody with what they know."""
    return (*_What(exercise, source).happens(), *_who_knows(exercise, source))


class _What:
    def __init__(self, exercise: Exercise, source: Source) -> None:
        self._exercise = exercise
        self._source = source
        self._names = {p.id: p.name for p in exercise.people}
        self._told: set[str] = set()
        self._after: dict[str, list[tuple[int, Happening]]] = {}
        for i, happening in enumerate(exercise.happenings):
            if happening.after is not None:
                self._after.setdefault(happening.after.partition(":")[0], []).append((i, happening))

    def happens(self) -> Iterator[Step]:
        yield Step("What happens", _line(self._source, "happenings"), heading=True)
        timed = [(self._at(h), i, h) for i, h in enumerate(self._exercise.happenings) if h.at is not None]
        for at, i, happening in sorted(timed, key=lambda each: each[:2]):
            yield from self._told_of(i, happening, f"{at.astimezone(LONDON):%H:%M}  ", 0)

    def _at(self, happening: Happening) -> datetime:
        assert happening.at is not None
        return happening.at.when(self._exercise.zone).at

    def _told_of(self, i: int, happening: Happening, when: str, depth: int) -> Iterator[Step]:
        if happening.id in self._told:
            return
        self._told.add(happening.id)
        yield Step(f"{when}{self._says(happening)}", _line(self._source, "happenings", i), depth)
        if isinstance(happening, Rings):
            yield from self._volunteered(happening, depth + 1)
        for j, following in sorted(self._after.get(happening.id, ()), key=lambda each: each[1].seconds):
            yield from self._told_of(j, following, f"{_when(following)}: ", depth + 1)

    def _volunteered(self, rings: Rings, depth: int) -> Iterator[Step]:
        for i, person in enumerate(self._exercise.people):
            if person.id != rings.speaker:
                continue
            unasked = [(k.volunteered, j, k) for j, k in enumerate(person.knows) if k.volunteered is not None]
            for seconds, j, known in sorted(unasked, key=lambda each: each[:2]):
                if not known.lines or rings.id in known.lines:
                    text = f"{_lasts(seconds)} after it is answered, unasked: “{known.says}”"
                    yield Step(text, _line(self._source, "people", i, "knows", j), depth)

    def _says(self, happening: Happening) -> str:
        match happening:
            case Rings():
                parts = [
                    f"{happening.id} rings: {self._name(happening.speaker)}",
                    happening.number or "number withheld",
                    f"“{happening.opens}”" if happening.opens else "says nothing at first",
                    happening.demeanour,
                    f"behind it: {happening.background}" if happening.background else "",
                    "" if happening.safe else "not safe to speak",
                    f"rings {_lasts(happening.rings_for)}",
                ]
                return " · ".join(p for p in parts if p)
            case Says():
                who = self._name(happening.speaker) if happening.speaker else "whoever has the telephone"
                return f"{who} says “{happening.text}” ({happening.line})"
            case Sound():
                return f"is heard: {happening.text} ({happening.line})"
            case Safe():
                state = "safe to speak" if happening.safe else "no longer safe to speak"
                return f"{state}{': ' if happening.text else ''}{happening.text} ({happening.line})"
            case TakesPhone():
                state = "" if happening.safe else ", not safe to speak"
                return f"{self._name(happening.speaker)} takes the telephone{state} ({happening.line})"
            case Ends():
                return (
                    f"{'hangs up' if happening.how == 'hangs_up' else 'the line is cut'} ({happening.line})"
                )
            case Others():
                event = happening.event
                said = [
                    str(v)
                    for v in (getattr(event, n, None) for n in ("state", "note", "text", "reason"))
                    if v
                ]
                by = getattr(event, "by", "") or "somebody"
                return f"{by}: {event.do.replace('_', ' ')}{' · ' if said else ''}{' · '.join(said)}"
            case Stops():
                return "the exercise is over"
        return happening.id

    def _name(self, person: str) -> str:
        return self._names.get(person, person)


def _who_knows(exercise: Exercise, source: Source) -> Iterator[Step]:
    yield Step("Who knows what", _line(source, "people"), heading=True)
    for i, person in enumerate(exercise.people):
        yield Step(person.name, _line(source, "people", i))
        for j, known in enumerate(person.knows):
            yield Step(_known(known), _line(source, "people", i, "knows", j), 1)
        if not person.knows:
            yield Step("knows nothing that is asked for", _line(source, "people", i), 1)


def _known(known: KnownWritten) -> str:
    ways = [
        f"unasked after {_lasts(known.volunteered)}" if known.volunteered is not None else "",
        f"if asked {', '.join(known.asked_by)}" if known.asked_by else "",
        f"in words such as “{known.words[0]}”" if known.words else "",
        "only while it is safe" if known.safe_only else "",
        f"otherwise “{known.guarded}”" if known.guarded else "",
        f"at first “{known.at_first}”" if known.at_first else "",
        f"in {', '.join(known.lines)}" if known.lines else "",
        f"is recorded as {known.indicator}" if known.indicator else "",
    ]
    return f"“{known.says}” " + " · ".join(w for w in ways if w)


_MARKS = {
    "": "it happened",
    "rang": "it rang",
    "answered": "it is answered",
    "ended": "it ended",
    "graded": "it was graded",
    "requested": "lowering was asked for",
}


def _when(happening: Happening) -> str:
    mark = (happening.after or "").partition(":")[2]
    if mark.startswith("graded-"):
        said = f"it was graded {mark.removeprefix('graded-')}"
    elif mark.startswith("asked-"):
        said = f"{mark.removeprefix('asked-')} was asked for"
    else:
        said = _MARKS.get(mark, mark)
    return f"{_lasts(happening.seconds)} after {said}" if happening.seconds else f"once {said}"


def _lasts(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return (
        " ".join(p for p in (f"{minutes} min" if minutes else "", f"{rest} s" if rest else "") if p) or "0 s"
    )


def _line(source: Source, *path: str | int) -> int:
    return int(source.line_of(path).rpartition(":")[2])
