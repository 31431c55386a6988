"""Labelled log lines: what should be offered for each, by which the word suggestions are tuned and measured.

Half of them is for tuning and half is never looked at while tuning. A line's own hash says to which half it belongs, so that
neither a new line nor a new order of the files moves another from one half to the other.
"""

import hashlib
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.policy.entry import Entry
from callhandler.yaml_source import faults_from, parse_yaml


class Half(StrEnum):
    """The half for tuning, and the one that is only measured."""

    TUNING = "tuning"
    UNTOUCHED = "untouched"


class LabelledLine(Entry):
    """A log line, the indicators that it tells, and those that it says are not so."""

    line: str
    told: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()

    @property
    def half(self) -> Half:
        """To which half it belongs, by the first byte of the SHA-256 of its text."""
        first = hashlib.sha256(self.line.encode()).digest()[0]
        return Half.TUNING if first % 2 == 0 else Half.UNTOUCHED


def folder_of(policy_folder: Path) -> Path:
    """Where a policy keeps its labelled lines."""
    return policy_folder / "lines"


def read_lines(folder: Path) -> tuple[LabelledLine, ...]:
    """All labelled lines of a folder's files, in order. Raises BadInputs, naming file and line of every fault."""
    faults: list[BadInput] = []
    found: list[LabelledLine] = []
    for path in sorted(folder.glob("*.yaml")):
        source = parse_yaml(path)
        value = source.value
        if not isinstance(value, dict) or set(value) != {"lines"} or not isinstance(value["lines"], list):
            faults.append(BadInput("holds one key, lines, with a list", source.line_of(())))
            continue
        for index, item in enumerate(value["lines"]):
            try:
                found.append(LabelledLine.model_validate(item))
            except ValidationError as error:
                faults.extend(faults_from(error, source, ("lines", index)))
    if faults:
        raise BadInputs(faults)
    if not found:
        raise BadInput(f"{folder} holds no labelled lines.", "lines")
    return tuple(found)
