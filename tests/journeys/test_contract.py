"""The replay's output is a contract: it meets the published schema, the schema is strict, and every field is described."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from callhandler import cli
from callhandler.app import training_folder
from tests.journeys.conftest import Played

SCHEMA = json.loads((training_folder().parent / "help" / "replay.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", ["night", "agreed", "ordinary"])
def test_the_output_meets_it(name: str, request: pytest.FixtureRequest) -> None:
    played: Played = request.getfixturevalue(name)
    found = [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in VALIDATOR.iter_errors(played.whole)
    ]
    assert found == []


def objects(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if "properties" in node:
            yield path, node
        for key, value in node.items():
            yield from objects(value, f"{path}/{key}")


def test_it_is_strict_and_describes_every_field() -> None:
    for path, node in objects(SCHEMA):
        assert node["additionalProperties"] is False, path
        for name, field in node["properties"].items():
            assert field.get("description") or "$ref" in field, f"{path}/{name}"
            for inner in [field.get("items", {}), *field.get("anyOf", [])]:
                assert "description" in inner or "$ref" in inner or inner in ({}, {"type": "null"}), (
                    f"{path}/{name}"
                )
    for name, node in SCHEMA["$defs"].items():
        assert node["description"], name


@pytest.mark.parametrize("key", sorted(SCHEMA["$defs"]["event"]["required"]))
def test_a_field_left_out_is_noticed(key: str, ordinary: Played) -> None:
    whole = copy.deepcopy(ordinary.whole)
    del whole["events"][0][key]
    assert not VALIDATOR.is_valid(whole)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mood", "calm"),
        ("at", "yesterday"),
        ("local", "22:34"),
        ("probe", [{}]),
        ("warnings", ["danger"]),
        ("do_now", [""]),
    ],
)
def test_a_field_that_is_wrong_is_noticed(key: str, value: Any, ordinary: Played) -> None:
    whole = copy.deepcopy(ordinary.whole)
    whole["events"][0][key] = value
    assert not VALIDATOR.is_valid(whole)


def test_the_command_prints_one_object_a_scenario(
    capsys: pytest.CaptureFixture[str], ordinary: Played
) -> None:
    assert cli.main(["replay", "ordinary-call", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == ordinary.whole


def test_the_command_plays_up_to_an_event_and_says_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["replay", "ordinary-call", "--until", "grade-first"]) == 0
    said = capsys.readouterr().out
    assert "grade-first" in said
    assert "Scheduled" in said
    assert "resulted" not in said
