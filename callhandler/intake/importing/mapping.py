"""A mapping file: which columns of a force's files make an incident, its people, places, orders and markers.

These classes are the file's form; `mapping_file` reads one, `resources/help/import.md` explains it.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from callhandler.model.incident import LogKind
from callhandler.model.people import Relation, Role, Tie

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Column = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(max_length=400)]


class Part(BaseModel):
    """Base of every part of the file: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cell(Part):
    """Where a value comes from: one column, several joined, or fixed words; perhaps through a table of codes.

    `otherwise` says what to do with a word that the table does not know: refuse the row, keep the word, or leave it blank.
    `before` is put before what is there.
    """

    column: Column | None = None
    columns: tuple[Column, ...] = ()
    join: Words = " "
    words: Words | None = None
    codes: Name | dict[str, Words] | None = None
    otherwise: Literal["refuse", "keep", "blank"] = "refuse"
    blank: tuple[Words, ...] = ()
    before: Words = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum((self.column is not None, bool(self.columns), self.words is not None)) != 1:
            raise ValueError("give one of column, columns or words")
        return self


def _by_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


AnyCell = Annotated[Cell, BeforeValidator(_by_column, json_schema_input_type=Column | Cell)]
"""A column's name, or a cell."""


class TimeCell(Part):
    """A time: one column, or a date and a clock time in two.

    `forms` are tried in order; without them, those of the file. `twice` says which is meant of a clock time that comes twice
    when the clocks go back: the first, the second, or neither, so that only the day is kept.
    """

    column: Column | None = None
    columns: tuple[Column, ...] = ()
    forms: tuple[Words, ...] = ()
    twice: Literal["first", "second", "day"] = "day"
    precision: Literal["day", "month", "year"] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.column is not None) == bool(self.columns):
            raise ValueError("give one of column or columns")
        return self


AnyTime = Annotated[TimeCell, BeforeValidator(_by_column, json_schema_input_type=Column | TimeCell)]
"""A column's name, or more of how its times are written."""


class PlaceMade(Part):
    """A place. Without an `id`, the same words and postcode are the same place."""

    id: AnyCell | None = None
    address: AnyCell
    label: AnyCell | None = None
    postcode: AnyCell | None = None
    kind: AnyCell | None = None
    latitude: AnyCell | None = None
    longitude: AnyCell | None = None
    within_metres: Annotated[int, Field(ge=1, le=100_000)] = 50


class NoteMade(Part):
    """A line of the incident's log. Without `at` it stands at the time when the incident was opened."""

    text: AnyCell
    at: AnyTime | None = None
    kind: LogKind = LogKind.NOTE
    author: AnyCell | None = None


class IncidentMade(Part):
    """An incident, always a past one. `known_at` is when police had recorded it; without it, by the end of `opened`."""

    id: AnyCell
    reference: AnyCell | None = None
    opened: AnyTime
    known_at: AnyTime | None = None
    type: AnyCell
    summary: AnyCell | None = None
    outcome: AnyCell | None = None
    undone: AnyCell | None = None
    priority: AnyCell | None = None
    target_met: AnyCell | None = None
    place: PlaceMade | None = None
    number: AnyCell | None = None
    notes: tuple[NoteMade, ...] = ()


class PersonMade(Part):
    """A person, and his or her role in the row's incident.

    With an `id` and no `name` the person must be known from another row or file. Without an `id`, the same number and the
    same name are the same person; anything less certain stays two. `label` lets other parts of the row name this person.
    """

    label: Name | None = None
    id: AnyCell | None = None
    name: AnyCell | None = None
    role: Role | Cell | None = None
    born: AnyCell | None = None
    aliases: tuple[AnyCell, ...] = ()
    number: AnyCell | None = None
    place: PlaceMade | None = None
    tie: Tie = Tie.LIVES
    known_at: AnyTime | None = None


class PersonById(Part):
    """A person by the id that the force's own files give."""

    id: AnyCell


AnyPerson = Name | PersonById
"""The label of a person of the same row, or a person by id."""


class VehicleMade(Part):
    """A vehicle. `person` is whose it is; without one it was named in the row's incident, which there must be then.

    A vehicle in a row with an incident is kept as named there, whoever has it: others with its registration are linked.
    """

    id: AnyCell | None = None
    registration: AnyCell | None = None
    description: AnyCell | None = None
    person: AnyPerson | None = None
    known_at: AnyTime | None = None


class RelationMade(Part):
    """`a` is the `relation` of `of`."""

    a: AnyPerson
    relation: Relation | Cell
    of: AnyPerson
    known_at: AnyTime | None = None


class OrderMade(Part):
    """A civil or protective order. `type` is one of the policy's orders.

    `from_records` says that the force's own record of it was seen by police; otherwise it is known by telling alone, and no
    date in it ends it.
    """

    id: AnyCell | None = None
    type: AnyCell
    protected: AnyPerson | None = None
    respondent: AnyPerson | None = None
    court: AnyCell | None = None
    made: AnyTime | None = None
    expires: AnyTime | None = None
    without_notice: AnyCell | None = None
    from_records: bool = True
    discharged: AnyTime | None = None
    known_at: AnyTime | None = None


class MarkerMade(Part):
    """A marker on a person, a place, a number or a vehicle, by the subject's own id; a number by its digits."""

    id: AnyCell | None = None
    on: Literal["person", "place", "number", "vehicle"]
    subject: AnyCell
    code: AnyCell
    text: AnyCell | None = None
    set_by: AnyCell | None = None
    since: AnyTime
    known_at: AnyTime | None = None


class LeftOut(Part):
    """Rows that are left out on purpose: those with one of these words in a column."""

    column: Column
    words: Annotated[tuple[Words, ...], Field(min_length=1)]


class FileRead(Part):
    """One file and what each of its rows makes.

    `file` is its name, needed where there are several: they are read in this order, and a row may name what an earlier one
    made. `of_incident` joins a row to an incident of another row or file by that incident's id.
    """

    file: Annotated[str, Field(pattern=r"^[^/\\]+$", max_length=200)] | None = None
    format: Literal["csv", "jsonl", "parquet"] | None = None
    encoding: Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    quote: Literal['"', "'", ""] = '"'
    leave_out: tuple[LeftOut, ...] = ()
    incident: IncidentMade | None = None
    of_incident: AnyCell | None = None
    persons: tuple[PersonMade, ...] = ()
    places: tuple[PlaceMade, ...] = ()
    vehicles: tuple[VehicleMade, ...] = ()
    relations: tuple[RelationMade, ...] = ()
    orders: tuple[OrderMade, ...] = ()
    markers: tuple[MarkerMade, ...] = ()
    known_at: AnyTime | None = None


class Mapping(Part):
    """A whole mapping file. `source` names the system that the ids are of: the same id there is the same thing."""

    import_: Annotated[Name, Field(alias="import")]
    title: Words
    reference: Annotated[str, Field(min_length=1, max_length=2000)]
    source: Name
    time_zone: Words
    times: tuple[Words, ...] = ()
    blank: tuple[Words, ...] = ()
    codes: dict[Name, dict[str, Words]] = {}
    files: Annotated[tuple[FileRead, ...], Field(min_length=1)]
