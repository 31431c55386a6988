"""Reads an exercise and the history file beside it; every fault at file and line."""

from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.exercise.checks import faults_of
from callhandler.intake.exercise.faults import faults_of_shape, parsed
from callhandler.intake.exercise.written import Exercise
from callhandler.intake.scenario import completed
from callhandler.settings import resources


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
    if faults:
        raise BadInputs(faults)
    return exercise.model_copy(update={"records": whole.records, "truth": whole.truth})


def history_of(path: Path, history: str) -> Path:
    """The file of the history that an exercise names."""
    return _beside(path, history).with_name(history)


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
