"""What makes a well-formed scenario one that can be played: nothing twice, nothing that points nowhere, time never back.

A scenario may stand in two files. What is checked is the whole; each fault is told at the file and line it is in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from callhandler.errors import BadInput
from callhandler.intake.scenario_events import CheckEvent, Event
from callhandler.intake.scenario_records import Records
from callhandler.yaml_source import Source

if TYPE_CHECKING:
    from callhandler.intake.scenario import Scenario

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Part:
    """One file of a scenario: what it says, and where each thing of it is written."""

    scenario: "Scenario"
    source: Source

    def fault(self, sentence: str, *path: str | int) -> BadInput:
        """A fault at the line of a value of this file."""
        return BadInput(sentence, self.source.line_of(path))


def faults_of(parts: Sequence[Part]) -> list[BadInput]:
    """Every fault of the files of one scenario, the history first."""
    records = [part.scenario.records for part in parts]
    people = {p.id for r in records for p in r.people}
    places = {p.id for r in records for p in r.places}
    vehicles = {v.registration or v.description for r in records for v in r.vehicles}
    faults = list(_twice(parts))
    for part in parts:
        for what, known, value, path in _references(part.scenario.records):
            pool = {"person": people, "place": places, "vehicle": vehicles}[known]
            if value and value not in pool:
                faults.append(part.fault(f"there is no {what} {value} in records", "records", *path))
    faults += _events(parts)
    return faults


def faults_of_times(
    events: Iterable[Event], instants: Iterable[datetime | None]
) -> Iterator[tuple[int, str]]:
    """Which events have no time to happen at, or one that goes back, by their place in the list."""
    last: datetime | None = None
    for index, (event, instant) in enumerate(zip(events, instants, strict=True)):
        if instant is None and last is None:
            yield index, f"{event.id}: the first event needs a time"
            return
        if instant is not None and last is not None and instant < last:
            yield index, f"{event.id}: this event lies before the one above it"
        last = instant or last


def _twice(parts: Sequence[Part]) -> Iterator[BadInput]:
    for name in ("people", "places", "incidents"):
        yield from _repeated(parts, name, "id")
    seen: set[str] = set()
    for part in parts:
        for index, truth in enumerate(part.scenario.truth):
            if truth.id in seen:
                yield part.fault(f"the truth {truth.id} is written twice", "truth", index, "id")
            seen.add(truth.id)
    ids: set[str] = set()
    for index, event in enumerate(parts[-1].scenario.events):
        if event.id in ids:
            yield parts[-1].fault(f"the event {event.id} is written twice", "events", index, "id")
        ids.add(event.id)


def _repeated(parts: Sequence[Part], name: str, key: str) -> Iterator[BadInput]:
    what = {"people": "person", "places": "place", "incidents": "incident"}[name]
    seen: set[str] = set()
    for part in parts:
        for index, record in enumerate(getattr(part.scenario.records, name)):
            if record.id in seen:
                yield part.fault(f"the {what} {record.id} is written twice", "records", name, index, key)
            seen.add(record.id)


def _references(records: Records) -> Iterator[tuple[str, str, str | None, Path]]:
    """Every id that a record points to: what it is called, among which ids it must be, the id, and where it is written."""

    def person(value: str | None, *path: str | int) -> tuple[str, str, str | None, Path]:
        return "person", "person", value, path

    def place(value: str | None, *path: str | int) -> tuple[str, str, str | None, Path]:
        return "place", "place", value, path

    for i, number in enumerate(records.numbers):
        yield from (person(p, "numbers", i, "people", j) for j, p in enumerate(number.people))
    for i, vehicle in enumerate(records.vehicles):
        yield person(vehicle.person, "vehicles", i, "person")
    for i, tie in enumerate(records.ties):
        yield person(tie.person, "ties", i, "person")
        yield place(tie.place, "ties", i, "place")
    for i, relation in enumerate(records.relations):
        yield person(relation.a, "relations", i, "a")
        yield person(relation.of, "relations", i, "of")
    for i, incident in enumerate(records.incidents):
        here: Path = ("incidents", i)
        yield place(incident.place, *here, "place")
        for j, party in enumerate(incident.parties):
            yield person(party.person, *here, "parties", j, "person")
        for j, told in enumerate(incident.disclosures):
            yield person(told.about, *here, "disclosures", j, "about")
            yield person(told.harmed, *here, "disclosures", j, "harmed")
        for j, assessed in enumerate(incident.risk_assessments):
            yield person(assessed.person, *here, "risk_assessments", j, "person")
        for j, warning in enumerate(incident.police_warnings):
            yield person(warning.person, *here, "police_warnings", j, "person")
    for i, record in enumerate(records.person_records):
        yield person(record.person, "person_records", i, "person")
    for name in ("markers", "counts"):
        for i, subject in enumerate(getattr(records, name)):
            if subject.on != "number":
                yield subject.on, subject.on, subject.subject, (name, i, "subject")


def _events(parts: Sequence[Part]) -> Iterator[BadInput]:
    part = parts[-1]
    zone = part.scenario.zone
    events = part.scenario.events
    instants = [event.at.when(zone).at if event.at else None for event in events]
    for index, sentence in faults_of_times(events, instants):
        yield part.fault(sentence, "events", index, "at")
    named = _named(parts)
    for index, event in enumerate(events):
        if isinstance(event, CheckEvent) and event.on != "number" and event.subject.casefold() not in named:
            yield part.fault(
                f"there is no {event.on} {event.subject} in records, nor in an event above; give the id or the words",
                "events",
                index,
                "subject",
            )
        for key in (
            "name",
            "place",
            "to",
            "going_to",
            "person",
            "teller",
            "about",
            "harmed",
            "protected",
            "respondent",
        ):
            named.add(str(getattr(event, key, "")).casefold())


def _named(parts: Sequence[Part]) -> set[str]:
    """Every id and every word by which a person or a place of the records may be called."""
    named: set[str] = set()
    for part in parts:
        for person in part.scenario.records.people:
            named.update((person.id, person.name, *person.aliases))
        for place in part.scenario.records.places:
            named.update((place.id, place.label, place.address, *place.aliases))
    return {name.casefold() for name in named}
