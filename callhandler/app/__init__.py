"""What a screen or a command opens: the App over a store; an exercise, a replay or the demonstration over one of its own."""

from callhandler.app.opening import App, keep_keys_of, load_policy, open_app, open_up_to_date
from callhandler.app.played import (
    Demonstration,
    join_demonstration,
    open_demonstration,
    open_replay,
    replaying,
)
from callhandler.app.practice import (
    ExerciseDesk,
    looking_at_sitting,
    open_exercise,
    resume_exercise,
    sittings_folder,
    watch_sitting,
)
from callhandler.app.shipped import (
    exercise_folders,
    exercises_folder,
    find_exercise,
    find_scenario,
    population_folder,
    training_folder,
)

__all__ = [
    "App",
    "Demonstration",
    "ExerciseDesk",
    "exercise_folders",
    "exercises_folder",
    "find_exercise",
    "find_scenario",
    "join_demonstration",
    "keep_keys_of",
    "load_policy",
    "looking_at_sitting",
    "open_app",
    "open_demonstration",
    "open_exercise",
    "open_replay",
    "open_up_to_date",
    "population_folder",
    "replaying",
    "resume_exercise",
    "sittings_folder",
    "training_folder",
    "watch_sitting",
]
