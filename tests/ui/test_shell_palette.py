"""Actions by words."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

CTRL = Qt.KeyboardModifier.ControlModifier


def names(window):
    return [row.name for row in window.palette_.shown]


def test_words_in_any_order_find_an_action_and_enter_does_it(window, qtbot):
    qtbot.keyClick(window.page.log.entry, Qt.Key.Key_K, CTRL)
    palette = window.palette_
    assert palette.isVisible() and palette.line.hasFocus() and not palette.isModal()
    assert len(names(window)) > 25
    qtbot.keyClicks(palette.line, "open incid")
    assert names(window)[0].startswith("Open incidents")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible() and window.page.board.hasFocus()


def test_every_action_of_the_keys_page_is_there_with_its_key(window):
    window.open_palette()
    assert [(row.name, row.keys) for row in window.palette_.shown] == list(window.keys.listed)
    assert all(row.keys for row in window.palette_.shown)
    window.palette_.leave()


def test_escape_puts_the_hands_back_and_nothing_typed_is_lost(window, qtbot):
    entry = window.page.log.entry
    entry.setFocus()
    entry.setText("half a line")
    window.open_palette()
    qtbot.keyClick(window.palette_.line, Qt.Key.Key_Escape)
    assert entry.hasFocus() and entry.text() == "half a line"
    entry.clear()


@pytest.mark.parametrize("code", ["", "retract", "move", "promise"])
def test_a_line_of_text_claims_none_of_the_windows_keys(window, qtbot, code):
    window.page.log.entry.setFocus()
    if code:
        window.page.forms.open(code)
    line, claimed = QApplication.focusWidget(), []
    assert isinstance(line, QLineEdit | QComboBox)
    for keys in [keys for action in window.actions() for keys in action.shortcuts()]:
        pressed = keys[0]
        event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())
        event.ignore()
        QApplication.sendEvent(line, event)
        if event.isAccepted():
            claimed.append(keys.toString())
    assert claimed == []
    window.page.forms.leave()


def test_taken_back_and_the_way_of_speaking_open_from_a_half_typed_line(window, qtbot):
    entry, forms = window.page.log.entry, window.page.forms
    for code, key, modifiers in (
        ("retract", Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier),
        ("manner", Qt.Key.Key_Y, CTRL),
    ):
        entry.setFocus()
        entry.setText("half a line")
        qtbot.keyClick(entry, key, modifiers)
        assert forms.all[code].strip.isVisible() and entry.text() == "half a line"
        forms.leave()
    entry.clear()


def test_what_cannot_be_done_now_is_shown_with_why_and_is_not_done(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor)
    window.open_palette()
    qtbot.keyClicks(window.palette_.line, "close the")
    row = window.palette_.shown[0]
    assert row.name == "Close the incident" and "no incident is open" in row.why_not
    qtbot.keyClick(window.palette_.line, Qt.Key.Key_Return)
    assert "no incident is open" in window.status.text()


def test_a_letter_left_out_still_finds_it_and_nonsense_finds_nothing(window, qtbot):
    window.open_palette()
    qtbot.keyClicks(window.palette_.line, "unresurced")
    assert any(name.startswith("Unresourced") for name in names(window))
    window.palette_.line.setText("zzzz")
    assert names(window) == [] and "No action" in window.palette_.count.text()
    window.palette_.leave()


def test_no_key_has_two_meanings_in_one_place(window):
    everywhere = [a for a in window.actions() if not a.shortcut().isEmpty()]
    keys = [s.toString() for a in everywhere for s in a.shortcuts()]
    assert len(keys) == len(set(keys))
