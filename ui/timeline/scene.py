"""Filling a scene from a layout: the same for the screen and for paper."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsScene

from ui.common.labels import plain_tip
from ui.drawn.inks import Inks
from ui.timeline import wording
from ui.timeline.marks import AxisItem, EventItem, LabelItem, MarkItem, SpanItem
from ui.timeline.parts import Asked, Layout
from ui.timeline.story import Event

TIPS = 5
"""How many of several marks a tooltip tells in full."""


def asked_of(font: QFont, keep: frozenset[int] | None) -> Asked:
    """What a layout needs to know of a font and a filter."""
    metrics = QFontMetricsF(font)
    widths: dict[str, float] = {}

    def measure(text: str) -> float:
        if text not in widths:
            widths[text] = metrics.horizontalAdvance(text) + 1
        return widths[text]

    return Asked(measure, metrics.height(), wording.several, wording.undated(), keep)


def tip_of(events: Sequence[Event]) -> str:
    """The tooltip of a mark: all of one event, a line for each of several."""
    if len(events) == 1:
        return plain_tip(events[0].tip)
    lines = [e.text for e in events[:TIPS]]
    left = len(events) - len(lines)
    return plain_tip("\n".join([*lines, *([wording.more(left)] if left else [])]))


def fill(
    scene: QGraphicsScene, layout: Layout, inks: Inks, font: QFont, by_key: Mapping[str, Event]
) -> list[EventItem]:
    """Put the items of a layout into an emptied scene; those that stand for events are returned."""
    scene.clear()
    scene.addItem(AxisItem(layout, inks))
    items: list[EventItem] = [SpanItem(s, layout.rows, inks, tip_of([s.event])) for s in layout.spans]
    items += [MarkItem(m, inks, tip_of(m.events)) for m in layout.marks]
    for label in layout.labels:
        event = by_key.get(label.key)
        items.append(LabelItem(label, font, inks, plain_tip(event.tip) if event else ""))
    for item in items:
        scene.addItem(item)
    scene.setSceneRect(QRectF(0, 0, layout.width, layout.rows.height))
    return items
