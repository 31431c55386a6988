"""The file of the program's own log: a few small files in one folder, shared by every desk and command of this machine."""

import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

NAME = "callhandler.log"
MOST_BYTES = 500_000
KEPT = 3
"""How many full files are kept beside the one that is written."""
SAME_S = 60.0
"""What comes again and again is written once a minute, with how often it came."""
ROTATING_S = 30.0


def why_not(folder: Path) -> str:
    """Why nothing can be written in `folder`; empty when it can be. Nothing is made."""
    at = folder
    while not at.exists() and at != at.parent:
        at = at.parent
    if not at.is_dir():
        return f"{at} is no folder"
    file = folder / NAME
    if not os.access(at, os.W_OK | os.X_OK) or (file.exists() and not os.access(file, os.W_OK)):
        return f"{at} may not be written by this user"
    return ""


class LogFile(logging.Handler):
    """Opens its file for each record and closes it again: nothing at start, and no file held that another turns over.

    A file that cannot be written is said once on the terminal; whoever logs never hears of it.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self.folder = folder
        self._most = most_bytes
        self._last: tuple[object, ...] = ()
        self._since = 0.0
        self._again = 0
        self._said = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record as a line."""
        try:
            what = (record.name, record.levelno, record.msg, record.args)
            if what == self._last and time.monotonic() - self._since < SAME_S:
                self._again += 1
                return
            record.again = self._again if what == self._last else 0
            self._last, self._since, self._again = what, time.monotonic(), 0
            self._write(self.format(record) + "\n")
        except Exception as error:
            self._cannot(error)

    def _write(self, line: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / NAME
        if _size(file) > self._most:
            self._turn_over(file)
        # One write to the end of a file: lines of two programs do not run into each other.
        with file.open("ab", buffering=0) as out:
            out.write(line.encode())

    def _turn_over(self, file: Path) -> None:
        """Set the full file aside. One program does it; another that meets it doing so writes on meanwhile."""
        turning = file.with_suffix(".turning")
        with suppress(OSError):
            if time.time() - turning.stat().st_mtime > ROTATING_S:
                turning.unlink()
        try:
            turning.touch(exist_ok=False)
        except OSError:
            return
        # Where another has the file open, as Windows minds, it grows until the next try.
        with suppress(OSError):
            if _size(file) > self._most:
                for n in range(KEPT, 0, -1):
                    older = file if n == 1 else file.with_name(f"{NAME}.{n - 1}")
                    if older.exists():
                        older.replace(file.with_name(f"{NAME}.{n}"))
        with suppress(OSError):
            turning.unlink()

    def _cannot(self, error: Exception) -> None:
        if self._said or sys.stderr is None:
            return
        self._said = True
        why = why_not(self.folder) or getattr(error, "strerror", None) or type(error).__name__
        sys.stderr.write(
            f"The program's log cannot be written in {self.folder}: {why}. All else goes on as before.\n"
        )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
