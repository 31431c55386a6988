"""Gathers a picture: from an incident or from people, places and numbers outwards, each kind of record read once for all."""

from dataclasses import dataclass, replace

from callhandler.model.facts import MANNER
from callhandler.model.incident import Call, Incident, Move, Party
from callhandler.model.people import HOMES, NumberTie, PersonTie, PlaceTie, Relation, Role
from callhandler.model.picture import Apart, Cut, Picture, Via, whole_of
from callhandler.model.sameness import PERSON, PLACE, clusters_of, records_of
from callhandler.store.pictures import (
    deciding,
    incidents,
    linking,
    location,
    orders,
    people,
    reviewing,
    routes,
    safety,
    standing,
    told,
)
from callhandler.store.pictures.caps import RELATIVES
from callhandler.store.pictures.reader import Many, Reader

INTIMATE = (Relation.PARTNER, Relation.EX_PARTNER)


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
        incidents.moves(read, [incident_id]),
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


@dataclass(frozen=True)
class Around:
    """Who and what a picture is gathered from, every record that is read as one with another among them.

    `meant` may be meant while nobody is named: her partners and former partners, whoever an order protects her from, and
    the suspects of her newest reports.
    """

    known: set[int]
    suspects: set[int]
    meant: set[int]
    relatives: set[int]
    places: set[int]
    homes: set[int]
    numbers: set[int]
    number_ties: tuple[NumberTie, ...]
    person_ties: tuple[PersonTie, ...]
    place_ties: tuple[PlaceTie, ...]
    household_ties: tuple[PlaceTie, ...]
    cuts: tuple[Cut, ...]

    @property
    def hers(self) -> set[int]:
        """Everybody of the call who is not suspected."""
        return self.known - self.suspects


def _around(
    read: Reader, own: Own | None, known: set[int], suspects: set[int], places: set[int], numbers: set[int]
) -> Around:
    """Outwards: records read as one, whose numbers, who is related, where they live, who else does."""
    users = numbers if own is None else set[int]()
    judged = linking.sameness(read, known, places, users)
    clusters = clusters_of(judged)
    known, places = records_of(clusters, PERSON, known), records_of(clusters, PLACE, places)
    suspects = records_of(clusters, PERSON, suspects)
    number_ties, number_cuts = people.number_ties(read, known, numbers)
    if own is None:
        callers = {t.person_id for t in number_ties if t.number_id in numbers}
        known |= records_of(clusters, PERSON, callers)
    hers = known - suspects
    related = people.related(read, known, hers, places)
    sides = [(t, *pair) for t in related.ties for pair in ((t.a, t.b), (t.b, t.a))]
    intimates = {o for t, mine, o in sides if t.relation in INTIMATE and mine in hers}
    meant = (intimates | related.respondents | related.suspected) - known
    relatives = {o for _, mine, o in sides if mine in hers} - known - meant
    own_ties = people.place_ties(read, known | meant)
    homes = {t.place_id for t in own_ties if t.person_id in hers and t.tie in HOMES}
    # What was found on the way may have other records too.
    judged = linking.sameness(read, known | meant, places | homes)
    clusters = clusters_of(judged)
    known = records_of(clusters, PERSON, known)
    meant = records_of(clusters, PERSON, meant) - known
    homes = records_of(clusters, PLACE, homes)
    there, place_cuts = people.residents(read, places | homes, relatives)
    beside = {t.person_id for t in there if t.tie in HOMES and t.place_id in homes} - known - meant
    # Who lives where she lives may be anybody: only what is tied to the places of the call itself is read by the rules.
    household_ties = tuple(t for t in there if t.place_id not in places and t.person_id in beside)
    near = {t.id: t for t in (*own_ties, *(t for t in there if t.place_id in places))}
    return Around(
        known=known,
        suspects=suspects,
        meant=meant,
        relatives=set(sorted(relatives | beside, key=lambda p: (p not in relatives, p))[:RELATIVES]),
        places=places,
        homes=homes,
        numbers=numbers,
        number_ties=number_ties,
        person_ties=related.ties,
        place_ties=tuple(sorted(near.values(), key=lambda t: t.id)),
        household_ties=household_ties,
        cuts=(*number_cuts, *related.cuts, *place_cuts, *_too_many(relatives | beside)),
    )


def _too_many(relatives: set[int]) -> tuple[Cut, ...]:
    if len(relatives) <= RELATIVES:
        return ()
    return (Cut("relatives", "all", 0, RELATIVES, len(relatives)),)


def _gather(
    read: Reader, own: Own | None, known: set[int], suspects: set[int], places: set[int], numbers: set[int]
) -> Picture:
    here = own.incident.id if own else -1
    around = _around(read, own, known, suspects, places, numbers)
    known, meant, places = around.known, around.meant, around.places
    judged = linking.judged_links(read, here)
    rejected = [i for i, (belongs, *_) in judged.items() if not belongs]
    found = linking.links(
        read,
        here,
        around.hers,
        around.suspects | meant,
        places | around.homes,
        numbers,
        around.relatives,
        rejected,
    )
    linked_ids, apart_ids = found.linked, found.apart
    merges = routes.merges(read, here) if own else ()
    # Who was at risk or accused in what was merged into this one is so here as well, however often it was merged on.
    inside = routes.inside(read, here) if len(whole_of(here, merges)) > 1 else ()
    moves = incidents.moves(read, inside) if inside else ()
    shown = {*linked_ids, *apart_ids, *rejected}
    past = incidents.incidents(
        read, [*linked_ids, *apart_ids, *rejected, *(i for i in inside if i not in shown)]
    )
    is_linked, is_apart = set(linked_ids), set(apart_ids)
    linked = tuple(i for i in past if i.id in is_linked)
    beyond = [*linked_ids, *(i for i in inside if i not in linked_ids)]
    past_parties = incidents.parties(read, [*beyond, *apart_ids])
    is_beyond = set(beyond)
    linked_parties = tuple(p for p in past_parties if p.incident_id in is_beyond)
    linked_calls = incidents.calls(read, beyond)
    everyone = (
        known
        | meant
        | {p.person_id for p in linked_parties}
        | {person for t in around.person_ties for person in (t.a, t.b)}
        | {t.person_id for t in around.place_ties}
    )
    everywhere = (
        places
        | {t.place_id for t in around.place_ties}
        | {i.place_id for i in linked if i.place_id}
        | {m.place_id for m in moves}
    )
    # Whoever else has a part in what is linked is read as one too; nothing more is gathered through them.
    judged_of = linking.sameness(read, everyone, everywhere)
    clusters = clusters_of(judged_of)
    now = location.place_now(own.incident, own.moves) if own else -1
    scope = [here, *linked_ids]
    answers = told.answers(read, here, scope)
    kept_by = [x.subject_id for x in (*found.links, *found.possible) if x.via is Via.KEEPER]
    vehicles = people.vehicles(read, everyone, kept_by)
    beside = around.relatives | {v.person_id for v in vehicles} - everyone
    apart = Apart(
        links=found.possible,
        incidents=tuple(i for i in past if i.id in is_apart),
        parties=tuple(p for p in past_parties if p.incident_id in is_apart),
        place_ties=around.household_ties,
        vehicles=tuple(v for v in vehicles if v.person_id not in everyone),
    )
    held = orders.orders(read, known | meant)
    # Whom another order of theirs protects or binds is named, also where nothing else ties him to anybody here.
    bound = {p for o in held for p in (o.protected_id, o.respondent_id) if p is not None}
    somebody = everyone | beside | {p.person_id for p in apart.parties} | bound
    persons = people.people(read, somebody)
    vehicles = tuple(v for v in vehicles if v.person_id in everyone)
    markers = standing.markers(read, everyone | beside, everywhere, numbers, everyone)
    risks = told.risk_assessments(read, [*scope, *apart_ids])
    plans = safety.plans(read, scope) if own else ()
    own_markers = tuple(m for m in markers if m.subject != "person" or m.subject_id in everyone)
    return Picture(
        as_of=read.as_of,
        upto=read.upto,
        incident=own.incident if own else None,
        links=found.links,
        linked=linked,
        people=tuple(p for p in persons if p.id in everyone | bound),
        places=people.places(read, everywhere | {t.place_id for t in around.household_ties}),
        numbers=people.numbers(read, numbers | {t.number_id for t in around.number_ties}),
        vehicles=vehicles,
        person_ties=around.person_ties,
        place_ties=around.place_ties,
        number_ties=around.number_ties,
        parties=(*(own.parties if own else ()), *linked_parties),
        calls=(*(own.calls if own else ()), *linked_calls),
        log=incidents.log(read, here),
        disclosures=told.disclosures(read, scope),
        answers=tuple(a for a in answers if a.question != MANNER),
        manners=tuple(a for a in answers if a.question == MANNER),
        fixes=location.fixes(read, here),
        place_points=location.place_points(read, everywhere),
        namesakes=location.namesakes(read, records_of(clusters, PLACE, [now])),
        confirmations=told.confirmations(read, scope),
        markers=own_markers,
        police_warnings=standing.police_warnings(read, everyone),
        risk_assessments=tuple(a for a in risks if a.incident_id == here or a.incident_id in is_linked),
        enquiries=told.enquiries(read, scope),
        records=standing.records(read, everyone),
        counts=standing.counts(read, known, everywhere, numbers),
        orders=held,
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
        plans=tuple(p for p in plans if p.incident_id == here),
        promises=safety.promises(read, here) if own else (),
        transfers=safety.transfers(read, here) if own else (),
        beside=safety.beside(read, tuple(i for i in past if i.id in is_linked or i.id in inside), moves)
        if own
        else (),
        authorities=routes.authorities(read, here) if own else (),
        retractions=routes.retractions(read, here) if own else (),
        merges=merges,
        inside=inside,
        contacts=routes.contacts(read, here) if own else (),
        sameness=judged_of,
        clusters=clusters,
        vehicles_named=linking.vehicles_named(read, [*scope, *apart_ids]),
        rejected=linking.rejected(past, judged),
        plans_before=tuple(p for p in plans if p.incident_id != here),
        apart=replace(
            apart,
            people=tuple(p for p in persons if p.id not in everyone | bound),
            markers=tuple(m for m in markers if m.subject == "person" and m.subject_id not in everyone),
            risk_assessments=tuple(a for a in risks if a.incident_id in is_apart),
        ),
        cuts=(*found.cuts, *around.cuts),
    )
