"""How a row is painted: each delegate paints one kind of row, cuts what does not fit, and shows focus by an outline."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.common import theme
from ui.common.labels import one_line
from ui.models.rows import ROW, Row

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowDelegate(QStyledItemDelegate):
    """What all rows share: heights from the letters, cut text, and an outline for the row that has the focus."""

    lines = 1
    room = 8

    def height(self) -> int:
        """The height of a row."""
        return self.lines * (QFontMetrics(theme.letters(theme.base())).height() + 1) + self.room

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
        font: QFont | None = None,
        align: Qt.AlignmentFlag = LEFT,
    ) -> int:
        """Write one line, cut to its place; returns the width it took."""
        used = font or theme.letters(theme.base())
        metrics = QFontMetrics(used)
        shown = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, max(0, rect.width()))
        painter.setFont(used)
        painter.setPen(theme.colour(tone))
        painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)
        return min(rect.width(), metrics.horizontalAdvance(shown))

    def pill(self, painter: QPainter, rect: QRect, text: str, ground: str, tone: str) -> None:
        """Write a word on a small filled plate."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(rect), 3, 3)
        centre = Qt.AlignmentFlag.AlignCenter
        self.write(painter, rect, text, tone, font=theme.letters(theme.base() - 2, bold=True), align=centre)
