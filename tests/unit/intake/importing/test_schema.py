"""The JSON Schema for mapping files is the one that the reading classes give, and the shipped mappings meet it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from callhandler.intake.importing.mapping_schema import as_text
from callhandler.settings import resources
from callhandler.yaml_source import parse_yaml
from tests.unit.intake.importing.conftest import PLAIN

SCHEMA = resources() / "help" / "import.schema.json"
MAKE = (
    'python -c "from pathlib import Path; from callhandler.intake.importing.mapping_schema import as_text; '
    "Path('resources/help/import.schema.json').write_text(as_text(), encoding='utf-8')\""
)


def test_the_schema_is_up_to_date() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == as_text(), f"make it anew: {MAKE}"


@pytest.mark.parametrize("path", sorted((resources() / "imports").glob("*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_mapping_meets_it(path: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [e.message for e in Draft202012Validator(schema).iter_errors(parse_yaml(path).value)] == []


def test_what_the_reader_refuses_the_schema_refuses_too(tmp_path: Path) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for text, valid in (
        (PLAIN, True),
        (PLAIN.replace("title", "tittle"), False),
        (PLAIN.replace("id: id", "id: 7"), False),
    ):
        (tmp_path / "m.yaml").write_text(text)
        assert validator.is_valid(parse_yaml(tmp_path / "m.yaml").value) is valid
