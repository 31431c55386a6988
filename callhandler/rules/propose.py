"""What may follow from what was told, here and in what was left undecided before; and by which record it rests."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.people import Tie
from callhandler.model.picture import Picture
from callhandler.model.proposal import Decided, Proposal, ProposalDecision, ProposalKind
from callhandler.policy.pack import Policy
from callhandler.policy.proposals import Area, Offence, Referral, in_force
from callhandler.rules.history import History
from callhandler.rules.match import match

_KINDS = tuple(ProposalKind)


def proposals_for(seen: History, policy: Policy) -> tuple[Proposal, ...]:
    """Every proposal of the picture: what is open here first, then what earlier incidents left open, then the decided."""
    found = [*_here(seen, policy), *_older(seen, policy)]
    found.sort(key=lambda p: (not p.open, p.older, _KINDS.index(p.kind)))
    return tuple(found)


def undecided(seen: History, policy: Policy) -> tuple[Proposal, ...]:
    """The offences suggested by this incident that nobody has decided; older ones pass on and hold nothing up."""
    return tuple(
        p for p in proposals_for(seen, policy) if p.open and not p.older and p.kind is ProposalKind.OFFENCE
    )


def _here(seen: History, policy: Policy) -> Iterator[Proposal]:
    day = _day(seen.picture)
    for offence in policy.pack.offences:
        if in_force(offence, day) and (found := match(offence.when, seen)):
            yield _decided(_offence(offence, found.evidence, (seen.picture.here,), False), seen.picture)
    for referral in policy.pack.referrals:
        if in_force(referral, day) and (found := match(referral.when, seen)):
            contacts = tuple(_contacts(referral, seen, policy.scheme.areas))
            proposal = _referral(referral, found.evidence, seen.picture.here, contacts)
            yield _decided(proposal, seen.picture)


def _older(seen: History, policy: Policy) -> Iterator[Proposal]:
    """Offences that an earlier report of hers may amount to, where what was told there says so by itself."""
    told: dict[int, list[Disclosure]] = {}
    for disclosure in seen.told_before:
        if disclosure.stance is Stance.TOLD:
            told.setdefault(disclosure.incident_id, []).append(disclosure)
    for offence in policy.pack.offences:
        if offence.when.present is None:
            continue
        wanted = set(offence.when.present.indicators)
        evidence: list[Evidence] = []
        incidents: list[int] = []
        for incident in seen.hers:
            rests = [d for d in told.get(incident.id, ()) if d.indicator in wanted]
            if not rests or not in_force(offence, incident.opened.local_day().date()):
                continue
            newest = max(d.id for d in rests)
            if _newest(seen.picture, ProposalKind.OFFENCE, offence.id, incident.id, newest) is None:
                incidents.append(incident.id)
                evidence += [
                    Evidence("disclosure", d.id, f"{d.happened.spoken()}, {d.teller}: {d.words}")
                    for d in rests
                ]
        if incidents:
            yield _offence(offence, tuple(evidence), tuple(incidents), True)


def _offence(
    offence: Offence, evidence: tuple[Evidence, ...], incidents: tuple[int, ...], older: bool
) -> Proposal:
    return Proposal(
        kind=ProposalKind.OFFENCE,
        code=offence.id,
        name=offence.name,
        why=offence.why,
        source=offence.statute,
        owner=offence.owner,
        consent="not_needed",
        evidence=evidence,
        incidents=incidents,
        older=older,
        verified=offence.verified,
        reference=offence.reference,
    )


def _referral(
    referral: Referral, evidence: tuple[Evidence, ...], here: int, contacts: tuple[str, ...]
) -> Proposal:
    return Proposal(
        kind=ProposalKind(referral.kind),
        code=referral.id,
        name=referral.name,
        why=referral.why,
        source="",
        owner=referral.owner,
        consent=referral.consent,
        evidence=evidence,
        incidents=(here,),
        older=False,
        verified=referral.verified,
        reference=referral.reference,
        contacts=contacts,
    )


def _decided(proposal: Proposal, picture: Picture) -> Proposal:
    newest = max((e.id for e in proposal.evidence if e.kind != "question"), default=0)
    return replace(proposal, decision=_newest(picture, proposal.kind, proposal.code, picture.here, newest))


def _newest(
    picture: Picture, kind: ProposalKind, code: str, incident_id: int, newest_evidence: int
) -> ProposalDecision | None:
    """The decision that counts. One that took nothing is overtaken by anything told later that the proposal rests on."""
    own = [
        d
        for d in picture.proposal_decisions
        if d.incident_id == incident_id and d.kind is kind and d.code == code
    ]
    if not own:
        return None
    newest = own[-1]
    return newest if newest.decided is Decided.TAKEN or newest.id > newest_evidence else None


def _day(picture: Picture) -> date:
    opened = picture.incident.opened if picture.incident else None
    return (opened.local_day() if opened else picture.as_of).date()


def areas_of_home(seen: History, areas: Iterable[Area]) -> tuple[Area, ...]:
    """The areas in which those at risk live, as far as it is held. Empty when it is not known: then it is asked."""
    homes = {
        t.place_id for t in seen.picture.place_ties if t.tie is Tie.LIVES and t.person_id in seen.at_risk
    }
    places = [p for p in seen.picture.places if p.id in homes]
    return tuple(
        area for area in areas if any(_within(area, p.postcode, f"{p.label}, {p.address}") for p in places)
    )


def _within(area: Area, postcode: str, address: str) -> bool:
    outward = postcode.split(maxsplit=1)[0].upper() if postcode.strip() else ""
    if outward:
        return outward in {p.upper() for p in area.postcodes}
    # The town stands last in an address; a street may bear another town's name.
    parts = [part.strip().casefold() for part in address.split(",")]
    return any(word.casefold() in parts[1:] for word in area.words)


def _contacts(referral: Referral, seen: History, areas: Iterable[Area]) -> Iterator[str]:
    if referral.signpost is None:
        return
    found = [
        f"{area.name}: {c.name}, {c.reach}"
        for area in areas_of_home(seen, areas)
        for c in area.contacts
        if c.service == referral.signpost
    ]
    if len(found) > 1:
        yield "She may live in more than one area: ask which."
    yield from found or ["Where she lives is not known here: ask, before a number is given."]
