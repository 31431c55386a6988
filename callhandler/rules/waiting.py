"""One clock for the person at risk: across her calls, places, rooms and the live incidents that are about her. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callhandler.model.assessment import Gate
from callhandler.model.incident import ARRIVED, CallOutcome, Direction, Incident, Response, Target
from callhandler.model.picture import Beside, Picture
from callhandler.policy.entries import Scheme
from callhandler.rules import merged
from callhandler.rules.clocks import due_at
from callhandler.rules.merged import who_waits

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
    still = _still_waiting(picture)
    hers = (b.incident.id for b in picture.beside if _hers(b, picture) and b.incident.id not in still)
    followed = (here, *hers, *still)
    calls = [c for c in picture.calls if c.incident_id in followed]
    came = _came(picture.responses) and not still
    only = still if _came(picture.responses) and still else followed
    inbound = [c.at for c in calls if c.direction is Direction.IN and c.incident_id in only]
    unanswered = [c for c in calls if c.direction is Direction.OUT and c.outcome is CallOutcome.NO_ANSWER]
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
    """The other live incidents that the clock runs over, each by itself: not those merged into this one.

    None once somebody has come here.
    """
    if picture.incident is None or _came(picture.responses):
        return ()
    found = []
    apart = (b for b in picture.beside if b.incident.id not in picture.inside)
    for other in (b.incident for b in apart if _hers(b, picture)):
        rang = (c.at for c in picture.calls if c.incident_id == other.id and c.direction is Direction.IN)
        due = _due(picture, other.id, scheme)
        missed = due if due and due < picture.as_of else None
        found.append(Elsewhere(other, min(rang, default=other.opened.at), missed))
    return tuple(found)


def _still_waiting(picture: Picture) -> tuple[int, ...]:
    """The incidents merged into this one whose caller nobody has come to, those at the scene not having been told."""
    own = [r for r in picture.responses if r.target is Target.AT_RISK]
    came = own[-1] if own and own[-1].state in ARRIVED else None
    return tuple(b.incident.id for b in merged.unmet(picture, came)) if came is not None else ()


def _hers(other: Beside, picture: Picture) -> bool:
    """Whether she waits in that incident too: the same person at risk, within a day, and nobody has come."""
    mine, theirs = who_waits(picture, picture.here), who_waits(picture, other.incident.id)
    assert picture.incident is not None
    apart = abs(picture.incident.opened.at - other.incident.opened.at)
    return bool(mine & theirs) and apart <= DAY and not _came(other.responses) and _awaited(other)


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
