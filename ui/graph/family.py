"""The genogram drawn: a row for each generation, couples side by side, lines with the usual signs and always a word. No Qt.

In which order people stand says fast-sugiyama, as for the graph; that couples stand together is ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callhandler.model.birth import born_in_words
from callhandler.rules.links.values import Couple, EdgeKind, Genogram, LinkGraph, Member, NodeKind
from ui.common.words import tr
from ui.drawn.box import Box
from ui.graph import words
from ui.graph.cards import Card, Letters, member_card
from ui.graph.drawing import Drawing, Line, Outline, PlacedCard
from ui.graph.family_lines import Rows, child_lines, couple_lines, harm_lines, kin_lines
from ui.graph.spacing import apart

BETWEEN = 5.0
"""Between two cards of a row, in heights of a line: room for the word of a couple."""
SWEEPS = 8
WIDE = 4
"""So many of those without a family stand in one row."""


@dataclass(frozen=True)
class Relatives:
    """A genogram with the cards of its people."""

    genogram: Genogram
    cards: Mapping[str, Card]

    @classmethod
    def of(
        cls, genogram: Genogram, graph: LinkGraph, spoken: Mapping[str, str], letters: Letters
    ) -> "Relatives":
        """The cards of its people. Whoever has no family here says on the card what he is to others."""
        nodes = {n.key: n for n in graph.nodes if n.kind is NodeKind.PERSON}
        many = _sizes(genogram)
        cards = {}
        for member in genogram.members:
            said = words.roles(member.roles, member.past_roles)
            said += [] if member.named else [tr("not named")]
            if many[member.family] == 1:
                ties = [e for e in graph.of(member.key) if e.kind is EdgeKind.RELATION]
                for tie in ties[:1]:
                    other = nodes[tie.b if tie.a == member.key else tie.a]
                    relation = words.word(tie, member.key)
                    said.append(tr("{relation} of {name}").format(relation=relation, name=other.label))
            said += [tr("born {year}").format(year=born_in_words(member.born))] if member.born else []
            said += [tr("relations contradict")] if member.key in genogram.contradicting else []
            cards[member.key] = member_card(member, " · ".join(said), spoken[member.key], letters)
        return cls(genogram, cards)


def _sizes(genogram: Genogram) -> dict[int, int]:
    found: dict[int, int] = {}
    for member in genogram.members:
        found[member.family] = found.get(member.family, 0) + 1
    return found


def drawing_of(relatives: Relatives, letters: Letters) -> Drawing:
    """The genogram as it is drawn: families first, then those for whom no relation of family is recorded."""
    genogram, cards, line = relatives.genogram, relatives.cards, letters.line
    many = _sizes(genogram)
    kin = [m for m in genogram.members if many[m.family] > 1]
    rows = _rows(kin, genogram)
    x = _across(rows, cards, genogram, line)
    boxes: dict[str, Box] = {}
    top = 0.0
    tops: list[float] = []
    for row in rows:
        tops.append(top)
        high = max((cards[k].height for k in row), default=0.0)
        for key in row:
            card = cards[key]
            boxes[key] = Box(x[key] - card.width / 2, top + (high - card.height) / 2, card.width, card.height)
        top += high + line * Rows.below(row, genogram)
    headings = _alone(
        [m for m in genogram.members if many[m.family] == 1], cards, boxes, top, line, bool(kin)
    )
    placed = Rows(tuple(tuple(r) for r in rows), boxes, line)
    lines: list[Line] = [
        *couple_lines(genogram, placed),
        *child_lines(genogram, placed),
        *kin_lines(genogram, placed),
        *harm_lines(genogram, placed),
    ]
    return Drawing(
        cards=tuple(PlacedCard(cards[m.key], boxes[m.key]) for m in genogram.members),
        lines=tuple(lines),
        outlines=tuple(_outlines(genogram, rows, boxes, letters, lines)),
        headings=headings,
        home=genogram.members[0].key if genogram.members else "",
        boxes=boxes,
    )


def _rows(kin: Sequence[Member], genogram: Genogram) -> list[list[str]]:
    """Each generation from left to right: the order of the layered drawing, couples moved together."""
    order = _order(kin, genogram)
    rows: list[list[str]] = []
    last = max((m.generation for m in kin), default=-1)
    for generation in range(last + 1):
        here = sorted((m for m in kin if m.generation == generation), key=lambda m: (m.family, order[m.key]))
        rows.append(_paired([m.key for m in here], genogram.couples))
    return rows


def _order(kin: Sequence[Member], genogram: Genogram) -> dict[str, float]:
    """Where each person would stand across, in the layered drawing of parents over children."""
    from fast_sugiyama import from_edges

    number = {m.key: i for i, m in enumerate(kin)}
    edges: list[tuple[int, int]] = []
    for i, couple in enumerate(genogram.couples):
        union = len(number) + i
        edges += [(number[p], union) for p in (couple.a, couple.b) if p in number]
        edges += [(union, number[c]) for c in couple.children if c in number]
    across = {int(n): x for part in (from_edges(edges) if edges else ()) for n, (x, _) in part[0]}
    xs = {key: across.get(i) for key, i in number.items()}
    # Brothers, sisters and relatives without parents here stand beside whoever they were told to belong to.
    for tie in genogram.ties:
        for one, other in ((tie.a, tie.b), (tie.b, tie.a)):
            near = xs.get(other)
            if one in xs and xs[one] is None and near is not None:
                xs[one] = near + 0.5
    placed = {key: x if x is not None else float(number[key]) for key, x in xs.items()}
    born = {m.key: (m.born or "9", m.person_id) for m in kin}
    for couple in genogram.couples:
        # Of the same parents the oldest stands first, as far as that is known.
        children = [c for c in couple.children if c in placed]
        places = sorted(placed[c] for c in children)
        placed.update(zip(sorted(children, key=lambda c: born[c]), places, strict=True))
    return placed


def _paired(row: list[str], couples: Sequence[Couple]) -> list[str]:
    """The row with partners side by side: whoever had two stands between them."""
    beside: dict[str, list[str]] = {k: [] for k in row}
    for couple in couples:
        if couple.a in beside and couple.b in beside:
            beside[couple.a].append(couple.b)
            beside[couple.b].append(couple.a)
    found: list[str] = []
    for key in sorted(row, key=lambda k: (_first(k, beside, row), len(beside[k]) > 1, row.index(k))):
        _walk(key, beside, found)
    return found


def _walk(key: str, beside: Mapping[str, list[str]], found: list[str]) -> None:
    if key in found:
        return
    found.append(key)
    for other in beside[key]:
        _walk(other, beside, found)


def _first(key: str, beside: Mapping[str, list[str]], row: list[str]) -> int:
    """The place of the first of all who are paired with one another."""
    seen: list[str] = []
    _walk(key, beside, seen)
    return min(row.index(k) for k in seen)


def _across(
    rows: list[list[str]], cards: Mapping[str, Card], genogram: Genogram, line: float
) -> dict[str, float]:
    """The middle of each card: children under their parents, as near as the others leave room."""
    x: dict[str, float] = {}
    for row in rows:
        at = 0.0
        for key in row:
            x[key] = at + cards[key].width / 2
            at += cards[key].width + BETWEEN * line
    parents: dict[str, list[str]] = {}
    children: dict[str, list[str]] = {}
    for couple in genogram.couples:
        both = [p for p in (couple.a, couple.b) if p in x]
        for child in couple.children:
            parents.setdefault(child, []).extend(both)
        for parent in both:
            children.setdefault(parent, []).extend(c for c in couple.children if c in x)
    for sweep in range(SWEEPS):
        near = parents if sweep % 2 == 0 else children
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [_mean([x[o] for o in near.get(k, ())], x[k]) for k in row]
            x.update(zip(row, apart(wanted, [cards[k].width for k in row], BETWEEN * line), strict=True))
    return x


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _alone(
    members: Sequence[Member],
    cards: Mapping[str, Card],
    boxes: dict[str, Box],
    top: float,
    line: float,
    under: bool,
) -> tuple[tuple[str, Box], ...]:
    """Those without a family here, in rows of their own under a heading."""
    if not members:
        return ()
    left = min((b.x for b in boxes.values()), default=0.0)
    right = max((b.x + b.width for b in boxes.values()), default=0.0)
    top += line * (1.5 if under else 0.0)
    heading = Box(left, top, line * 30, line * 1.2)
    y, x = top + line * 1.8, left
    high = max(cards[m.key].height for m in members)
    for member in members:
        card = cards[member.key]
        if x > left and x + card.width > max(right, left + line * 14 * WIDE):
            x, y = left, y + high + line * 0.8
        boxes[member.key] = Box(x, y + (high - card.height) / 2, card.width, card.height)
        x += card.width + line
    return ((tr("No family relation recorded"), heading),)


def _near(box: Box, x: float, y: float, line: float) -> bool:
    return box.x - 5 <= x <= box.x + box.width + 5 and abs(y - box.y - box.height / 2) < line


def _outlines(
    genogram: Genogram,
    rows: list[list[str]],
    boxes: Mapping[str, Box],
    letters: Letters,
    lines: Sequence[Line],
) -> list[Outline]:
    """A frame around those of one household who stand side by side; apart, each frame bears the same name."""
    found = []
    for home in genogram.households:
        runs: list[list[str]] = []
        for row in rows:
            run: list[str] = []
            for key in row:
                if key in home.members:
                    run.append(key)
                elif run:
                    runs.append(run)
                    run = []
            runs += [run] if run else []
        for run in runs:
            air = letters.line * 0.55
            top = min(boxes[k].y for k in run) - air
            low = max(boxes[k].y + boxes[k].height for k in run) + air
            left, right = boxes[run[0]].x - air, boxes[run[-1]].x + boxes[run[-1]].width + air
            name = f"⌂ {home.label}"
            width = min(letters.plain(name) + 8, right - left - 8)
            high = letters.line * 1.05
            edges = [
                Box(x, y - high / 2, width, high) for y in (top, low) for x in (left + 8, right - 8 - width)
            ]
            # Where fewest lines come in: the head of one must be seen.
            ends = [s for k in lines for s in (k.ends[0], k.ends[-1])]
            name_box = min(edges, key=lambda e: sum(_near(e, *s, letters.line) for s in ends))
            found.append(Outline(Box(left, top, right - left, low - top), name, name_box))
    return found
