"""Paints a plot: full, hatched and hollow, so that no colour tells alone; the arrows go from bar to bar and read it."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from callhandler.model.review import Point
from ui.common import theme
from ui.common.announce import announce
from ui.common.labels import plain_tip
from ui.common.words import tr
from ui.models.paint import CENTRE, LEFT, RIGHT, hand, put
from ui.review.plot import Plot

STEPS = {
    Qt.Key.Key_Left.value: -1,
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_Right.value: 1,
    Qt.Key.Key_Down.value: 1,
}
INKS = (("accent", Qt.BrushStyle.SolidPattern), ("muted", None), ("serious", Qt.BrushStyle.BDiagPattern))
"""Of each part its colour and how it is filled: None leaves it hollow."""


class PlotView(QWidget):
    """One plot at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot: Plot | None = None
        self.current = -1
        self._places: list[QRect] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Plot"))

    def show_plot(self, plot: Plot | None) -> None:
        """Show another plot; None while its figures are not read."""
        if plot == self.plot:
            return
        if plot is None or self.plot is None or plot.series.title != self.plot.series.title:
            self.current = -1
        self.plot = plot
        self.setAccessibleName(plot.series.title if plot else tr("Plot, not yet read"))
        self.setAccessibleDescription(plot.summary if plot else "")
        self.update()

    @property
    def told(self) -> str:
        """The bar that the arrows are on, in words."""
        plot = self.plot
        return (
            plot.told(plot.series.points[self.current])
            if plot and 0 <= self.current < len(plot.series.points)
            else ""
        )

    def minimumSizeHint(self) -> QSize:
        """A line for the parts, some height for bars, a line of labels."""
        line = hand(theme.base() - 2).line
        return QSize(theme.scaled(150), 2 * line + theme.scaled(44))

    def sizeHint(self) -> QSize:
        """A little more than the least."""
        return QSize(theme.scaled(240), self.minimumSizeHint().height() + theme.scaled(40))

    # by keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From bar to bar."""
        plot, step = self.plot, STEPS.get(event.key())
        if plot is None or not plot.series.points or step is None:
            super().keyPressEvent(event)
            return
        last = len(plot.series.points) - 1
        self.current = (
            min(max(self.current + step, 0), last) if self.current >= 0 else (0 if step > 0 else last)
        )
        announce(self, self.told)
        self.update()

    def event(self, event: QEvent) -> bool:
        """The bar under the pointer tells its numbers."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(event.pos())
            if self.plot is not None and place >= 0:
                QToolTip.showText(
                    event.globalPos(), plain_tip(self.plot.told(self.plot.series.points[place])), self
                )
            return True
        return super().event(event)

    def _at(self, point: QPoint) -> int:
        return next((n for n, place in enumerate(self._places) if place.contains(point)), -1)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The parts by name, then the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot, small = self.plot, hand(theme.base() - 2)
        painter.setFont(small.font)
        self._places = []
        if plot is not None:
            top = self._legend(painter, plot)
            room = self.rect().adjusted(2, top + 4, -2, -1)
            if plot.upright:
                self._columns(painter, plot, room)
            else:
                self._lines(painter, plot, room)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _legend(self, painter: QPainter, plot: Plot) -> int:
        """What each filling means; or, while the arrows are on a bar, what that bar says."""
        small = hand(theme.base() - 2)
        if self.hasFocus() and self.told:
            put(painter, small, QRect(4, 2, self.width() - 8, small.line), self.told, "text")
            return small.line + 2
        x, side = 4, theme.scaled(9)
        for place, name in enumerate(plot.series.parts):
            _fill(painter, plot.fills[place], QRectF(x, 2 + (small.line - side) / 2, side, side))
            x += side + 5
            wide = small.metrics.horizontalAdvance(name) + 12
            put(painter, small, QRect(x, 2, min(wide, self.width() - x), small.line), name, "muted")
            x += wide
        return small.line + 2

    def _columns(self, painter: QPainter, plot: Plot, room: QRect) -> None:
        small = hand(theme.base() - 2)
        foot = room.bottom() - small.line
        high = max(1, foot - room.y() - 2)
        each = room.width() / max(1, len(plot.series.points))
        for place, bar in enumerate(plot.series.points):
            x = room.x() + place * each
            self._places.append(QRect(round(x), room.y(), max(1, round(each)), high))
            y = float(foot)
            for part, many in enumerate(bar.parts):
                tall = high * many / plot.most
                if many:
                    y -= tall
                    _fill(painter, plot.fills[part], QRectF(x + 1, y, max(2.0, each - 3), tall))
            self._ring(painter, place)
        painter.fillRect(QRect(room.x(), foot, room.width(), 1), theme.colour("line"))
        self._feet(painter, plot, room, foot + 1, each)

    def _feet(self, painter: QPainter, plot: Plot, room: QRect, y: int, each: float) -> None:
        """Labels under the first bar, the last, and as many between as have room."""
        small = hand(theme.base() - 2)
        last, free = len(plot.series.points) - 1, float(room.x())
        if last < 0:
            return
        ends = room.right() - small.metrics.horizontalAdvance(plot.series.points[last].label) - 10
        for place, bar in enumerate(plot.series.points[:-1]):
            wide = small.metrics.horizontalAdvance(bar.label)
            x = room.x() + place * each
            if place and (place * 4) % max(4, last + 1) > 3:
                continue
            if x >= free and x + wide < ends:
                put(painter, small, QRect(round(x), y, wide + 2, small.line), bar.label, "muted")
                free = x + wide + 12
        put(
            painter,
            small,
            QRect(room.x(), y, room.width(), small.line),
            plot.series.points[last].label,
            "muted",
            RIGHT,
        )

    def _lines(self, painter: QPainter, plot: Plot, room: QRect) -> None:
        """One line a bar: how many, the bar, its words. What has no room is counted, and is in the table."""
        small = hand(theme.base() - 2)
        high = small.line + 3
        fits = max(1, room.height() // high)
        shown = (
            plot.series.points if len(plot.series.points) <= fits else plot.series.points[: max(1, fits - 1)]
        )
        number = small.metrics.horizontalAdvance("000 ")
        long = max(theme.scaled(36), room.width() // 4)
        for place, bar in enumerate(shown):
            y = room.y() + place * high
            self._places.append(QRect(room.x(), y, room.width(), high))
            put(
                painter, small, QRect(room.x(), y, number - 4, small.line), str(sum(bar.parts)), "text", RIGHT
            )
            self._lying(painter, plot, bar, QRectF(room.x() + number, y + 2, long, small.line - 3))
            x = room.x() + number + long + 8
            put(painter, small, QRect(x, y, room.right() - x, small.line), bar.label, "text", LEFT)
            self._ring(painter, place)
        if len(shown) < len(plot.series.points):
            more = tr("and {n} more: B lists all").format(n=len(plot.series.points) - len(shown))
            y = room.y() + len(shown) * high
            put(painter, small, QRect(room.x(), y, room.width(), small.line), more, "muted", CENTRE)

    def _lying(self, painter: QPainter, plot: Plot, bar: Point, room: QRectF) -> None:
        x = room.x()
        for part, many in enumerate(bar.parts):
            wide = room.width() * many / plot.most
            if many:
                _fill(painter, plot.fills[part], QRectF(x, room.y(), max(2.0, wide - 1), room.height()))
            x += wide

    def _ring(self, painter: QPainter, place: int) -> None:
        if self.hasFocus() and place == self.current:
            painter.setPen(QPen(theme.colour("text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self._places[place]).adjusted(-0.5, 0, -0.5, 0))


def _fill(painter: QPainter, part: int, room: QRectF) -> None:
    """One part of a bar: full, hatched with an outline, or an outline alone."""
    tone, pattern = INKS[part % len(INKS)]
    colour = theme.colour(tone)
    if pattern is Qt.BrushStyle.SolidPattern:
        painter.fillRect(room, colour)
        return
    painter.setPen(QPen(colour, 1))
    painter.setBrush(QBrush(colour, pattern) if pattern is not None else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
