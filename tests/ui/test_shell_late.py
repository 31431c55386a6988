"""What most calls never open is made when it is first opened; its keys and names are there before it."""

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

PAGES = {"palette_", "keys", "help", "preferences", "about"}


def test_a_desk_begins_without_the_pages_beside_the_work(window):
    assert not PAGES & set(vars(window))
    listed = [action.text() for _heading, actions in window.key_groups for action in actions]
    assert {"Keys, or back", "Help, or back", "Preferences, or back"} <= set(listed)


def test_a_page_is_made_once_by_its_key_and_kept(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F12)
    first = vars(window)["keys"]
    assert first.isVisible() and first.listed
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert vars(window)["keys"] is first and first.isVisible()


def test_preferences_that_are_opened_late_show_what_holds(window):
    assert window.preferences.minutes.currentData() == window.looks.now.lock_minutes


def test_a_form_has_no_field_before_it_is_opened_and_keeps_what_was_typed_after(window):
    forms = window.page.forms
    assert not any(form.strip.findChildren(QLineEdit) for form in forms.all.values())
    forms.open("tell")
    forms.all["tell"].strip.editor("words").setText("he is at the back door")
    forms.put_aside()
    forms.take_up()
    assert forms.all["tell"].strip.editor("words").text() == "he is at the back door"
    forms.abandon("tell")


def test_a_live_desk_imports_no_reader_of_scenarios():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, callhandler.app, ui.main_window, ui.fitting, ui.desk.page; print(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not [name for name in said.stdout.split() if "scenario" in name or name.endswith(".replay")]
