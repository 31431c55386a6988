"""A scenario: what police had recorded, what was true beside it, and what then happens, on one clock."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError, field_validator

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.scenario_events import AnyEvent
from callhandler.intake.scenario_records import Record, Records, Ref, Text
from callhandler.intake.scenario_times import Time
from callhandler.yaml_source import Source, faults_from, parse_yaml


class Truth(Record):
    """Something that was so and that police did not know. It never enters the picture."""

    id: Ref
    text: Text
    happened: Time | None = None
    reference: str


class Scenario(Record):
    """One file. `history` may name another file, beside this one, whose records come first."""

    scenario: Ref
    title: Text
    reference: Text
    time_zone: str = "Europe/London"
    scheme: Ref = "national"
    history: str = ""
    records: Records = Records()
    truth: tuple[Truth, ...] = ()
    events: tuple[AnyEvent, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{value} is not a time zone") from None
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The local time of every time in the file."""
        return ZoneInfo(self.time_zone)


def read_scenario(path: Path) -> Scenario:
    """Read a scenario and the history file it names. Raises BadInputs with file and line of every fault."""
    scenario = _read(path)
    if scenario.history:
        if Path(scenario.history).name != scenario.history:
            raise BadInput("history names a file beside this one, without folders", path.name)
        earlier = _read(path.with_name(scenario.history))
        merged = {
            name: (*getattr(earlier.records, name), *getattr(scenario.records, name))
            for name in Records.model_fields
        }
        scenario = scenario.model_copy(
            update={"records": Records(**merged), "truth": (*earlier.truth, *scenario.truth)}
        )
    return scenario


def times_of(scenario: Scenario) -> tuple[datetime, ...]:
    """The instant of every event, in UTC; an event without one takes the instant of the event before it.

    Raises BadInputs when the first event has no time or when time would go back.
    """
    instants: list[datetime] = []
    faults: list[BadInput] = []
    for event in scenario.events:
        if event.at is None and not instants:
            faults.append(BadInput("the first event needs a time", f"{scenario.scenario}: {event.id}"))
            break
        instant = event.at.when(scenario.zone).at if event.at else instants[-1]
        if instants and instant < instants[-1]:
            faults.append(
                BadInput("this event lies before the one above it", f"{scenario.scenario}: {event.id}")
            )
        instants.append(instant)
    if faults:
        raise BadInputs(faults)
    return tuple(instants)


def _read(path: Path) -> Scenario:
    source = parse_yaml(path)
    try:
        scenario = Scenario.model_validate(source.value)
    except ValidationError as error:
        raise BadInputs(faults_from(error, source)) from error
    faults = [*_twice(scenario, source), *_dangling(scenario, source)]
    if faults:
        raise BadInputs(faults)
    return scenario


def _twice(scenario: Scenario, source: Source) -> list[BadInput]:
    seen: set[str] = set()
    faults = []
    for index, event in enumerate(scenario.events):
        if event.id in seen:
            faults.append(
                BadInput(f"the event {event.id} is written twice", source.line_of(("events", index, "id")))
            )
        seen.add(event.id)
    return faults


def _dangling(scenario: Scenario, source: Source) -> list[BadInput]:
    if scenario.history:
        return []
    people = {p.id for p in scenario.records.people}
    places = {p.id for p in scenario.records.places}
    faults: list[BadInput] = []

    def need(value: str | None, known: set[str], what: str, *path: str | int) -> None:
        if value and value not in known:
            faults.append(
                BadInput(f"there is no {what} {value} in records", source.line_of(("records", *path)))
            )

    for i, incident in enumerate(scenario.records.incidents):
        need(incident.place, places, "place", "incidents", i, "place")
        for j, party in enumerate(incident.parties):
            need(party.person, people, "person", "incidents", i, "parties", j)
        for j, told in enumerate(incident.disclosures):
            need(told.about, people, "person", "incidents", i, "disclosures", j)
            need(told.harmed, people, "person", "incidents", i, "disclosures", j)
    for i, tie in enumerate(scenario.records.ties):
        need(tie.person, people, "person", "ties", i)
        need(tie.place, places, "place", "ties", i)
    for i, relation in enumerate(scenario.records.relations):
        need(relation.a, people, "person", "relations", i)
        need(relation.of, people, "person", "relations", i)
    return faults
