"""Socket, file, banner and tray together."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from callhandler.clock import SystemClock
from callhandler.errors import Environment
from callhandler.intake.ring import Ring, RingOutcome, from_values
from callhandler.services.rings import Rings, ring_file
from ui.ring.banner import RingBanner
from ui.ring.controller import RingController
from ui.ring.ringing import Known
from ui.ring.tray import Tray
from ui.tasks import Reads, Writes


class Desk:
    """A desk's parts for ringing calls, and what it answered to senders."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.rings = Rings(ring_file(folder), str(folder / "a.sqlite"), SystemClock())
        self.banner, self.tray = RingBanner(), Tray()
        qtbot.addWidget(self.banner)
        qtbot.addWidget(self.tray)
        self.writes, self.reads = Writes(), Reads()
        self.controller = RingController(self.rings, self.banner, self.tray, self.writes, self.reads)
        self.answers: list[str] = []
        self.taken: list[Ring] = []
        self.controller.take.connect(self.taken.append)

    def receive(self, ring: Ring | None) -> None:
        """Let a ring come in."""
        self.controller.receive(ring, self.answers.append)

    def waiting(self) -> list[Ring]:
        """The calls in the tray."""
        return [w.ring for w in self.tray._waiting]


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """A desk."""
    made = Desk(tmp_path, qtbot)
    yield made
    made.writes.finish()
    made.reads.finish()
    made.banner.drop(made.banner.top.ring.uuid) if made.banner.top else None
    made.tray.show_waiting([])


def ring(number: str = "+447700900418", **more: str) -> Ring:
    """A ring."""
    return from_values({"number": number, **more})


def test_a_ring_is_seen_at_once_and_called_safe_only_when_it_is_on_the_disk(desk: Desk, qtbot: QtBot):
    desk.receive(ring())
    assert desk.banner.top is not None
    assert desk.answers == []
    qtbot.waitUntil(lambda: desk.answers == [""])
    assert len(desk.rings.waiting()) == len(desk.waiting()) == 1


def test_a_ring_that_cannot_be_kept_is_shown_and_not_called_safe(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    def full(_: Rings, __: Ring) -> Ring:
        raise Environment("The disk is full.")

    monkeypatch.setattr(Rings, "keep", full)
    desk.receive(ring())
    qtbot.waitUntil(lambda: desk.answers == ["The disk is full."])
    assert desk.banner.top is not None


def test_an_abandoned_call_leaves_the_banner_and_waits(desk: Desk, qtbot: QtBot):
    desk.receive(ring())
    desk.receive(ring("07700 900418", outcome="abandoned"))
    qtbot.waitUntil(lambda: desk.answers == ["", ""])
    assert desk.banner.top is None
    assert [r.outcome for r in desk.waiting()] == [RingOutcome.ABANDONED]


def test_an_answered_call_waits_until_the_desk_has_recorded_it(desk: Desk, qtbot: QtBot):
    desk.receive(ring())
    qtbot.waitUntil(lambda: desk.answers == [""])
    desk.banner._ringing._changed = float("-inf")
    desk.banner.answer()
    (taken,) = desk.taken
    assert len(desk.rings.waiting()) == 1
    desk.controller.settle(taken, "answered")
    qtbot.waitUntil(lambda: desk.waiting() == [])
    assert desk.rings.waiting() == ()


def test_what_waits_is_there_again_after_a_start(desk: Desk, qtbot: QtBot):
    desk.rings.keep(ring(outcome="abandoned"))
    desk.controller.refresh()
    qtbot.waitUntil(lambda: len(desk.waiting()) == 1)
    assert desk.banner.top is None


def test_callers_are_looked_up_once_somebody_is_signed_in(desk: Desk, qtbot: QtBot):
    desk.receive(ring())
    qtbot.waitUntil(lambda: desk.banner.top is not None and desk.banner.top.known is not None)
    assert "nobody is signed in" in desk.banner.top.known.fault
    desk.controller.look_up_with(lambda found: Known(found.number))
    second = replace(ring("07700900111"))
    desk.receive(second)
    qtbot.waitUntil(lambda: desk.banner.top is not None and desk.banner.top.known == Known("07700900111"))


def test_a_wish_to_see_the_window_is_passed_on(desk: Desk, qtbot: QtBot):
    with qtbot.waitSignal(desk.controller.show_window):
        desk.receive(None)
    assert desk.answers == [""]
