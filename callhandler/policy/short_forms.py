"""The short and familiar forms of given names in `resources/names/short-forms.yaml`, beside the kept English list."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from callhandler.errors import BadInputs
from callhandler.yaml_source import faults_from, parse_yaml


class Forms(BaseModel):
    """One language's given names, each with the forms people also use, in plain Latin letters."""

    model_config = ConfigDict(extra="forbid", strict=True)

    language: str
    reference: str
    forms: dict[str, list[str]]


class ShortForms(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    languages: list[Forms]


def read_short_forms(folder: Path) -> dict[str, tuple[str, ...]]:
    """Each full name with its short forms, from `folder`/short-forms.yaml. Raises BadInputs with every fault's line."""
    source = parse_yaml(folder / "short-forms.yaml")
    try:
        read = ShortForms.model_validate(source.value)
    except ValidationError as error:
        raise BadInputs(faults_from(error, source)) from error
    found: dict[str, list[str]] = {}
    for language in read.languages:
        for full, shorts in language.forms.items():
            found.setdefault(full, []).extend(shorts)
    return {full: tuple(shorts) for full, shorts in found.items()}
