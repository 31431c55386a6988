"""While no incident is open: the hands are where the next call is taken, and nothing is said that could be untrue."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callhandler.services.calls import CallIn

CTRL = Qt.KeyboardModifier.ControlModifier


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_closing_the_last_call_leaves_the_hands_where_the_next_is_taken(night, sit_down, qtbot):
    window = sit_down(night.app, night.actor)
    page = window.page
    assert page.nothing.take.hasFocus()
    assert page.warnings.isHidden() and page.history.isHidden() and not page.grades.isEnabled()
    assert "No incident is open" in page.log.entry.placeholderText()
    press(Qt.Key.Key_Return)
    assert page.forms.all["call"].strip.editor("number").hasFocus()
    press(Qt.Key.Key_Escape)
    assert page.nothing.take.hasFocus()
    call = CallIn(number="07700 900776", name="Caller P", type="lost-property", words="A purse.", join="no")
    window.desk.take(call, lambda _: None, lambda: None)
    qtbot.waitUntil(lambda: window.desk.view is not None)
    assert page.log.entry.hasFocus() and page.nothing.isHidden() and page.grades.isEnabled()
    press(Qt.Key.Key_F4)
    press(Qt.Key.Key_W, CTRL)
    qtbot.waitUntil(lambda: window.desk.incident_id is None)
    assert page.nothing.take.hasFocus()


def test_the_open_incidents_are_a_tab_away(night, sit_down):
    window = sit_down(night.app, night.actor)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert window.page.board.hasFocus()
