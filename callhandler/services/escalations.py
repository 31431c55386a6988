"""Escalations as they fall due: each a log line and a task for a role, acknowledged by somebody named. No grade moves."""

from collections.abc import Iterable
from datetime import datetime

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.incident import LogKind, ResponseState
from callhandler.model.picture import Picture
from callhandler.rules import escalate, response
from callhandler.rules.escalate import ACKNOWLEDGED, HANDOVER
from callhandler.services import entries
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import pictures, tables
from callhandler.store.still_open import StillOpen
from callhandler.store.unit_of_work import reading

CLOCK = Actor(0, 0, "clock", "The clock", frozenset(), "")
"""Who writes what falls due by itself."""

TOLD_OF_SEARCH = "Tell the caller whether the search for the suspect goes on at the change of shift."


class Escalations:
    """What the clocks ask of roles, over all open incidents."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._open = StillOpen()

    def tick(self) -> tuple[int, ...]:
        """Record what has fallen due in any open incident and what was overtaken; the incidents that it touched.

        Any desk may do it, and as often as it likes: each occasion is recorded once.
        """
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            waiting = [
                incident_id
                for incident_id in self._open.ids(connection)
                if self._has_any(pictures.of_incident(connection, incident_id, now))
            ]
        return tuple(incident_id for incident_id in waiting if self.tick_one(incident_id))

    def tick_one(self, incident_id: int) -> bool:
        """The same for one incident; whether anything was recorded."""
        with work(self._office) as w:
            return fall_due(w, incident_id)

    def next_at(self, incident_id: int) -> datetime | None:
        """When the next escalation of an incident is due, if nothing is recorded meanwhile."""
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            picture = pictures.of_incident(connection, incident_id, now)
        return escalate.next_at(picture, self._office.policy)

    def acknowledge(
        self, actor: Actor, incident_id: int, task_ids: Iterable[int], named: str = "", words: str = ""
    ) -> None:
        """Record that somebody acknowledged escalations, or took over a list at a change of shift.

        Where the role needs a right, whoever acknowledges must hold it; else `named` says who answered.
        """
        require(actor, *DESK)
        policy = self._office.policy.responses
        with work(self._office) as w:
            picture = w.picture(incident_id)
            wanted = set(task_ids)
            found = [t for t in picture.tasks if t.id in wanted and not t.done and escalate.is_escalation(t)]
            if not found or len(found) < len(wanted):
                raise BadInput("This does not wait to be acknowledged here.", "task")
            for task in found:
                role = next((r for r in policy.roles if r.name == task.owner), None)
                right = Right(role.right) if role is not None and role.right else None
                if right is not None and right not in actor.rights:
                    raise NotAllowed(
                        f"This is for the {task.owner.lower()}, who acknowledges it at a desk of their own.",
                        [f"right:{right.value}"],
                    )
                who = line(
                    named, "Who acknowledges it", empty=right is not None or task.code.startswith(HANDOVER)
                )
                said = line(words, "The words", empty=True)
                outcome = f"{ACKNOWLEDGED} {who or actor.display}. {said}".strip()
                w.uow.append(tables.task_done, task_id=task.id, outcome=outcome, author=actor.display)
                entries.log(w, actor, incident_id, f"{task.owner}: {outcome}", LogKind.SYSTEM)

    def _has_any(self, picture: Picture) -> bool:
        policy = self._office.policy
        return bool(escalate.due(picture, policy) or escalate.overtaken(picture, policy))


def fall_due(w: Work, incident_id: int) -> bool:
    """Record what is due now in an incident, and what was overtaken, inside a transaction; whether there was any."""
    policy = w.office.policy
    any_over = False
    # What is overtaken may itself be what another rested on: a supervisor's silence ends with what they were asked.
    while over := escalate.overtaken(picture := w.picture(incident_id), policy):
        any_over = True
        for task in over:
            listed = task.code.startswith(HANDOVER)
            passed = "Not acknowledged; on the next list." if listed else "Overtaken, not acknowledged."
            w.uow.append(tables.task_done, task_id=task.id, outcome=passed, author=CLOCK.display)
    fresh = escalate.due(picture, policy)
    for found in fresh:
        _tell(w, picture, found)
    return any_over or bool(fresh)


def closed_by(w: Work, actor: Actor, picture: Picture) -> None:
    """Whoever closes an incident has taken it over from the shift before: nobody is left to do so."""
    for task in picture.tasks:
        if not task.done and task.code.startswith(HANDOVER):
            outcome = f"{ACKNOWLEDGED} {actor.display}, who closed it."
            w.uow.append(tables.task_done, task_id=task.id, outcome=outcome, author=actor.display)


def _tell(w: Work, picture: Picture, found: escalate.Planned) -> None:
    role = w.office.policy.responses.role_named(found.tell)
    entries.task(w, CLOCK, picture.here, found.code, found.text, role)
    if not found.code.startswith(HANDOVER):
        entries.log(w, CLOCK, picture.here, f"Escalated to the {role.lower()}: {found.text}.", LogKind.SYSTEM)
        return
    sought = response.sought(picture)
    searching = sought is not None and sought.state is not ResponseState.RESULTED
    if searching and not any(t.text == TOLD_OF_SEARCH and not t.done for t in picture.tasks):
        entries.task(w, CLOCK, picture.here, "tell-caller", TOLD_OF_SEARCH, _owner(picture))


def _owner(picture: Picture) -> str:
    """Whose the incident is; the dispatcher's while it is nobody's."""
    return picture.owner.owner if picture.owner else "Dispatcher"
