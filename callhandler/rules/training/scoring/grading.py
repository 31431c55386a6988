"""The grade that stood, against the least that can be defended and all that experts accept; and how soon it stood."""

from collections.abc import Iterator

from callhandler.model.assessment import CLOSING
from callhandler.model.scoring import Area, Done, Item, State
from callhandler.rules.training.scoring.moment import Seen, evidence

_CLOSING = tuple(act.value for act in CLOSING)


def ranks(seen: Seen) -> dict[str, int]:
    """The scheme's ranks by grade; 1 is the most urgent."""
    return {g.id: g.rank for g in seen.policy.scheme.grades}


def closes(row: Done) -> bool:
    """Whether a row closes its incident."""
    return row.kind == "decision" and row.value("act") in _CLOSING


def standing(seen: Seen) -> Done | None:
    """The grade that stood when the moment ended: the last one given by then, in whichever call of the incident.

    A call that was closed without one sends nobody, as the least urgent grade does; `grade_of` says which that is.
    """
    given = [d for d in _all_given(seen) if d.at <= seen.until] or [d for d in seen.everybodys if closes(d)]
    return given[-1] if given else None


def grade_of(seen: Seen, row: Done) -> str:
    """The grade of a decision; of a closing the least urgent of the scheme."""
    order = ranks(seen)
    return max(order, key=lambda g: order[g]) if closes(row) else row.value("grade")


def items(seen: Seen) -> Iterator[Item]:
    """How the grade came out, when it stood, and each lowering that was asked for."""
    yield _grade(seen)
    yield _time(seen)
    for request in seen.rows("request"):
        rank = int(request.value("rank"))
        before = [d for d in _all_given(seen) if d.id < request.id]
        if before and rank > int(before[-1].value("rank")):
            made = any(
                d.value("request_id") == str(request.id) for d in seen.everybodys if d.kind == "decision"
            )
            what = f"A lowering to {_name(seen, request.value('grade'))} was asked for"
            yield Item(
                Area.GRADE,
                State.SHOWN,
                what + (" and made." if made else " and was not made."),
                at=request.at,
                seconds=seen.seconds(request.at),
                evidence=evidence(request),
            )


def accepted(seen: Seen, grade: str) -> State:
    """How one grade lies to the key: met, over or below."""
    order, key = ranks(seen), seen.key
    if grade == key.least or grade in key.accepted:
        return State.MET
    rank, least = order.get(grade, 99), order[key.least]
    if rank > least:
        return State.BELOW
    return State.MET if least - rank <= key.over else State.OVER


def _all_given(seen: Seen) -> list[Done]:
    """Every grade given on this incident, in whichever call."""
    return [
        d
        for d in seen.trace.done
        if d.kind == "decision" and d.incident == seen.incident and d.value("act") not in _CLOSING
    ]


def _given(seen: Seen) -> list[Done]:
    return [d for d in seen.everybodys if d.kind == "decision" and d.value("act") not in _CLOSING]


def _grade(seen: Seen) -> Item:
    last = standing(seen)
    least = _name(seen, seen.key.least)
    if last is None:
        return Item(
            Area.GRADE,
            State.MISSED,
            f"No grade was given; {least} is the least that can be defended.",
            seen.key.why,
            essential=True,
        )
    state = accepted(seen, grade_of(seen, last))
    own = "Closed without a grade" if closes(last) else f"{_name(seen, last.value('grade'))} stood"
    what = {
        State.MET: f"{own}. {least} is the least that can be defended.",
        State.OVER: f"{own}: more urgent than {least} by more than the limit of this exercise.",
        State.BELOW: f"{own}; {least} is the least that can be defended.",
    }[state]
    return Item(
        Area.GRADE,
        state,
        what,
        seen.key.why,
        last.at,
        seen.seconds(last.at),
        essential=True,
        evidence=evidence(last),
    )


def _time(seen: Seen) -> Item:
    """The first moment at which a grade stood that can be defended."""
    before = [
        d
        for d in seen.trace.done
        if d.kind == "decision" and d.incident == seen.incident and d.at < seen.answered_at
    ]
    if before and accepted(seen, before[-1].value("grade")) in (State.MET, State.OVER):
        return Item(
            Area.TIME,
            State.MET,
            "A grade that can be defended stood from the start.",
            at=seen.answered_at,
            seconds=0,
        )
    for given in _given(seen) or [d for d in seen.everybodys if closes(d)]:
        if accepted(seen, grade_of(seen, given)) in (State.MET, State.OVER):
            late = seen.late(given.at, seen.key.within)
            what = (
                f"The first grade that can be defended came {_spoken(seen.seconds(given.at))} after answering"
            )
            return Item(
                Area.TIME,
                State.LATE if late else State.MET,
                f"{what}; the key allows {seen.key.within} minutes." if late else f"{what}.",
                at=given.at,
                seconds=seen.seconds(given.at),
                evidence=evidence(given),
            )
    return Item(Area.TIME, State.MISSED, "No grade that can be defended stood in this call.", essential=True)


def _name(seen: Seen, grade: str) -> str:
    return next((g.name for g in seen.policy.scheme.grades if g.id == grade), grade or "none")


def _spoken(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
