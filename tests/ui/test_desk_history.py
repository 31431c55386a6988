"""The timeline over the list, in step both ways; filters that count; orders, moves and the search for the suspect."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from callhandler.model.incident import ResponseState
from callhandler.model.order import OrderState, Overlay
from ui.desk.history_panel import Which, chosen
from ui.desk.orders import doubts
from ui.models.rows import ROW

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def wide(night, sit_down):
    """The window at 1920x1080."""
    return sit_down(night.app, night.actor, night.incident_id, size=(1920, 1080))


def keys(window):
    model = window.page.history.list.model()
    return [model.index(i, 0).data(ROW).key for i in range(model.rowCount())]


def test_the_timeline_is_above_the_list_and_in_step_both_ways(wide, qtbot):
    history = wide.page.history
    assert history.timeline.isVisible() and history.list.isVisible()
    assert history.timeline.geometry().bottom() < history.list.geometry().top()
    qtbot.keyClick(wide, Qt.Key.Key_3, CTRL)
    qtbot.keyClick(history.list, Qt.Key.Key_Down)
    assert f"incident:{history.timeline.current.incident_id}" == history.list.current_key() == keys(wide)[1]
    qtbot.keyClick(wide, Qt.Key.Key_8, CTRL)
    assert history.timeline.hasFocus()
    qtbot.keyClick(history.timeline, Qt.Key.Key_Left)
    assert f"incident:{history.timeline.current.incident_id}" == history.list.current_key() != keys(wide)[1]
    with qtbot.waitSignal(history.opened):
        qtbot.keyClick(history.timeline, Qt.Key.Key_Return)
    assert wide.page.detail.isVisible()


def test_filters_keep_some_and_say_how_many_of_how_many(wide, qtbot):
    history = wide.page.history
    view = wide.desk.view
    everything = keys(wide)
    sizes = {which: len(chosen(view, which)) for which in Which if which is not Which.APART}
    assert sizes[Which.ALL] == 10 and all(0 < n <= 10 for n in sizes.values())
    assert sizes[Which.HIS] < 10 and sizes[Which.PLACE] < 10
    for key, which in zip((Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), list(sizes)[1:], strict=True):
        qtbot.keyClick(wide, key, ALT)
        assert history.which is which and len(keys(wide)) == sizes[which]
        assert history.shown.isVisible() and f"{sizes[which]} of 10 shown" in history.shown.text()
        assert history.filters[which].isChecked()
        assert len(history.timeline._story.events) >= 10
    assert f"{10 - sizes[Which.PLACE]} of 10" in history.timeline.faded_note
    for _ in range(2):
        qtbot.keyClick(wide, Qt.Key.Key_H, ALT)
    assert history.which is Which.ALL and keys(wide) == everything and history.shown.isHidden()


def test_where_there_is_no_room_for_both_the_timeline_takes_the_place_of_the_list(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor, night.incident_id, size=(1366, 740))
    history = window.page.history
    window.page.do_now.setMinimumHeight(160)
    qtbot.waitUntil(lambda: not history.timeline.isVisible())
    qtbot.keyClick(window, Qt.Key.Key_8, CTRL)
    assert history.timeline.isVisible() and history.timeline.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: history.list.height() > 20)
    assert history.list.hasFocus() and not history.timeline.isVisible()


def test_every_order_is_reached_and_its_doubts_are_said(wide, qtbot):
    page, view = wide.page, wide.desk.view
    (first,) = view.orders
    other = replace(
        first.standing,
        order=replace(first.standing.order, id=999_999, type="oo"),
        state=OrderState.LIVE,
        overlays=(Overlay.NO_POWER_OF_ARREST, Overlay.SERVICE_UNKNOWN),
    )
    kind = wide.app.policy.orders["oo"]
    page.show_view(replace(view, orders=(first, replace(first, standing=other, kind=kind))))
    seen = set()
    for _ in range(2):
        seen.add(page.order.name.text())
        qtbot.keyClick(wide, Qt.Key.Key_O, ALT)
    assert seen == {"Non-molestation order", "Occupation order"}
    assert page.order.place.text().startswith("1 of 2")
    shown = [d.text() for d in page.order.doubts if d.isVisible()]
    assert shown == ["▲ power of arrest to be checked", "▲ service not known"]
    qtbot.keyClick(wide, Qt.Key.Key_T, CTRL)
    assert "You're safe there." in page.detail.accessibleDescription()
    assert "power of arrest to be checked" in page.detail.accessibleDescription()


def test_every_overlay_has_words(wide):
    (first,) = wide.desk.view.orders
    all_ = replace(first, standing=replace(first.standing, overlays=tuple(Overlay)))
    assert len(set(doubts(all_))) == len(Overlay)


def test_the_second_room_receives_a_move(wide, qtbot, night):
    night.app.whereabouts.move(night.actor, night.incident_id, going_to="Aunt's home", room="Third room")
    qtbot.waitUntil(lambda: wide.page.top.room.label.text() == "Sent to · not received")
    qtbot.keyClick(wide, Qt.Key.Key_M, CTRL | SHIFT)
    strip = wide.page.forms.all["received"].strip
    assert strip.editor("room").itemText(0) == "Third room"
    strip.editor("room").setEditText("Third room")
    qtbot.keyClick(strip.editor("room"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wide.page.top.room.label.text() == "Received by")


def test_the_search_for_the_suspect_is_a_response_of_its_own(wide, qtbot):
    qtbot.keyClick(wide, Qt.Key.Key_R, CTRL)
    strip = wide.page.forms.all["response"].strip
    strip.editor("state").setEditText("Assigned")
    strip.editor("target").setEditText("Suspect")
    qtbot.keyClick(strip.editor("note"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wide.desk.view.clocks.suspect_state is ResponseState.ASSIGNED)
    assert wide.desk.view.clocks.state is ResponseState.UNRESOURCED
    model = wide.page.side.people.model()
    said = [model.index(i, 0).data(ROW).sub for i in range(model.rowCount())]
    assert any("search: assigned" in s for s in said)
