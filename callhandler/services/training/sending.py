"""What a trainer does to a desk from elsewhere: lets something happen, marks a moment, stops, and paces its time.

Nothing is written but the sitting's list of what was sent and its clock; the desk takes both up by itself.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from callhandler.clock import PacedClock
from callhandler.errors import BadInput
from callhandler.intake.exercise.injects import Inject, filled
from callhandler.services.training.sent import take_in
from callhandler.services.training.sitting import CLOCK, SENT, exercise_of
from callhandler.services.training.watching import Watched, lines_of
from callhandler.store.exercise_log import ExerciseLog

PACES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""The paces that are stepped through, in seconds of the exercise for each second."""


class Trainer:
    """What is sent to one sitting."""

    def __init__(self, folder: Path, clock: PacedClock | None = None) -> None:
        self._folder = folder
        self._log = ExerciseLog(folder / SENT)
        self.exercise = exercise_of(folder)
        self.clock = clock or PacedClock(folder / CLOCK)

    # what happens

    def inject(self, inject: Inject, seen: Watched, words: str = "") -> str:
        """Let something happen now at the desk as it was `seen`; what was sent, in words.

        Raises BadInput when it cannot happen there, and nothing is sent then.
        """
        self._goes_on(seen)
        if inject.needs and (why := _lacking(inject.needs, seen)):
            raise BadInput(why, inject.id)
        speaker = seen.speaker or self.exercise.people[0].id
        happenings = [
            self._now(h, inject.id, seen) for h in filled(inject, seen.line, speaker, words.strip())
        ]
        lines = lines_of(self.exercise, seen.heard, self._log.read())
        for happening in happenings:
            if fault := take_in(lines, happening):
                raise BadInput(fault, inject.id)
        for happening in happenings:
            self._log.add(happening)
        return words.strip() or inject.words

    def mark(self, words: str, seen: Watched) -> None:
        """Mark the moment, to come back to in the debrief. Raises BadInput without words."""
        self._goes_on(seen)
        if not words.strip():
            raise BadInput("Type what you mark this moment with.", "mark")
        self._log.add({"do": "mark", "text": words.strip()})

    def stop(self, seen: Watched, words: str = "") -> None:
        """End the exercise at this desk; what was recorded stays."""
        self._goes_on(seen)
        self._log.add({"do": "stop", "text": words.strip() or "The trainer ended the exercise."})

    # time

    def turn_pace(self) -> float:
        """Hold the time, or let it run at real speed; the pace that it has now."""
        self.clock.set_pace(0.0 if self.clock.pace else 1.0)
        return self.clock.pace

    def faster(self) -> float:
        """The next faster pace."""
        now = self.clock.pace
        self.clock.set_pace(next((p for p in PACES if p > now), PACES[-1]))
        return self.clock.pace

    def slower(self) -> float:
        """The next slower pace; a held clock stays held."""
        now = self.clock.pace
        if now:
            self.clock.set_pace(next((p for p in reversed(PACES) if p < now), PACES[0]))
        return self.clock.pace

    def step(self, seen: Watched) -> None:
        """Go straight to what happens next by itself. Raises BadInput when everything waits for the desk."""
        self._goes_on(seen)
        if seen.next_at is None:
            raise BadInput("Nothing comes by itself: everything that is left waits for the desk.", "step")
        self.clock.move_to(seen.next_at)

    def jump(self, minutes: float) -> None:
        """Go on by so many minutes; all that is due meanwhile happens at once. Raises BadInput for less than nothing."""
        if not 0 < minutes <= 24 * 60:
            raise BadInput("An exercise jumps forward, by a day at most; it never goes back.", "jump")
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))

    # one entry

    def _now(self, happening: dict[str, Any], name: str, seen: Watched) -> dict[str, Any]:
        place = len(self._log.read()) + 1
        local = seen.now.astimezone(self.exercise.zone).replace(tzinfo=None).isoformat(timespec="seconds")
        body = {**happening, "id": f"trainer-{place}-{name}", "at": {"at": local}}
        return {"do": "happening", "happening": body}

    @staticmethod
    def _goes_on(seen: Watched) -> None:
        if seen.stopped:
            raise BadInput("This exercise is over; nothing more can happen in it.", "sitting")


def _lacking(needs: str, seen: Watched) -> str:
    match needs:
        case "open" if not seen.open_line:
            return "Nobody is on the line."
        case "incident" | "request" if not seen.incident:
            return "The desk has taken no call down yet."
        case "request" if not seen.asked_to_lower:
            return "No lowering waits for agreement."
    return ""
