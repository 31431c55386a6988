"""A row of the queue, and how it is painted: tier by shape and word, what was changed, why it is here, how long it waits."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.common import theme
from ui.common.shapes import paint_shape
from ui.models.delegates import TINTS
from ui.models.paint import Index, RowDelegate, hand
from ui.models.rows import ROW, Row

AGES = {
    "critical": ("critical_ground", "critical_text"),
    "serious": ("serious_ground", "serious"),
    "note": ("accent_ground", "accent"),
}


@dataclass(frozen=True)
class QueueRow(Row):
    """One item: its title, why it is here, about whom and whose it is, and its clock or age, also short."""

    tier: str
    title: str
    why: str
    about: str
    age: str
    short: str


class QueueDelegate(RowDelegate):
    """Three lines: what, why here, about whom and whose."""

    lines = 3
    room = 15
    uniform = True

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one item."""
        row: QueueRow = index.data(ROW)
        _, tone = TINTS[row.tier]
        box = rect.adjusted(0, 1, 0, -4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(QRectF(box), 4, 4)
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(QRectF(box.x(), box.y(), 3, box.height()), 1.5, 1.5)
        base = theme.base()
        strong, small = hand(base, semi=True), hand(base - 1)
        line, side = strong.line, theme.scaled(11)
        left = theme.scaled(19) + 10
        top = QRect(box.x() + left, box.y() + 4, box.width() - left - 8, line)
        where = QRectF(box.x() + 10, top.y() + (line - side) / 2, side, side)
        paint_shape(painter, row.tier, tone, where)
        bold = hand(base - 2, bold=True).metrics
        whole = bold.horizontalAdvance(row.age) + 12
        age = row.age if strong.metrics.horizontalAdvance(row.title) + whole + 6 <= top.width() else row.short
        plate = bold.horizontalAdvance(age) + 12
        ground, said = AGES[row.tier]
        if row.age:
            self.pill(painter, QRect(top.right() - plate + 1, top.y(), plate, line), age, ground, said)
        self.write(
            painter, top.adjusted(0, 0, -(plate + 6) if row.age else 0, 0), row.title, "text", using=strong
        )
        below = top.translated(0, line + 1)
        self.write(painter, below, row.why, "text", using=small)
        self.write(painter, below.translated(0, line), row.about, "muted", using=small)
