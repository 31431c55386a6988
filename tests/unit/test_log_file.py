"""The file of the program's log: made when there is something to write, kept small, shared, and never in anybody's way."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from callhandler import cli, log, log_file
from callhandler.errors import Environment
from callhandler.log_file import KEPT, NAME, LogFile, why_not

pytestmark = pytest.mark.expects_log_lines
TYPED = "Adult 1, 07700 900418: he slapped me"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """Reads what the log of this test holds."""
    root, ours = logging.getLogger(), logging.getLogger("callhandler")
    handlers, level = root.handlers[:], ours.level
    log.set_up(tmp_path / "log")

    def read() -> list[dict[str, object]]:
        file = tmp_path / "log" / NAME
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        assert "slapped" not in text and "900418" not in text and "Adult" not in text
        return [json.loads(line) for line in text.splitlines()]

    yield read
    root.handlers[:] = handlers
    ours.setLevel(level)


def failing() -> None:
    try:
        raise KeyError(TYPED)
    except KeyError as error:
        raise ValueError(TYPED) from error


def test_nothing_is_made_before_there_is_something_to_write(written, tmp_path: Path) -> None:
    assert not (tmp_path / "log").exists()
    log.note("slow", where="callhandler_writes", seconds=3.2)
    (line,) = written()
    assert line["event"] == "slow" and line["seconds"] == 3.2 and line["process"] == os.getpid()
    assert str(line["timestamp"]).endswith("Z") and line["version"]


def test_a_fault_tells_its_way_through_the_code_and_what_it_came_from(written) -> None:
    try:
        failing()
    except ValueError as error:
        log.fault(error, "callhandler_writes")
    (line,) = written()
    assert (line["error"], line["cause"], line["level"]) == ("ValueError", "KeyError", "error")
    assert str(line["through"]).count("test_log_file:") == 2


def test_of_a_library_only_who_spoke_and_where_is_kept(written) -> None:
    try:
        failing()
    except ValueError:
        logging.getLogger("sqlalchemy.pool").exception("while resetting %s", TYPED)
    (line,) = written()
    assert (line["event"], line["kind"], line["error"]) == ("library", "sqlalchemy.pool", "ValueError")


def test_what_comes_again_and_again_is_one_line(written, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(50):
        log.note("slow", where="painting")
    monkeypatch.setattr(log_file, "SAME_S", 0.0)
    log.note("slow", where="painting")
    assert [line.get("count") for line in written()] == [None, 50]


def test_a_log_that_cannot_be_written_is_said_once_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    handler = LogFile(tmp_path / "file" / "log")
    for n in range(3):
        handler.emit(logging.makeLogRecord({"msg": f"line {n}"}))
    said = capsys.readouterr().err
    assert said.count("cannot be written") == 1 and "is no folder" in said and "goes on" in said
    assert why_not(tmp_path / "file" / "log") and not why_not(tmp_path / "new" / "log")


WRITER = """
import logging, sys
from pathlib import Path
from callhandler.log_file import LogFile
handler = LogFile(Path(sys.argv[1]), most_bytes=10_000)
for n in range(1_000):
    handler.emit(logging.makeLogRecord({"msg": f"{sys.argv[2]} {n:04} " + "x" * 20}))
"""


def test_two_programs_write_one_log_and_lose_no_line_of_what_is_kept(tmp_path: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in ("a", "b")]
    assert [one.wait(60) for one in both] == [0, 0]
    files = sorted(tmp_path.iterdir())
    # How large each is lies with the machine: while one turns a file over, the other writes on.
    assert 2 <= len(files) <= KEPT + 1 and all(file.name.startswith(NAME) for file in files)
    lines = "".join(file.read_text(encoding="utf-8") for file in files).splitlines()
    assert all(len(line) == 27 for line in lines)
    for name in ("a", "b"):
        # What was turned out was the oldest: the rest is there without a gap.
        kept = sorted(int(line[2:6]) for line in lines if line[0] == name)
        assert kept == list(range(kept[0], 1_000))


def test_what_a_command_meets_is_in_the_log_and_where_that_is_can_be_asked(
    written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CALLHANDLER_DATA", str(tmp_path))

    def full(*_: object) -> None:
        raise Environment(f"The disk is full. {TYPED}")

    monkeypatch.setattr(cli, "_existing", full)
    assert cli.main(["verify"]) == 1
    monkeypatch.setattr(cli, "_existing", lambda _: failing())
    with pytest.raises(ValueError):
        cli.main(["verify"])
    assert [(line["event"], line["error"]) for line in written()] == [
        ("outside", "Environment"),
        ("fault", "ValueError"),
    ]
    assert cli.main(["version", "--log"]) == 0
    assert str(tmp_path / "log" / NAME) in capsys.readouterr().out
