"""An exercise from a log at the window, by keys alone: chosen, every text passed or written anew, kept, handed on."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from callhandler.intake.exercise import read_exercise
from callhandler.model.actor import Right
from callhandler.store.unit_of_work import reading
from ui.workshop import from_log as module

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def trainer(night):
    return replace(night.actor, rights=frozenset({Right.HANDLER, Right.TRAINER}))


@pytest.fixture
def started(monkeypatch):
    found = []
    monkeypatch.setattr(module, "start_beside", lambda arguments, _: bool(found.append(arguments)) or True)
    return found


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def idle(qtbot, window) -> None:
    qtbot.waitUntil(
        lambda: not window.from_log.busy and not window.from_log.lane.waiting,
        timeout=30_000,
    )


def to_page(qtbot, window):
    press(qtbot, window, Qt.Key.Key_E, CTRL_ALT)
    assert window.stack.currentWidget() is window.from_log
    return window.from_log


def read_of(night) -> list[tuple[str, str]]:
    with reading(night.app.office.engine) as connection:
        rows = connection.exec_driver_sql("SELECT what, purpose FROM consultation").all()
    return [tuple(row) for row in rows if row[0] == "made into an exercise"]


def test_from_the_incident_to_the_workshop_by_keys_alone_and_through_a_kill(
    night, trainer, sit_down, qtbot, tmp_path, started
):
    window = sit_down(night.app, trainer, night.incident_id)
    page = to_page(qtbot, window)
    qtbot.waitUntil(page.which.hasFocus)
    # The board is read beside; until it has come, only a reference can be named.
    reference = night.app.desk.view(trainer, night.incident_id).picture.incident.reference
    qtbot.waitUntil(lambda: page.which.currentText().startswith(reference), timeout=20_000)
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert "A name is of small letters" in page.state.text()
    page.why.setFocus()
    qtbot.keyClicks(page.why, "A course in March")
    press(qtbot, window, Qt.Key.Key_Tab)
    assert page.called.hasFocus()
    qtbot.keyClicks(page.called, "a-march-night")
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.made is not None, timeout=30_000)
    idle(qtbot, window)
    assert read_of(night) == [("made into an exercise", "A course in March")]
    passing = page.passing
    whole = len(page.made.to_pass)
    assert passing.list.hasFocus() and passing.count.text() == f"0 of {whole} passed"
    first = passing.current
    assert f"[▲ {first.left[0].words}]" in passing.whole.toPlainText()
    assert first.left[0].why in passing.list.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)
    press(qtbot, window, Qt.Key.Key_Return)
    assert passing.count.text() == f"1 of {whole} passed" and passing.list.currentRow() == 1
    press(qtbot, window, Qt.Key.Key_Up)
    press(qtbot, window, Qt.Key.Key_Backspace)
    assert passing.count.text() == f"0 of {whole} passed"
    press(qtbot, window, Qt.Key.Key_Return)
    press(qtbot, window, Qt.Key.Key_E)
    assert passing.anew.hasFocus()
    passing.anew.clear()
    qtbot.keyClicks(passing.anew, "Somebody called Ethelburga rang.")
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert passing.current.text == "Somebody called Ethelburga rang." and not passing.current.passed_by
    # Not handed on before all is passed.
    target = tmp_path / "handed-on.yaml"
    page.file.setText(str(target))
    page.file.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert "may still tell who somebody is" in page.state.text() and not target.exists() and started == []
    kept = list((night.app.settings.data_folder / "from-log").iterdir())
    assert [p.name for p in kept] == ["a-march-night.draft.json"] and kept[0].stat().st_mode & 0o777 == 0o600
    # Another window, as after a kill, takes it up where it was.
    again = sit_down(night.app, trainer, night.incident_id)
    page = to_page(qtbot, again)
    assert page.which.currentText() == "Under way: a-march-night"
    press(qtbot, again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.made is not None, timeout=30_000)
    assert len(page.made.to_pass) - len(page.made.open) == 1
    for _ in range(len(page.made.open)):
        press(qtbot, again, Qt.Key.Key_Return)
    assert page.file.hasFocus() and "All is passed" in page.state.text()
    page.file.setText(str(target))
    press(qtbot, again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.made is None, timeout=30_000)
    assert read_exercise(target).exercise == "a-march-night"
    assert not kept[0].exists() and started == [["exercises", str(target)]]


def test_only_trainers_and_supervisors_have_the_page(night, sit_down):
    window = sit_down(night.app, night.actor, night.incident_id)
    assert "Ctrl+Alt+E" not in [a.shortcut().toString() for a in window.actions()]


def test_a_draft_that_nobody_goes_on_with_is_erased_at_the_second_press(night, trainer, sit_down, qtbot):
    drafts = night.app.settings.data_folder / "from-log"
    drafts.mkdir(exist_ok=True)
    (drafts / "left.draft.json").write_text("{}", encoding="utf-8")
    window = sit_down(night.app, trainer, night.incident_id)
    page = to_page(qtbot, window)
    assert page.which.currentText() == "Under way: left"
    page.erase.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert (drafts / "left.draft.json").exists() and "Press again" in page.state.text()
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert not (drafts / "left.draft.json").exists() and not page.erase.isVisible()


def test_an_incident_is_found_by_its_reference_and_a_wrong_one_is_said(night, trainer):
    from callhandler.errors import BadInput
    from callhandler.services.training.from_incident.naming import incident_named

    reference = night.app.desk.view(trainer, night.incident_id).picture.incident.reference
    assert incident_named(night.app.office, reference) == night.incident_id
    for wrong in ("", "9999 of no day"):
        with pytest.raises(BadInput):
            incident_named(night.app.office, wrong)
