"""How a row is painted: each delegate paints one kind of row, cuts what does not fit, and shows focus by an outline."""

from functools import cache, lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.common import theme
from ui.common.labels import one_line
from ui.models.rows import ROW, Row

Index = QModelIndex | QPersistentModelIndex
# Put together once: joining flags takes longer than measuring a short text.
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine


class Hand:
    """One kind of letters with its measures, made once."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.line = self.metrics.height()

    def cut(self, text: str, width: int) -> str:
        """A text on one line, with an ellipsis where it is wider than that."""
        return _cut(self, text, width)

    def width(self, text: str, most: int) -> int:
        """How wide a text is when it is cut to so much."""
        return min(most, self.metrics.horizontalAdvance(self.cut(text, most)))


# Rows say the same short things again and again, and a list is painted more often than it changes.
@lru_cache(maxsize=2_000)
def _cut(by: Hand, text: str, width: int) -> str:
    return by.metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, max(0, width))


@cache
def hand(pixels: int, bold: bool = False, semi: bool = False) -> Hand:
    """The letters of a height and weight."""
    return Hand(theme.letters(pixels, bold, semi))


@cache
def _pen(colour: str) -> QPen:
    return QPen(QColor(colour))


def rule(painter: QPainter, rect: QRect) -> None:
    """A hair line along the upper edge, half on the row above as a smooth line lies; filling is ten times as fast."""
    tone = theme.colour("line")
    tone.setAlphaF(0.5)
    painter.fillRect(rect.x(), rect.y() - 1, rect.width(), 2, tone)


def put(
    painter: QPainter,
    by: Hand,
    rect: QRect,
    text: str,
    tone: str,
    align: Qt.AlignmentFlag | Qt.TextFlag = LEFT,
) -> None:
    """Put one line where the painter writes by that hand already: finding a font's letters takes a while each time."""
    painter.setPen(_pen(theme.colours()[tone]))
    painter.drawText(rect, align, _cut(by, text, rect.width()))


class RowDelegate(QStyledItemDelegate):
    """What all rows share: heights from the letters, cut text, and an outline for the row that has the focus.

    `uniform` is true where every row has the same height whatever it says: then the list measures one of them.
    """

    lines = 1
    room = 8
    uniform = False
    width = 0
    """How wide the list is; 0 while that is not known."""

    def height(self) -> int:
        """The height of a row."""
        return self.lines * (hand(theme.base()).line + 1) + self.room

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are as wide as the list."""
        return QSize(60, self.height_of(index.data(ROW)))

    def height_of(self, row: Row) -> int:
        """The height of one row."""
        return self.height()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row, then the focus."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self.paint_row(painter, rect, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint what the row says."""

    def write(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        tone: str,
        *,
        using: Hand | None = None,
        align: Qt.AlignmentFlag | Qt.TextFlag = LEFT,
    ) -> None:
        """Write one line, cut to its place."""
        used = using or hand(theme.base())
        painter.setFont(used.font)
        put(painter, used, rect, text, tone, align)

    def pill(self, painter: QPainter, rect: QRect, text: str, ground: str, tone: str) -> None:
        """Write a word on a small filled plate."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(rect), 3, 3)
        self.write(painter, rect, text, tone, using=hand(theme.base() - 2, bold=True), align=CENTRE)
