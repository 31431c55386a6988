"""Which response state may follow which: the shipped table, and that only what contradicts itself is refused."""

import pytest

from callhandler.model.incident import ResponseState, Target
from callhandler.policy.pack import Policy
from callhandler.rules import response
from tests.unit.pictures import Build

S = ResponseState
LOST = (S.DIVERTED, S.STOOD_DOWN, S.HANDED_BACK, S.NO_REPLY)


def after(*states: ResponseState) -> Build:
    b = Build()
    for minute, state in enumerate(states):
        b.respond(state, minute)
    return b


@pytest.mark.parametrize("state", S)
def test_saying_that_nobody_can_go_or_that_somebody_goes_is_never_refused(
    state: ResponseState, policy: Policy
) -> None:
    picture = after(state).picture(9)
    for wanted in (S.AWAITING, S.UNRESOURCED, S.ASSIGNED, S.AT_SCENE):
        assert response.why_not(wanted, Target.AT_RISK, picture, policy.responses) == ""


@pytest.mark.parametrize("state", [S.UNRESOURCED, *LOST])
def test_nothing_is_resulted_while_nobody_has_come(state: ResponseState, policy: Policy) -> None:
    why = response.why_not(S.RESULTED, Target.AT_RISK, after(S.ASSIGNED, state).picture(9), policy.responses)
    assert why.startswith("Resulted comes after ")
    assert "at scene" in why


@pytest.mark.parametrize("lost", LOST)
def test_who_was_never_sent_is_not_sent_elsewhere(lost: ResponseState, policy: Policy) -> None:
    assert response.why_not(lost, Target.AT_RISK, after().picture(9), policy.responses)
    assert not response.why_not(lost, Target.AT_RISK, after(S.ASSIGNED).picture(9), policy.responses)


@pytest.mark.parametrize("state", S)
def test_the_suspect_may_be_met_by_chance(state: ResponseState, policy: Policy) -> None:
    b = Build()
    b.respond(S.UNRESOURCED, 0, Target.SUSPECT)
    assert not response.why_not(state, Target.SUSPECT, b.picture(9), policy.responses)


@pytest.mark.parametrize("lost", LOST)
def test_a_response_that_is_lost_reopens_until_another_has_it(lost: ResponseState, policy: Policy) -> None:
    b = after(S.ASSIGNED, lost)
    found = response.reopened(b.picture(9), policy.responses)
    assert found is not None and found.state is lost
    b.respond(S.ASSIGNED, 10)
    assert response.reopened(b.picture(11), policy.responses) is None


def test_every_state_that_reopens_tells_the_caller_within_a_time(policy: Policy) -> None:
    for rule in policy.responses.states:
        told = [t for t in rule.opens if t.code == "tell-caller"]
        assert not rule.reopens or (told and told[0].within is not None), rule.state
