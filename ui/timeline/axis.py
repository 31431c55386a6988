"""The broken axis: years pressed together, the last twelve months wider, this incident widest. No Qt.

Each section is linear, so that distances within it can be compared; the breaks between them are drawn.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from ui.timeline.story import DAY, Event, Kind, Story, local, months_on

GAP = 18.0
"""Pixels for the sign of a break."""
EDGE = 10.0
"""Pixels at each end of a section, so that a mark at its very end is whole."""
RECENT_MONTHS = 12
ONE_SECTION = 18 * 30.5 * DAY
"""A history no longer than this needs no break of its own."""


class Part(StrEnum):
    """The sections an axis may have, from left to right."""

    UNDATED = "undated"
    YEARS = "years"
    RECENT = "recent"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of time [start, end] on a stretch of pixels [left, right]."""

    part: Part
    start: float
    end: float
    left: float
    right: float

    @property
    def per_second(self) -> float:
        """Pixels a second."""
        return max(self.right - self.left - 2 * EDGE, 1.0) / max(self.end - self.start, 1.0)

    def x(self, seconds: float) -> float:
        """Where an instant is; one outside the section goes to its edge."""
        inside = min(max(seconds, self.start), self.end)
        return self.left + EDGE + (inside - self.start) * self.per_second

    def seconds(self, x: float) -> float:
        """Which instant is at x."""
        return min(max(self.start + (x - self.left - EDGE) / self.per_second, self.start), self.end)


@dataclass(frozen=True, slots=True)
class Axis:
    """Sections laid side by side over `width` pixels."""

    sections: tuple[Section, ...]
    width: float

    def section_of(self, seconds: float) -> Section:
        """The section an instant belongs to."""
        found = self.sections[0]
        for section in self.sections[1:]:
            if section.start <= seconds:
                found = section
        return found

    def x(self, seconds: float) -> float:
        """Where an instant is; what has no date goes to the middle of its own section."""
        section = self.section_of(seconds)
        if section.part is Part.UNDATED:
            return (section.left + section.right) / 2
        return section.x(seconds)

    def span(self, event: Event) -> tuple[float, float]:
        """From where to where an event may lie, within the section of its middle."""
        section = self.section_of(event.middle)
        if section.part is Part.UNDATED:
            middle = self.x(event.start)
            return middle, middle
        return section.x(event.start), section.x(event.end)


def axis_of(story: Story, width: float) -> Axis:
    """An axis of this width for a story."""
    parts = _parts(story)
    room = max(width - GAP * (len(parts) - 1), 1.0)
    total = sum(share for _, _, _, share in parts)
    sections = []
    left = 0.0
    for part, start, end, share in parts:
        right = left + room * share / total
        sections.append(Section(part, start, end, left, right))
        left = right + GAP
    return Axis(tuple(sections), width)


def _parts(story: Story) -> list[tuple[Part, float, float, float]]:
    past = [e for e in story.events if not e.undated and e.kind is not Kind.CALL]
    undated = any(e.undated for e in story.events)
    live = _live(story)
    until = live[0] if live else story.now
    before = [e for e in past if e.start < until]
    parts: list[tuple[Part, float, float, float]] = []
    if undated:
        parts.append((Part.UNDATED, -math.inf, -math.inf, 0.06))
    if before:
        first = min(e.start for e in before)
        cut = months_on(local(until), -RECENT_MONTHS).timestamp()
        if until - first > ONE_SECTION:
            old = sum(1 for e in before if e.middle < cut)
            share = min(max(old / len(before), 0.28), 0.6) * 0.66
            year = local(first).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
            parts.append((Part.YEARS, year.timestamp(), cut, share))
            parts.append((Part.RECENT, cut, until, 0.66 - share))
        else:
            month = months_on(local(first), 0).timestamp()
            parts.append((Part.RECENT, min(month, until - DAY), until, 0.66))
    if live:
        parts.append((Part.LIVE, *live, 0.34))
    if not parts or parts[-1][0] is Part.UNDATED:
        parts.append((Part.RECENT, until - 30 * DAY, until, 0.66))
    return parts


def _live(story: Story) -> tuple[float, float] | None:
    # Whole half-hours, so that the marks stand still while the minutes pass.
    if story.live_from is None:
        return None
    span = max(story.now - story.live_from, 0.0)
    step = next(s for s in (1_800.0, 7_200.0, DAY, math.inf) if span < s * 16 or s == DAY)
    start = math.floor(story.live_from / step) * step
    return start, max(math.ceil(story.now / step) * step, start + step)
