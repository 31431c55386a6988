"""The JSON Schema of a scenario file, for editors that check while one writes: `resources/help/scenario.schema.json`."""

import json
from typing import Any

from callhandler.intake.scenario import Scenario


def scenario_schema() -> dict[str, Any]:
    """The schema of what a scenario file may hold, from the very classes that read it."""
    found = Scenario.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def as_text() -> str:
    """The schema as it is kept in the file."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"
