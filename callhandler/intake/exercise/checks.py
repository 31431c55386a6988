"""What makes a well-formed exercise one that can be run: nothing twice, nothing that points nowhere, no wait without end."""

from collections import Counter
from collections.abc import Iterator

from callhandler.errors import BadInput
from callhandler.intake.exercise.happenings import Happening, Others, Rings, Says, Stops
from callhandler.intake.exercise.written import Exercise
from callhandler.intake.faults import meant
from callhandler.yaml_source import Source

OF_A_CALL = ("rang", "answered", "ended", "graded", "requested")


def faults_of(exercise: Exercise, source: Source) -> Iterator[BadInput]:
    """Every fault, at file and line."""

    def fault(sentence: str, *path: str | int) -> BadInput:
        return BadInput(sentence, source.line_of(path))

    people = sorted(p.id for p in exercise.people)
    happenings = {h.id for h in exercise.happenings}
    lines = exercise.lines
    known = {k.id for p in exercise.people for k in p.knows}
    yield from _twice(exercise, fault_at=fault)
    if not lines:
        yield fault("nobody rings: an exercise needs a happening that rings", "happenings")
    for i, person in enumerate(exercise.people):
        for j, k in enumerate(person.knows):
            here = ("people", i, "knows", j)
            if not (k.asked_by or k.words or k.volunteered is not None) and not _said(exercise, k.id):
                yield fault(f"{k.id} can never come out: give asked_by, words or volunteered", *here, "id")
            if k.at_first and k.volunteered is not None:
                yield fault(f"{k.id} is volunteered, so nothing else is said at first", *here, "at_first")
            if k.guarded and not k.safe_only:
                yield fault(f"{k.id} is not safe_only, so guarded is never said", *here, "guarded")
            for m, line in enumerate(k.lines):
                if line not in lines:
                    yield fault(f"there is no call {line}{meant(line, lines)}", *here, "lines", m)
    for i, happening in enumerate(exercise.happenings):
        here_ = ("happenings", i)
        speaker = getattr(happening, "speaker", None)
        if speaker and speaker not in people:
            yield fault(f"there is nobody {speaker} in people{meant(speaker, people)}", *here_, "speaker")
        on = getattr(happening, "line", None)
        if on and on not in lines:
            yield fault(f"there is no call {on}{meant(on, lines)}", *here_, "line")
        if isinstance(happening, Says) and happening.known and happening.known not in known:
            yield fault(f"nobody knows {happening.known}{meant(happening.known, known)}", *here_, "known")
        if happening.after:
            sentence = _wrong_mark(happening.after, happenings, lines, known)
            if sentence:
                yield fault(sentence, *here_, "after")
        if isinstance(happening, Others) and happening.line is None and happening.event.do != "sign_in":
            yield fault("say on which call's incident this is done: line", *here_, "do")
    yield from (fault(*each) for each in _in_a_ring(exercise))
    yield from (fault(*each) for each in _too_early(exercise))
    for i, moment in enumerate(exercise.key):
        if moment.line not in lines:
            yield fault(f"there is no call {moment.line}{meant(moment.line, lines)}", "key", i, "line")


def _twice(exercise: Exercise, fault_at: "object") -> Iterator[BadInput]:
    assert callable(fault_at)
    groups: tuple[tuple[str, list[tuple[str, tuple[str | int, ...]]]], ...] = (
        ("person", [(p.id, ("people", i, "id")) for i, p in enumerate(exercise.people)]),
        ("happening", [(h.id, ("happenings", i, "id")) for i, h in enumerate(exercise.happenings)]),
        ("moment", [(m.id, ("key", i, "id")) for i, m in enumerate(exercise.key)]),
        (
            "known thing",
            [
                (k.id, ("people", i, "knows", j, "id"))
                for i, p in enumerate(exercise.people)
                for j, k in enumerate(p.knows)
            ],
        ),
    )
    for what, ids in groups:
        often = Counter(id_ for id_, _ in ids)
        seen: set[str] = set()
        for id_, path in ids:
            if often[id_] > 1 and id_ in seen:
                yield fault_at(f"the {what} {id_} is written twice", *path)
            seen.add(id_)


def _said(exercise: Exercise, known: str) -> bool:
    return any(isinstance(h, Says) and h.known == known for h in exercise.happenings)


def _wrong_mark(mark: str, happenings: set[str], lines: dict[str, Rings], known: set[str]) -> str:
    id_, _, what = mark.partition(":")
    if id_ not in happenings:
        return f"there is no happening {id_} to wait for{meant(id_, happenings)}"
    if not what:
        return ""
    if id_ not in lines:
        return f"{id_} is no call, so it has no {what}; wait for {id_} itself"
    if what.startswith("asked-"):
        return (
            ""
            if what[6:] in known
            else f"nobody knows {what[6:]}, so it cannot be asked for{meant(what[6:], known)}"
        )
    if what in OF_A_CALL or what.startswith("graded-"):
        return ""
    return f"a call has no {what}; it has {', '.join(OF_A_CALL)}, graded-GRADE and asked-KNOWN"


def _in_a_ring(exercise: Exercise) -> Iterator[tuple[str, str, int, str]]:
    """Happenings that wait for each other, so that none ever happens."""
    by_id: dict[str, tuple[int, Happening]] = {h.id: (i, h) for i, h in enumerate(exercise.happenings)}
    for i, happening in enumerate(exercise.happenings):
        seen = {happening.id}
        step: Happening = happening
        while step.after and (found := by_id.get(step.after.partition(":")[0])):
            if found[1].id in seen:
                if found[1].id == happening.id:
                    yield (
                        f"{happening.id} waits for itself, by way of what it waits for",
                        "happenings",
                        i,
                        "after",
                    )
                break
            seen.add(found[1].id)
            step = found[1]


def _too_early(exercise: Exercise) -> Iterator[tuple[str, str, int, str]]:
    """What lies before the start, and a stop before anybody can ring."""
    starts = exercise.starts.when(exercise.zone).at
    lines = exercise.lines
    waiting = [ring.after.partition(":")[0] for ring in lines.values() if ring.after]
    ringing = [ring.at.when(exercise.zone).at for ring in lines.values() if ring.at]
    # A call that waits for anything but another call may ring before the first that has a time.
    first = min(ringing) if ringing and all(mark in lines for mark in waiting) else starts
    for i, happening in enumerate(exercise.happenings):
        at = happening.at.when(exercise.zone).at if happening.at else None
        if at is not None and at < starts:
            yield f"{happening.id} lies before the start of the exercise", "happenings", i, "at"
        elif at is not None and isinstance(happening, Stops) and at < first:
            yield f"{happening.id} stops the exercise before anybody rings", "happenings", i, "at"
