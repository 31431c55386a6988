"""A scenario: what police had recorded, what was true beside it, and what then happens, on one clock."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError, field_validator

from callhandler.errors import BadInput, BadInputs
from callhandler.intake.scenario_checks import Part, faults_of, faults_of_times
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
    return _completed(_read(path), path)


def completed(scenario: Scenario, source: Source, path: Path) -> Scenario:
    """A scenario that was read from `source` at `path`, with the history file that it names. Raises BadInputs likewise."""
    return _completed(Part(scenario, source), path)


def _completed(part: Part, path: Path) -> Scenario:
    faults: list[BadInput] = []
    parts = [part]
    if name := part.scenario.history:
        if Path(name).name != name:
            faults.append(part.fault("history names a file beside this one, without folders", "history"))
        else:
            try:
                parts.insert(0, _read(path.with_name(name)))
            except BadInputs as error:
                faults.extend(error.faults)
            else:
                faults.extend(_faults_of_history(parts[0], part))
    # Without the history in hand every reference into it would look like a fault of its own.
    if len(parts) > 1 or not part.scenario.history:
        faults.extend(faults_of(parts))
    if faults:
        raise BadInputs(faults)
    if len(parts) == 1:
        return part.scenario
    merged = {
        name: tuple(record for p in parts for record in getattr(p.scenario.records, name))
        for name in Records.model_fields
    }
    truth = tuple(entry for p in parts for entry in p.scenario.truth)
    return part.scenario.model_copy(update={"records": Records(**merged), "truth": truth})


def times_of(scenario: Scenario) -> tuple[datetime, ...]:
    """The instant of every event, in UTC; an event without one takes the instant of the event before it.

    Raises BadInputs when the first event has no time or when time would go back.
    """
    told = [event.at.when(scenario.zone).at if event.at else None for event in scenario.events]
    faults = [BadInput(text, scenario.scenario) for _, text in faults_of_times(scenario.events, told)]
    if faults:
        raise BadInputs(faults)
    instants: list[datetime] = []
    for instant in told:
        instants.append(instant or instants[-1])
    return tuple(instants)


def _read(path: Path) -> Part:
    """One file, well-formed in itself. Raises BadInputs."""
    try:
        source = parse_yaml(path)
    except BadInput as fault:
        raise BadInputs([fault]) from fault
    try:
        return Part(Scenario.model_validate(source.value), source)
    except ValidationError as error:
        raise BadInputs(faults_from(error, source)) from error


def _faults_of_history(earlier: Part, part: Part) -> list[BadInput]:
    faults = []
    if earlier.scenario.history:
        faults.append(
            earlier.fault("a history file may not name a history of its own: only one step back", "history")
        )
    if earlier.scenario.time_zone != part.scenario.time_zone:
        zones = f"{earlier.scenario.time_zone} there and {part.scenario.time_zone} here"
        faults.append(part.fault(f"the history is told in another time zone: {zones}", "history"))
    return faults
