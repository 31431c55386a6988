"""Which calls ring now: the newest on top, and which one a key means when the top has only just changed."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callhandler.intake.ring import Ring, RingOutcome
from callhandler.rules.identify import e164, number_spoken
from ui.common.words import tr

# Nobody reads a new line and presses a key within this time: the key was meant for what was there before.
NOT_YET_READ_S = 0.4
BELIEVED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store says of a caller: who, the live incident's number, and a word that stands out, such as High risk.

    Nothing found is not the same as not looked up: `fault` says why the store could not be asked.
    """

    who: str = ""
    live: str = ""
    marker: str = ""
    fault: str = ""

    def sentence(self) -> str:
        """As the banner says it."""
        if self.fault:
            return tr("Not looked up: {why}").format(why=self.fault)
        # A name in another direction of writing stays by itself and turns nothing else round.
        who = f"\N{FIRST STRONG ISOLATE}{self.who}\N{POP DIRECTIONAL ISOLATE}" if self.who else ""
        live = tr("live incident {number}").format(number=self.live) if self.live else ""
        said = ", ".join(filter(None, (who, live)))
        return tr("Known: {what}").format(what=said) if said else tr("Nothing recorded under this here")


@dataclass(frozen=True, slots=True)
class RingNow:
    """One call that rings, since when, and what is known of it; None while that is still being looked up."""

    ring: Ring
    since: datetime
    known: Known | None = None

    def seconds(self, now: datetime) -> int:
        """How long it has rung."""
        return max(0, int((now - self.since).total_seconds()))


def spoken(ring: Ring) -> str:
    """A ring's number as people say it, or that it is withheld."""
    return number_spoken(e164(ring.number)) if e164(ring.number) else ring.number or tr("Number withheld")


def lasting(seconds: int) -> str:
    """A short span in words."""
    minutes, rest = divmod(seconds, 60)
    return tr("{m} min {s:02d} s").format(m=minutes, s=rest) if minutes else tr("{s} s").format(s=seconds)


class Ringing:
    """The calls that ring, newest first."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._calls: list[RingNow] = []
        self._before = ""
        self._changed = float("-inf")

    @property
    def top(self) -> RingNow | None:
        """The call that is shown."""
        return self._calls[0] if self._calls else None

    @property
    def more(self) -> int:
        """How many ring besides it."""
        return max(0, len(self._calls) - 1)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all that ring."""
        return frozenset(c.ring.uuid for c in self._calls)

    def show(self, ring: Ring, now: datetime) -> bool:
        """Take a ring in; says whether it is new. One that rings no more leaves; one already here keeps its place."""
        if ring.outcome not in (RingOutcome.RINGING, RingOutcome.SILENT):
            self.drop(ring.uuid)
            return False
        for place, call in enumerate(self._calls):
            if call.ring.uuid == ring.uuid:
                self._calls[place] = replace(call, ring=ring)
                return False
        believed = ring.at is not None and timedelta(0) <= now - ring.at < BELIEVED
        since = ring.at if believed and ring.at is not None else now
        self._about_to_change()
        self._calls.insert(0, RingNow(ring, since))
        return True

    def tell(self, uuid: str, known: Known) -> None:
        """Add what is known of a caller; nothing when the call rings no more."""
        self._calls = [replace(c, known=known) if c.ring.uuid == uuid else c for c in self._calls]

    def drop(self, uuid: str) -> None:
        """A call rings no more."""
        if self.top is not None and self.top.ring.uuid == uuid:
            self._about_to_change()
        self._calls = [c for c in self._calls if c.ring.uuid != uuid]

    def meant(self) -> RingNow | None:
        """The call that a key means now: what was on top when it was last read; None when that one has just gone."""
        if self._before and self._steady() - self._changed < NOT_YET_READ_S:
            return next((c for c in self._calls if c.ring.uuid == self._before), None)
        return self.top

    def _about_to_change(self) -> None:
        if self._steady() - self._changed >= NOT_YET_READ_S or not self._before:
            self._before = self.top.ring.uuid if self.top else ""
        self._changed = self._steady()
