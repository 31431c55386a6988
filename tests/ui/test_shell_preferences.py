"""Preferences: kept per person, whole or not at all; the page; about."""

import json

import pytest
from PySide6.QtWidgets import QApplication

from callhandler.errors import Environment
from ui.common import theme
from ui.preferences.kept import Preferences, PreferencesFile


@pytest.fixture
def plain_again(dressed: QApplication):
    yield
    theme.apply(dressed, 13)


def test_each_person_has_their_own(tmp_path):
    file = PreferencesFile(tmp_path)
    assert file.read("ada") == (None, "")
    file.write("ada", Preferences(theme="light", scale=150, sound=True, lock_minutes=0))
    file.write("bob", Preferences(panels={"middle": [3, 4]}))
    assert file.read("ada")[0] == Preferences(theme="light", scale=150, sound=True, lock_minutes=0)
    assert file.last().panels == {"middle": [3, 4]}
    assert [f.name for f in tmp_path.iterdir()] == ["preferences.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"users": 3}', "\x00\x01", '{"users": {'])
def test_a_broken_file_gives_the_usual_and_says_so_gently(tmp_path, text):
    (tmp_path / "preferences.json").write_text(text, encoding="utf-8")
    kept, fault = PreferencesFile(tmp_path).read("ada")
    assert kept is None and "could not be read" in fault
    assert PreferencesFile(tmp_path).last() == Preferences()


def test_values_that_make_no_sense_are_as_usual(tmp_path):
    odd = {"theme": "mauve", "scale": 7, "sound": "yes", "lock_minutes": -4, "panels": {"a": ["x"], "b": [1]}}
    (tmp_path / "preferences.json").write_text(json.dumps({"users": {"ada": odd}}), encoding="utf-8")
    assert PreferencesFile(tmp_path).read("ada")[0] == Preferences(panels={"b": [1]})


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "there").write_text("a file", encoding="utf-8")
    with pytest.raises(Environment, match="could not be kept"):
        PreferencesFile(tmp_path / "there").write("ada", Preferences())


def test_a_choice_on_the_page_holds_at_once_and_is_kept(window, night, qtbot, plain_again):
    page = window.preferences
    window.visit(page)
    qtbot.waitUntil(page.theme.hasFocus)
    page.theme.setCurrentIndex(page.theme.findData("light"))
    page.theme.activated.emit(page.theme.currentIndex())
    assert theme.worn() == ("light", 100)
    kept, _ = PreferencesFile(night.app.settings.data_folder).read(night.actor.name)
    assert kept.theme == "light" and not kept.sound
    page.theme.setCurrentIndex(page.theme.findData("dark"))
    page.theme.activated.emit(page.theme.currentIndex())
    page.scale.setCurrentIndex(page.scale.findData(150))
    page.scale.activated.emit(1)
    assert theme.worn() == ("dark", 150) and window.status.font().pixelSize() == 20
    page.scale.setCurrentIndex(0)
    page.scale.activated.emit(0)
    (night.app.settings.data_folder / "preferences.json").unlink()


def test_about_says_versions_policy_and_licences(window, night, qtbot):
    window.visit(window.about)
    qtbot.waitUntil(lambda: "Digest" in window.about.accessibleDescription())
    told = window.about.accessibleDescription()
    assert night.app.policy.digest in told and "SQLite 3." in told and "TRAINING" in told
    assert "SQLAlchemy" in told and "LGPL" in told and "Open Font License" in told
    assert "version 00" in told
