"""The record of one desk's exercise: every entry durable before it is shown, and all of it read again after a kill."""

from datetime import datetime
from pathlib import Path
from typing import Any

from callhandler.model.exercise import Heard, HeardKind
from callhandler.store.exercise_log import ExerciseLog


class Record:
    """What was heard and done at one desk, in order."""

    def __init__(self, path: Path) -> None:
        self._log = ExerciseLog(path)
        self.entries = [heard_of(entry) for entry in self._log.read()]

    def add(self, heard: Heard) -> Heard:
        """Keep one entry; it is on the disk when this returns."""
        self._log.add(written(heard))
        self.entries.append(heard)
        return heard


def written(heard: Heard) -> dict[str, Any]:
    """An entry as it is kept: what says nothing is left out."""
    found: dict[str, Any] = {"at": heard.at.isoformat(), "kind": heard.kind.value}
    for name in ("text", "line", "who", "known", "told", "question", "near", "mark", "incident", "row"):
        if value := getattr(heard, name):
            found[name] = value
    return found


def heard_of(entry: dict[str, Any]) -> Heard:
    """The entry that was kept."""
    given = {**entry, "at": datetime.fromisoformat(entry["at"]), "kind": HeardKind(entry["kind"])}
    return Heard(**given)
