"""Readings that go on beside each other: what all of them ask goes to a shared database in one go."""

from types import SimpleNamespace
from typing import Any

import pytest

from callhandler.store import beside, plainly

SHARED: Any = SimpleNamespace(dialect=SimpleNamespace(name="postgresql"))
FILE: Any = SimpleNamespace(dialect=SimpleNamespace(name="sqlite"))


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What went to the server, wait by wait; the answer to `x` is `[x]`."""
    waits: list[list[str]] = []

    def together(_connection: Any, asked: Any) -> list[list[str]]:
        waits.append([statement for statement, _ in asked])
        return [[statement] for statement, _ in asked]

    def alone(_connection: Any, statement: str, _values: Any) -> list[str]:
        waits.append([statement])
        return [statement]

    monkeypatch.setattr(plainly, "fetched_together", together)
    monkeypatch.setattr(plainly, "fetched", alone)
    return waits


async def one_after_another(connection: Any, *statements: str) -> str:
    found = [await beside.ask(connection, statement, ()) for statement in statements]
    return "".join(rows[0] for rows in found)


async def nested(connection: Any) -> tuple[str, ...]:
    first = await one_after_another(connection, "a")
    some: tuple[str, ...] = await beside.together(
        one_after_another(connection, "b", "c"), one_after_another(connection, "d"), nothing_asked()
    )
    return first, *some


async def nothing_asked() -> str:
    return "none"


def test_what_is_asked_at_the_same_time_goes_in_one_wait_and_each_gets_its_own_answer(
    gone: list[list[str]],
) -> None:
    reading = beside.together(nested(SHARED), one_after_another(SHARED, "x", "y", "z"), nothing_asked())
    assert beside.at_once(SHARED, reading) == (("a", "bc", "d", "none"), "xyz", "none")
    assert gone == [["a", "x"], ["b", "d", "y"], ["c", "z"]]


def test_in_a_file_one_follows_the_other_as_they_stand(gone: list[list[str]]) -> None:
    reading = beside.together(nested(FILE), one_after_another(FILE, "x", "y"))
    assert beside.at_once(FILE, reading) == (("a", "bc", "d", "none"), "xy")
    assert gone == [["a"], ["b"], ["c"], ["d"], ["x"], ["y"]]


def test_where_nobody_waits_any_more_nothing_further_is_asked(gone: list[list[str]]) -> None:
    closed: list[str] = []

    async def long() -> None:
        try:
            await one_after_another(SHARED, "a", "b", "c")
        finally:
            closed.append("long")

    with pytest.raises(beside.Overtaken):
        beside.at_once(SHARED, beside.together(long(), nothing_asked()), lambda: len(gone) < 2)
    assert gone == [["a"], ["b"]]
    assert closed == ["long"]


def test_where_one_fails_the_others_are_given_up(gone: list[list[str]]) -> None:
    closed: list[str] = []

    async def failing() -> None:
        await one_after_another(SHARED, "f")
        raise ValueError("x")

    async def other() -> None:
        try:
            await one_after_another(SHARED, "a", "b")
        finally:
            closed.append("other")

    with pytest.raises(ValueError, match="x"):
        beside.at_once(SHARED, beside.together(other(), failing(), one_after_another(SHARED, "z")))
    assert closed == ["other"]
    assert gone == [["a", "f", "z"]]
