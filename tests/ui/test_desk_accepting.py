"""Accepting who rings, by keyboard: one person at once with both names; and undone from the left column, told beforehand."""

import pytest
from PySide6.QtCore import Qt

from callhandler.model.assessment import Tier
from callhandler.model.sameness import Sameness, counting
from callhandler.services.calls import CallIn
from ui.desk.forms.offers import Offers
from ui.desk.opened import warning_parts
from ui.desk.rows import warning_rows

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier

WRITTEN = {
    "test_accepted_she_is_one_in_the_column_and_the_choices_with_both_names": "Adolt 1",
    "test_delete_on_her_row_says_what_goes_and_undoes_it_with_a_reason": "Adalt 1",
    "test_delete_on_whoever_is_no_other_record_opens_nothing_and_says_so": "Adoult 1",
}
"""Another misspelling each: a name that was accepted once is known from then on."""


@pytest.fixture
def accepted(window, qtbot, night, request):
    """A call taken by a misspelt name, accepted by the key to be Adult 1, apart from her open incident."""
    name = WRITTEN[request.node.name]
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    strip, who = window.page.forms.all["call"].strip, window.page.forms.join.who
    qtbot.keyClicks(strip.editor("name"), name)
    qtbot.waitUntil(lambda: who.line.text().startswith("May be Adult 1"))
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: window.page.forms.join.line.text().startswith("Joins 0001"))
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_S, ALT)
    said = []
    window.desk.said.connect(lambda text, _: said.append(text))
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.view is not None and window.desk.incident_id != night.incident_id)
    window.said = said
    return window


def people(window):
    return window.page.side.people.model().rows


def places(window):
    return window.page.side.places.model().rows


def judged(window):
    return [j.verdict for j in counting(window.desk.view.records.sameness).values()]


def to_row(window, qtbot, wanted):
    """By F7 into the left column, and to a row of its people."""
    if not window.page.side_folded:
        window.page.turn_side()
    qtbot.keyClick(window, Qt.Key.Key_F7)
    rows = window.page.side.people
    assert rows.hasFocus()
    rows.setCurrentIndex(rows.model().index(next(n for n, r in enumerate(people(window)) if wanted(r)), 0))
    return rows


def test_accepted_she_is_one_in_the_column_and_the_choices_with_both_names(accepted):
    (her,) = [r for r in people(accepted) if r.title.startswith("Adult 1")]
    assert "also Adolt 1" in her.sub and "Delete" in her.spoken
    assert not [r for r in people(accepted) if r.title.startswith("Adolt")]
    assert any("Read as one with Adult 1. Alt+Z undoes it." in text for text in accepted.said)
    assert accepted.page.side.name.text() == "Adult 1, told as Adolt 1"
    choices = [name for _, name in Offers(accepted.desk).people()]
    assert choices.count("Adult 1") == 1 and "Adolt 1" not in choices
    assert judged(accepted)[-1] is Sameness.SAME
    reason = accepted.desk.view.records.sameness[-1].reason
    assert reason.startswith("Accepted on the call: ") and "sounds like" in reason


def test_delete_on_her_row_says_what_goes_and_undoes_it_with_a_reason(accepted, qtbot):
    page = accepted.page
    history = len(accepted.desk.view.picture.linked)
    qtbot.keyClick(to_row(accepted, qtbot, lambda r: r.title.startswith("Adult 1")), Qt.Key.Key_Delete)
    strip, told = page.forms.all["unjudge"].strip, page.forms.undoing.said
    qtbot.waitUntil(told.isVisible)
    assert f"no longer shown here: {history} past incidents" in told.text()
    assert "No grade changes." in told.text()
    assert strip.editor("reason").hasFocus()
    qtbot.keyClicks(strip.editor("reason"), "Another woman.")
    qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: judged(accepted)[-1] is Sameness.WITHDRAWN)
    qtbot.waitUntil(lambda: not [r for r in people(accepted) if r.title.startswith("Adult 1")])
    assert next(r.title for r in people(accepted)).startswith("Adalt 1")
    assert not accepted.desk.view.picture.linked
    held = accepted.desk.view.stands_since
    assert held, "her history warned here while she was taken to be the caller"
    rows = {r.key: r for r in warning_rows(accepted.desk.view, Tier)}
    for code, why in held.items():
        assert why.startswith("Raised while Adult 1 was taken to be the caller; undone at")
        assert why in rows[code].spoken and "undone since" in rows[code].aside
        _, parts = warning_parts(accepted.desk.view, code)
        assert why in parts[0][2][0] and parts[0][0] == "Why it still stands"


def test_delete_on_whoever_is_no_other_record_opens_nothing_and_says_so(accepted, qtbot):
    page = accepted.page
    qtbot.keyClick(to_row(accepted, qtbot, lambda r: "Delete" not in r.spoken), Qt.Key.Key_Delete)
    assert page.forms.all["unjudge"].strip.isHidden()
    assert accepted.said[-1] == "No other record is read as one with this one."


def test_a_place_accepted_by_its_key_is_one_row_and_delete_on_it_undoes_it(window, qtbot, night):
    there = night.app.calls.take(
        night.actor, CallIn(name="A. Neighbour", place="21 Larkmoor Street, Dudley DY1 2AB", join="no")
    )
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    strip, where = window.page.forms.all["call"].strip, window.page.forms.join.where
    strip.editor("name").setText("A. Passer-by")
    strip.editor("place").setEditText("21 Larkmore Street, Dudley")
    qtbot.waitUntil(lambda: where.line.text().startswith("Place may be 21 Larkmoor Street, Dudley"))
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Y, ALT | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "May belong" in window.page.forms.join.line.text())
    said = []
    window.desk.said.connect(lambda text, _: said.append(text))
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(places(window)) == 1)
    (row,) = places(window)
    assert row.title == "21 Larkmoor Street" and "also 21 Larkmore Street, Dudley" in row.sub
    assert "Now here" in row.sub and "Delete undoes" in row.spoken
    assert any("Place read as one with 21 Larkmoor Street. Alt+Z undoes it." in text for text in said)
    assert [i.id for i in window.desk.view.picture.linked] == [there.incident_id]

    if window.page.side_folded:
        window.page.turn_side()
    side = window.page.side.places
    side.setFocus()
    side.setCurrentIndex(side.model().index(0, 0))
    qtbot.keyClick(side, Qt.Key.Key_Delete)
    form, told = window.page.forms.all["unjudge"].strip, window.page.forms.undoing.said
    qtbot.waitUntil(told.isVisible)
    assert "no longer shown here: 1 past incident." in told.text()
    qtbot.keyClicks(form.editor("reason"), "Another street.")
    qtbot.keyClick(form.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [r.title for r in places(window)] == ["21 Larkmore Street, Dudley"])
    assert judged(window)[-1] is Sameness.WITHDRAWN and not window.desk.view.picture.linked
