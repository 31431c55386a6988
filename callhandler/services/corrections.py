"""Putting right what is known: another type, a disclosure recorded in error, a link that is none, a lower level of risk.

Each may take away what a warning rests on, so each goes through the guard. Raising by any of them asks nothing.
"""

from collections.abc import Iterable

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.facts import Assessed
from callhandler.model.incident import LogKind
from callhandler.rules.changes import LEVELS, level_of
from callhandler.services import entries, wanted
from callhandler.services.door import Door, Outcome
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import tables


class Corrections:
    """What is known, put right."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._door = Door(office)

    def retype(
        self,
        actor: Actor,
        incident_id: int,
        incident_type: str,
        reason: str = "",
        qualifiers: Iterable[str] = (),
        uuid: str = "",
    ) -> Outcome:
        """Give the incident a type and its qualifiers; what was recorded before stays, and so do the warnings.

        An empty type keeps the present one. A type under which a standing warning would not be raised anew is a lowering.
        Raises BadInput for a type or a qualifier that the policy does not have.
        """
        make = wanted.retype(incident_type, tuple(qualifiers))
        return self._door.ask(actor, incident_id, make, reason, uuid)

    def retract(
        self, actor: Actor, incident_id: int, disclosure_id: int, reason: str, uuid: str = ""
    ) -> Outcome:
        """Take a disclosure back that was recorded in error. It stays on record, and is no longer read.

        A warning that rested on it alone is then settled by the retraction; nothing else is. Raises BadInput when the
        disclosure is not of this incident.
        """
        return self._door.ask(actor, incident_id, wanted.retract(disclosure_id), reason, uuid)

    def reject_link(
        self, actor: Actor, incident_id: int, linked_id: int, reason: str, uuid: str = ""
    ) -> Outcome:
        """Judge that a past incident does not belong here. Raises BadInput when it is not linked."""
        return self._door.ask(actor, incident_id, wanted.reject_link(linked_id), reason, uuid)

    def link(self, actor: Actor, incident_id: int, linked_id: int, reason: str = "") -> Assessment:
        """Judge that a past incident belongs here after all; it undoes a rejection and asks nothing."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            w.known(linked_id)
            found = next((r.incident for r in picture.rejected if r.incident.id == linked_id), None)
            name = f": {found.reference or found.opened.spoken()}" if found else ""
            w.uow.append(
                tables.link_judgement,
                incident_id=incident_id,
                linked_id=linked_id,
                verdict="linked",
                reason=line(reason, "The reason", empty=True),
                author=actor.display,
            )
            entries.log(w, actor, incident_id, f"Linked again{name}. {reason}".strip(), LogKind.SYSTEM)
            return w.reassess(incident_id)[1]

    def risk_level(
        self, actor: Actor, incident_id: int, person_id: int, level: str, reason: str = "", uuid: str = ""
    ) -> Outcome | Assessment:
        """Put somebody's risk at a level: standard, medium or high. Higher is recorded at once; lower is asked for.

        Returns the new assessment where it was raised or stays, else what became of the request.
        """
        require(actor, *DESK)
        if level not in LEVELS[1:]:
            raise BadInput(f"A level of risk is one of {', '.join(LEVELS[1:])}.", "level")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            if picture.person(person_id) is None:
                raise BadInput(f"Nobody numbered {person_id} is in this picture.", "person")
            before = level_of(picture, person_id)
            if LEVELS.index(level) < LEVELS.index(before):
                make = wanted.risk_level(person_id, level)
                return self._door.ask_within(w, actor, incident_id, make, reason, uuid)
            w.uow.append(
                tables.risk_assessment,
                incident_id=incident_id,
                person_id=person_id,
                done=Assessed.WITH_HER.value,
                level=level,
                level_before=before,
                note=line(reason, "The reason", empty=True),
            )
            name = picture.name_of(person_id)
            entries.log(w, actor, incident_id, f"Risk of {name}: {level}. {reason}".strip(), LogKind.SYSTEM)
            return w.reassess(incident_id)[1]
