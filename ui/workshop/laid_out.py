"""Where the parts of the workshop's window stand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ui.common.labels import Text
from ui.common.words import tr

if TYPE_CHECKING:
    from ui.workshop.window import WorkshopWindow


def lay_out(window: "WorkshopWindow") -> None:
    """The choice and the file above; the text over its faults; what happens beside; what is said below."""
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(16, 12, 16, 10)
    column.setSpacing(7)
    head = QHBoxLayout()
    head.addWidget(Text(tr("Exercises"), larger=6, bold=True, wrap=False))
    head.addSpacing(14)
    head.addWidget(window.state, 1)
    column.addLayout(head)
    row = QHBoxLayout()
    for label, field, share in (
        (tr("Begin from"), window.which, 0),
        ("", window.begin, 0),
        (tr("File"), window.file, 1),
    ):
        if label:
            named = Text(label, semi=True, wrap=False)
            named.setBuddy(field)
            row.addWidget(named)
        row.addWidget(field, share)
    column.addLayout(row)
    below = QWidget()
    under = QVBoxLayout(below)
    under.setContentsMargins(0, 0, 0, 0)
    under.addWidget(window.found)
    under.addWidget(window.faults, 1)
    left = QSplitter(Qt.Orientation.Vertical)
    left.addWidget(window.text)
    left.addWidget(below)
    left.setStretchFactor(0, 4)
    left.setStretchFactor(1, 1)
    right = QWidget()
    beside = QVBoxLayout(right)
    beside.setContentsMargins(6, 0, 0, 0)
    beside.addWidget(window.seen)
    beside.addWidget(window.steps, 1)
    both = QSplitter(Qt.Orientation.Horizontal)
    both.addWidget(left)
    both.addWidget(right)
    both.setStretchFactor(0, 3)
    both.setStretchFactor(1, 2)
    for splitter in (left, both):
        splitter.setChildrenCollapsible(False)
    both.setSizes([800, 540])
    left.setSizes([480, 140])
    column.addWidget(both, 1)
    column.addWidget(window.said)
    keys = tr(
        "Ctrl+S save · F5 try it · F6 next part · F8 next fault · Ctrl+O file · Ctrl+N new · Ctrl+Z undo"
    )
    column.addWidget(Text(keys, "muted", larger=-1))
    window.setCentralWidget(inner)
