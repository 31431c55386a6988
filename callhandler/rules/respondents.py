"""Against whom her orders are: when he may be the one who is meant, and what is left out while he is not.

Whom an order protects her from is known to be a danger to her. While nobody is named, and what the call is about may be
his doing, the rules look at him as at a suspect: unknown is never no. What it is about is the policy's to say. Once
somebody else is named, or while the call is about an ordinary matter, his history is still shown and no rule reads it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from callhandler.model.facts import Disclosure
from callhandler.model.incident import TYPE_NOT_KNOWN, Direction
from callhandler.model.order import Order, OrderStanding
from callhandler.model.picture import Picture, Via
from callhandler.policy.pack import Policy


def protects(order: Order, people: Collection[int]) -> bool:
    """Whether an order, or one of its terms, protects one of these."""
    return order.protected_id in people or any(t.protected_id in people for t in order.terms)


@dataclass(frozen=True)
class Call:
    """A call: its people, those of them at risk, the partners of any of them, and who is named for what was done."""

    picture: Picture
    told: Sequence[Disclosure]
    people: Collection[int]
    at_risk: Collection[int]
    partners: Collection[int]
    accused: Collection[int]

    @property
    def nothing_told(self) -> bool:
        """The line has just opened: no type, nothing told, nobody named."""
        incident = self.picture.incident
        return bool(incident and incident.type == TYPE_NOT_KNOWN and not self.told and not self.accused)


@dataclass(frozen=True)
class Bound:
    """Against whom the orders in force are that protect somebody at risk; who of them may be meant; whose history no rule
    reads, with that of the suspects of earlier reports whom nobody names now; and the orders that any of them has towards
    others.
    """

    respondents: frozenset[int] = frozenset()
    perhaps: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    other_orders: frozenset[int] = frozenset()


def bound_by(orders: Sequence[OrderStanding], call: Call, suspects: Collection[int], policy: Policy) -> Bound:
    """Who is bound by orders for the people of this call, and who else is shown without being meant.

    While nothing is told at all, no respondent is left out.
    """
    theirs = [o for o in orders if o.order.respondent_id is not None and protects(o.order, call.people)]
    every = _respondents(theirs)
    found = _respondents(o for o in theirs if o.live_for_risk and protects(o.order, call.at_risk))
    found -= set(call.at_risk)
    perhaps = found.difference(suspects)
    if not perhaps or not nobody_named(call.picture, call.told, call.accused, policy):
        perhaps = set()
    through = {k.subject_id for k in call.picture.links if k.via is Via.SUSPECT}
    left_out = (through - every if call.nothing_told else through | every) - {*suspects, *perhaps}
    near = {*call.people, *call.partners}
    return Bound(
        frozenset(found),
        frozenset(perhaps),
        frozenset(left_out - near),
        frozenset(
            o.order.id
            for o in orders
            if not near & {o.order.respondent_id, o.order.protected_id} and not protects(o.order, near)
        ),
    )


def _respondents(orders: Iterable[OrderStanding]) -> set[int]:
    return {o.order.respondent_id for o in orders if o.order.respondent_id is not None}


def nobody_named(
    picture: Picture, told: Iterable[Disclosure], accused: Iterable[int], policy: Policy
) -> bool:
    """Whether what the call is about may be the doing of somebody known, and nobody is named for it.

    Whoever is put down without a name is not somebody else: he may be the same man. A denial makes it no less so.
    """
    meant = policy.pack.order_states.meant
    people = [picture.person(p) for p in accused]
    if meant is None or picture.incident is None or any(p is None or p.named for p in people):
        return False
    return (
        bool(people)
        or picture.incident.type in meant.types
        or any(d.indicator in meant.indicators for d in told)
        or any(
            c.incident_id == picture.here and c.direction is Direction.IN and c.outcome in meant.calls
            for c in picture.calls
        )
    )


def without(picture: Picture, people: Collection[int], places: Collection[int | None]) -> Picture:
    """The picture as it is without what is in it through these people alone; `places` are those of the call.

    What is there through anybody or anything else stays: he may have been the suspect of her own report.
    """
    through: dict[int, bool] = {}
    for link in picture.links:
        alone = link.via is Via.SUSPECT and link.subject_id in people
        through[link.incident_id] = alone and through.get(link.incident_id, True)
    gone = {i for i, alone in through.items() if alone}
    linked = tuple(i for i in picture.linked if i.id not in gone)
    parties = tuple(p for p in picture.parties if p.incident_id not in gone)
    stay = {p.person_id for p in parties} | {x for t in picture.person_ties for x in (t.a, t.b)}
    stay |= {t.person_id for t in picture.place_ties if t.place_id in places}
    left = {p.person_id for p in picture.parties if p.incident_id in gone} | set(people)
    left -= stay
    ties = tuple(t for t in picture.place_ties if t.person_id not in left)
    vehicles = tuple(v for v in picture.vehicles if v.person_id not in left)
    held = {"person": left, "vehicle": {v.id for v in picture.vehicles} - {v.id for v in vehicles}}
    known = {i.place_id for i in linked} | {t.place_id for t in ties} | set(places)
    held["place"] = {p.id for p in picture.places} - {p for p in known if p is not None}
    return replace(
        picture,
        linked=linked,
        parties=parties,
        place_ties=ties,
        vehicles=vehicles,
        links=tuple(k for k in picture.links if k.incident_id not in gone),
        calls=tuple(c for c in picture.calls if c.incident_id not in gone),
        disclosures=tuple(d for d in picture.disclosures if d.incident_id not in gone),
        confirmations=tuple(c for c in picture.confirmations if c.incident_id not in gone),
        enquiries=tuple(e for e in picture.enquiries if e.incident_id not in gone),
        risk_assessments=tuple(a for a in picture.risk_assessments if a.incident_id not in gone),
        vehicles_named=tuple(v for v in picture.vehicles_named if v.incident_id not in gone),
        plans_before=tuple(p for p in picture.plans_before if p.incident_id not in gone),
        beside=tuple(b for b in picture.beside if b.incident.id not in gone),
        markers=tuple(m for m in picture.markers if m.subject_id not in held.get(m.subject, ())),
        counts=tuple(c for c in picture.counts if c.subject_id not in held.get(c.subject, ())),
        police_warnings=tuple(w for w in picture.police_warnings if w.person_id not in left),
        records=tuple(r for r in picture.records if r.person_id not in left),
    )
