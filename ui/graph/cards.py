"""Cards: what each node shows, with the room it takes in the letters in use. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from callhandler.model.people import Role
from callhandler.rules.links.values import LinkGraph, Member, Node, NodeKind
from ui.graph import words
from ui.graph.words import Naming

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Letters:
    """Heights and widths of the letters in use, in pixels. `strong` measures the first line of a card."""

    line: float
    strong: Measure
    plain: Measure

    @property
    def widest(self) -> float:
        """The widest that a card's words may be: longer ones are cut, and whole in the tooltip."""
        return self.line * 13

    @property
    def sign(self) -> float:
        """The room of a card's sign."""
        return self.line * 1.25


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its sign, a line or two, and its size. `tone` names a colour; sign and words say the same."""

    key: str
    sign: str
    title: str
    sub: str
    tone: str
    width: float
    height: float
    spoken: str
    possible: bool = False


def sign_of(kind: NodeKind, roles: tuple[Role, ...], named: bool = True) -> tuple[str, str]:
    """Sign and tone. Who is suspect and at risk at once is shown at risk: the word of the other role stands beside it."""
    if kind is not NodeKind.PERSON:
        tones = {NodeKind.HERE: "accent", NodeKind.ORDER: "order"}
        return kind.value, tones.get(kind, "plain")
    if Role.AT_RISK in roles:
        return "at_risk", "serious"
    if Role.SUSPECT in roles:
        return "suspect", "grave"
    if Role.CHILD in roles:
        return "child", "serious"
    return ("person" if named else "unnamed"), "plain"


def card_of(node: Node, graph: LinkGraph, naming: Naming, letters: Letters) -> Card:
    """The card of a node."""
    sign, tone = sign_of(node.kind, node.roles, node.named)
    title, sub = words.title(node, naming), words.sub(node, graph)
    made = _card(node.key, sign, tone, title, sub, letters, words.spoken(node, graph, naming))
    return replace(made, possible=node.possible)


def member_card(member: Member, sub: str, spoken: str, letters: Letters) -> Card:
    """The card of a person in the genogram."""
    sign, tone = sign_of(NodeKind.PERSON, member.roles, member.named)
    return _card(member.key, sign, tone, member.name, sub, letters, spoken)


def _card(key: str, sign: str, tone: str, title: str, sub: str, letters: Letters, spoken: str) -> Card:
    wide = max(letters.strong(title), letters.plain(sub) if sub else 0.0)
    width = min(wide, letters.widest) + letters.sign + letters.line * 0.9
    height = letters.line * (2.35 if sub else 1.4)
    return Card(key, sign, title, sub, tone, width, height, spoken)
