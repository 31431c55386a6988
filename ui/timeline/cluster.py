"""Marks closer than a mark's width, drawn as one with a count. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ui.timeline.story import Event


@dataclass(slots=True)
class Group:
    """Neighbouring events, in order of time, from the first one's x to the last one's."""

    events: list[Event]
    first: float
    last: float

    @property
    def x(self) -> float:
        """Where the one mark goes: the middle of its members."""
        return (self.first + self.last) / 2


def grouped(placed: Sequence[tuple[Event, float]], apart: float) -> list[Group]:
    """Groups whose marks are at least `apart` from each other; `placed` is in order of x.

    Nearest neighbours join first, so that a long even row becomes several small groups and not one large one.
    """
    groups = [Group([event], x, x) for event, x in placed]
    while True:
        gaps = [b.x - a.x for a, b in pairwise(groups)]
        if not gaps or min(gaps) >= apart:
            return groups
        groups = _joined(groups, gaps, apart)


def _joined(groups: list[Group], gaps: list[float], apart: float) -> list[Group]:
    # One pass joins every pair that is nearer than the gaps on both its sides: few passes for many marks.
    result: list[Group] = []
    i = 0
    while i < len(groups):
        close = i < len(gaps) and gaps[i] < apart
        nearest = (
            close and (i == 0 or gaps[i] <= gaps[i - 1]) and (i + 1 >= len(gaps) or gaps[i] <= gaps[i + 1])
        )
        if nearest:
            one, other = groups[i], groups[i + 1]
            result.append(Group(one.events + other.events, one.first, other.last))
            i += 2
        else:
            result.append(groups[i])
            i += 1
    return result
