"""Type and qualifiers in one line, by keyboard alone."""

from PySide6.QtCore import Qt

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_type_and_qualifiers_are_given_in_one_line(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_T, BOTH)
    strip = window.page.forms.all["type"].strip
    assert strip.isVisible()
    incident = window.desk.view.picture.incident
    assert strip.editor("type").value() == incident.type, "the present type stands there already"
    assert strip.editor("qualifiers").accessibleName() == "Qualifiers"
    strip.editor("qualifiers").setEditText("in progress; child present")
    qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not strip.isVisible())
    qtbot.waitUntil(lambda: window.desk.view.picture.incident.qualifiers == ("in progress", "child present"))
    assert "(in progress, child present)" in window.desk.view.picture.log[-1].text
    assert window.desk.view.picture.incident.type == incident.type


def test_a_qualifier_that_is_none_is_said_in_place(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_T, BOTH)
    strip = window.page.forms.all["type"].strip
    strip.editor("qualifiers").setEditText("with elephants")
    qtbot.keyClick(strip.editor("reason"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: strip.fault.isVisible() and "has no qualifier" in strip.fault.text())
    assert strip.isVisible()
