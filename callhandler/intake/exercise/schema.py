"""The JSON Schema of an exercise file, for editors that check while one writes: `resources/help/exercise.schema.json`."""

import json
from typing import Any

from callhandler.intake.exercise.written import Exercise


def exercise_schema() -> dict[str, Any]:
    """The schema of what an exercise file may hold, from the very classes that read it."""
    found = Exercise.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def as_text() -> str:
    """The schema as it is kept in the file."""
    return json.dumps(exercise_schema(), indent=2, ensure_ascii=False) + "\n"
