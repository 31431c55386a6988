"""Lowering at 00:26: refused in place, weak answers said why, a supervisor at another desk keeps, raising is one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from callhandler import app as core
from callhandler.model.assessment import Act

FULL = {
    "assault-suspect-free": (
        "Officers hold him at the station and have searched him.",
        "custody-officer",
        "custody-record",
    ),
}
OTHER = ("She was seen by officers who sit with her in their car now.", "officer-at-scene", "seen-in-person")


@pytest.fixture
def refused(window, qtbot):
    """The window after F3, with the rationale panel open."""
    with qtbot.waitSignal(window.desk.refused):
        qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.waitUntil(window.page.rationale.isVisible)
    return window


def fill(block, what, who, how):
    block.what.setText(what)
    block.who.setCurrentIndex(block.who.findData(who))
    block.how.setCurrentIndex(block.how.findData(how))


def test_lowering_is_refused_in_place_naming_each_critical_warning(refused, night):
    panel, view = refused.page.rationale, refused.desk.view
    assert panel.title.text() == "Lowering Immediate to Scheduled needs a rationale"
    assert [b.title.text() for b in panel.blocks] == [w.sentence for w in view.assessment.critical_below]
    assert len(panel.blocks) == 6
    assert panel.progress.text() == "0 of 6 answered"
    assert panel.blocks[0].what.hasFocus()
    assert QApplication.activeModalWidget() is None
    assert refused.page.top.grade.text() == "Immediate"


def test_a_weak_answer_says_why_it_does_not_count(refused, qtbot):
    panel = refused.page.rationale
    weapon = next(b for b in panel.blocks if b.code == "weapon-feared")
    fill(weapon, "No weapon seen", "caller-alone", "spoken-to-alone")
    panel.ground.setCurrentIndex(panel.ground.findData("no-units"))
    panel.reason.setText("She says that tomorrow will do.")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(weapon.fault.isVisible)
    assert "is not a change" in weapon.fault.text()
    assert "response state, not a grade" in panel.fault.text()
    assert refused.desk.view.standing_grade.name == "Immediate"


def test_tab_goes_through_the_whole_rationale(refused, qtbot):
    panel = refused.page.rationale
    order = [w for b in panel.blocks for w in (b.what, b.who, b.how)]
    for widget in [*order, panel.reason, panel.ground, panel._ask, panel._keep]:
        assert QApplication.focusWidget() is widget
        qtbot.keyClick(widget, Qt.Key.Key_Tab)


def test_esc_keeps_the_standing_grade(refused, qtbot):
    qtbot.keyClick(refused.page.rationale.blocks[0].what, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not refused.page.rationale.isVisible())
    qtbot.waitUntil(lambda: not refused.writes.waiting and refused.desk.view.request is None)
    assert refused.desk.view.standing_grade.name == "Immediate"
    assert refused.page.log.entry.hasFocus()


def test_a_supervisor_at_another_desk_keeps_and_the_handler_sees_who(refused, settings, sit_down, qtbot):
    panel = refused.page.rationale
    app, actor = core.join_demonstration(settings, "supervisor")
    other = sit_down(app, actor)
    for block in panel.blocks:
        fill(block, *FULL.get(block.code, OTHER))
    panel.reason.setText("All seen by officers who are there.")
    panel.ground.setCurrentIndex(panel.ground.findData("person-safe-with-officers"))
    panel.ask_action.trigger()
    qtbot.waitUntil(lambda: "until a supervisor answers" in panel.fault.text())
    assert panel.progress.text() == "6 of 6 answered"

    review = other.review
    other.feed.due.emit()
    qtbot.waitUntil(lambda: bool(review.review.waiting))
    # Another item may be in front already, drawn by lot; who asks now stands on top.
    qtbot.keyClick(review.list, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: review.review.in_front is not None and review.review.in_front.line.waiting)
    assert review.seen.head.asked.value.text() == "Scheduled"
    other.activateWindow()
    review.list.setFocus()
    qtbot.keyClick(review.list, Qt.Key.Key_K)
    reason = review.decision.reason
    assert reason.hasFocus()
    qtbot.keyClicks(reason, "Kept: nobody has seen him")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not review.review.waiting and not other.writes.waiting)

    refused.feed.due.emit()
    qtbot.waitUntil(
        lambda: "Supervisor 3 keeps Immediate: Kept: nobody has seen him" in refused.status.text()
    )
    assert not panel.isVisible()
    assert refused.page.top.grade.text() == "Immediate"
    qtbot.waitUntil(lambda: refused.telling.controller.unseen == 1)
    assert refused.telling.note.text().startswith("● 1 told to you")
    refused.activateWindow()
    qtbot.waitUntil(refused.isActiveWindow)
    qtbot.keyClick(refused, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(refused.telling.page.list.hasFocus)
    assert "Kept: nobody has seen him" in refused.telling.page.whole.text()
    assert not refused.telling.note.isVisible()
    other.close()
    app.close()


def test_a_supervisor_whose_window_was_killed_is_told_of(refused, settings, qtbot):
    panel, heard = refused.page.rationale, []
    refused.herald._say = heard.append
    app, _ = core.join_demonstration(settings, "supervisor")
    for block in panel.blocks:
        fill(block, *FULL.get(block.code, OTHER))
    panel.reason.setText("All seen by officers who are there.")
    panel.ground.setCurrentIndex(panel.ground.findData("person-safe-with-officers"))
    panel.ask_action.trigger()
    qtbot.waitUntil(lambda: "until a supervisor answers" in panel.fault.text())
    qtbot.waitUntil(lambda: refused.desk.view.needs[0].code == "agreement")
    # No window renews that session: a minute and a half goes by at once.
    with app.office.engine.begin() as connection:
        connection.execute(text("UPDATE presence SET heard_at = heard_at - 91000000"))
    refused.feed.here.emit()
    qtbot.waitUntil(lambda: "No supervisor is signed in" in panel.fault.text())
    assert "until a supervisor answers" not in panel.fault.text()
    assert len([words for words in heard if words.startswith("No supervisor is signed in")]) == 1
    assert panel.progress.text() == "6 of 6 answered"
    app.identity.open_session("supervisor")
    refused.feed.here.emit()
    qtbot.waitUntil(lambda: "until a supervisor answers" in panel.fault.text())
    panel.keep_action.trigger()
    qtbot.waitUntil(lambda: not refused.writes.waiting and refused.desk.view.request is None)
    app.close()


def test_raising_is_one_key_and_asks_nothing(window, qtbot):
    before = len(window.desk.view.picture.decisions)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: len(window.desk.view.picture.decisions) == before + 1)
    newest = window.desk.view.picture.decisions[-1]
    assert newest.act is Act.GRADE and newest.rank == 1
    assert not window.page.rationale.isVisible()


def test_unresourced_keeps_the_grade(window, qtbot):
    before = len(window.desk.view.picture.responses)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: len(window.desk.view.picture.responses) == before + 1)
    assert window.page.top.grade.text() == "Immediate"


def test_closing_is_refused_in_place(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.page.rationale.isVisible)
    assert window.page.rationale.title.text().startswith("Closing")
    assert len(window.page.rationale.blocks) == 6
