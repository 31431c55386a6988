"""The calls that wait: kept through a kill, counted by number, never gone by themselves."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, Environment
from callhandler.intake.ring import Ring, RingOutcome, from_values
from callhandler.services.rings import Rings, ring_file

NOW = datetime(2018, 8, 26, 21, 34, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock() -> ScenarioClock:
    """A clock that stands until it is set."""
    return ScenarioClock(NOW)


@pytest.fixture
def rings(tmp_path: Path, clock: ScenarioClock) -> Rings:
    """The waiting calls of a desk."""
    return Rings(ring_file(tmp_path), str(tmp_path / "a.sqlite"), clock)


def ring(number: str = "07700900418", **more: str) -> Ring:
    """A ring."""
    return from_values({"number": number, **more})


def test_nothing_waits_and_no_file_is_made_before_the_first_ring(rings, tmp_path):
    assert rings.waiting() == ()
    assert not ring_file(tmp_path).exists()


def test_a_ring_is_kept_with_its_instant_and_only_for_this_user(rings, tmp_path):
    kept = rings.keep(ring(name="Adult 1", place="Own flat"))
    assert kept.at == NOW
    assert [w.ring for w in rings.waiting()] == [kept]
    if os.name == "posix":
        assert {p.stat().st_mode & 0o077 for p in tmp_path.glob("rings.sqlite*")} == {0}


def test_the_same_ring_told_again_is_one_and_nothing_known_is_lost(rings):
    first = rings.keep(ring(name="Adult 1"))
    rings.keep(Ring(number="", place="Own flat", outcome=RingOutcome.ABANDONED, uuid=first.uuid))
    rings.keep(replace(first, outcome=RingOutcome.RINGING))
    (waiting,) = rings.waiting()
    assert waiting.ring == replace(first, place="Own flat", outcome=RingOutcome.ABANDONED)
    assert waiting.times == 1


def test_an_outcome_without_the_ring_s_key_belongs_to_the_one_call_of_its_number(rings, clock):
    first = rings.keep(ring("+447700900418"))
    assert rings.keep(ring("07700 900418", outcome="abandoned")).uuid == first.uuid
    second, third = rings.keep(ring()), rings.keep(ring())
    unclear = rings.keep(ring(outcome="answered"))
    assert unclear.uuid not in (first.uuid, second.uuid, third.uuid)
    assert {w.ring.uuid for w in rings.waiting()} == {first.uuid, second.uuid, third.uuid}


def test_an_old_ring_is_not_taken_for_the_one_that_was_abandoned(rings, clock):
    rings.keep(ring())
    clock.move_to(NOW + timedelta(minutes=11))
    rings.keep(ring(outcome="abandoned"))
    assert [w.ring.outcome for w in rings.waiting()] == [RingOutcome.RINGING, RingOutcome.ABANDONED]


def test_withheld_numbers_are_never_taken_for_one_another(rings):
    rings.keep(ring("withheld"))
    rings.keep(ring("withheld", outcome="abandoned"))
    assert [w.times for w in rings.waiting()] == [0, 0]


def test_a_call_answered_elsewhere_does_not_wait(rings):
    first = rings.keep(ring())
    rings.keep(replace(first, outcome=RingOutcome.ANSWERED))
    rings.keep(ring("07700900111", outcome="answered"))
    assert rings.waiting() == ()


def test_done_needs_a_reason_is_for_one_call_and_may_be_said_twice(rings, tmp_path):
    first, second = rings.keep(ring()), rings.keep(ring("07700900111"))
    for nothing in ("", "  \n"):
        with pytest.raises(BadInput, match="Say what became of the call"):
            rings.done(first.uuid, nothing)
    with pytest.raises(BadInput, match="the most is 300"):
        rings.done(first.uuid, "x" * 301)
    with pytest.raises(BadInput, match="does not wait here"):
        rings.done("01890a5d-0000-7000-8000-000000000000", "rung back")
    rings.done(first.uuid, "rung back")
    rings.done(first.uuid, "again")
    with closing(sqlite3.connect(ring_file(tmp_path))) as plain:
        assert plain.execute("SELECT done_as FROM ring WHERE done_as <> ''").fetchall() == [("rung back",)]
    assert [w.ring for w in rings.waiting()] == [second]


def test_what_is_done_stays_done_when_the_switchboard_says_more(rings):
    first = rings.keep(ring())
    rings.done(first.uuid, "answered")
    rings.keep(replace(first, outcome=RingOutcome.ABANDONED))
    assert rings.waiting() == ()


def test_how_often_a_number_rang_counts_what_is_done_and_forgets_after_a_day(rings, clock):
    for written in ("07700900418", "+447700900418", "07700 900 418"):
        rings.done(rings.keep(ring(written)).uuid, "answered")
    rings.keep(ring(outcome="abandoned"))
    assert [w.times for w in rings.waiting()] == [4]
    clock.move_to(NOW + timedelta(hours=25))
    rings.keep(ring("07700900111"))
    # The one that nobody dealt with still waits.
    assert [(w.ring.number, w.times) for w in rings.waiting()] == [("07700900418", 1), ("07700900111", 1)]


def test_done_calls_are_erased_after_a_day(rings, clock, tmp_path):
    rings.done(rings.keep(ring(name="Adult 1")).uuid, "answered")
    clock.move_to(NOW + timedelta(hours=25))
    rings.keep(ring("07700900111"))
    with closing(sqlite3.connect(ring_file(tmp_path))) as plain:
        assert plain.execute("SELECT number FROM ring").fetchall() == [("07700900111",)]


def test_another_database_s_calls_are_not_shown(rings, clock, tmp_path):
    other = Rings(ring_file(tmp_path), str(tmp_path / "training.sqlite"), clock)
    rings.keep(ring())
    assert other.waiting() == ()
    with pytest.raises(BadInput):
        other.done(rings.waiting()[0].ring.uuid, "mine")


def test_a_damaged_file_is_told_plainly(rings, tmp_path):
    ring_file(tmp_path).write_bytes(b"not a database, but long enough to be looked at" * 30)
    with pytest.raises(Environment, match="the file of waiting calls"):
        rings.keep(ring())


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path, clock):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Environment, match="cannot be opened"):
        Rings(tmp_path / "file" / "rings.sqlite", "a", clock).keep(ring())


KEEP_AND_WAIT = """
import sys, time
from pathlib import Path
from callhandler.clock import SystemClock
from callhandler.intake.ring import from_values
from callhandler.services.rings import Rings
Rings(Path(sys.argv[1]), "a", SystemClock()).keep(from_values({"number": "07700900418", "outcome": "abandoned"}))
print("kept", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_kept_ring_survives_a_kill(tmp_path, clock):
    file = ring_file(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", KEEP_AND_WAIT, str(file)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"kept\n"
        process.send_signal(signal.SIGKILL)
    assert [w.ring.number for w in Rings(file, "a", clock).waiting()] == ["07700900418"]
