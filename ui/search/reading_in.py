"""Makes searchable what was brought in without its words: batch by batch, while the write lane has nothing to do."""

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

from callhandler.app import App
from ui.tasks import Writes

FIRST_MS, REST_MS, SELDOM_MS = 4_000, 150, 60_000
"""Until the first look, between two batches, and between two looks while nothing is lacking."""


class ReadingIn(QObject):
    """Begins some seconds after the window has opened; a line that is typed never waits for more than one batch."""

    def __init__(self, app: App, writes: Writes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._writes = writes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._timer.start(FIRST_MS)

    def stop(self) -> None:
        """Begin no further batch."""
        self._timer.stop()

    def _next(self) -> None:
        if self._writes.waiting:
            self._timer.start(REST_MS)
            return
        # A lane that was closed ends it.
        with suppress(RuntimeError):
            self._writes.do(
                self._app.searching.add_words, self._added, lambda _: self._timer.start(SELDOM_MS)
            )

    def _added(self, many: int) -> None:
        self._timer.start(REST_MS if many else SELDOM_MS)
