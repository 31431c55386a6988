"""What to do now is taken off by one form, with what came of it; and the reason of a floor is never folded away."""

import pytest
from PySide6.QtCore import Qt

from callhandler import app as core
from callhandler.model.assessment import Tier
from callhandler.settings import Settings
from ui.desk.warnings_panel import FEW
from ui.models.rows import ROW

CTRL = Qt.KeyboardModifier.ControlModifier


def steps(window) -> list[str]:
    return [t.text for t in window.desk.view.to_do]


def test_a_step_is_taken_by_two_keys_and_the_next_comes_up(window, qtbot, night):
    before = steps(window)
    assert before[0] == "Duty inspector: ask for a unit; record the answer"
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    strip = window.page.forms.all["step"].strip
    assert strip.isVisible()
    qtbot.keyClicks(strip.editor("outcome"), "told at 00:27, two units released")
    qtbot.keyClick(strip.editor("outcome"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: before[0] not in steps(window))
    log = [e.text for e in window.desk.view.picture.log]
    assert any(before[0] in line and "two units released" in line for line in log)
    assert len(steps(window)) == 6
    # Nothing is settled by it: the grade, the floor and every warning are as they were.
    assert window.desk.view.floor_grade.name == "Immediate"
    assert "target-overdue" in {w.code for w in window.desk.view.assessment.standing}
    assert window.page.top.grade.text() == "Immediate"


@pytest.fixture(scope="module")
def first_call(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    opened = core.open_demonstration(
        Settings(database=str(folder / "live.sqlite"), data_folder=folder), "call-1"
    )
    yield opened
    opened.app.close()


def test_what_sets_the_floor_is_seen_while_the_rest_is_folded(first_call, sit_down, qtbot):
    window = sit_down(first_call.app, first_call.actor, first_call.incident_id)
    warnings = window.page.warnings
    assert not warnings.unfolded
    model = warnings.list.model()
    shown = [model.index(i, 0).data(ROW).key for i in range(model.rowCount())]
    standing = window.desk.view.assessment.standing
    holds = [w.code for w in standing if w.floor_rank == window.desk.view.assessment.floor_rank]
    serious = [w.code for w in standing if w.tier is Tier.SERIOUS and w.code not in holds]
    assert holds and serious and set(shown) == {*holds, *serious[: FEW - len(holds)]} and len(shown) == FEW
    assert warnings.fold.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert model.rowCount() == len(standing)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert [model.index(i, 0).data(ROW).key for i in range(model.rowCount())] == shown
