"""Signing in to a live store."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from callhandler import app as core
from callhandler.model.actor import Right


@pytest.fixture
def live(settings, tmp_path):
    opened = core.open_app(replace(settings, database=str(tmp_path / "live.sqlite"), data_folder=tmp_path))
    yield opened
    opened.close()


def test_a_new_store_says_how_the_first_person_is_added(live, sit_down):
    window = sit_down(live)
    assert "callhandler user add" in window.sign_in_page.fault.text()


def test_signing_in_with_an_error_in_place_first(live, sit_down, qtbot):
    live.identity.add_user("ada", "Handler 7", "a long passphrase", [Right.HANDLER], granted_by="test")
    window = sit_down(live)
    page = window.sign_in_page
    qtbot.keyClicks(page.name, "ada")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    qtbot.keyClicks(page.passphrase, "not the passphrase")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "do not go together" in page.fault.text())
    page.passphrase.clear()
    qtbot.keyClicks(page.passphrase, "a long passphrase")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page is not None)
    assert window.page.isVisible() and window.page.top.grade.text() == "No incident open"
    assert not window.page.log.entry.isEnabled()


def test_an_administrator_only_is_led_to_what_an_administrator_may_do(live, sit_down, qtbot):
    live.identity.add_user("ada", "Administrator 1", None, [Right.ADMINISTRATOR], granted_by="test")
    window = sit_down(live)
    window.sign_in(live.identity.open_session("ada"))
    assert window.stack.currentWidget() is window.no_desk
    first = window.no_desk.buttons[0]
    assert first.hasFocus() and all(b.accessibleName() for b in window.no_desk.buttons)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.importing
    qtbot.keyClick(window.importing, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.no_desk and first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_F12)
    keys = [key for _, key in window.keys.listed]
    assert "Ctrl+Alt+H" in keys and "Ctrl+N" not in keys and "Ctrl+H" not in keys
    window.feed.minute.emit()
    qtbot.wait(50)
    assert "needs" not in window.status.text()


def test_an_administrator_who_handles_calls_too_sits_at_the_desk(live, sit_down, qtbot):
    both = [Right.ADMINISTRATOR, Right.HANDLER]
    live.identity.add_user("bea", "Handler 8", None, both, granted_by="test")
    window = sit_down(live)
    window.sign_in(live.identity.open_session("bea"))
    assert window.stack.currentWidget() is window.page and window.no_desk is None
