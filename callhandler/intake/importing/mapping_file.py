"""Reads a mapping file and finds what does not fit in it, each fault with file and line."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BaseModel, ValidationError

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.faults import faults_of_shape, meant, parsed
from callhandler.intake.importing.mapping import (
    Cell,
    FileRead,
    Mapping,
    TimeCell,
)
from callhandler.intake.importing.times import pattern_of
from callhandler.model.people import Relation, Role
from callhandler.yaml_source import Source

Path_ = tuple[str | int, ...]
_NO_MAPPING = (
    "a mapping begins with “import: its-name”, then its title, and says under files which columns make what; "
    "resources/help/import.md has the smallest one that works"
)
_PERSON = "a person: the label of one of this row's persons, or {id: the column of an id}"
_WANTED = {
    "file": "a file's name without its folder",
    "codes": "the name of a table under codes at the head of the mapping, or a table as {DOM: domestic-abuse}",
    "delimiter": 'a sign between quotation marks, one of "," ";" "|" and "\\t" for a tab',
    **dict.fromkeys(("person", "a", "of", "protected", "respondent"), _PERSON),
}
"""What may stand after a key, where more than words may."""
YES_NO = frozenset({"yes", "no", "unknown"})


@dataclass(frozen=True)
class Vocabulary:
    """What the policy in force knows: the words that tables of codes may lead to."""

    types: frozenset[str]
    orders: frozenset[str]


@dataclass(frozen=True)
class Read:
    """A mapping that holds together, with its digest and where its parts are written. `said` is worth telling of it."""

    mapping: Mapping
    digest: str
    written: Source
    said: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The local time of every time without an offset of its own."""
        return ZoneInfo(self.mapping.time_zone)


def read_mapping(path: Path, vocabulary: Vocabulary) -> Read:
    """Read a mapping. Raises BadInputs with file and line of every fault."""
    try:
        written = parsed(path)
    except BadInput as fault:
        raise BadInputs([fault]) from fault
    if not isinstance(written.value, dict):
        raise BadInputs([BadInput(_NO_MAPPING, f"{path.name}:1")])
    try:
        mapping = Mapping.model_validate(written.value)
    except ValidationError as error:
        raise BadInputs(faults_of_shape(error, written, Mapping, _WANTED, columns=True)) from error
    faults = [
        BadInput(f"{_shown(at)}: {why}", written.place_of(at)) for at, why in _faults(mapping, vocabulary)
    ]
    if faults:
        raise BadInputs(faults)
    said: tuple[str, ...] = ()
    if mapping.import_ != path.stem:
        said = (
            f"{written.line_of(('import',))}: this mapping calls itself {mapping.import_}, and its file {path.stem}. "
            f"It is used as it is, and kept as {mapping.import_}; call both the same, so that it is found again.",
        )
    return Read(mapping, hashlib.sha256(written.text.encode()).hexdigest(), written, said)


def _shown(at: Sequence[str | int]) -> str:
    """The keys that lead there. Which file or person of several it is, is told by the line."""
    keys = [step for step in at if isinstance(step, str)]
    return ".".join(keys[1:] if keys[0] == "files" and len(keys) > 1 else keys)


def _faults(mapping: Mapping, vocabulary: Vocabulary) -> Iterator[tuple[Path_, str]]:
    try:
        ZoneInfo(mapping.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        given = mapping.time_zone.casefold()
        near = sorted(
            z for z in available_timezones() if z.rpartition("/")[2].casefold() == given and "Etc" not in z
        )
        do = f"did you mean {near[0]}?" if near else "write one as Europe/London"
        yield ("time_zone",), f"{mapping.time_zone} is no time zone; {do}"
    yield from _forms(("times",), mapping.times)
    names = [file.file for file in mapping.files]
    for index, file in enumerate(mapping.files):
        at: Path_ = ("files", index)
        if len(names) > 1 and not file.file:
            yield at, "there are several files: each needs its name in file"
        elif file.file and names.count(file.file) > 1:
            yield (*at, "file"), f"{file.file} stands here twice"
        yield from _of_file(at, file)
        yield from _cells(at, file, mapping)
        yield from _codes(at, file, mapping, vocabulary)


def _of_file(at: Path_, file: FileRead) -> Iterator[tuple[Path_, str]]:
    made = (
        file.incident,
        file.of_incident,
        file.persons,
        file.places,
        file.vehicles,
        file.relations,
        file.orders,
        file.markers,
    )
    if not any(made):
        yield (
            at,
            "nothing is made of this file's rows: give incident, persons, places, vehicles, relations, orders or markers",
        )
    if file.incident and file.of_incident:
        yield (*at, "of_incident"), "a row makes an incident or belongs to one, not both"
    labels = [person.label for person in file.persons if person.label]
    for index, person in enumerate(file.persons):
        here: Path_ = (*at, "persons", index)
        if person.label and labels.count(person.label) > 1:
            yield (*here, "label"), f"{person.label} labels two persons"
        if person.id is None and person.name is None:
            yield here, "a person needs an id, a name, or both"
        if person.role is not None and not (file.incident or file.of_incident):
            yield (*here, "role"), "a role needs the row's incident: give incident or of_incident"
    for index, vehicle in enumerate(file.vehicles):
        if vehicle.person is None and not (file.incident or file.of_incident):
            yield (*at, "vehicles", index), "a vehicle needs the person who has it, or the row's incident"
    for part, names in _named_people(file):
        for step, name in names:
            if isinstance(name, str) and name not in labels:
                yield (*at, *part, step), f"no person of this row is labelled {name}{meant(name, labels)}"


def _named_people(file: FileRead) -> Iterator[tuple[Path_, list[tuple[str, Any]]]]:
    for index, vehicle in enumerate(file.vehicles):
        yield ("vehicles", index), [("person", vehicle.person)]
    for index, relation in enumerate(file.relations):
        yield ("relations", index), [("a", relation.a), ("of", relation.of)]
    for index, order in enumerate(file.orders):
        yield ("orders", index), [("protected", order.protected), ("respondent", order.respondent)]


def walk(part: BaseModel, at: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every cell, time and column of a part, with where it is written."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for step, one in enumerate(value) if isinstance(value, tuple) else ((None, value),):
            here = (*at, name) if step is None else (*at, name, step)
            if isinstance(one, Cell | TimeCell):
                yield here, one
            elif isinstance(one, BaseModel):
                yield from walk(one, here)


def _cells(at: Path_, file: FileRead, mapping: Mapping) -> Iterator[tuple[Path_, str]]:
    for here, one in walk(file, at):
        if isinstance(one, TimeCell):
            yield from _forms((*here, "forms"), one.forms)
        elif isinstance(one, Cell) and isinstance(one.codes, str) and one.codes not in mapping.codes:
            known = (
                meant(one.codes, list(mapping.codes)) or "; write it under codes, at the head of the mapping"
            )
            yield (*here, "codes"), f"no table of codes is called {one.codes}{known}"


def _forms(at: Path_, forms: Sequence[str]) -> Iterator[tuple[Path_, str]]:
    for index, form in enumerate(forms):
        try:
            pattern_of(form)
        except ValueError as error:
            yield (*at, index), str(error)


def _codes(
    at: Path_, file: FileRead, mapping: Mapping, vocabulary: Vocabulary
) -> Iterator[tuple[Path_, str]]:
    def wanted(here: Path_, one: Any, known: frozenset[str], what: str) -> Iterator[tuple[Path_, str]]:
        if not isinstance(one, Cell):
            return
        if one.words is not None and one.words not in known:
            yield (*here, "words"), f"{one.words} is no {what}{meant(one.words, known, listed=0)}"
        table: dict[str, str] = {}
        place: Path_ = (*here, "codes")
        if isinstance(one.codes, dict):
            table = one.codes
        elif isinstance(one.codes, str):
            table, place = mapping.codes.get(one.codes, {}), ("codes", one.codes)
        for code, word in table.items():
            if word and word not in known:
                yield (*place, code), f"{word} is no {what}{meant(word, known, listed=0)}"

    roles, relations = frozenset(Role), frozenset(Relation)
    for index, person in enumerate(file.persons):
        yield from wanted(
            (*at, "persons", index, "role"), person.role, roles, f"role; roles are {', '.join(Role)}"
        )
    for index, relation in enumerate(file.relations):
        yield from wanted(
            (*at, "relations", index, "relation"),
            relation.relation,
            relations,
            f"relation; they are {', '.join(Relation)}",
        )
    for index, order in enumerate(file.orders):
        here: Path_ = (*at, "orders", index)
        yield from wanted((*here, "type"), order.type, vocabulary.orders, "order of the policy in force")
        yield from wanted(
            (*here, "without_notice"), order.without_notice, YES_NO, "word for it: yes, no or unknown"
        )
    if file.incident:
        here = (*at, "incident")
        yield from wanted(
            (*here, "type"), file.incident.type, vocabulary.types, "incident type of the policy in force"
        )
        yield from wanted(
            (*here, "target_met"), file.incident.target_met, YES_NO, "word for it: yes, no or unknown"
        )


def columns_named(file: FileRead) -> set[str]:
    """Every column that a file's part of the mapping names."""
    found: set[str] = {one.column for one in file.leave_out}
    for _, one in walk(file):
        if isinstance(one, Cell | TimeCell):
            found.update(one.columns)
            if one.column is not None:
                found.add(one.column)
    return found
