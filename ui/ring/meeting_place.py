"""Where the windows of one user find each other: a folder that nobody else can write, a name, and a lock.

None of it depends on the environment: a telephone system that runs without a desktop's settings must find the window too.
"""

import getpass
import os
import sys
import tempfile
from pathlib import Path
from typing import IO

from callhandler.errors import Environment
from callhandler.intake.window_key import window_key

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def folder() -> Path:
    """The folder of sockets and locks, made when it is missing. Raises Environment when it could be somebody else's."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())
    own = Path("/run/user") / str(os.getuid())
    if _is_ours(own):
        return own
    # Sockets have short addresses, so a long temporary folder of the environment's choosing is not used.
    fallback = Path("/tmp") / f"callhandler-{os.getuid()}"
    try:
        fallback.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Environment(
            f"{fallback} cannot be made: {error.strerror}. Rings cannot reach the window."
        ) from error
    if not _is_ours(fallback):
        raise Environment(
            f"{fallback} belongs to somebody else or others may write to it, so rings are not sent through it. "
            "Ask whoever looks after this machine to remove it."
        )
    return fallback


def _is_ours(path: Path) -> bool:
    """Whether a real folder of this user that no one else may enter or write."""
    if sys.platform == "win32":
        return True
    try:
        found = path.lstat()
    except OSError:
        return False
    return (
        (found.st_mode & 0o170000) == 0o040000 and found.st_uid == os.getuid() and not found.st_mode & 0o077
    )


def name(database: str) -> str:
    """The server's name for a user and a database: a path, or on Windows the name of a pipe."""
    key = f"callhandler-{window_key(database)}"
    if sys.platform == "win32":
        return f"{key}-{getpass.getuser()}"
    return str(folder() / f"{key}.socket")


def lock(database: str) -> "Lock":
    """The lock of a user's window at a database, not taken yet."""
    return Lock(folder() / f"{Path(name(database)).stem}.lock")


class Lock:
    """A lock that the system itself lets go of when its holder ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take the lock if it is free; False when another holds it. Its file stays: removing it would let two in."""
        if self._file is not None:
            return True
        try:
            file = self._path.open("ab")
        except OSError as error:
            raise Environment(f"{self._path} cannot be written: {error.strerror}.") from error
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def let_go(self) -> None:
        """Let go of the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None
