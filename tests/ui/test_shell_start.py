"""Starting: painted first, then the store; an older one is copied and brought up; faults are said calmly."""

import shutil
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from callhandler import app as core
from callhandler.app import open_up_to_date
from callhandler.errors import StoreTampered, StoreTooNew
from callhandler.store import schema
from callhandler.store.engine import make_engine
from tests.stores import NOW
from tests.ui.ring_windows import first_line, windows
from ui.main_window import MainWindow
from ui.start_up import Opened


@pytest.fixture
def begin(qtbot):
    """Opens windows on openers; closes each, and the store it opened."""
    made = []

    def start(opener):
        window = MainWindow()
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.start(opener)
        window.show()
        return window

    yield start
    for window in made:
        window.close()
        if window.has_store:
            window.app.close()


@pytest.fixture
def here(settings, tmp_path):
    return replace(settings, database=str(tmp_path / "live.sqlite"), data_folder=tmp_path)


def older(settings) -> None:
    engine = make_engine(settings.database)
    schema.create(engine, "LIVE", NOW)
    schema.downgrade(engine, "0001")
    engine.dispose()


def test_the_window_is_seen_before_the_store_is_touched(begin, here, qtbot):
    seen = []

    def opener(say):
        seen.append(window.opening.isVisible())
        return Opened(open_up_to_date(here, say))

    window = begin(opener)
    assert not window.has_store and "Opening" in window.opening.title.text()
    qtbot.waitUntil(lambda: window.has_store, timeout=10_000)
    assert seen == [True] and window.sign_in_page.isVisible()


def test_a_store_of_an_earlier_version_is_copied_brought_up_and_opened(begin, here, tmp_path, qtbot):
    older(here)
    told = []

    def opener(say):
        def both(sentence, far):
            told.append((sentence, far))
            say(sentence, far)

        return Opened(open_up_to_date(here, both))

    window = begin(opener)
    qtbot.waitUntil(lambda: window.has_store, timeout=20_000)
    copies = list(tmp_path.glob("live-before-*.sqlite"))
    assert len(copies) == 1 and any(copies[0].name in sentence for sentence, _ in told)
    assert [far for _, far in told] == sorted(far for _, far in told)
    engine = make_engine(str(copies[0]))
    with engine.connect() as connection:
        assert schema.current_version(connection) == "0001"
    engine.dispose()
    with window.app.office.engine.connect() as connection:
        assert schema.current_version(connection) == schema.newest_version()


def test_a_broken_policy_is_said_with_its_place_before_anything_is_touched(begin, here, tmp_path, qtbot):
    older(here)
    policy = tmp_path / "policy"
    shutil.copytree(here.policy_folder, policy)
    warnings = policy / "core" / "warnings.yaml"
    warnings.write_text(warnings.read_text(encoding="utf-8") + "\nnonsense: [\n", encoding="utf-8")
    window = begin(lambda say: Opened(open_up_to_date(replace(here, policy_folder=policy), say)))
    qtbot.waitUntil(lambda: "not open" in window.opening.title.text(), timeout=10_000)
    assert "warnings.yaml" in window.opening.sentence.text()
    assert "not touched" in window.opening.what.text() and window.opening.button.hasFocus()
    assert not list(tmp_path.glob("live-before-*"))
    shutil.copyfile(here.policy_folder / "core" / "warnings.yaml", warnings)
    window.opening.button.click()
    qtbot.waitUntil(lambda: window.has_store, timeout=20_000)


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (StoreTooNew("It was written by a newer version."), "newer"),
        (StoreTampered("A trigger is missing."), "verify"),
    ],
)
def test_each_fault_has_a_sentence_and_what_to_do(begin, qtbot, error, what):
    def opener(_say):
        raise error

    window = begin(opener)
    qtbot.waitUntil(lambda: "not open" in window.opening.title.text())
    assert str(error) in window.opening.sentence.text() and what in window.opening.what.text()


@pytest.mark.expects_log_lines
def test_a_fault_of_ours_shows_no_trace(begin, qtbot):
    def opener(_say):
        raise KeyError("Adult 1")

    window = begin(opener)
    qtbot.waitUntil(lambda: "not open" in window.opening.title.text())
    assert "Adult" not in window.opening.sentence.text() and "Traceback" not in window.opening.sentence.text()


def test_a_new_store_needs_no_migration(here):
    told = []
    core.open_up_to_date(here, lambda sentence, far: told.append(sentence)).close()
    core.open_up_to_date(here, lambda sentence, far: told.append(sentence)).close()
    assert set(told) == {"Opening the store"}


# What a process has imported when its first window has been painted: dressing comes next.
SEEN = """
import os, sys
from ui.common import theme
def seen(_application):
    print(*sys.modules, flush=True)
    os._exit(0)
theme.dress = seen
from ui.__main__ import main
main(["desk"])
"""
DESK = "import sys; from ui.__main__ import main; sys.exit(main(['desk']))"
LATE = (
    "alembic",
    "fast_sugiyama",
    "phonenumbers",
    "psycopg",
    "pydantic",
    "ruamel",
    "sqlalchemy",
    "structlog",
)


def test_the_first_window_is_painted_before_the_rest_of_the_program_is_imported(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLHANDLER_DATA", str(tmp_path))
    with windows(SEEN) as window:
        found = first_line(window()).split()
    assert "ui.first_page" in found
    assert [m for m in found if m.startswith(LATE)] == []
    assert {m for m in found if m.startswith("callhandler.")} == {
        "callhandler.errors",
        "callhandler.intake",
        "callhandler.intake.window_key",
        "callhandler.settings",
    }
    assert {"PySide6.QtSvg", "PySide6.QtNetwork", "ui.common.labels", "ui.tasks"}.isdisjoint(found)


def test_of_two_desks_started_at_once_one_stays_and_the_other_ends(tmp_path, monkeypatch):
    monkeypatch.setenv("CALLHANDLER_DATA", str(tmp_path))
    monkeypatch.setenv("CALLHANDLER_DATABASE", str(tmp_path / "live.sqlite"))
    with windows(DESK) as window:
        both = [window(), window()]
        until = time.monotonic() + 60
        while not (ended := [w for w in both if w.poll() is not None]) and time.monotonic() < until:
            time.sleep(0.05)
        assert [w.returncode for w in ended] == [0]
        stays = next(w for w in both if w not in ended)
        third = window()
        assert third.wait(60) == 0
        assert stays.poll() is None


def test_qt_takes_no_source_of_later_modules_along():
    """PySide6's own import reads and keeps the source of all that is imported later; the command gives Python's back."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import builtins; own = builtins.__import__; from ui.plain_imports import import_qt; import_qt(); "
            "import linecache, callhandler.app; print(builtins.__import__ is own, *linecache.cache)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    given_back, *kept = said.stdout.split()
    assert given_back == "True"
    assert not [file for file in kept if "callhandler" in file and file.endswith(".py")]
