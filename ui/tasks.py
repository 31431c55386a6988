"""Two lanes off the window's thread.

Writes run in order, are never dropped, and are each acknowledged; reads carry a ticket, and a result that somebody no
longer waits for is dropped: the last caller's history never paints over this caller's.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from callhandler import log
from callhandler.errors import CallhandlerError, Environment
from ui.common.act_keys import with_key

SLOW_S = 2.0
"""A job on a lane that takes longer is written to the log, by its time alone."""


@dataclass(frozen=True)
class Failure:
    """Why something did not happen, as a sentence for the screen. `ours` is true for a fault of the program."""

    sentence: str
    ours: bool
    error: Exception


@dataclass
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Failure], None] | None
    key: str = ""
    ticket: int = 0


def failure_of(error: Exception) -> Failure:
    """A failure with its sentence. A fault goes to the log by type and place only: its text may hold a name."""
    lane = threading.current_thread().name.replace("-", "_")
    if isinstance(error, Environment):
        log.outside(error, lane)
    if isinstance(error, CallhandlerError):
        return Failure(with_key(str(error), error.act), False, error)
    log.fault(error, lane)
    return Failure("Something went wrong here; nothing was lost.", True, error)


class _Lane(QObject):
    """One thread that runs jobs in order and hands each result back on the window's thread, while the lane is open."""

    _finished = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)
        self._name = name.replace("-", "_")
        self._thread = threading.Thread(target=self._run, name=name)
        self._thread.start()
        self._closed = False

    def _put(self, job: _Job) -> None:
        if self._closed:
            raise RuntimeError("the lane is closed")
        self._queue.put(job)

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            if not self._wanted(job):
                continue
            begun = time.monotonic()
            try:
                result: Any = job.work()
            except Exception as error:
                result = failure_of(error)
            took = time.monotonic() - begun
            if took > SLOW_S:
                log.note("slow", where=self._name, seconds=round(took, 1))
            self._finished.emit(job, result)

    def _wanted(self, job: _Job) -> bool:
        return True

    def _hand_back(self, job: _Job, result: Any) -> None:
        # Of a window that has closed nobody is told: what would be shown would be read from a lane that ended.
        if self._closed or not self._wanted(job):
            return
        if isinstance(result, Failure):
            if job.failed is not None:
                job.failed(result)
        elif job.done is not None:
            job.done(result)

    def finish(self) -> None:
        """Run what is queued, then end. Doing it twice does nothing."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()


class Writes(_Lane):
    """The write lane. Closing waits until everything given to it is done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("callhandler-writes", parent)
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """How many writes are not yet acknowledged."""
        return self._waiting

    def do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Do `work` after everything given before it; then call `done` or `failed` on the window's thread."""
        self._waiting += 1
        self._put(_Job(work, done, failed))

    def _hand_back(self, job: _Job, result: Any) -> None:
        self._waiting -= 1
        super()._hand_back(job, result)


class Reads(_Lane):
    """The read lane. A newer request under the same key, or `drop`, makes an older one stale."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._tickets: dict[str, int] = {}
        self._last = 0
        self._open: set[str] = set()
        super().__init__("callhandler-reads", parent)

    @property
    def waiting(self) -> int:
        """How many readings are still wanted and have not come."""
        return len(self._open)

    def ask(
        self,
        key: str,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Failure], None] | None = None,
    ) -> int:
        """Read off the window's thread; only the newest request under `key` is ever handed back, and none once closed."""
        self._last += 1
        if self._closed:
            return self._last
        self._tickets[key] = self._last
        self._open.add(key)
        self._put(_Job(work, done, failed, key, self._last))
        return self._last

    def drop(self, key: str) -> None:
        """Want no more of what was asked under `key`."""
        self._tickets.pop(key, None)
        self._open.discard(key)

    def _wanted(self, job: _Job) -> bool:
        return self._tickets.get(job.key) == job.ticket

    def _hand_back(self, job: _Job, result: Any) -> None:
        if self._wanted(job):
            self._open.discard(job.key)
        super()._hand_back(job, result)

    def finish(self) -> None:
        """Drop everything that waits, and end."""
        self._tickets.clear()
        super().finish()
