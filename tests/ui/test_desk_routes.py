"""Every route that could lower urgency, by its form: what it needs comes up in place, and nothing is lowered meanwhile."""

import pytest
from PySide6.QtCore import Qt

from callhandler import app as core
from callhandler.model.people import Role
from callhandler.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def open_form(window, qtbot, code, key, modifier=BOTH):
    qtbot.keyClick(window, key, modifier)
    strip = window.page.forms.all[code].strip
    qtbot.waitUntil(strip.isVisible)
    return strip


def send(strip, qtbot, **values):
    for field, value in values.items():
        editor = strip.editor(field)
        place = editor.findData(value) if hasattr(editor, "findData") else -1
        if place >= 0:
            editor.setCurrentIndex(place)
        elif hasattr(editor, "setEditText"):
            editor.setEditText(value)
        else:
            editor.setText(value)
    qtbot.keyClick(strip.editor(list(values)[-1]), Qt.Key.Key_Return)


def standing(window):
    return window.desk.view.standing_grade.name


def seen(window, qtbot, person, **others):
    strip = open_form(window, qtbot, "contact", Qt.Key.Key_S, CTRL)
    given = {
        "person": f"#{person}",
        "how": "seen",
        "seen_by": "officer",
        "by_name": "4471",
        "identified": "own-details",
        "alone": "yes",
        "free": "yes",
        "words": "Unhurt, in the kitchen.",
    } | others
    send(strip, qtbot, **given)
    qtbot.waitUntil(lambda: not strip.isVisible())


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """A night of this module's own: what is recorded here stays."""
    folder = tmp_path_factory.mktemp("routes")
    opened = core.open_demonstration(Settings(database=str(folder / "live.sqlite"), data_folder=folder))
    yield opened
    opened.app.close()


def test_closing_names_whoever_was_not_seen_and_one_key_records_that_she_was(window, qtbot):
    with qtbot.waitSignal(window.desk.refused):
        qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    panel = window.page.rationale
    qtbot.waitUntil(panel.isVisible)
    assert panel.title.text() == "Closing the incident needs a rationale"
    assert "Adult 1" in panel.lead.text() and "Adult 2" in panel.lead.text() and "Ctrl+S" in panel.lead.text()
    adult_2 = next(p.id for p in window.desk.view.picture.people if p.name == "Adult 2")
    seen(window, qtbot, adult_2)
    qtbot.waitUntil(lambda: "Adult 2" not in panel.lead.text())
    assert "Adult 1" in panel.lead.text()
    assert standing(window) == "Immediate"
    assert window.desk.view.picture.contacts[-1].counts
    window.desk.keep()


def test_a_contact_that_does_not_count_is_kept_and_says_why(window, qtbot):
    adult_1 = next(p.id for p in window.desk.view.picture.people if p.name == "Adult 1")
    with qtbot.waitSignal(window.desk.said, check_params_cb=lambda text, _: "does not count" in text):
        seen(window, qtbot, adult_1, how="spoken_to", seen_by="call-handler", alone="unknown")
    qtbot.waitUntil(lambda: window.desk.view.picture.contacts[-1].person_id == adult_1)
    assert not window.desk.view.picture.contacts[-1].counts


def test_an_appointment_in_the_place_of_a_visit_is_a_lowering(window, qtbot):
    strip = open_form(window, qtbot, "appoint", Qt.Key.Key_T, ALT)
    with qtbot.waitSignal(window.desk.refused):
        send(strip, qtbot, at="08:00", reason="She says tomorrow will do.")
    panel = window.page.rationale
    qtbot.waitUntil(panel.isVisible)
    assert panel.title.text() == "An appointment needs a rationale"
    assert [b.code for b in panel.blocks] == [w.code for w in window.desk.view.assessment.critical_below]
    assert standing(window) == "Immediate"
    assert not [t for t in window.desk.view.picture.tasks if t.code == "appointment"]
    window.desk.keep()
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_a_time_that_is_none_is_said_in_place_and_nothing_is_lost(window, qtbot):
    strip = open_form(window, qtbot, "appoint", Qt.Key.Key_T, ALT)
    send(strip, qtbot, at="tomorrow", reason="")
    qtbot.waitUntil(lambda: strip.fault.isVisible() and "no date" in strip.fault.text())
    assert strip.editor("at").text() == "tomorrow"
    qtbot.keyClick(strip.editor("at"), Qt.Key.Key_Escape)


def test_a_cancelling_asks_what_closing_asks(window, qtbot):
    strip = open_form(window, qtbot, "cancel", Qt.Key.Key_X, ALT)
    with qtbot.waitSignal(window.desk.refused):
        send(strip, qtbot, reason="She rang to cancel.")
    panel = window.page.rationale
    qtbot.waitUntil(panel.isVisible)
    assert panel.title.text() == "Cancelling needs a rationale"
    assert standing(window) == "Immediate"
    window.desk.keep()


def test_taking_back_what_holds_the_floor_asks_for_that_warning_alone(window, qtbot):
    knife = next(d for d in window.desk.view.picture.disclosures if d.indicator == "weapon-feared")
    strip = open_form(window, qtbot, "retract", Qt.Key.Key_Z)
    with qtbot.waitSignal(window.desk.refused) as refused:
        send(strip, qtbot, told=str(knife.id), reason="Meant for another call.")
    lost = {w.code for w in refused.args[0].ruling.lost}
    panel = window.page.rationale
    qtbot.waitUntil(panel.isVisible)
    assert panel.title.text() == "Taking back what was told needs a rationale"
    assert {b.code for b in panel.blocks} <= lost
    assert "weapon-feared" in {b.code for b in panel.blocks}
    assert any(d.id == knife.id for d in window.desk.view.picture.disclosures)
    window.desk.keep()


def test_a_lower_level_of_risk_is_asked_for_and_a_higher_is_not(window, qtbot):
    adult_1 = next(p.id for p in window.desk.view.picture.people if p.name == "Adult 1")
    before = len(window.desk.view.picture.risk_assessments)
    strip = open_form(window, qtbot, "risk", Qt.Key.Key_V)
    send(strip, qtbot, person=f"#{adult_1}", level="high", reason="Four calls tonight.")
    qtbot.waitUntil(lambda: len(window.desk.view.picture.risk_assessments) == before + 1)
    strip = open_form(window, qtbot, "risk", Qt.Key.Key_V)
    send(strip, qtbot, person=f"#{adult_1}", level="standard", reason="No clear rationale for high.")
    qtbot.waitUntil(lambda: not strip.isVisible())
    newest = [a for a in window.desk.view.picture.risk_assessments if a.person_id == adult_1][-1]
    assert newest.level == "high"
    window.desk.keep()


def test_at_risk_is_offered_first_whoever_was_not_seen(window):
    offered = window.page.forms.all["contact"].strip
    offered.open({})
    names = [offered.editor("person").itemText(i) for i in range(offered.editor("person").count())]
    risk = {window.desk.view.picture.name_of(p) for p in window.desk.view.picture.with_role(Role.AT_RISK)}
    assert set(names[: len(risk)]) == risk
    assert names[-1] == "Somebody not named"
    offered.hide()


def test_what_was_confirmed_is_filled_in_and_who_she_was_known_as_is_still_asked(window, qtbot):
    adult_1 = next(p.id for p in window.desk.view.picture.people if p.name == "Adult 1")
    strip = open_form(window, qtbot, "confirm", Qt.Key.Key_F, CTRL)
    said = {"fact": "person-seen-safe", "who": "officer-at-scene", "how": "seen-in-person"}
    send(strip, qtbot, about=f"#{adult_1}", **said)
    qtbot.waitUntil(lambda: not strip.isVisible())
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    panel = window.page.rationale
    qtbot.waitUntil(lambda: panel.isVisible() and "Confirmed of Adult 1; still asked" in panel.lead.text())
    offered = window.page.forms.all["contact"].strip
    offered.open({})
    given = {
        name: offered.editor(name).currentData() for name in ("person", "how", "seen_by", "alone", "free")
    }
    assert given == {
        "person": f"#{adult_1}",
        "how": "seen",
        "seen_by": "officer",
        "alone": "yes",
        "free": "unknown",
    }
    assert offered.editor("identified").currentData() is None and offered.editor("by_name").text() == ""
    offered.hide()
    seen(window, qtbot, adult_1)
    qtbot.waitUntil(lambda: "Confirmed of" not in panel.lead.text())
    window.desk.keep()
