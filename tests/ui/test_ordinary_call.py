"""An ordinary call is quiet, and two keys close it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from callhandler.model.assessment import Act, Gate, Tier
from callhandler.services.calls import CallIn

CTRL = Qt.KeyboardModifier.ControlModifier


def test_two_keys_close_a_call_that_raised_nothing(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor)
    failures: list[object] = []
    call = CallIn(
        number="07700 900777",
        name="Caller Q",
        type="general-enquiry",
        words="When does the front counter open?",
        join="no",
    )
    window.desk.take(call, failures.append, lambda: None)
    qtbot.waitUntil(lambda: window.desk.view is not None)
    incident = window.desk.incident_id
    standing = window.desk.view.assessment.standing
    assert not failures and not [w for w in standing if w.tier in (Tier.CRITICAL, Tier.SERIOUS)]
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)

    def decisions():
        return night.app.desk.view(night.actor, incident).picture.decisions

    qtbot.waitUntil(lambda: len(decisions()) == 2)
    qtbot.waitUntil(lambda: incident not in [line.incident_id for line in window.desk.board])
    assert window.page.rationale.isHidden()
    assert QApplication.activeModalWidget() is None
    closed = night.app.desk.view(night.actor, incident).picture
    assert [(d.act, d.gate) for d in closed.decisions] == [(Act.GRADE, Gate.NONE), (Act.CLOSE, Gate.NONE)]
    assert not closed.requests
