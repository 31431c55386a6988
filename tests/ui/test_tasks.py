"""The two lanes."""

import threading

import pytest

from callhandler.errors import BadInput
from ui.tasks import Reads, Writes


@pytest.fixture
def writes(qapp):
    lane = Writes()
    yield lane
    lane.finish()


@pytest.fixture
def reads(qapp):
    lane = Reads()
    yield lane
    lane.finish()


def test_writes_run_in_order_and_each_is_acknowledged(writes, qtbot):
    done: list[int] = []
    for number in range(50):
        writes.do(lambda n=number: n, done.append)
    assert writes.waiting == 50
    qtbot.waitUntil(lambda: len(done) == 50)
    assert done == list(range(50)) and writes.waiting == 0


def test_closing_waits_for_every_write(qapp):
    lane, ran = Writes(), []
    for number in range(20):
        lane.do(lambda n=number: ran.append(n))
    lane.finish()
    assert ran == list(range(20))


def test_what_is_acknowledged_after_closing_disturbs_nobody(qapp, qtbot):
    """A window that closes while a write runs: its answer would else be shown by what is gone."""
    lane, reads, done = Writes(), Reads(), []
    lane.do(lambda: done.append("written"), lambda _: reads.ask("view", lambda: 1, done.append))
    reads.finish()
    lane.finish()
    qtbot.waitUntil(lambda: not lane.waiting)
    assert done == ["written"]


def test_a_page_of_a_closed_window_may_still_ask(qapp):
    """Other letters reach every page there is, and the search asks anew; nobody waits for that any more."""
    lane, done = Reads(), []
    lane.finish()
    lane.ask("search", lambda: 1, done.append)
    assert not lane.waiting and done == []


def test_a_write_into_a_closed_lane_is_refused_aloud(qapp):
    lane = Writes()
    lane.finish()
    with pytest.raises(RuntimeError):
        lane.do(lambda: None)


def test_a_stale_reading_is_dropped(reads, qtbot):
    gate, seen = threading.Event(), []
    reads.ask("view", lambda: gate.wait(5) and "first caller", seen.append)
    reads.ask("view", lambda: "this caller", seen.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(30)
    assert seen == ["this caller"]


def test_what_is_dropped_is_never_handed_back(reads, qtbot):
    gate, seen = threading.Event(), []
    reads.ask("view", lambda: gate.wait(5), seen.append)
    reads.drop("view")
    gate.set()
    reads.ask("other", lambda: "other", seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["other"]


def test_an_error_for_people_is_its_sentence(writes, qtbot):
    told = []

    def fail() -> None:
        raise BadInput("The line is empty.")

    writes.do(fail, None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].sentence == "The line is empty." and not told[0].ours


@pytest.mark.expects_log_lines
def test_a_fault_of_ours_is_logged_without_its_text(writes, qtbot, caplog):
    told = []

    def fail() -> None:
        raise ValueError("Jane Example, 07700 900418")

    writes.do(fail, None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].sentence == "Something went wrong here; nothing was lost."
    assert "ValueError" in caplog.text and "Jane" not in caplog.text
