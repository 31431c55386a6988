"""The JSON Schema for scenario files is the one that the reading classes give, and the shipped scenarios meet it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from callhandler.app import training_folder
from callhandler.intake.scenario_schema import as_text
from callhandler.yaml_source import parse_yaml

SCHEMA = training_folder().parent / "help" / "scenario.schema.json"
MAKE = (
    'python -c "from pathlib import Path; from callhandler.intake.scenario_schema import as_text; '
    "Path('resources/help/scenario.schema.json').write_text(as_text(), encoding='utf-8')\""
)


def test_the_schema_is_up_to_date() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == as_text(), f"make it anew: {MAKE}"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted(training_folder().glob("*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_scenario_meets_it(path: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = list(Draft202012Validator(schema).iter_errors(parse_yaml(path).value))
    assert [e.message for e in found] == []


def test_what_the_reader_refuses_the_schema_refuses_too() -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    whole = {"scenario": "a", "title": "A", "reference": "x"}
    assert validator.is_valid({**whole, "events": [{"id": "e", "do": "tick", "at": "2023-01-01T10:00"}]})
    for wrong in (
        {},
        {**whole, "scenario": "A B"},
        {**whole, "villain": "x"},
        {**whole, "events": [{"id": "e", "do": "dance"}]},
        {**whole, "events": [{"id": "e", "do": "tick", "mood": "calm"}]},
    ):
        assert not validator.is_valid(wrong)
