"""How what was found is painted: heads of groups, and hits in two lines with the words that were looked for marked."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ui.common import theme
from ui.models.paint import RIGHT, Index, RowDelegate, hand, rule
from ui.models.rows import ROW, Row
from ui.models.view import RowsView
from ui.search.rows import HeadRow, HitRow


class FoundDelegate(RowDelegate):
    """The chosen hit stands on a tinted ground with a bar: the keys stay in the line above, the list has no focus."""

    lines = 2
    room = 8

    def height_of(self, row: Row) -> int:
        """A head has one line."""
        return hand(theme.base()).line + 11 if isinstance(row, HeadRow) else self.height()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a head or a hit."""
        row = index.data(ROW)
        if isinstance(row, HeadRow):
            self._head(painter, rect, row)
        elif isinstance(row, HitRow):
            view = self.parent()
            if isinstance(view, RowsView) and view.currentIndex() == index:
                painter.fillRect(rect, theme.colour("accent_ground"))
                painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
            self._hit(painter, rect.adjusted(16, 4, -10, -4), row)

    def _head(self, painter: QPainter, rect: QRect, row: HeadRow) -> None:
        rule(painter, rect)
        strong = hand(theme.base(), semi=True)
        body = rect.adjusted(4, 6, -10, 0)
        self.write(painter, body, row.name, "accent", using=strong)
        self.write(painter, body, row.count, "muted", using=hand(theme.base() - 1), align=RIGHT)

    def _hit(self, painter: QPainter, rect: QRect, row: HitRow) -> None:
        base = theme.base()
        strong, small = hand(base, semi=True), hand(base - 1)
        line = hand(base).line + 1
        top = QRect(rect.x(), rect.y(), rect.width(), line)
        why = min(small.metrics.horizontalAdvance(row.why) + 12, rect.width() // 2)
        self.write(
            painter, top.adjusted(rect.width() - why, 0, 0, 0), row.why, "muted", using=small, align=RIGHT
        )
        title = top.adjusted(0, 0, -why, 0)
        self.write(painter, title, row.title, "text", using=strong)
        if row.noted:
            took = strong.width(row.title, title.width()) + 12
            self.write(painter, title.adjusted(took, 0, 0, 0), f"▲ {row.noted}", "serious", using=small)
        self._marked(painter, top.translated(0, line), row)

    def _marked(self, painter: QPainter, rect: QRect, row: HitRow) -> None:
        """The line, with what was looked for in strong letters and underlined."""
        usual, strong = hand(theme.base() - 1), hand(theme.base() - 1, bold=True)
        x, end, at = rect.x(), rect.right(), 0
        for start, stop in (*row.marks, (len(row.line), len(row.line))):
            for text, by, tone in (
                (row.line[at:start], usual, "muted"),
                (row.line[start:stop], strong, "text"),
            ):
                if not text or x >= end:
                    continue
                # At a point and not in a rectangle, where the space between two parts would be left out.
                cut = by.metrics.elidedText(text, Qt.TextElideMode.ElideRight, end - x)
                wide = min(by.metrics.horizontalAdvance(cut), end - x)
                painter.setFont(by.font)
                painter.setPen(theme.colour(tone))
                low = rect.y() + (rect.height() + by.metrics.ascent() - by.metrics.descent()) // 2
                painter.drawText(x, low, cut)
                if by is strong:
                    painter.fillRect(QRect(x, low + 2, wide, 1), theme.colour("accent"))
                x += wide
            at = stop
