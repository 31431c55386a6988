"""Who at risk was seen or spoken to: without it what raised something neither closes nor waits without a rationale.

For a form: one `record` for each person at risk, from the choices of `policy.pack.contacts`. What counts is the policy's to
say; one that does not count is kept as well, and its reason comes back to be shown in its place. Whoever has still to be
seen is in `Ruling.unseen` of the closing's ruling; it is empty once all were.
"""

from dataclasses import dataclass
from typing import Literal

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.incident import LogKind
from callhandler.model.picture import Picture
from callhandler.rules import contact
from callhandler.services import entries
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import subjects, tables

Known = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Met:
    """A contact as taken down. `person` is an id of the picture; None for somebody at risk who is not named.

    `by_name` names who saw her or spoke to her, as that person is known: a collar number, a name, a ward.
    """

    person: int | None
    how: Literal["seen", "spoken_to"]
    identified: str
    alone: Known
    free: Known
    seen_by: str
    by_name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A contact kept. `why_not` says why it does not count; empty when it does."""

    contact_id: int
    why_not: str


class Contacts:
    """Contacts with people at risk. A contact settles no warning and touches no grade."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def record(self, actor: Actor, incident_id: int, met: Met, uuid: str = "") -> Recorded:
        """Keep a contact. Doing it again with the same `uuid` does nothing more.

        Raises BadInput for a choice that the policy does not have, for a person who is not in the picture, and where it is
        not said who by name saw or spoke to her.
        """
        require(actor, *DESK)
        table = self._office.policy.pack.contacts
        for given, choices, where in (
            (met.identified, table.identified, "identified"),
            (met.seen_by, table.seen_by, "seen_by"),
        ):
            if given not in {c.id for c in choices}:
                raise BadInput(f"The policy does not know {given[:200] or 'an empty choice'}.", where)
        why_not = contact.fault_of(table, met.how, met.identified, met.alone, met.free, met.seen_by)
        with work(self._office) as w:
            if uuid and (landed := subjects.contact_kept(w.uow.connection, uuid)):
                return Recorded(landed, why_not)
            picture = w.picture(incident_id)
            if met.person is not None and picture.person(met.person) is None:
                raise BadInput(f"Nobody numbered {met.person} is in this picture.", "person")
            by_name = line(met.by_name, "The name of whoever saw her or spoke to her")
            words = line(met.words, "The words", empty=True)
            extra = {"uuid": uuid} if uuid else {}
            name = picture.name_of(met.person)
            said = "seen" if met.how == "seen" else "spoken to"
            alone = {"yes": "alone", "no": "not alone", "unknown": "not known whether alone"}[met.alone]
            counts = f" It does not count: {why_not}" if why_not else ""
            entries.log(
                w,
                actor,
                incident_id,
                f"{name} {said} by {by_name}, {alone}.{counts} {words}".strip(),
                LogKind.CHECK,
            )
            kept: dict[str, object] = {
                "incident_id": incident_id,
                "how": met.how,
                "identified": met.identified,
                "alone": met.alone,
                "free": met.free,
                "seen_by": met.seen_by,
                "by_name": by_name,
                "words": words,
                "counts": not why_not,
                "why_not": why_not,
                "author": actor.display,
            }
            contact_id = w.uow.append(tables.contact, person_id=met.person, **kept, **extra)
            for record in _also_here(picture, met.person):
                w.uow.append(tables.contact, person_id=record, **kept)
        return Recorded(contact_id, why_not)


def _also_here(picture: Picture, person: int | None) -> list[int]:
    """The other records of whoever was met that are put down here: the database asks for a contact with each."""
    if person is None:
        return []
    here = {p.person_id for p in picture.parties if p.incident_id == picture.here}
    here |= {d.harmed_id for d in picture.disclosures if d.incident_id == picture.here and d.harmed_id}
    return sorted((picture.records_of(person) & here) - {person})
