"""Where the cards of a graph go: a column for each step away from this incident. No Qt.

In which order they stand down their columns says fast-sugiyama (layered drawing as Sugiyama, Tagawa and Toda described it in
1981); how far apart is ours, because cards differ in size. A line that passes a column has a place in it, so that no line
runs over a card. What was placed before stays where it was, as long as most of it is still there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from callhandler.rules.links.values import LinkGraph
from ui.graph.cards import Card
from ui.graph.spacing import apart

AIR = 0.5
"""Between two cards of a column, in heights of a line."""
LANE = 0.55
"""The room of a line that passes a column, in heights of a line."""
SWEEPS = 12
KNOWN = 0.6
"""So much of a graph must have been placed before, and so much of that be left, for the rest to be fitted in."""

Key = str
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """The column and the middle (pixels down) of each card, and where the lines pass the columns between their ends."""

    spots: Mapping[Key, tuple[int, float]]
    passes: Mapping[Pair, tuple[tuple[int, float], ...]] = field(default_factory=dict)
    heights: Mapping[Key, float] = field(default_factory=dict)

    def taken(self, column: int) -> list[tuple[float, float]]:
        """From where to where cards stand in a column."""
        spots = ((y, self.heights[k]) for k, (c, y) in self.spots.items() if c == column)
        return sorted((y - h / 2, y + h / 2) for y, h in spots)


def place(graph: LinkGraph, cards: Mapping[Key, Card], line: float, before: Placed | None = None) -> Placed:
    """Place every node of the graph; `line` is the height of a line in pixels."""
    fresh = _fresh(graph, cards, line)
    if before is None or not cards:
        return fresh
    kept = {k: before.spots[k] for k in cards if k in before.spots}
    if len(kept) < KNOWN * max(len(cards), len(before.spots)) or any(
        before.heights[k] != cards[k].height for k in kept
    ):
        return fresh
    return _fitted(graph, cards, line, before, kept, fresh)


def pairs_of(graph: LinkGraph) -> list[Pair]:
    """The pairs that are joined, each once, the nearer to this incident first; in the order of the graph."""
    order = {n.key: i for i, n in enumerate(graph.nodes)}
    found: dict[Pair, None] = {}
    for edge in graph.edges:
        one, other = sorted((edge.a, edge.b), key=lambda k: (graph.hops[k], order[k]))
        found[one, other] = None
    return list(found)


def _fresh(graph: LinkGraph, cards: Mapping[Key, Card], line: float) -> Placed:
    """The whole of it anew: the same graph always gives the same places."""
    pairs = pairs_of(graph)
    columns, chains = _columns(graph, pairs)
    height = {**{k: c.height for k, c in cards.items()}}
    beside: dict[Key, list[Key]] = {k: [] for column in columns for k in column}
    for chain in chains.values():
        for one, other in pairwise(chain):
            beside[one].append(other)
            beside[other].append(one)
    y: dict[Key, float] = {}
    for column in columns:
        sizes = [height.get(k, line * LANE) for k in column]
        total = sum(sizes) + AIR * line * (len(sizes) - 1)
        at = -total / 2
        for key, size in zip(column, sizes, strict=True):
            y[key] = at + size / 2
            at += size + AIR * line
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [sum(y[o] for o in beside[k]) / len(beside[k]) if beside[k] else y[k] for k in column]
            sizes = [height.get(k, line * LANE) for k in column]
            y.update(zip(column, apart(wanted, sizes, AIR * line), strict=True))
    where = {k: i for i, column in enumerate(columns) for k in column}
    return Placed(
        spots={k: (where[k], y[k]) for k in cards},
        passes={pair: tuple((where[k], y[k]) for k in chain[1:-1]) for pair, chain in chains.items()},
        heights=height,
    )


def _columns(graph: LinkGraph, pairs: list[Pair]) -> tuple[list[list[Key]], dict[Pair, list[Key]]]:
    """The columns from left to right, each from top to bottom, and the way of every pair through them."""
    # Only whoever opens a graph needs it.
    from fast_sugiyama import from_edges

    number = {n.key: i for i, n in enumerate(graph.nodes)}
    key_of = {i: k for k, i in number.items()}
    columns: list[list[Key]] = []
    chains: dict[Pair, list[Key]] = {}
    spacing = 10.0
    # Two that are equally far from here are joined beside their column.
    edges = [(number[a], number[b]) for a, b in pairs if graph.hops[a] != graph.hops[b]]
    layouts = (
        from_edges(edges, vertex_spacing=spacing, dummy_vertices=True, dummy_size=spacing / 2)
        if edges
        else []
    )
    # The part with this incident first.
    for spots, _, _, steps in sorted(layouts, key=lambda part: min(n for n, _ in part[0])):
        names: dict[int, Key] = {int(n): key_of.get(int(n), "") for n, _ in spots}
        part_chains = _chains(names, [(int(a), int(b)) for a, b in steps or ()], len(number))
        chains.update(part_chains)
        top = max(y for _, (_, y) in spots)
        found: dict[int, list[tuple[float, Key]]] = {}
        for n, (x, y) in spots:
            found.setdefault(round((top - y) / spacing), []).append((x, names[int(n)]))
        while len(columns) <= max(found):
            columns.append([])
        for column, members in found.items():
            columns[column] += [k for _, k in sorted(members)]
    placed = {k for column in columns for k in column}
    # What nothing joins stands by itself at the end.
    alone = [n.key for n in graph.nodes if n.key not in placed]
    return [*columns, *([alone] if alone else [])], chains


def _chains(names: dict[int, Key], steps: list[tuple[int, int]], real: int) -> dict[Pair, list[Key]]:
    """Each pair's way: its two ends and the passing places between; these get names from the pair, always the same."""
    after: dict[int, int] = {a: b for a, b in steps if a >= real}
    found: dict[Pair, list[Key]] = {}
    for a, b in steps:
        if a >= real:
            continue
        way = [a, b]
        while way[-1] >= real:
            way.append(after[way[-1]])
        pair = names[a], names[way[-1]]
        for place, passing in enumerate(way[1:-1]):
            names[passing] = f"{pair[0]}>{pair[1]}>{place}"
        found[pair] = [names[n] for n in way]
    return found


def _fitted(
    graph: LinkGraph,
    cards: Mapping[Key, Card],
    line: float,
    before: Placed,
    kept: Mapping[Key, tuple[int, float]],
    fresh: Placed,
) -> Placed:
    """What was there stays in its place; what is new goes to the nearest gap beside what it is joined to."""
    spots = dict(kept)
    heights = {k: c.height for k, c in cards.items()}
    pairs = pairs_of(graph)
    for key in (k for k in cards if k not in kept):
        near = [spots[o][1] for a, b in pairs if key in (a, b) for o in (a, b) if o in spots and o != key]
        column = fresh.spots[key][0]
        wanted = sum(near) / len(near) if near else fresh.spots[key][1]
        so_far = Placed(spots, heights=heights)
        spots[key] = column, gap(so_far.taken(column), wanted, heights[key], AIR * line)
    whole = Placed(spots, heights=heights)
    passes = {
        pair: before.passes[pair]
        if pair in before.passes and _clear(before.passes[pair], whole)
        else _way(pair, whole, line)
        for pair in pairs
    }
    return Placed(spots, passes, heights)


def _clear(way: tuple[tuple[int, float], ...], placed: Placed) -> bool:
    return all(not (top <= y <= low) for column, y in way for top, low in placed.taken(column))


def _way(pair: Pair, placed: Placed, line: float) -> tuple[tuple[int, float], ...]:
    """The passing places of a new line: in each column between its ends, the gap nearest to the straight line."""
    (one, y), (other, end) = sorted((placed.spots[pair[0]], placed.spots[pair[1]]))
    found = []
    for column in range(one + 1, other):
        straight = y + (end - y) * (column - one) / (other - one)
        found.append((column, gap(placed.taken(column), straight, line * LANE, 1.0)))
    # A way is told from the pair's first to its second.
    return tuple(found if placed.spots[pair[0]][0] <= placed.spots[pair[1]][0] else reversed(found))


def gap(taken: list[tuple[float, float]], wanted: float, size: float, air: float) -> float:
    """The middle, nearest to `wanted`, of a thing of this size that keeps clear of what is taken."""
    half = size / 2 + air
    candidates = [wanted, *(top - half for top, _ in taken), *(low + half for _, low in taken)]
    free = [
        y for y in candidates if all(y + half <= top + 1e-6 or y - half >= low - 1e-6 for top, low in taken)
    ]
    return min(free, key=lambda y: (abs(y - wanted), y))
