"""The trainer's station by keyboard: begin, watch, let happen, mark, stop, debrief, results."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from callhandler import app as core
from callhandler.model.exercise import HeardKind
from callhandler.services.calls import CallIn
from callhandler.services.training import station
from ui.training.station_window import StationWindow

SMALL = Path(__file__).parents[1] / "data" / "training" / "small.yaml"
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("CALLHANDLER_SITTINGS", str(tmp_path / "sittings"))
    opened = core.open_exercise(settings, str(SMALL), "Trainee A", "Autumn")
    yield opened
    opened.app.close()


@pytest.fixture
def window(settings, desk, qtbot):
    made = StationWindow(settings)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.start()
    yield made
    made.close()


def heard(desk):
    desk.run.tick()
    return [h.text for h in desk.run.record.entries]


def test_an_exercise_is_begun_by_enter_for_whoever_is_named(window, qtbot, monkeypatch):
    begun: list[list[str]] = []

    class Opened:
        def poll(self) -> None:
            return None

    monkeypatch.setattr(station, "begin", lambda words, log: begun.append(list(words)) or Opened())
    qtbot.waitUntil(lambda: bool(window.offers.model_keys()), timeout=30_000)
    qtbot.keyClicks(window.trainee, "Trainee B")
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    assert window.offers.hasFocus()
    qtbot.keyClick(window.offers, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(begun))
    assert begun[0][0] == "train" and begun[0][1] == window.offers.current_key()
    assert begun[0][2:4] == ["--as", "Trainee B"]
    qtbot.waitUntil(lambda: "Trainee B" in window.status.text())


def test_a_desk_is_watched_let_happen_marked_stopped_and_debriefed(window, desk, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert "Choose a sitting first" in window.status.text()
    qtbot.waitUntil(lambda: bool(window.sittings.model_keys()), timeout=30_000)
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window.sittings, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.control.now is not None, timeout=30_000)
    assert "Trainee A" in window.title.text()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "07700 900160" in heard(desk), timeout=30_000)
    desk.app.calls.take(desk.actor, CallIn(number="07700 900160", name="Adult A", place="Her flat"))
    assert "Please can you come." in heard(desk)
    qtbot.waitUntil(lambda: "Adult A" in window.who.text(), timeout=30_000)
    assert any("Immediate" in r.title for r in window.expects.model().rows)
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    sound = next(n for n, key in enumerate(window.injects.model_keys()) if key == "sound")
    for _ in range(sound):
        qtbot.keyClick(window.injects, Qt.Key.Key_Down)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClicks(window.words, "A dog barks.")
    qtbot.keyClick(window.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "A dog barks." in heard(desk), timeout=30_000)
    qtbot.waitUntil(lambda: window.words.text() == "")
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert window.words.hasFocus()
    qtbot.keyClicks(window.words, "She was not asked where he is.")
    qtbot.keyClick(window, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: "She was not asked where he is." in heard(desk), timeout=30_000)
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    assert not (desk.folder / "sent.jsonl").read_text().count('"stop"')
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: heard(desk) and desk.run.lines.stopped is not None)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: window.debrief.evening.rowCount() > 0, timeout=30_000)
    texts = [window.debrief.evening.item(n, 1).text() for n in range(window.debrief.evening.rowCount())]
    assert "Adult A: Please can you come." in texts
    qtbot.keyClick(window.debrief.evening, Qt.Key.Key_2)
    assert window.debrief.items.isVisible()
    assert "✗ not done" in {
        window.debrief.items.item(n, 1).text() for n in range(window.debrief.items.rowCount())
    }
    qtbot.keyClick(window.debrief.items, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(
        lambda: (desk.folder / "debrief.pdf").exists() and "Saved" in window.status.text(), timeout=30_000
    )
    qtbot.keyClick(window.debrief.items, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.work
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: window.results.table.rowCount() == 1, timeout=30_000)
    assert window.results.table.item(0, 0).text() == "Trainee A"
    qtbot.keyClick(window.results.table, Qt.Key.Key_C)
    assert window.results.table.item(0, 0).text() == "Autumn"


def test_the_trainee_reads_the_debrief_by_a_key_once_it_is_over(desk, qtbot, at_exercise):
    window = at_exercise(desk)
    try:
        qtbot.keyClick(window, Qt.Key.Key_D, CTRL | ALT)
        assert "when the exercise is over" in window.status.text()
        desk.run.clock.move_to(desk.run.clock.now().replace(hour=21))
        qtbot.waitUntil(
            lambda: any(h.kind is HeardKind.STOPPED for h in desk.run.record.entries), timeout=30_000
        )
        qtbot.keyClick(window, Qt.Key.Key_D, CTRL | ALT)
        qtbot.waitUntil(lambda: window.debrief.items.rowCount() > 0, timeout=30_000)
        assert window.stack.currentWidget() is window.debrief
    finally:
        window.close()
