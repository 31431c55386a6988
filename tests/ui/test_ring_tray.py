"""The tray in which unanswered and abandoned calls wait."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callhandler.intake.ring import Ring, from_values
from callhandler.services.rings import Waiting
from ui.ring.tray import Tray
from ui.ring.tray_rows import row_of

NOW = datetime(2018, 8, 26, 23, 26, tzinfo=UTC)


def ring(number: str, at: datetime, **more: str) -> Ring:
    """A ring."""
    return replace(from_values({"number": number, **more}), at=at)


def waiting(number: str = "+447700900418", minutes: int = 4, times: int = 1, **more: str) -> Waiting:
    """A call that waits."""
    return Waiting(ring(number, NOW - timedelta(minutes=minutes), **more), times)


@pytest.fixture
def tray(qtbot: QtBot) -> Iterator[Tray]:
    """A tray with two calls, its list in focus."""
    made = Tray(lambda: NOW)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show_waiting(
        [waiting(minutes=64, times=4, name="Adult 1", outcome="abandoned"), waiting("withheld", 9)]
    )
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.list.setFocus()
    yield made
    made.show_waiting([])


def test_a_row_says_number_when_how_long_ago_how_often_and_its_state():
    said = row_of(waiting(minutes=64, times=4, name="Adult 1", outcome="abandoned"), NOW).spoken
    assert said == "Abandoned, 07700 900 418, Adult 1, 26 Aug 23:22, 1 h 04 min ago, 4th in 24 hours"
    assert row_of(waiting(minutes=0), NOW).ago == "just now"
    assert row_of(waiting(), NOW).state == "Not answered"
    assert row_of(waiting(), NOW, rings=True).state == "Rings now"


def test_open_and_ring_back_by_key(tray: Tray, qtbot: QtBot):
    opened, rung = [], []
    tray.opened.connect(opened.append)
    tray.ring_back.connect(rung.append)
    qtbot.keyClick(tray.list, Qt.Key.Key_Return)
    qtbot.keyClick(tray.list, Qt.Key.Key_R)
    assert [r.number for r in opened + rung] == ["+447700900418"] * 2
    qtbot.keyClick(tray.list, Qt.Key.Key_Down)
    qtbot.keyClick(tray.list, Qt.Key.Key_R)
    assert len(rung) == 1


def test_done_needs_a_reason_and_leaves_only_when_it_is_recorded(tray: Tray, qtbot: QtBot):
    asked: list[tuple[Ring, str]] = []
    tray.done_asked.connect(lambda r, why: asked.append((r, why)))
    meant = tray._waiting[1].ring
    qtbot.keyClick(tray.list, Qt.Key.Key_Down)
    qtbot.keyClick(tray.list, Qt.Key.Key_D)
    assert tray.reason.hasFocus()
    qtbot.keyClick(tray.reason, Qt.Key.Key_Return)
    assert asked == []
    qtbot.keyClicks(tray.reason, "a child played with it")
    # Another call comes in between: the reason stays with its own.
    tray.show_waiting([waiting("07700900555", 90), *tray._waiting])
    qtbot.keyClick(tray.reason, Qt.Key.Key_Return)
    assert asked == [(meant, "a child played with it")]
    assert len(tray.list.model().rows) == 3
    tray.say("The disk is full.")
    assert tray.reason.text() == "a child played with it"
    assert tray.reason.isEnabled()
    tray.show_waiting([w for w in tray._waiting if w.ring != meant])
    assert tray.reason.text() == ""
    assert len(tray.list.model().rows) == 2


def test_escape_leaves_the_call_waiting(tray: Tray, qtbot: QtBot):
    qtbot.keyClick(tray.list, Qt.Key.Key_D)
    qtbot.keyClicks(tray.reason, "half")
    qtbot.keyClick(tray.reason, Qt.Key.Key_Escape)
    assert tray.list.hasFocus()
    assert tray.reason.text() == ""
    assert len(tray.list.model().rows) == 2


def test_a_letter_of_another_script_is_no_fault(tray: Tray, qtbot: QtBot):
    for key in (0x639, 0x1F642):
        QApplication.sendEvent(
            tray.list, QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "ع")
        )
    assert not tray.reason.isEnabled()


def test_empty_is_not_unknown(tray: Tray):
    tray.say_unknown("The waiting calls cannot be read.")
    assert len(tray.list.model().rows) == 2
    assert tray._count.text() == "not known"
    tray.show_waiting([])
    assert tray._count.text() == "none waits"
