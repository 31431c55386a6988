"""The queue, riskiest first, with its filters. An empty list says why it is empty."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from callhandler.model.review import QueueLine
from ui.common import theme
from ui.common.labels import Cut, Text
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.review.queue_row import QueueDelegate
from ui.review.queue_words import Which, empty_words, kept, key_of, names, row_of


class QueuePanel(QWidget):
    """`chosen` tells the line that is looked at, or None."""

    chosen = Signal(object)

    def __init__(self, user_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._user_id = user_id
        self._lines: tuple[QueueLine, ...] = ()
        self._read = False
        self.which = Which.ALL
        self.heading = Cut(tr("Queue, riskiest first"), semi=True)
        self.list = RowsView(RowsModel[Row](), QueueDelegate(), tr("Queue, riskiest first"))
        self.empty = Text("", "muted")
        self.filters: dict[Which, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        row = Flow(gap=1)
        for which in Which:
            row.addWidget(self._filter(which))
        column.addLayout(row)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        self.list.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))
        self._mark()

    def _filter(self, which: Which) -> QPushButton:
        button = QPushButton(names()[which])
        button.setCheckable(True)
        button.setProperty("look", "fold")
        button.setFont(theme.letters(theme.base() - 1))
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        button.clicked.connect(lambda _=False, w=which: self.choose(w))
        self.filters[which] = button
        return button

    @property
    def current(self) -> QueueLine | None:
        """The line that is looked at."""
        key = self.list.current_key()
        return next((line for line in self._lines if key_of(line) == key), None)

    def choose(self, which: Which) -> None:
        """Keep these."""
        self.which = which
        self._show(anew=True)

    def turn(self, step: int) -> None:
        """The next filter, or the one before."""
        every = list(Which)
        self.choose(every[(every.index(self.which) + step) % len(every)])

    def show_lines(self, lines: Sequence[QueueLine], now: datetime) -> None:
        """Show the queue as it was read."""
        asking = {key_of(line) for line in self._lines if line.waiting}
        self._read, self._lines, self._now = True, tuple(lines), now
        # Whoever asks now comes to the top at once, even while the hands are in the list.
        self._show(anew=any(line.waiting and key_of(line) not in asking for line in lines))

    def tick(self, now: datetime) -> None:
        """Ages and clocks go on between readings: by the second while somebody asks, else by the minute."""
        if not self._read:
            return
        minute = now.replace(second=0, microsecond=0) != self._now.replace(second=0, microsecond=0)
        if minute or any(line.waiting for line in self._lines):
            self._now = now
            self._show()

    def _show(self, anew: bool = False) -> None:
        if not self._read:
            self._mark()
            return
        found = [line for line in self._lines if kept(line, self.which, self._user_id)]
        before = self.list.current_key()
        self.list.show_rows([row_of(line, self._now, self._user_id) for line in found], anew=anew)
        if found and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        elif self.list.current_key() != before or (not found and before):
            self.chosen.emit(self.current)
        self._mark(len(found))

    def _mark(self, found: int = 0) -> None:
        for which, button in self.filters.items():
            on = which is self.which
            many = sum(1 for line in self._lines if kept(line, which, self._user_id))
            count = f" {many}" if self._read else ""
            button.setChecked(on)
            button.setText(f"● {names()[which]}{count}" if on else f"{names()[which]}{count}")
            button.setAccessibleName(
                tr("Show {which}, {n} in the queue; left and right arrow turn").format(
                    which=names()[which], n=many
                )
            )
        self.empty.setVisible(not found)
        self.empty.say(empty_words(self._read, self.which, len(self._lines)))
