"""A mapping and a source in a folder, read together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callhandler.intake.importing.mapping_file import Read, Vocabulary, columns_named, read_mapping
from callhandler.intake.importing.records import Understood
from callhandler.intake.importing.rows import Rejected, Row
from callhandler.intake.importing.survey import Source, missing_columns, survey
from callhandler.intake.importing.understand import Understanding
from callhandler.policy.pack import Policy

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PLAIN = """\
import: plain
title: Plain calls
reference: Invented
source: plain
time_zone: Europe/London
files:
  - incident: {id: id, opened: opened, type: {column: type, codes: {DOM: domestic-abuse}}, summary: what}
"""


@dataclass
class Read_:
    """What came of a source: how it was looked over, its rows understood, and those rejected."""

    source: Source
    missing: list[str]
    rows: list[Understood]
    rejected: list[Rejected]
    left_out: int


Reader = Callable[..., Read_]


@pytest.fixture
def vocabulary(policy: Policy) -> Vocabulary:
    """The words of the shipped policy."""
    return Vocabulary(frozenset(policy.types), frozenset(policy.orders))


@pytest.fixture
def mapping(tmp_path: Path, vocabulary: Vocabulary) -> Callable[[str], Read]:
    """Reads a mapping from its text."""

    def read(text: str) -> Read:
        path = tmp_path / "mapping.yaml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path, vocabulary)

    return read


@pytest.fixture
def reader(tmp_path: Path, mapping: Callable[[str], Read]) -> Reader:
    """Reads a source, given as bytes or text, by a mapping given as text."""

    def read(content: bytes | str, by: str = PLAIN, name: str = "calls.csv") -> Read_:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        read = mapping(by)
        spec = read.mapping.files[0]
        source = survey(path, spec)
        understanding = Understanding(read, spec, NOW)
        found = Read_(source, missing_columns(columns_named(spec), source), [], [], 0)
        for row in source.read():
            one = understanding.row(row) if isinstance(row, Row) else row
            if one is None:
                found.left_out += 1
            elif isinstance(one, Rejected):
                found.rejected.append(one)
            else:
                found.rows.append(one)
        return found

    return read
