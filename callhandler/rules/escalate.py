"""Who is to be told when something has gone on too long: what is due now, what is due next, what is overtaken. Pure.

An escalation is a task with a code of its own, made of the rule, what it rests on, and the change of shift where it is told
anew. The same code never comes twice, so the same occasion is never told twice. Nothing here reads or sets a floor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from callhandler.model.incident import ARRIVED, HAS_IT, ResponseState, Target, Task
from callhandler.model.picture import Picture
from callhandler.model.safety import Way
from callhandler.policy.entries import Scheme
from callhandler.policy.pack import Policy
from callhandler.policy.responding import Escalation
from callhandler.rules import clocks, promised, response
from callhandler.rules.joined import joined

CODE, HANDOVER = "escalate:", "handover:"
"""Tasks of these codes are acknowledged; they are not done."""

ACKNOWLEDGED = "Acknowledged by"
"""How the outcome of an escalation begins that somebody heard; what was overtaken, nobody did."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What an escalation rests on: a name that stays the same while it lasts, since when (UTC), and its words."""

    name: str
    since: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """An escalation that is due at `at` (UTC) unless what it rests on ends before. `tell` is a role's id."""

    code: str
    tell: str
    at: datetime
    text: str


def is_escalation(task: Task) -> bool:
    """Whether a task is acknowledged by whoever it is for, and not done by a handler."""
    return task.code.startswith((CODE, HANDOVER))


def is_heard(task: Task) -> bool:
    """Whether somebody acknowledged an escalation: overtaken is not heard."""
    return is_escalation(task) and task.done.startswith(ACKNOWLEDGED)


def planned(picture: Picture, policy: Policy) -> tuple[Planned, ...]:
    """Everything that is due or will be if nothing is recorded meanwhile, the earliest first."""
    standing = picture.standing
    if picture.incident is None or (standing is not None and standing.closes):
        return ()
    found = [p for rule in policy.pack.escalations for p in _of_rule(rule, picture, policy)]
    found += _handovers(picture, policy)
    return tuple(sorted(found, key=lambda p: (p.at, p.code)))


def due(picture: Picture, policy: Policy) -> tuple[Planned, ...]:
    """What is due at the picture's instant and was never recorded. Nothing that stands in the store is due again."""
    known = {t.code for t in picture.tasks}
    return tuple(p for p in planned(picture, policy) if p.at <= picture.as_of and p.code not in known)


def next_at(picture: Picture, policy: Policy) -> datetime | None:
    """When the next escalation is due, if nothing is recorded meanwhile; None when none is."""
    known = {t.code for t in picture.tasks}
    later = [p.at for p in planned(picture, policy) if p.at > picture.as_of and p.code not in known]
    return min(later, default=None)


def overtaken(picture: Picture, policy: Policy) -> tuple[Task, ...]:
    """Escalations that nobody acknowledged and that no longer hold: somebody went, came, answered or was told."""
    holds = {p.code for p in planned(picture, policy)}
    return tuple(t for t in picture.tasks if not t.done and is_escalation(t) and t.code not in holds)


def last_change(scheme: Scheme, now: datetime) -> datetime | None:
    """The newest change of shift at an instant (UTC); None where the scheme has none."""
    return max((c for c in _changes(scheme, now) if c <= now), default=None)


def next_change(scheme: Scheme, now: datetime) -> datetime | None:
    """The next change of shift (UTC)."""
    return min((c for c in _changes(scheme, now) if c > now), default=None)


def _changes(scheme: Scheme, now: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(scheme.time_zone)
    today = now.astimezone(zone).date()
    for day in (-1, 0, 1):
        for change in scheme.shifts.changes:
            yield datetime.combine(today + timedelta(days=day), change, zone).astimezone(now.tzinfo)


def _of_rule(rule: Escalation, picture: Picture, policy: Policy) -> Iterator[Planned]:
    standing = picture.standing
    grade = clocks.grade_named(policy.scheme, standing.grade) if standing else None
    if rule.bands and (grade is None or grade.band not in rule.bands):
        return
    for cause in _CAUSES[rule.on](picture, policy):
        text = rule.sentence.format(
            grade=grade.name if grade else "Not graded",
            since=_clock(cause.since, policy.scheme),
            words=cause.words,
        )
        code, at = f"{CODE}{rule.id}:{cause.name}", cause.since + timedelta(minutes=rule.minutes)
        changes = (last_change(policy.scheme, picture.as_of), next_change(policy.scheme, picture.as_of))
        later = [c for c in changes if c is not None and c > at] if rule.again_at_shift else []
        if not (later and later[0] <= picture.as_of):
            yield Planned(code, rule.tell, at, text)
        for change in later:
            yield Planned(
                f"{code}:{_stamp(change)}", rule.tell, change, f"{text}. Again at the change of shift"
            )


def _handovers(picture: Picture, policy: Policy) -> Iterator[Planned]:
    """At each change of shift the incident is on the list that the next shift takes over; only the newest list counts."""
    assert picture.incident is not None
    changes = (last_change(policy.scheme, picture.as_of), next_change(policy.scheme, picture.as_of))
    for change in (c for c in changes if c is not None and c > picture.incident.opened.at):
        text = " ".join(_handed_over(picture, policy, change))
        yield Planned(f"{HANDOVER}{_stamp(change)}", "next-shift", change, text)


def _handed_over(picture: Picture, policy: Policy, change: datetime) -> Iterator[str]:
    yield f"Change of shift at {_clock(change, policy.scheme)}: read it and take it over."
    # By whichever record of his the warning was given.
    picture = joined(picture)
    accused = response.suspects(picture)
    for warned in (w for w in picture.police_warnings if w.person_id in accused):
        yield f"Warning given to {picture.name_of(warned.person_id)} {warned.given.spoken_day()}: {warned.terms}"
    sought = response.sought(picture)
    if sought is not None and sought.state is not ResponseState.RESULTED:
        yield "The search for the suspect goes on; she is told whether it does."
    for promise in promised.running(picture):
        yield f"Promised by {_clock(promise.until, policy.scheme)}: {promise.words}"


# what each kind of cause rests on


def _unassigned(picture: Picture, policy: Policy) -> Iterator[Cause]:
    found = clocks.assign_due_at(picture, policy.scheme)
    if found is not None:
        yield Cause(_stamp(found), found)


def _unresourced(picture: Picture, policy: Policy) -> Iterator[Cause]:
    began = clocks.run_of(ResponseState.UNRESOURCED, clocks.of_target(picture, Target.AT_RISK))
    if began is not None:
        yield Cause(str(began.id), began.at)


def _reopened(picture: Picture, policy: Policy) -> Iterator[Cause]:
    found = response.reopened(picture, policy.responses)
    rule = policy.responses.rule(found.state) if found else None
    if found is not None and rule is not None:
        yield Cause(str(found.id), found.at, rule.name.lower())


def _overdue(picture: Picture, policy: Policy) -> Iterator[Cause]:
    found = clocks.due_at(picture, policy.scheme)
    if found is not None and clocks.arrival(picture) is None:
        yield Cause(_stamp(found), found)


def _untold(picture: Picture, policy: Policy) -> Iterator[Cause]:
    found = clocks.untold_at(picture, policy.scheme)
    if found is not None:
        yield Cause(_stamp(found), found)


def _move(picture: Picture, policy: Policy) -> Iterator[Cause]:
    found = clocks.unacknowledged(picture)
    if found is not None:
        yield Cause(str(found.id), found.at, found.room)


def _transfer(picture: Picture, policy: Policy) -> Iterator[Cause]:
    for sent in picture.transfers:
        if sent.way is Way.OUT and sent.received_at is None and sent.due is not None:
            yield Cause(str(sent.id), sent.due, sent.peer)


def _lower_there(picture: Picture, policy: Policy) -> Iterator[Cause]:
    """Acknowledged with a grade that is not the one it was passed with: both sides are told."""
    for sent in picture.transfers:
        if sent.way is Way.OUT and sent.received_at is not None and sent.their_grade:
            ours = clocks.grade_named(policy.scheme, sent.grade)
            theirs = clocks.grade_named(policy.scheme, sent.their_grade)
            if theirs is None or ours is None or theirs.rank > ours.rank:
                words = f"{sent.peer} graded it {sent.their_grade}, passed as {sent.grade or 'not graded'}"
                yield Cause(str(sent.id), sent.received_at, words)


def _request(picture: Picture, policy: Policy) -> Iterator[Cause]:
    newest = picture.requests[-1] if picture.requests else None
    standing = picture.standing
    if newest is None or newest.decided or newest.withdrawn or newest.agreements or not newest.ground:
        return
    if standing is None or newest.id > standing.id:
        yield Cause(str(newest.id), newest.at, newest.author)


def _promise(picture: Picture, policy: Policy) -> Iterator[Cause]:
    yield from (Cause(str(p.id), p.until, p.words) for p in promised.running(picture))


def _plan(picture: Picture, policy: Policy) -> Iterator[Cause]:
    newest = picture.plans[-1] if picture.plans else None
    now = response.newest(picture.responses, Target.AT_RISK)
    if newest is not None and not (now is not None and now.state in ARRIVED):
        yield Cause(str(newest.id), newest.until, newest.agreed)


def _suspect(picture: Picture, policy: Policy) -> Iterator[Cause]:
    own = clocks.of_target(picture, Target.SUSPECT)
    idle = []
    for change in reversed(own):
        if change.state in HAS_IT:
            break
        idle.append(change)
    if idle:
        yield Cause(str(idle[-1].id), idle[-1].at)


def _unanswered(picture: Picture, policy: Policy) -> Iterator[Cause]:
    own = policy.responses.role_named("supervisor")
    for task in picture.tasks:
        if not task.done and task.code.startswith(CODE) and task.owner == own:
            yield Cause(str(task.id), task.at, task.text)


_CAUSES = {
    "unassigned": _unassigned,
    "unresourced": _unresourced,
    "reopened": _reopened,
    "overdue": _overdue,
    "untold": _untold,
    "move": _move,
    "transfer": _transfer,
    "lower_there": _lower_there,
    "request": _request,
    "promise": _promise,
    "plan": _plan,
    "suspect": _suspect,
    "unanswered": _unanswered,
}


def _stamp(at: datetime) -> str:
    return f"{int(at.timestamp())}"


def _clock(at: datetime, scheme: Scheme) -> str:
    return f"{at.astimezone(ZoneInfo(scheme.time_zone)):%H:%M}"
