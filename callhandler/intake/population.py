"""A made-up population: which calls come how often, who rings again, what is told and what only sounds grave.

The figures are data with their sources, in `resources/population`; what is only assumed is marked there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from callhandler.errors import BadInput, BadInputs
from callhandler.model.incident import CallOutcome
from callhandler.policy.entries import Id, Sentence
from callhandler.policy.entry import Entry
from callhandler.yaml_source import Source, faults_from, parse_yaml

BANDS = ("immediate", "priority", "scheduled", "resolve")
"""The bands of every scheme, most urgent first; the shares of a grading are in this order."""

Chance = Annotated[float, Field(ge=0, le=1)]
Household = Literal["plain", "domestic", "premises"]
Other = Literal["none", "partner", "ex_partner", "neighbour", "stranger"]


class Figure(Entry):
    """One number, what it says, where it was read, and whether it was: an assumption is not verified."""

    value: Annotated[float, Field(ge=0)]
    says: Sentence
    source: Sentence
    verified: bool


class Figures(Entry):
    """Every number that the made-up calls rest on beside their kinds. Chances from 0 to 1; `premises_calls` is a mean."""

    domestic_again: Figure
    again_after_that: Figure
    ordinary_again: Figure
    premises_calls: Figure
    same_matter: Figure
    domestic_history: Figure
    order_in_domestic: Figure
    marker_plain: Figure
    marker_domestic: Figure
    child_in_household: Figure
    follow_up_recorded: Figure
    near_miss_taken: Figure
    other_named: Figure
    rings_again_same_matter: Figure
    caller_told: Figure

    @model_validator(mode="after")
    def _chances(self) -> Self:
        for name in type(self).model_fields:
            value = getattr(self, name).value
            if name == "premises_calls":
                if value < 1:
                    raise ValueError("premises_calls is a mean number of calls: at least 1")
            elif value > 1:
                raise ValueError(f"{name} is a chance: at most 1")
        if self.again_after_that.value > 0.95:
            raise ValueError("again_after_that is at most 0.95: calls must come to an end")
        return self


class Said(Entry):
    """Something that may be told, with its chance; `days` before the call when it was not in these events."""

    indicator: Id
    chance: Chance
    words: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    days: Annotated[int, Field(ge=0)] = 0


class Situation(Entry):
    """What a call of a kind is really about. `danger` is the truth beside the picture; `near` only sounds grave."""

    id: Id
    share: Chance
    danger: bool
    grading: Id
    other: Other
    reporter: bool = False
    told: tuple[Said, ...]
    near: tuple[Said, ...] = ()


class Kind(Entry):
    """A kind of call: how it is taken down, how often it comes, who rings about it and at which hours."""

    id: Id
    type: Id
    weight: Annotated[float, Field(gt=0)]
    household: Household
    hours: Id
    outcomes: dict[CallOutcome, Chance] = Field(default_factory=lambda: {CallOutcome.ANSWERED: 1.0})
    reference: Sentence
    verified: bool
    situations: Annotated[tuple[Situation, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if abs(sum(s.share for s in self.situations) - 1) > 0.001:
            raise ValueError("the shares of its situations do not add up to 1")
        return self


class _Frame(Entry):
    """The file of figures."""

    name: Id
    about: Sentence
    span_days: Annotated[int, Field(ge=30, le=3650)]
    figures: Figures
    hours: dict[str, Annotated[tuple[float, ...], Field(min_length=24, max_length=24)]]
    hours_reference: Sentence
    gradings: dict[str, Annotated[tuple[Chance, ...], Field(min_length=4, max_length=4)]]
    minutes_until_there: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(min_length=4, max_length=4)]


class _Kinds(Entry):
    """The file of kinds."""

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]


class Population(_Frame, _Kinds):
    """A whole population: the figures and the kinds."""

    def indicators(self) -> set[str]:
        """Every indicator that may be told."""
        return {s.indicator for k in self.kinds for p in k.situations for s in (*p.told, *p.near)}


def read_population(folder: Path) -> Population:
    """Read `figures.yaml` and `kinds.yaml` of a folder. Raises BadInputs with file and line of every fault."""
    faults: list[BadInput] = []
    read: dict[str, tuple[Source, _Frame | _Kinds]] = {}
    for name, model in (("figures", _Frame), ("kinds", _Kinds)):
        try:
            source = parse_yaml(folder / f"{name}.yaml")
            read[name] = source, model.model_validate(source.value)
        except ValidationError as error:
            faults += faults_from(error, source)
        except BadInput as fault:
            faults.append(fault)
    if faults:
        raise BadInputs(faults)
    (_, frame), (source, kinds) = read["figures"], read["kinds"]
    whole = Population.model_validate({**dict(frame), **dict(kinds)})
    if faults := list(_dangling(whole, source)):
        raise BadInputs(faults)
    return whole


def _dangling(population: Population, source: Source) -> Iterator[BadInput]:
    seen: set[str] = set()
    for index, kind in enumerate(population.kinds):
        line = source.line_of(("kinds", index))
        if kind.id in seen:
            yield BadInput(f"the kind {kind.id} is written twice", line)
        seen.add(kind.id)
        if kind.hours not in population.hours:
            yield BadInput(f"there are no hours {kind.hours} in figures.yaml", line)
        for situation in kind.situations:
            if situation.grading not in population.gradings:
                yield BadInput(f"there is no grading {situation.grading} in figures.yaml", line)
