"""Several incidents held open at once: what is typed, half filled in or argued stays with each. Whose each is."""

import pytest
from PySide6.QtCore import Qt

from callhandler import app as core
from callhandler.services.calls import CallIn

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def two(window, qtbot, night):
    """The night's window with a second incident opened beside it and the night in front."""
    taken = night.app.calls.take(
        night.actor, CallIn(number="07700 900177", name="Caller C", type="theft", words="My bag was taken")
    )
    window.desk.open(taken.incident_id)
    qtbot.waitUntil(lambda: window.desk.view is not None)
    window.desk.open(night.incident_id)
    shown(window, qtbot, night.incident_id)
    window.second = taken.incident_id
    return window


def shown(window, qtbot, incident_id):
    qtbot.waitUntil(lambda: window.desk.view is not None and window.desk.view.picture.here == incident_id)


def test_each_held_incident_is_a_chip_with_reference_grade_and_overdue(two, qtbot):
    bar = two.page.held
    qtbot.waitUntil(lambda: "Immediate" in bar.chips[0].text())
    assert bar.isVisible() and len(bar.chips) == 2
    assert "over by" in bar.chips[0].text() and bar.chips[0].isChecked()
    assert "In front" in bar.chips[0].accessibleName()
    qtbot.waitUntil(lambda: "no grade" in bar.chips[1].text())


def test_ctrl_tab_and_numbers_switch_and_the_typed_line_stays_with_its_incident(two, qtbot, night):
    qtbot.keyClicks(two.page.log.entry, "he is at the door")
    qtbot.keyClick(two, Qt.Key.Key_Tab, CTRL)
    shown(two, qtbot, two.second)
    assert two.page.log.entry.text() == ""
    qtbot.keyClicks(two.page.log.entry, "a red bag")
    qtbot.keyClick(two, Qt.Key.Key_1, CTRL | SHIFT)
    shown(two, qtbot, night.incident_id)
    assert two.page.log.entry.text() == "he is at the door"
    two.page.log.entry.clear()
    two.desk.keep_draft(two.page.log.uuid, "")
    qtbot.keyClick(two, Qt.Key.Key_Backtab, CTRL | SHIFT)
    shown(two, qtbot, two.second)
    assert two.page.log.entry.text() == "a red bag"


def test_a_half_filled_form_stays_with_its_incident(two, qtbot, night):
    qtbot.keyClick(two, Qt.Key.Key_D, CTRL)
    strip = two.page.forms.all["tell"].strip
    strip.editor("indicator").setEditText("Strang")
    qtbot.keyClicks(strip.editor("words"), "he put his hands")
    two.desk.open(two.second)
    shown(two, qtbot, two.second)
    assert strip.isHidden()
    two.desk.open(night.incident_id)
    shown(two, qtbot, night.incident_id)
    qtbot.waitUntil(strip.isVisible)
    assert strip.editor("words").text() == "he put his hands"
    assert strip.editor("indicator").value() == "strangulation"
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Escape)
    assert not two.desk.keeper.of(str(night.incident_id), "tell")


def test_a_rationale_stays_with_its_incident_and_survives_the_window(two, qtbot, night, sit_down):
    with qtbot.waitSignal(two.desk.refused):
        qtbot.keyClick(two, Qt.Key.Key_F3)
    block = two.page.rationale.blocks[0]
    block.what.clear()
    qtbot.keyClicks(block.what, "Officers hold him")
    two.desk.open(two.second)
    shown(two, qtbot, two.second)
    assert two.page.rationale.isHidden()
    two.desk.open(night.incident_id)
    shown(two, qtbot, night.incident_id)
    qtbot.waitUntil(two.page.rationale.isVisible)
    assert two.page.rationale.blocks[0].what.text() == "Officers hold him"
    qtbot.waitUntil(lambda: not two.writes.waiting)
    again = sit_down(night.app, night.actor, night.incident_id)
    qtbot.waitUntil(again.page.rationale.isVisible)
    assert again.page.rationale.blocks[0].what.text() == "Officers hold him"
    assert again.desk.request_id is not None
    again.page.rationale.blocks[0].what.setFocus()
    qtbot.keyClick(again.page.rationale.blocks[0].what, Qt.Key.Key_Escape)
    qtbot.waitUntil(again.page.rationale.isHidden)
    qtbot.waitUntil(lambda: not again.writes.waiting)
    assert not [d for d in night.app.drafts.recover(night.app.office) if d.field.startswith("rationale")]


def test_forms_are_kept_within_half_a_second_recovered_and_dropped_once_recorded(
    window, qtbot, night, sit_down
):
    def kept():
        return {d.field for d in night.app.drafts.recover(night.app.office)}

    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    strip = window.page.forms.all["order"].strip
    qtbot.keyClicks(strip.editor("words"), "there is an order")
    strip.editor("protected").setEditText("Adult 2")
    qtbot.waitUntil(lambda: {"order.words", "order.protected"} <= kept())
    again = sit_down(night.app, night.actor, night.incident_id)
    strip = again.page.forms.all["order"].strip
    qtbot.waitUntil(strip.isVisible)
    assert strip.editor("words").text() == "there is an order"
    strip.editor("respondent").setEditText("The perpetrator")
    qtbot.keyClick(strip.editor("words"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not strip.isVisible())
    qtbot.waitUntil(lambda: not again.writes.waiting)
    assert not [f for f in kept() if f.startswith("order.")]


def test_claim_park_resume_hand_over_and_take_over(two, qtbot, night):
    page = two.page

    def owner():
        return page.top.owner.value.text(), page.top.owner.label.text()

    def form(code, key, modifiers, **values):
        qtbot.keyClick(two, key, modifiers)
        strip = page.forms.all[code].strip
        assert strip.isVisible()
        for name, text in values.items():
            qtbot.keyClicks(strip.editor(name), text)
        qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)

    two.desk.open(two.second)
    shown(two, qtbot, two.second)
    assert owner() == ("Handler 12", "Owner")
    form("park", Qt.Key.Key_P, CTRL | SHIFT, reason="another call")
    qtbot.waitUntil(lambda: owner() == ("Handler 12", "Owner · parked"))
    assert any("parked" in c.text() for c in page.held.chips)
    qtbot.keyClick(two, Qt.Key.Key_R, CTRL | SHIFT)
    qtbot.waitUntil(lambda: owner() == ("Handler 12", "Owner"))
    form("hand_over", Qt.Key.Key_H, CTRL | SHIFT, name="supervisor", reason="end of shift")
    qtbot.waitUntil(lambda: "upervisor" in owner()[0] or owner()[0] != "Handler 12")
    qtbot.keyClick(two, Qt.Key.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(lambda: "has this incident" in two.status.text())
    form("take_over", Qt.Key.Key_O, CTRL | SHIFT, reason="caller rang me back")
    qtbot.waitUntil(lambda: owner() == ("Handler 12", "Owner"))
    assert any("caller rang me back" in e.text for e in two.desk.view.picture.log)


def test_the_keys_of_ownership_are_listed(window):
    listed = dict(window.keys.listed)
    for code in ("hand_over", "take_over", "park", "resume", "claim", "next_held", "received"):
        form = window.page.forms.all[code]
        assert listed[form.name] == form.key


def test_two_people_in_one_incident_overwrite_nothing(night, settings, sit_down, qtbot):
    app, other = core.join_demonstration(settings)
    try:
        mine = sit_down(night.app, night.actor, night.incident_id)
        theirs = sit_down(app, other, night.incident_id)
        theirs.stack.setCurrentWidget(theirs.page)
        mine.page.log.entry.setText("she can hear him")
        theirs.page.log.entry.setText("unit is two minutes away")
        qtbot.keyClick(mine.page.log.entry, Qt.Key.Key_Return)
        qtbot.keyClick(theirs.page.log.entry, Qt.Key.Key_Return)
        for window in (mine, theirs):
            qtbot.waitUntil(
                lambda w=window: (
                    {"she can hear him", "unit is two minutes away"}
                    <= {e.text for e in w.desk.view.picture.log}
                ),
                timeout=4000,
            )
        qtbot.waitUntil(lambda: "unit is two minutes away" in mine.status.text())
        assert other.display in mine.status.text() and ":" in mine.status.text()
        theirs.close()
    finally:
        app.close()


def test_what_another_desk_records_in_a_held_incident_is_counted_on_its_chip(two, settings, qtbot):
    app, other = core.join_demonstration(settings)
    try:
        app.telling.write(other, two.second, "Owner of the shop rang")
        qtbot.waitUntil(lambda: "1 new" in two.page.held.chips[1].text(), timeout=3000)
        assert "Owner of the shop rang" in two.status.text()
        qtbot.keyClick(two, Qt.Key.Key_2, CTRL | SHIFT)
        shown(two, qtbot, two.second)
        assert "new" not in two.page.held.chips[1].text()
    finally:
        app.close()


def test_nothing_is_read_again_while_nothing_came(window, qtbot, monkeypatch):
    qtbot.waitUntil(lambda: window.desk.view is not None)
    qtbot.wait(700)
    read = []
    whole = window.app.desk.view
    monkeypatch.setattr(type(window.app.desk), "view", lambda self, a, i: read.append(i) or whole(a, i))
    monkeypatch.setattr(type(window.app.desk), "board", lambda self, a: read.append("board") or ())
    qtbot.wait(1300)
    assert not read
