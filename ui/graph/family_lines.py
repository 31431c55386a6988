"""The lines of a genogram: couples under their cards, children from the middle of a couple, harm above. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from callhandler.model.people import Relation
from callhandler.rules.links.values import Couple, Genogram
from ui.common import words
from ui.common.words import tr
from ui.drawn.box import Box
from ui.graph.drawing import Anchor, Line, Step, Stroke
from ui.graph.placing import gap

FIRST, LANE = 1.75, 1.3
"""How far under a row the first couple's line is, and each further one, in heights of a line."""


@dataclass(frozen=True)
class Rows:
    """The rows of people, and where each card is."""

    rows: tuple[tuple[str, ...], ...]
    boxes: Mapping[str, Box]
    line: float

    @staticmethod
    def below(row: "list[str] | tuple[str, ...]", genogram: Genogram) -> float:
        """The room under a row, in heights of a line: for its couples, their children's bar, harm and names under it."""
        lanes = len([c for c in genogram.couples if c.a in row and c.b])
        return FIRST + LANE * (lanes + 1) + 2.7

    def row_of(self, key: str) -> int:
        """Which row a person stands in; -1 for whoever stands in none."""
        return next((i for i, row in enumerate(self.rows) if key in row), -1)

    def low(self, row: int) -> float:
        """The lower edge of a row."""
        return max(self.boxes[k].y + self.boxes[k].height for k in self.rows[row])

    def top(self, row: int) -> float:
        """The upper edge of a row."""
        return min(self.boxes[k].y for k in self.rows[row])

    def x(self, key: str) -> float:
        """The middle of a card."""
        return self.boxes[key].x + self.boxes[key].width / 2


def _lanes(genogram: Genogram, rows: Rows) -> list[tuple[Couple, int, int]]:
    """Each couple with its row and its lane under it: short lines nearest, so that longer ones pass below."""
    found = []
    for row in range(len(rows.rows)):
        here = [c for c in genogram.couples if rows.row_of(c.a) == row]

        def length(couple: Couple) -> float:
            return abs(rows.x(couple.b) - rows.x(couple.a)) if couple.b in rows.boxes else 0.0

        # Who is known as a parent alone has no line beside it, and comes last.
        found += [(c, row, lane) for lane, c in enumerate(sorted(here, key=lambda c: (not c.b, length(c))))]
    return found


def _ports(genogram: Genogram, rows: Rows) -> dict[tuple[str, int], float]:
    """Where under a card each of its couples begins: beside one another, towards the other partner."""
    found: dict[tuple[str, int], float] = {}
    ends: dict[str, list[tuple[float, int]]] = {}
    for i, couple in enumerate(genogram.couples):
        for one, other in ((couple.a, couple.b), (couple.b, couple.a)):
            if one in rows.boxes:
                ends.setdefault(one, []).append((rows.x(other) if other in rows.boxes else rows.x(one), i))
    for key, towards in ends.items():
        box = rows.boxes[key]
        for place, (_, i) in enumerate(sorted(towards), start=1):
            found[key, i] = box.x + box.width * place / (len(towards) + 1)
    return found


def _bend(
    couple: Couple, number: int, row: int, lane: int, rows: Rows, ports: dict[tuple[str, int], float]
) -> tuple[float, float, float]:
    """From where to where a couple's line runs, and how low."""
    y = rows.low(row) + (FIRST + LANE * lane) * rows.line
    start = ports[couple.a, number]
    return start, ports.get((couple.b, number), start), y


def couple_lines(genogram: Genogram, rows: Rows) -> list[Line]:
    """A line under both partners, with the word for what they are or were."""
    ports, found = _ports(genogram, rows), []
    for couple, row, lane in _lanes(genogram, rows):
        if couple.b not in rows.boxes:
            continue
        stroke = Stroke.EX if couple.relation is Relation.EX_PARTNER else Stroke.PAIR
        said = words.relation(couple.relation, True) if couple.relation else tr("parents")
        if rows.row_of(couple.b) != row:
            steps, anchors = _between(couple.a, couple.b, rows, 0.5)
            found.append(Line(couple.a, couple.b, steps, stroke, said, anchors, 0))
            continue
        number = genogram.couples.index(couple)
        start, end, y = _bend(couple, number, row, lane, rows, ports)
        one, other = rows.boxes[couple.a], rows.boxes[couple.b]
        steps = (
            ("M", (start, one.y + one.height)),
            ("L", (start, y)),
            ("L", (end, y)),
            ("L", (end, other.y + other.height)),
        )
        found.append(Line(couple.a, couple.b, steps, stroke, said, _along(start, end, y, rows.line), 0))
    return found


def _along(start: float, end: float, y: float, line: float) -> tuple[Anchor, ...]:
    """Where the word of a level line may stand: over it, under it, beside its middle."""
    return tuple(
        (start + (end - start) * t, y + d * line, 0.5)
        for d in (-0.62, 0.62)
        for t in (0.3, 0.7, 0.5, 0.15, 0.85)
    )


def child_lines(genogram: Genogram, rows: Rows) -> list[Line]:
    """From the middle of a couple, or from under the one parent who is known, to each child."""
    ports, found = _ports(genogram, rows), []
    for couple, row, lane in _lanes(genogram, rows):
        number = genogram.couples.index(couple)
        start, end, y = _bend(couple, number, row, lane, rows, ports)
        bar = (
            rows.low(row)
            + (FIRST + LANE * (len(_under(genogram, rows, row)) + 0.35) + 0.28 * lane) * rows.line
        )
        middle = (start + end) / 2
        if couple.b not in rows.boxes:
            y = rows.boxes[couple.a].y + rows.boxes[couple.a].height
        for child in couple.children:
            if rows.row_of(child) < 0:
                continue
            if rows.row_of(child) != row + 1 or rows.row_of(couple.b) not in (row, -1):
                # Contradicting relations: no generation fits, each line is drawn as it was told.
                for parent in filter(None, (couple.a, couple.b)):
                    steps, anchors = _between(parent, child, rows, 0.5)
                    found.append(Line(parent, child, steps, Stroke.CHILD, tr("parent"), anchors, 2))
                continue
            to = rows.x(child)
            top = rows.boxes[child].y
            steps = (
                ("M", (middle, y)),
                ("L", (middle, bar)),
                ("L", (to, bar)),
                ("L", (to, top)),
            )
            word = tr("parent") if not couple.b else ""
            anchors = (
                (middle, y + rows.line * 1.3, 0.5),
                (to, top - rows.line * 1.3, 0.5),
                (middle, bar - rows.line * 0.7, 0.5),
            )
            found.append(Line(couple.a, child, steps, Stroke.CHILD, word, anchors, 2))
            if couple.b:
                found.append(Line(couple.b, child, steps, Stroke.CHILD))
    return found


def _under(genogram: Genogram, rows: Rows, row: int) -> list[Couple]:
    return [c for c in genogram.couples if rows.row_of(c.a) == row and c.b]


def kin_lines(genogram: Genogram, rows: Rows) -> list[Line]:
    """Brothers, sisters and relatives who have no parent in common here: a dotted bow over both."""
    parents: dict[str, set[str]] = {}
    for couple in genogram.couples:
        for child in couple.children:
            parents.setdefault(child, set()).update(p for p in (couple.a, couple.b) if p)
    found = []
    for tie in genogram.ties:
        a, b = tie.a, tie.b
        if rows.row_of(a) < 0 or rows.row_of(b) < 0 or parents.get(a, set()) & parents.get(b, set()):
            continue
        said = words.relation(tie.relation, True)
        steps, anchors = _between(a, b, rows, 0.35, 1.5)
        found.append(Line(a, b, steps, Stroke.KIN, said, anchors, 1))
    return found


def harm_lines(genogram: Genogram, rows: Rows) -> list[Line]:
    """A zigzag over both, from whom it was told about to whom it harmed."""
    found = []
    for lane, (by, whom) in enumerate(genogram.harm):
        if rows.row_of(by) < 0 or rows.row_of(whom) < 0:
            continue
        steps, anchors = _between(by, whom, rows, 0.75, 2.1 + 0.5 * (lane % 4))
        found.append(Line(by, whom, steps, Stroke.HARM, tr("told to have harmed"), anchors, 0))
    return found


def _between(
    a: str, b: str, rows: Rows, share: float, above: float = 1.7
) -> tuple[tuple[Step, ...], tuple[Anchor, ...]]:
    """A way between two cards that runs over no other: over both in one row, else down through the gaps of the rows.

    `share` is where along a card's edge it begins, `above` how far over a row its level part is, in heights of a line.
    """
    if rows.row_of(a) == rows.row_of(b):
        y = rows.top(rows.row_of(a)) - rows.line * above
        return _over(a, b, y, rows, share)
    upper, lower = sorted((a, b), key=rows.row_of)
    one, other = rows.boxes[upper], rows.boxes[lower]
    x = one.x + one.width * share
    steps: list[Step] = [("M", (x, one.y + one.height))]
    end = other.x + other.width * (1 - share)
    spots: list[Anchor] = []
    for row in range(rows.row_of(upper) + 1, rows.row_of(lower) + 1):
        y = rows.top(row) - rows.line * above
        taken = sorted((rows.boxes[k].x, rows.boxes[k].x + rows.boxes[k].width) for k in rows.rows[row])
        to = end if row == rows.row_of(lower) else gap(taken, x, 2.0, rows.line * 0.8)
        steps += [("L", (x, y)), ("L", (to, y))]
        spots += _along(x, to, y, rows.line)
        x = to
    steps.append(("L", (end, other.y)))
    if upper != a:
        # A way is told from the first to the second: harm has a direction.
        steps = [("L" if i else "M", at) for i, (_, at) in enumerate(reversed(steps))]
    return tuple(steps), tuple(spots)


def _over(a: str, b: str, y: float, rows: Rows, share: float) -> tuple[tuple[Step, ...], tuple[Anchor, ...]]:
    one, other = rows.boxes[a], rows.boxes[b]
    left = one.x < other.x
    start = one.x + one.width * (share if left else 1 - share)
    end = other.x + other.width * (1 - share if left else share)
    steps: tuple[Step, ...] = (
        ("M", (start, one.y)),
        ("L", (start, y)),
        ("L", (end, y)),
        ("L", (end, other.y)),
    )
    return steps, _along(start, end, y, rows.line)
