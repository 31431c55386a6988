"""What a trainer's station does: lists, watches one desk, sends to it; all of it off the window's thread."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from callhandler import app as core
from callhandler.intake.exercise.injects import Inject
from callhandler.services.training import results, station
from callhandler.services.training.sending import Trainer
from callhandler.services.training.watching import Watch, Watched
from callhandler.settings import Settings
from ui.common.words import tr
from ui.tasks import Failure, Reads, Writes
from ui.training.debrief_page import read_debrief, save_debrief

LOOK_MS = 1_000
LIST_MS = 4_000


@dataclass
class _Desk:
    """A desk that was opened from here: its process, where its sitting will be, what it wrote."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    log: Path


class StationControl(QObject):
    """`offered` and `seated` tell the lists, `seen` the desk watched, `debriefed` and `resulted` what was asked for."""

    offered = Signal(object)
    seated = Signal(object)
    turned_to = Signal(object)
    seen = Signal(object)
    debriefed = Signal(object)
    resulted = Signal(object)
    said = Signal(str, str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.root = core.sittings_folder(settings)
        self.watch: Watch | None = None
        self.now: Watched | None = None
        self.seats: tuple[station.Seat, ...] = ()
        self._trainer: Trainer | None = None
        self._looking = self._listing = False
        self._desks: list[_Desk] = []
        self._reads = Reads(self)
        # Reading every exercise, or every sitting, takes seconds: the desk that is watched does not wait for it.
        self._slow = Reads(self)
        self._writes = Writes(self)
        self._timers = (self._timer(LOOK_MS, self.look), self._timer(LIST_MS, self.list_seats))

    def start(self) -> None:
        """Read the lists and go on looking."""
        folders = core.exercise_folders(self.settings)
        self._slow.ask("offers", lambda: tuple(station.offers(folders)), self.offered.emit, self._failed)
        self.list_seats()
        for timer in self._timers:
            timer.start()

    def stop(self) -> None:
        """Everything that was sent is sent; desks that were opened stay open."""
        for timer in self._timers:
            timer.stop()
        self._writes.finish()
        self._reads.finish()
        self._slow.finish()
        if self.watch is not None:
            self.watch.close()

    @property
    def waiting(self) -> int:
        """How much has not come yet."""
        return self._reads.waiting + self._slow.waiting + self._writes.waiting

    # choosing

    def begin(self, file: Path, trainee: str, cohort: str) -> None:
        """Open a desk for a trainee on this machine, and watch it as soon as it is there."""
        name = f"{file.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}-{len(self._desks) + 1}"
        folder, log = self.root / name, self.root / f"{name}.log"
        words = station.command(file, trainee, cohort, folder)

        def done(process: "subprocess.Popen[bytes]") -> None:
            self._desks.append(_Desk(process, folder, log))
            self.said.emit(
                tr("A desk is being opened for {name}.").format(name=trainee.strip() or "Trainee"), "accent"
            )

        self._writes.do(lambda: station.begin(words, log), done, self._failed)

    def list_seats(self) -> None:
        """Read which sittings there are."""
        if self._listing:
            return
        self._listing = True
        self._reads.ask(
            "seats", lambda: station.seats(self.root, datetime.now(UTC)), self._seated, self._failed
        )

    def turn_to(self, folder: Path) -> None:
        """Watch another desk."""

        def opened(pair: tuple[Watch, Trainer]) -> None:
            if self.watch is not None:
                self.watch.close()
            self.watch, self._trainer = pair
            self.now, self._looking = None, False
            self.turned_to.emit(self.watch)
            self.look()

        def open_() -> tuple[Watch, Trainer]:
            watch = core.watch_sitting(self.settings, folder)
            _ = watch.injects
            return watch, Trainer(folder)

        self._reads.ask("turn", open_, opened, self._failed)

    def look(self) -> None:
        """See how the desk stands; never two looks at once."""
        watch = self.watch
        if watch is None or self._looking:
            return
        self._looking = True

        def looked(seen: Watched) -> None:
            self._looking = False
            if watch is self.watch:
                self.now = seen
                self.seen.emit(seen)

        self._reads.ask("look", watch.look, looked, self._failed)

    # sending

    def inject(self, inject: Inject, words: str, done: Callable[[], None]) -> None:
        """Let something happen at the desk."""

        def sent(told: str) -> None:
            done()
            self.said.emit(tr("Sent: {words}").format(words=told), "accent")

        self._send(lambda t, seen: t.inject(inject, seen, words), sent)

    def mark(self, words: str, done: Callable[[], None]) -> None:
        """Mark the moment."""

        def marked(_none: object) -> None:
            done()
            self.said.emit(tr("Marked: {words}").format(words=words.strip()), "accent")

        self._send(lambda t, seen: t.mark(words, seen), marked)

    def end(self, words: str) -> None:
        """Stop the exercise."""
        self._send(
            lambda t, seen: t.stop(seen, words),
            lambda _none: self.said.emit(tr("The desk was told that the exercise is over."), "accent"),
        )

    def turn_pace(self) -> None:
        """Hold its time, or let it run."""
        self._send(lambda t, _seen: t.turn_pace(), self._paced)

    def faster(self) -> None:
        """The next faster pace."""
        self._send(lambda t, _seen: t.faster(), self._paced)

    def slower(self) -> None:
        """The next slower pace."""
        self._send(lambda t, _seen: t.slower(), self._paced)

    def step(self) -> None:
        """To what happens next by itself."""
        self._send(lambda t, seen: t.step(seen), lambda _none: self.look())

    def jump(self, minutes: float) -> None:
        """Some minutes on."""
        self._send(lambda t, _seen: t.jump(minutes), lambda _none: self.look())

    # afterwards

    def debrief(self) -> None:
        """Read the debrief of the sitting watched."""
        watch = self.watched()
        if watch is not None:
            self._reads.ask("debrief", lambda: read_debrief(watch), self.debriefed.emit, self._failed)

    def save(self) -> None:
        """Write it as PDF beside the sitting."""
        watch = self.watched()
        if watch is not None:
            self._writes.do(
                lambda: save_debrief(watch),
                lambda path: self.said.emit(tr("Saved: {path}").format(path=path), "accent"),
                self._failed,
            )

    def results(self) -> None:
        """Read the results of all sittings."""

        def read() -> tuple[results.Result, ...]:
            return results.results(
                self.root, lambda scheme: core.load_policy(replace(self.settings, scheme=scheme))
            )

        self._slow.ask("results", read, self.resulted.emit, self._failed)

    # one place for what comes back

    def _timer(self, each: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(each)
        timer.timeout.connect(slot)
        return timer

    def watched(self) -> Watch | None:
        """The desk that is watched; where none is, that is said."""
        if self.watch is None:
            self.said.emit(tr("Choose a sitting first: Enter on it."), "serious")
        return self.watch

    def _send(self, what: Callable[[Trainer, Watched], Any], done: Callable[[Any], None]) -> None:
        trainer, seen = self._trainer, self.now
        if self.watched() is not None and trainer is not None and seen is not None:
            self._writes.do(lambda: what(trainer, seen), done, self._failed)

    def _paced(self, pace: float) -> None:
        told = tr("Held.") if not pace else tr("Pace: {n} times.").format(n=f"{pace:g}")
        self.said.emit(told, "muted")
        self.look()

    def _seated(self, seats: tuple[station.Seat, ...]) -> None:
        self._listing = False
        self.seats = seats
        self.seated.emit(seats)
        there = {seat.folder for seat in seats}
        for desk in list(self._desks):
            if desk.folder in there and (self.watch is None or self.watch.folder != desk.folder):
                self._desks.remove(desk)
                self.turn_to(desk.folder)
            elif desk.process.poll():
                self._desks.remove(desk)
                self.said.emit(_why_not(desk.log), "serious")

    def _failed(self, failure: Failure) -> None:
        self._looking = self._listing = False
        self.said.emit(failure.sentence, "serious")


def _why_not(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return tr("The desk did not open: {why}").format(why=lines[-1] if lines else log)
