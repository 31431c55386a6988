"""Where the time comes from. Live work and replay differ in nothing else."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the instant, always aware and in UTC."""

    def now(self) -> datetime: ...


class SettableClock(Clock, Protocol):
    """A clock that a scenario sets. It never goes back."""

    def move_to(self, instant: datetime) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ScenarioClock:
    """A clock that a scenario sets. It never runs by itself and never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Set the clock to `instant`. Raises ValueError when that lies before the present setting."""
        instant = instant.astimezone(UTC)
        if instant < self._now:
            raise ValueError(f"the scenario's clock cannot go back from {self._now} to {instant}")
        self._now = instant


class SharedClock:
    """A scenario's clock that runs, shared by the desks of one demonstration through a small file beside its store.

    The file holds how far the scenario lies from the machine's clock, in seconds. A clock given its start is held, and
    shared with nobody, until `release`: what is played beforehand happens at its own instants.
    """

    def __init__(self, path: Path, start: datetime | None = None) -> None:
        self._path = path
        self._held = start

    def now(self) -> datetime:
        if self._held is not None:
            return self._held
        return datetime.now(UTC) + timedelta(seconds=float(self._path.read_text(encoding="ascii")))

    def move_to(self, instant: datetime) -> None:
        """Set the clock forward to `instant`; an instant already passed leaves it as it is."""
        if instant <= self.now():
            return
        if self._held is not None:
            self._held = instant
        else:
            self._write(instant - datetime.now(UTC))

    def release(self) -> None:
        """Let a held clock run, for every desk."""
        if self._held is not None:
            self._write(self._held - datetime.now(UTC))
            self._held = None

    def _write(self, offset: timedelta) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(str(offset.total_seconds()), encoding="ascii")
        part.replace(self._path)


class PacedClock:
    """An exercise's clock: it runs at a pace, is held, steps forward, and is shared through a small file.

    The file holds an instant of the machine's clock, the instant of the exercise that belongs to it, and the pace between
    them (1 is real time, 0 holds). Whoever changes the pace writes both anew, so the exercise's time never jumps back.
    """

    FASTEST = 60.0
    """A minute in a second at most: faster than that nobody can follow a call."""

    def __init__(
        self, path: Path, start: datetime | None = None, machine: Callable[[], datetime] | None = None
    ) -> None:
        self._path = path
        self._machine = machine or SystemClock().now
        if start is not None:
            self._write(start, 0.0)

    def now(self) -> datetime:
        since, then, pace = self._read()
        passed = max(self._machine() - since, timedelta(0))
        return then + passed * pace

    @property
    def pace(self) -> float:
        """Seconds of the exercise in one second; 0 while it is held."""
        return self._read()[2]

    def set_pace(self, pace: float) -> None:
        """Run at another pace from now on. Raises ValueError for a pace below 0 or above `FASTEST`."""
        if not 0 <= pace <= self.FASTEST:
            raise ValueError(f"a pace lies between 0 and {self.FASTEST:g}; {pace:g} does not")
        self._write(self.now(), pace)

    def move_to(self, instant: datetime) -> None:
        """Set the clock forward to `instant` at the pace it has; an instant already passed leaves it as it is."""
        if instant > self.now():
            self._write(instant, self.pace)

    def _read(self) -> tuple[datetime, datetime, float]:
        since, then, pace = self._path.read_text(encoding="ascii").split()
        return datetime.fromisoformat(since), datetime.fromisoformat(then), float(pace)

    def _write(self, instant: datetime, pace: float) -> None:
        # A desk and its trainer may write at the same moment, each through a file of its own.
        part = self._path.with_suffix(f".{os.getpid()}.part")
        now = self._machine()
        part.write_text(f"{now.isoformat()} {instant.astimezone(UTC).isoformat()} {pace!r}", encoding="ascii")
        part.replace(self._path)
