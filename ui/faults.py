"""What nobody caught, in a slot, in a thread or in Qt itself: to the program's own log, and said in the window.

Python and Qt tell it on the terminal as ever. Nothing is imported for it before there is something to tell.
"""

import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import qInstallMessageHandler

from callhandler.errors import CallhandlerError

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

QT_NAME = r"Q\w{1,40}(::\w{1,40})?"
QUIET = ("QtDebugMsg", "QtInfoMsg")


@contextmanager
def listening(folder: Path) -> Iterator[None]:
    """Until it is left, whatever escapes is written to the log in `folder`."""
    python, thread, lost = sys.excepthook, threading.excepthook, sys.unraisablehook

    def of_python(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _tell(folder, error, "window")
        python(kind, error, trace)
        _say()

    def of_thread(what: threading.ExceptHookArgs) -> None:
        _tell(folder, what.exc_value, "thread")
        thread(what)

    def of_nobody(what: "sys.UnraisableHookArgs") -> None:
        _tell(folder, what.exc_value, "unraisable")
        lost(what)

    def of_qt(kind: "QtMsgType", context: "QMessageLogContext", said: str) -> None:
        if kind.name not in QUIET:
            _tell_of_qt(folder, kind, context, said)
        if callable(before):
            before(kind, context, said)
        elif sys.stderr is not None:
            from PySide6.QtCore import qFormatLogMessage

            sys.stderr.write(f"{qFormatLogMessage(kind, context, said)}\n")

    before: Any = qInstallMessageHandler(of_qt)
    sys.excepthook, threading.excepthook, sys.unraisablehook = of_python, of_thread, of_nobody
    try:
        yield
    except CallhandlerError:
        raise
    except Exception as error:
        _tell(folder, error, "start")
        raise
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = python, thread, lost
        qInstallMessageHandler(before)


def _tell(folder: Path, error: BaseException | None, where: str) -> None:
    if isinstance(error, Exception):
        _to_log(folder, lambda log: log.fault(error, where))


def _tell_of_qt(folder: Path, kind: "QtMsgType", context: "QMessageLogContext", said: str) -> None:
    """Which part of Qt spoke; what it said may hold the name of a file or what stands in a field."""
    found = re.match(QT_NAME, said)
    where = found.group().replace("::", ":") if found else "qt"
    category = str(getattr(context, "category", None) or "default")
    _to_log(folder, lambda log: log.note(kind.name, where=where, kind=category))


def _to_log(folder: Path, write: Callable[[Any], None]) -> None:
    # To write of a fault never makes another.
    with suppress(Exception):
        from callhandler import log

        log.set_up(folder)
        write(log)


def _say() -> None:
    """Say in the window that something asked for may not have been done: silence would look like done."""
    from PySide6.QtWidgets import QApplication

    from ui.common.words import tr
    from ui.main_window import MainWindow

    if threading.current_thread() is not threading.main_thread():
        return
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible():
            with suppress(Exception):
                window.say(tr("Something went wrong here; look whether the last act was done"), "serious")
