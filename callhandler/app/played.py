"""A scenario played on a training store of its own: a replay, and the demonstration that is gone on with by hand."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callhandler.app.opening import App, open_app
from callhandler.app.shipped import find_scenario
from callhandler.clock import ScenarioClock, SharedClock
from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.settings import Settings

# A live desk plays no scenario, so what reads and plays one is imported when it is asked for.
if TYPE_CHECKING:
    from callhandler.intake.scenario import Scenario
    from callhandler.services.replay import Replay, Step


@contextmanager
def replaying(path: Path, settings: Settings, database: Path | None = None) -> "Iterator[Replay]":
    """A replay of a scenario on a fresh training store, which is gone afterwards unless `database` says where to keep it."""
    from callhandler.intake.scenario import read_scenario
    from callhandler.services.replay import Replay

    scenario = read_scenario(path)
    if not scenario.events:
        raise BadInput(
            f"{scenario.scenario} holds records but no events; there is nothing to play.", path.name
        )
    with tempfile.TemporaryDirectory(prefix="callhandler-") as folder:
        app = open_replay(scenario, settings, database or Path(folder) / "replay.sqlite", Path(folder))
        try:
            yield Replay(app.office, scenario)
        finally:
            app.close()


def open_replay(scenario: "Scenario", settings: Settings, database: Path, data_folder: Path) -> App:
    """An App over a fresh training store on the scenario's own clock, set to its first event."""
    from callhandler.intake.scenario import times_of

    if database.exists():
        raise BadInput(f"{database.name} exists already; a replay needs a fresh store.", "database")
    own = replace(settings, database=str(database), scheme=scenario.scheme, data_folder=data_folder)
    return open_app(own, ScenarioClock(times_of(scenario)[0]), "TRAINING", scenario.scenario)


@dataclass(frozen=True)
class Demonstration:
    """The shipped night on a training store of its own, played up to an event, to be gone on with by hand or by steps."""

    app: App
    replay: "Replay"
    actor: Actor
    database: Path

    @property
    def incident_id(self) -> int | None:
        """The incident of the night; None before its first call."""
        return self.replay.incident_id

    def next(self) -> "Step | None":
        """Play the next event; None when the night is over."""
        return next(self.replay.play(), None)


def open_demonstration(
    settings: Settings, until: str = "going-to-mothers", name: str = "night"
) -> Demonstration:
    """Make a fresh demonstration store, play the night up to the event `until`, and sign in as its handler.

    With an empty `until` nothing is played: its people and their history are there, and its calls are taken by hand.
    """
    from callhandler.intake.scenario import read_scenario, times_of
    from callhandler.services.replay import Replay

    scenario = read_scenario(find_scenario(name))
    folder = settings.data_folder / "demonstration"
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / f"night-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.sqlite"
    clock = SharedClock(database.with_suffix(".clock"), times_of(scenario)[0])
    own = replace(settings, database=str(database), scheme=scenario.scheme, data_folder=folder)
    app = open_app(own, clock, "TRAINING", scenario.scenario)
    replay = Replay(app.office, scenario)
    if until:
        for _ in replay.play_until(until):
            pass
    else:
        replay.prepare()
    clock.release()
    database.with_suffix(".scheme").write_text(scenario.scheme, encoding="utf-8")
    (folder / "latest").write_text(database.name, encoding="utf-8")
    return Demonstration(app, replay, replay.actor("handler"), database)


def join_demonstration(settings: Settings, name: str = "supervisor") -> tuple[App, Actor]:
    """Sit down at another desk of the demonstration that was opened last, as one of its people."""
    folder = settings.data_folder / "demonstration"
    latest = folder / "latest"
    if not latest.is_file():
        raise BadInput("No demonstration is open. Open one first: callhandler demo", "demo")
    database = folder / latest.read_text(encoding="utf-8").strip()
    scheme = database.with_suffix(".scheme").read_text(encoding="utf-8")
    own = replace(settings, database=str(database), scheme=scheme, data_folder=folder)
    app = open_app(own, SharedClock(database.with_suffix(".clock")), kind="TRAINING")
    return app, app.identity.open_session(name)
