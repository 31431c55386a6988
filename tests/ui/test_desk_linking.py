"""Why each past incident is linked and how sure; taking one off and on again; judging records the same and undoing it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from callhandler.model.picture import Cut
from callhandler.model.sameness import Sameness, counting
from ui.desk.history_panel import Which
from ui.desk.who_rows import people_rows

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wide(night, sit_down):
    """The window at 1920x1080."""
    return sit_down(night.app, night.actor, night.incident_id, size=(1920, 1080))


def rows(window):
    return window.page.history.list.model().rows


def test_a_row_says_how_sure_its_strongest_reason_is_and_reads_all_of_them(wide, qtbot):
    row = rows(wide)[0]
    assert row.why == "confirmed: Adult 1 and 4 more"
    assert "likely: Own flat (home of Adult 1)" in row.spoken
    qtbot.keyClick(wide, Qt.Key.Key_3, CTRL)
    qtbot.keyClick(wide.page.history.list, Qt.Key.Key_Return)
    assert "confirmed: The perpetrator as suspect" in wide.page.detail.accessibleDescription()


def test_a_date_of_birth_says_who_is_under_18_and_what_else_was_told(wide):
    view = wide.desk.view
    told = {"Adult 1": ("2001-05-04", "1996"), "Adult 2": ("about 1969", "")}
    people = tuple(
        replace(p, born=told[p.name][0], also_born=told[p.name][1]) if p.name in told else p
        for p in view.picture.people
    )
    titles = [r.title for r in people_rows(replace(view, picture=replace(view.picture, people=people)))]
    assert titles[:2] == ["Adult 1 · under 18, 4 May 2001, also told 1996", "Adult 2 · about 1969"]


def test_what_is_held_and_not_shown_is_said_in_one_line(wide):
    page, view = wide.page, wide.desk.view
    assert page.history.cut.isHidden()
    cut = Cut("incidents", "place", view.picture.incident.place_id, 50, 91_204)
    page.show_view(replace(view, picture=replace(view.picture, cuts=(cut,))))
    assert page.history.cut.isVisible()
    assert page.history.cut.text() == "50 newest of 91,204 incidents at Shisha lounge shown"


def test_a_past_incident_is_taken_off_by_one_key_and_its_reason_and_on_again_by_one_key(wide, qtbot, night):
    history = wide.page.history
    last = rows(wide)[-1].key
    qtbot.keyClick(wide, Qt.Key.Key_3, CTRL)
    history.choose_row(last)
    qtbot.keyClick(history.list, Qt.Key.Key_Delete)
    strip = wide.page.forms.all["unlink"].strip
    assert strip.isVisible() and strip.values()["linked"] == last.removeprefix("incident:")
    strip.editor("reason").setText("Another Adult 1.")
    qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(wide.desk.view.picture.rejected) == 1)
    qtbot.waitUntil(lambda: last not in [r.key for r in rows(wide)])
    qtbot.keyClick(wide, Qt.Key.Key_E, ALT)
    assert history.which is Which.APART
    (off,) = [r for r in rows(wide) if r.key == last]
    assert off.undone == "taken off by Handler 12: Another Adult 1."
    qtbot.keyClick(wide, Qt.Key.Key_3, CTRL)
    history.list.setCurrentIndex(history.list.model().index(rows(wide).index(off)))
    qtbot.keyClick(history.list, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: not wide.desk.view.picture.rejected)
    # The log says which: the same as when it was taken off.
    said = [e.text for e in wide.desk.view.picture.log][-2:]
    name = said[0].removeprefix("Not linked: ").removesuffix(". Another Adult 1.")
    assert name and said[1] == f"Linked again: {name}."
    qtbot.keyClick(wide, Qt.Key.Key_1, ALT)
    qtbot.waitUntil(lambda: last in [r.key for r in rows(wide)])


def test_two_records_are_judged_the_same_and_undone_by_keyboard(wide, qtbot):
    strip = wide.page.forms.all["same_as"].strip
    qtbot.keyClick(wide, Qt.Key.Key_D, ALT)
    qtbot.waitUntil(strip.isVisible)
    people = {p.name: p.id for p in wide.desk.view.picture.people}
    strip.choose("one", f"person:{people['Unnamed occupant']}")
    strip.choose("other", f"person:{people['The concierge']}")
    strip.editor("reason").setText("He gave his name since.")
    qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)
    assert not strip.isVisible() or not strip.fault.text(), strip.fault.text()
    qtbot.waitUntil(lambda: len(wide.desk.view.picture.clusters) == 1)
    undo = wide.page.forms.all["unjudge"].strip
    qtbot.keyClick(wide, Qt.Key.Key_Z, ALT)
    qtbot.waitUntil(undo.isVisible)
    assert "judged to be the same as" in undo.editor("judgement").currentText()
    undo.editor("reason").setText("A slip.")
    qtbot.keyClick(undo.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not wide.desk.view.picture.clusters)
    judged = counting(wide.desk.view.picture.sameness).values()
    assert [j.verdict for j in judged] == [Sameness.WITHDRAWN]
