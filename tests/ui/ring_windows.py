"""Windows as programs of their own, for tests of what reaches them: no screen, only the listening end."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[[], "subprocess.Popen[str]"]

WINDOW = """
import os, sys
from PySide6.QtCore import QCoreApplication
from callhandler.intake.ring_message import to_message
from ui.ring.single_instance import SingleInstance, send_soon
database = os.environ["CALLHANDLER_DATABASE"]
application = QCoreApplication([])
def receive(ring, answer):
    with open(database + ".got", "a", encoding="utf-8") as file:
        file.write((f"{ring.number} {ring.name} {ring.outcome}" if ring else "show") + "\\n")
    answer("")
one = SingleInstance(database, receive)
if one.claim():
    print("claimed", flush=True)
    sys.exit(application.exec())
print("handed over" if send_soon(database, to_message(None), 10) else "lost", flush=True)
"""


@contextmanager
def windows(script: str = WINDOW) -> Iterator[Start]:
    """Starts windows; ends those that it started."""
    started: list[subprocess.Popen[str]] = []

    def window() -> "subprocess.Popen[str]":
        made = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(made)
        return made

    try:
        yield window
    finally:
        for process in started:
            process.kill()
            process.communicate()


def first_line(process: "subprocess.Popen[str]") -> str:
    """What a window says of itself first."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def got(database: str) -> list[str]:
    """What the windows were handed, in order."""
    file = Path(f"{database}.got")
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
