"""Exercises written at the window, by keys alone: faults at their line, kept through a kill, saved, tried."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from callhandler import app as core
from callhandler.intake.exercise import read_exercise
from callhandler.services.training import workshop
from ui.workshop import window as module
from ui.workshop.window import WorkshopWindow

SMALL = Path(__file__).parents[1] / "data" / "training" / "small.yaml"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def own(settings, tmp_path):
    from dataclasses import replace

    return replace(settings, data_folder=tmp_path / "data")


@pytest.fixture
def open_window(own, qtbot):
    opened = []

    def one(name: str = "") -> WorkshopWindow:
        window = WorkshopWindow(own, name)
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        looked(qtbot, window)
        return window

    yield one
    for window in opened:
        window.close()


def looked(qtbot, window) -> None:
    qtbot.waitUntil(
        lambda: (
            not window._rest.isActive()
            and not window.reads.waiting
            and not window.writes.waiting
            and window.looked is not None
        ),
        timeout=60_000,
    )


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def sentences(window) -> list[str]:
    return [window.faults.item(i).text() for i in range(window.faults.count())]


def test_a_new_one_is_written_mended_saved_and_tried_by_keys_alone(
    own, open_window, qtbot, tmp_path, monkeypatch
):
    started = []
    monkeypatch.setattr(module, "start_beside", lambda arguments, _: bool(started.append(arguments)) or True)
    window = open_window()
    assert window.text.hasFocus() and sentences(window) == []
    steps = [window.steps.item(i).text() for i in range(window.steps.count())]
    assert any("call-1 rings: Adult A" in s for s in steps)
    line = next(
        n for n, t in enumerate(window.text.whole.splitlines(), 1) if t.strip().startswith("least: I")
    )
    window.text.go_to(line)
    qtbot.keyClicks(window.text, "x")
    looked(qtbot, window)
    assert len(sentences(window)) == 2
    assert [
        s
        for s in sentences(window)
        if s.startswith(f"▲ line {line}: there is no xleast here; did you mean least?")
    ]
    press(qtbot, window, Qt.Key.Key_F5)
    assert "while it has faults" in window.said.text() and started == []
    press(qtbot, window, Qt.Key.Key_Home, CTRL)
    press(qtbot, window, Qt.Key.Key_F6)
    assert window.faults.hasFocus()
    where = window.faults.currentItem().data(Qt.ItemDataRole.UserRole)
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.text.hasFocus() and window.text.textCursor().blockNumber() + 1 == where
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    looked(qtbot, window)
    assert sentences(window) == [] and window.found.text() == "✓ No fault"
    press(qtbot, window, Qt.Key.Key_S, CTRL)
    assert window.file.hasFocus() and "Name a file" in window.said.text()
    qtbot.keyClicks(window.file, str(tmp_path / "mine"))
    press(qtbot, window, Qt.Key.Key_Return)
    assert read_exercise(tmp_path / "mine.yaml").exercise == "a-name-of-its-own"
    looked(qtbot, window)
    press(qtbot, window, Qt.Key.Key_F5)
    assert started == [["train", str(tmp_path / "mine.yaml"), "--as", "Trying it out"]]


def test_what_the_policy_does_not_have_is_a_fault_at_its_line(open_window, qtbot, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(SMALL.read_text().replace("asked_by: [weapon]", "asked_by: [wepon]"))
    window = open_window(str(mine))
    line = next(n for n, t in enumerate(mine.read_text().splitlines(), 1) if "wepon" in t)
    assert sentences(window) == [f"▲ line {line}: the policy has no question wepon; did you mean weapon?"]
    press(qtbot, window, Qt.Key.Key_F8)
    assert window.text.textCursor().blockNumber() + 1 == line
    assert window.steps.count()


def test_what_was_written_outlives_a_kill(own, open_window, qtbot, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(SMALL.read_text())
    window = open_window(str(mine))
    qtbot.keyClicks(window.text, "# mine")
    looked(qtbot, window)
    drafts = list((own.data_folder / "workshop").iterdir())
    assert len(drafts) == 1 and drafts[0].stat().st_mode & 0o777 == 0o600
    # The window is not closed: another begins as after a kill.
    again = open_window()
    assert again.text.whole.startswith("# mine") and again.document.path == mine
    assert mine.read_text() == SMALL.read_text()
    assert "not saved" in again.state.text()
    press(qtbot, again, Qt.Key.Key_Z, CTRL)
    assert again.text.whole == SMALL.read_text()


def test_a_window_that_cannot_keep_what_was_written_stays_once(open_window, qtbot, monkeypatch):
    window = open_window()
    qtbot.keyClicks(window.text, "# mine")

    def full(*_: object, **__: object) -> None:
        raise workshop.Environment("The disk is full.")

    monkeypatch.setattr(workshop, "write_whole", full)
    assert not window.close() and "cannot be kept" in window.said.text()
    window.show_document(window.workshop.new())
    assert window.text.whole.startswith("# mine") and "disk is full" in window.said.text()
    assert window.close()


def test_a_shipped_one_opens_as_a_copy_and_is_never_written_over(open_window, qtbot):
    shipped = core.exercises_folder() / "silent-marked-number.yaml"
    was = shipped.read_bytes()
    window = open_window("silent-marked-number")
    assert window.document.path is None
    window.file.setText(str(shipped))
    press(qtbot, window, Qt.Key.Key_S, CTRL)
    assert "never written over" in window.said.text() and shipped.read_bytes() == was


def test_nothing_is_written_over_that_somebody_else_changed(own, tmp_path):
    shop = workshop.Workshop(own.data_folder)
    mine = tmp_path / "mine.yaml"
    mine.write_text("a: 1\n")
    document = shop.open(mine)
    mine.write_text("a: 2\n")
    with pytest.raises(workshop.BadInput, match="changed by somebody else"):
        shop.save(document, "a: 3\n")
    with pytest.raises(workshop.BadInput, match="of that name already"):
        shop.save(shop.new(), "a: 3\n", mine)
    assert mine.read_text() == "a: 2\n"
