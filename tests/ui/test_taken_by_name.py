"""Somebody named in a call and taken by the name alone is said to be somebody else by Delete, and by Delete again is not."""

from PySide6.QtCore import Qt

from callhandler.model.people import Role
from callhandler.model.sameness import Sameness, counting
from callhandler.services.calls import CallIn

HIM = "Tomasz Lisowski"


def test_delete_parts_whoever_was_taken_by_the_name_and_delete_again_takes_it_back(window, qtbot, night):
    before = night.app.calls.take(night.actor, CallIn(name="A shopkeeper", join="no")).incident_id
    night.app.telling.name_party(night.actor, before, HIM, Role.WITNESS)
    here = night.app.calls.take(night.actor, CallIn(name="A passer-by", join="no")).incident_id
    night.app.telling.name_party(night.actor, here, HIM, Role.SUSPECT)
    window.desk.open(here)
    qtbot.waitUntil(lambda: window.desk.view is not None and window.desk.view.picture.here == here)
    page = window.page
    if not page.side_folded:
        page.turn_side()
    qtbot.keyClick(window, Qt.Key.Key_F7)
    rows = page.side.people

    def row():
        return next((n, r) for n, r in enumerate(rows.model().rows) if r.title == HIM)

    def verdict():
        return [j.verdict for j in counting(window.desk.view.records.sameness).values()]

    at, him = row()
    assert "taken by the name alone" in him.sub
    assert "Delete: it is somebody else of that name" in him.spoken
    assert before in {i.id for i in window.desk.view.picture.linked}
    rows.setCurrentIndex(rows.model().index(at, 0))
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    strip, told = page.forms.all["unjudge"].strip, page.forms.undoing.said
    qtbot.waitUntil(told.isVisible)
    assert "no longer shown here: 1 past incident." in told.text()
    assert (
        f"{HIM} (record {window.desk.view.records.sameness[-1].a})" in strip.editor("judgement").currentText()
    )
    qtbot.keyClicks(strip.editor("reason"), "A man of 60.")
    qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: verdict() == [Sameness.NOT_SAME])
    view = window.desk.view
    assert before not in {i.id for i in view.picture.linked}
    assert view.picture.with_role(Role.SUSPECT) and view.records.sameness[-1].reason == "A man of 60."
    qtbot.waitUntil(lambda: "Delete: it is the one on record after all" in row()[1].spoken)
    assert "taken by the name alone" not in row()[1].sub
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(row()[0], 0))
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: verdict() == [Sameness.SAME])
    assert before in {i.id for i in window.desk.view.picture.linked}
    assert "Delete undoes that they are one" in row()[1].spoken
