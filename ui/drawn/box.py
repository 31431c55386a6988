"""A rectangle to lay out with. No Qt."""

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Box", air: float = 0.0) -> bool:
        """True when the two overlap, or come closer sideways than `air`."""
        return (
            self.x < other.x + other.width + air
            and other.x < self.x + self.width + air
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )
