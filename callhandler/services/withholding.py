"""Saying that an address must not be disclosed, and that it may be again: a record on a place, by whom and why."""

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.incident import LogKind
from callhandler.model.paper import Withheld
from callhandler.rules.identify import folded
from callhandler.services import entries
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import papers, subjects, tables
from callhandler.store.unit_of_work import reading


class Withholding:
    """Addresses that no paper holds. Nothing is deleted: lifting is a further record."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def withhold(
        self,
        actor: Actor,
        place: int | str,
        said_by: str,
        reason: str,
        *,
        incident_id: int | None = None,
        person_id: int | None = None,
    ) -> int:
        """Leave a place's address out of every paper from now on; returns the record. `place` is its id, name or address.

        Raises BadInput where no such place is known: a wrong name would leave nothing out.
        """
        return self._record(actor, place, "withheld", said_by, reason, incident_id, person_id)

    def lift(
        self, actor: Actor, place: int | str, said_by: str, reason: str, *, incident_id: int | None = None
    ) -> int:
        """Say that a place's address may be on papers again."""
        return self._record(actor, place, "lifted", said_by, reason, incident_id, None)

    def standing(self, actor: Actor) -> tuple[Withheld, ...]:
        """Every place whose address is withheld now."""
        require(actor, *DESK)
        with reading(self._office.engine) as connection:
            return papers.withheld_now(connection)

    def _record(
        self,
        actor: Actor,
        place: int | str,
        state: str,
        said_by: str,
        reason: str,
        incident_id: int | None,
        person_id: int | None,
    ) -> int:
        require(actor, *DESK)
        with work(self._office) as w:
            known = (
                subjects.places_called(w.uow.connection, folded(place))
                if isinstance(place, str)
                else (place,)
            )
            written = papers.written_of(w.uow.connection, known)
            if not written:
                raise BadInput(
                    f"No place is known here as {place}. Write it as the incident has it.", "place"
                )
            held = {row.place_id for row in papers.withheld_now(w.uow.connection)}
            if state == "lifted" and not held & set(written):
                raise BadInput("This address is not withheld.", "place")
            record = 0
            for place_id in sorted(written):
                record = w.uow.append(
                    tables.withheld,
                    place_id=place_id,
                    person_id=person_id,
                    incident_id=incident_id,
                    state=state,
                    said_by=line(said_by, "Who says so"),
                    reason=line(reason, "The reason"),
                    author=actor.display,
                )
            if incident_id is not None:
                # The address itself is not repeated: the log is read by more people than know it.
                what = "is left out of every paper" if state == "withheld" else "may be on papers again"
                entries.log(w, actor, incident_id, f"An address {what}: {reason}", LogKind.SYSTEM)
            return record
