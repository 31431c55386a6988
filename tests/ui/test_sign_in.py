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
