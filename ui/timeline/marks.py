"""The items that paint a layout. Every kind and tier has a shape of its own; no colour stands alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from ui.drawn.inks import Inks
from ui.drawn.item import Item, rect
from ui.timeline.labels import Label
from ui.timeline.parts import Layout, Mark
from ui.timeline.rows import Rows, SpanRow
from ui.timeline.story import Form, Kind, Tier


def ink_of(tier: Tier, inks: Inks) -> str:
    """A tier's colour; its shape says the same."""
    return {Tier.GRAVE: inks.grave, Tier.SERIOUS: inks.serious, Tier.OTHER: inks.other}[tier]


def shape_of(tier: Tier, where: QRectF) -> QPainterPath:
    """A diamond for grave, a triangle for serious, a circle for the others."""
    path = QPainterPath()
    c = where.center()
    match tier:
        case Tier.GRAVE:
            corners = [
                (c.x(), where.top()),
                (where.right(), c.y()),
                (c.x(), where.bottom()),
                (where.left(), c.y()),
            ]
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
            path.closeSubpath()
        case Tier.SERIOUS:
            low = where.bottom() - where.height() * 0.08
            corners = [(c.x(), where.top()), (where.right(), low), (where.left(), low)]
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
            path.closeSubpath()
        case Tier.OTHER:
            inset = where.width() * 0.07
            path.addEllipse(where.adjusted(inset, inset, -inset, -inset))
    return path


class EventItem(Item):
    """An item that knows the events it stands for."""

    def __init__(self, room: QRectF, inks: Inks, keys: tuple[str, ...] = (), tip: str = "") -> None:
        super().__init__(room, inks)
        self.keys = keys
        self.setToolTip(tip)


class MarkItem(EventItem):
    """One mark: a past incident, several as one, a police warning, or a call."""

    def __init__(self, mark: Mark, inks: Inks, tip: str) -> None:
        box = rect(mark.bar).united(rect(mark.box)) if mark.bar else rect(mark.box)
        super().__init__(box, inks, tuple(e.key for e in mark.events), tip)
        self.mark = mark
        # Longer bars lie beneath shorter ones, and all bars beneath the marks of exact days.
        self.setZValue(3 - mark.bar.width / 1e6 if mark.bar else 3.5 if mark.faded else 4)

    def draw(self, painter: QPainter) -> None:
        """Draw the shape of its kind."""
        painter.setOpacity(self.inks.faint if self.mark.faded else 1.0)
        match self.mark.kind:
            case Kind.WARNING:
                draw_flag(painter, rect(self.mark.box), self.inks)
            case Kind.CALL:
                draw_call(painter, rect(self.mark.box), self.mark.form, self.inks)
            case _:
                draw_incident(painter, self.mark, self.inks)


def draw_incident(painter: QPainter, mark: Mark, inks: Inks) -> None:
    """A bar where the day is not known, then the shape: hollow without names, with a dot when not domestic."""
    colour, ground = QColor(ink_of(mark.tier, inks)), QColor(inks.ground)
    if mark.bar is not None:
        faint = QColor(inks.line)
        faint.setAlphaF(0.35)
        painter.setPen(QPen(QColor(inks.line), 1))
        painter.setBrush(faint)
        painter.drawRoundedRect(rect(mark.bar), 3, 3)
    where = rect(mark.box)
    if mark.faded:
        where.adjust(2, 2, -2, -2)
    if len(mark.events) > 1:
        # A second outline behind it says that there are several.
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(ground)
        painter.drawPath(shape_of(mark.tier, where.translated(3.5, 0)))
    painter.setPen(QPen(colour if mark.nameless else ground, 1.8 if mark.nameless else 1))
    painter.setBrush(ground if mark.nameless else colour)
    painter.drawPath(shape_of(mark.tier, where.adjusted(1, 1, -1, -1) if mark.nameless else where))
    if mark.other_kind:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour if mark.nameless else ground)
        low = where.height() * 0.12 if mark.tier is Tier.SERIOUS else 0.0
        radius = where.width() * 0.12
        painter.drawEllipse(where.center() + QPointF(0, low), radius, radius)


def draw_flag(painter: QPainter, where: QRectF, inks: Inks) -> None:
    """A small flag on a pole."""
    painter.setPen(QPen(QColor(inks.text), 1.2))
    painter.setBrush(QColor(inks.ground))
    foot = QPointF(where.left() + 1, where.bottom())
    top = QPointF(where.left() + 1, where.top())
    painter.drawLine(foot, top)
    wide, low = where.width() - 1, where.width() * 0.8
    painter.drawPolygon(QPolygonF([top, top + QPointF(wide, low / 2), top + QPointF(0, low)]))


def draw_call(painter: QPainter, where: QRectF, form: Form, inks: Inks) -> None:
    """A tick for a call, in two pieces when it broke off; a ring for a call-back, hollow when nobody took it."""
    colour = QColor(inks.text)
    painter.setPen(QPen(colour, 2))
    x, middle = where.center().x(), where.center().y()
    match form:
        case Form.TAKEN:
            painter.drawLine(QPointF(x, where.top()), QPointF(x, where.bottom()))
        case Form.BROKEN:
            painter.drawLine(QPointF(x, where.top()), QPointF(x, middle - 3))
            painter.drawLine(QPointF(x, middle + 3), QPointF(x, where.bottom()))
        case _:
            painter.setBrush(QColor(inks.ground) if form is Form.UNANSWERED else colour)
            radius = where.width() * 0.45
            painter.drawEllipse(QPointF(x, middle), radius, radius)


class SpanItem(EventItem):
    """An order: dashed while it is only declared, solid when verified; an arrow while it goes on, a bar at its end."""

    def __init__(self, span: SpanRow, rows: Rows, inks: Inks, tip: str) -> None:
        self._y = rows.span(span.row) + rows.line + 4
        self.span = span
        box = QRectF(span.left, self._y - 4, max(span.right - span.left, 6), 8)
        super().__init__(box, inks, (span.event.key,), tip)
        self.setZValue(2)

    def draw(self, painter: QPainter) -> None:
        """Draw the line and both its ends."""
        painter.setOpacity(self.inks.faint if self.span.faded else 1.0)
        draw_span(painter, self.span.left, self.span.right, self._y, self.span.event.verified, self.inks)
        right = self.span.right
        if self.span.event.ended:
            painter.drawLine(QPointF(right, self._y - 3), QPointF(right, self._y + 3))
        else:
            painter.drawPolyline(
                [QPointF(right - 4, self._y - 3), QPointF(right, self._y), QPointF(right - 4, self._y + 3)]
            )


def draw_span(painter: QPainter, left: float, right: float, y: float, verified: bool, inks: Inks) -> None:
    """The line of an order with the mark of its beginning."""
    pen = QPen(QColor(inks.order), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if not verified:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(right, y))
    painter.setPen(QPen(QColor(inks.order), 2))
    painter.drawLine(QPointF(left, y - 3), QPointF(left, y + 3))


class LabelItem(EventItem):
    """A label: plain text, whatever it holds."""

    def __init__(self, label: Label, font: QFont, inks: Inks, tip: str = "") -> None:
        super().__init__(rect(label.box), inks, (label.key,) if label.key else (), tip)
        self.label = label
        self._font = font
        self.setZValue(5)

    def draw(self, painter: QPainter) -> None:
        """Draw the words."""
        painter.setFont(self._font)
        painter.setPen(QColor(self.inks.of_words(self.label.tone)))
        place = rect(self.label.box).adjusted(0, 0, 2, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.label.text)


class AxisItem(Item):
    """The line, its ticks, its breaks, and the ground of this incident's own section."""

    def __init__(self, layout: Layout, inks: Inks) -> None:
        super().__init__(QRectF(0, 0, layout.width, layout.rows.height), inks)
        self._layout = layout
        self.setZValue(0)

    def draw(self, painter: QPainter) -> None:
        """Draw the axis."""
        layout, rows = self._layout, self._layout.rows
        painter.setClipRect(self._room)
        line = QColor(self.inks.line)
        if layout.live is not None:
            left, right = layout.live
            painter.fillRect(QRectF(left, 0, right - left, rows.height), QColor(self.inks.live))
        painter.setPen(QPen(line, 1.2))
        for left, right in layout.lines:
            painter.drawLine(QPointF(left, rows.axis), QPointF(right, rows.axis))
        for x, major in layout.ticks:
            painter.drawLine(QPointF(x, rows.axis), QPointF(x, rows.axis + (7 if major else 4)))
            painter.drawLine(QPointF(x, rows.ticks - 3), QPointF(x, rows.ticks))
        for x in layout.breaks:
            for shift in (-2.5, 2.5):
                painter.drawLine(QPointF(x + shift - 2, rows.axis + 6), QPointF(x + shift + 2, rows.axis - 6))
        if layout.now is not None:
            painter.setPen(QPen(line, 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(layout.now, rows.flag), QPointF(layout.now, rows.lower))
