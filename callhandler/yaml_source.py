"""Reads a YAML file so that every later complaint can name its file and line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from callhandler.errors import BadInput


class _Constructor(SafeConstructor):
    """Leaves dates as they are written: whoever reads them says what is wrong with one, and where."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


@dataclass(frozen=True)
class Source:
    """One parsed file: its plain value, and its text for line numbers.

    Where each value is written takes ten times the memory of what is written, and only a fault asks for it.
    """

    name: str
    value: Any
    text: str = field(repr=False)

    @cached_property
    def _node(self) -> Node | None:
        node: Node | None = _yaml().compose(self.text)
        return node

    def line_of(self, path: Sequence[str | int]) -> str:
        """`file:line` of the deepest part of `path` that is in the file.

        A step that is not there (a kind of event, a key that is missing) is passed over.
        """
        return f"{self.name}:{self._mark(path)[0]}"

    def place_of(self, path: Sequence[str | int]) -> str:
        """The same as `file:line:column`."""
        line, column = self._mark(path)
        return f"{self.name}:{line}:{column}"

    def _mark(self, path: Sequence[str | int]) -> tuple[int, int]:
        node = self._node
        mark = node.start_mark if node is not None else None
        for step in path:
            found = _child(node, step)
            if found is not None:
                node, key = found
                # What is empty is marked where the next thing begins; its key is where it should be written.
                mark = (key if _empty(node) else node).start_mark
        return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _yaml() -> YAML:
    made = YAML(typ="safe", pure=True)
    made.Constructor = _Constructor
    return made


def parse_yaml(path: Path, text: str | None = None) -> Source:
    """Read one YAML file (1.2, duplicate keys refused). Raises BadInput with file and line.

    `text` is what is to be read in place of what the file holds: it is being written and not saved yet.
    """
    try:
        text = path.read_text(encoding="utf-8-sig") if text is None else text
    except FileNotFoundError:
        raise BadInput("this file is missing", path.name) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"this file cannot be read as UTF-8 text ({error.__class__.__name__})", path.name
        ) from error
    try:
        yaml = _yaml()
        node = yaml.compose(text)
        value = yaml.constructor.construct_document(node) if node is not None else None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"not valid YAML: {error.problem or error.context}", f"{path.name}:{line}") from error
    except (YAMLError, ValueError) as error:
        raise BadInput(f"not valid YAML: {error.__class__.__name__}", f"{path.name}:1") from error
    return Source(path.name, value, text)


def faults_from(error: ValidationError, source: Source, base: Sequence[str | int] = ()) -> list[BadInput]:
    """Pydantic's complaints as faults with file, line and the path of the value."""
    faults = []
    for problem in error.errors():
        path = [*base, *problem["loc"]]
        shown = ".".join(str(step) for step in path)
        given = "" if isinstance(problem["input"], dict | list | tuple) else f", given {problem['input']!r}"
        faults.append(BadInput(f"{shown}: {problem['msg']}{given}", source.line_of(path)))
    return faults


def _child(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """What a step leads to, and what it is written after: its key, or itself in a list."""
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        items: list[Node] = node.value
        return items[step], items[step]
    if isinstance(node, MappingNode):
        for key, value in _pairs(node):
            if isinstance(key, ScalarNode) and key.value == str(step):
                return value, key
    return None


def _empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


def _pairs(node: MappingNode) -> Iterable[tuple[Node, Node]]:
    pairs: list[tuple[Node, Node]] = node.value
    return pairs
