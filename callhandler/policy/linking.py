"""The settings of bulk linking in `resources/linking/people.yaml`, read strictly; both engines are set by them."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from callhandler.errors import BadInputs
from callhandler.yaml_source import faults_from, parse_yaml

Text = Literal[
    "given", "given_whole", "given_letter", "given_sound", "family", "family_sound", "names_sound", "born", "born_year",
    "born_month", "born_day", "born_days", "home",
]  # fmt: skip
Several = Literal["given_forms", "family_parts", "homes", "doors", "areas", "numbers"]
TEXTS: tuple[str, ...] = Text.__args__  # type: ignore[attr-defined]
SEVERAL: tuple[str, ...] = Several.__args__  # type: ignore[attr-defined]

MOST_TWICE = 2.0
"""So many pairs for each two records at most are expected, however many are alike: a list that was sent twice."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Letters(_Strict):
    """Two texts at most so many letters apart."""

    column: Text
    at_most: int = Field(ge=1, le=3)


class When(_Strict):
    """A condition on a pair; exactly one word of these."""

    same: Text | None = None
    shares: Several | None = None
    letters: Letters | None = None
    unknown: Text | Several | None = None
    known: Text | Several | None = None
    turned: list[Text] | None = Field(default=None, min_length=2, max_length=2)
    all: "list[When] | None" = Field(default=None, min_length=2)
    any: "list[When] | None" = Field(default=None, min_length=2)

    @model_validator(mode="after")
    def _one_word(self) -> "When":
        if len(self.model_fields_set) != 1:
            raise ValueError("say exactly one of same, shares, letters, unknown, known, turned, all, any")
        return self


class StandsAs(_Strict):
    """One level of a comparison."""

    when: When | None = None
    otherwise: bool = False
    say: str = Field(min_length=1)
    one: float = Field(gt=0, lt=1)
    two: float | None = Field(default=None, gt=0, lt=1)
    each: float | None = Field(default=None, gt=0)
    rarer: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "StandsAs":
        if (self.when is None) is not self.otherwise:
            raise ValueError("say when it holds, or that it is otherwise")
        if (self.two is None) is (self.each is None):
            raise ValueError("say how often two people stand so: two, or each")
        return self

    def of_two(self, people: int) -> float:
        """How often two people stand so among so many."""
        return self.two if self.two is not None else min(0.5, (self.each or 0.0) / max(people, 2))


class Comparison(_Strict):
    """One thing compared. With `never_without` a pair at its lowest level is not proposed, whatever else agrees.

    It is compared only where `only` holds. What is `unknown` of one of the two says nothing, unless a level holds.
    """

    name: str = Field(pattern="^[a-z_]+$")
    reason: str = Field(min_length=1)
    unknown: list[Text | Several] = Field(min_length=1)
    only: When | None = None
    never_without: bool = False
    levels: list[StandsAs] = Field(min_length=2)

    @model_validator(mode="after")
    def _ends(self) -> "Comparison":
        if [level.otherwise for level in self.levels] != [False] * (len(self.levels) - 1) + [True]:
            raise ValueError("the last level, and only it, is otherwise")
        if abs(sum(level.one for level in self.levels) - 1) > 0.001:
            raise ValueError("the shares of one person do not sum to 1")
        return self


class Block(_Strict):
    """Columns of which all must be equal for a pair to be compared; `each_of` a column of several values."""

    columns: list[Text | Several] = Field(min_length=1)
    each_of: Several | None = None
    reason: str = Field(min_length=1)

    @model_validator(mode="after")
    def _named(self) -> "Block":
        several = [c for c in self.columns if c in SEVERAL]
        if several != ([self.each_of] if self.each_of else []):
            raise ValueError("name the column of several values in each_of, one at most")
        return self


class Alike(_Strict):
    """What two records have in common that are one person beyond doubt; `of_one`: so many pairs of one person have."""

    columns: list[Text] = Field(min_length=3)
    of_one: float = Field(gt=0, lt=1)
    reason: str = Field(min_length=1)


class Linking(_Strict):
    """The whole file."""

    reference: str = Field(min_length=1)
    at_least: float = Field(ge=0.5, lt=1)
    at_least_reason: str = Field(min_length=1)
    known_twice: float = Field(gt=0, lt=1)
    known_twice_reason: str = Field(min_length=1)
    alike: list[Alike] = Field(min_length=1)
    trust: int = Field(ge=1)
    trust_reason: str = Field(min_length=1)
    blocks: list[Block] = Field(min_length=1)
    comparisons: list[Comparison] = Field(min_length=1)

    @property
    def digest(self) -> str:
        """By which a run names the settings it was made with."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def rarer(self) -> dict[str, float]:
        """The columns of which a rare value says more, each with how many of two people share a value there."""
        return {
            level.rarer: level.of_two(1)
            for c in self.comparisons
            for level in c.levels
            if level.rarer is not None
        }

    def two_the_same(self, people: int, alike: Sequence[int] = ()) -> float:
        """How likely two records drawn at random are one person, with so many pairs seen of each of `alike`."""
        # As many pairs as half the records, times `twice`.
        seen = (2 * pairs / a.of_one / max(people, 2) for a, pairs in zip(self.alike, alike, strict=False))
        twice = max(self.known_twice, min(MOST_TWICE, max(seen, default=0.0)))
        return min(0.5, twice / max(people, 2))


def read_linking(folder: Path) -> Linking:
    """The settings in `folder`/people.yaml. Raises BadInputs with every fault's line."""
    source = parse_yaml(folder / "people.yaml")
    try:
        return Linking.model_validate(source.value)
    except ValidationError as error:
        raise BadInputs(faults_from(error, source)) from error
