"""Who is told after how long: each occasion once, ended by what ends it, again at a change of shift; no grade moves."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.assessment import Act
from callhandler.model.incident import ResponseState, Target, Task
from callhandler.model.safety import Alone, Promise, SafetyPlan, Transfer, Way
from callhandler.policy.pack import Policy
from callhandler.rules import escalate
from callhandler.rules.escalate import CODE, HANDOVER, Planned
from tests.unit.pictures import HERE, HIM, Build, at

S = ResponseState


def graded(rank: int = 1) -> Build:
    b = Build()
    b.people()
    b.call(0)
    b.decide(rank, 0)
    return b


def due(b: Build, minutes: float, policy: Policy) -> dict[str, Planned]:
    """What is due at a minute, by the rule's name."""
    return {
        p.code.split(":")[1]: p for p in escalate.due(b.picture(minutes), policy) if p.code.startswith(CODE)
    }


def record(b: Build, minutes: float, policy: Policy) -> list[str]:
    """Do as the service does at a minute; the codes of what was recorded."""
    found = escalate.due(b.picture(minutes), policy)
    for planned in found:
        owner = policy.responses.role_named(planned.tell)
        b.add("tasks", Task(b.next(), HERE, planned.code, planned.text, owner, None, "", at(minutes)))
    return [p.code for p in found]


def test_nobody_set_to_an_immediate_goes_to_the_supervisor_when_the_schemes_time_is_over(
    policy: Policy,
) -> None:
    b = graded()
    assert due(b, 3, policy) == {}
    assert due(b, 4, policy)["immediate-unassigned"].tell == "supervisor"
    b.respond(S.ASSIGNED, 3)
    assert due(b, 4, policy) == {}


def test_nobody_can_go_to_an_immediate_goes_to_the_duty_inspector_at_once(policy: Policy) -> None:
    b = graded()
    b.respond(S.UNRESOURCED, 2)
    found = due(b, 2, policy)
    assert {name: p.tell for name, p in found.items()} == {"immediate-unresourced": "duty-inspector"}
    assert found["immediate-unresourced"].text == "Immediate, and nobody can go since 20:02"


def test_a_priority_goes_to_the_supervisor_by_forty_minutes(policy: Policy) -> None:
    b = graded(2)
    b.respond(S.UNRESOURCED, 0)
    assert "priority-unresourced" not in due(b, 39, policy)
    assert due(b, 40, policy)["priority-unresourced"].tell == "supervisor"


@pytest.mark.parametrize("lost", [S.DIVERTED, S.STOOD_DOWN, S.HANDED_BACK, S.NO_REPLY])
def test_a_response_that_is_lost_pages_the_duty_inspector(lost: ResponseState, policy: Policy) -> None:
    b = graded()
    b.respond(S.ASSIGNED, 1)
    b.respond(lost, 6)
    assert due(b, 6, policy)["response-lost"].tell == "duty-inspector"
    assert due(b, 9, policy).keys() == {"response-lost"}, "the time to set somebody to it runs anew"
    assert "immediate-unassigned" in due(b, 10, policy)


def test_grades_that_nobody_hurries_to_are_left_alone(policy: Policy) -> None:
    for rank in (3, 4):
        assert due(graded(rank), 200, policy) == {}


def test_an_arrival_ends_what_was_not_acknowledged_and_it_is_said_so(policy: Policy) -> None:
    b = graded()
    b.respond(S.UNRESOURCED, 2)
    record(b, 20, policy)
    assert escalate.overtaken(b.picture(21), policy) == ()
    b.respond(S.AT_SCENE, 22)
    left = {t.code.split(":")[1] for t in escalate.overtaken(b.picture(23), policy)}
    assert left == {"immediate-unresourced", "immediate-overdue", "delay-untold"}


def test_a_second_time_without_anybody_is_told_anew(policy: Policy) -> None:
    b = graded()
    b.respond(S.UNRESOURCED, 2)
    first = record(b, 2, policy)
    b.respond(S.ASSIGNED, 3)
    b.respond(S.UNRESOURCED, 5)
    second = [c for c in record(b, 5, policy) if "unresourced" in c]
    assert len(second) == 1 and second[0] not in first


def test_at_a_change_of_shift_it_is_told_again_and_the_old_one_is_overtaken(policy: Policy) -> None:
    b = graded()
    b.respond(S.UNRESOURCED, 2)
    first = record(b, 2, policy)
    assert record(b, 170, policy) != []
    again = [c for c in record(b, 180, policy) if "unresourced" in c]
    assert len(again) == 1 and again[0].startswith(first[0]) and again[0] != first[0]
    over = {t.code for t in escalate.overtaken(b.picture(180), policy)}
    assert first[0] in over


def test_every_open_incident_is_on_the_list_with_what_must_not_be_lost(policy: Policy) -> None:
    b = graded(4)
    b.warned(HIM)
    b.respond(S.ASSIGNED, 1, Target.SUSPECT)
    assert not any(c.startswith(HANDOVER) for c in record(b, 179, policy))
    (listed,) = [p for p in escalate.due(b.picture(180), policy) if p.code.startswith(HANDOVER)]
    assert listed.tell == "next-shift"
    assert "Change of shift at 23:00" in listed.text
    assert "Warning given to The suspect" in listed.text
    assert "The search for the suspect goes on" in listed.text


def test_an_incident_of_this_shift_and_a_closed_one_are_on_no_list(policy: Policy) -> None:
    b = graded(4)
    b.decide(99, 10, act=Act.CLOSE)
    assert escalate.planned(b.picture(500), policy) == ()
    assert not any(p.code.startswith(HANDOVER) for p in escalate.due(graded(4).picture(100), policy))


def test_a_broken_promise_an_ended_plan_and_a_transfer_without_a_name(policy: Policy) -> None:
    b = graded(3)
    b.add("promises", Promise(b.next(), HERE, "Officers within the hour", at(60), "H", at(0)))
    b.add("plans", SafetyPlan(b.next(), HERE, at(30), "In the car.", "Adult 1", Alone.YES, "H", at(0)))
    b.add("transfers", Transfer(b.next(), HERE, Way.OUT, "Next force", "S", "", at(10), "H", at(0)))
    assert set(due(b, 60, policy)) == {"promise-broken", "plan-ended", "transfer-unacknowledged"}
    assert "Officers within the hour" in due(b, 60, policy)["promise-broken"].text


def test_a_silent_supervisor_is_passed_over(policy: Policy) -> None:
    b = graded()
    record(b, 4, policy)
    found = due(b, 14, policy)
    assert found["supervisor-silent"].tell == "duty-inspector"


def test_a_suspect_nobody_was_set_to(policy: Policy) -> None:
    b = graded()
    b.respond(S.ASSIGNED, 0)
    b.respond(S.AWAITING, 0, Target.SUSPECT)
    assert "suspect-not-sought" in due(b, 15, policy)
    b.respond(S.ASSIGNED, 14, Target.SUSPECT)
    assert "suspect-not-sought" not in due(b, 15, policy)


steps = st.lists(
    st.tuples(st.integers(1, 90), st.sampled_from([*S, "grade-1", "grade-2", "call", "tick"])),
    min_size=1,
    max_size=12,
)


@settings(max_examples=120, deadline=None)
@given(steps)
def test_nothing_is_ever_told_twice_and_next_at_is_when_it_falls_due(
    policy: Policy, order: list[tuple[int, object]]
) -> None:
    b = graded()
    told: list[str] = []
    minute = 0
    for wait, what in order:
        expected = escalate.next_at(b.picture(minute), policy)
        told += record(b, minute, policy)
        if expected is not None and expected <= at(minute + wait):
            early = escalate.due(
                b.picture((expected - at(0) - timedelta(seconds=1)).total_seconds() / 60), policy
            )
            late = escalate.due(b.picture((expected - at(0)).total_seconds() / 60), policy)
            assert len(late) > len(early)
        minute += wait
        if isinstance(what, ResponseState):
            b.respond(what, minute)
        elif what == "call":
            b.call(minute)
        elif what in ("grade-1", "grade-2"):
            b.decide(int(str(what)[-1]), minute)
        told += record(b, minute, policy)
    assert len(told) == len(set(told))
