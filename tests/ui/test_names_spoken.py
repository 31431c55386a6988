"""What a screen reader is told: every page that takes the focus has a name, and what was done is said aloud."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from callhandler.model.actor import Right
from ui.common import announce

PAGES = ("board", "search", "keys", "help", "preferences", "about", "importing", "from_log")


@pytest.fixture
def everything(night, sit_down):
    """The window of somebody who may do everything."""
    night.app.identity.add_user("all", "Everybody 1", None, tuple(Right), granted_by="test")
    window = sit_down(night.app, night.app.identity.open_session("all"), night.incident_id)
    window.stack.setCurrentWidget(window.page)
    return window


def nameless(window) -> list[str]:
    return [
        type(widget).__name__
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]


def test_whatever_takes_the_focus_has_a_name_on_every_page(everything, qtbot):
    window = everything
    assert nameless(window) == []
    for page in (*(getattr(window, name) for name in PAGES), window.rings.tray, window.judging.page):
        window.stack.setCurrentWidget(page)
        qtbot.waitUntil(page.isVisible)
        assert nameless(window) == [], type(page).__name__


def test_what_was_done_is_said_aloud(window, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(announce, "announce", lambda _, words, **kw: told.append(words))
    window.say("Closed.", "calm")
    window.say("Demonstration", "muted")
    assert told == ["Closed."]
