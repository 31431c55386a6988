"""One window in a process of its own, for the benchmarks: says when it was painted, or what memory it takes.

window.py bare|table|desk painted|memory [DATABASE or DATA FOLDER] [INCIDENT]
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
KIND, WANTED, *REST = sys.argv[1:]
SECONDS = 3.0


def say(value: object) -> None:
    """Print and end at once: what closing takes is not asked."""
    print(value, flush=True)
    os._exit(0)


def watch() -> None:
    """Say the time at which the first window was painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QMainWindow

    class Painted(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: say(time.monotonic()))
            return False

    painted = Painted()
    for name in ("show", "showMaximized"):
        shown = getattr(QMainWindow, name)

        def show(self: QMainWindow, shown: object = shown) -> None:
            self.installEventFilter(painted)
            shown(self)  # type: ignore[operator]

        setattr(QMainWindow, name, show)


def memory() -> float:
    """The memory of this process, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024


def rest() -> None:
    """Let the window work for a while."""
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def bare(table: bool) -> None:
    """A window of Qt's own, with a label or a table in it."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTableView

    app = QApplication([])
    window = QMainWindow()
    if table:
        model = QStandardItemModel(window)
        for row in range(60):
            model.appendRow([QStandardItem(f"{row} {column}") for column in range(8)])
        view = QTableView()
        view.setModel(model)
        window.setCentralWidget(view)
    else:
        window.setCentralWidget(QLabel("callhandler"))
    window.resize(1600, 900)
    window.show()
    if WANTED == "memory":
        rest()
        say(memory())
    app.exec()


def desk() -> None:
    """Our own window: from its command for the painting, on the night for the memory."""
    if WANTED == "painted":
        import ui.__main__ as command

        watch_late()
        command.main(["desk", "--database", REST[0]])
        return
    from ui.plain_imports import import_qt

    # As the command does it, before anything else.
    import_qt()
    from callhandler import app as core
    from callhandler.settings import Settings
    from ui import application
    from ui.main_window import MainWindow

    app, actor = core.join_demonstration(
        Settings(database=str(Path(REST[0]) / "live.sqlite"), data_folder=Path(REST[0])), "handler"
    )
    application.make()
    window = MainWindow(app)
    window.sign_in(actor, int(REST[1]))
    window.resize(1600, 900)
    window.show()
    rest()
    say(memory())


def watch_late() -> None:
    """Watch from when the program itself has imported Qt, so that the order of its imports stays its own."""
    import builtins

    usual = builtins.__import__

    def bring(name: str, *rest: object, **more: object) -> object:
        found = usual(name, *rest, **more)  # type: ignore[arg-type]
        if name == "PySide6.QtWidgets":
            builtins.__import__ = usual
            watch()
        return found

    builtins.__import__ = bring


if KIND == "desk":
    desk()
else:
    if WANTED == "painted":
        watch()
    bare(KIND == "table")
