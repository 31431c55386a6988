"""The JSON Schema for exercise files is the one that the reading classes give, and the shipped exercises meet it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from callhandler import app
from callhandler.intake.exercise import read_exercise
from callhandler.intake.exercise.schema import as_text
from callhandler.services.training.checked import against_policy
from callhandler.settings import Settings
from callhandler.yaml_source import parse_yaml

SCHEMA = app.training_folder().parent / "help" / "exercise.schema.json"
MAKE = (
    'python -c "from pathlib import Path; from callhandler.intake.exercise.schema import as_text; '
    "Path('resources/help/exercise.schema.json').write_text(as_text(), encoding='utf-8')\""
)
SHIPPED = sorted(app.exercises_folder().glob("*.yaml"))


def test_the_schema_is_up_to_date() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == as_text(), f"make it anew: {MAKE}"
    Draft202012Validator.check_schema(json.loads(as_text()))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_shipped_exercise_meets_it_and_its_policy(path: Path) -> None:
    assert [
        e.message for e in Draft202012Validator(json.loads(as_text())).iter_errors(parse_yaml(path).value)
    ] == []
    exercise = read_exercise(path)
    policy = app.load_policy(Settings(database="", scheme=exercise.scheme))
    assert [str(f) for f in against_policy(exercise, path, policy)] == []
    assert exercise.teaching and exercise.key
    assert {m.line for m in exercise.key} <= set(exercise.lines)
