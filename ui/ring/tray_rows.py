"""A waiting call as a row: what it says, and how it is painted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from callhandler.intake.ring import RingOutcome
from callhandler.model.when import LONDON
from callhandler.services.rings import Waiting
from ui.common import theme
from ui.common.shapes import paint_shape
from ui.common.words import clock, ordinal, tr
from ui.models.paint import RIGHT, Index, RowDelegate, hand
from ui.models.rows import ROW, Row
from ui.ring.ringing import spoken


@dataclass(frozen=True)
class TrayRow(Row):
    """A call that waits: number, who, where, when, how long ago, how often, and what has become of it."""

    number: str
    name: str
    place: str
    when: str
    ago: str
    often: str
    state: str
    shape: str
    tone: str


def row_of(waiting: Waiting, now: datetime, rings: bool = False) -> TrayRow:
    """A waiting call in words, at this instant; `rings` when it does so now."""
    ring = waiting.ring
    state, shape, tone = {
        RingOutcome.ABANDONED: (tr("Abandoned"), "serious", "serious"),
        RingOutcome.SILENT: (tr("Silent call"), "serious", "serious"),
    }.get(
        ring.outcome, (tr("Rings now"), "note", "accent") if rings else (tr("Not answered"), "open", "accent")
    )
    local = ring.at.astimezone(LONDON) if ring.at else None
    same_day = local is not None and local.date() == now.astimezone(LONDON).date()
    day = f"{local.day} {local:%b} " if local is not None and not same_day else ""
    when = f"{day}{clock(ring.at)}" if ring.at else tr("time not known")
    ago = _ago(now - ring.at) if ring.at else ""
    often = tr("{nth} in 24 hours").format(nth=ordinal(waiting.times)) if waiting.times > 1 else ""
    number = spoken(ring)
    parts = (state, number, ring.name, ring.place, when, ago, often)
    said = ", ".join(p for p in parts if p)
    return TrayRow(ring.uuid, said, said, number, ring.name, ring.place, when, ago, often, state, shape, tone)


def _ago(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return tr("just now")
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return tr("{d} days ago").format(d=hours // 24)
    return tr("{h} h {m:02d} min ago").format(h=hours, m=rest) if hours else tr("{m} min ago").format(m=rest)


class TrayDelegate(RowDelegate):
    """A waiting call in two lines: number and name, place under it; on the right when, and how often."""

    lines = 2
    room = 10

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one call."""
        row: TrayRow = index.data(ROW)
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        small, strong = hand(theme.base() - 1), hand(theme.base(), semi=True)
        metrics = strong.metrics
        line, side = strong.line + 1, theme.scaled(12)
        top = QRect(rect.x() + side + 18, rect.y() + 5, rect.width() - side - 28, line)
        paint_shape(
            painter, row.shape, row.tone, QRectF(rect.x() + 9, top.y() + (line - side) / 2, side, side)
        )
        narrow = rect.width() < 34 * metrics.averageCharWidth() * 2
        when = " · ".join(filter(None, (row.when, row.ago))) if not narrow else row.ago or row.when
        aside = max(small.metrics.horizontalAdvance(t) for t in (when, row.often)) + 12
        self.write(painter, top, when, "muted", using=small, align=RIGHT)
        self.write(painter, top.translated(0, line), row.often, "text", using=small, align=RIGHT)
        column = max(metrics.horizontalAdvance(t) for t in ("+000 00000 000000", tr("Number withheld"))) + 14
        self.write(painter, QRect(top.x(), top.y(), column - 8, line), row.number, "text", using=strong)
        state = QRect(top.x(), top.y() + line, column - 8, line)
        self.write(painter, state, row.state, row.tone, using=hand(theme.base() - 1, semi=True))
        body = QRect(top.x() + column, top.y(), max(0, top.width() - column - aside), line)
        self.write(painter, body, row.name or tr("No name given"), "text" if row.name else "muted")
        self.write(painter, body.translated(0, line), row.place, "muted", using=small)
