"""Pictures of the real window, for those without a display and for the help pages."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from callhandler import app as core
from callhandler.errors import Environment
from callhandler.settings import Settings
from ui import application
from ui.main_window import MainWindow


def settle(window: MainWindow, ready: Callable[[], bool] = lambda: True, seconds: float = 20.0) -> None:
    """Let the window work until every write is acknowledged, every reading has come and `ready` is true."""
    end = time.monotonic() + seconds
    quiet = 0
    while quiet < 8:
        QApplication.processEvents()
        time.sleep(0.01)
        busy = window.writes.waiting or window.reads.waiting or not ready()
        quiet = 0 if busy else quiet + 1
        if time.monotonic() > end:
            raise Environment("The window did not come to rest; no picture was made.")


def save(window: MainWindow, target: Path) -> None:
    """Write what the window shows."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(target)):
        raise Environment(f"The picture {target.name} could not be written.")


def of_demonstration(
    settings: Settings, until: str, target: Path, size: tuple[int, int], look: tuple[str, int] = ("dark", 100)
) -> None:
    """The desk after one event of the night, in a theme and a size of text."""
    application.make(14 if size[1] >= 1000 else 13, *look)
    demonstration = core.open_demonstration(settings, until)
    window = MainWindow(demonstration.app, (lambda: "") if until else None)
    try:
        window.sign_in(demonstration.actor, demonstration.incident_id)
        window.resize(*size)
        window.show()
        bare = demonstration.incident_id is None
        settle(window, lambda: window.desk is not None and (bare or window.desk.view is not None))
        save(window, target)
    finally:
        window.close()
        demonstration.app.close()
