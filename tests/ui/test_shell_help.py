"""Help: pages are there, the page of keys is current, nothing is loaded from elsewhere; and what is said aloud."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from ui.common import theme
from ui.help import page as help_page
from ui.help.keys_page import keys_markdown
from ui.herald import Herald


def test_the_page_of_keys_is_current(night, sit_down):
    window = sit_down(night.app, night.actor, next_event=lambda: "")
    written = (help_page.folder() / "keys.md").read_text(encoding="utf-8")
    assert written == keys_markdown(window.key_groups), "run: python -m ui.help"


def test_every_page_is_there_and_opens(window, qtbot):
    window.visit(window.help)
    listed = [window.help.list.item(i).text() for i in range(window.help.list.count())]
    assert len(listed) == len(help_page.PAGES) == len(set(listed))
    for name in help_page.PAGES:
        window.help.open(name)
        assert len(window.help.text.toPlainText()) > 300
    window.back()


def test_pictures_are_found_and_nothing_outside_the_folder_is(window):
    text = window.help.text
    kind = QTextDocument.ResourceType.ImageResource.value
    assert not text.loadResource(kind, QUrl("images/desk-0026.png")).isNull()
    for name in ("../policy/core/gates.yaml", "http://example.org/images/desk-0026.png", "/etc/passwd"):
        assert text.loadResource(kind, QUrl(name)) is None


@pytest.fixture
def herald(window):
    told, beeps = [], []
    made = Herald(window, told.append, lambda: beeps.append(1))
    made.told, made.beeps = told, beeps
    return made


def test_a_new_critical_warning_is_told_once_and_sounds_only_by_choice(herald, window):
    view = window.desk.view
    standing = view.assessment.warnings
    fewer = replace(view, assessment=replace(view.assessment, warnings=standing[1:]))
    herald.viewed(fewer)
    assert len(herald.told) == 1 and "critical warnings stand" in herald.told[0]
    herald.viewed(view)
    herald.viewed(view)
    assert len(herald.told) == 2 and standing[0].sentence in herald.told[1] and not herald.beeps
    herald.sound = True
    herald.viewed(view)
    assert not herald.beeps
    herald._told.clear()
    herald.viewed(view)
    assert herald.beeps == [1]


def test_while_locked_nothing_of_it_is_told_aloud(herald, window):
    view = window.desk.view
    herald.viewed(replace(view, assessment=replace(view.assessment, warnings=view.assessment.warnings[1:])))
    herald.hidden = True
    herald.viewed(view)
    assert "Unlock" in herald.told[-1] and view.assessment.warnings[0].sentence not in herald.told[-1]


def test_a_refused_lowering_is_told(herald):
    herald.refused(SimpleNamespace(needs=("a", "b")), "Scheduled")
    assert herald.told == ["Not done: Scheduled. 2 things are needed; the rationale is open."]


def test_pictures_of_help_follow_the_theme(dressed, window):
    window.visit(window.help)
    theme.change(dressed, "light", 100)
    assert theme.colours("light")["accent"] in window.help.text.document().defaultStyleSheet()
    theme.change(dressed, "dark", 100)
    window.back()


def test_every_key_is_reached_by_keys(window, qtbot):
    """The list of keys is longer than a small window: the page keys and the arrows go through it."""
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F12)
    bar = window.keys._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.page
