"""Where she is, on the screen: what the network gives beside what is recorded, the doubt in words, the choice by key."""

import pytest
from PySide6.QtCore import Qt

from callhandler.model.location import FixKind, Located, Point
from callhandler.policy.words_course import Doubt

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
OTHER = "9 Foxmarigold Square, Birmingham"


@pytest.fixture
def doubtful(window, qtbot):
    """The network has her line at another address than the one recorded."""
    desk = window.desk
    located = Located(FixKind.INSTALLATION, address=OTHER)
    desk.on_incident(lambda i: desk.app.whereabouts.located(desk.actor, i, located))
    qtbot.waitUntil(lambda: bool(desk.view.where.findings))
    return window


def test_nothing_is_said_of_the_network_while_it_gave_nothing(window):
    assert window.desk.view.where.findings == ()
    assert not window.page.side.network.isVisible() and not window.page.caller.network.isVisible()


def test_a_doubt_is_in_the_callers_box_and_asked_about(doubtful):
    page = doubtful.page
    said = page.side.network.text()
    assert said.startswith("⚠ Network: ") and OTHER in said and "Ctrl+Shift+W" in said
    assert page.side.network.accessibleName() == said
    asked = {q.question.id for q in doubtful.desk.view.questions if q.open}
    assert {"address-said", "address-which"} <= asked
    assert page.side.at.text() == "Own flat", "what is recorded stays"


def test_folded_the_doubt_is_in_the_callers_line(doubtful):
    page = doubtful.page
    if not page.side_folded:
        page.turn_side()
    assert page.caller.network.isVisible() and "Place in doubt" in page.caller.network.text()


def test_it_is_chosen_by_key(doubtful, qtbot):
    desk, page = doubtful.desk, doubtful.page
    qtbot.keyClick(doubtful, Qt.Key.Key_W, BOTH)
    strip = page.forms.all["where"].strip
    offered = [strip.editor("place").itemText(i) for i in range(strip.editor("place").count())]
    assert offered[0].endswith("as recorded") and f"{OTHER} · the network's address" in offered
    strip.editor("place").setCurrentIndex(0)
    strip.editor("basis").setEditText("is there")
    qtbot.keyClick(strip.editor("basis"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.view.where.findings == ())
    assert len(desk.view.picture.fixes) >= 1, "the network's word is kept"


def test_a_newer_location_raises_the_doubt_again(doubtful, qtbot):
    desk = doubtful.desk
    located = Located(FixKind.AML, Point(52.4, -1.7), 2_400)
    desk.on_incident(lambda i: desk.app.whereabouts.located(desk.actor, i, located))
    qtbot.waitUntil(lambda: Doubt.WIDE in {f.doubt for f in desk.view.where.findings})
    assert "radius 2.4 km" in doubtful.page.side.network.text()
