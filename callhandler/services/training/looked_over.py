"""An exercise looked over while it is written: every fault at its line, and what will happen in it in order."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.exercise import read_exercise
from callhandler.policy.pack import Policy
from callhandler.services.training.checked import against_policy
from callhandler.services.training.preview import Step, preview
from callhandler.yaml_source import parse_yaml


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` is where in the text, 0 when it is in another file, which the sentence then names."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found. `steps` is None while the text is no whole exercise."""

    faults: tuple[Fault, ...]
    steps: tuple[Step, ...] | None


def looked_over(text: str, file: Path, policy_of: Callable[[str], Policy]) -> Looked:
    """Read a text as the exercise of a file and hold it against the policy of its scheme."""
    try:
        exercise = read_exercise(file, text)
    except BadInputs as error:
        return Looked(tuple(_fault(f, file) for f in error.faults), None)
    source = parse_yaml(file, text)
    try:
        found = list(against_policy(exercise, file, policy_of(exercise.scheme), text))
    except BadInputs as error:
        found = list(error.faults)
    except BadInput as error:
        found = [BadInput(error.sentence, source.line_of(("scheme",)))]
    return Looked(tuple(_fault(f, file) for f in found), preview(exercise, source))


def _fault(fault: BadInput, file: Path) -> Fault:
    name, _, line = fault.where.rpartition(":")
    if name == file.name and line.isdigit():
        return Fault(int(line), fault.sentence)
    return Fault(0, str(fault))
