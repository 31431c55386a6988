"""The list of tasks: what is to be done is read whole where there is room, in two lines."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.common import theme
from ui.common.shapes import paint_shape
from ui.models.delegates import EntryDelegate
from ui.models.paint import Index, hand
from ui.models.rows import ROW, EntryRow, Row, RowsModel
from ui.models.view import RowsView


class TaskDelegate(EntryDelegate):
    """A task, then whose it is. Those whose keys are in `whole` go on in a second line."""

    whole: frozenset[str] = frozenset()

    def height_of(self, row: Row) -> int:
        """A line more where the words go on."""
        return self.height() + (self.more() if row.key in self.whole else 0)

    def more(self) -> int:
        """The height of a further line."""
        return hand(theme.base()).line + 1

    def words(self, title: str) -> list[str]:
        """What is to be done, in one line or two; the last is cut in the painting if it is too long."""
        metrics = hand(theme.base()).metrics
        room = self.width - _left() - 6
        if metrics.horizontalAdvance(title) <= room:
            return [title]
        parts = title.split()
        fits = [n for n in range(1, len(parts)) if metrics.horizontalAdvance(" ".join(parts[:n])) <= room]
        return [" ".join(parts[: fits[-1]]), " ".join(parts[fits[-1] :])] if fits else [title]

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one task."""
        row: EntryRow = index.data(ROW)
        base = theme.base()
        line, side = hand(base).line, theme.scaled(10)
        at = QRect(rect.x() + _left(), rect.y() + 3, rect.width() - _left() - 6, line)
        mark = QRectF(rect.x() + 8, at.y() + (line - side) / 2, side, side)
        paint_shape(painter, row.shape, row.tone, mark)
        for words in self.words(row.title) if row.key in self.whole else [row.title]:
            self.write(painter, at, words, "text")
            at = at.translated(0, self.more())
        self.write(painter, at, row.sub, row.sub_tone, using=hand(base - 1))


def _left() -> int:
    return theme.scaled(18) + 8


class TaskList(RowsView):
    """Long words go on in a second line as far as every task stays in sight; else they are cut."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._tasks = TaskDelegate()
        super().__init__(RowsModel[Row](), self._tasks, name, parent=parent)

    def show_rows(self, rows: list[Row], anew: bool = False) -> None:
        """Show other tasks."""
        super().show_rows(rows, anew)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self._fit()

    @property
    def whole(self) -> frozenset[str]:
        """The keys of those that go on in a second line."""
        return self._tasks.whole

    def is_long(self, row: Row) -> bool:
        """Whether a task has more words than one line holds."""
        return isinstance(row, EntryRow) and len(self._tasks.words(row.title)) > 1

    def _fit(self) -> None:
        tasks, shown = self._tasks, self._model.rows
        spare = self.viewport().height() - len(shown) * tasks.height()
        long = [r.key for r in shown if self.is_long(r)]
        tasks.whole = frozenset(long[: max(0, spare // tasks.more())])
        self.scheduleDelayedItemsLayout()
