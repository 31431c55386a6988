"""One window a user and database, and rings that reach it: with real processes, killed, stopped and racing."""

import json
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from callhandler.errors import Environment
from callhandler.intake.ring import Ring, from_values
from callhandler.intake.ring_message import LONGEST, to_message
from tests.ui.ring_windows import Start, first_line, got
from ui.ring import meeting_place, single_instance
from ui.ring.single_instance import Answer, SingleInstance, send

RING = to_message(from_values({"number": "+447700900418", "name": "محمد"}))
needs_signals = pytest.mark.skipif(os.name != "posix", reason="kills and stops by signal")


@pytest.fixture
def here(database: str) -> Iterator[list[Ring | None]]:
    """A window in this process that takes everything."""
    taken: list[Ring | None] = []

    def receive(ring: Ring | None, answer: Answer) -> None:
        taken.append(ring)
        answer("")

    one = SingleInstance(database, receive)
    assert one.claim()
    yield taken
    one.close()


def talk(qtbot: QtBot, database: str, data: bytes) -> bytes:
    """Send bytes to the window of this process as a stranger would; what it says before it hangs up."""
    socket = QLocalSocket()
    socket.connectToServer(meeting_place.name(database))
    socket.write(data)
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=3_000)
    return bytes(socket.readAll().data())


# --- one window ------------------------------------------------------------------------------


@pytest.mark.parametrize("round_", range(3))
def test_of_windows_that_race_one_listens_and_the_others_hand_over(start: Start, database: str, round_: int):
    windows = [start() for _ in range(4)]
    said = sorted(first_line(w) for w in windows)
    assert said == ["claimed", "handed over", "handed over", "handed over"]
    assert got(database) == ["show"] * 3


@needs_signals
def test_the_socket_of_a_killed_window_is_taken_over(start: Start, database: str):
    killed = start()
    assert first_line(killed) == "claimed"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert Path(meeting_place.name(database)).exists()
    assert not send(database, RING)
    assert first_line(start()) == "claimed"
    assert send(database, RING)
    assert got(database) == ["+447700900418 محمد ringing"]


def test_windows_of_two_databases_do_not_meet(start: Start, database: str, tmp_path: Path):
    assert first_line(start()) == "claimed"
    assert not send(str(tmp_path / "training.sqlite"), RING)


@needs_signals
def test_nobody_else_may_enter(here: list[Ring | None], database: str):
    socket = Path(meeting_place.name(database))
    assert stat.S_IMODE(socket.parent.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0


@needs_signals
def test_a_folder_that_others_may_write_to_is_not_used(tmp_path: Path):
    tmp_path.chmod(0o777)
    assert not meeting_place._is_ours(tmp_path)
    tmp_path.chmod(0o700)
    assert meeting_place._is_ours(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    assert not meeting_place._is_ours(tmp_path / "link")


@needs_signals
def test_a_window_that_hangs_is_told_of_and_not_waited_for(start: Start, database: str):
    hung = start()
    assert first_line(hung) == "claimed"
    hung.send_signal(signal.SIGSTOP)
    with pytest.raises(Environment, match="open but does not answer"):
        send(database, RING, 0.3)


# --- what strangers send ---------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"GET / HTTP/1.1\r\n\r\n", b"{}\n", b"\xff\n", b"x" * (LONGEST + 5)])
def test_what_is_no_message_is_refused_and_the_window_goes_on(
    here: list[Ring | None], database: str, qtbot: QtBot, data: bytes
):
    answer = json.loads(talk(qtbot, database, data))
    assert answer["taken"] is False
    assert answer["why"]
    assert json.loads(talk(qtbot, database, RING)) == {"taken": True, "why": ""}
    assert [r.number for r in here if r] == ["+447700900418"]


def test_half_a_line_is_not_waited_for_for_ever(
    here: list[Ring | None], database: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(single_instance, "GUEST_MS", 50)
    assert talk(qtbot, database, RING[:20]) == b""
    assert here == []


@pytest.mark.expects_log_lines
def test_a_fault_in_the_window_is_not_called_taken(
    database: str, qtbot: QtBot, caplog: pytest.LogCaptureFixture
):
    def receive(ring: Ring | None, answer: Answer) -> None:
        raise ValueError("Adult 1")

    one = SingleInstance(database, receive)
    assert one.claim()
    assert json.loads(talk(qtbot, database, RING))["taken"] is False
    one.close()
    assert "Adult 1" not in caplog.text
