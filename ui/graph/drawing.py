"""What is drawn, as values in pixels: cards in their places, lines with their words, outlines. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ui.drawn.box import Box
from ui.graph.cards import Card, Measure

Step = tuple[str, tuple[float, ...]]
"""`M` x y, `L` x y, or `C` with two points that lead and one that is reached."""
Spot = tuple[float, float]
Anchor = tuple[float, float, float]
"""Where a word may stand: x, the middle of its height, and which share of its width lies left of x."""


class Stroke(StrEnum):
    """How a line is drawn; its word says the same."""

    PLAIN = "plain"
    RELATION = "relation"
    PAIR = "pair"
    EX = "ex"
    CHILD = "child"
    KIN = "kin"
    HARM = "harm"
    ORDER = "order"
    SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two cards. `anchors` are where its word may stand, best first; `rank` who goes first.

    The word of a `quiet` one is told only while one of its cards is the current one.
    """

    a: str
    b: str
    steps: tuple[Step, ...]
    stroke: Stroke
    word: str = ""
    anchors: tuple[Anchor, ...] = ()
    rank: int = 5
    quiet: bool = False

    @property
    def ends(self) -> tuple[Spot, ...]:
        """Where its steps end."""
        return tuple((at[-2], at[-1]) for _, at in self.steps)


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card in its place."""

    card: Card
    box: Box


@dataclass(frozen=True, slots=True)
class Outline:
    """A household around cards that stand side by side, with its name in the upper edge."""

    box: Box
    name: str
    name_box: Box


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line in its place."""

    text: str
    box: Box
    line: Line


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it. `home` is the card that is shown first, `headings` words that stand for themselves."""

    cards: tuple[PlacedCard, ...] = ()
    lines: tuple[Line, ...] = ()
    outlines: tuple[Outline, ...] = ()
    headings: tuple[tuple[str, Box], ...] = ()
    home: str = ""
    boxes: dict[str, Box] = field(default_factory=dict)

    @property
    def whole(self) -> Box:
        """The room that it takes."""
        boxes = [c.box for c in self.cards] + [o.box for o in self.outlines] + [b for _, b in self.headings]
        boxes += [Box(x, y, 0, 0) for line in self.lines for x, y in line.ends]
        if not boxes:
            return Box(0, 0, 1, 1)
        left, top = min(b.x for b in boxes), min(b.y for b in boxes)
        right, low = max(b.x + b.width for b in boxes), max(b.y + b.height for b in boxes)
        return Box(left, top, right - left, low - top)


def _from(line: Line, drawing: Drawing, current: str) -> Sequence[Anchor]:
    """Where a word may stand, best first: seen from the current card, best at the other one."""
    other = line.b if line.a == current else line.a
    if not current or other not in drawing.boxes:
        return line.anchors
    box = drawing.boxes[other]
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return sorted(line.anchors, key=lambda spot: abs(spot[0] - x) + abs(spot[1] - y))


def words_of(drawing: Drawing, measure: Measure, height: float, current: str = "") -> list[Word]:
    """The words of the lines where they overlap nothing: of the current card's lines alone, where there is one."""
    taken = [c.box for c in drawing.cards] + [o.name_box for o in drawing.outlines]
    taken += [b for _, b in drawing.headings]
    found: list[Word] = []
    lines: Sequence[Line] = [k for k in drawing.lines if not k.quiet]
    if current:
        lines = [k for k in drawing.lines if current in (k.a, k.b)]
    for line in sorted((k for k in lines if k.word), key=lambda k: k.rank):
        width = measure(line.word) + 6
        for x, y, lean in _from(line, drawing, current):
            box = Box(x - width * lean, y - height / 2, width, height)
            if not any(box.meets(other) for other in taken):
                taken.append(box)
                found.append(Word(line.word, box, line))
                break
    return found
