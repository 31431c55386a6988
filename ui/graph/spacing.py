"""Things in one row or column kept in their order and apart, each as near as can be to where it wants to be. No Qt."""

from collections.abc import Sequence


def apart(wanted: Sequence[float], sizes: Sequence[float], air: float) -> list[float]:
    """Middles for things of these sizes, in this order, `air` between them, nearest to `wanted` in the least squares.

    Neighbours that would overlap become one block that goes to the mean of what its members want.
    """
    # Of each block: the sum of where its first thing wants to begin, how many things, and the room they take.
    blocks: list[list[float]] = []
    for wish, size in zip(wanted, sizes, strict=True):
        blocks.append([wish - size / 2, 1.0, size + air])
        while len(blocks) > 1 and _start(blocks[-2]) + blocks[-2][2] > _start(blocks[-1]) + 1e-9:
            last, before = blocks.pop(), blocks[-1]
            before[0] += last[0] - last[1] * before[2]
            before[1] += last[1]
            before[2] += last[2]
    found = []
    index = 0
    for block in blocks:
        at, many = _start(block), round(block[1])
        for _ in range(many):
            found.append(at + sizes[index] / 2)
            at += sizes[index] + air
            index += 1
    return found


def _start(block: Sequence[float]) -> float:
    return block[0] / block[1]
