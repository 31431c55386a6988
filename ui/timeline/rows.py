"""The rows of a timeline from top to bottom, and how orders share theirs. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.timeline.axis import Axis
from ui.timeline.story import Event

ORDER = 8.0
"""Pixels for the line of an order, beneath its words."""
TOP = 2.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each row is, in pixels from the top; `axis` and `lower_mark` are middles, the others tops."""

    line: float
    mark: float
    top: float
    upper: float
    flag: float
    axis: float
    lower: float
    lower_mark: float
    ticks: float
    height: float

    @classmethod
    def of(cls, line: float, mark: float, orders: int, caption: bool = False) -> "Rows":
        """Rows for letters and marks of this height and so many rows of orders; perhaps one above for a caption."""
        top = TOP + (line + 2 if caption else 0.0)
        upper = top + orders * (line + ORDER)
        flag = upper + line + 1
        axis = flag + mark * 1.3
        lower = axis + mark * 0.5 + 4
        ticks = lower + line + 4
        return cls(line, mark, top, upper, flag, axis, lower, lower + line / 2, ticks, ticks + line + 2)

    def span(self, row: int) -> float:
        """The top of a row of orders: its words stand there, its line beneath them."""
        return self.top + row * (self.line + ORDER)


@dataclass(frozen=True, slots=True)
class SpanRow:
    """An order from `left` to `right` in the window, in a row of its own or one it shares without meeting another."""

    event: Event
    left: float
    right: float
    row: int
    faded: bool


def stacked(
    orders: Sequence[Event], axis: Axis, offset: float, width: float, keeps: Callable[[Event], bool]
) -> list[SpanRow]:
    """Orders in as few rows as they need, the earliest first."""
    ends: list[float] = []
    found = []
    for event in sorted(orders, key=lambda e: (e.start, e.key)):
        left = axis.x(event.start)
        right = max(axis.x(event.end), left + 8)
        row = next((i for i, end in enumerate(ends) if end < left), len(ends))
        ends[row:] = [right + 8, *ends[row + 1 :]]
        found.append(SpanRow(event, left - offset, right - offset, row, not keeps(event)))
    return found
