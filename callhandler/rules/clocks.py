"""The clocks of an incident: waiting, target, unresourced, untold, unacknowledged. All in UTC, all from records."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from callhandler.model.assessment import Act, Decision
from callhandler.model.incident import CallOutcome, Direction, ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.policy.entries import Grade, Scheme

ARRIVED = (ResponseState.AT_SCENE, ResponseState.RESULTED)


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks show at the picture's instant. A minute count is None where its clock does not run."""

    first_call: datetime | None
    calls_in: int
    unanswered_out: int
    waiting: int | None
    due: datetime | None
    overdue: int | None
    state: ResponseState | None
    state_since: datetime | None
    unresourced: int | None
    untold_delay: int | None
    unacknowledged_move: int | None
    suspect_state: ResponseState | None


def read(picture: Picture, scheme: Scheme) -> Clocks:
    """Read every clock of the picture's incident. The clock of the person at risk runs from the first call to arrival."""
    now = picture.as_of
    inbound = [c for c in picture.calls if c.incident_id == picture.here and c.direction is Direction.IN]
    unanswered = [
        c
        for c in picture.calls
        if c.incident_id == picture.here
        and c.direction is Direction.OUT
        and c.outcome is CallOutcome.NO_ANSWER
    ]
    responses = [r for r in picture.responses if r.target is Target.AT_RISK]
    state = responses[-1] if responses else None
    arrived = state.at if state and state.state in ARRIVED else None
    first = inbound[0].at if inbound else (picture.incident.opened.at if picture.incident else None)
    end = arrived or now
    due = due_at(picture, scheme)
    overdue = _minutes(due, now) if due and not arrived and now > due else None
    unresourced_since = None
    if state and state.state is ResponseState.UNRESOURCED:
        run = [r for r in responses if r.state is not ResponseState.UNRESOURCED]
        unresourced_since = next(r.at for r in responses if not run or r.id > run[-1].id)
    return Clocks(
        first_call=first,
        calls_in=len(inbound),
        unanswered_out=len(unanswered),
        waiting=_minutes(first, end) if first and not arrived else None,
        due=due,
        overdue=overdue,
        state=state.state if state else None,
        state_since=state.at if state else None,
        unresourced=_minutes(unresourced_since, now) if unresourced_since else None,
        untold_delay=_untold(picture, due, now) if not arrived else None,
        unacknowledged_move=_unacknowledged(picture, now),
        suspect_state=next(
            (r.state for r in reversed(picture.responses) if r.target is Target.SUSPECT), None
        ),
    )


def due_at(picture: Picture, scheme: Scheme) -> datetime | None:
    """When the standing grade's target ends, or None where nobody is sent or nothing stands.

    The target runs from the first call while the grade has stood since then; a later raise runs from its own instant;
    moving the incident, or choosing the same grade again, starts nothing anew.
    """
    standing = picture.standing
    if standing is None or standing.act is Act.CLOSE:
        return None
    grade = grade_named(scheme, standing.grade)
    if grade is None or grade.target_minutes is None:
        return None
    first_of_run: Decision = standing
    for decision in reversed(picture.decisions):
        if decision.rank > standing.rank:
            break
        first_of_run = decision
    earliest = first_of_run.id == picture.decisions[0].id
    start = first_of_run.at
    if earliest and grade.clock_from == "receipt":
        inbound = [
            c.at for c in picture.calls if c.incident_id == picture.here and c.direction is Direction.IN
        ]
        start = min([start, *inbound])
    return start + timedelta(minutes=grade.target_minutes)


def grade_named(scheme: Scheme, name: str) -> Grade | None:
    """A scheme's grade by id or by shown name, whatever the capitals."""
    wanted = name.strip().casefold()
    return next((g for g in scheme.grades if wanted in (g.id.casefold(), g.name.casefold())), None)


def grade_of_rank(scheme: Scheme, rank: int) -> Grade | None:
    """A scheme's grade by rank."""
    return next((g for g in scheme.grades if g.rank == rank), None)


def rank_of_band(scheme: Scheme, band: str) -> int:
    """The rank that a floor in `band` means in this scheme: the least urgent grade at least as urgent as the band."""
    bands = ("immediate", "priority", "scheduled", "resolve")
    fitting = [g.rank for g in scheme.grades if bands.index(g.band) <= bands.index(band)]
    return max(fitting) if fitting else min(g.rank for g in scheme.grades)


def minutes_spoken(minutes: int) -> str:
    """Minutes as people say them: 44 min, 1 h 52 min."""
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def _minutes(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds() // 60))


def _untold(picture: Picture, due: datetime | None, now: datetime) -> int | None:
    told = [
        c.known_at for c in picture.confirmations if c.incident_id == picture.here and c.code == "caller-told"
    ]
    unresourced = [
        r.at for r in picture.responses if r.target is Target.AT_RISK and r.state is ResponseState.UNRESOURCED
    ]
    began = [*unresourced[-1:], *([due] if due and due <= now else [])]
    if not began or (told and max(told) >= min(began)):
        return None
    return _minutes(min(began), now)


def _unacknowledged(picture: Picture, now: datetime) -> int | None:
    waiting = [m for m in picture.moves if m.room and not m.acknowledged]
    return _minutes(waiting[-1].at, now) if waiting else None
