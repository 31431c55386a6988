"""Gathers a picture: from an incident or from people, places and numbers outwards, each kind of record read once for all."""

from dataclasses import dataclass, replace

from callhandler.model.facts import MANNER
from callhandler.model.incident import Call, Incident, Move, Party
from callhandler.model.people import Relation, Role, Tie
from callhandler.model.picture import Picture, whole_of
from callhandler.store.pictures import (
    deciding,
    incidents,
    location,
    orders,
    people,
    reviewing,
    routes,
    safety,
    standing,
    told,
)
from callhandler.store.pictures.reader import Many, Reader

_INTIMATE = (Relation.PARTNER, Relation.EX_PARTNER)
_HOMES = (Tie.LIVES, Tie.FAMILY_HOME, Tie.STAYS)


@dataclass(frozen=True)
class Own:
    """The incident that a picture is of, and what hangs on it."""

    incident: Incident
    parties: tuple[Party, ...]
    calls: tuple[Call, ...]
    moves: tuple[Move, ...]


def of_incident(read: Reader, incident_id: int) -> Picture:
    """The picture of an incident; empty when it was not known then."""
    found = incidents.incidents(read, [incident_id])
    if not found:
        return Picture(read.as_of, read.upto, None)
    own = Own(
        found[0],
        incidents.parties(read, [incident_id]),
        incidents.calls(read, [incident_id]),
        incidents.moves(read, incident_id),
    )
    everybody = {p.person_id for p in own.parties}
    places = {m.place_id for m in own.moves} | ({found[0].place_id} if found[0].place_id else set())
    numbers = {c.number_id for c in own.calls if c.number_id}
    suspects = {p.person_id for p in own.parties if p.role is Role.SUSPECT}
    own = replace(own, incident=incidents.qualified(read, own.incident))
    return _gather(read, own, everybody, suspects, places, numbers)


def of_subjects(read: Reader, people: Many, places: Many, numbers: Many) -> Picture:
    """The picture of people, places and numbers."""
    return _gather(read, None, set(people), set(), set(places), set(numbers))


def _gather(
    read: Reader,
    own: Own | None,
    known: set[int],
    suspects: set[int],
    places: set[int],
    numbers: set[int],
) -> Picture:
    here = own.incident.id if own else -1
    number_ties = people.number_ties(read, known, numbers)
    if own is None:
        known |= {t.person_id for t in number_ties if t.number_id in numbers}
    ties = people.person_ties(read, known)
    hers = known - suspects
    intimates = {
        other
        for t in ties
        if t.relation in _INTIMATE
        for mine, other in ((t.a, t.b), (t.b, t.a))
        if mine in hers and other not in known
    }
    home_ties = people.place_ties(read, known | intimates, places)
    homes = {t.place_id for t in home_ties if t.person_id in hers and t.tie in _HOMES}
    links = incidents.links(read, here, hers, suspects | intimates, places | homes, numbers)
    merges = routes.merges(read, here) if own else ()
    linked_ids = list(dict.fromkeys(link.incident_id for link in links))
    linked = incidents.incidents(read, linked_ids)
    # Who was at risk or accused in what was merged into this one is so here as well, however often it was merged on.
    inside = routes.inside(read, here) if len(whole_of(here, merges)) > 1 else ()
    beyond = [*linked_ids, *(i for i in inside if i not in linked_ids)]
    linked_parties = incidents.parties(read, beyond)
    linked_calls = incidents.calls(read, beyond)
    everyone = (
        known
        | intimates
        | {p.person_id for p in linked_parties}
        | {person for t in ties for person in (t.a, t.b)}
        | {t.person_id for t in home_ties}
    )
    everywhere = places | {t.place_id for t in home_ties} | {i.place_id for i in linked if i.place_id}
    vehicles = people.vehicles(read, everyone)
    scope = [here, *linked_ids]
    answers = told.answers(read, here, scope)
    return Picture(
        as_of=read.as_of,
        upto=read.upto,
        incident=own.incident if own else None,
        links=links,
        linked=linked,
        people=people.people(read, everyone),
        places=people.places(read, everywhere),
        numbers=people.numbers(read, numbers | {t.number_id for t in number_ties}),
        vehicles=vehicles,
        person_ties=ties,
        place_ties=home_ties,
        number_ties=number_ties,
        parties=(*(own.parties if own else ()), *linked_parties),
        calls=(*(own.calls if own else ()), *linked_calls),
        log=incidents.log(read, here),
        disclosures=told.disclosures(read, scope),
        answers=tuple(a for a in answers if a.question != MANNER),
        manners=tuple(a for a in answers if a.question == MANNER),
        fixes=location.fixes(read, here),
        place_points=location.place_points(read, everywhere),
        namesakes=location.namesakes(read, location.place_now(own.incident, own.moves) if own else -1),
        confirmations=told.confirmations(read, scope),
        markers=standing.markers(read, everyone, everywhere, numbers, {v.id for v in vehicles}),
        police_warnings=standing.police_warnings(read, everyone),
        risk_assessments=told.risk_assessments(read, scope),
        enquiries=told.enquiries(read, scope),
        records=standing.records(read, everyone),
        counts=standing.counts(read, known, everywhere, numbers),
        orders=orders.orders(read, known | intimates),
        responses=incidents.responses(read, here),
        moves=own.moves if own else (),
        tasks=incidents.tasks(read, here),
        ownerships=incidents.ownerships(read, here),
        decisions=deciding.decisions(read, here),
        requests=deciding.requests(read, here),
        standing_warnings=deciding.standing_warnings(read, here, whole_of(here, merges)),
        proposal_decisions=deciding.proposals(read, scope),
        reviews=reviewing.open_reviews(read, here) if own else (),
        offers=safety.offers(read, here) if own else (),
        plans=safety.plans(read, here) if own else (),
        promises=safety.promises(read, here) if own else (),
        transfers=safety.transfers(read, here) if own else (),
        beside=safety.beside(read, linked) if own else (),
        authorities=routes.authorities(read, here) if own else (),
        retractions=routes.retractions(read, here) if own else (),
        merges=merges,
        inside=inside,
        contacts=routes.contacts(read, here) if own else (),
    )
