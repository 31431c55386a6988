"""Two incidents that are one: worked on in one of them from then on, as a judgement that can be undone."""

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.incident import LogKind
from callhandler.services import entries, wanted
from callhandler.services.door import Door, Outcome
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import tables


class Merges:
    """Merging incidents, and parting them again."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._door = Door(office)

    def merge(
        self, actor: Actor, incident_id: int, into_id: int, reason: str = "", uuid: str = ""
    ) -> Outcome:
        """Judge that an incident is the same as another and is worked on there.

        Its own grade stays on record; the other's stands. Where that is lower than its grade or its floor, this is a
        lowering. The other incident takes over every warning. Raises BadInput when the other one is not open.
        """
        return self._door.ask(actor, incident_id, wanted.merge(into_id), reason, uuid)

    def part(self, actor: Actor, incident_id: int, reason: str) -> None:
        """Undo a merge: the incident is its own again, at the grade it had. It lowers nothing and asks nothing.

        The other incident keeps the warnings that it took over, until something settles them.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            into = picture.merged_into
            if into is None:
                raise BadInput("This incident is merged into no other.", "merge")
            w.uow.append(
                tables.incident_merge,
                incident_id=incident_id,
                into_id=into,
                authority_id=None,
                verdict="not_same",
                reason=line(reason, "The reason"),
                author=actor.display,
            )
            for each in (incident_id, into):
                entries.log(w, actor, each, f"Parted again: not the same. {reason}", LogKind.SYSTEM)
                w.reassess(each)
