"""Whoever is taken by a name or number alone is said to be somebody else by keys: in the form, and from the left column."""

import pytest
from PySide6.QtCore import Qt

from callhandler.model.people import Role
from callhandler.services.calls import CallIn

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def known(night, request):
    """The only one who uses a number, another for each test: the number and her record."""
    number = f"07700 9005{len(request.node.name) % 100:02d}"
    call = CallIn(
        name=f"Katarzyna Nowak of {number}", number=number, place=f"{number[-2:]} Larkmoor Street", join="no"
    )
    incident = night.app.calls.take(night.actor, call).incident_id
    (her,) = night.app.desk.view(night.actor, incident).picture.with_role(Role.CALLER)
    return number, her


def test_in_the_form_it_is_said_who_is_taken_and_one_key_says_somebody_else(window, qtbot, known):
    number, _ = known
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    strip, join = window.page.forms.all["call"].strip, window.page.forms.join
    qtbot.keyClicks(strip.editor("number"), number)
    qtbot.waitUntil(lambda: join.who.line.text().startswith("Taken to be Katarzyna Nowak"))
    assert "the only one known to use this number" in join.who.line.text()
    assert join.who.line.text().endswith("Alt+Y: it is somebody else")
    assert not join.call(strip.values()).somebody_else
    qtbot.keyClick(strip.editor("number"), Qt.Key.Key_Y, ALT)
    assert join.who.line.text().startswith("Somebody else, as you say: not Katarzyna Nowak")
    assert join.call(strip.values()).somebody_else
    strip.editor("number").setText(number[:-1])
    assert not join.call(strip.values()).somebody_else, "other words, nobody was asked about"
    strip.editor("number").setText(number)
    qtbot.waitUntil(lambda: join.call(strip.values()).number == number and join.who.line.isVisible())
    if join.who.not_whom:
        qtbot.keyClick(strip.editor("number"), Qt.Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: join.who.line.text().startswith("Taken to be Katarzyna Nowak"))
    qtbot.keyClick(strip.editor("number"), Qt.Key.Key_Escape)
    assert not join.who.line.isVisible()


def test_delete_on_the_caller_takes_her_call_anew_as_somebody_elses(window, qtbot, night, known):
    number, her = known
    first = night.app.calls.take(night.actor, CallIn(number=number, join="no")).incident_id
    window.desk.open(first)
    qtbot.waitUntil(lambda: window.desk.view is not None and window.desk.view.picture.here == first)
    page = window.page
    if page.side_folded:
        page.turn_side()
    rows = page.side.people
    rows.setFocus()
    at = [r.key for r in rows.model().rows].index(f"person:{her}")
    assert "Delete: the caller is somebody else" in rows.model().rows[at].spoken
    rows.setCurrentIndex(rows.model().index(at, 0))
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    strip, join = page.forms.all["call"].strip, page.forms.join
    assert strip.isVisible() and "".join(strip.editor("number").text().split()) == "".join(number.split())
    assert strip.editor("name").hasFocus()
    qtbot.waitUntil(lambda: join.who.line.text().startswith("Somebody else, as you say: not Katarzyna Nowak"))
    assert join.line.text().startswith("An incident of its own. What was taken in")
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.incident_id not in (None, first) and window.desk.view is not None)
    picture = window.desk.view.picture
    assert her not in picture.with_role(Role.CALLER) and picture.with_role(Role.CALLER)
    log = night.app.desk.view(night.actor, first).picture.log[-1].text
    assert "not whom she was taken for here" in log and "Her call goes on in" in log
