"""Who is on the line in an exercise, what is said, and the line in which the trainee speaks to them."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.common.labels import Cut, frame
from ui.common.words import tr
from ui.models.delegates import LogDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView

LINES = 3
"""So many lines of what was said are in sight; the rest is a scroll away."""


class LinePanel(QWidget):
    """`spoken` tells what is said to the caller; `asked_up` asks the question that is up; `ended` ends the call."""

    spoken = Signal(str)
    asked_up = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("On the line"))
        box = frame("panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 0, 8, 4)
        outer.addWidget(box)
        column = QVBoxLayout(box)
        column.setContentsMargins(8, 4, 8, 5)
        column.setSpacing(3)
        head = QHBoxLayout()
        self.who = Cut("", "accent", bold=True)
        self.clock = Cut("", "muted")
        head.addWidget(self.who, 3)
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self.clock, 1)
        column.addLayout(head)
        self.list = RowsView(RowsModel[Row](), LogDelegate(), tr("What is said on the line"))
        column.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(5)
        self.entry = QLineEdit()
        self.entry.setMaxLength(1_000)
        self.entry.setAccessibleName(tr("What you say to the caller"))
        self.entry.setPlaceholderText(tr("What you say to the caller, or ask. Enter says it. (F9)"))
        self.entry.returnPressed.connect(self._enter)
        row.addWidget(self.entry, 1)
        self.ask = QPushButton(tr("Ask what is up  Alt+Q"))
        self.ask.clicked.connect(lambda _=False: self.asked_up.emit())
        self.end = QPushButton(tr("End the call  Alt+U"))
        self.end.clicked.connect(lambda _=False: self.ended.emit())
        for button in (self.ask, self.end):
            row.addWidget(button)
        column.addLayout(row)
        # The list knows how long it is only once it has laid its rows out.
        self._to_end = QTimer(self)
        self._to_end.setSingleShot(True)
        self._to_end.timeout.connect(self.list.scrollToBottom)
        self.dress()

    def dress(self) -> None:
        """The list is as high as its lines at this size of letters."""
        self.list.setFixedHeight(self.list.rows_room(LINES))

    def show_rows(self, rows: list[Row]) -> None:
        """Show what was said; the newest stays in sight unless somebody reads further up."""
        shown = self.list.model_keys()
        if [r.key for r in rows] == shown:
            return
        bar = self.list.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 1
        self.list.show_rows(rows)
        if at_end:
            self._to_end.start()

    def show_state(self, who: str, clock: str, *, open_line: bool) -> None:
        """Who is on the line and what time it is in the exercise."""
        self.who.say(who, "accent" if open_line else "muted")
        self.clock.say(clock, "muted")
        for widget in (self.entry, self.ask, self.end):
            widget.setEnabled(open_line)

    def show_sounding(self, place: int) -> None:
        """What sounds now is the current line; nothing is current when nothing does."""
        model = self.list.model()
        row = (
            self.list.model_keys().index(f"heard:{place}")
            if f"heard:{place}" in self.list.model_keys()
            else -1
        )
        self.list.setCurrentIndex(model.index(row, 0))

    def give_back(self, text: str) -> None:
        """What could not be said is in its line again."""
        self.entry.setText(f"{text} {self.entry.text()}".strip())

    def _enter(self) -> None:
        text = self.entry.text().strip()
        if text:
            self.entry.clear()
            self.spoken.emit(text)
