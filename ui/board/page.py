"""The board's page: every open incident, overdue first; Enter opens one at the desk, Esc goes back."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callhandler.services.board import OpenIncident
from ui.board.rows import WideRow, wide_rows
from ui.common import theme, words
from ui.common.labels import Text
from ui.common.words import tr
from ui.models.paint import Index, RowDelegate, hand, rule
from ui.models.rows import ROW, Row, RowsModel
from ui.models.view import RowsView

SHARES = (30, 27, 21, 22)
"""The width of each column, in hundredths."""


class WideDelegate(RowDelegate):
    """A plate with the grade, then four columns over two lines, and a third line for what waits."""

    lines = 2
    room = 13

    def height_of(self, row: Row) -> int:
        """A line more where something waits."""
        more = isinstance(row, WideRow) and bool(row.third)
        return self.height() + (hand(theme.base()).line + 1 if more else 0)

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one open incident."""
        row: WideRow = index.data(ROW)
        rule(painter, rect)
        base = theme.base()
        line = hand(base).line + 1
        wide = hand(base - 2, bold=True).metrics.horizontalAdvance(row.grade) + 16
        plate = QRect(rect.x() + 4, rect.y() + 5, max(theme.scaled(84), wide), line)
        ground, tone = {
            "immediate": ("critical", "on_strong"),
            "priority": ("serious", "on_strong"),
        }.get(row.band, ("raised", "text"))
        self.pill(painter, plate, row.grade, ground, tone)
        left = plate.right() + 12
        room = rect.right() - left - 8
        for place, (above, below) in enumerate(zip(row.first, row.second, strict=True)):
            width = room * SHARES[place] // 100
            strong = hand(base, semi=row.here and place == 0)
            self.write(
                painter, QRect(left, plate.y(), width - 10, line), above.text, above.tone, using=strong
            )
            under = QRect(left, plate.y() + line, width - 10, line)
            self.write(painter, under, below.text, below.tone, using=hand(base - 1))
            left += width
        left = plate.right() + 12
        for cell in row.third:
            small = hand(base - 1)
            took = small.width(cell.text, max(0, rect.right() - left - 8))
            self.write(
                painter, QRect(left, plate.y() + 2 * line, took + 2, line), cell.text, cell.tone, using=small
            )
            left += took + small.metrics.horizontalAdvance("   ")


class BoardPage(QWidget):
    """`opened` tells the incident to be opened, `left` that the board was left."""

    opened = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Board of open incidents"))
        self.list = RowsView(RowsModel[Row](), WideDelegate(), tr("Open incidents, overdue first"))
        self.list.opened.connect(lambda key: self.opened.emit(int(key.split(":")[1])))
        self._count = Text("", "muted", wrap=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Open incidents"), larger=6, bold=True), 1)
        head.addWidget(self._count)
        head.addSpacing(20)
        head.addWidget(Text(tr("Enter opens one · Esc goes back"), "muted", wrap=False))
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def show_board(self, board: tuple[OpenIncident, ...], here: int | None) -> None:
        """Show every open incident."""
        self.list.show_rows(wide_rows(board, here))
        late = sum(line.clocks.overdue is not None for line in board)
        waiting = sum(bool(line.unacknowledged or line.unreceived) for line in board)
        said = [words.counted(len(board), tr("open"), tr("open"))]
        said += [tr("{n} overdue").format(n=late)] if late else []
        said += [tr("{n} not acknowledged").format(n=waiting)] if waiting else []
        self._count.say(" · ".join(said), "serious" if late or waiting else "muted")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The hands go to the list."""
        super().focusInEvent(event)
        self.list.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
