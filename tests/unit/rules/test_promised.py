"""What a line promises, read without guessing; and which promises run, are broken, or were kept by an arrival."""

from datetime import UTC, datetime

import pytest

from callhandler.model.incident import ResponseState
from callhandler.model.safety import Ended, Promise
from callhandler.rules import promised
from tests.unit.pictures import HERE, Build, at

NIGHT = datetime(2018, 8, 26, 23, 32, tzinfo=UTC)
"""00:32 on the clock in the room."""


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("Told her officers will be with her within the hour", (27, 0, 32)),
        ("Officers will be there in 20 minutes, she was told", (26, 23, 52)),
        ("Offered an appointment between 08:00 and 10:00", (27, 9, 0)),
        ("We will ring back at 8", (27, 7, 0)),
        ("She was told that police come at 8pm", (27, 19, 0)),
        ("Told that officers come by 21:30.", (27, 20, 30)),
        ("Within half an hour officers will come", (27, 0, 2)),
    ],
)
def test_a_promise_in_a_line_is_heard_with_its_time(line: str, until: tuple[int, int, int]) -> None:
    found = promised.heard(line, NIGHT)
    assert found is not None
    assert found.until == datetime(2018, 8, until[0], *until[1:], tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "He was here at 10:30 and will come back",
        "Told her officers will come tomorrow",
        "Officers arrive.",
        "She lives at 8 Lantern Street and will stay",
        "Told her to ring 999 if he appears",
        "",
    ],
)
def test_what_is_no_promise_of_ours_or_tells_no_time_is_left_alone(line: str) -> None:
    assert promised.heard(line, NIGHT) is None


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "12:75", "tomorrow", "0"])
def test_what_tells_no_time_ahead_is_not_guessed(typed: str) -> None:
    found = promised.until_of(typed, NIGHT)
    assert found is None or found <= NIGHT


def promise(b: Build, minutes: float, until: float, ended: Ended | None = None) -> Promise:
    return b.add("promises", Promise(b.next(), HERE, "Within the hour", at(until), "H", at(minutes), ended))


def test_a_promise_runs_until_it_is_kept_changed_or_broken() -> None:
    b = Build()
    first = promise(b, 0, 60)
    promise(b, 0, 30, Ended.CHANGED)
    assert promised.running(b.picture(30)) == (first,)
    assert promised.broken(b.picture(60)) == ()
    assert promised.broken(b.picture(61)) == (first,)
    b.respond(ResponseState.AT_SCENE, 70)
    assert promised.running(b.picture(71)) == ()


def test_an_arrival_before_it_was_promised_keeps_nothing() -> None:
    b = Build()
    b.respond(ResponseState.AT_SCENE, 0)
    second = promise(b, 10, 60)
    assert promised.running(b.picture(20)) == (second,)
