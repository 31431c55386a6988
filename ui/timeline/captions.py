"""The words of a layout: beside marks and orders, and along the axis. No Qt."""

from collections.abc import Sequence

from ui.drawn.box import Box
from ui.timeline.axis import Axis, Part
from ui.timeline.labels import Board, Label, Wish
from ui.timeline.parts import Asked, Mark, Window
from ui.timeline.rows import Rows, SpanRow
from ui.timeline.story import Form, Kind, Tier
from ui.timeline.ticks import Tick


def mark_labels(marks: Sequence[Mark], spans: Sequence[SpanRow], rows: Rows, board: Board) -> list[Label]:
    """Words for marks and orders: several as one first, then orders and calls, then by how grave."""
    wishes: list[tuple[int, int, Wish]] = []
    for mark in marks:
        middle, key = mark.box.x + mark.box.width / 2, mark.events[0].key
        if mark.kind is Kind.CALL:
            places = (rows.lower,) if mark.form is Form.UNANSWERED else (rows.upper, rows.lower)
            wishes.append((1, 0, Wish(mark.labels, middle, places, "text", key)))
        elif mark.kind is Kind.INCIDENT and mark.bar is not None and mark.events[0].coarse:
            board.take(Box(mark.box.x, rows.lower, mark.box.width, rows.line))
            several = len(mark.events) > 1
            wishes.append((0 if several else 4, -len(mark.events), _beside(mark, mark.bar, rows, board)))
        elif mark.kind is Kind.INCIDENT:
            several = len(mark.events) > 1
            tone = "text" if several and not mark.faded else "muted"
            rank = 0 if several else 9 if mark.faded else 2 if mark.tier is Tier.GRAVE else 3
            wishes.append((rank, -len(mark.events), Wish(mark.labels, middle, (rows.upper,), tone, key)))
    for span in spans:
        words, row = span.event.labels, (rows.span(span.row),)
        wishes.append((1, 0, Wish(words, max(span.left, 0.0), row, "order", span.event.key, (0.0, 1.0))))
    wishes.sort(key=lambda wish: wish[:2])
    # How many there are, and when the calls came, goes before the date of any single mark.
    first = board.place_all([w for rank, _, w in wishes if rank <= 1])
    return [*first, *board.place_all([w for rank, _, w in wishes if rank > 1])]


def _beside(mark: Mark, bar: Box, rows: Rows, board: Board) -> Wish:
    """The words of a bar: within it, beside the shape, where they fit; else after its end."""
    x, end = mark.box.x + mark.box.width, bar.x + bar.width
    within = tuple(w for w in mark.labels if end - x >= board.measure(w) + 8)
    words, at = (within, x) if within else (mark.labels, end)
    return Wish(words, at, (rows.lower,), "muted", mark.events[0].key, (0.0,), 5.0)


def tick_labels(axis: Axis, ticks: Sequence[Tick], window: Window, rows: Rows, asked: Asked) -> list[Label]:
    """Words along the axis. The first of each section tells the date in full, so that no hour stands without its day."""
    board = Board(window.width, asked.line, asked.measure, air=9.0)
    row = (rows.ticks,)
    first = [
        Wish((asked.undated,), (s.left + s.right) / 2 - window.offset, row)
        for s in axis.sections
        if s.part is Part.UNDATED
    ]
    first += [Wish(t.labels, t.x - window.offset, row, leans=(0.0,), nudge=-2.0) for t in ticks if t.first]
    others = sorted((t for t in ticks if not t.first), key=lambda t: (not t.major, t.x))
    placed = [label for label in map(board.place, first) if label is not None]
    wishes = [Wish(t.labels, t.x - window.offset, row, leans=(0.5,)) for t in others]
    return [*placed, *board.place_all(wishes)]
