"""`callhandler ring` and our links: they reach the window, start it, or keep the call."""

import configparser
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from callhandler.clock import SystemClock
from callhandler.errors import Refused
from callhandler.intake.ring import from_values
from callhandler.intake.ring_message import to_message
from callhandler.services.rings import Rings, ring_file
from tests.ui.ring_windows import ROOT, WINDOW, Start, first_line, got, windows
from ui.ring.ring_command import run_ring
from ui.ring.single_instance import send, send_soon

RUN = "import sys; from ui.ring.ring_command import run_ring; sys.exit(run_ring(sys.argv[1:]{start}))"
RING = to_message(from_values({"number": "+447700900418", "name": "محمد"}))


def command(*arguments: str, start: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the command as a program of its own."""
    told = [sys.executable, "-c", RUN.format(start=start), *arguments]
    return subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)


def kept(folder: Path, database: str) -> list[str]:
    """The numbers of the calls that wait."""
    return [w.ring.number for w in Rings(ring_file(folder), database, SystemClock()).waiting()]


def test_the_command_reaches_the_window_that_runs(start: Start, database: str):
    assert first_line(start()) == "claimed"
    for arguments in (
        ["ring", "+447700900418", "--name", "محمد", "--abandoned"],
        ["callhandler:ring?number=999&name=A"],
    ):
        done = command(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
    assert got(database) == ["+447700900418 محمد abandoned", "999 A ringing"]


def test_the_command_starts_the_window_which_goes_on_when_the_command_has_ended(database: str):
    noted = f"import os; open({database!r} + '.pid', 'w').write(str(os.getpid()))\n{WINDOW}"
    began = time.monotonic()
    done = command(
        "ring", "07700 900418", "--name", "Adult 1", start=f", start={[sys.executable, '-c', noted]!r}"
    )
    try:
        assert (done.returncode, done.stderr) == (0, "")
        assert time.monotonic() - began < 15
        assert got(database) == ["07700900418 Adult 1 ringing"]
        assert send_soon(database, RING, 1)
        if os.name == "posix":
            # A terminal that is closed does not take the window with it.
            assert os.getsid(int(Path(f"{database}.pid").read_text())) != os.getsid(0)
    finally:
        os.kill(int(Path(f"{database}.pid").read_text()), signal.SIGTERM)


@pytest.mark.parametrize(
    "start_with", [["no-such-program-here"], [sys.executable, "-c", "raise SystemExit(2)"]]
)
def test_when_nothing_works_the_call_waits_and_this_is_said(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], start_with: list[str]
):
    assert run_ring(["ring", "07700 900418"], start=start_with) == 1
    assert "could not be started. The call is kept" in capsys.readouterr().err
    assert kept(tmp_path, database) == ["07700900418"]


@pytest.mark.expects_log_lines
def test_when_it_cannot_even_be_kept_nothing_is_claimed(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    ring_file(tmp_path).mkdir()
    assert run_ring(["ring", "07700 900418"], start=[]) == 1
    said = capsys.readouterr().err
    assert "is kept" not in said
    assert "not open and could not be started. And it could not be kept" in said


def test_a_refusal_is_passed_on_and_the_call_is_kept(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with windows(WINDOW.replace('answer("")', 'answer("The disk is full.")')) as start:
        assert first_line(start()) == "claimed"
        with pytest.raises(Refused, match="did not take it: The disk is full"):
            send(database, RING)
        assert run_ring(["ring", "999"], start=["never"]) == 1
    assert "The disk is full. The call is kept" in capsys.readouterr().err
    assert kept(tmp_path, database) == ["999"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ring"], "ring: number: a ring needs a number"),
        (["ring", "no"], "ring: number: no is not a telephone number"),
        (["ring", "999", "--nmae", "x"], "unrecognized arguments"),
        (["ring", "999", "--silent", "--abandoned"], "not allowed with"),
        (["ring", "callhandler:ring?number=999", "--name", "x"], "a link says everything itself"),
        (["callhandler:rang?number=999"], "link: it must begin with"),
        (["ring", "--json", "none.json"], "none.json: it cannot be read"),
        (["ring", "999", "--demo"], "no demonstration is open"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_started(
    database: str, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
):
    assert run_ring(arguments, start=["never"]) == 2
    assert says in capsys.readouterr().err


def test_a_file_and_the_command_may_add_to_each_other_and_not_differ(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "ring.json"
    file.write_text('{"number": "07700900418", "name": "Adult 1"}', encoding="utf-8")
    assert run_ring(["ring", "--json", str(file), "--place", "Own flat"], start=[]) == 1
    (waits,) = Rings(ring_file(tmp_path), database, SystemClock()).waiting()
    assert (waits.ring.name, waits.ring.place, waits.ring.source) == ("Adult 1", "Own flat", "file")
    capsys.readouterr()
    assert run_ring(["ring", "101", "--json", str(file)], start=[]) == 2
    assert "ring: number: the command and ring.json say different things" in capsys.readouterr().err


def test_the_desktop_entry_claims_our_links_and_names_no_folder():
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging" / "callhandler.desktop", encoding="utf-8")
    found = entry["Desktop Entry"]
    assert found["MimeType"] == "x-scheme-handler/callhandler;"
    assert found["Exec"] == "callhandler %u"
    assert all(not found[key].startswith(("/", "~")) for key in ("Exec", "TryExec", "Icon"))
