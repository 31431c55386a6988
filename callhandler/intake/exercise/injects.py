"""What a trainer may let happen by one key: the shipped list, and what an exercise adds to it. Data, read strictly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from callhandler.errors import BadInputs
from callhandler.intake.exercise.speakers import Said
from callhandler.intake.scenario_records import Record, Ref
from callhandler.settings import resources
from callhandler.yaml_source import faults_from, parse_yaml

FOLDER = "injects"


class Inject(Record):
    """One thing to let happen. `sends` are happenings without id and time, with {line}, {speaker} and {words} in them."""

    id: Ref
    title: Said
    needs: Literal["", "open", "incident", "request"] = ""
    words: Said
    sends: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


class _Injects(Record):
    injects: tuple[Inject, ...]


def injects_for(file: Path) -> tuple[Inject, ...]:
    """What may be let happen in the exercise of a file: its own first. Raises BadInputs with every fault's line."""
    shipped = resources() / "training" / FOLDER
    own = (file.parent / FOLDER / file.name, shipped / file.name)
    found = [*(p for p in own[:1] if p.is_file()), *(p for p in own[1:] if p.is_file())][:1]
    return tuple(i for path in (*found, shipped / "general.yaml") for i in _read(path))


def filled(inject: Inject, line: str, speaker: str, words: str) -> Iterator[dict[str, Any]]:
    """Its happenings with the call, the speaker and the words put in."""
    into = {"line": line, "speaker": speaker, "words": words or inject.words}
    for sent in inject.sends:
        yield _put(sent, into)


def _put(value: Any, into: dict[str, str]) -> Any:
    match value:
        case str():
            # Words that were typed may hold braces of their own, so nothing is formatted.
            return into.get(value[1:-1], value) if value.startswith("{") and value.endswith("}") else value
        case dict():
            return {k: _put(v, into) for k, v in value.items()}
        case _:
            return value


def _read(path: Path) -> tuple[Inject, ...]:
    source = parse_yaml(path)
    try:
        return _Injects.model_validate(source.value).injects
    except ValidationError as error:
        raise BadInputs(faults_from(error, source)) from error
