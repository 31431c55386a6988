"""Rows that many acts write: a log line, a consultation, a task. Each is part of somebody's transaction."""

from datetime import datetime

from callhandler.model.actor import Actor
from callhandler.model.incident import LogKind
from callhandler.model.picture import Picture
from callhandler.services.office import Work, line
from callhandler.store import tables


def log(
    w: Work, actor: Actor, incident_id: int, text: str, kind: LogKind, author: str = "", uuid: str = ""
) -> int:
    """Append one line to an incident's log, as part of its newest call; returns its id."""
    extra = {"uuid": uuid} if uuid else {}
    return w.uow.append(
        tables.log_entry,
        incident_id=incident_id,
        call_id=w.uow.current_call(incident_id),
        kind=kind.value,
        text=line(text, "The line"),
        author=author or actor.display,
        happened_at=w.uow.now,
        **extra,
    )


def consulted(
    w: Work,
    actor: Actor,
    what: str,
    purpose: str,
    *,
    incident_id: int | None = None,
    person_id: int | None = None,
    place_id: int | None = None,
) -> None:
    """Record that something was looked at: who did, what, and why (DPA 2018 s.62)."""
    w.uow.append(
        tables.consultation,
        user_id=actor.user_id,
        person_id=person_id,
        place_id=place_id,
        incident_id=incident_id,
        what=what,
        purpose=purpose,
    )


def opened_history(w: Work, actor: Actor, incident_id: int | None, person_id: int, purpose: str) -> None:
    """Record that a person's history was opened: who looked at whom, and why."""
    consulted(w, actor, "linked history", purpose, incident_id=incident_id, person_id=person_id)


def opened_place(
    w: Work, actor: Actor, incident_id: int | None, place_id: int | None, purpose: str = "call taken"
) -> None:
    """Record that a place's history was opened; nothing without a place."""
    if place_id is not None:
        consulted(w, actor, "history of the place", purpose, incident_id=incident_id, place_id=place_id)


def opened_incident(w: Work, actor: Actor, incident_id: int, purpose: str) -> None:
    """Record that an incident was opened to be read: by whom and why."""
    consulted(w, actor, "incident", purpose, incident_id=incident_id)


def searched(w: Work, actor: Actor, line_: str, shown: int, purpose: str) -> None:
    """Record that somebody looked for these words, and how many results stood before them."""
    consulted(w, actor, f"search, {shown} shown: {line_}", purpose)


def listed_twice(w: Work, actor: Actor, shown: int, which: str, purpose: str) -> None:
    """Record that proposals of who may stand twice were listed: how many, which of them, and why."""
    consulted(w, actor, f"who may stand twice, {shown} shown: {which}", purpose)


def task(
    w: Work,
    actor: Actor,
    incident_id: int,
    code: str,
    text: str,
    owner: str = "",
    due: datetime | None = None,
) -> int:
    """Open a task, of the actor's own where no other owner is named; returns its id."""
    return w.uow.append(
        tables.task,
        incident_id=incident_id,
        code=code,
        text=text,
        owner=owner or actor.display,
        due_at=due,
    )


def current_call(picture: Picture) -> int | None:
    """The newest call of the incident: what is taken down now belongs to it."""
    here = [c.id for c in picture.calls if c.incident_id == picture.here]
    return here[-1] if here else None


def plain(code: str) -> str:
    """A code in words."""
    return code.replace("-", " ").replace("_", " ")
