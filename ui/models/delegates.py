"""The delegates of the desk's lists."""

from functools import cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.common import theme
from ui.common.shapes import paint_shape
from ui.common.words import tr
from ui.models.paint import LEFT, RIGHT, Hand, Index, RowDelegate, hand, put, rule
from ui.models.rows import ROW, BoardRow, EntryRow, HistoryRow, LogRow, Row, WarningRow

TINTS = {
    "critical": ("critical_ground", "critical"),
    "serious": ("serious_ground", "serious"),
    "note": ("panel", "accent"),
}


class WarningDelegate(RowDelegate):
    """Red with a diamond, amber with a triangle, plain with a circle; two lines where there is height for them."""

    def __init__(self) -> None:
        super().__init__()
        self.room = 6

    def set_tall(self, tall: bool) -> None:
        """Two lines a warning, or one."""
        self.lines = 2 if tall else 1
        self.room = 13 if tall else 6

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one warning."""
        row: WarningRow = index.data(ROW)
        ground, tone = TINTS[row.tier]
        box = rect.adjusted(0, 1, 0, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(box), 4, 4)
        painter.setBrush(theme.colour(tone))
        painter.drawRoundedRect(QRectF(box.x(), box.y(), 3, box.height()), 1.5, 1.5)
        base = theme.base()
        line = hand(base).line + 1
        side, left = theme.scaled(12), theme.scaled(21) + 13
        high = line * self.lines
        top = QRect(box.x() + left, box.y() + (box.height() - high) // 2, box.width() - left - 10, line)
        paint_shape(painter, row.tier, tone, QRectF(box.x() + 13, top.y() + (line - side) / 2, side, side))
        small, strong = hand(base - 1), hand(base, semi=True)
        aside = small.metrics.horizontalAdvance(row.aside) + 14
        new = tr("new")
        plate = hand(base - 2, bold=True).metrics.horizontalAdvance(new) + 12
        title = top.adjusted(0, 0, -(plate + 8 if row.new else 0), 0)
        if strong.metrics.horizontalAdvance(row.sentence) + aside <= title.width():
            # The sentence comes first: what it rests on is left to Enter where there is no room for both.
            self.write(painter, top, row.aside, "muted", using=small, align=RIGHT)
        self.write(painter, title, row.sentence, "text", using=strong)
        if row.new:
            took = strong.width(row.sentence, title.width())
            spot = QRect(title.x() + took + 8, top.y() + 2, plate, line - 3)
            self.pill(painter, spot, new, "accent", "ground")
        if self.lines == 2:
            self.write(painter, top.translated(0, line), row.detail, "muted", using=small)


class EntryDelegate(RowDelegate):
    """A person or a place in two lines; one that is only known of, in one where both fit."""

    lines = 2
    room = 7

    def height_of(self, row: Row) -> int:
        """One line where there is nothing more to say, or room for it beside the name."""
        whole = self.height()
        short = isinstance(row, EntryRow) and (not row.sub or self.beside(row))
        return (whole - self.room) // 2 + self.room - 1 if short else whole

    def beside(self, row: EntryRow) -> bool:
        """Whether what is said of one who has no part here fits beside the name."""
        if row.shape != "plain" or not row.sub:
            return False
        base = theme.base()
        both = hand(base).metrics.horizontalAdvance(row.title) + hand(base - 1).metrics.horizontalAdvance(
            row.sub
        )
        return both + _entry_left() + 6 + theme.scaled(12) <= self.width

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one person or place."""
        row: EntryRow = index.data(ROW)
        base = theme.base()
        line = hand(base).line
        side, left = theme.scaled(10), _entry_left()
        top = QRect(rect.x() + left, rect.y() + 3, rect.width() - left - 6, line)
        paint_shape(
            painter, row.shape, row.tone, QRectF(rect.x() + 8, top.y() + (line - side) / 2, side, side)
        )
        self.write(painter, top, row.title, "text")
        beside = self.beside(row)
        below = top if beside else top.translated(0, line + 1)
        aside = RIGHT if beside else LEFT
        self.write(painter, below, row.sub, row.sub_tone, using=hand(base - 1), align=aside)


def _entry_left() -> int:
    return theme.scaled(18) + 8


class HistoryDelegate(RowDelegate):
    """A past incident: what was told, and under it in amber what was left undone."""

    lines = 2
    room = 9
    uniform = True

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one past incident."""
        row: HistoryRow = index.data(ROW)
        rule(painter, rect)
        base = theme.base()
        usual, small = hand(base), hand(base - 1)
        x, y, width, line = rect.x(), rect.y() + 4, rect.width(), usual.line + 1
        date = _date_room(usual)
        aside = max(min(theme.scaled(150), width // 3), width // 5)
        body, room = x + 7 + date, width - date - aside - 26
        right = x + width - aside - 7
        painter.setFont(usual.font)
        put(painter, usual, QRect(x + 4, y, date, line), row.date, "muted")
        put(painter, usual, QRect(body, y, room, line), row.summary, "text")
        painter.setFont(small.font)
        put(painter, small, QRect(right, y, aside, line), row.assessed, "text", RIGHT)
        put(painter, small, QRect(body, y + line, room, line), row.undone, "serious")
        put(painter, small, QRect(right, y + line, aside, line), row.why, "muted", RIGHT)


@cache
def _date_room(usual: Hand) -> int:
    return usual.metrics.horizontalAdvance("30 May 2018 ") + 8


class LogDelegate(RowDelegate):
    """A line of the log; one that is not saved yet says so."""

    room = 5
    uniform = True

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one line."""
        row: LogRow = index.data(ROW)
        metrics = hand(theme.base()).metrics
        time = metrics.horizontalAdvance("00:00") + 14
        author = metrics.horizontalAdvance("Dispatcher 44") + 14
        self.write(painter, QRect(rect.x() + 4, rect.y(), time, rect.height()), row.time, "muted")
        who = QRect(rect.x() + 4 + time, rect.y(), author - 10, rect.height())
        self.write(painter, who, row.author, "muted")
        body = QRect(who.x() + author, rect.y(), rect.width() - time - author - 14, rect.height())
        if row.pending:
            small = hand(theme.base() - 1, semi=True)
            took = small.metrics.horizontalAdvance(row.pending) + 12
            self.write(painter, body, row.pending, "serious", using=small, align=RIGHT)
            body = body.adjusted(0, 0, -took, 0)
        self.write(painter, body, row.text, "serious" if row.pending else "text")


class BoardDelegate(RowDelegate):
    """An open incident on one line: grade as a plate, who, where it stands."""

    room = 9

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one open incident."""
        row: BoardRow = index.data(ROW)
        wide = hand(theme.base() - 2, bold=True).metrics.horizontalAdvance(row.grade) + 16
        plate = QRect(rect.x() + 4, rect.y() + 3, max(theme.scaled(84), wide), rect.height() - 6)
        ground, tone = {
            "immediate": ("critical", "on_strong"),
            "priority": ("serious", "on_strong"),
        }.get(row.band, ("raised", "text"))
        self.pill(painter, plate, row.grade, ground, tone)
        small = hand(theme.base() - 1)
        aside = min(small.metrics.horizontalAdvance(row.standing) + 4, rect.width() // 2)
        right = QRect(rect.right() - aside - 6, rect.y(), aside, rect.height())
        self.write(painter, right, row.standing, row.tone, using=small, align=RIGHT)
        body = QRect(plate.right() + 10, rect.y(), right.x() - plate.right() - 16, rect.height())
        self.write(painter, body, row.title, "text", using=hand(theme.base(), semi=row.here))
