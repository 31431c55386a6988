"""The clocks of an incident: waiting, target, unresourced, untold, unacknowledged. All in UTC, all from records."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from callhandler.model.assessment import Decision, Gate
from callhandler.model.incident import (
    ARRIVED,
    HAS_IT,
    Call,
    CallOutcome,
    Direction,
    Move,
    Response,
    ResponseState,
    Target,
)
from callhandler.model.picture import Picture
from callhandler.policy.entries import Grade, Scheme
from callhandler.rules import merged


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks show at the picture's instant. A minute count is None where its clock does not run.

    `late` is by how many minutes whoever came was late.

    `records` holds, by the name of each clock, the record that it runs from: nothing confirmed before it settles it.
    """

    first_call: datetime | None
    calls_in: int
    unanswered_out: int
    waiting: int | None
    due: datetime | None
    overdue: int | None
    late: int | None
    state: ResponseState | None
    state_since: datetime | None
    unresourced: int | None
    untold_delay: int | None
    unacknowledged_move: int | None
    no_contact: int | None
    suspect_state: ResponseState | None
    records: dict[str, int] = field(default_factory=dict)


def read(picture: Picture, scheme: Scheme) -> Clocks:
    """Read every clock of the picture's incident. The clock of the person at risk runs from the first call to arrival."""
    now = picture.as_of
    inbound = _inbound(picture)
    unanswered = [
        c
        for c in picture.calls
        if c.incident_id in picture.whole
        and c.direction is Direction.OUT
        and c.outcome is CallOutcome.NO_ANSWER
    ]
    responses = of_target(picture, Target.AT_RISK)
    state = responses[-1] if responses else None
    came = arrival(picture)
    arrived = came.at if came else None
    waits = _waits(picture, inbound)
    first = waits[0].at if waits else (picture.incident.opened.at if picture.incident else None)
    end = arrived or now
    due = due_at(picture, scheme)
    overdue = _minutes(due, now) if due and not arrived and now > due else None
    unresourced = run_of(ResponseState.UNRESOURCED, responses)
    untold = _untold(picture, scheme, unresourced) if not arrived else None
    move = unacknowledged(picture)
    spoken = _last_spoken(picture)
    records = {
        "waiting": max(waits[0].id if waits else 0, _since_told(picture)),
        "overdue": max(picture.standing.id if picture.standing else 0, _since_told(picture)),
        "unresourced": unresourced.id if unresourced else 0,
        "untold_delay": untold[1] if untold else 0,
        "unacknowledged_move": move.id if move else 0,
        "no_contact": spoken.id if spoken else 0,
    }
    return Clocks(
        first_call=first,
        calls_in=len(inbound),
        unanswered_out=len(unanswered),
        waiting=_minutes(first, end) if first and not arrived else None,
        due=due,
        overdue=overdue,
        late=_minutes(due, arrived) if due and arrived and arrived > due else None,
        state=state.state if state else None,
        state_since=state.at if state else None,
        unresourced=_minutes(unresourced.at, now) if unresourced else None,
        untold_delay=_minutes(untold[0], now) if untold else None,
        unacknowledged_move=_minutes(move.at, now) if move else None,
        no_contact=_minutes(spoken.at, now) if spoken and not arrived else None,
        suspect_state=next(
            (r.state for r in reversed(picture.responses) if r.target is Target.SUSPECT), None
        ),
        records=records,
    )


def due_at(picture: Picture, scheme: Scheme) -> datetime | None:
    """When the standing grade's target ends, or None where nobody is sent or nothing stands.

    The target runs from the first call while the grade has stood since then; a later raise runs from its own instant;
    moving the incident, or choosing the same grade again, starts nothing anew. A raise never makes what was due any
    later: until somebody has come, the earlier of the two counts. What was due in an incident merged into this one stays
    due until somebody has come to its caller. Nor does lowering it and raising it again: a raise back
    runs from where the grade first stood, unless somebody came in between or it was closed with nothing in the way.
    """
    came = _own_arrival(picture)
    inside = [
        replace(
            picture, incident=b.incident, responses=b.responses, decisions=b.decisions, inside=(), beside=()
        )
        for b in merged.unmet(picture, came)
    ]
    found = [_due_of(p.decisions, p, scheme) for p in inside]
    # Whoever was here from the start is answered, while somebody merged into this still waits.
    own = None if came and inside else _due_of(picture.decisions, picture, scheme)
    return min((d for d in (own, *found) if d is not None), default=None)


def _due_of(decisions: Sequence[Decision], picture: Picture, scheme: Scheme) -> datetime | None:
    standing = decisions[-1] if decisions else None
    if standing is None or standing.closes:
        return None
    grade = grade_named(scheme, standing.grade)
    if grade is None or grade.target_minutes is None:
        return None
    first, start = _began(decisions, grade, picture)
    due = start + timedelta(minutes=grade.target_minutes)
    before = _due_of(decisions[:first], picture, scheme)
    return min(due, before) if before and not _came_by(start, picture) else due


def _began(decisions: Sequence[Decision], grade: Grade, picture: Picture) -> tuple[int, datetime]:
    """From which decision, and which instant, the newest one's grade has stood, or was first asked for and not met."""
    first = _first_of_run(decisions)
    start = decisions[first].at
    if not _came_by(start, picture):
        for place in reversed(range(first)):
            if decisions[place].closes and decisions[place].gate is Gate.NONE:
                break
            if decisions[place].rank <= decisions[-1].rank:
                first, start = place, decisions[place].at
    if first == 0 and grade.clock_from == "receipt":
        start = min([start, *(c.at for c in _inbound(picture))])
    return first, start


def _came_by(instant: datetime, picture: Picture) -> bool:
    """Whether somebody had come by then: an arrival at which nobody was met is none."""
    own = of_target(picture, Target.AT_RISK)
    return any(
        r.state in ARRIVED
        and r.at <= instant
        and not any(after.state is ResponseState.NO_REPLY for after in own[place + 1 : place + 2])
        for place, r in enumerate(own)
    )


def _first_of_run(decisions: Sequence[Decision]) -> int:
    """Which decision the newest one's grade has stood since, or a more urgent one."""
    first = len(decisions) - 1
    while first > 0 and decisions[first - 1].rank <= decisions[-1].rank:
        first -= 1
    return first


def _inbound(picture: Picture) -> list[Call]:
    """The calls in, of all that was merged into this incident as well, the earliest first."""
    calls = [c for c in picture.calls if c.incident_id in picture.whole and c.direction is Direction.IN]
    return sorted(calls, key=lambda c: (c.at, c.id))


def _waits(picture: Picture, inbound: list[Call]) -> list[Call]:
    """The calls of whoever waits: of all, or of those merged into this one once somebody has come to the others."""
    came = _own_arrival(picture)
    still = {b.incident.id for b in merged.unmet(picture, came)} if came is not None else set()
    return [c for c in inbound if c.incident_id in still] or inbound


def _since_told(picture: Picture) -> int:
    """The newest of what does not answer whoever waits of those merged into this one: the arrival, and the merge."""
    came = _own_arrival(picture)
    if came is None or not merged.unmet(picture, came):
        return 0
    return max([came.id, *(m.id for m in picture.merges)])


def arrival(picture: Picture) -> Response | None:
    """The response that has come to the person at risk; None while none has.

    A result answers what stood when it was recorded. What was raised after it waits for somebody to come again. Nor has
    anybody come while the caller of an incident merged into this one waits, of whom those at the scene were not told.
    """
    came = _own_arrival(picture)
    return None if came is not None and merged.unmet(picture, came) else came


def _own_arrival(picture: Picture) -> Response | None:
    own = of_target(picture, Target.AT_RISK)
    if not own or own[-1].state not in ARRIVED:
        return None
    decisions = picture.decisions
    if own[-1].state is ResponseState.RESULTED and decisions and not decisions[-1].closes:
        raised = decisions[_first_of_run(decisions)]
        if raised.target_minutes is not None and raised.id > own[-1].id:
            return None
    return own[-1]


def assign_due_at(picture: Picture, scheme: Scheme) -> datetime | None:
    """When somebody is to be set to it, by the scheme; None while somebody is, or where it is said that nobody can go.

    It runs from where the grade began to stand, and anew from where a response was lost: diverted, stood down, handed back.
    """
    standing = picture.standing
    grade = grade_named(scheme, standing.grade) if standing and not standing.closes else None
    minutes = next((a.minutes for a in scheme.allocations if grade and a.grade == grade.id), None)
    own = of_target(picture, Target.AT_RISK)
    if grade is None or minutes is None or (own and own[-1].state in (*HAS_IT, ResponseState.UNRESOURCED)):
        return None
    start = _began(picture.decisions, grade, picture)[1]
    had = [place for place, change in enumerate(own) if change.state in HAS_IT]
    lost = own[had[-1] + 1].at if had else start
    return max(start, lost) + timedelta(minutes=minutes)


def of_target(picture: Picture, target: Target) -> list[Response]:
    """The responses of one target, in order."""
    return [r for r in picture.responses if r.target is target]


def untold_at(picture: Picture, scheme: Scheme) -> datetime | None:
    """Since when something stands that the caller was not told of; None when nothing does, or somebody has come."""
    if arrival(picture) is not None:
        return None
    found = _untold(picture, scheme, run_of(ResponseState.UNRESOURCED, of_target(picture, Target.AT_RISK)))
    return found[0] if found else None


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


def run_of(state: ResponseState, responses: Sequence[Response]) -> Response | None:
    """The response that began the present run of a state; None when the newest state is another."""
    began: Response | None = None
    for response in reversed(responses):
        if response.state is not state:
            break
        began = response
    return began


def _untold(picture: Picture, scheme: Scheme, unresourced: Response | None) -> tuple[datetime, int] | None:
    """Since when something stands that the caller was not told of, and the newest record that it rests on.

    Each delay is told for itself: having been told of an earlier one does not stop the clock of a later one.
    """
    due = due_at(picture, scheme)
    told = [c for c in picture.confirmations if c.incident_id == picture.here and c.code == "caller-told"]
    last = max((c.known_at for c in told), default=None)
    began = [(unresourced.at, unresourced.id)] if unresourced else []
    if due and due < picture.as_of and picture.standing:
        began.append((due, picture.standing.id))
    open_ = [(at, record) for at, record in began if last is None or last < at]
    if not open_:
        return None
    return min(at for at, _ in open_), max([record for _, record in open_] + [c.id for c in told])


def _last_spoken(picture: Picture) -> Call | None:
    """The newest call in which somebody was spoken to; the first call in when there was none such."""
    here = [c for c in picture.calls if c.incident_id == picture.here]
    spoken = [c for c in here if c.outcome is CallOutcome.ANSWERED]
    return max(spoken, key=lambda c: (c.at, c.id)) if spoken else next(iter(here), None)


def unacknowledged(picture: Picture) -> Move | None:
    """The first sending to the room that has not yet acknowledged: sending it again starts nothing anew."""
    waiting = [m for m in picture.moves if m.room and not m.acknowledged]
    return next((m for m in waiting if m.room == waiting[-1].room), None)
