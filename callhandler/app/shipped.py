"""The scenarios, exercises and population that come with the program, and a trainer's own: where they are, found by name."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from callhandler.errors import BadInput
from callhandler.settings import Settings, resources

# A live desk plays no scenario, so what reads and plays one is imported when it is asked for.
if TYPE_CHECKING:
    pass


def population_folder() -> Path:
    """The shipped population of made-up calls."""
    return resources() / "population"


def training_folder() -> Path:
    """The shipped scenarios."""
    return resources() / "training"


def find_scenario(name: str) -> Path:
    """A scenario by file, or a shipped one by name (`solihull-night`, or `night` for short)."""
    return _found({"night": "solihull-night"}.get(name, name), training_folder(), "scenario")


def exercises_folder() -> Path:
    """The shipped exercises."""
    return training_folder() / "exercises"


def find_exercise(name: str) -> Path:
    """An exercise by file, or a shipped one by name."""
    return _found(name, exercises_folder(), "exercise")


def _found(name: str, folder: Path, what: str) -> Path:
    path, shipped = Path(name), folder / f"{name}.yaml"
    if path.is_file():
        return path
    if shipped.is_file():
        return shipped
    known = ", ".join(sorted(p.stem for p in folder.glob("*.yaml")))
    raise BadInput(f"There is no file {name}, and no shipped {what} of that name; there are {known}.", what)


def exercise_folders(settings: Settings) -> tuple[Path, ...]:
    """Where exercises are: the shipped ones, and a trainer's own; `CALLHANDLER_EXERCISES` names another folder for these."""
    own = os.environ.get("CALLHANDLER_EXERCISES") or settings.data_folder / "exercises"
    return exercises_folder(), Path(own)
