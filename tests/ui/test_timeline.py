"""The timeline: nothing overlaps, nothing is guessed, nothing is hidden, and everything is told to the keyboard."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui.common import theme
from ui.timeline import TimelineView, Vocabulary
from ui.timeline.marks import LabelItem, MarkItem, SpanItem
from ui.timeline.overlay import Caption, Ring
from ui.timeline.story import Event, Kind, Story, in_order

NOW = datetime(2018, 8, 26, 23, 26, tzinfo=UTC)


@pytest.fixture(scope="module")
def seen(night):
    """The view of the shipped night, and the words of its policy."""
    return night.app.desk.view(night.actor, night.incident_id), Vocabulary.of(night.app.policy)


@pytest.fixture
def shown(qtbot, seen):
    """A timeline of the night, with the focus."""
    made = TimelineView(seen[1])
    made.setFont(theme.letters(13))
    qtbot.addWidget(made)
    made.resize(1000, 120)
    made.show_view(seen[0])
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def press(qtbot, shown, *keys, shift=False):
    for key in keys:
        qtbot.keyClick(
            shown, key, Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        )


def items(shown, kind):
    return [i for i in shown.scene().items() if isinstance(i, kind)]


def test_keys_go_from_mark_to_mark_and_tell_it(qtbot, shown):
    assert shown.current.text.startswith("11 Aug 2018")
    with qtbot.waitSignal(shown.selected) as told:
        press(qtbot, shown, Qt.Key.Key_Left)
    assert told.args == [shown.current.incident_id]
    assert shown.accessibleDescription().startswith("30 May 2018, The concierge rang")
    assert "grave" in shown.accessibleDescription() and "11 of 18" in shown.accessibleDescription()
    press(qtbot, shown, Qt.Key.Key_Home)
    assert shown.current.text.startswith("Apr 2016") and "serious" in shown.accessibleDescription()
    press(qtbot, shown, Qt.Key.Key_Left)
    assert shown.current.text.startswith("Apr 2016")
    press(qtbot, shown, Qt.Key.Key_End)
    assert shown.accessibleDescription().startswith("00:26, call from Adult 1")


def test_every_mark_can_be_reached_and_has_a_ring_in_sight(qtbot, shown):
    press(qtbot, shown, *[Qt.Key.Key_Plus] * 4, Qt.Key.Key_Home)
    reached = set()
    for _ in range(30):
        reached.add(shown.current.key)
        (ring,) = items(shown, Ring)
        assert ring.boundingRect().intersects(QRectF(shown.viewport().rect()))
        press(qtbot, shown, Qt.Key.Key_Right)
    assert reached == {e.key for e in shown._story.events}


def test_enter_opens_a_past_incident_and_nothing_else(qtbot, shown):
    press(qtbot, shown, Qt.Key.Key_Left)
    with qtbot.waitSignal(shown.opened) as told:
        press(qtbot, shown, Qt.Key.Key_Return)
    assert told.args == [shown.current.incident_id]
    press(qtbot, shown, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(shown.opened):
        press(qtbot, shown, Qt.Key.Key_Return)


def test_keys_zoom_about_the_current_mark_and_move_along(qtbot, shown):
    press(qtbot, shown, Qt.Key.Key_Left)
    before = shown.place_of(shown.current.key).center().x()
    press(qtbot, shown, Qt.Key.Key_Plus)
    assert shown.zoom == 1.5
    assert shown.place_of(shown.current.key).center().x() == pytest.approx(before, abs=12)
    for _ in range(8):
        press(qtbot, shown, Qt.Key.Key_Plus)
    assert all(len(m.events) == 1 for m in shown.drawn.marks), "a day apart is apart when near enough"
    left = shown._offset
    press(qtbot, shown, Qt.Key.Key_Right, shift=True)
    assert shown._offset == pytest.approx(left + 200)
    press(qtbot, shown, Qt.Key.Key_Left, shift=True)
    assert shown._offset == pytest.approx(left)
    press(qtbot, shown, Qt.Key.Key_0)
    assert (shown.zoom, shown._offset) == (1.0, 0.0)
    press(qtbot, shown, Qt.Key.Key_Minus)
    assert shown.zoom == 1.0


def test_select_brings_into_sight_and_does_not_answer_back(qtbot, shown, seen):
    press(qtbot, shown, *[Qt.Key.Key_Plus] * 6)
    first = seen[0].picture.linked[0].id
    with qtbot.assertNotEmitted(shown.selected):
        shown.select(first)
    assert shown.current.incident_id == first
    assert not shown.place_of(shown.current.key).isNull()
    shown.select(-7)
    assert shown.current.incident_id == first


def test_its_keys_are_kept_from_shortcuts_elsewhere(shown):
    for key, ours in (
        (Qt.Key.Key_0, True),
        (Qt.Key.Key_Minus, True),
        (Qt.Key.Key_1, False),
        (Qt.Key.Key_F6, False),
    ):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(shown, event)
        assert event.isAccepted() is ours


def test_mouse_chooses_opens_zooms_and_drags(qtbot, shown):
    mark = next(i for i in items(shown, MarkItem) if "incident" in i.keys[0])
    at = mark.boundingRect().center().toPoint()
    with qtbot.waitSignal(shown.selected):
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(shown.opened):
        qtbot.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    wheel = QWheelEvent(
        QPointF(at), shown.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(shown.viewport(), wheel)
    assert shown.zoom == pytest.approx(2.25)
    before = shown._offset
    qtbot.mousePress(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 50))
    qtbot.mouseMove(shown.viewport(), QPoint(440, 50))
    qtbot.mouseRelease(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(440, 50))
    assert shown._offset == pytest.approx(before + 60)


def test_a_filter_says_how_many_are_faint(shown, seen):
    keep = [i.id for i in seen[0].picture.linked[-3:]]
    shown.show_view(seen[0], keep)
    assert shown.faded_note == "7 of 10 shown faint"
    assert any("7 of 10" in c.shown for c in items(shown, Caption))
    assert len([i for i in items(shown, MarkItem) if i.mark.faded]) > 3
    shown.select(seen[0].picture.linked[0].id)
    assert "outside the filter" in shown.accessibleDescription()
    shown.show_view(seen[0])
    assert shown.faded_note == ""


def test_new_facts_keep_zoom_place_and_current_mark(qtbot, shown, seen):
    press(qtbot, shown, Qt.Key.Key_Left, *[Qt.Key.Key_Plus] * 5)
    was = shown.zoom, shown._offset, shown.current.key
    later = replace(seen[0].picture, as_of=seen[0].picture.as_of + timedelta(minutes=2))
    shown.show_view(replace(seen[0], picture=later))
    assert (shown.zoom, shown._offset, shown.current.key) == was


def test_a_source_not_read_and_an_empty_history_are_said(qtbot, shown, seen):
    shown.show_view(replace(seen[0], picture=replace(seen[0].picture, missing_sources=("PNC",))))
    assert shown.note == "not read: PNC"
    shown.show_view(replace(seen[0], picture=replace(seen[0].picture, linked=())))
    assert shown.note == "no past incident is held"


def test_what_a_caller_says_is_never_mark_up(shown, seen):
    odd = replace(seen[0].picture.linked[-1], summary="<b>bold</b> & <img src=x>")
    linked = (*seen[0].picture.linked[:-1], odd)
    shown.show_view(replace(seen[0], picture=replace(seen[0].picture, linked=linked)))
    tips = [i.toolTip() for i in items(shown, MarkItem) if f"incident:{odd.id}" in i.keys]
    assert tips and all("<b>" not in t and "&lt;b&gt;bold" in t for t in tips)


def test_an_order_only_declared_is_drawn_open_and_a_label_says_so(shown):
    (span,) = items(shown, SpanItem)
    assert not span.span.event.verified and not span.span.event.ended
    assert "Non-molestation order, declared" in [i.label.text for i in items(shown, LabelItem)]


def test_words_drawn_take_no_more_room_than_they_were_given(shown):
    for item in items(shown, LabelItem):
        assert item.label.box.width >= QFontMetricsF(item._font).horizontalAdvance(item.label.text)
        assert shown.viewport().rect().contains(item.boundingRect().adjusted(3, 3, -3, -3).toRect())


@pytest.mark.parametrize("pixels", [13, 20, 26])
def test_larger_letters_make_it_higher_and_marks_larger(qtbot, seen, pixels):
    made = TimelineView(seen[1])
    qtbot.addWidget(made)
    made.setFont(theme.letters(pixels))
    made.resize(1200, 100)
    made.show_view(seen[0])
    assert made.sizeHint().height() >= made.drawn.rows.height
    assert min(m.box.height for m in made.drawn.marks if m.kind is Kind.INCIDENT) >= min(pixels - 6, 20)


def test_paper_is_grey_and_keeps_the_shapes(shown, seen):
    keep = [i.id for i in seen[0].picture.linked[2:]]
    shown.show_view(seen[0], keep)
    sheet = QImage(1520, 500, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    height = shown.print_to(painter, QRectF(0, 0, 1520, 500))
    painter.end()
    assert 150 < height < 500
    bits = bytes(sheet.constBits())
    pixels = {bits[i : i + 3] for i in range(0, len(bits), 4)}
    assert all(max(p) - min(p) <= 2 for p in pixels), "greys only"
    rows = [bits[y * 1520 * 4 : (y + 1) * 1520 * 4] for y in range(500)]
    assert all(set(r) == {255} for r in rows[int(height) + 2 :]), "nothing beneath the height it tells"
    assert sum(1 for r in rows[: int(height)] if min(r) < 40) > 60


def long_history(number):
    ends = [NOW.timestamp() - i * 5 * 86_400 for i in range(number)]
    events = [
        Event(f"incident:{i}", Kind.INCIDENT, at - 86_400, at, f"event {i}", "", (f"{i} Sep",), incident_id=i)
        for i, at in enumerate(ends)
    ]
    return Story(in_order(events), NOW.timestamp(), NOW.timestamp() - 6_000)


def test_a_long_history_is_laid_out_while_nobody_waits(qtbot, seen):
    made = TimelineView(seen[1])
    qtbot.addWidget(made)
    made.resize(1100, 120)
    made.show_story(long_history(500))
    start = datetime.now(UTC)
    for width in (1000, 1100, 1200):
        made.resize(width, 120)
        made.grab()
    assert (datetime.now(UTC) - start).total_seconds() / 3 < 0.25
