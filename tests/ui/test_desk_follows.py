"""What may follow is one quiet line while she waits; a key opens it, Enter decides one by a form."""

import pytest
from PySide6.QtCore import Qt

from callhandler.model.incident import ResponseState
from callhandler.model.proposal import Decided, ProposalKind
from callhandler.services.calls import CallIn
from callhandler.services.telling import Told

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk_window(night, sit_down):
    return sit_down(night.app, night.actor, night.incident_id, size=(1920, 1080))


def proposal(window, code):
    return next(p for p in window.desk.view.proposals if p.code == code and not p.older)


def test_it_is_one_line_until_it_is_asked_for(desk_window, qtbot):
    follows = desk_window.page.follows
    assert follows.isVisible() and not follows.unfolded
    assert "to decide" in follows._count.text()
    qtbot.keyClick(desk_window, Qt.Key.Key_9, CTRL)
    assert follows.unfolded and follows.list.hasFocus()
    qtbot.keyClick(desk_window, Qt.Key.Key_9, CTRL)
    assert not follows.unfolded


def test_enter_shows_on_what_it_rests_and_the_form_decides_it(desk_window, qtbot):
    page = desk_window.page
    qtbot.keyClick(desk_window, Qt.Key.Key_9, CTRL)
    first = desk_window.desk.view.proposals[0]
    page.follows.list.setCurrentIndex(page.follows.list.model().index(0, 0))
    qtbot.keyClick(page.follows.list, Qt.Key.Key_Return)
    assert page.detail.isVisible() and first.name in page.detail.title.text()
    strip = page.forms.all["follows"].strip
    assert strip.isVisible() and first.name in strip.editor("follows").currentText()
    qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: proposal(desk_window, first.code).decision is not None)
    assert proposal(desk_window, first.code).decision.decided is Decided.TAKEN


def test_a_refusal_is_said_in_the_form_and_what_was_typed_stays(desk_window, qtbot):
    page = desk_window.page
    page._decide("referral|independent-adviser|here")
    strip = page.forms.all["follows"].strip
    qtbot.keyClicks(strip.editor("owner"), "The domestic abuse team")
    qtbot.keyClick(strip.editor("owner"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "only with her leave" in strip.fault.text())
    assert strip.isVisible() and strip.editor("owner").text() == "The domestic abuse team"
    qtbot.keyClick(strip.editor("owner"), Qt.Key.Key_Escape)


def test_it_opens_by_itself_once_officers_are_there(desk_window, qtbot, night):
    night.app.progress.respond(night.actor, night.incident_id, ResponseState.AT_SCENE)
    qtbot.waitUntil(lambda: desk_window.page.follows.unfolded, timeout=5000)
    assert desk_window.page.follows.list.isVisible()


def test_closing_leads_to_the_offence_that_is_not_decided_and_asks_for_no_rationale(night, sit_down, qtbot):
    app, actor = night.app, night.actor
    incident = app.calls.take(actor, CallIn(name="Caller 9", type="criminal-damage")).incident_id
    app.telling.tell(actor, incident, Told("damage", "My car window was broken last week."))
    window = sit_down(app, actor, incident, size=(1920, 1080))
    view = window.desk.view
    assert not view.assessment.critical_below and view.proposals[0].code == "criminal-damage"
    window.desk.close()
    page = window.page
    qtbot.waitUntil(lambda: "Not closed" in window.status.text())
    assert page.follows.unfolded and page.follows.list.hasFocus()
    assert not page.rationale.isVisible() and "Criminal damage" in window.status.text()
    qtbot.waitUntil(lambda: not window.writes.waiting)
    app.proposals.decide(actor, incident, ProposalKind.OFFENCE, "criminal-damage", Decided.TAKEN)
    window.desk.read()
    qtbot.waitUntil(lambda: not [p for p in window.desk.view.proposals if p.open and p.kind == "offence"])
    assert window.desk.view.request is None
    assert app.incidents.close(actor, incident, "Recorded.").accepted
