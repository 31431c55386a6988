"""A timeline on paper: black and greys on white, the shapes still telling, with their meaning beneath."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QGraphicsScene

from ui.drawn.box import Box
from ui.drawn.inks import PAPER, Inks
from ui.timeline import wording
from ui.timeline.layout import arrange
from ui.timeline.marks import draw_call, draw_flag, draw_incident, draw_span
from ui.timeline.parts import Mark, Window
from ui.timeline.scene import asked_of, fill
from ui.timeline.story import Event, Form, Kind, Story, Tier
from ui.timeline.ticks import Measure

WIDTH = 760.0
"""The width that a sheet is laid out for; it is then scaled to the sheet."""
SIGN = 11.0
TIERS = {"serious": Tier.SERIOUS, "other": Tier.OTHER}


def print_story(
    painter: QPainter, sheet: QRectF, story: Story, font: QFont, keep: frozenset[int] | None
) -> float:
    """Print the whole of a story into the top of `sheet`; returns the height it took, in the sheet's units."""
    letters = QFont(font)
    letters.setPixelSize(10)
    scale = sheet.width() / WIDTH
    asked = asked_of(letters, keep)
    layout = arrange(story, Window(WIDTH), asked)
    scene = QGraphicsScene()
    fill(scene, layout, PAPER, letters, {e.key: e for e in story.events})
    painter.save()
    painter.translate(sheet.topLeft())
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(0, 0, WIDTH, layout.rows.height)
    scene.render(painter, whole, whole)
    painter.setFont(letters)
    y = layout.rows.height + 6
    note = _note(story, asked.keeps)
    painter.setPen(QColor(PAPER.text))
    painter.drawText(QRectF(0, y, WIDTH, asked.line), Qt.TextFlag.TextSingleLine, note)
    y = _legend(painter, y + asked.line + 4, asked.line, asked.measure)
    painter.restore()
    return y * scale


def _note(story: Story, keeps: Callable[[Event], bool]) -> str:
    incidents = story.of_kind(Kind.INCIDENT)
    counts = [len(story.of_kind(kind)) for kind in (Kind.CALL, Kind.ORDER, Kind.WARNING)]
    told = wording.summary(len(incidents), *counts)
    faded = wording.faded(sum(1 for e in incidents if keeps(e)), len(incidents))
    return f"{told}; {faded}" if faded else told


def _legend(painter: QPainter, y: float, line: float, measure: Measure) -> float:
    x = 0.0
    for name, words in wording.legend():
        width = 18 + measure(words) + 16
        if x + width > WIDTH and x > 0:
            x, y = 0.0, y + line + 3
        _sign(painter, name, QPointF(x + 7, y + line / 2), PAPER)
        painter.setPen(QColor(PAPER.text))
        painter.drawText(QRectF(x + 18, y, measure(words) + 4, line), Qt.TextFlag.TextSingleLine, words)
        x += width
    return y + line


def _sign(painter: QPainter, name: str, at: QPointF, inks: Inks) -> None:
    where = QRectF(at.x() - SIGN / 2, at.y() - SIGN / 2, SIGN, SIGN)
    match name:
        case "warning":
            draw_flag(painter, where, inks)
        case "call":
            draw_call(painter, where, Form.TAKEN, inks)
        case "unanswered":
            draw_call(painter, where, Form.UNANSWERED, inks)
        case "declared" | "verified":
            draw_span(painter, where.left(), where.right() + 3, at.y(), name == "verified", inks)
        case _:
            draw_incident(painter, _sample(name, where), inks)


def _sample(name: str, where: QRectF) -> Mark:
    box = Box(where.x(), where.y(), where.width(), where.height())
    return Mark(
        (Event(name, Kind.INCIDENT, 0, 0, "", ""),),
        Kind.INCIDENT,
        Box(box.x + 2, box.y + 2, box.width - 4, box.height - 4) if name == "bar" else box,
        Box(box.x - 2, box.y, box.width + 4, box.height) if name == "bar" else None,
        tier=TIERS.get(name, Tier.GRAVE),
        nameless=name == "nameless",
        other_kind=name == "other_kind",
    )
