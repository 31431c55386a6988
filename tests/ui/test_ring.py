"""The banner of a ringing telephone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from callhandler.app import Demonstration
from callhandler.intake.ring import Ring, RingOutcome, from_values
from ui.common.labels import Cut
from ui.ring.banner import RingBanner
from ui.ring.known import known_of
from ui.ring.ringing import Known, Ringing, lasting

NOW = datetime(2018, 8, 26, 23, 26, tzinfo=UTC)
ALT = Qt.KeyboardModifier.AltModifier


class Desk(QWidget):
    """A window with a line that the handler types into, the banner above it and a clock that the test sets."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.steady = 100.0
        self.banner = RingBanner(lambda: self.now, Ringing(lambda: self.steady))
        self.typing = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addWidget(self.typing)
        self.resize(1366, 200)
        self.answered: list[Ring] = []
        self.dismissed: list[Ring] = []
        self.banner.answered.connect(self.answered.append)
        self.banner.dismissed.connect(self.dismissed.append)

    def seen(self) -> str:
        """Everything that the banner shows."""
        texts = [w for w in self.banner.findChildren(QWidget) if w.isVisible() and hasattr(w, "text")]
        return " | ".join(w.text() for w in texts if w.text())


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """A desk on the screen, its line in focus."""
    made = Desk()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.typing.setFocus()
    yield made


def ring(number: str = "+447700900418", at: datetime | None = None, **more: str) -> Ring:
    """A ring."""
    return replace(from_values({"number": number, **more}), at=at)


# --- the banner ------------------------------------------------------------------------------


def test_a_ring_moves_nothing_and_takes_no_focus(desk: Desk, qtbot: QtBot):
    before = (desk.typing.geometry(), desk.banner.geometry())
    desk.banner.show_ring(ring(name="Adult 1"), Known("Adult 1", "0412", "High risk"))
    qtbot.keyClicks(desk.typing, "no keys so")
    desk.banner.drop(desk.banner.top.ring.uuid)
    qtbot.keyClicks(desk.typing, " going to mums")
    assert (desk.typing.geometry(), desk.banner.geometry()) == before
    assert desk.banner.minimumHeight() == desk.banner.maximumHeight()
    assert desk.typing.hasFocus()
    assert desk.typing.text() == "no keys so going to mums"
    assert not desk.isModal()


def test_a_ring_says_number_name_place_and_what_is_known(desk: Desk):
    assert "No call rings" in desk.seen()
    desk.banner.show_ring(ring(name="Adult 1", place="Own flat"))
    assert "Looking it up" in desk.seen()
    desk.banner.tell(desk.banner.top.ring.uuid, Known("Adult 1", "0412", "High risk"))
    seen = desk.seen().replace("\u2068", "").replace("\u2069", "")
    for said in (
        "07700 900 418",
        "Adult 1",
        "Own flat",
        "Known: Adult 1, live incident 0412",
        "High risk",
        "Alt+A",
    ):
        assert said in seen


def test_nothing_found_and_not_looked_up_are_told_apart(desk: Desk):
    desk.banner.show_ring(ring(), Known())
    assert "Nothing recorded" in desk.seen()
    desk.banner.tell(desk.banner.top.ring.uuid, Known(fault="the store cannot be reached"))
    assert "Not looked up: the store cannot be reached" in desk.seen()


def test_several_rings_are_a_counter_with_the_newest_on_top(desk: Desk):
    for number in ("07700900001", "07700900002", "07700900003"):
        desk.banner.show_ring(ring(number))
    assert "07700 900 003" in desk.seen()
    assert "2 more ringing" in desk.seen()
    assert "07700 900 001" not in desk.seen()
    desk.banner.show_ring(replace(desk.banner.top.ring, outcome=RingOutcome.ABANDONED))
    assert "07700 900 002" in desk.seen()
    assert "1 more ringing" in desk.seen()


def test_an_abandoned_call_is_not_shown_as_ringing_and_a_silent_one_is(desk: Desk):
    desk.banner.show_ring(ring(outcome="abandoned"))
    assert desk.banner.top is None
    desk.banner.show_ring(ring("withheld", outcome="silent"))
    assert "Silent call 0 s" in desk.seen()
    assert "Number withheld" in desk.seen()


def test_seconds_run_and_an_unbelievable_instant_is_not_used(desk: Desk):
    desk.banner.show_ring(ring(at=NOW - timedelta(seconds=12)))
    assert "Ringing 12 s" in desk.seen()
    desk.now += timedelta(seconds=71)
    desk.banner._tick()
    assert "Ringing 1 min 23 s" in desk.seen()
    for at in (desk.now + timedelta(minutes=1), desk.now - timedelta(days=9)):
        desk.banner.show_ring(ring(at=at))
        assert "Ringing 0 s" in desk.seen()


def test_the_key_answers_while_the_handler_types(desk: Desk, qtbot: QtBot):
    rung = ring()
    desk.banner.show_ring(rung)
    desk.steady += 1
    qtbot.keyClick(desk.typing, Qt.Key.Key_A, ALT)
    assert desk.answered == [rung]
    assert "No call rings" in desk.seen()
    qtbot.keyClick(desk.typing, Qt.Key.Key_A, ALT)
    assert desk.answered == [rung]


def test_a_key_means_the_call_that_was_read_not_the_one_just_come(desk: Desk, qtbot: QtBot):
    first, second = ring("07700900001"), ring("07700900002")
    desk.banner.show_ring(first)
    desk.steady += 5
    desk.banner.show_ring(second)
    desk.steady += 0.2
    qtbot.keyClick(desk.typing, Qt.Key.Key_A, ALT)
    assert desk.answered == [first]
    assert desk.banner.top.ring == second
    desk.steady += 1
    qtbot.keyClick(desk.typing, Qt.Key.Key_L, ALT)
    assert desk.dismissed == [second]


def test_a_doubled_key_does_not_answer_the_next_call_too(desk: Desk, qtbot: QtBot):
    for number in ("07700900001", "07700900002"):
        desk.banner.show_ring(ring(number))
        desk.steady += 1
    qtbot.keyClick(desk.typing, Qt.Key.Key_A, ALT)
    desk.steady += 0.1
    qtbot.keyClick(desk.typing, Qt.Key.Key_A, ALT)
    assert [r.number for r in desk.answered] == ["07700900002"]


def test_a_click_answers_and_leaves_the_focus(desk: Desk, qtbot: QtBot):
    desk.banner.show_ring(ring())
    desk.steady += 1
    (answer,) = [b for b in desk.banner.findChildren(QPushButton) if "Alt+A" in b.text()]
    qtbot.mouseClick(answer, Qt.MouseButton.LeftButton)
    assert len(desk.answered) == 1
    assert desk.typing.hasFocus()


@pytest.mark.parametrize(
    "words", ["<b>Adult</b> & 1", "محمد العلي", "Zoë 👩‍👧 Núñez", "Featherstonehaugh " * 11]
)
def test_any_name_is_shown_as_it_is_within_its_place(desk: Desk, words: str):
    desk.banner.show_ring(ring(name=words, place=words), Known(words, "0412", "High risk"))
    desk.banner.grab()
    cuts = [c for c in desk.banner.findChildren(Cut) if c.isVisible()]
    # Where there is no room for the name told and the one known, the known one says it.
    assert any(" ".join(words.split()) in c.text() for c in cuts)
    for child in desk.banner.findChildren(QWidget):
        if child.isVisible():
            corner = child.mapTo(desk.banner, child.rect().bottomRight())
            assert desk.banner.rect().contains(corner), child
    assert all(c.toolTip() for c in cuts if c.is_cut)


def test_spans_in_words():
    assert [lasting(s) for s in (0, 59, 60, 3600)] == ["0 s", "59 s", "1 min 00 s", "60 min 00 s"]


def test_the_night_s_caller_is_known_and_the_look_up_is_on_record(night: Demonstration):
    def opened() -> int:
        with closing(sqlite3.connect(night.database)) as plain:
            found = plain.execute(
                "SELECT count(*) FROM consultation WHERE purpose = 'a call rings'"
            ).fetchone()
        return int(found[0])

    assert opened() == 0
    known = known_of(night.app, night.actor, ring("07700 900418"))
    assert (known.who, known.live, known.marker) == ("Adult 1", "0001", "Marker")
    assert opened() > 0
    assert known_of(night.app, night.actor, ring("07700900999")) == Known()
    assert known_of(night.app, night.actor, ring("withheld")) == Known()
