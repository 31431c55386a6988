"""A month of a room on a demonstration's store, before the night: lowerings agreed, alone and kept, reviews, second grades.

For tests and for pictures. All of it goes through the services; where nothing is drawn by lot, the policy copy draws all.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from callhandler import app as core
from callhandler.app import App, Demonstration
from callhandler.clock import SharedClock
from callhandler.intake.scenario import read_scenario, times_of
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import RationaleAnswer, Verdict
from callhandler.model.review import Result
from callhandler.services.calls import CallIn
from callhandler.services.replay import Replay
from callhandler.services.telling import Told
from callhandler.settings import Settings, resources

HELD = RationaleAnswer(
    "assault-suspect-free", "He is in a cell since eight o'clock", "custody-officer", "custody-record"
)
HOURS = (9, 11, 14, 15, 17, 18, 19, 20, 21, 22, 23)
REASONS = (
    "Both parties have left and shops are closed; patrol to pass by.",
    "Items found, nothing taken; a statement can be taken tomorrow.",
    "Noise has stopped, and the caller is content with a visit later.",
    "Driver details exchanged, nobody hurt, road clear.",
)


@dataclass
class Room:
    """Who works there, and its clock."""

    app: App
    clock: SharedClock
    handlers: tuple[Actor, ...]
    supervisor: Actor
    reviewer: Actor

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        """Let time pass to this hour of this day of the month."""
        start = self.start + timedelta(days=day, hours=hour, minutes=minute)
        if start > self.clock.now():
            self.clock.move_to(start)

    def __post_init__(self) -> None:
        self.start = self.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)


def every_domestic_by_lot(folder: Path) -> Path:
    """A copy of the shipped policy in which every domestic grading is drawn; returns its folder."""
    target = folder / "policy"
    shutil.copytree(resources() / "policy", target)
    file = target / "core" / "reviews.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("per_thousand: 100", "per_thousand: 1000"), encoding="utf-8")
    return target


def open_month(settings: Settings, until: str = "rationale-full", days: int = 28) -> Demonstration:
    """The night at `until`, after so many days of other work, on a store of its own whose clock runs."""
    scenario = read_scenario(core.find_scenario("night"))
    folder = settings.data_folder / "demonstration"
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "month.sqlite"
    clock = SharedClock(database.with_suffix(".clock"), times_of(scenario)[0] - timedelta(days=days))
    own = replace(settings, database=str(database), scheme=scenario.scheme, data_folder=folder)
    app = core.open_app(own, clock, kind="TRAINING")
    replay = Replay(app.office, scenario)
    replay.prepare()
    app.identity.add_user("reviewer", "Reviewer 7", None, (Right.REVIEWER,), granted_by="made up")
    room = Room(
        app,
        clock,
        (replay.actor("handler"), replay.actor("handler-2")),
        app.identity.open_session("supervisor"),
        app.identity.open_session("reviewer"),
    )
    for each in _month(days):
        each(room)
    app.identity.sign_out(room.supervisor)
    app.identity.sign_out(room.reviewer)
    if until:
        for _ in replay.play_until(until):
            pass
    clock.release()
    database.with_suffix(".scheme").write_text(scenario.scheme, encoding="utf-8")
    (folder / "latest").write_text(database.name, encoding="utf-8")
    return Demonstration(app, replay, replay.actor("handler"), database)


Doing = Callable[[Room], None]


def _month(days: int) -> Iterator[Doing]:
    """What happens, in order of time."""
    for day in range(days):
        for many in range(1 + (day * 7 + 3) % 3):
            hour = HOURS[(day * 5 + many * 4) % len(HOURS)]
            match (day + many) % 5:
                case 0 | 2:
                    yield lambda room, d=day, h=hour: _alone(room, d, h)  # type: ignore[misc]
                case 1 | 3:
                    yield lambda room, d=day, h=hour: _asked(room, d, h, Verdict.AGREE)  # type: ignore[misc]
                case _:
                    yield lambda room, d=day, h=hour: _asked(room, d, h, Verdict.KEEP)  # type: ignore[misc]
        if day % 3 == 2:
            yield lambda room, d=day: _domestic(room, d)  # type: ignore[misc]
        if day % 2:
            yield lambda room, last=day >= days - 2: _review(room, 3 if last else 0)  # type: ignore[misc]


def _call(room: Room, day: int, hour: int, kind: str, words: str) -> tuple[Actor, int]:
    room.at(day, hour)
    handler = room.handlers[day % 2]
    name = f"Caller {chr(65 + day % 26)}{hour}"
    taken = room.app.calls.take(
        handler, CallIn(name=name, type=kind, words=words, place=f"{hour} Sedge Lane")
    )
    return handler, taken.incident_id


def _alone(room: Room, day: int, hour: int) -> None:
    """Priority lowered above the floor for a reason in one line: nobody needs to agree."""
    handler, incident = _call(room, day, hour, "asb", "Shouting outside the shops.")
    room.app.incidents.grade(handler, incident, "P2")
    room.at(day, hour, 35)
    room.app.incidents.grade(handler, incident, "S", REASONS[day % len(REASONS)])


def _asked(room: Room, day: int, hour: int, verdict: Verdict) -> None:
    """A lowering below the floor, asked for and answered."""
    handler, incident = _call(room, day, hour, "violence", "Somebody hit me outside.")
    told = Told("violence-now", "He hit me.", f"Caller {chr(65 + day % 26)}{hour}", "Suspect", "")
    room.app.telling.tell(handler, incident, told)
    room.app.incidents.grade(handler, incident, "P1")
    room.at(day, hour, 20)
    request = room.app.incidents.grade(handler, incident, "S", "He is held.").request_id
    if request is None:
        return
    room.app.incidents.give_rationale(handler, incident, request, "suspect-detained", "He is held.", [HELD])
    room.at(day, hour, 22)
    reason = "Held overnight." if verdict is Verdict.AGREE else "See her first."
    room.app.incidents.agree(room.supervisor, incident, request, verdict, reason)


def _domestic(room: Room, day: int) -> None:
    """A domestic call graded priority: what a lot may draw for a blind second grade."""
    handler, incident = _call(room, day, 23, "domestic-abuse", "He shouts at me and will not leave.")
    room.app.incidents.grade(handler, incident, "P2" if day % 2 else "P1")


def _review(room: Room, keep: int) -> None:
    """A reviewer answers what waits, but the last few."""
    lines = [line for line in room.app.reviews.queue(room.reviewer) if not line.waiting]
    for place, line in enumerate(lines[: len(lines) - keep] if keep else lines):
        assert line.item_id is not None
        if line.hidden:
            room.app.reviews.grade(room.reviewer, line.item_id, "P1" if place % 4 else "P2")
        learning = place % 6 == 5
        room.app.reviews.answer(
            room.reviewer,
            line.item_id,
            Result.LEARNING if learning else Result.UPHELD,
            "Ask where the other party went before lowering." if learning else "Right on what was known.",
            feedback="Ask where the other party went before lowering." if learning else "",
        )
