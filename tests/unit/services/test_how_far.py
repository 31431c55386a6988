"""How far a long reading is: told now and then, with its rate and what is left."""

import pytest

from callhandler.services import how_far
from callhandler.services.how_far import HowFar


def test_it_tells_how_far_how_quick_and_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(how_far.time, "monotonic", lambda: clock[0])
    told: list[str] = []
    how = HowFar(told.append, "Records read", 1_000_000)
    clock[0] += 10
    how.at(50_000)
    how.at(50_001)
    clock[0] += 10
    how.at(950_000)
    assert told == [
        "Records read",
        "Records read: 50,000 of 1,000,000, 5,000 a second, 3 minutes left",
        "Records read: 950,000 of 1,000,000, 47,500 a second, 1 seconds left",
    ]


def test_more_than_was_thought_and_an_unknown_end_are_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(how_far.time, "monotonic", lambda: clock[0])
    told: list[str] = []
    how, other = HowFar(told.append, "Read", 10), HowFar(told.append, "Sought", 0)
    clock[0] += 1
    how.at(20)
    other.at(20)
    assert told[2:] == ["Read: 20 of 20, 20 a second, 0 seconds left", "Sought: 20, 20 a second"]
