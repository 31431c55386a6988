"""One clock for the person at risk: across her calls, places, rooms and the live incidents that are about her. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callhandler.model.assessment import Gate
from callhandler.model.incident import CallOutcome, Direction, Incident, Response, Target
from callhandler.model.people import Role
from callhandler.model.picture import Beside, Picture
from callhandler.policy.entries import Scheme
from callhandler.rules.clocks import ARRIVED, due_at

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Since when she waits (UTC) and for how many minutes; None once somebody has come, or before anybody has rung.

    `missed_since` is when the first target was missed; `incidents` are those that the clock runs over, this one first.
    """

    since: datetime | None
    minutes: int | None
    calls: int
    unanswered: int
    missed_since: datetime | None
    incidents: tuple[int, ...]


def read(picture: Picture, scheme: Scheme) -> Waiting:
    """Read the clock: from her first call in any incident where nobody has come yet, to an arrival here.

    Moving it, opening another, or closing one against what stands does not stop it: only an arrival does.
    """
    here = picture.here
    if picture.incident is None:
        return Waiting(None, None, 0, 0, None, ())
    followed = (here, *(b.incident.id for b in picture.beside if _hers(b, picture)))
    calls = [c for c in picture.calls if c.incident_id in followed]
    inbound = [c.at for c in calls if c.direction is Direction.IN]
    unanswered = [c for c in calls if c.direction is Direction.OUT and c.outcome is CallOutcome.NO_ANSWER]
    came = _came(picture.responses)
    since = min(inbound) if inbound else None
    missed = (
        [] if came else [due for i in followed if (due := _due(picture, i, scheme)) and due < picture.as_of]
    )
    runs = since is not None and not came
    return Waiting(
        since=since,
        minutes=int((picture.as_of - since).total_seconds() // 60) if since and runs else None,
        calls=len(inbound),
        unanswered=len(unanswered),
        missed_since=min(missed, default=None),
        incidents=followed,
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another live incident in which she waits, since her first call there (UTC); `missed_since` when its target is past."""

    incident: Incident
    since: datetime
    missed_since: datetime | None


def elsewhere(picture: Picture, scheme: Scheme) -> tuple[Elsewhere, ...]:
    """The other live incidents that the clock runs over, each by itself; none once somebody has come here."""
    if picture.incident is None or _came(picture.responses):
        return ()
    found = []
    for other in (b.incident for b in picture.beside if _hers(b, picture)):
        rang = (c.at for c in picture.calls if c.incident_id == other.id and c.direction is Direction.IN)
        due = _due(picture, other.id, scheme)
        missed = due if due and due < picture.as_of else None
        found.append(Elsewhere(other, min(rang, default=other.opened.at), missed))
    return tuple(found)


def _hers(other: Beside, picture: Picture) -> bool:
    """Whether she waits in that incident too: the same person at risk, within a day, and nobody has come."""
    mine, theirs = _waiting_in(picture, picture.here), _waiting_in(picture, other.incident.id)
    assert picture.incident is not None
    apart = abs(picture.incident.opened.at - other.incident.opened.at)
    return bool(mine & theirs) and apart <= DAY and not _came(other.responses) and _awaited(other)


def _waiting_in(picture: Picture, incident_id: int) -> set[int]:
    """Who waits in an incident: those at risk; whoever rang while nobody is known to be."""
    roles = [(p.person_id, p.role) for p in picture.parties if p.incident_id == incident_id]
    accused = {person for person, role in roles if role is Role.SUSPECT}
    at_risk = {person for person, role in roles if role in (Role.AT_RISK, Role.CHILD)}
    return (at_risk or {person for person, role in roles if role is Role.CALLER}) - accused


def _awaited(other: Beside) -> bool:
    """Whether somebody was to come: not where nobody is sent, nor where it was closed with nothing standing in the way."""
    if not other.decisions:
        return True
    newest = other.decisions[-1]
    if newest.closes:
        return newest.gate is not Gate.NONE
    return newest.target_minutes is not None


def _came(responses: tuple[Response, ...]) -> bool:
    newest = [r.state for r in responses if r.target is Target.AT_RISK]
    return bool(newest) and newest[-1] in ARRIVED


def _due(picture: Picture, incident_id: int, scheme: Scheme) -> datetime | None:
    if incident_id == picture.here:
        return due_at(picture, scheme)
    other = next(b for b in picture.beside if b.incident.id == incident_id)
    return due_at(
        replace(picture, incident=other.incident, responses=other.responses, decisions=other.decisions),
        scheme,
    )
