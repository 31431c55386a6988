"""Where the time comes from. Live work and replay differ in nothing else."""

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
