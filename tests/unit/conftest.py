"""A desk on a store of its own, with a clock that a test sets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from callhandler.app import App, open_app
from callhandler.clock import ScenarioClock
from callhandler.model.actor import Actor, Right
from callhandler.services.calls import CallIn
from callhandler.services.desk import View
from callhandler.services.telling import Told
from callhandler.settings import Settings
from tests.unit.pictures import START


@dataclass
class Desk:
    """One open program with a handler and, when asked for, a supervisor."""

    app: App
    clock: ScenarioClock
    handler: Actor

    def later(self, minutes: float) -> None:
        """Let time pass."""
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))

    def call(self, name: str = "Adult 1", place: str = "", number: str = "", **more: object) -> int:
        """Take a call; the incident it belongs to."""
        taken = self.app.calls.take(self.handler, CallIn(name=name, place=place, number=number, **more))  # type: ignore[arg-type]
        return taken.incident_id

    def view(self, incident: int) -> View:
        return self.app.desk.view(self.handler, incident)

    def place(self, incident: int) -> str:
        """Where the incident is now."""
        picture = self.view(incident).picture
        assert picture.incident is not None
        moved = [m.place_id for m in picture.moves if m.kind == "at"]
        place = picture.place(moved[-1] if moved else picture.incident.place_id)
        return place.label if place else ""

    def codes(self, incident: int) -> set[str]:
        return {w.code for w in self.view(incident).assessment.standing}

    def sign_in(self, name: str, *rights: Right) -> Actor:
        self.app.identity.add_user(name, name.title(), None, rights, granted_by="test")
        return self.app.identity.open_session(name)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A fresh training store with a handler signed in."""
    clock = ScenarioClock(START)
    app = open_app(Settings(str(tmp_path / "desk.sqlite"), data_folder=tmp_path), clock, kind="TRAINING")
    app.identity.add_user("handler", "Handler 12", None, (Right.HANDLER,), granted_by="test")
    try:
        yield Desk(app, clock, app.identity.open_session("handler"))
    finally:
        app.close()


@pytest.fixture
def assault(desk: Desk) -> int:
    """She was hit, and the incident is immediate."""
    incident = desk.call(type="domestic-abuse")
    desk.app.telling.tell(
        desk.handler, incident, Told("violence-now", "He hit me.", "Adult 1", "The suspect", "Adult 1")
    )
    assert desk.app.incidents.grade(desk.handler, incident, "I").accepted
    return incident
