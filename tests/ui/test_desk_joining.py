"""What a new call would join is shown before anything is recorded; the other way is one key; the call is recorded once."""

from PySide6.QtCore import Qt

from callhandler.services.calls import CallIn

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def start(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    strip = window.page.forms.all["call"].strip
    assert strip.isVisible()
    return strip, window.page.forms.join.line


def calls(night):
    return [
        c
        for line in night.app.desk.board(night.actor)
        for c in night.app.desk.view(night.actor, line.incident_id).picture.calls
        if c.incident_id == line.incident_id
    ]


def test_what_it_would_join_is_said_as_it_is_typed(window, qtbot, night):
    before = len(calls(night))
    strip, line = start(window, qtbot)
    qtbot.keyClicks(strip.editor("name"), "Nobody known")
    qtbot.waitUntil(lambda: "new incident" in line.text())
    strip.editor("name").clear()
    qtbot.keyClicks(strip.editor("name"), "Adult 1")
    qtbot.waitUntil(lambda: line.text().startswith("Joins 0001: Adult 1 is in it"))
    assert "Alt+S" in line.text() and line.isVisible()
    assert len(calls(night)) == before
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Escape)


def test_alt_s_opens_a_separate_incident_and_the_call_is_recorded_once(window, qtbot, night):
    before = len(calls(night))
    strip, line = start(window, qtbot)
    qtbot.keyClicks(strip.editor("name"), "Adult 1")
    qtbot.waitUntil(lambda: line.text().startswith("Joins"))
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_S, ALT)
    assert line.text().startswith("Separate incident")
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_S, ALT)
    assert line.text().startswith("Joins")
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_S, ALT)
    qtbot.keyClicks(strip.editor("words"), "Another matter")
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk.view is not None and window.desk.incident_id != night.incident_id)
    qtbot.waitUntil(lambda: not window.writes.waiting)
    assert len(calls(night)) == before + 1


def test_a_place_alone_may_belong_and_joins_only_by_the_key(window, qtbot, night):
    strip, line = start(window, qtbot)
    place = window.desk.view.picture.place(window.desk.view.picture.incident.place_id).label
    strip.editor("place").setEditText(place)
    strip.editor("name").setText("A passer-by")
    qtbot.waitUntil(lambda: "May belong to" in line.text())
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_S, ALT)
    assert "as you say" in line.text()
    assert window.page.forms.join.call(strip.values()).join == "yes"
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Escape)


def test_an_unrecorded_call_is_there_again_after_the_window(window, qtbot, night, sit_down):
    strip, _ = start(window, qtbot)
    qtbot.keyClicks(strip.editor("words"), "somebody is at my door")
    qtbot.waitUntil(lambda: any(d.field == "call.words" for d in night.app.drafts.recover(night.app.office)))
    again = sit_down(night.app, night.actor, night.incident_id)
    strip, _ = start(again, qtbot)
    assert strip.editor("words").text() == "somebody is at my door"
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not again.writes.waiting)
    assert not night.app.drafts.recover(night.app.office)


def test_a_misspelt_name_may_be_somebody_and_one_key_says_so_and_takes_it_back(window, qtbot, night):
    strip, line = start(window, qtbot)
    who = window.page.forms.join.who
    qtbot.keyClicks(strip.editor("name"), "Nobody known")
    qtbot.waitUntil(lambda: "new incident" in line.text())
    assert not who.line.isVisible()
    strip.editor("name").clear()
    qtbot.keyClicks(strip.editor("name"), "Adolt 1")
    qtbot.waitUntil(lambda: who.line.text().startswith("May be Adult 1"))
    assert who.line.isVisible() and "Alt+Y" in who.line.text() and "sounds like" in who.line.text()
    assert line.text().startswith("Joins nothing")
    assert window.page.forms.join.call(strip.values()).person is None
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Y, ALT)
    assert who.line.text().startswith("Taken to be Adult 1")
    qtbot.waitUntil(lambda: line.text().startswith("Joins 0001"))
    accepted = window.page.forms.join.call(strip.values()).person
    found = night.app.calls.who(night.actor, window.page.forms.join.call(strip.values()))
    assert accepted is not None and found.names[accepted].startswith("Adult 1")
    # Other words may mean somebody else: whoever was accepted is not taken for them.
    strip.editor("name").setText("Somebody else")
    assert window.page.forms.join.call(strip.values()).person is None
    strip.editor("name").setText("Adolt 1")
    qtbot.waitUntil(lambda: line.text().startswith("Joins 0001"))
    assert window.page.forms.join.call(strip.values()).person == accepted
    while who.person is not None:
        qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Y, ALT)
    qtbot.waitUntil(lambda: line.text().startswith("Joins nothing"))
    qtbot.keyClick(strip.editor("name"), Qt.Key.Key_Escape)
    assert who.person is None and not who.line.isVisible()


def test_everybody_who_uses_a_number_is_named_and_a_date_of_birth_is_one_key_away(window, qtbot, night):
    for name in ("Katarzyna Nowak", "Jan Nowak"):
        night.app.calls.take(night.actor, CallIn(name=name, number="07700 900321", join="no"))
    strip, _ = start(window, qtbot)
    who = window.page.forms.join.who
    qtbot.keyClicks(strip.editor("number"), "07700 900321")
    qtbot.waitUntil(
        lambda: who.line.text().startswith("May be Katarzyna Nowak (1 of 2): one of 2 who use it")
    )
    assert who.line.text().endswith("Or: Jan Nowak")
    qtbot.keyClick(strip.editor("number"), Qt.Key.Key_B, ALT | Qt.KeyboardModifier.ShiftModifier)
    assert strip.editor("born").hasFocus()
    qtbot.keyClicks(strip.editor("born"), "41")
    assert window.page.forms.join.call(strip.values()).born == "41"
    qtbot.keyClick(strip.editor("born"), Qt.Key.Key_Escape)


def test_of_two_places_of_one_name_one_is_taken_by_a_key_alone(window, qtbot, night):
    for town in ("Dudley DY1 2AB", "Walsall WS1 1AA"):
        night.app.calls.take(
            night.actor, CallIn(name=town[:6], place=f"9 Larkmoor Street, {town}", join="no")
        )
    strip, _ = start(window, qtbot)
    where = window.page.forms.join.where
    strip.editor("place").setEditText("9 Larkmoor Street")
    qtbot.waitUntil(
        lambda: where.line.text().startswith("Place may be 9 Larkmoor Street, Dudley DY1 2AB (1 of 2)")
    )
    assert where.line.text().endswith("Or: 9 Larkmoor Street, Walsall WS1 1AA")
    assert window.page.forms.join.call(strip.values()).place_id is None
    qtbot.keyClick(strip.editor("number"), Qt.Key.Key_Y, ALT | Qt.KeyboardModifier.ShiftModifier)
    assert where.line.text().startswith("Place taken to be")
    assert window.page.forms.join.call(strip.values()).place_id == where.place is not None
    strip.editor("place").setEditText("Elsewhere")
    assert window.page.forms.join.call(strip.values()).place_id is None
    qtbot.keyClick(strip.editor("place"), Qt.Key.Key_Escape)
    assert not where.line.isVisible()
