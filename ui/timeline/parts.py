"""What a layout is made of and what it is asked with. No Qt."""

from dataclasses import dataclass

from ui.drawn.box import Box
from ui.timeline.axis import Axis
from ui.timeline.labels import Label
from ui.timeline.rows import Rows, SpanRow
from ui.timeline.story import Counted, Event, Form, Kind, Tier
from ui.timeline.ticks import Measure

SMALLEST = 13.0
"""The least width of a mark in pixels; with larger letters marks grow too."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is seen: `width` pixels from `offset` on of an axis that is `zoom` times as wide."""

    width: float
    zoom: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape: a past incident, several of them, a police warning or a call."""

    events: tuple[Event, ...]
    kind: Kind
    box: Box
    bar: Box | None = None
    tier: Tier = Tier.OTHER
    nameless: bool = False
    other_kind: bool = False
    form: Form = Form.TAKEN
    faded: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything to be drawn, in pixels of the window; `places` says where every event is on the whole axis."""

    width: float
    rows: Rows
    axis: Axis
    marks: tuple[Mark, ...]
    spans: tuple[SpanRow, ...]
    labels: tuple[Label, ...]
    ticks: tuple[tuple[float, bool], ...]
    lines: tuple[tuple[float, float], ...]
    breaks: tuple[float, ...]
    live: tuple[float, float] | None
    now: float | None
    places: dict[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a layout depends on beside the story and the window. `keep` is None without a filter."""

    measure: Measure
    line: float
    counted: Counted
    undated: str
    keep: frozenset[int] | None = None

    @property
    def mark(self) -> float:
        """A mark's width."""
        return max(SMALLEST, self.line)

    def keeps(self, event: Event) -> bool:
        """True when the filter leaves an event as it is; only past incidents and what belongs to them fade."""
        return self.keep is None or event.incident_id is None or event.incident_id in self.keep
