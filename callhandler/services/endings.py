"""Ending or putting off a response: an appointment, a cancelling on request, a result, a transfer to others.

Each leaves somebody at risk without a unit on the way now, so each goes through the guard. Who was seen or spoken to is
recorded by `services.contacts`; with that, or with a rationale, it may end.
"""

from datetime import datetime

from callhandler.model.actor import Actor
from callhandler.services import wanted
from callhandler.services.door import Door, Outcome
from callhandler.services.office import Office


class Endings:
    """Appointments, cancelling, results, transfers."""

    def __init__(self, office: Office) -> None:
        self._door = Door(office)

    def appoint(
        self,
        actor: Actor,
        incident_id: int,
        at: datetime,
        reason: str = "",
        grade: str = "",
        uuid: str = "",
    ) -> Outcome:
        """Put an appointment at `at` (with its zone) in the place of a response now; a task with that time is opened."""
        return self._door.ask(actor, incident_id, wanted.appoint(at, grade), reason, uuid)

    def cancel(self, actor: Actor, incident_id: int, reason: str = "", uuid: str = "") -> Outcome:
        """Cancel because the caller asks for it. The asking itself is no ground: it may be made under pressure."""
        return self._door.ask(actor, incident_id, wanted.cancel(), reason, uuid)

    def result(
        self, actor: Actor, incident_id: int, note: str = "", reason: str = "", uuid: str = ""
    ) -> Outcome:
        """Record that the response is over. Where something was raised and nobody at risk was seen, it needs its gate."""
        return self._door.ask(actor, incident_id, wanted.result(note), reason, uuid)

    def hand_on(
        self,
        actor: Actor,
        incident_id: int,
        to: str,
        grade: str = "",
        reason: str = "",
        uuid: str = "",
    ) -> Outcome:
        """Decide at which grade the incident goes to another room or force; without one, at the grade that stands.

        This is the guard's side alone: the sending, its words and its receipt are recorded by whoever moves incidents.
        A lower grade than the one that stands, or than the floor, is a lowering.
        """
        return self._door.ask(actor, incident_id, wanted.transfer(to, grade), reason, uuid)
