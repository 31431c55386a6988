"""The night's response: who is told at which minute, that the clock is hers, and what stood unanswered at 00:26."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callhandler.app import find_scenario, replaying
from callhandler.model.incident import ResponseState, Task
from callhandler.rules.escalate import CODE, HANDOVER
from callhandler.services.desk import View
from callhandler.settings import Settings

UNTIL = ("safe-first", "assigned-1", "waiting-again", "going-to-mothers", "officers-arrive")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, View]]:
    """The view after some of the night's events."""
    folder: Path = tmp_path_factory.mktemp("night")
    with replaying(find_scenario("night"), Settings(str(folder / "x.sqlite"), data_folder=folder)) as run:
        found = {s.event.id: s.view for s in run.play() if s.view is not None and s.event.id in UNTIL}
    yield found


def told(view: View) -> list[tuple[str, str, str]]:
    """Each escalation so far: the minute (UTC), the role, the rule."""
    return [
        (f"{t.at:%H:%M}", t.owner, t.code.split(":")[1])
        for t in view.picture.tasks
        if t.code.startswith(CODE)
    ]


def unanswered(view: View) -> list[Task]:
    return [t for t in view.picture.tasks if t.code.startswith(CODE) and not t.done]


def test_2238_nobody_is_set_to_an_immediate_and_the_supervisor_is_told(seen: dict[str, View]) -> None:
    assert ("21:38", "Supervisor", "immediate-unassigned") in told(seen["safe-first"])


def test_2249_nobody_can_go_and_the_duty_inspector_is_told_in_that_minute(seen: dict[str, View]) -> None:
    """A20: unresourced stood from 22:49; it is a state with an escalation, and no grade."""
    view = seen["safe-first"]
    assert ("21:49", "Duty inspector", "immediate-unresourced") in told(view)
    assert ("21:49", "Duty inspector", "immediate-overdue") in told(view)
    assert view.standing_grade is not None and view.standing_grade.name == "Immediate"
    tell = next(t for t in view.picture.tasks if t.code == "tell-caller")
    assert tell.due is not None and f"{tell.due:%H:%M}" == "21:54"


def test_2300_at_the_change_of_shift_it_is_told_again_and_is_on_the_list(seen: dict[str, View]) -> None:
    at_2300 = [(role, rule) for minute, role, rule in told(seen["assigned-1"]) if minute == "22:00"]
    assert set(at_2300) == {
        ("Duty inspector", "immediate-unresourced"),
        ("Duty inspector", "immediate-overdue"),
    }
    (listed,) = [t for t in seen["assigned-1"].picture.tasks if t.code.startswith(HANDOVER)]
    assert listed.owner == "Next shift"
    assert "Warning given to The perpetrator" in listed.text, "A9: it survives the change of shift"


def test_2317_what_reached_the_wrong_place_leaves_nobody_set_to_her(seen: dict[str, View]) -> None:
    assert seen["waiting-again"].clocks.state is ResponseState.AWAITING
    assert ("22:21", "Supervisor", "immediate-unassigned") in told(seen["going-to-mothers"])


def test_0026_what_nobody_answered_stands_and_the_clock_is_hers(seen: dict[str, View]) -> None:
    view = seen["going-to-mothers"]
    assert {t.owner for t in unanswered(view)} == {"Duty inspector", "Supervisor"}
    clock = view.waiting
    assert (clock.minutes, clock.calls, clock.unanswered) == (112, 4, 1)
    assert clock.missed_since == view.clocks.due


def test_0026_arrest_him_without_seeing_me_has_made_him_a_target(seen: dict[str, View]) -> None:
    """A31: nobody was looking for him."""
    view = seen["going-to-mothers"]
    assert view.clocks.suspect_state is ResponseState.AWAITING
    owners = {t.code: t.owner for t in view.picture.tasks if t.code.startswith("suspect-")}
    assert owners["suspect-arrest"] == "Dispatcher"
    assert len(owners) == 5


def test_no_occasion_of_the_night_was_told_twice(seen: dict[str, View]) -> None:
    codes = [t.code for t in seen["officers-arrive"].picture.tasks if t.code.startswith((CODE, HANDOVER))]
    assert len(codes) == len(set(codes))


def test_0042_officers_with_her_end_hers_and_nobody_has_been_set_to_finding_him(
    seen: dict[str, View],
) -> None:
    view = seen["officers-arrive"]
    assert [t.code.split(":")[1] for t in unanswered(view)] == ["suspect-not-sought"]
    ended = {t.done for t in view.picture.tasks if t.code.startswith(CODE) and t.done}
    assert ended == {"Overtaken, not acknowledged."}
    assert view.waiting.minutes is None
