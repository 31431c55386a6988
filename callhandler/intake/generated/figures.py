"""What a made-up force is made from: `force.yaml`, `names.yaml` and `streets.yaml` in `resources/population`."""

from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.population import Figure
from callhandler.policy.entries import Id, Sentence
from callhandler.policy.entry import Entry
from callhandler.yaml_source import faults_from, parse_yaml

Words = Annotated[tuple[str, ...], Field(min_length=1)]
Weights = Annotated[dict[str, Annotated[float, Field(gt=0)]], Field(min_length=1)]
Read = TypeVar("Read", bound=Entry)


class ForceFigures(Entry):
    """How much there is for each incident, and who is recorded how."""

    people: Figure
    addresses: Figure
    numbers: Figure
    orders: Figure
    markers: Figure
    callers: Figure
    skew: Figure
    evenness: Figure
    hub_share: Figure
    premises: Figure
    at_home: Figure
    third_party: Figure
    witness: Figure
    vehicle: Figure
    vehicle_named: Figure
    withheld: Figure
    once_more: Figure
    nameless: Figure
    alias: Figure
    moved: Figure
    flats: Figure
    ex_partner: Figure
    relative: Figure
    acquainted: Figure


class Force(Entry):
    """The file of figures."""

    name: Id
    span_years: Annotated[int, Field(ge=1, le=40)]
    figures: ForceFigures
    household_sizes: Annotated[tuple[float, ...], Field(min_length=1)]
    orders: Weights
    markers: Weights
    outcomes: Words


class Language(Entry):
    """The names of one language: from Faker's lists of a country, or of our own; and how else they are written."""

    language: Sentence
    share: Annotated[float, Field(gt=0, le=1)]
    faker: str = ""
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    written: Annotated[tuple[tuple[str, str], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _from_somewhere(self) -> Self:
        if not self.faker and not (self.given and self.family):
            raise ValueError("a language needs a country of Faker, or given and family names")
        return self


class Names(Entry):
    """The file of names."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    rare_share: Annotated[float, Field(ge=0, le=1)]
    rare_first: Words
    rare_second: Words


class Streets(Entry):
    """The file of streets."""

    streets_first: Words
    streets_second: Words
    kinds: Words
    towns: Words
    postcodes: Words
    premises: Words


def read_force(folder: Path) -> tuple[Force, Names, Streets]:
    """Read the three files of a folder. Raises BadInputs with file and line of every fault."""
    faults: list[BadInput] = []
    force = _read(folder / "force.yaml", Force, faults)
    names = _read(folder / "names.yaml", Names, faults)
    streets = _read(folder / "streets.yaml", Streets, faults)
    if force is None or names is None or streets is None:
        raise BadInputs(faults)
    return force, names, streets


def _read(path: Path, kind: type[Read], faults: list[BadInput]) -> Read | None:
    try:
        source = parse_yaml(path)
        return kind.model_validate(source.value)
    except ValidationError as error:
        faults += faults_from(error, source)
    except BadInput as fault:
        faults.append(fault)
    return None
