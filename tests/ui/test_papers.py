"""Papers at the desk by keyboard: made into a folder that is said, acknowledged as read, an address left out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

# The list of choices that opens under a field; the screen of the tests has no windows above others.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def chord(window, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget() or window, key, CTRL_SHIFT)


def type_on(window, text: str) -> None:
    QTest.keyClicks(window.focusWidget(), text)


def press(window, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget(), key)


@pytest.fixture
def folder(settings):
    """The folder of the demonstration's papers."""
    return settings.data_folder / "demonstration" / "papers"


def test_the_briefing_is_two_keys_and_the_path_is_said(window, qtbot, folder):
    chord(window, Qt.Key.Key_F)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.status.text().startswith("Saved briefing-"))
    (pdf,) = folder.glob("briefing-*.pdf")
    assert str(pdf) in window.status.toolTip() or str(pdf) in window.status.text()
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.with_suffix(".html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert pdf.stat().st_mode & 0o077 == 0


def test_read_by_a_unit_it_is_in_the_log(window, qtbot, night, folder):
    chord(window, Qt.Key.Key_F)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.page.forms.any_open)
    chord(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_Tab)
    type_on(window, "Unit 12")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "read by Unit 12." in window.desk.view.picture.log[-1].text)
    made = night.app.papers.made(night.actor, night.incident_id)[-1]
    assert [(r.reader, r.author) for r in made.reads] == [("Unit 12", "Handler 12")]


def test_an_address_is_left_out_from_now_on(window, qtbot, night):
    chord(window, Qt.Key.Key_X)
    type_on(window, "Thistlemoon")
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Tab)
    type_on(window, "Adult 1")
    press(window, Qt.Key.Key_Tab)
    type_on(window, "He must not learn it.")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "An address is left out" in window.desk.view.picture.log[-1].text)
    briefing = night.app.papers.briefing(night.actor, night.incident_id).text()
    assert "Thistlemoon" not in briefing
    assert "The desk gives it by radio" in briefing


def test_a_digest_of_no_paper_is_refused_gently_and_kept(window, qtbot):
    chord(window, Qt.Key.Key_B)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_on(window, "00000000")
    press(window, Qt.Key.Key_Tab)
    type_on(window, "Unit 12")
    press(window, Qt.Key.Key_Return)
    strip = window.page.forms.all["paper_read"].strip
    qtbot.waitUntil(lambda: "No paper of this incident" in strip.fault.text())
    assert not strip.isHidden()
