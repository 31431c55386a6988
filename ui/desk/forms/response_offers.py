"""What the forms about the response offer to choose from: promises that run, what was escalated, what a line promised."""

from callhandler.model.incident import Task
from callhandler.model.people import Role
from callhandler.model.safety import Way
from callhandler.rules import escalate, promised
from callhandler.rules.escalate import HANDOVER
from callhandler.services.desk import View
from ui.common import words
from ui.common.words import tr
from ui.desk.controller import DeskController

LINES = 3
"""So many of the newest lines of the log are looked through for a promise."""


def told_and_open(view: View) -> tuple[Task, ...]:
    """Escalations, and lists of a change of shift, that nobody has acknowledged."""
    return tuple(t for t in view.picture.tasks if not t.done and escalate.is_escalation(t))


class ResponseOffers:
    """The choices that the open incident gives, read when a form is opened."""

    def __init__(self, desk: DeskController) -> None:
        self._desk = desk

    def people(self) -> list[tuple[str, str]]:
        """Everybody in the picture, those at risk first."""
        view = self._desk.view
        if view is None:
            return []
        first = view.picture.with_role(Role.AT_RISK, Role.CALLER)
        found = sorted(view.picture.people, key=lambda p: first.index(p.id) if p.id in first else len(first))
        return [(f"#{p.id}", p.name) for p in found]

    def caller(self) -> str:
        """With whom a plan is most likely agreed."""
        view = self._desk.view
        found = view.picture.with_role(Role.CALLER) if view else ()
        return f"#{found[-1]}" if found else ""

    def name_of(self, chosen: str) -> str:
        """A person's name, chosen or as it was typed."""
        view = self._desk.view
        if view is not None and chosen.startswith("#") and chosen[1:].isdigit():
            return view.picture.name_of(int(chosen[1:]))
        return chosen

    def promises(self) -> list[tuple[str, str]]:
        """The promises that run, the first due first."""
        view = self._desk.view
        running = promised.running(view.picture) if view else ()
        return [(str(p.id), f"{words.clock(p.until)} · {p.words}") for p in running]

    def promise_heard(self) -> str:
        """The promise that one of the newest lines seems to hold, if it is not recorded."""
        view = self._desk.view
        if view is None:
            return ""
        known = {p.words for p in view.picture.promises}
        own = [e for e in view.picture.log if e.incident_id == view.picture.here and e.kind == "note"]
        heard = (promised.heard(e.text, e.at) for e in reversed(own[-LINES:]))
        return next((h.words for h in heard if h is not None and h.words not in known), "")

    def sent(self) -> list[tuple[str, str]]:
        """The transfers to other forces that nobody there has acknowledged, the newest first."""
        view = self._desk.view
        out = [t for t in view.picture.transfers if t.way is Way.OUT] if view else []
        return [(str(t.id), f"{t.peer}, {words.clock(t.at)}") for t in reversed(out) if t.received_at is None]

    def escalated(self) -> list[tuple[str, str]]:
        """What waits to be acknowledged: all of a role together first, then each."""
        view = self._desk.view
        waiting = told_and_open(view) if view else ()
        roles = dict.fromkeys(t.owner for t in waiting)
        together = []
        for role in roles:
            own = [t for t in waiting if t.owner == role]
            if len(own) > 1:
                ids = ",".join(str(t.id) for t in own)
                together.append((ids, tr("{role}: all {n}").format(role=role, n=len(own))))
        each = [
            (str(t.id), f"{t.owner}: {t.text}")
            for t in sorted(waiting, key=lambda t: t.code.startswith(HANDOVER))
        ]
        return [*together, *each]
