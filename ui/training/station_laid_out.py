"""Where the parts of the trainer's station stand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.common.labels import Text, frame, training_plate
from ui.common.words import tr

if TYPE_CHECKING:
    from ui.training.station_window import StationWindow


def lay_out(window: "StationWindow") -> None:
    """Which desk is watched above; the exercises, the desk and what can be let happen side by side; what is said below."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    top = frame("strip")
    head = QHBoxLayout(top)
    head.addWidget(Text(tr("Trainer's station"), larger=3, bold=True, wrap=False))
    head.addWidget(training_plate())
    head.addWidget(window.title, 1)
    head.addWidget(window.clock)
    column.addWidget(top)
    row = QHBoxLayout(window.work)
    row.setSpacing(8)
    row.addWidget(_left(window), 5)
    row.addWidget(_middle(window), 10)
    row.addWidget(_right(window), 6)
    for page in (window.work, window.debrief, window.results):
        window.stack.addWidget(page)
    column.addWidget(window.stack, 1)
    foot = frame("foot")
    strip = QHBoxLayout(foot)
    strip.setContentsMargins(10, 2, 10, 2)
    strip.addWidget(window.status, 1)
    column.addWidget(foot)
    window.setCentralWidget(inner)


def _left(window: "StationWindow") -> QWidget:
    box, column = _panel()
    column.addWidget(Text(tr("Exercises  Ctrl+1"), semi=True, wrap=False))
    column.addWidget(window.trainee)
    column.addWidget(window.cohort)
    column.addWidget(window.offers, 3)
    column.addWidget(window.teaches, 2)
    column.addWidget(Text(tr("Sittings  Ctrl+2"), semi=True, wrap=False))
    column.addWidget(window.sittings, 3)
    return box


def _middle(window: "StationWindow") -> QWidget:
    box, column = _panel()
    column.addWidget(window.who)
    column.addWidget(window.standing)
    column.addWidget(window.transcript, 5)
    column.addWidget(Text(tr("What the key expects now  Ctrl+4"), semi=True, wrap=False))
    column.addWidget(window.expects, 4)
    return box


def _right(window: "StationWindow") -> QWidget:
    box, column = _panel()
    column.addWidget(Text(tr("Let happen  Ctrl+3"), semi=True, wrap=False))
    column.addWidget(window.injects, 1)
    column.addWidget(window.words)
    grid = QGridLayout()
    grid.setSpacing(4)
    for place, action in enumerate(window.keys):
        button = QPushButton(f"{action.text()}  {action.shortcut().toString()}")
        button.setAccessibleName(action.text())
        button.clicked.connect(lambda _=False, a=action: a.trigger())
        grid.addWidget(button, place // 2, place % 2)
    column.addLayout(grid)
    return box


def _panel() -> tuple[QWidget, QVBoxLayout]:
    box = frame("panel")
    column = QVBoxLayout(box)
    column.setContentsMargins(8, 6, 8, 8)
    column.setSpacing(4)
    return box, column
