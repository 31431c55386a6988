"""Broken mappings: each fault with file and line."""

import re
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
        (PLAIN.replace("title:", "tittle:"), 2, "there is no tittle here; did you mean title?"),
        (PLAIN.replace("Europe/London", "Europe/Solihull"), 5, "Solihull is no time zone; write one as Europe/London"),
        (PLAIN.replace("Europe/London", "london"), 5, "did you mean Europe/London?"),
        (PLAIN.replace("source: plain", "source: Plain CAD"), 4, "small letters, digits and hyphens, such as plain-cad"),
        (PLAIN + "times: ['%d/%m']\n", 8, "names no year"),
        (PLAIN + "times: [DD/MM/YYYY HH:mm]\n", 8, "did you mean %d/%m/%Y %H:%M?"),
        (PLAIN + "times: '%d/%m/%Y'\n", 8, "times wants a list: write it in brackets"),
        (PLAIN + "times: ['%Y %Q']\n", 8, "%Q is not a part of a time"),
        (PLAIN.replace("id: id", "id: 7"), 7, "id wants a column's name between quotation marks"),
        (PLAIN.replace("id: id", "id: {}"), 7, "give one of column, columns or words"),
        (PLAIN.replace("opened: opened", "opened: {column: a, columns: [b]}"), 7, "give one of column or columns"),
        (PLAIN.replace("opened: opened", "opened: {column: a, twice: third}"), 7, "there are first, second, day"),
        (PLAIN.replace("domestic-abuse", "domestic"), 7, "in force; did you mean domestic-abuse?"),
        (PLAIN.replace("{DOM: domestic-abuse}", "kinds"), 7, "no table of codes is called kinds"),
        (PLAIN.replace("DOM: domestic-abuse", "DOM: theft, DOM: asb"), 7, "not valid YAML"),
        (PLAIN + INCIDENT, 7, "each needs its name in file"),
        (HEAD + "  - {file: a.csv}\n", 7, "nothing is made of this file's rows"),
        (PLAIN + "    of_incident: id\n", 8, "not both"),
        (PLAIN + "    persons: [{role: caller}]\n", 8, "a person needs an id, a name, or both"),
        (PLAIN + "    persons: [{name: a, role: witless}]\n", 8, "role cannot be 'witless'; did you mean witness?"),
        (PLAIN + "    persons: [{name: a, role: {column: b, codes: {V: victim}}}]\n", 8, "victim is no role"),
        (PLAIN + "    persons: [{label: a, name: a}, {label: a, name: b}]\n", 8, "a labels two persons"),
        (PLAIN + "    vehicles: [{registration: a, person: him}]\n", 8, "no person of this row is labelled him"),
        (PLAIN + "    relations: [{a: {id: a}, of: {id: c}, relation: {column: b, codes: {X: foe}}}]\n", 8, "foe is no rel"),
        (PLAIN + "    orders: [{type: {column: a, codes: {N: nonmol}}}]\n", 8, "nonmol is no order of the policy"),
        (PLAIN + "    persons: [{name: a, role: {colum: b}}]\n", 8, "there is no colum here; did you mean column?"),
        (PLAIN + "    orders: [{type: {words: nmo}, protected: [a]}]\n", 8, "the label of one of this row's persons"),
        (PLAIN.replace("{DOM: domestic-abuse}", "[DOM]"), 7, "the name of a table under codes at the head"),
        (PLAIN.replace("DOM: domestic-abuse", "1: asb"), 7, "the key 1 was not read as words"),
        ("id,opened\n1,2\n", 1, "a mapping begins with"),
        (PLAIN + "    markers: [{on: dog, subject: a, code: b, since: c}]\n", 8, "on cannot be 'dog'; there are person,"),
        (HEAD + "  - persons: [{id: a, name: b, role: caller}]\n    known_at: c\n", 7, "a role needs the row's incident"),
        (HEAD + "  - {file: ../a.csv, persons: [{id: a}], known_at: b}\n", 7, "a file's name without its folder"),
        ("import: [\n", 2, "not valid YAML"),
    ],
)  # fmt: skip
def test_a_broken_mapping_says_where(
    mapping: Callable[[str], Read], text: str, line: int, sentence: str
) -> None:
    with pytest.raises(BadInputs) as told:
        mapping(text)
    assert any(
        f.where.split(":")[:2] == ["mapping.yaml", str(line)] and sentence in f.sentence
        for f in told.value.faults
    ), str(told.value)
    assert not re.search(r"Input should|function-|type_error|files\.0", str(told.value))


def test_a_fault_within_a_long_line_says_its_column(mapping: Callable[[str], Read]) -> None:
    with pytest.raises(BadInputs) as told:
        mapping(PLAIN.replace("opened: opened", "opened: {colum: opened}"))
    assert str(told.value) == "mapping.yaml:7:40: there is no colum here; did you mean column?"


def test_a_mapping_that_calls_itself_otherwise_than_its_file_is_used_and_says_so(
    mapping: Callable[[str], Read],
) -> None:
    (said,) = mapping(PLAIN).said
    assert "mapping.yaml:1: this mapping calls itself plain, and its file mapping" in said
    assert mapping(PLAIN.replace("import: plain", "import: mapping")).said == ()


def test_every_fault_is_told_at_once(mapping: Callable[[str], Read]) -> None:
    with pytest.raises(BadInputs) as told:
        mapping(PLAIN.replace("London", "Nowhere").replace("domestic-abuse", "nothing") + "times: [x]\n")
    assert len(told.value.faults) == 3


def test_a_mapping_that_is_missing_says_so(tmp_path: Path, vocabulary: object) -> None:
    from callhandler.intake.importing.mapping_file import read_mapping

    with pytest.raises(BadInputs, match="this file is missing"):
        read_mapping(tmp_path / "none.yaml", vocabulary)  # type: ignore[arg-type]
