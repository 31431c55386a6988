"""Whom nobody has come to in what was merged into an incident: who is there may have been told of one caller only. Pure."""

from collections.abc import Iterable

from callhandler.model.incident import ARRIVED, HAS_IT, Incident, Move, Response, ResponseState, Target
from callhandler.model.people import Role
from callhandler.model.picture import Beside, Picture

TELL_UNIT = "tell-unit"
"""The task to tell those who are sent already of a caller who was merged in after them."""
SEEN = "person-seen-safe"


def unmet(picture: Picture, came: Response | None) -> tuple[Beside, ...]:
    """The incidents merged into this one whose caller still waits, `came` being the arrival in this one, if any."""
    return tuple(
        b
        for b in picture.beside
        if b.incident.id in picture.inside and _waited(b) and (came is None or not _came_to(b, picture, came))
    )


def who_waits(picture: Picture, incident_id: int) -> set[int]:
    """Who waits in an incident: those at risk; whoever rang while nobody is known to be."""
    roles = [(p.person_id, p.role) for p in picture.parties if p.incident_id == incident_id]
    accused = {person for person, role in roles if role is Role.SUSPECT}
    at_risk = {person for person, role in roles if role in (Role.AT_RISK, Role.CHILD)}
    return (at_risk or {person for person, role in roles if role is Role.CALLER}) - accused


def _waited(other: Beside) -> bool:
    """Whether its caller waited when it was merged: nobody had come, and it was not closed."""
    own = [r.state for r in other.responses if r.target is Target.AT_RISK]
    closed = bool(other.decisions) and other.decisions[-1].closes
    return not closed and (not own or own[-1] not in ARRIVED)


def going_to(picture: Picture) -> Move | None:
    """Where whoever waits in what was merged into this one is going, the newest told; None when nobody is on the way.

    Where this incident has those very people, what was told in it later counts.
    """
    own = max((m.id for m in picture.moves), default=0)
    going = [
        b.moves[-1]
        for b in unmet(picture, None)
        if b.moves and b.moves[-1].kind != "at" and not (_of_ours(b, picture) and b.moves[-1].id < own)
    ]
    return max(going, key=lambda m: m.id, default=None)


def _of_ours(other: Beside, picture: Picture) -> bool:
    """Whether those who wait in it wait in this one as well."""
    theirs = who_waits(picture, other.incident.id)
    return bool(theirs) and theirs <= who_waits(picture, picture.here)


def _found_at(incident: Incident, moves: Iterable[Move]) -> int | None:
    """Where somebody is to be found; None while it is not known, as when she is on her way."""
    place = incident.place_id
    for move in moves:
        place = move.place_id if move.kind == "at" else None
    return place


def _came_to(other: Beside, picture: Picture, came: Response) -> bool:
    """Whether an arrival here is one to its caller: the same people at the same place, seen since, or the unit was told."""
    theirs = who_waits(picture, other.incident.id)
    here = picture.incident
    came_at = _found_at(here, (m for m in picture.moves if m.id < came.id)) if here else None
    if came_at is not None and _found_at(other.incident, other.moves) == came_at and _of_ours(other, picture):
        return True
    merges = [m for m in picture.merges if m.into_id == picture.here and m.same]
    own = [m.id for m in merges if m.incident_id == other.incident.id]
    since = max(own or [m.id for m in merges], default=0)
    task = next((t for t in picture.tasks if t.code == TELL_UNIT and t.id > since), None)
    seen = {c.about_id for c in picture.confirmations if c.code == SEEN and c.id > since}
    return bool(task and task.done) or _sent_since(since, picture) or (bool(theirs) and theirs <= seen)


def _sent_since(merge: int, picture: Picture) -> bool:
    """Whether somebody was set to it after the merge: they were sent to all of it."""
    own = [r for r in picture.responses if r.target is Target.AT_RISK]
    before = (None, *(r.state for r in own))
    return any(
        r.id > merge
        and (r.state is ResponseState.ASSIGNED or (r.state in HAS_IT and before[place] not in HAS_IT))
        for place, r in enumerate(own)
    )
