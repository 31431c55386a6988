"""Reads an exercise and the history file beside it; every fault at file and line."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.exercise.checks import faults_of
from callhandler.intake.exercise.faults import parsed
from callhandler.intake.exercise.written import Exercise
from callhandler.intake.faults import faults_of_shape
from callhandler.intake.scenario import Scenario, completed, read_scenario, times_of
from callhandler.intake.scenario_records import Records
from callhandler.settings import resources
from callhandler.yaml_source import Source


def read_exercise(path: Path, text: str | None = None) -> Exercise:
    """Read an exercise and the history that it names. Raises BadInputs with file and line of every fault.

    `text` is the exercise as it is being written, in place of what its file holds.
    """
    try:
        source = parsed(path, text)
    except BadInput as fault:
        raise BadInputs([fault]) from fault
    try:
        exercise = Exercise.model_validate(source.value)
        shared = exercise.as_scenario()
    except ValidationError as error:
        raise BadInputs(faults_of_shape(error, source, Exercise)) from error
    faults = list(faults_of(exercise, source))
    if _nowhere(path, exercise.history):
        sentence = f"there is no {exercise.history} beside this file, nor among the shipped histories"
        faults.append(BadInput(sentence, source.line_of(("history",))))
    else:
        try:
            whole = completed(shared, source, _beside(path, exercise.history))
        except BadInputs as error:
            faults.extend(error.faults)
    faults.extend(_faults_of_played(path, exercise, source))
    if faults:
        raise BadInputs(faults)
    return exercise.model_copy(update={"records": whole.records, "truth": whole.truth})


def history_of(path: Path, history: str) -> Path:
    """The file of the history that an exercise names."""
    return _beside(path, history).with_name(history)


def before_of(path: Path, exercise: Exercise) -> Scenario | None:
    """The scenario that was played before an exercise starts, beside it or shipped; None where nothing was."""
    return read_scenario(scenario_of(path, exercise.played.scenario)) if exercise.played else None


def scenario_of(path: Path, name: str) -> Path:
    """The scenario of this name: beside an exercise, else a shipped one. An exercise may have the name of a scenario."""
    beside = path.with_name(name)
    return beside if _is_scenario(beside) else resources() / "training" / name


def _is_scenario(file: Path) -> bool:
    if not file.is_file():
        return False
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return any(line.startswith("scenario:") for line in lines)


def _faults_of_played(path: Path, exercise: Exercise, source: Source) -> Iterator[BadInput]:
    played = exercise.played
    if played is None:
        return
    where = source.line_of(("played",))
    if exercise.history or exercise.records != Records():
        yield BadInput("what was played brings its own records: leave history and records out", where)
    if not scenario_of(path, played.scenario).is_file():
        yield BadInput(
            f"there is no {played.scenario} beside this file, nor among the shipped scenarios", where
        )
        return
    try:
        before = before_of(path, exercise)
    except BadInputs as error:
        yield BadInput(f"{played.scenario} cannot be read: {error.faults[0]}", where)
        return
    assert before is not None
    events = {event.id: at for event, at in zip(before.events, times_of(before), strict=True)}
    if played.until not in events:
        yield BadInput(f"{played.scenario} has no event {played.until}", source.line_of(("played", "until")))
    elif events[played.until] > times_to_start(exercise):
        yield BadInput(f"the exercise starts before {played.until} has happened", source.line_of(("starts",)))
    if before.scheme != exercise.scheme:
        yield BadInput(f"{played.scenario} is graded by {before.scheme}, this by {exercise.scheme}", where)


def _nowhere(path: Path, history: str) -> bool:
    """True for a plain name of a file that is in neither place."""
    return bool(history) and Path(history).name == history and not history_of(path, history).is_file()


def _beside(path: Path, history: str) -> Path:
    """Where the history is: beside the exercise, else among the shipped scenarios."""
    if history and Path(history).name == history and not path.with_name(history).is_file():
        shipped = resources() / "training" / path.name
        return shipped if shipped.with_name(history).is_file() else path
    return path


def times_to_start(exercise: Exercise) -> datetime:
    """The instant at which it starts, in UTC."""
    return exercise.starts.when(exercise.zone).at
