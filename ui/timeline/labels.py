"""Labels that never overlap and are never cut off at an edge. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.drawn.box import Box
from ui.timeline.ticks import Measure

AIR = 5.0
"""Pixels kept free at each side of a label."""
MARGIN = 2.0
"""Pixels kept free at both ends of the strip."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A label asked for: words from long to short, its anchor, and the rows it may stand in, best first.

    `leans` says where the anchor may be within the text, from 0 (at its left end) to 1.
    """

    labels: tuple[str, ...]
    x: float
    rows: tuple[float, ...]
    tone: str = "muted"
    key: str = ""
    leans: tuple[float, ...] = (0.5, 0.15, 0.85)
    nudge: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its place."""

    text: str
    box: Box
    tone: str
    key: str = ""


class Board:
    """A strip of pixels in which labels find a place beside each other."""

    def __init__(self, width: float, height: float, measure: Measure, air: float = AIR) -> None:
        self._width = width
        self._height = height
        self._air = air
        self.measure = measure
        self._taken: dict[float, list[Box]] = {}

    def take(self, box: Box) -> None:
        """Keep labels out of a rectangle, in the row of its y."""
        self._taken.setdefault(box.y, []).append(box)

    def place(self, wish: Wish) -> Label | None:
        """Place the longest of the wished words that fits somewhere; None when none does."""
        for text in wish.labels:
            for row in wish.rows:
                for lean in wish.leans:
                    label = self._try(text, wish, row, lean)
                    if label is not None:
                        self.take(label.box)
                        return label
        return None

    def place_all(self, wishes: Sequence[Wish]) -> list[Label]:
        """Give each its shortest words first, then longer ones where there is room; earlier wishes go first."""
        short = [
            (w, self.place(Wish(w.labels[-1:], w.x, w.rows, w.tone, w.key, w.leans, w.nudge))) for w in wishes
        ]
        placed: list[Label] = []
        for wish, label in short:
            if label is None:
                continue
            self._taken[label.box.y].remove(label.box)
            longer = self.place(
                Wish(wish.labels[:-1], wish.x, wish.rows, wish.tone, wish.key, wish.leans, wish.nudge)
            )
            if longer is None:
                self.take(label.box)
            placed.append(longer or label)
        return placed

    def _try(self, text: str, wish: Wish, row: float, lean: float) -> Label | None:
        width = self.measure(text)
        if width > self._width - 2 * MARGIN:
            return None
        wanted = wish.x + wish.nudge - width * lean
        x = min(max(wanted, MARGIN), self._width - width - MARGIN)
        # Held back at an edge, a label must still touch what it names.
        if abs(x - wanted) > width / 2 + AIR:
            return None
        box = Box(x, row, width, self._height)
        if any(box.meets(other, self._air) for other in self._taken.get(row, ())):
            return None
        return Label(text, box, wish.tone, wish.key)
