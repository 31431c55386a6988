"""Another window of this program, in a process of its own: what goes wrong there touches nothing here."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QProcess, QProcessEnvironment

if TYPE_CHECKING:
    from callhandler.settings import Settings


def start_beside(arguments: Sequence[str], settings: "Settings") -> bool:
    """Start this program with these arguments; whether it could be started."""
    process = QProcess()
    frozen = bool(getattr(sys, "frozen", False))
    process.setProgram(sys.executable)
    process.setArguments([*([] if frozen else ["-m", "ui"]), *arguments])
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("CALLHANDLER_DATA", str(settings.data_folder))
    process.setProcessEnvironment(environment)
    # It is a plain yes or no where no place for the number of the process is given, whatever its types say.
    started = cast("object", process.startDetached())
    return started[0] is True if isinstance(started, tuple) else bool(started)
