"""How far a long reading is, in a sentence: how many of how many, how many a second, and how long it still takes so."""

import time
from collections.abc import Callable

Far = Callable[[str], None]
"""Told what is done now, and how far that is."""


class HowFar:
    """Tells how far one reading is, a few times a second at most. `of` is about how many there are; 0 where nobody knows."""

    def __init__(self, far: Far, what: str, of: int) -> None:
        self._far = far
        self._what = what
        self._of = of
        self._begun = time.monotonic()
        self._told = 0.0
        far(what)

    def at(self, done: int) -> None:
        """So many are read."""
        now = time.monotonic()
        if now - self._told < 0.2:
            return
        self._told = now
        rate = done / max(now - self._begun, 1e-6)
        sentence = f"{self._what}: {done:,}"
        if self._of:
            sentence += f" of {max(self._of, done):,}"
        sentence += f", {rate:,.0f} a second"
        if self._of and rate:
            sentence += f", {_left(max(self._of - done, 0) / rate)} left"
        self._far(sentence)


def _left(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"
