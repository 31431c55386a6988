"""What is in the middle of the desk while no incident is open: where the next call is taken, one key away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.flow import Flow


class NothingOpen(QWidget):
    """`call` asks for a new call, `board` for the open incidents. The hands rest on the first: Enter takes the next call."""

    call = Signal()
    board = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(8)
        column.addWidget(Text(tr("No incident is open here."), larger=1, semi=True))
        column.addWidget(
            Text(
                tr("A call that rings is shown at the bottom, and Alt+A answers it. Enter takes any other."),
                "muted",
            )
        )
        row = Flow(gap=6)
        self.take = _button(tr("New call  Ctrl+N"))
        self.take.clicked.connect(lambda _=False: self.call.emit())
        self.open_one = _button(tr("Open incidents  Ctrl+5"))
        self.open_one.clicked.connect(lambda _=False: self.board.emit())
        row.addWidget(self.take)
        row.addWidget(self.open_one)
        column.addLayout(row)


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(" ".join(words.split()))
    button.setAutoDefault(True)
    return button
