"""Paints the evening on one line: a disc for a call, a ring where nobody answered, a bar for a move, red past the target."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.common import theme
from ui.common.words import clock, tr
from ui.models.paint import hand, put
from ui.review.evening import Evening, EveningMark, MarkKind
from ui.timeline.labels import Board, Wish

TONES = {
    MarkKind.CALL: "accent",
    MarkKind.RANG_BACK: "accent",
    MarkKind.NO_ANSWER: "serious",
    MarkKind.MOVE: "muted",
    MarkKind.ASKED: "text",
}


class EveningLine(QWidget):
    """As high as two rows of words above the line and two below. Words that have no room are in its description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.evening: Evening | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The evening"))

    def show_evening(self, evening: Evening | None) -> None:
        """Show another evening."""
        if evening != self.evening:
            self.evening = evening
            self.setAccessibleDescription(evening.told if evening else "")
            self.setToolTip(evening.told if evening else "")
            self.update()

    def sizeHint(self) -> QSize:
        """Five rows."""
        return QSize(theme.scaled(300), 4 * hand(theme.base() - 2).line + theme.scaled(22))

    def minimumSizeHint(self) -> QSize:
        """The same height; it may be narrow."""
        return QSize(theme.scaled(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, its red part, the marks, then as many words as have room."""
        evening = self.evening
        if evening is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = hand(theme.base() - 2)
        painter.setFont(small.font)
        middle = 2 * small.line + theme.scaled(11)
        left, right = theme.scaled(8), self.width() - theme.scaled(8)
        span = max(1.0, (evening.end - evening.start).total_seconds())

        def x_of(at: datetime) -> float:
            seconds = (at - evening.start).total_seconds()
            return left + (right - left) * min(max(seconds / span, 0.0), 1.0)

        thick = theme.scaled(8)
        painter.fillRect(QRectF(left, middle - 1, right - left, 2), theme.colour("line"))
        board = Board(
            float(self.width()), float(small.line), lambda text: small.metrics.horizontalAdvance(text) + 1.0
        )
        wishes = [
            Wish(m.labels, x_of(m.at), self._rows(m, middle, small.line), _tone(m)) for m in evening.marks
        ]
        if evening.past is not None:
            from_ = x_of(evening.past)
            room = QRectF(from_, middle - thick / 2, right - from_, thick)
            painter.fillRect(room, theme.colour("critical_ground"))
            painter.setPen(QPen(theme.colour("critical_line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room)
            said = tr("past target from {time}").format(time=clock(evening.past))
            below = (float(middle + theme.scaled(9)),)
            wishes.insert(0, Wish((said, clock(evening.past)), from_, below, "critical_text", "", (0.0, 1.0)))
        for mark in evening.marks:
            self._mark(painter, mark, QPointF(x_of(mark.at), middle))
        for label in board.place_all(wishes):
            box = label.box
            put(
                painter,
                small,
                QRect(round(box.x), round(box.y), round(box.width) + 2, small.line),
                label.text,
                label.tone,
            )
        painter.end()

    def _rows(self, mark: EveningMark, middle: float, line: int) -> tuple[float, ...]:
        upper = (middle - theme.scaled(9) - line, middle - theme.scaled(9) - 2 * line)
        lower = (middle + theme.scaled(9) + line, middle + theme.scaled(9))
        return (
            lower
            if mark.kind is MarkKind.MOVE
            else upper
            if mark.kind is not MarkKind.ASKED
            else (*upper, *lower)
        )

    def _mark(self, painter: QPainter, mark: EveningMark, at: QPointF) -> None:
        half = theme.scaled(5)
        tone = theme.colour(TONES[mark.kind])
        painter.setPen(QPen(tone, 2))
        painter.setBrush(tone)
        match mark.kind:
            case MarkKind.CALL:
                painter.drawEllipse(at, half, half)
            case MarkKind.RANG_BACK:
                painter.drawEllipse(at, half * 0.6, half * 0.6)
            case MarkKind.NO_ANSWER:
                painter.setBrush(theme.colour("ground"))
                painter.drawEllipse(at, half, half)
            case MarkKind.MOVE:
                painter.drawLine(at - QPointF(0, half), at + QPointF(0, half))
            case MarkKind.ASKED:
                low = QPolygonF([at, at + QPointF(-half, -1.6 * half), at + QPointF(half, -1.6 * half)])
                painter.drawPolygon(low)


def _tone(mark: EveningMark) -> str:
    return (
        "serious" if mark.kind is MarkKind.NO_ANSWER else "text" if mark.kind is MarkKind.ASKED else "muted"
    )
