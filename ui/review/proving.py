"""Checks the log against its journal on a thread of its own: nothing that is read for a call waits for it."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from ui.tasks import failure_of

WAIT_S = 5.0


class Proving(QObject):
    """`proved` tells the proof, or a Failure."""

    proved = Signal(object)
    _came = Signal(object)

    def __init__(self, prove: Callable[[Callable[[], bool]], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._prove = prove
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()
        self._came.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """True while it checks."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin, unless it checks already."""
        if not self.running:
            self._thread = threading.Thread(target=self._run, name="callhandler-proof", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Leave what runs; where that takes long it ends with the program."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(WAIT_S)

    def _run(self) -> None:
        try:
            found: Any = self._prove(lambda: not self._stopped.is_set())
        except Exception as error:
            found = failure_of(error)
        # The window may have gone meanwhile.
        with suppress(RuntimeError):
            self._came.emit(found)

    def _hand_back(self, found: Any) -> None:
        if not self._stopped.is_set():
            self.proved.emit(found)
