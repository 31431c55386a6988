"""The list view that every list is: keyboard, focus, Enter opens, height by its rows where asked."""

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from ui.models.paint import RowDelegate
from ui.models.rows import Row, RowsModel


class RowsView(QListView):
    """A list of rows. `opened` tells the key of the row on which Enter was pressed or that was double-clicked."""

    opened = Signal(str)

    def __init__(
        self,
        model: RowsModel[Row],
        delegate: RowDelegate,
        name: str,
        *,
        grow: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = delegate
        self._grow = grow
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(delegate.uniform)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        # The view keeps neither alive by itself.
        delegate.setParent(self)
        model.setParent(self)
        if not grow:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_rows(self, rows: list[Row], anew: bool = False) -> None:
        """Show other rows. The current row stays current, and what is read or pointed at stays where it is.

        `anew` is for rows that the reader asked for: they come in their own order at once.
        """
        current, first = self.current_key(), self.first_seen()
        self._model.show_rows(self._held(rows) if self.in_use and not anew else rows)
        again = self._model.row_of(current) if current else -1
        if again >= 0 and again != self.currentIndex().row():
            self.setCurrentIndex(self._model.index(again))
        place = self._model.row_of(first) if first else -1
        if place >= 0 and first != self.first_seen():
            self.scrollTo(self._model.index(place), QListView.ScrollHint.PositionAtTop)
        self.updateGeometry()

    @property
    def in_use(self) -> bool:
        """True while the hands or the pointer are in the list: then nothing in it changes its place."""
        return self.isVisible() and (self.hasFocus() or self.viewport().underMouse())

    def first_seen(self) -> str:
        """The key of the uppermost row in sight once the list is scrolled; nothing at its beginning."""
        row = self.indexAt(QPoint(4, 4)).row() if self.verticalScrollBar().value() > 0 else -1
        return self._model.rows[row].key if 0 <= row < len(self._model.rows) else ""

    def _held(self, rows: list[Row]) -> list[Row]:
        """The same rows with those that were there in their places, and new ones after them."""
        fresh = {r.key: r for r in rows}
        known = [fresh[r.key] for r in self._model.rows if r.key in fresh]
        there = {r.key for r in known}
        return known + [r for r in rows if r.key not in there]

    def current_key(self) -> str:
        """The key of the current row, or nothing."""
        row = self.currentIndex().row()
        return self._model.rows[row].key if 0 <= row < len(self._model.rows) else ""

    def model_keys(self) -> list[str]:
        """The keys of the rows, in order."""
        return [r.key for r in self._model.rows]

    def rows_height(self) -> int:
        """The height that shows every row."""
        return sum(self._delegate.height_of(r) for r in self._model.rows) + 2

    def rows_room(self, rows: int) -> int:
        """The height that shows so many rows."""
        return rows * self._delegate.height() + 2

    def sizeHint(self) -> QSize:
        """As high as its rows, where the list does not grow."""
        return QSize(super().sizeHint().width(), self.rows_height() if not self._grow else 60)

    def minimumSizeHint(self) -> QSize:
        """A list can be as small as one row."""
        return QSize(60, self._delegate.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may make rows higher or lower."""
        super().resizeEvent(event)
        wide = self.viewport().width()
        if wide != self._delegate.width:
            self._delegate.width = wide
            if not self._delegate.uniform:
                self.scheduleDelayedItemsLayout()
                self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list that gets the focus shows where it is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._model.rows):
            self.opened.emit(self._model.rows[index.row()].key)
