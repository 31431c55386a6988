"""Readings that go on beside each other, so that the shared database is waited for once for all of them.

A reading is a coroutine: where it says `await`, it may wait for the database. Beside others it waits at the same time as
they do, and what all of them ask goes to the server in one go. In a file every answer is there at once: nothing waits,
and the readings run one after the other as they stand.
"""

from collections.abc import Callable, Coroutine, Generator, Sequence
from dataclasses import dataclass
from types import coroutine
from typing import Any, TypeVar

from sqlalchemy import Connection

from callhandler.store import plainly

Rows = Sequence[Any]
Asked = tuple[str, Any]
"""A statement as the driver takes it, and its values."""
T = TypeVar("T")
Reading = Coroutine[list[Asked], list[Rows], T]


class Overtaken(Exception):
    """Nobody waits for this reading any more."""


@dataclass(frozen=True, slots=True)
class _Ask:
    asked: Asked

    def __await__(self) -> Generator[list[Asked], list[Rows], Rows]:
        (rows,) = yield [self.asked]
        return rows


async def ask(connection: Connection, statement: str, values: Any) -> Rows:
    """Every row of a statement, written as this engine's driver takes it."""
    if connection.dialect.name == "sqlite":
        return plainly.fetched(connection, statement, values)
    return await _Ask((statement, values))


@coroutine
def together(*readings: Reading[Any]) -> Generator[list[Asked], list[Rows], tuple[Any, ...]]:
    """What each of these found. Where one fails, or is overtaken, the others are given up."""
    found: dict[int, Any] = {}
    going = dict(enumerate(readings))
    answers: dict[int, list[Rows]] = {}
    try:
        while going:
            asked: dict[int, list[Asked]] = {}
            for n, reading in list(going.items()):
                try:
                    # None begins it.
                    asked[n] = reading.send(answers.get(n))  # type: ignore[arg-type]
                except StopIteration as done:
                    found[n] = done.value
                    del going[n]
            if asked:
                rows = iter((yield [each for of in asked.values() for each in of]))
                answers = {n: [next(rows) for _ in of] for n, of in asked.items()}
    finally:
        for reading in going.values():
            reading.close()
    return tuple(found[n] for n in range(len(readings)))


def at_once(connection: Connection, reading: Reading[T], wanted: Callable[[], bool] = lambda: True) -> T:
    """What a reading finds. Overtaken where `wanted`, which is asked before each wait, says no."""
    answers: list[Rows] | None = None
    try:
        while True:
            asked = reading.send(answers)  # type: ignore[arg-type]
            if not wanted():
                raise Overtaken
            answers = plainly.fetched_together(connection, asked)
    except StopIteration as done:
        found: T = done.value
        return found
    finally:
        reading.close()
