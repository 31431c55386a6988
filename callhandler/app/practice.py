"""A sitting at an exercise: the live desk's services over a training store of its own. The live store is never opened."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callhandler.app.opening import App, load_policy, open_app
from callhandler.app.shipped import find_exercise
from callhandler.clock import PacedClock
from callhandler.model.actor import Actor
from callhandler.settings import Settings

# A live desk plays no scenario, so what reads and plays one is imported when it is asked for.
if TYPE_CHECKING:
    from callhandler.services.training.exercising import Exercising
    from callhandler.services.training.watching import Watch


def sittings_folder(settings: Settings) -> Path:
    """Where sittings at exercises are kept; `CALLHANDLER_SITTINGS` names one that several desks share."""
    return Path(os.environ.get("CALLHANDLER_SITTINGS") or settings.data_folder / "sittings")


@dataclass(frozen=True)
class ExerciseDesk:
    """A trainee's desk: the live desk's services over a training store, and the exercise that runs at it."""

    app: App
    run: "Exercising"
    actor: Actor
    folder: Path


def open_exercise(
    settings: Settings, name: str, trainee: str = "", cohort: str = "", folder: Path | None = None
) -> ExerciseDesk:
    """Begin a sitting at an exercise; the clock stands until it is given a pace. The live store is never opened.

    `folder` is where the sitting is kept, a new one without it.
    """
    from callhandler.services.training.sitting import begin

    file = find_exercise(name)
    now = datetime.now(UTC)
    where = folder or sittings_folder(settings) / f"{file.stem}-{now:%Y%m%d-%H%M%S}-{os.getpid()}"
    sitting = begin(where, file, trainee, cohort, now)
    app, run = _sitting_at(settings, where, new=True)
    return ExerciseDesk(app, run, run.prepare(sitting.trainee), where)


def resume_exercise(settings: Settings, folder: Path) -> ExerciseDesk:
    """Take up a sitting where it was left, after a kill or a closed window."""
    app, run = _sitting_at(settings, folder)
    return ExerciseDesk(app, run, run.go_on(), folder)


@contextmanager
def looking_at_sitting(settings: Settings, folder: Path) -> "Iterator[tuple[App, Exercising]]":
    """A sitting as it was left or as it stands now, for whoever scores or watches it: nobody is signed in."""
    app, run = _sitting_at(settings, folder)
    try:
        yield app, run
    finally:
        app.close()


def watch_sitting(settings: Settings, folder: Path) -> "Watch":
    """A sitting for whoever watches it from elsewhere: its files are read and nothing of them is written."""
    from callhandler.services.training.sitting import sitting_of
    from callhandler.services.training.watching import Watch

    return Watch(folder, load_policy(replace(settings, scheme=sitting_of(folder).scheme)))


def _sitting_at(settings: Settings, folder: Path, *, new: bool = False) -> "tuple[App, Exercising]":
    from callhandler.intake.exercise import times_to_start
    from callhandler.services.training.exercising import Exercising
    from callhandler.services.training.sitting import CLOCK, STORE, exercise_of, sitting_of

    sitting, exercise = sitting_of(folder), exercise_of(folder)
    own = replace(settings, database=str(folder / STORE), scheme=sitting.scheme, data_folder=folder)
    clock = PacedClock(folder / CLOCK, times_to_start(exercise) if new else None)
    app = open_app(own, clock, "TRAINING", exercise.exercise)
    return app, Exercising(app.office, exercise, folder)
