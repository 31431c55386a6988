"""The signs of cards and lines: each has a shape of its own, so that no colour stands alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.drawn.inks import Inks
from ui.graph.drawing import Stroke


def tone(name: str, inks: Inks) -> QColor:
    """The colour of a tone."""
    return QColor(
        {"grave": inks.grave, "serious": inks.serious, "accent": inks.accent, "order": inks.order}.get(
            name, inks.muted
        )
    )


def draw_sign(painter: QPainter, sign: str, where: QRectF, inks: Inks, ink: QColor) -> None:
    """A sign into a square."""
    ground = QColor(inks.ground)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    c, w = where.center(), where.width()
    match sign:
        case "suspect":
            painter.setBrush(ink)
            painter.drawPolygon(_polygon(where, (0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)))
        case "at_risk":
            # A shield.
            painter.setBrush(ink)
            path = QPainterPath(QPointF(where.left(), where.top() + w * 0.08))
            path.lineTo(where.right(), where.top() + w * 0.08)
            path.lineTo(where.right(), where.top() + w * 0.5)
            path.quadTo(where.right(), where.top() + w * 0.85, c.x(), where.bottom())
            path.quadTo(where.left(), where.top() + w * 0.85, where.left(), where.top() + w * 0.5)
            path.closeSubpath()
            painter.drawPath(path)
        case "child":
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(c.x() - w * 0.2, where.top(), w * 0.4, w * 0.4))
            painter.drawPolygon(_polygon(where, (0.5, 0.35), (0.85, 1), (0.15, 1)))
        case "person" | "unnamed":
            if sign == "unnamed":
                painter.setPen(QPen(ink, 1.4, Qt.PenStyle.DotLine))
            painter.drawEllipse(QRectF(c.x() - w * 0.22, where.top() + w * 0.02, w * 0.44, w * 0.44))
            painter.drawChord(
                QRectF(where.left() + w * 0.06, where.top() + w * 0.55, w * 0.88, w * 0.9), 0, 180 * 16
            )
        case "place":
            painter.drawPolygon(
                _polygon(
                    where, (0.5, 0), (1, 0.45), (0.85, 0.45), (0.85, 1), (0.15, 1), (0.15, 0.45), (0, 0.45)
                )
            )
        case "number":
            painter.drawRoundedRect(where.adjusted(w * 0.22, 0, -w * 0.22, 0), 2, 2)
            painter.drawLine(
                QPointF(c.x() - w * 0.1, where.bottom() - w * 0.18),
                QPointF(c.x() + w * 0.1, where.bottom() - w * 0.18),
            )
        case "vehicle":
            painter.drawPolygon(
                _polygon(
                    where,
                    (0, 0.72),
                    (0, 0.45),
                    (0.2, 0.42),
                    (0.32, 0.16),
                    (0.72, 0.16),
                    (0.84, 0.42),
                    (1, 0.45),
                    (1, 0.72),
                )
            )
            painter.setBrush(ground)
            for at in (0.27, 0.75):
                painter.drawEllipse(
                    QPointF(where.left() + w * at, where.top() + w * 0.74), w * 0.14, w * 0.14
                )
        case "order":
            painter.drawPolygon(_polygon(where, (0.15, 0), (0.62, 0), (0.88, 0.26), (0.88, 1), (0.15, 1)))
            for at in (0.45, 0.68):
                painter.drawLine(
                    QPointF(where.left() + w * 0.3, where.top() + w * at),
                    QPointF(where.left() + w * 0.72, where.top() + w * at),
                )
        case "bundle":
            painter.drawRect(where.adjusted(w * 0.3, 0, 0, -w * 0.3))
            painter.setBrush(ground)
            painter.drawRect(where.adjusted(0, w * 0.3, -w * 0.3, 0))
        case "here":
            painter.setBrush(ink)
            painter.drawRect(where.adjusted(w * 0.08, w * 0.08, -w * 0.08, -w * 0.08))
            painter.setPen(QPen(ground, 1.4))
            painter.drawRect(where.adjusted(w * 0.26, w * 0.26, -w * 0.26, -w * 0.26))
        case "incident":
            painter.drawRect(where.adjusted(w * 0.12, w * 0.12, -w * 0.12, -w * 0.12))
        case "pair" | "ex" | "harm":
            y = c.y()
            path = QPainterPath(QPointF(where.left() - 3, y))
            path.lineTo(where.right() + 3, y)
            draw_line(painter, path, Stroke(sign), inks)
        case "home" | "possible":
            painter.setPen(QPen(ink, 1.2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(where, 4, 4)


def _polygon(where: QRectF, *corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF(
        [QPointF(where.left() + where.width() * x, where.top() + where.height() * y) for x, y in corners]
    )


def pen_of(stroke: Stroke, inks: Inks, strong: bool = False) -> QPen:
    """The pen of a line: a dash or a weight of its own for each kind."""
    match stroke:
        case Stroke.SUSPECT:
            pen = QPen(QColor(inks.grave), 1.6)
        case Stroke.HARM:
            pen = QPen(QColor(inks.grave), 1.8)
        case Stroke.ORDER:
            pen = QPen(QColor(inks.order), 1.6, Qt.PenStyle.DashLine)
        case Stroke.RELATION | Stroke.PAIR | Stroke.EX | Stroke.CHILD:
            pen = QPen(QColor(inks.text), 1.5)
        case Stroke.KIN:
            pen = QPen(QColor(inks.text), 1.2, Qt.PenStyle.DotLine)
        case _:
            pen = QPen(QColor(inks.line), 1.1)
    if strong:
        pen.setWidthF(pen.widthF() + 1.2)
    return pen


def draw_line(
    painter: QPainter, path: QPainterPath, stroke: Stroke, inks: Inks, strong: bool = False
) -> None:
    """A line: two strokes across where the two are parted, a zigzag where harm was told."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen_of(stroke, inks, strong))
    painter.drawPath(_zigzag(path) if stroke is Stroke.HARM else path)
    if stroke is Stroke.HARM:
        _head(painter, path, QColor(inks.grave))
    if stroke is Stroke.EX:
        middle, angle = path.pointAtPercent(0.5), path.angleAtPercent(0.5)
        painter.save()
        painter.translate(middle)
        painter.rotate(-angle)
        for x in (-3, 3):
            painter.drawLine(QPointF(x - 3, 6), QPointF(x + 3, -6))
        painter.restore()


def _head(painter: QPainter, path: QPainterPath, ink: QColor) -> None:
    """An arrow's head at the end: whom it harmed."""
    painter.save()
    painter.translate(path.pointAtPercent(1))
    painter.rotate(-path.angleAtPercent(1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(-9, -5), QPointF(-9, 5)]))
    painter.restore()


def _zigzag(path: QPainterPath) -> QPainterPath:
    found, length, at, side = QPainterPath(path.pointAtPercent(0)), path.length(), 0.0, 1
    while at + 5 < length:
        at += 5
        share = path.percentAtLength(at)
        point, angle = path.pointAtPercent(share), path.angleAtPercent(share)
        # Across the way of the line: Qt's angles run against the clock, its y downwards.
        upright = abs((angle % 180) - 90) < 45
        found.lineTo(point + (QPointF(3.0 * side, 0) if upright else QPointF(0, 3.0 * side)))
        side = -side
    found.lineTo(path.pointAtPercent(1))
    return found
