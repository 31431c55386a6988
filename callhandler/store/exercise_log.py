"""What was heard and asked beside an exercise's store: one JSON object a line, only ever added to, durable when told."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from callhandler.errors import Environment


class ExerciseLog:
    """One file. Another process may add to it and read it at the same time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, entry: Mapping[str, Any]) -> None:
        """Add one entry; it is on the disk when this returns. Raises Environment when it cannot be kept."""
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                # A line that a kill cut off stays as it is, and this one begins on its own.
                start = "" if file.tell() == 0 or self._ends_whole() else "\n"
                file.write(f"{start}{line}\n".encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Environment(
                f"{self._path.name} cannot be written ({error.strerror}), so the exercise cannot go on. "
                "What was recorded before is kept. Make room or have the folder opened, then start it again."
            ) from error

    def read(self, after: int = 0) -> list[dict[str, Any]]:
        """Every whole entry beyond the first `after`; a line that was cut off is passed over."""
        if not self._path.is_file():
            return []
        found = []
        for line in self._path.read_bytes().split(b"\n")[:-1]:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                found.append(entry)
        return found[after:]

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
