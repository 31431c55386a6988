"""An exercise at the live desk's own screens, by keyboard: a call rings, is taken, and its caller answers."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from callhandler import app as core
from callhandler.services.custody import Custody

SMALL = str(Path(__file__).parents[1] / "data" / "training" / "small.yaml")
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def sitting(settings, tmp_path, at_exercise):
    desk = core.open_exercise(settings, SMALL, "Trainee A", folder=tmp_path / "sitting")
    window = at_exercise(desk)
    yield desk, window
    window.close()
    desk.app.close()


def said(desk):
    return [h.text for h in desk.run.record.entries]


def test_a_call_rings_is_taken_by_a_key_and_answers_what_is_typed(sitting, qtbot):
    desk, window = sitting
    assert "TRAINING" in window.windowTitle()
    assert not window.exercise.panel.entry.isEnabled()
    desk.run.clock.move_to(desk.run.next_at())
    qtbot.waitUntil(lambda: bool(window.rings.banner.ringing))
    qtbot.keyClick(window, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: "Please can you come." in said(desk), timeout=10_000)
    qtbot.waitUntil(window.exercise.panel.entry.isEnabled)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.exercise.panel.entry.hasFocus()
    qtbot.keyClicks(window.exercise.panel.entry, "has he got a knife?")
    qtbot.keyClick(window.exercise.panel.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "He has the kitchen knife." in said(desk))
    qtbot.waitUntil(lambda: f"heard:{len(said(desk)) - 1}" in window.exercise.panel.list.model_keys())
    assert window.exercise.panel.entry.text() == ""
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.page.log.entry.hasFocus()


def test_what_cannot_be_said_is_given_back_and_nothing_of_it_lost(sitting, qtbot):
    desk, window = sitting
    window.exercise.speak("are you safe?")
    qtbot.waitUntil(lambda: window.exercise.panel.entry.text() == "are you safe?")
    assert "Nobody is on the line" in window.status.text()
    assert not [h for h in desk.run.record.entries if h.text == "are you safe?"]


def test_the_live_store_is_never_opened(settings, tmp_path, monkeypatch):
    opened: list[str] = []
    own = Custody.opening
    monkeypatch.setattr(Custody, "opening", classmethod(lambda cls, *a: opened.append(a[0]) or own(*a)))
    desk = core.open_exercise(settings, SMALL, folder=tmp_path / "other")
    desk.app.close()
    assert opened == [str(tmp_path / "other" / "store.sqlite")]
    assert not Path(settings.database).exists()
    assert desk.app.office.kind == "TRAINING"
