"""The graph of a picture's links: who, where, by what number, in which incidents, and why each is joined to each.

It holds what the picture holds and nothing else: no later knowledge, nothing guessed. Past incidents of one type between
the same people are told as one bundle where there are many; whoever looks may have one unfolded.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Sequence

from callhandler.model.incident import Incident
from callhandler.model.people import Place
from callhandler.model.picture import Picture
from callhandler.model.sameness import PLACE
from callhandler.model.when import Precision, When
from callhandler.rules.joined import joined
from callhandler.rules.linked import cut_in_words, in_words, reasons
from callhandler.rules.links.joints import Joint, joints_of, roles_in, vehicle_key
from callhandler.rules.links.values import Edge, EdgeKind, LinkGraph, Node, NodeKind, Reason

MANY = 3
"""So many incidents of one type between the same people become one bundle."""


def graph_of(picture: Picture, unfolded: Collection[str] = ()) -> LinkGraph:
    """Everything in the picture as nodes and edges; bundles whose keys are `unfolded` come as single incidents.

    Records judged to be of one person or place are one node. What was judged not to belong here is not drawn, and said.
    """
    cut = _not_shown(picture)
    through = {i: in_words(why) for i, why in reasons(picture).items()}
    picture = joined(picture)
    bundles = _bundles(picture, unfolded)
    stands_for = {f"incident:{i}": key for key, members in bundles.items() for i in members}
    joints = [
        Joint(stands_for.get(j.a, j.a), stands_for.get(j.b, j.b), j.kind, j.reason)
        for j in joints_of(picture)
    ]
    nodes = {n.key: n for n in (*_nodes(picture, bundles), *_past(picture, bundles, through))}
    edges = _edges(joints, nodes)
    return LinkGraph(
        as_of=picture.as_of,
        nodes=tuple(nodes.values()),
        edges=edges,
        hops=_hops(nodes, edges),
        missing=picture.missing_sources,
        cut=cut,
        by_node=_by_node(edges),
    )


def _by_node(edges: Iterable[Edge]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.a, []).append(edge)
        found.setdefault(edge.b, []).append(edge)
    return {key: tuple(of) for key, of in found.items()}


def _not_shown(picture: Picture) -> tuple[str, ...]:
    said = [cut_in_words(cut, picture) for cut in picture.cuts]
    if picture.rejected:
        said.append(f"judged not to belong here, and not drawn: {len(picture.rejected)}")
    return tuple(said)


def _bundles(picture: Picture, unfolded: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Key and members, oldest first. The key stays the same while incidents are added to it."""
    people: dict[int, set[int]] = {}
    for party in (*picture.parties, *picture.apart.parties):
        people.setdefault(party.incident_id, set()).add(party.person_id)
    alike: dict[str, list[Incident]] = {}
    possible = {i.id for i in picture.apart.incidents}
    for incident in (*picture.linked, *picture.apart.incidents):
        who = sorted(people.get(incident.id, ()))
        # Where nobody is named, the place is all that makes them alike.
        by = "-".join(map(str, who)) if who else f"at{incident.place_id or 0}"
        kind = "possible-" if incident.id in possible else ""
        alike.setdefault(f"bundle:{kind}{incident.type}:{by}", []).append(incident)
    return {
        key: tuple(i.id for i in sorted(found, key=lambda i: (i.opened.at, i.id)))
        for key, found in alike.items()
        if len(found) >= MANY and key not in unfolded
    }


def _nodes(picture: Picture, bundles: dict[str, tuple[int, ...]]) -> Iterable[Node]:
    marked = Counter((m.subject, m.subject_id) for m in (*picture.markers, *picture.apart.markers))
    if picture.incident is not None:
        here = picture.incident
        first = here.opened
        yield Node(f"incident:{here.id}", NodeKind.HERE, here.id, here.reference, here.type, first=first)
    roles, past = roles_in(picture)
    known = {p.id for p in picture.people}
    others = [p for p in picture.apart.people if p.id not in known]
    for person in (*picture.people, *others):
        yield Node(
            f"person:{person.id}",
            NodeKind.PERSON,
            person.id,
            person.name,
            person.born,
            named=person.named,
            roles=roles.get(person.id, ()),
            past_roles=past.get(person.id, ()),
            marked=marked["person", person.id],
            possible=person.id not in known,
        )
    for place in _places(picture):
        yield Node(
            f"place:{place.id}",
            NodeKind.PLACE,
            place.id,
            place.label,
            "" if place.address == place.label else place.address,
            marked=marked["place", place.id],
        )
    for number in picture.numbers:
        yield Node(
            f"number:{number.id}",
            NodeKind.NUMBER,
            number.id,
            number.e164 or number.as_given,
            marked=marked["number", number.id],
        )
    kept = {v.id for v in picture.vehicles}
    for vehicle in (*picture.vehicles, *(v for v in picture.apart.vehicles if v.id not in kept)):
        label = vehicle.registration or vehicle.description
        detail = vehicle.description if vehicle.registration else ""
        yield Node(
            f"vehicle:{vehicle.id}",
            NodeKind.VEHICLE,
            vehicle.id,
            label,
            detail,
            marked=marked["vehicle", vehicle.id],
            possible=vehicle.id not in kept,
        )
    for named in picture.vehicles_named:
        key = vehicle_key(named, picture)
        if key.startswith("named:"):
            label = named.registration or named.description
            detail = named.description if named.registration else ""
            yield Node(key, NodeKind.VEHICLE, named.id, label, detail)
    for order in picture.orders:
        yield Node(
            f"order:{order.id}",
            NodeKind.ORDER,
            order.id,
            order.type,
            order.source,
            first=When(order.known_at, Precision.MINUTE),
        )


def _places(picture: Picture) -> Iterable[Place]:
    """Every place, those judged to be one as the one that records now name."""
    incidents = (*([picture.incident] if picture.incident else []), *picture.linked)
    used = {i.place_id for i in incidents} | {t.place_id for t in picture.place_ties}
    used |= {m.place_id for m in picture.moves}
    left_out: set[int] = set()
    for cluster in picture.clusters:
        if cluster.kind == PLACE:
            left_out |= cluster.ids - {min(cluster.ids & used, default=min(cluster.ids))}
    return (p for p in picture.places if p.id not in left_out)


def _past(picture: Picture, bundles: dict[str, tuple[int, ...]], through: dict[int, str]) -> Iterable[Node]:
    possible = {i.id for i in picture.apart.incidents}
    linked = {i.id: i for i in (*picture.linked, *picture.apart.incidents)}
    inside = {i for members in bundles.values() for i in members}
    for incident in linked.values():
        if incident.id not in inside:
            key = f"incident:{incident.id}"
            yield Node(
                key,
                NodeKind.INCIDENT,
                incident.id,
                incident.type,
                incident.summary,
                incidents=(incident.id,),
                first=incident.opened,
                last=incident.opened,
                possible=incident.id in possible,
                through=through.get(incident.id, ""),
            )
    for key, members in bundles.items():
        first, last = linked[members[0]], linked[members[-1]]
        yield Node(
            key,
            NodeKind.BUNDLE,
            first.id,
            first.type,
            last.summary,
            incidents=members,
            first=first.opened,
            last=last.opened,
            possible=first.id in possible,
            through=", ".join(dict.fromkeys(w for i in members if (w := through.get(i)))),
        )


def _edges(joints: Iterable[Joint], nodes: dict[str, Node]) -> tuple[Edge, ...]:
    """Joints of one kind between the same two as one edge, with every reason; what has no node is left out."""
    found: dict[tuple[str, str, EdgeKind], list[Reason]] = {}
    for joint in joints:
        if joint.a in nodes and joint.b in nodes and joint.a != joint.b:
            reasons = found.setdefault((joint.a, joint.b, joint.kind), [])
            if joint.reason not in reasons:
                reasons.append(joint.reason)
    return tuple(Edge(a, b, kind, tuple(sorted(why, key=_age))) for (a, b, kind), why in found.items())


def _age(reason: Reason) -> float:
    return reason.known.at.timestamp() if reason.known is not None else float("inf")


def _hops(nodes: dict[str, Node], edges: Sequence[Edge]) -> dict[str, int]:
    """How many edges each node is from this incident, or from the first node where there is none; the farthest and one
    more for what nothing joins.
    """
    beside: dict[str, list[str]] = {key: [] for key in nodes}
    for edge in edges:
        beside[edge.a].append(edge.b)
        beside[edge.b].append(edge.a)
    start = next((n.key for n in nodes.values() if n.kind is NodeKind.HERE), next(iter(nodes), ""))
    hops = {start: 0} if start else {}
    queue = deque(hops)
    while queue:
        key = queue.popleft()
        for other in beside[key]:
            if other not in hops:
                hops[other] = hops[key] + 1
                queue.append(other)
    far = max(hops.values(), default=0) + 1
    return {key: hops.get(key, far) for key in nodes}
