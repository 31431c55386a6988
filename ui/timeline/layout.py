"""From a story to marks, spans, ticks and labels in their places. No Qt: widths of words come from outside."""

from itertools import pairwise

from ui.drawn.box import Box
from ui.timeline import rows
from ui.timeline.axis import Axis, Part, axis_of
from ui.timeline.captions import mark_labels, tick_labels
from ui.timeline.cluster import Group, grouped
from ui.timeline.labels import AIR, Board
from ui.timeline.parts import Asked, Layout, Mark, Window
from ui.timeline.rows import Rows
from ui.timeline.story import DAY, Kind, Story
from ui.timeline.ticks import ticks_of


def arrange(story: Story, window: Window, asked: Asked) -> Layout:
    """Lay a story out for a window."""
    axis = axis_of(story, window.width * window.zoom)
    spans = rows.stacked(story.of_kind(Kind.ORDER), axis, window.offset, window.width, asked.keeps)
    geometry = Rows.of(asked.line, asked.mark, max((s.row for s in spans), default=0) + 1, _crowded(story))
    marks = [m for m in _marks(story, axis, window, geometry, asked) if _seen(m, window)]
    shown = [s for s in spans if s.right > 0 and s.left < window.width]
    board = Board(window.width, asked.line, asked.measure)
    ticks = ticks_of(axis, window.offset, window.offset + window.width, asked.measure)
    labels = [
        *mark_labels(marks, shown, geometry, board),
        *tick_labels(axis, ticks, window, geometry, asked),
    ]
    live = next((s for s in axis.sections if s.part is Part.LIVE), None)
    return Layout(
        width=window.width,
        rows=geometry,
        axis=axis,
        marks=tuple(marks),
        spans=tuple(shown),
        labels=tuple(labels),
        ticks=tuple((t.x - window.offset, t.major) for t in ticks),
        lines=tuple((s.left - window.offset, s.right - window.offset) for s in axis.sections),
        breaks=tuple((a.right + b.left) / 2 - window.offset for a, b in pairwise(axis.sections)),
        live=(live.left - window.offset, live.right - window.offset) if live else None,
        now=live.x(story.now) - window.offset if live else None,
        places={e.key: axis.x(e.middle) for e in story.events},
    )


def _crowded(story: Story) -> bool:
    # The caption shares the row of orders unless one of them reaches back into history, where the caption stands.
    until = story.now if story.live_from is None else story.live_from
    return any(e.start < until - DAY for e in story.of_kind(Kind.ORDER))


def _marks(story: Story, axis: Axis, window: Window, geometry: Rows, asked: Asked) -> list[Mark]:
    incidents = story.of_kind(Kind.INCIDENT)
    apart = max(asked.mark + 3, asked.measure(str(len(incidents))) + AIR + 2)
    exact = [(e, axis.x(e.middle)) for e in incidents if not e.coarse]
    coarse = [(e, axis.x(e.middle)) for e in incidents if e.coarse]
    found = [_incidents(g, axis, window, geometry.axis, asked) for g in grouped(exact, apart)]
    found += [_incidents(g, axis, window, geometry.lower_mark, asked) for g in grouped(coarse, apart)]
    for event in story.of_kind(Kind.WARNING):
        x = axis.x(event.middle) - window.offset
        box = Box(x - 1, geometry.flag, asked.mark * 0.7, geometry.axis - geometry.flag)
        found.append(Mark((event,), event.kind, box, faded=not asked.keeps(event)))
    half, tall = asked.mark * 0.38, asked.mark * 0.6
    for event in story.of_kind(Kind.CALL):
        x = axis.x(event.middle) - window.offset
        box = Box(x - half, geometry.axis - tall, 2 * half, 2 * tall)
        found.append(Mark((event,), event.kind, box, form=event.form, labels=event.labels))
    return found


def _incidents(group: Group, axis: Axis, window: Window, y: float, asked: Asked) -> Mark:
    events = group.events
    x = group.x - window.offset
    bar = None
    left = min(axis.span(e)[0] for e in events) - window.offset
    right = max(axis.span(e)[1] for e in events) - window.offset
    mark, coarse = asked.mark, events[0].coarse
    widest = max(b - a for a, b in map(axis.span, events))
    if coarse or widest > mark * 1.6:
        half = max((right - left) / 2, mark / 2 + 3)
        middle = (left + right) / 2
        bar = Box(middle - half, y - mark / 2, 2 * half, mark)
        # The shape stays in the part of the bar that is seen, which also says that it is no point.
        low, high = max(bar.x, 0.0) + mark / 2 + 2, min(bar.x + bar.width, window.width) - mark / 2 - 2
        x = min(max(x, low), high) if low <= high else x
    size = mark + (3 if len(events) > 1 else 0) - (3 if coarse else 0)
    return Mark(
        tuple(events),
        Kind.INCIDENT,
        Box(x - size / 2, y - size / 2, size, size),
        bar,
        tier=max(e.tier for e in events),
        nameless=all(e.nameless for e in events),
        other_kind=all(e.other_kind for e in events),
        faded=not any(asked.keeps(e) for e in events),
        labels=events[0].labels if len(events) == 1 else asked.counted(events, sum(map(asked.keeps, events))),
    )


def _seen(mark: Mark, window: Window) -> bool:
    box = mark.bar or mark.box
    return box.x + box.width > 0 and box.x < window.width
