"""`callhandler ring NUMBER` and `callhandler:ring?...`: hand a ringing call to the running window, or start it first."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from callhandler.errors import BadInput, CallhandlerError
from callhandler.intake.ring import Ring, RingOutcome, from_link, from_values, is_link
from callhandler.intake.ring_message import LONGEST, from_json, json_bytes, json_values, to_message
from callhandler.settings import Settings, from_environment

START_S = 15.0
KEPT = "The call is kept: it waits in the tray of unanswered calls and is shown there when the window opens."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInput(f"{message}. Try: callhandler ring +447700900418 --name 'Adult 1'", "ring")


def run_ring(argv: Sequence[str], start: Sequence[str] | None = None) -> int:
    """Hand a ring over; `argv` begins with `ring`, or is a link alone. `start` is the command that opens the window.

    Returns 0 when the window has it, 1 when it was kept for later or could not be told at all, 2 for what cannot be read.
    """
    try:
        ring, settings, may_start = _read(argv)
        start = [] if not may_start else window_command() if start is None else start
    except BadInput as error:
        _tell(error)
        return 2
    except CallhandlerError as error:
        _tell(error)
        return 1
    try:
        return _hand_over(ring, settings, start)
    except CallhandlerError as error:
        _tell(error)
        return 1
    except Exception as error:
        # Whose call it was stays out of the log; that one was lost must be in it.
        _log(settings, error)
        raise


def window_command() -> list[str]:
    """The command that opens the live desk with this very program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "desk"]
    return [sys.executable, "-m", "ui", "desk"]


# --- what is to be told ----------------------------------------------------------------------


def _read(argv: Sequence[str]) -> tuple[Ring, Settings, bool]:
    if len(argv) == 1 and is_link(argv[0]):
        return from_link(argv[0]), from_environment(), True
    given = _parser().parse_args(argv[1:])
    settings = from_environment(given.database)
    if given.demo:
        settings = _demonstration(settings)
    if given.number and is_link(given.number):
        if given.json or any((given.name, given.place, given.outcome)):
            raise BadInput("a link says everything itself; give it alone.", "ring")
        return from_link(given.number), settings, not given.demo
    values: dict[str, str | None] = {
        "number": given.number,
        "name": given.name,
        "place": given.place,
        "outcome": given.outcome,
        "uuid": given.uuid,
    }
    if not given.json:
        return from_values(values, "ring"), settings, not given.demo
    where = "standard input" if given.json == "-" else Path(given.json).name
    data = sys.stdin.buffer.read(LONGEST + 1) if given.json == "-" else json_bytes(Path(given.json))
    if not any(values.values()):
        return from_json(data, where), settings, not given.demo
    written = json_values(data, where)
    for key, value in values.items():
        if value is not None and written.get(key) not in (None, value):
            raise BadInput(
                f"the command and {where} say different things; leave one of them out.", f"ring: {key}"
            )
    said = written | {k: v for k, v in values.items() if v is not None}
    return from_values(said, where, "file"), settings, not given.demo


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="callhandler ring",
        description="Show a ringing telephone in the running window; start the window if none runs.",
        allow_abbrev=False,
    )
    parser.add_argument("number", nargs="?", help="the number, such as +447700900418, or: withheld")
    parser.add_argument("--name", help="who it is, as far as the telephone system knows")
    parser.add_argument("--place", help="where it rings from")
    parser.add_argument("--json", metavar="FILE", default="", help="one JSON object; - reads standard input")
    became = parser.add_mutually_exclusive_group()
    for outcome, said in (
        (RingOutcome.ABANDONED, "the caller hung up before anybody answered"),
        (RingOutcome.SILENT, "the line is open and nobody speaks"),
        (RingOutcome.ANSWERED, "somebody took it elsewhere"),
    ):
        became.add_argument(
            f"--{outcome}", dest="outcome", action="store_const", const=outcome.value, help=said
        )
    parser.add_argument("--uuid", help="the telephone system's own key of the call, a UUID")
    desk = parser.add_mutually_exclusive_group()
    desk.add_argument("--database", "-d", default="", help="a file for SQLite, or a postgresql:// address")
    desk.add_argument("--demo", action="store_true", help="ring at the demonstration, which must be open")
    return parser


def _demonstration(settings: Settings) -> Settings:
    """The settings of the demonstration that was opened last."""
    folder = settings.data_folder / "demonstration"
    try:
        latest = (folder / "latest").read_text(encoding="utf-8").strip()
    except OSError:
        raise BadInput("no demonstration is open. Open one first: callhandler demo", "ring: demo") from None
    return replace(settings, database=str(folder / latest), data_folder=folder)


# --- telling it ------------------------------------------------------------------------------


def _hand_over(ring: Ring, settings: Settings, start: Sequence[str]) -> int:
    from ui.ring.single_instance import send, send_soon

    message = to_message(ring)
    try:
        if send(settings.database, message):
            return 0
        why = "The window is not open and could not be started."
        window = _start(start, settings)
        if window is not None and send_soon(
            settings.database, message, START_S, lambda: window.poll() not in (None, 0)
        ):
            return 0
    except CallhandlerError as error:
        why = str(error)
    try:
        _keep(ring, settings)
    except CallhandlerError as error:
        _log(settings, error)
        _tell(f"{why} And it could not be kept for later: {error}")
    else:
        _tell(f"{why} {KEPT}")
    return 1


def _log(settings: Settings, error: Exception) -> None:
    """Write to the program's log that a ring was lost."""
    from callhandler import log

    log.set_up(settings.log_folder)
    log.fault(error, "ring_lost")


def _start(command: Sequence[str], settings: Settings) -> "subprocess.Popen[bytes] | None":
    """Open the window as a program of its own, which goes on when this command has ended."""
    if not command:
        return None
    environment: Mapping[str, str] = {**os.environ, "CALLHANDLER_DATABASE": settings.database}
    try:
        if sys.platform == "win32":
            return subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP,
            )
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return None


def _keep(ring: Ring, settings: Settings) -> None:
    """Keep a ring that no window has taken. Raises Environment when even that fails."""
    from callhandler.clock import SystemClock
    from callhandler.services.rings import Rings, ring_file

    Rings(ring_file(settings.data_folder), settings.database, SystemClock()).keep(ring)


def _tell(what: object) -> None:
    sys.stderr.write(f"{what}\n")
