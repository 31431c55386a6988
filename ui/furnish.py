"""Furnishes a window that has been seen: its lanes, its stack of pages with the opening page, its strip of status."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.common.labels import Cut, Shape, frame
from ui.common.own_keys import OwnKeys
from ui.start_up import OpeningPage
from ui.tasks import Reads, Writes

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def furnish(window: "MainWindow") -> None:
    """Make what every window has, with a store or without."""
    window.writes = Writes(window)
    window.reads = Reads(window)
    OwnKeys(window)
    window.stack = QStackedWidget()
    window.mark = Shape("plain", "muted", 11)
    window.mark.hide()
    window.status = Cut("", "muted")
    window.hints = Cut("", "muted", larger=-1)
    window.opening = OpeningPage()
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(window.stack, 1)
    foot = frame("foot")
    window.strip = QHBoxLayout(foot)
    window.strip.setContentsMargins(10, 0, 0, 0)
    window.strip.addWidget(window.mark)
    window.strip.addWidget(window.status, 1)
    column.addWidget(foot)
    window.setCentralWidget(inner)
    window.stack.addWidget(window.opening)
