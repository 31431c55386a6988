"""Calls that rang and nobody has dealt with: kept through a kill, given back until somebody says what became of them."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from callhandler.clock import Clock
from callhandler.errors import BadInput
from callhandler.intake.ring import Ring, RingOutcome, from_values, location_texts
from callhandler.intake.window_key import window_key
from callhandler.rules.identify import e164
from callhandler.store.ring_file import KeptRing, RingFile, RingRows

COUNTED_OVER = timedelta(hours=24)
SAME_CALL_WITHIN = timedelta(minutes=10)
LONGEST_OUTCOME = 300


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call that waits. `times` says how often its number rang in the last 24 hours, this ring counted; 0 when withheld."""

    ring: Ring
    times: int


def ring_file(data_folder: Path) -> Path:
    """Where the waiting calls of this machine's user are kept: beside the drafts."""
    return data_folder / "rings.sqlite"


class Rings:
    """The calls that wait at the desk of one database."""

    def __init__(self, path: Path, database: str, clock: Clock) -> None:
        self._desk = window_key(database)
        self._file = RingFile(path, self._desk)
        self._clock = clock

    def keep(self, ring: Ring) -> Ring:
        """Keep a ring, durable when this returns; the ring as it is now kept, with its instant.

        Telling the same ring again changes its outcome and adds what was not known. An outcome that names no ring known
        here belongs to the one call of its number that rings, if there is just one. What was dealt with stays so.
        """
        if not ring.uuid:
            raise BadInput("A ring to be kept needs a key of its own.", "uuid")
        now = self._clock.now()
        with self._file.writing() as rows:
            rows.forget_done_before(_iso(now - COUNTED_OVER))
            before = rows.get(ring.uuid) or self._ringing_now(rows, ring, now)
            row = _merged(before, ring) if before else self._row(ring, now)
            if ring.outcome is RingOutcome.ANSWERED and not row.done_at:
                row = replace(row, done_at=_iso(now), done_as=ring.outcome.value)
            rows.put(row)
        return _ring(row)

    def waiting(self) -> tuple[Waiting, ...]:
        """Every call that nobody has dealt with, the one that has waited longest first. None goes by itself."""
        if not self._file.exists:
            return ()
        with self._file.writing() as rows:
            times = rows.times(_iso(self._clock.now() - COUNTED_OVER))
            return tuple(
                Waiting(_ring(r), max(times.get(r.same, 0), 1 if r.same else 0)) for r in rows.open()
            )

    def done(self, uuid: str, outcome: str) -> None:
        """Say what became of a call; it waits no more. Saying it again changes nothing."""
        said = "".join(c for c in outcome if c == "\t" or ord(c) >= 32).strip()
        if not said:
            raise BadInput(
                "Say what became of the call: taken, rung back, or why it needs nothing more.", "outcome"
            )
        if len(said) > LONGEST_OUTCOME:
            raise BadInput(
                f"This has {len(said):,} characters; the most is {LONGEST_OUTCOME}. Write the rest into the log.",
                "outcome",
            )
        with self._file.writing() as rows:
            row = rows.get(uuid)
            if row is None:
                raise BadInput("This call does not wait here any more.", "call")
            if not row.done_at:
                rows.put(replace(row, done_at=_iso(self._clock.now()), done_as=said))

    def _ringing_now(self, rows: RingRows, ring: Ring, now: datetime) -> KeptRing | None:
        same = e164(ring.number) or ring.number
        if ring.outcome is RingOutcome.RINGING or not same:
            return None
        since = _iso(now - SAME_CALL_WITHIN)
        found = [
            r
            for r in rows.open()
            if (r.same, r.outcome) == (same, RingOutcome.RINGING) and r.rang_at >= since
        ]
        return found[0] if len(found) == 1 else None

    def _row(self, ring: Ring, now: datetime) -> KeptRing:
        return KeptRing(
            uuid=ring.uuid,
            desk=self._desk,
            number=ring.number,
            same=e164(ring.number) or ring.number,
            name=ring.name,
            place=ring.place,
            outcome=ring.outcome.value,
            source=ring.source,
            rang_at=_iso(ring.at or now),
            located=_kept(ring),
        )


def _merged(before: KeptRing, ring: Ring) -> KeptRing:
    # A late "rings" never takes back what is known to have become of the call.
    outcome = before.outcome if ring.outcome is RingOutcome.RINGING else ring.outcome.value
    number = before.number or ring.number
    return replace(
        before,
        number=number,
        same=e164(number) or number,
        name=ring.name or before.name,
        place=ring.place or before.place,
        outcome=outcome,
        located=_kept(ring) or before.located,
    )


def _ring(row: KeptRing) -> Ring:
    return Ring(
        number=row.number,
        name=row.name,
        place=row.place,
        at=datetime.fromisoformat(row.rang_at),
        outcome=RingOutcome(row.outcome),
        source=row.source,
        uuid=row.uuid,
        located=from_values({"number": "withheld", **json.loads(row.located)}).located
        if row.located
        else None,
    )


def _kept(ring: Ring) -> str:
    return json.dumps(location_texts(ring.located)) if ring.located is not None else ""


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
