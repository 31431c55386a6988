"""An exercise as it is written: who rings and what they know, what happens, and the key of experts. Read strictly."""

from callhandler.intake.exercise.reading import read_exercise, times_to_start
from callhandler.intake.exercise.written import Exercise

__all__ = ["Exercise", "read_exercise", "times_to_start"]
