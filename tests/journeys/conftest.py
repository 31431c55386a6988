"""Scenarios played once for all tests, and a store that holds the history and nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from callhandler.app import App, find_scenario, open_app, replaying
from callhandler.clock import ScenarioClock
from callhandler.intake.scenario import Scenario, read_scenario
from callhandler.model.assessment import Assessment
from callhandler.model.incident import Incident
from callhandler.model.picture import Picture
from callhandler.model.when import LONDON
from callhandler.rules.assess import assess
from callhandler.services.records import RecordsLoader
from callhandler.services.replay_output import event_out, header
from callhandler.settings import Settings
from callhandler.store import pictures
from callhandler.store.unit_of_work import reading


def play(name: str) -> "Played":
    """A shipped scenario's whole output, as a program that reads it would see it."""
    with replaying(find_scenario(name), Settings(database="")) as run:
        events = [event_out(step, run) for step in run.play()]
        whole = {"header": header(run), "events": events}
    return Played(json.loads(json.dumps(whole, ensure_ascii=False)))


@dataclass(frozen=True)
class Played:
    """The output of a replay, with look-ups by event."""

    whole: dict[str, Any]

    @property
    def events(self) -> list[dict[str, Any]]:
        return list(self.whole["events"])

    def __getitem__(self, event: str) -> dict[str, Any]:
        (found,) = [e for e in self.events if e["event"] == event]
        return dict(found)

    def before(self, event: str) -> dict[str, Any]:
        """What was seen at the event just before this one."""
        names = [e["event"] for e in self.events]
        return self.events[names.index(event) - 1]

    def codes(self, event: str, tier: str = "") -> set[str]:
        """The codes of the warnings that stand after an event."""
        return {w["code"] for w in self[event]["warnings"] if not tier or w["tier"] == tier}

    def warning(self, event: str, code: str) -> dict[str, Any]:
        (found,) = [w for w in self[event]["warnings"] if w["code"] == code]
        return dict(found)

    def linked(self, event: str) -> dict[str, str]:
        """Past incidents after an event: when it was reported, and why it is shown."""
        return {i["opened"]: i["why"] for i in self[event]["history"]["incidents"]}


@pytest.fixture(scope="session")
def night() -> Played:
    """The four calls of the night."""
    return play("night")


@pytest.fixture(scope="session")
def agreed() -> Played:
    """A lowering that a supervisor rightly agrees to."""
    return play("lowering-agreed")


@pytest.fixture(scope="session")
def ordinary() -> Played:
    """An ordinary call."""
    return play("ordinary-call")


@dataclass(frozen=True)
class Held:
    """The history in a store of its own, seen as of any day."""

    app: App
    scenario: Scenario
    incidents: dict[str, int]
    people: dict[str, int]

    def picture(self, incident: str, local: str) -> Picture:
        """The picture of a past incident as of a local time."""
        instant = datetime.fromisoformat(local).replace(tzinfo=LONDON)
        with reading(self.app.office.engine) as connection:
            return pictures.of_incident(connection, self.incidents[incident], instant)

    def assess(self, incident: str, local: str) -> Assessment:
        return assess(self.picture(incident, local), self.app.policy)

    def linked(self, incident: str, local: str) -> dict[str, Incident]:
        """The past incidents that the picture links, by the history's own names."""
        names = {number: name for name, number in self.incidents.items()}
        return {names[i.id]: i for i in self.picture(incident, local).linked}


@contextmanager
def holding(folder: Path) -> Iterator[Held]:
    """A fresh store with the history of the night loaded into it."""
    scenario = read_scenario(find_scenario("solihull-history"))
    clock = ScenarioClock(datetime(2018, 8, 26, 20, 0, tzinfo=LONDON))
    app = open_app(
        Settings(str(folder / "held.sqlite"), scenario.scheme, data_folder=folder), clock, kind="TRAINING"
    )
    try:
        loader = RecordsLoader(app.office, scenario.zone)
        loader.load(scenario.records)
        yield Held(app, scenario, loader.incidents, loader.people)
    finally:
        app.close()


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """The police-known history, loaded once."""
    with holding(tmp_path_factory.mktemp("held")) as found:
        yield found
