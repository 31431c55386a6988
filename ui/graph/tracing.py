"""From places to pixels: where each card is, and the way of each line, past every card that is not its own. No Qt."""

from collections.abc import Mapping

from callhandler.model.people import Role
from callhandler.rules.links.values import Edge, EdgeKind, LinkGraph, NodeKind
from ui.drawn.box import Box
from ui.graph import words
from ui.graph.cards import Card, Letters
from ui.graph.drawing import Anchor, Drawing, Line, PlacedCard, Spot, Step, Stroke
from ui.graph.placing import Placed

GAP = 5.4
"""Between two columns, in heights of a line: room for a word."""
ALONG = (0.8, 0.68, 0.56, 0.44, 0.32, 0.2)
"""Where along its curve a word may stand, from the end where fewer lines run together."""
BESIDE = 4.0
"""Between a card and the word of a line that ends at it."""
QUIET = frozenset({EdgeKind.AT, EdgeKind.USES, EdgeKind.RANG, EdgeKind.KEEPS})
"""What the sign of a card says already: the word of such a line is told when one of its cards is gone to."""
RANKS = {EdgeKind.PROTECTED: 0, EdgeKind.RESPONDENT: 0, EdgeKind.RELATION: 1, EdgeKind.PARTY: 3}


def drawing_of(graph: LinkGraph, cards: Mapping[str, Card], placed: Placed, letters: Letters) -> Drawing:
    """The graph as it is drawn."""
    columns = _columns(cards, placed, letters)
    boxes = {}
    for key, (column, y) in placed.spots.items():
        card = cards[key]
        boxes[key] = Box(columns[column][0], y - card.height / 2, card.width, card.height)
    home = next((n.key for n in graph.nodes if n.kind is NodeKind.HERE), next(iter(cards), ""))
    return Drawing(
        cards=tuple(PlacedCard(cards[k], boxes[k]) for k in cards),
        lines=tuple(_line(e, graph, placed, boxes, columns, letters) for e in graph.edges),
        home=home,
        boxes=boxes,
    )


def _columns(cards: Mapping[str, Card], placed: Placed, letters: Letters) -> list[tuple[float, float]]:
    """The left and the right edge of each column."""
    last = max((c for c, _ in placed.spots.values()), default=0)
    found, x = [], 0.0
    for column in range(last + 1):
        widest = max((cards[k].width for k, (c, _) in placed.spots.items() if c == column), default=0.0)
        found.append((x, x + widest))
        x += widest + GAP * letters.line
    return found


def _line(
    edge: Edge,
    graph: LinkGraph,
    placed: Placed,
    boxes: Mapping[str, Box],
    columns: list[tuple[float, float]],
    letters: Letters,
) -> Line:
    one, other = sorted((edge.a, edge.b), key=lambda k: placed.spots[k])
    way = placed.passes.get((one, other)) or tuple(reversed(placed.passes.get((other, one), ())))
    steps, anchors = _way(one, other, way, placed, boxes, columns, letters)
    if len(graph.of(one)) < len(graph.of(other)) and graph.hops[one] > 0:
        anchors = tuple(reversed(anchors))
    return Line(
        edge.a,
        edge.b,
        steps,
        stroke_of(edge),
        words.word(edge),
        anchors,
        2 if _accused(edge) else RANKS.get(edge.kind, 5),
        edge.kind in QUIET,
    )


def stroke_of(edge: Edge) -> Stroke:
    """How an edge is drawn."""
    match edge.kind:
        case EdgeKind.PROTECTED | EdgeKind.RESPONDENT:
            return Stroke.ORDER
        case EdgeKind.RELATION:
            return Stroke.RELATION
        case EdgeKind.PARTY if _accused(edge):
            return Stroke.SUSPECT
        case _:
            return Stroke.PLAIN


def _accused(edge: Edge) -> bool:
    return any(r.role is Role.SUSPECT for r in edge.reasons)


def _way(
    one: str,
    other: str,
    way: tuple[tuple[int, float], ...],
    placed: Placed,
    boxes: Mapping[str, Box],
    columns: list[tuple[float, float]],
    letters: Letters,
) -> tuple[tuple[Step, ...], tuple[Anchor, ...]]:
    """Straight within a column, curved between columns; both ends in one column are joined at its right."""
    (start, y), (end, to) = placed.spots[one], placed.spots[other]
    right = boxes[one].x + boxes[one].width
    edge = columns[start][1]
    steps: list[Step] = [("M", (right, y)), ("L", (edge, y))]
    if start == end:
        bow = edge + letters.line * 1.6 + min(abs(to - y) * 0.12, letters.line * 2)
        far = boxes[other].x + boxes[other].width
        steps += [("C", (bow, y, bow, to, edge, to)), ("L", (far, to))]
        along = [_on((edge, y), (bow, y), (bow, to), (edge, to), t) for t in ALONG]
        return tuple(steps), ((far + BESIDE, to, 0.0), *along, (right + BESIDE, y, 0.0))
    anchors: list[list[Anchor]] = []
    x = edge
    for column, next_y in (*way, (end, to)):
        left, far = columns[column]
        middle = (x + left) / 2
        steps.append(("C", (middle, y, middle, next_y, left, next_y)))
        anchors.append([_on((x, y), (middle, y), (middle, next_y), (left, next_y), t) for t in ALONG])
        if column != end:
            steps.append(("L", (far, next_y)))
        x, y = far, next_y
    along = [spot for part in reversed(anchors) for spot in part]
    return tuple(steps), (
        (boxes[other].x - BESIDE, to, 1.0),
        *along,
        (right + BESIDE, placed.spots[one][1], 0.0),
    )


def _on(a: Spot, b: Spot, c: Spot, d: Spot, t: float) -> Anchor:
    u = 1 - t
    x, y = (u**3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t**3 * d[i] for i in (0, 1))
    return x, y, 0.5
