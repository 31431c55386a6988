"""Broken mappings: each fault with file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from callhandler.errors import BadInputs
from callhandler.intake.importing.mapping_file import Read
from tests.unit.intake.importing.conftest import PLAIN

INCIDENT = PLAIN.splitlines()[-1] + "\n"
HEAD = PLAIN.removesuffix(INCIDENT)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (PLAIN.replace("title:", "tittle:"), 2, "tittle: Extra inputs are not permitted"),
        (PLAIN.replace("Europe/London", "Europe/Solihull"), 5, "Europe/Solihull is no time zone"),
        (PLAIN.replace("source: plain", "source: Plain CAD"), 4, "source: String should match pattern"),
        (PLAIN + "times: ['%d/%m']\n", 8, "names no year"),
        (PLAIN + "times: ['%Y %Q']\n", 8, "%Q is not a part of a time"),
        (PLAIN.replace("id: id", "id: 7"), 7, "files.0.incident.id"),
        (PLAIN.replace("id: id", "id: {}"), 7, "give one of column, columns or words"),
        (PLAIN.replace("opened: opened", "opened: {column: a, columns: [b]}"), 7, "give one of column or columns"),
        (PLAIN.replace("opened: opened", "opened: {column: a, twice: third}"), 7, "'first', 'second' or 'day'"),
        (PLAIN.replace("domestic-abuse", "domestic"), 7, "domestic is no incident type of the policy in force"),
        (PLAIN.replace("{DOM: domestic-abuse}", "kinds"), 7, "no table of codes is called kinds"),
        (PLAIN.replace("DOM: domestic-abuse", "DOM: theft, DOM: asb"), 7, "not valid YAML"),
        (PLAIN + INCIDENT, 7, "each needs its name in file"),
        (HEAD + "  - {file: a.csv}\n", 7, "nothing is made of this file's rows"),
        (PLAIN + "    of_incident: id\n", 8, "not both"),
        (PLAIN + "    persons: [{role: caller}]\n", 8, "a person needs an id, a name, or both"),
        (PLAIN + "    persons: [{name: a, role: witless}]\n", 8, "files.0.persons.0.role"),
        (PLAIN + "    persons: [{name: a, role: {column: b, codes: {V: victim}}}]\n", 8, "victim is no role"),
        (PLAIN + "    persons: [{label: a, name: a}, {label: a, name: b}]\n", 8, "a labels two persons"),
        (PLAIN + "    vehicles: [{registration: a, person: him}]\n", 8, "no person of this row is labelled him"),
        (PLAIN + "    relations: [{a: {id: a}, of: {id: c}, relation: {column: b, codes: {X: foe}}}]\n", 8, "foe is no rel"),
        (PLAIN + "    orders: [{type: {column: a, codes: {N: nonmol}}}]\n", 8, "nonmol is no order of the policy"),
        (PLAIN + "    markers: [{on: dog, subject: a, code: b, since: c}]\n", 8, "files.0.markers.0.on"),
        (HEAD + "  - persons: [{id: a, name: b, role: caller}]\n    known_at: c\n", 7, "a role needs the row's incident"),
        (HEAD + "  - {file: ../a.csv, persons: [{id: a}], known_at: b}\n", 7, "files.0.file"),
        ("import: [\n", 2, "not valid YAML"),
    ],
)  # fmt: skip
def test_a_broken_mapping_says_where(
    mapping: Callable[[str], Read], text: str, line: int, sentence: str
) -> None:
    with pytest.raises(BadInputs) as told:
        mapping(text)
    assert any(f.where == f"mapping.yaml:{line}" and sentence in f.sentence for f in told.value.faults), str(
        told.value
    )


def test_every_fault_is_told_at_once(mapping: Callable[[str], Read]) -> None:
    with pytest.raises(BadInputs) as told:
        mapping(PLAIN.replace("London", "Nowhere").replace("domestic-abuse", "nothing") + "times: [x]\n")
    assert len(told.value.faults) == 3


def test_a_mapping_that_is_missing_says_so(tmp_path: Path, vocabulary: object) -> None:
    from callhandler.intake.importing.mapping_file import read_mapping

    with pytest.raises(BadInputs, match="this file is missing"):
        read_mapping(tmp_path / "none.yaml", vocabulary)  # type: ignore[arg-type]
