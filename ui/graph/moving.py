"""From card to card by the arrows: along a column or row to the next, across to the nearest of the one beside it. No Qt.

So every card is reached from every other: a column is walked from end to end, and each column leads to both beside it.
"""

from collections.abc import Mapping
from enum import Enum

from ui.drawn.box import Box


class Way(Enum):
    """The four arrows."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def lanes_of(boxes: Mapping[str, Box], by_rows: bool) -> list[list[str]]:
    """The columns of cards, from left to right and each from top to bottom; or the rows, where cards stand in rows."""
    found: dict[int, list[tuple[float, str]]] = {}
    for key, box in boxes.items():
        x, y = middle(box)
        lane, at = (round(y), x) if by_rows else (round(box.x), y)
        found.setdefault(lane, []).append((at, key))
    return [[key for _, key in sorted(found[lane])] for lane in sorted(found)]


def nearest(boxes: Mapping[str, Box], current: str, way: Way, by_rows: bool = False) -> str:
    """The key of the card that an arrow goes to; the current one where nothing lies that way."""
    lanes = lanes_of(boxes, by_rows)
    lane = next((i for i, keys in enumerate(lanes) if current in keys), -1)
    if lane < 0:
        return current
    dx, dy = way.value
    along, across = (dx, dy) if by_rows else (dy, dx)
    place = lanes[lane].index(current) + along
    if along:
        return lanes[lane][place] if 0 <= place < len(lanes[lane]) else current
    if not 0 <= lane + across < len(lanes):
        return current
    axis = 0 if by_rows else 1
    here = middle(boxes[current])[axis]
    return min(lanes[lane + across], key=lambda k: (abs(middle(boxes[k])[axis] - here), k))


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return box.x + box.width / 2, box.y + box.height / 2
