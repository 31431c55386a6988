"""What joins two things of a picture, one record at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callhandler.model.incident import Direction
from callhandler.model.people import Role, VehicleNamed
from callhandler.model.picture import Picture, Via
from callhandler.model.when import Precision, When
from callhandler.rules.links.values import EdgeKind, Reason

FIRST_ROLES = (Role.AT_RISK, Role.SUSPECT, Role.CHILD, Role.CALLER, Role.WITNESS, Role.REPORTER)
"""In which order a person's roles are told: what matters most at once, first."""


@dataclass(frozen=True, slots=True)
class Joint:
    """One record that joins `a` to `b`."""

    a: str
    b: str
    kind: EdgeKind
    reason: Reason


def roles_in(picture: Picture) -> tuple[dict[int, tuple[Role, ...]], dict[int, tuple[Role, ...]]]:
    """Each person's roles in this incident and what is worked on in it, and those in earlier ones; weightiest first."""
    here: dict[int, set[Role]] = {}
    past: dict[int, set[Role]] = {}
    for party in picture.parties:
        roles = here if party.incident_id in picture.whole else past
        roles.setdefault(party.person_id, set()).add(party.role)
    return _ordered(here), _ordered(past)


def _ordered(roles: dict[int, set[Role]]) -> dict[int, tuple[Role, ...]]:
    return {person: tuple(r for r in FIRST_ROLES if r in found) for person, found in roles.items()}


def joints_of(picture: Picture) -> Iterable[Joint]:
    """Every record of the picture that joins two of its things, this incident's parties first."""
    apart = picture.apart
    incidents = [*([picture.incident] if picture.incident else []), *picture.linked, *apart.incidents]
    opened = {i.id: i.opened for i in incidents}
    parties = (*picture.parties, *apart.parties)
    for party in sorted(parties, key=lambda p: (p.incident_id != picture.here, p.id)):
        reason = Reason(role=party.role, incident_id=party.incident_id, known=opened.get(party.incident_id))
        yield Joint(f"incident:{party.incident_id}", f"person:{party.person_id}", EdgeKind.PARTY, reason)
    for tie in picture.person_ties:
        yield Joint(
            f"person:{tie.a}",
            f"person:{tie.b}",
            EdgeKind.RELATION,
            Reason(relation=tie.relation, known=tie.known),
        )
    for at in (*picture.place_ties, *apart.place_ties):
        reason = Reason(tie=at.tie, known=at.since)
        yield Joint(f"person:{at.person_id}", f"place:{at.place_id}", EdgeKind.LIVES, reason)
    for used in picture.number_ties:
        yield Joint(f"person:{used.person_id}", f"number:{used.number_id}", EdgeKind.USES, Reason())
    for vehicle in (*picture.vehicles, *apart.vehicles):
        yield Joint(f"person:{vehicle.person_id}", f"vehicle:{vehicle.id}", EdgeKind.KEEPS, Reason())
    for incident in incidents:
        reason = Reason(incident_id=incident.id, known=incident.opened)
        yield Joint(f"incident:{incident.id}", f"place:{incident.place_id}", EdgeKind.AT, reason)
    yield from _by_number(picture)
    yield from _by_vehicle(picture, opened)
    for order in picture.orders:
        reason = Reason(incident_id=order.incident_id, known=When(order.known_at, Precision.MINUTE))
        key = f"order:{order.id}"
        yield Joint(key, f"person:{order.protected_id}", EdgeKind.PROTECTED, reason)
        yield Joint(key, f"person:{order.respondent_id}", EdgeKind.RESPONDENT, reason)


def _by_number(picture: Picture) -> Iterable[Joint]:
    for call in picture.calls:
        if call.number_id is not None and call.direction is Direction.IN:
            reason = Reason(incident_id=call.incident_id, known=When(call.at))
            yield Joint(f"incident:{call.incident_id}", f"number:{call.number_id}", EdgeKind.RANG, reason)
    # An old record may say only that it came by this number.
    for link in picture.links:
        if link.via is Via.NUMBER:
            reason = Reason(incident_id=link.incident_id)
            yield Joint(f"incident:{link.incident_id}", f"number:{link.subject_id}", EdgeKind.RANG, reason)


def _by_vehicle(picture: Picture, opened: Mapping[int, When]) -> Iterable[Joint]:
    for named in picture.vehicles_named:
        reason = Reason(incident_id=named.incident_id, known=opened.get(named.incident_id))
        yield Joint(f"incident:{named.incident_id}", vehicle_key(named, picture), EdgeKind.NAMED, reason)


def vehicle_key(named: VehicleNamed, picture: Picture) -> str:
    """The key of a vehicle that was named in an incident: that of a keeper's where the registration is the same."""
    if named.registration:
        for kept in (*picture.vehicles, *picture.apart.vehicles):
            if kept.registration.replace(" ", "").upper() == named.registration.upper():
                return f"vehicle:{kept.id}"
        return f"named:{named.registration}"
    return f"named:{named.id}"
