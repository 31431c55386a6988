"""Writes a file whole or not at all: a kill leaves what was there before."""

import os
from pathlib import Path

from callhandler.errors import Environment


def write_whole(path: Path, text: str, *, private: bool = False) -> None:
    """Write a text file; `private` ones may be read by their owner alone. Raises Environment when it cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600 if private else 0o666)
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise Environment(f"{path.name} cannot be written to {path.parent}: {error.strerror}.") from error
