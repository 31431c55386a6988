"""Words of the graph and the genogram: what stands on a card, along a line, and what is read out. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from callhandler.model.people import Relation, Role, Tie
from callhandler.model.when import Precision, When
from callhandler.policy.pack import Policy
from callhandler.rules.links.values import Edge, EdgeKind, Genogram, LinkGraph, Node, NodeKind, Reason
from ui.common import words
from ui.common.words import counted, tr


@dataclass(frozen=True)
class Naming:
    """What the policy calls the types of incident and of order."""

    types: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy) -> "Naming":
        """The names of a policy."""
        return cls(
            {t.id: t.name for t in policy.types.values()}, {o.id: o.name for o in policy.orders.values()}
        )


def title(node: Node, naming: Naming) -> str:
    """What stands first on a card."""
    match node.kind:
        case NodeKind.HERE:
            return tr("This incident")
        case NodeKind.NUMBER:
            return words.number(node.label)
        case NodeKind.INCIDENT:
            date = node.first.spoken_day() if node.first else ""
            return " · ".join(p for p in (date, naming.types.get(node.label, node.label)) if p)
        case NodeKind.BUNDLE:
            return f"{len(node.incidents)} × {naming.types.get(node.label, node.label)}"
        case NodeKind.ORDER:
            return naming.orders.get(node.label, node.label)
        case _:
            return node.label


def sub(node: Node, graph: LinkGraph) -> str:
    """The second line of a card; nothing where one line says it."""
    match node.kind:
        case NodeKind.HERE:
            return node.label
        case NodeKind.PERSON:
            return " · ".join(p for p in (*roles(node.roles, node.past_roles), *_beside(node, graph)) if p)
        case NodeKind.BUNDLE:
            return _perhaps(node, span(node.first, node.last))
        case NodeKind.INCIDENT:
            return _perhaps(node)
        case NodeKind.ORDER:
            return tr("known from {who}").format(who=node.detail) if node.detail else ""
        case _:
            return _perhaps(node, counted(node.marked, tr("marker"), tr("markers")) if node.marked else "")


def _perhaps(node: Node, *said: str) -> str:
    return " · ".join(p for p in (tr("possible") if node.possible else "", *said) if p)


def _beside(node: Node, graph: LinkGraph) -> list[str]:
    """What else is said of a person: that nobody named him, markers, what he is to somebody at risk here."""
    found = [tr("possible")] if node.possible else []
    found += [] if node.named else [tr("not named")]
    at_risk = [n for n in graph.nodes if Role.AT_RISK in n.roles and n.key != node.key]
    ties = [e for e in graph.of(node.key) if e.kind is EdgeKind.RELATION]
    for other in at_risk:
        said = [word(e, node.key) for e in ties if other.key in (e.a, e.b)]
        found += [tr("{relation} of {name}").format(relation=said[0], name=other.label)] if said else []
    found += [counted(node.marked, tr("marker"), tr("markers"))] if node.marked else []
    return found


def roles(now: Sequence[Role], past: Sequence[Role] = ()) -> list[str]:
    """Roles here; without one, that somebody was a suspect or at risk before."""
    if now:
        return [words.role(r) for r in now if r is not Role.CALLER or len(now) == 1]
    before = [r for r in past if r in (Role.SUSPECT, Role.AT_RISK)]
    return [tr("{role} earlier").format(role=words.role(before[0]))] if before else []


def span(first: When | None, last: When | None) -> str:
    """From when to when, never more exact than known."""
    if first is None or last is None:
        return ""
    one, other = first.spoken_day(), last.spoken_day()
    return one if one == other else tr("{first} to {last}").format(first=one, last=other)


def word(edge: Edge, seen_from: str = "") -> str:
    """The word of a line. A relation is told of whoever it is seen from, else of its first person."""
    newest = edge.reasons[-1] if edge.reasons else Reason()
    match edge.kind:
        case EdgeKind.PARTY:
            found = dict.fromkeys(words.role(r.role).lower() for r in edge.reasons if r.role is not None)
            return ", ".join(found)
        case EdgeKind.RELATION:
            return words.relation(newest.relation or Relation.OTHER, seen_from != edge.b)
        case EdgeKind.LIVES:
            return tie(newest.tie or Tie.LIVES)
        case EdgeKind.USES:
            return tr("uses")
        case EdgeKind.KEEPS:
            return tr("vehicle of")
        case EdgeKind.AT:
            return tr("happened at")
        case EdgeKind.NAMED:
            return tr("vehicle named")
        case EdgeKind.RANG:
            return tr("rang by")
        case EdgeKind.PROTECTED:
            return tr("protects")
        case EdgeKind.RESPONDENT:
            return tr("against")


def tie(value: Tie) -> str:
    """What somebody does at a place."""
    return {
        Tie.LIVES: tr("lives at"),
        Tie.FAMILY_HOME: tr("family home"),
        Tie.WORKS: tr("works at"),
        Tie.STAYS: tr("stays at"),
        Tie.FREQUENTS: tr("goes to"),
    }[value]


def why(edge: Edge, graph: LinkGraph) -> str:
    """Why a line is there, and since when that is known."""
    since = edge.since
    told = {r.incident_id for r in edge.reasons if r.incident_id is not None}
    parts = []
    if len(told) > 1:
        parts.append(tr("recorded in {n}").format(n=counted(len(told), tr("incident"), tr("incidents"))))
    elif told and edge.kind in (EdgeKind.PROTECTED, EdgeKind.RESPONDENT):
        parts.append(tr("told in an incident"))
    if since is not None and since.precision is not Precision.UNKNOWN:
        parts.append(tr("since {when}").format(when=since.spoken_day()))
    else:
        parts.append(tr("since when is not known"))
    return ", ".join(parts)


def joined(node: Node, graph: LinkGraph, naming: Naming) -> list[str]:
    """Every line of a node as a sentence, in the order of the graph."""
    nodes = {n.key: n for n in graph.nodes}
    found = []
    for edge in graph.of(node.key):
        other = nodes[edge.b if edge.a == node.key else edge.a]
        said = word(edge, node.key)
        name = title(other, naming)
        how = f"{said} {name}"
        if edge.kind is EdgeKind.RELATION:
            how = tr("{relation} of {name}").format(relation=said, name=name)
        elif edge.kind is EdgeKind.PARTY:
            whose = tr("{role} in {what}") if node.kind is NodeKind.PERSON else tr("{what} is {role}")
            how = whose.format(role=said, what=name)
        elif node.key == edge.b:
            how = {
                EdgeKind.LIVES: tr("here {said}: {name}"),
                EdgeKind.USES: tr("used by {name}"),
                EdgeKind.KEEPS: tr("vehicle of {name}"),
                EdgeKind.AT: tr("place of {name}"),
                EdgeKind.NAMED: tr("named in {name}"),
                EdgeKind.RANG: tr("rang for {name}"),
                EdgeKind.PROTECTED: tr("protected by {name}"),
                EdgeKind.RESPONDENT: tr("respondent of {name}"),
            }[edge.kind].format(said=said, name=name)
        elif edge.kind is EdgeKind.KEEPS:
            how = tr("keeps {name}").format(name=name)
        found.append(f"{how} ({why(edge, graph)})")
    return found


def spoken(node: Node, graph: LinkGraph, naming: Naming) -> str:
    """A node as it is read out: what it is, and everything it is joined to."""
    through = tr("shown through {0}").format(node.through) if node.through else ""
    parts = (f"{kind(node.kind)} {title(node, naming)}", sub(node, graph), through)
    first = ", ".join(p for p in parts if p)
    lines = joined(node, graph, naming)
    return f"{first}. {'; '.join(lines)}" if lines else tr("{node}. Nothing joins it.").format(node=first)


def harm(key: str, genogram: Genogram) -> list[str]:
    """What was told of harm between a person and others, as sentences."""
    names = {m.key: m.name for m in genogram.members}
    said = [tr("told to have harmed {name}").format(name=names[b]) for a, b in genogram.harm if a == key]
    return said + [
        tr("told to be harmed by {name}").format(name=names[a]) for a, b in genogram.harm if b == key
    ]


def kind(value: NodeKind) -> str:
    """What a node is, in a word."""
    return {
        NodeKind.HERE: tr("Open:"),
        NodeKind.PERSON: tr("Person"),
        NodeKind.PLACE: tr("Place"),
        NodeKind.NUMBER: tr("Number"),
        NodeKind.VEHICLE: tr("Vehicle"),
        NodeKind.INCIDENT: tr("Incident"),
        NodeKind.BUNDLE: tr("Incidents,"),
        NodeKind.ORDER: tr("Order"),
    }[value]


def summary(graph: LinkGraph) -> str:
    """How much the graph holds."""
    many = {k: sum(1 for n in graph.nodes if n.kind is k) for k in NodeKind}
    past = sum(len(n.incidents) for n in graph.nodes if not n.possible)
    perhaps = sum(len(n.incidents) for n in graph.nodes if n.possible)
    parts = (
        counted(many[NodeKind.PERSON], tr("person"), tr("people")),
        counted(past, tr("past incident"), tr("past incidents")),
        counted(perhaps, tr("possible incident"), tr("possible incidents")),
        counted(many[NodeKind.PLACE], tr("place"), tr("places")),
        counted(many[NodeKind.NUMBER], tr("number"), tr("numbers")),
        counted(many[NodeKind.VEHICLE], tr("vehicle"), tr("vehicles")),
        counted(many[NodeKind.ORDER], tr("order"), tr("orders")),
    )
    return ", ".join(p for p in parts if not p.startswith("0 "))


def absent(missing: Sequence[str], cut: Sequence[str]) -> str:
    """What could not be read, and what is held and not here."""
    unread = tr("Not read: {0}. What is not shown may yet be there.").format(", ".join(missing))
    held = tr("Not all that is held is here: {0}.").format("; ".join(cut))
    return " ".join([*([unread] if missing else []), *([held] if cut else [])])


def legend() -> tuple[tuple[str, str], ...]:
    """The signs of the graph with their meaning; the first of each pair names the sign."""
    return (
        ("here", tr("this incident")),
        ("suspect", tr("suspect")),
        ("at_risk", tr("at risk")),
        ("child", tr("child")),
        ("person", tr("person")),
        ("unnamed", tr("not named")),
        ("place", tr("place")),
        ("number", tr("number")),
        ("vehicle", tr("vehicle")),
        ("incident", tr("past incident")),
        ("bundle", tr("several of one kind: Enter unfolds")),
        ("order", tr("order")),
        ("possible", tr("possible: no rule reads it")),
    )


def family_legend() -> tuple[tuple[str, str], ...]:
    """The signs of the genogram."""
    return (
        ("suspect", tr("suspect")),
        ("at_risk", tr("at risk")),
        ("child", tr("child here")),
        ("person", tr("person; shape does not tell sex")),
        ("unnamed", tr("not named")),
        ("pair", tr("partners")),
        ("ex", tr("ex-partners")),
        ("harm", tr("told to have harmed, towards whom")),
        ("home", tr("one household")),
    )
