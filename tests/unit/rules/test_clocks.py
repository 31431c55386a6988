"""The clocks: what starts them, what does not, and that neither midnight nor the change to winter time moves them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from callhandler.model.assessment import CLOSED_RANK, Act, Gate
from callhandler.model.incident import CallOutcome, Direction, ResponseState, Target
from callhandler.policy.pack import Policy
from callhandler.rules import clocks
from callhandler.rules.clocks import grade_named, grade_of_rank, minutes_spoken, rank_of_band
from tests.unit.pictures import ELSEWHERE, HOME, Build, at


def test_the_target_runs_from_the_first_call_and_not_from_the_grade(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 4)
    assert clocks.read(b.picture(10), policy.scheme).due == at(15)


def test_a_grade_whose_clock_runs_from_dispatch_starts_with_the_decision(policy: Policy) -> None:
    grades = tuple(g.model_copy(update={"clock_from": "dispatch"}) for g in policy.scheme.grades)
    scheme = policy.scheme.model_copy(update={"grades": grades})
    b = Build()
    b.call(0)
    b.decide(1, 4)
    assert clocks.due_at(b.picture(10), scheme) == at(19)


def test_moves_calls_and_the_same_grade_again_start_nothing_anew(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 0)
    b.move(ELSEWHERE, 5, room="Second room")
    b.call(8)
    b.decide(1, 9)
    b.decide(1, 20)
    found = clocks.read(b.picture(25), policy.scheme)
    assert (found.first_call, found.due, found.overdue, found.waiting) == (at(0), at(15), 10, 25)


def test_a_raise_starts_its_own_target(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(3, 0)
    b.decide(1, 30)
    assert clocks.due_at(b.picture(31), policy.scheme) == at(45)


def test_a_raise_never_makes_what_was_due_any_later(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(2, 0)
    b.decide(1, 70)
    found = clocks.read(b.picture(75), policy.scheme)
    assert (found.due, found.overdue) == (at(60), 15)


def test_a_raise_after_somebody_came_runs_from_itself(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(2, 0)
    b.respond(ResponseState.AT_SCENE, 40)
    b.respond(ResponseState.AWAITING, 90)
    b.decide(1, 100)
    assert clocks.due_at(b.picture(101), policy.scheme) == at(115)


def test_the_same_grade_again_starts_nothing_even_after_somebody_came(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 0)
    b.respond(ResponseState.AT_SCENE, 20)
    b.respond(ResponseState.AWAITING, 30)
    b.decide(1, 40)
    assert clocks.due_at(b.picture(41), policy.scheme) == at(15)


def test_a_lower_grade_counts_from_where_the_higher_one_began(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 0)
    b.decide(2, 20)
    assert clocks.due_at(b.picture(21), policy.scheme) == at(60)


@pytest.mark.parametrize("lower", [2, 3, 4])
def test_lowered_and_raised_again_it_runs_from_where_it_first_stood(policy: Policy, lower: int) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 2)
    b.decide(lower, 20)
    b.decide(1, 90)
    found = clocks.read(b.picture(95), policy.scheme)
    assert (found.due, found.overdue) == (at(15), 80)


def test_the_first_of_several_raises_counts_and_a_less_urgent_start_does_not(policy: Policy) -> None:
    b = Build()
    b.call(0)
    for minute, rank in ((0, 3), (10, 1), (30, 4), (40, 1), (50, 3), (60, 1)):
        b.decide(rank, minute)
    assert clocks.due_at(b.picture(61), policy.scheme) == at(25)


def test_a_raise_back_runs_from_itself_after_an_arrival_and_not_after_one_that_met_nobody(
    policy: Policy,
) -> None:
    for after, due in ((ResponseState.AWAITING, 75), (ResponseState.NO_REPLY, 15)):
        b = Build()
        b.call(0)
        b.decide(1, 0)
        b.respond(ResponseState.AT_SCENE, 20)
        b.respond(after, 30)
        b.decide(3, 40)
        b.decide(1, 60)
        assert clocks.due_at(b.picture(61), policy.scheme) == at(due)


@pytest.mark.parametrize(("gate", "due"), [(Gate.NONE, 75), (Gate.RATIONALE, 15)])
def test_closing_ends_it_only_where_nothing_stood_in_the_way(policy: Policy, gate: Gate, due: int) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 0)
    closed = b.decide(CLOSED_RANK, 10, act=Act.CLOSE)
    b.parts["decisions"][-1] = replace(closed, gate=gate)
    b.decide(1, 60)
    assert clocks.due_at(b.picture(61), policy.scheme) == at(due)


def test_nobody_raises_it_away_by_lowering(policy: Policy) -> None:
    """Whatever is decided while nobody comes, Immediate is due no later than the first Immediate was."""
    for path in product((1, 2, 3, 4), repeat=4):
        b = Build()
        b.call(0)
        for step, rank in enumerate((*path, 1)):
            b.decide(rank, 10 * step)
        first = next(step for step, rank in enumerate((*path, 1)) if rank == 1)
        due = clocks.due_at(b.picture(50), policy.scheme)
        assert due is not None and due <= at(10 * first + 15), path


def test_nothing_is_due_where_nobody_is_sent_or_all_is_closed(policy: Policy) -> None:
    b = Build()
    b.call(0)
    assert clocks.due_at(b.picture(1), policy.scheme) is None
    b.decide(4, 1)
    assert clocks.due_at(b.picture(2), policy.scheme) is None
    b.decide(1, 2)
    b.decide(99, 3, act=Act.CLOSE)
    assert clocks.due_at(b.picture(4), policy.scheme) is None


def test_waiting_and_overdue_end_with_arrival_and_go_on_when_it_is_taken_back(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 0)
    b.respond(ResponseState.AT_SCENE, 20)
    there = clocks.read(b.picture(30), policy.scheme)
    assert (there.waiting, there.overdue, there.untold_delay) == (None, None, None)
    assert there.late == 5
    b.respond(ResponseState.NO_REPLY, 31)
    gone = clocks.read(b.picture(40), policy.scheme)
    assert (gone.waiting, gone.overdue, gone.late) == (40, 25, None)


def test_unresourced_counts_from_the_start_of_the_run(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.respond(ResponseState.UNRESOURCED, 5)
    b.respond(ResponseState.ASSIGNED, 10)
    first = b.respond(ResponseState.UNRESOURCED, 20)
    b.respond(ResponseState.UNRESOURCED, 30)
    found = clocks.read(b.picture(35), policy.scheme)
    assert (found.unresourced, found.records["unresourced"]) == (15, first.id)
    b.respond(ResponseState.ASSIGNED, 36)
    assert clocks.read(b.picture(40), policy.scheme).unresourced is None


def test_the_suspects_response_is_another_clock(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.respond(ResponseState.UNRESOURCED, 1, Target.SUSPECT)
    found = clocks.read(b.picture(5), policy.scheme)
    assert (found.state, found.unresourced, found.suspect_state) == (None, None, ResponseState.UNRESOURCED)


def test_told_of_one_delay_is_not_told_of_the_next(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.decide(1, 0)
    assert clocks.read(b.picture(20), policy.scheme).untold_delay == 5
    b.confirm("caller-told", "call-handler", "acknowledged-on-log", minutes=21)
    assert clocks.read(b.picture(22), policy.scheme).untold_delay is None
    b.respond(ResponseState.UNRESOURCED, 30)
    assert clocks.read(b.picture(37), policy.scheme).untold_delay == 7


def test_a_move_waits_for_the_room_from_its_first_sending(policy: Policy) -> None:
    b = Build()
    b.call(0)
    b.move(HOME, 5)
    assert clocks.read(b.picture(9), policy.scheme).unacknowledged_move is None
    b.move(HOME, 10, room="Second room")
    b.move(HOME, 14, room="Second room")
    assert clocks.read(b.picture(16), policy.scheme).unacknowledged_move == 6


def test_calls_of_other_incidents_and_calls_out_are_not_counted_in(policy: Policy) -> None:
    b = Build()
    b.call(-30, incident=900)
    b.call(0)
    b.call(5, CallOutcome.NO_ANSWER, Direction.OUT)
    b.call(6, CallOutcome.ANSWERED, Direction.OUT)
    found = clocks.read(b.picture(7), policy.scheme)
    assert (found.first_call, found.calls_in, found.unanswered_out) == (at(0), 1, 1)


@pytest.mark.parametrize(
    "first",
    [
        datetime(2018, 10, 28, 0, 50, tzinfo=UTC),  # 01:50 summer time; the clocks go back ten minutes later
        datetime(2018, 3, 25, 0, 50, tzinfo=UTC),  # 00:50; the clocks go forward ten minutes later
        datetime(2018, 8, 26, 22, 50, tzinfo=UTC),  # ten minutes before midnight, local
    ],
    ids=["clocks go back", "clocks go forward", "midnight"],
)
def test_a_clock_counts_minutes_lived_through(first: datetime, policy: Policy) -> None:
    shift = first - at(0)
    b = Build()
    call, decision = b.call(0), b.decide(1, 0)
    picture = replace(
        b.picture(),
        as_of=first + timedelta(minutes=30),
        calls=(replace(call, at=call.at + shift),),
        decisions=(replace(decision, at=decision.at + shift),),
    )
    found = clocks.read(picture, policy.scheme)
    assert (found.waiting, found.overdue, found.due) == (30, 15, first + timedelta(minutes=15))


def test_a_floor_in_a_band_is_the_least_urgent_grade_that_is_urgent_enough(policy: Policy) -> None:
    ranks = [rank_of_band(policy.scheme, band) for band in ("immediate", "priority", "scheduled", "resolve")]
    assert ranks == [1, 2, 3, 4]
    two = policy.scheme.model_copy(update={"grades": (policy.scheme.grades[0], policy.scheme.grades[3])})
    assert [rank_of_band(two, band) for band in ("immediate", "priority", "scheduled", "resolve")] == [
        1,
        1,
        1,
        4,
    ]


def test_a_grade_is_found_by_id_and_by_name_and_not_by_less(policy: Policy) -> None:
    for name in ("I", "i", "Immediate", " immediate "):
        found = grade_named(policy.scheme, name)
        assert found is not None
        assert found.id == "I"
    assert grade_named(policy.scheme, "") is None
    assert grade_named(policy.scheme, "Imm") is None


def test_a_grade_is_found_by_its_rank_and_only_by_it(policy: Policy) -> None:
    for grade in policy.scheme.grades:
        assert grade_of_rank(policy.scheme, grade.rank) is grade
    assert grade_of_rank(policy.scheme, CLOSED_RANK) is None


def test_minutes_are_told_as_people_say_them() -> None:
    assert [minutes_spoken(m) for m in (0, 59, 60, 112)] == ["0 min", "59 min", "1 h 00 min", "1 h 52 min"]
