"""What is held about the places around one: its building, the flats above and below, next door. Each history is its own."""

from dataclasses import dataclass
from datetime import datetime

from callhandler.model.actor import Actor
from callhandler.model.when import from_micros
from callhandler.services import entries
from callhandler.services.finding import places_around
from callhandler.services.office import DESK, Office, require, work
from callhandler.store import subjects
from callhandler.store.unit_of_work import reading

PURPOSE = "what is held around the place of a call"


@dataclass(frozen=True, slots=True)
class Near:
    """A place around another with incidents of its own: what it is to it, in words, whether sure, how many, the last."""

    place_id: int
    label: str
    relation: str
    sure: bool
    incidents: int
    last: datetime


class Surroundings:
    """Histories around a place, told apart from its own."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def around(self, actor: Actor, incident_id: int, place_id: int) -> tuple[Near, ...]:
        """The places around one of which incidents are held, the nearest to it first. That they were shown is recorded once.

        Empty where nothing is held, or where the address is not known well enough to tell what is around it.
        """
        require(actor, *DESK)
        with reading(self._office.engine) as connection:
            found = places_around(connection, place_id)
            every = [record for *_, records in found for record in records]
            held = subjects.incidents_at(connection, every) if found else {}
            near = tuple(
                Near(
                    one.place_id,
                    label,
                    one.words,
                    one.surety.value == "confirmed",
                    sum(held[r][0] for r in records),
                    from_micros(max(held[r][1] for r in records)),
                )
                for one, label, of in found
                if (records := of & held.keys())
            )
            shown = subjects.places_shown(connection, incident_id, PURPOSE) if near else frozenset()
        new = [one.place_id for one in near if one.place_id not in shown]
        if new:
            with work(self._office) as w:
                for one in new:
                    entries.opened_place(w, actor, incident_id, one, PURPOSE)
        return near
