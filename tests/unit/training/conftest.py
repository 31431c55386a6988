"""An exercise at a desk of its own, on a machine's clock that the test moves."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callhandler import app as core
from callhandler.app import App
from callhandler.clock import PacedClock
from callhandler.intake.exercise import read_exercise, times_to_start
from callhandler.model.actor import Actor
from callhandler.services.calls import CallIn
from callhandler.services.training.exercising import Exercising
from callhandler.settings import Settings

SMALL = Path(__file__).parents[2] / "data" / "training" / "small.yaml"


class Desk:
    """A trainee's desk: the exercise, the services, and a machine's clock by hand."""

    def __init__(self, folder: Path, path: Path = SMALL, like: Path | None = None) -> None:
        """A desk in a folder; `like` is one that was prepared before, whose copy is taken up."""
        self.folder = folder
        if like is not None:
            shutil.copytree(like, folder, dirs_exist_ok=True)
        self.machine = datetime(2026, 1, 1, tzinfo=UTC)
        self.exercise = read_exercise(path)
        self.actor: Actor
        self.app: App
        self.open(None if like else times_to_start(self.exercise))
        self.actor = self.run.go_on() if like else self.run.prepare()
        self.clock.set_pace(1)

    def open(self, start: datetime | None = None) -> None:
        self.clock = PacedClock(self.folder / "clock", start, lambda: self.machine)
        settings = replace(
            Settings(str(self.folder / "store.sqlite")), scheme=self.exercise.scheme, data_folder=self.folder
        )
        self.app = core.open_app(settings, self.clock, "TRAINING", self.exercise.exercise)
        self.run = Exercising(self.app.office, self.exercise, self.folder)

    def wait(self, seconds: float) -> list[str]:
        """Let time pass second by second, as a window does; what was heard meanwhile."""
        heard: list[str] = []
        for _ in range(round(seconds)):
            self.machine += timedelta(seconds=1)
            heard += [h.text for h in self.run.tick() if h.text]
        return heard

    def take(self, number: str = "07700 900160") -> int:
        """Take the call that rings, as the desk does."""
        taken = self.app.calls.take(self.actor, CallIn(number=number, name="Adult A", place="Her flat"))
        self.run.tick()
        return taken.incident_id


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sitting that was prepared and left: making its store anew for each test would take most of their time."""
    folder = tmp_path_factory.mktemp("prepared")
    Desk(folder).app.close()
    return folder


@pytest.fixture
def desk(tmp_path: Path, prepared: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, like=prepared)
    yield made
    made.app.close()
