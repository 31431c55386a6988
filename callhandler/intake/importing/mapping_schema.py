"""The JSON Schema of a mapping file, for editors that check while one writes: `resources/help/import.schema.json`."""

import json
from typing import Any

from callhandler.intake.importing.mapping import Mapping


def mapping_schema() -> dict[str, Any]:
    """The schema of what a mapping file may hold, from the very classes that read it."""
    found = Mapping.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def as_text() -> str:
    """The schema as it is kept in the file."""
    return json.dumps(mapping_schema(), indent=2, ensure_ascii=False) + "\n"
