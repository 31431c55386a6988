"""An exercise file as it is written: what it begins with, and what is wrong with it in plain sentences."""

from pathlib import Path

from callhandler.errors import BadInput
from callhandler.intake import faults
from callhandler.yaml_source import Source

HELP = "resources/help/exercises.md lists what may stand where"


def parsed(path: Path, text: str | None = None) -> Source:
    """The file as it is written, or `text` in its place. Raises BadInput that says what to do about it."""
    source = faults.parsed(path, text)
    if not isinstance(source.value, dict):
        raise BadInput(
            f"an exercise begins with “exercise: its-name”, then its title; {HELP}", f"{path.name}:1"
        )
    return source
