"""Every key that the page of keys lists acts wherever the hands are at the desk, and no two acts of a window share one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from callhandler import app as core
from ui.common.choice_box import ArrowBox
from ui.training.station_window import StationWindow
from ui.workshop.window import WorkshopWindow

SMALL = Path(__file__).parents[1] / "data" / "training" / "small.yaml"
WHOLE_WINDOW = Qt.ShortcutContext.WindowShortcut
NO_GRABBING = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def pressed(window) -> list[QAction]:
    """What the keys of the whole window set off, in place of what they do."""
    found: list[QAction] = []
    for action in everywhere(window):
        action.triggered.disconnect()
        action.triggered.connect(lambda _=False, a=action: found.append(a))
    return found


def everywhere(window) -> list[QAction]:
    """The listed actions that claim to be done from anywhere."""
    listed = [a for _, actions in window.key_groups for a in actions]
    return [a for a in listed if a.shortcutContext() == WHOLE_WINDOW and a in window.actions()]


def where_hands_can_be(inside: QWidget) -> Iterator[QWidget]:
    """One place of each kind that takes the keyboard."""
    seen = set()
    for widget in inside.findChildren(QWidget):
        kind = type(widget), type(widget.parent())
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            if kind not in seen:
                yield widget
            seen.add(kind)


def silent(window, pressed: list[QAction], at: QWidget) -> list[str]:
    """The keys that do not set off just their own act while the hands are there."""
    at.setFocus()
    hands = QApplication.focusWidget()
    found = []
    for action in everywhere(window):
        for shortcut in action.shortcuts() if action.isEnabled() else ():
            pressed.clear()
            QTest.keyClick(hands, shortcut[0].key(), shortcut[0].keyboardModifiers())
            if pressed != [action]:
                found.append(f"{shortcut.toString()} in {type(at).__name__} {at.accessibleName()}")
    return found


def test_every_key_acts_from_everywhere_at_the_desk(window, pressed):
    places = list(where_hands_can_be(window.page))
    assert len(places) > 5 and len(everywhere(window)) > 80
    assert [s for place in places for s in silent(window, pressed, place)] == []


@pytest.mark.parametrize("code", ["move", "contact"])
def test_every_key_acts_from_an_open_form(window, pressed, code):
    window.page.forms.open(code)
    places = list(where_hands_can_be(window.page.forms.all[code].strip))
    assert places
    assert [s for place in places for s in silent(window, pressed, place)] == []


@NO_GRABBING
def test_every_key_acts_while_a_list_of_choices_hangs_open(window, pressed):
    window.page.forms.open("manner")
    (box,) = [b for b in window.page.forms.all["manner"].strip.findChildren(ArrowBox) if b.isVisible()]
    for action in everywhere(window):
        if action.isEnabled() and action.shortcuts():
            shortcut = action.shortcut()
            box.showPopup()
            pressed.clear()
            QTest.keyClick(box.view(), shortcut[0].key(), shortcut[0].keyboardModifiers())
            assert pressed == [action] and not box.view().isVisible(), shortcut.toString()


@NO_GRABBING
def test_a_list_of_choices_keeps_its_own_keys(window, pressed):
    window.page.forms.open("manner")
    (box,) = [b for b in window.page.forms.all["manner"].strip.findChildren(ArrowBox) if b.isVisible()]
    box.setCurrentIndex(0)
    box.showPopup()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(box.view(), key)
    assert box.currentIndex() == 1 and not pressed


def clashes(window: QWidget) -> list[str]:
    """Keys that two acts of a window both answer in one place: Qt then does neither, without a word."""
    of: dict[str, list[tuple[QWidget, bool, str]]] = defaultdict(list)
    for widget in (window, *window.findChildren(QWidget)):
        if widget.window() is not window:
            continue
        for action in widget.actions():
            whole = action.shortcutContext() == WHOLE_WINDOW
            for shortcut in action.shortcuts():
                of[shortcut.toString()].append((widget, whole, action.text()))
    for short in window.findChildren(QShortcut):
        parent = short.parent()
        assert isinstance(parent, QWidget)
        of[short.key().toString()].append((parent, short.context() == WHOLE_WINDOW, "a shortcut"))
    return [
        f"{key}: {one[2]}, {other[2]}"
        for key, answers in of.items()
        for n, one in enumerate(answers)
        for other in answers[n + 1 :]
        if one[1]
        or other[1]
        or one[0] is other[0]
        or one[0].isAncestorOf(other[0])
        or other[0].isAncestorOf(one[0])
    ]


def test_no_two_acts_of_the_desk_share_a_key(window):
    window.visit(window.search)
    assert clashes(window) == []


def test_no_two_acts_of_an_exercise_share_a_key(settings, tmp_path, monkeypatch, at_exercise):
    monkeypatch.setenv("CALLHANDLER_SITTINGS", str(tmp_path / "sittings"))
    desk = core.open_exercise(settings, str(SMALL), "Trainee A", "Autumn")
    window = at_exercise(desk)
    assert any(a.text().startswith("Exercise:") for a in window.actions())
    found = clashes(window)
    window.close()
    desk.app.close()
    assert found == []


def test_no_two_acts_of_the_trainers_windows_share_a_key(settings, tmp_path, qtbot, monkeypatch):
    monkeypatch.setenv("CALLHANDLER_SITTINGS", str(tmp_path / "sittings"))
    for made in (StationWindow(settings), WorkshopWindow(replace(settings, data_folder=tmp_path), "")):
        qtbot.addWidget(made)
        assert len(made.actions()) > 5
        assert clashes(made) == []
        made.close()
