"""The bootstrap's pure parts, and the promises of the locked requirement files."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["run.txt", "test.txt"]


def load_start() -> ModuleType:
    """Load packaging/start.py by its path: packaging is a folder here, not a package."""
    spec = importlib.util.spec_from_file_location("callhandler_start", ROOT / "packaging" / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


start = load_start()
READY = {"folder": "/here", "python": "3.11", "run": "r1", "project": "p1"}
READY_TO_TEST = READY | {"test": "t1"}


def pins(name: str) -> dict[str, list[str]]:
    """Read a lock: each requirement line with the hashes that follow it."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in (ROOT / "packaging" / "requirements" / name).read_text(encoding="utf-8").splitlines():
        text = line.strip().removesuffix("\\").strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("--hash="):
            found[last].append(text.removeprefix("--hash="))
        else:
            last = text
            found[last] = []
    return found


# --- the stamp -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stamp", "wanted", "expected"),
    [
        ({}, READY, ["environment", "packages", "project"]),
        (READY, READY, []),
        (READY, READY_TO_TEST, ["packages", "project"]),
        (READY_TO_TEST, READY, []),
        (READY_TO_TEST, READY_TO_TEST, []),
        (READY_TO_TEST, READY_TO_TEST | {"test": "t2"}, ["environment", "packages", "project"]),
        (READY_TO_TEST | {"test": "t0"}, READY, []),
        (READY, READY | {"run": "r2"}, ["environment", "packages", "project"]),
        (READY, READY | {"python": "3.12"}, ["environment", "packages", "project"]),
        (READY, READY | {"folder": "/there"}, ["environment", "packages", "project"]),
        (READY, READY | {"project": "p2"}, ["project"]),
    ],
)
def test_only_what_changed_is_done_again(
    stamp: dict[str, str], wanted: dict[str, str], expected: list[str]
) -> None:
    assert start.steps(stamp, wanted) == expected


def test_stamp_of_this_checkout_follows_the_locks() -> None:
    demo, test = start.wanted_stamp("demo"), start.wanted_stamp("test")
    assert "test" not in demo
    assert test == demo | {"test": start.digest(ROOT / "packaging" / "requirements" / "test.txt")}
    assert demo["run"] != test["test"]


def test_digest_ignores_line_ends_and_sees_a_changed_hash(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_bytes(b"a==1 \\\n    --hash=sha256:00\n")
    before = start.digest(lock)
    lock.write_bytes(b"a==1 \\\r\n    --hash=sha256:00\r\n")
    assert start.digest(lock) == before
    lock.write_bytes(b"a==1 \\\n    --hash=sha256:01\n")
    assert start.digest(lock) != before


@pytest.mark.parametrize("text", [None, "", "not json", "[]"])
def test_unreadable_stamp_counts_as_none(tmp_path: Path, text: str | None) -> None:
    stamp = tmp_path / "stamp.json"
    if text is not None:
        stamp.write_text(text, encoding="utf-8")
    assert start.read_stamp(stamp, Path(sys.executable)) == {}


def test_stamp_without_its_python_counts_as_none(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text('{"run": "r1"}', encoding="utf-8")
    assert start.read_stamp(stamp, Path(sys.executable)) == {"run": "r1"}
    assert start.read_stamp(stamp, tmp_path / "gone") == {}


def test_packages_are_installed_by_hash_and_the_project_without_a_download() -> None:
    _environment, packages, project = start.commands(["environment", "packages", "project"], "test")
    assert "--require-hashes" in packages
    assert packages[-1].endswith("test.txt")
    assert {"--no-deps", "--no-build-isolation"} <= set(project)
    assert start.commands(["packages"], "demo")[0][-1].endswith("run.txt")


# --- the system ------------------------------------------------------------------------------


def test_what_a_real_window_needs_is_named_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.shutil, "which", lambda _name: None)
    lacks = start.lacking_screen()
    assert {"xvfb", "openbox", "xdotool", "dbus-daemon"} <= {lack.package for lack in lacks}
    assert not any(lack.needed for lack in lacks)
    assert all(start.NO_SCREEN in lack.what for lack in lacks)


def test_missing_parts_are_named_with_one_command() -> None:
    lacks = [start.Lack("libEGL.so.1", "libegl1", True), start.Lack("libGL.so.1", "libgl1", True)]
    text = start.advice(lacks, debian=True)
    assert "libEGL.so.1, libGL.so.1" in text
    assert text.count("apt-get install") == 1
    assert text.endswith("libegl1 libgl1")
    assert "apt" not in start.advice(lacks, debian=False)


@pytest.mark.parametrize(("needed", "goes_on"), [(True, False), (False, True)])
def test_without_root_nothing_is_installed_and_only_what_is_needed_stops(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], needed: bool, goes_on: bool
) -> None:
    monkeypatch.setattr(start, "lacking", lambda *_: [start.Lack("libEGL.so.1", "libegl1", needed)])
    monkeypatch.setattr(start, "is_root", lambda: False)
    monkeypatch.setattr(start, "run_apt", lambda _: pytest.fail("apt was run"))
    assert start.prepare_system("demo", new_venv=False) is goes_on
    assert "libEGL.so.1" in capsys.readouterr().out


def test_a_screen_is_asked_for_its_libraries_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "loads", lambda _: False)
    bare = start.lacking_libraries({}, "demo")
    assert all(lack.needed for lack in bare)
    assert start.lacking_libraries({"DISPLAY": ":0"}, "test") == bare
    names = {lack.what for lack in start.lacking_libraries({"DISPLAY": ":0"}, "demo") if not lack.needed}
    assert names == set(start.X11_LIBRARIES)


def test_a_screen_is_looked_for_on_linux_only() -> None:
    assert not start.has_screen("linux", {})
    assert not start.has_screen("linux", {"DISPLAY": ""})
    assert start.has_screen("linux", {"DISPLAY": ":0"})
    assert start.has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert start.has_screen("win32", {})


def test_a_named_postgresql_server_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    monkeypatch.setattr(start.Path, "glob", lambda *_: iter(()))
    assert [lack.package for lack in start.lacking_postgresql({})] == ["postgresql"]
    assert start.lacking_postgresql({"CALLHANDLER_TEST_PG_URL": "postgresql:///x"}) == []


def test_checks_open_no_window_and_find_our_programs_first() -> None:
    environ = start.check_environ({"PATH": "/usr/bin", "QT_QPA_PLATFORM": "xcb"})
    assert environ["QT_QPA_PLATFORM"] == "offscreen"
    assert environ["PATH"].split(os.pathsep)[0] == str(start.SCRIPTS)


def test_every_check_runs_and_one_failure_fails_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []

    def fake_run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append([Path(command[0]).stem, *command[1:]])
        return subprocess.CompletedProcess(command, 1 if "mypy" in command[0] else 0)

    monkeypatch.setattr(start.subprocess, "run", fake_run)
    assert start.run_checks(["-k", "guard"]) == 1
    assert [command[0] for command in ran] == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert ran[-1] == [*start.CHECKS["pytest"], "-k", "guard"]
    assert capsys.readouterr().out.endswith("Failed: mypy.\n")


def test_an_unknown_word_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["tests"]) == 2
    assert start.main(["--help"]) == 0
    assert "packaging/start.py test" in capsys.readouterr().out


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10"])
def test_an_older_python_is_told_so(version: str) -> None:
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"no Python {version} here")
    done = subprocess.run(
        [python, str(ROOT / "packaging" / "start.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("callhandler needs Python 3.11 or newer")
    assert "Traceback" not in done.stderr


# --- the locks -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    found = pins(name)
    assert len(found) > 20
    for requirement, hashes in found.items():
        assert re.match(r"[a-z0-9-]+==[0-9][^ ]*( ;|$)", requirement), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_an_address_or_a_path(name: str) -> None:
    text = (ROOT / "packaging" / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    assert not re.search(r"^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)", text, re.MULTILINE)
    assert not re.search(r"(^|\s)(/|[A-Za-z]:\\)", text)


def test_the_test_lock_holds_the_run_lock() -> None:
    run, test = pins("run.txt"), pins("test.txt")
    assert {requirement: test.get(requirement) for requirement in run} == run


@pytest.mark.parametrize(("name", "extra"), [("run.txt", None), ("test.txt", "dev")])
def test_the_locks_hold_what_the_project_asks_for(name: str, extra: str | None) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["build-system"]["requires"] + project["project"]["dependencies"]
    if extra is not None:
        asked = asked + project["project"]["optional-dependencies"][extra]
    names = {re.split(r"[^A-Za-z0-9._-]", text)[0].lower().replace(".", "-") for text in asked}
    assert names <= {requirement.split("==")[0] for requirement in pins(name)}


def test_packaging_stays_a_folder() -> None:
    # An __init__.py here would hide the package of that name, which pip and hatchling import.
    assert not (ROOT / "packaging" / "__init__.py").exists()
