"""The same as the drawing, as a list: every card with everything it is joined to, for a screen reader and anybody else."""

from ui.common.words import tr
from ui.graph import words
from ui.graph.cards import sign_of
from ui.graph.reading import Read, Show
from ui.graph.words import Naming
from ui.models.rows import EntryRow, Row

SHAPES = {"grave": ("critical", "critical"), "serious": ("serious", "serious"), "accent": ("note", "accent")}


def rows_of(read: Read, show: Show, naming: Naming) -> list[Row]:
    """A row for every card of the drawing, the nearest to this incident first."""
    graph = read.graph
    there = read.drawings[show].boxes
    nodes = [n for n in graph.nodes if n.key in there]
    found: list[Row] = []
    for node in sorted(nodes, key=lambda n: graph.hops[n.key]):
        _, tone = sign_of(node.kind, node.roles, node.named)
        shape, colour = SHAPES.get(tone, ("plain", "muted"))
        spoken = read.spoken[node.key]
        said = words.sub(node, graph)
        title = f"{words.kind(node.kind)} {words.title(node, naming)}" + (f", {said}" if said else "")
        lines = [*words.joined(node, graph, naming), *words.harm(node.key, read.genogram)]
        sub = "; ".join(lines) or tr("Nothing joins it.")
        found.append(EntryRow(node.key, spoken, "\n".join([title, *lines]), shape, colour, title, sub))
    return found
