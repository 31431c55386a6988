"""One sitting: a trainee, an exercise as it was then, and the folder that keeps all of it."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from callhandler.errors import BadInput
from callhandler.intake.exercise import Exercise, read_exercise
from callhandler.intake.exercise.injects import FOLDER
from callhandler.intake.exercise.reading import history_of, scenario_of
from callhandler.intake.scenario import read_scenario
from callhandler.services.training.record import Record

STORE, CLOCK, ABOUT = "store.sqlite", "clock", "sitting.json"
SENT, PRESENT = "sent.jsonl", "at-desk"
PRESENT_EACH, PRESENT_FOR = 5, 20
"""A window says every so many seconds that it is there; after so many without it nobody is. Seconds."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sat at which exercise, when it began (the machine's time, UTC), and in which cohort."""

    exercise: str
    file: str
    scheme: str
    trainee: str
    cohort: str
    began: str
    policy_folder: str = ""


def begin(
    folder: Path, file: Path, trainee: str, cohort: str, now: datetime, policy_folder: str = ""
) -> Sitting:
    """Make the folder of a new sitting, with the exercise as it is now. Raises BadInput when there is one already."""
    if folder.exists():
        raise BadInput(f"{folder.name} exists already; a sitting needs a folder of its own.", "folder")
    exercise = read_exercise(file)
    folder.mkdir(parents=True)
    shutil.copy2(file, folder / file.name)
    if exercise.history:
        shutil.copy2(history_of(file, exercise.history), folder / exercise.history)
    if exercise.played:
        scenario = scenario_of(file, exercise.played.scenario)
        shutil.copy2(scenario, folder / scenario.name)
        if history := read_scenario(scenario).history:
            shutil.copy2(scenario.with_name(history), folder / history)
    for happening in exercise.happenings:
        recording = getattr(happening, "file", "")
        if recording and (file.parent / recording).is_file():
            shutil.copy2(file.parent / recording, folder / recording)
    own = file.parent / FOLDER / file.name
    if own.is_file():
        (folder / FOLDER).mkdir()
        shutil.copy2(own, folder / FOLDER / file.name)
    made = Sitting(
        exercise.exercise,
        file.name,
        exercise.scheme,
        trainee.strip() or "Trainee",
        cohort.strip(),
        now.isoformat(timespec="seconds"),
        policy_folder,
    )
    (folder / ABOUT).write_text(
        json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return made


def sitting_of(folder: Path) -> Sitting:
    """The sitting that a folder keeps. Raises BadInput when it keeps none."""
    try:
        return Sitting(**json.loads((folder / ABOUT).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BadInput(f"{folder} keeps no sitting: there is no {ABOUT} in it.", "folder") from None
    except (ValueError, TypeError) as error:
        raise BadInput(f"{ABOUT} cannot be read ({error}).", str(folder)) from error


def exercise_of(folder: Path) -> Exercise:
    """The exercise as it was when the sitting began."""
    return read_exercise(folder / sitting_of(folder).file)


def sittings(root: Path) -> Iterator[tuple[Path, Sitting]]:
    """Every sitting below a folder, the newest first; what is no sitting is passed over."""
    folders = [path.parent for path in root.glob(f"*/{ABOUT}")] if root.is_dir() else []
    found = []
    for folder in folders:
        try:
            found.append((folder, sitting_of(folder)))
        except BadInput:
            continue
    yield from sorted(found, key=lambda each: each[1].began, reverse=True)


def be_present(folder: Path) -> None:
    """Leave a sign that somebody sits at this desk now; a window does it every few seconds."""
    (folder / PRESENT).touch()


def is_present(folder: Path, now: datetime) -> bool:
    """Whether a window was open at this desk a moment ago."""
    try:
        seen = (folder / PRESENT).stat().st_mtime
    except OSError:
        return False
    return now.timestamp() - seen < PRESENT_FOR


def record_of(folder: Path) -> Record:
    """What was heard at a desk so far, for whoever watches it from elsewhere."""
    return Record(folder / "heard.jsonl")
