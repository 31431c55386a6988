"""Judging that two records are, or are not, of the same person or place; and undoing it by a further judgement."""

from dataclasses import dataclass, replace

from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment, Ruling, Tier
from callhandler.model.facts import Marker
from callhandler.model.incident import Incident, LogKind
from callhandler.model.order import Order
from callhandler.model.picture import Picture
from callhandler.model.sameness import KINDS, SameAs, Sameness, counting
from callhandler.rules import changes, history
from callhandler.services import entries, wanted
from callhandler.services.as_one import open_incidents_of
from callhandler.services.door import Door, Outcome
from callhandler.services.office import DESK, Office, Work, line, require, work
from callhandler.store import pictures, subjects, tables
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True)
class Parting:
    """What undoing a judgement would take away here, before anybody asks for it. `ruling` says what it needs.

    `incidents`, `orders` and `markers` are those that would no longer be shown.
    """

    judged: SameAs
    incidents: tuple[Incident, ...]
    orders: tuple[Order, ...]
    markers: tuple[Marker, ...]
    ruling: Ruling


class Judgements:
    """Records read as one, and kept apart. Every judgement is kept; the newest of a pair counts."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._door = Door(office)

    def same(
        self,
        actor: Actor,
        incident_id: int,
        kind: str,
        one: int,
        other: int,
        reason: str = "",
        uuid: str = "",
    ) -> Outcome | Assessment:
        """Judge two records to be of the same person or place: what is known of either is known of both.

        It asks nothing and returns the new assessment; but where a warning would no longer be raised by it, it goes
        through the guard and returns what became of that. Raises BadInput where there are no two such records; Refused
        where somebody at risk were made one with the suspect, or another open incident would lose a warning.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            supposed = self._supposed(w, actor, incident_id, kind, one, other, Sameness.SAME, reason)
            return self._add(w, actor, incident_id, supposed, uuid)

    def not_same(
        self, actor: Actor, incident_id: int, kind: str, one: int, other: int, reason: str, uuid: str = ""
    ) -> Outcome:
        """Judge two records not to be of the same, whoever else may be the same as both. It goes through the guard."""
        require(actor, *DESK)
        with work(self._office) as w:
            supposed = self._supposed(w, actor, incident_id, kind, one, other, Sameness.NOT_SAME, reason)
            make = wanted.judge_records(supposed)
            return self._door.ask_within(w, actor, incident_id, make, reason, uuid)

    def accept_within(
        self, w: Work, actor: Actor, incident_id: int, kind: str, one: int, other: int, reason: str
    ) -> str:
        """Judge two records to be of one person or place, inside the transaction that takes a call; empty when it was done.

        A call is recorded whatever comes of this: where the two cannot simply be read as one, why is returned and logged,
        and they stay apart.
        """
        supposed = self._supposed(w, actor, incident_id, kind, one, other, Sameness.SAME, reason)
        try:
            loses = self._checked(w, incident_id, supposed)
        except Refused as refused:
            why = str(refused)
        else:
            if not loses:
                self._record(w, actor, incident_id, supposed)
                return ""
            why = "A warning would no longer be raised by it."
        entries.log(w, actor, incident_id, f"Not judged to be the same. {why}", LogKind.SYSTEM)
        return why

    def parting(self, actor: Actor, incident_id: int, judgement_id: int) -> Parting:
        """What undoing a judgement would take away and need. Writes nothing. Raises BadInput where it counts no longer."""
        require(actor, *DESK)
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            picture = pictures.of_incident(connection, incident_id, now)
            found = _counting(picture, judgement_id)
            gone = replace(found, id=picture.upto + 1, verdict=_ended(found))
            parted = pictures.of_incident(connection, incident_id, now, None, (gone,))
        left = {i.id for i in (*parted.linked, *parted.apart.incidents)}
        orders, markers = {o.id for o in parted.orders}, {m.id for m in parted.markers}
        return Parting(
            judged=found,
            incidents=tuple(i for i in picture.linked if i.id not in left),
            orders=tuple(o for o in picture.orders if o.id not in orders),
            markers=tuple(m for m in picture.markers if m.id not in markers),
            ruling=self._door.probe(actor, incident_id, wanted.judge_records(gone)),
        )

    def undo(
        self, actor: Actor, incident_id: int, judgement_id: int, reason: str, uuid: str = ""
    ) -> Outcome | Assessment:
        """Say nothing any longer of two records that were judged. Parting two again goes through the guard.

        Two that were read as one by a name alone are kept apart from then on: somebody says that it is somebody else.
        Returns the new assessment where nothing is parted by it, else what became of the request. Raises BadInput where
        this judgement does not count in this incident.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            found = _counting(picture, judgement_id)
            supposed = self._supposed(
                w, actor, incident_id, found.kind, found.a, found.b, _ended(found), reason
            )
            if found.verdict is Sameness.SAME:
                make = wanted.judge_records(supposed)
                return self._door.ask_within(w, actor, incident_id, make, reason, uuid)
            line(reason, "The reason")
            return self._add(w, actor, incident_id, supposed, uuid)

    def _supposed(
        self,
        w: Work,
        actor: Actor,
        incident_id: int,
        kind: str,
        one: int,
        other: int,
        verdict: Sameness,
        reason: str,
    ) -> SameAs:
        if kind not in KINDS or one == other:
            raise BadInput("Choose two different records of a person, or of a place.", "record")
        if subjects.known(w.uow.connection, kind, (one, other)) != {one, other}:
            raise BadInput("One of these records is not here.", "record")
        a, b = sorted((one, other))
        said = line(reason, "The reason", empty=True)
        return SameAs(w.uow.last + 1, kind, a, b, verdict, incident_id, said, actor.display, w.uow.now)

    def _add(
        self, w: Work, actor: Actor, incident_id: int, judged: SameAs, uuid: str
    ) -> Outcome | Assessment:
        """Record what only adds, and judge every open incident of the two anew; ask the guard for what does not."""
        if self._checked(w, incident_id, judged):
            return self._door.ask_within(
                w, actor, incident_id, wanted.judge_records(judged), judged.reason, uuid
            )
        return self._record(w, actor, incident_id, judged)

    def _touched(self, w: Work, incident_id: int, judged: SameAs) -> list[int]:
        """The other open incidents that bear on one of the two, under whichever record."""
        found = open_incidents_of(w.uow.connection, judged.kind, (judged.a, judged.b))
        return [i for i in found if i != incident_id]

    def _checked(self, w: Work, incident_id: int, judged: SameAs) -> bool:
        """Whether a warning would no longer be raised here by it. Raises Refused where it may not be done at all."""
        for each in self._touched(w, incident_id, judged):
            if self.loses(w, each, judged):
                other = w.picture(each).incident
                raise Refused(
                    f"In {other.reference if other else 'another open incident'} a warning would no longer be raised by it. "
                    "Judge it there.",
                    ["records"],
                )
        return self.loses(w, incident_id, judged)

    def _record(self, w: Work, actor: Actor, incident_id: int, judged: SameAs) -> Assessment:
        touched = self._touched(w, incident_id, judged)
        # Of the two, one may come into this picture by the judgement itself.
        picture = w.picture(incident_id, (judged,))
        w.uow.append(
            tables.same_as,
            incident_id=incident_id,
            kind=judged.kind,
            a=judged.a,
            b=judged.b,
            verdict=judged.verdict.value,
            reason=judged.reason,
            author=actor.display,
        )
        said = f"{wanted.judgement_in_words(judged, picture)}. {judged.reason}".strip()
        entries.log(w, actor, incident_id, said, LogKind.SYSTEM)
        for each in touched:
            entries.log(w, actor, each, said, LogKind.SYSTEM)
            w.reassess(each)
        return w.reassess(incident_id)[1]

    def loses(self, w: Work, incident_id: int, judged: SameAs) -> bool:
        """Whether an incident would lose a weighty warning, or its floor fall, by a judgement. It is judged anew by this.

        Raises Refused where somebody would no longer be read as at risk.
        """
        picture, assessment = w.reassess(incident_id)
        changed = w.picture(incident_id, (judged,))
        policy = self._office.policy
        left = history.read(changed, policy).at_risk
        for person in history.read(picture, policy).at_risk:
            if left.isdisjoint(changed.records_of(person)):
                raise Refused(
                    f"{picture.name_of(person)} would no longer be read as at risk: the two have different parts in this.",
                    ["records"],
                )
        change = changes.judged(picture, changed, assessment, policy)
        weighty = any(w.floor_rank is not None or w.tier is not Tier.NOTE for w in change.lost)
        return weighty or change.after > change.before


def _ended(found: SameAs) -> Sameness:
    return Sameness.NOT_SAME if found.taken else Sameness.WITHDRAWN


def _counting(picture: Picture, judgement_id: int) -> SameAs:
    """A judgement that counts in a picture. Raises BadInput where there is none of this number, or it was undone."""
    found = next((j for j in counting(picture.sameness).values() if j.id == judgement_id), None)
    if found is None or found.verdict is Sameness.WITHDRAWN:
        raise BadInput("This judgement does not count here any longer.", "judgement")
    return found
