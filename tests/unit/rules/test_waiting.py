"""One clock for the person at risk, across incidents: what it runs over, and what stops it."""

from dataclasses import replace

import pytest

from callhandler.model.assessment import Act, Decision, Gate
from callhandler.model.incident import CallOutcome, Direction, Incident, Response, ResponseState, Target
from callhandler.model.people import Role
from callhandler.model.picture import Beside, Picture
from callhandler.model.when import When
from callhandler.policy.pack import Policy
from callhandler.rules import waiting
from tests.unit.pictures import HER, HERE, OTHER, Build, at, codes

EARLIER = 900


def decided(
    minutes: float, act: Act = Act.GRADE, target: int | None = 15, gate: Gate = Gate.NONE
) -> Decision:
    grade, rank = ("I", 1) if act is Act.GRADE else ("close", 99)
    return Decision(
        500 + int(minutes), EARLIER, act, grade, rank, target, gate, 0, None, None, 0, "", at(minutes), ""
    )


def earlier(b: Build, *decisions: Decision, came: bool = False, person: int = HER) -> None:
    """An incident that began an hour before this one, about her."""
    incident = Incident(EARLIER, "u", "0001", "domestic-abuse", When(at(-60)), at(-60), None, live=True)
    b.add("linked", incident)
    b.call(-60, incident=EARLIER)
    b.party(person, Role.AT_RISK, EARLIER)
    responses = (
        (Response(b.next(), EARLIER, Target.AT_RISK, ResponseState.AT_SCENE, at(-30), "", ""),)
        if came
        else ()
    )
    b.add("beside", Beside(incident, responses, decisions))


def here(b: Build) -> Picture:
    b.people()
    b.call(0)
    b.decide(1, 0)
    return b.picture(20)


def test_it_follows_her_from_an_incident_that_is_still_open(policy: Policy) -> None:
    b = Build()
    earlier(b, decided(-59))
    found = waiting.read(here(b), policy.scheme)
    assert (found.minutes, found.calls, found.incidents) == (80, 2, (HERE, EARLIER))
    assert found.missed_since == at(-45)


def test_an_arrival_there_began_a_new_wait(policy: Policy) -> None:
    b = Build()
    earlier(b, decided(-59), came=True)
    found = waiting.read(here(b), policy.scheme)
    assert (found.minutes, found.calls, found.incidents) == (20, 1, (HERE,))


def test_what_was_closed_with_nothing_in_the_way_was_not_a_wait(policy: Policy) -> None:
    b = Build()
    earlier(b, decided(-59), decided(-50, Act.CLOSE))
    assert waiting.read(here(b), policy.scheme).incidents == (HERE,)


def test_closing_against_what_stands_stops_no_clock(policy: Policy) -> None:
    b = Build()
    earlier(b, decided(-59), decided(-50, Act.CLOSE, gate=Gate.AGREEMENT))
    assert waiting.read(here(b), policy.scheme).minutes == 80


def test_nobody_waits_where_nobody_is_sent(policy: Policy) -> None:
    b = Build()
    earlier(b, decided(-59, target=None))
    assert waiting.read(here(b), policy.scheme).incidents == (HERE,)


def test_another_person_has_a_clock_of_her_own(policy: Policy) -> None:
    b = Build()
    earlier(b, decided(-59), person=OTHER)
    assert waiting.read(here(b), policy.scheme).incidents == (HERE,)


@pytest.mark.parametrize("came", [ResponseState.AT_SCENE, ResponseState.RESULTED])
def test_an_arrival_here_ends_it_and_leaving_again_takes_it_up(came: ResponseState, policy: Policy) -> None:
    b = Build()
    b.people()
    b.call(0)
    b.decide(1, 0)
    b.respond(came, 18)
    there = waiting.read(b.picture(20), policy.scheme)
    assert (there.minutes, there.missed_since) == (None, None)
    b.respond(ResponseState.HANDED_BACK, 30)
    assert waiting.read(b.picture(40), policy.scheme).minutes == 40


def test_a_call_taken_apart_says_that_she_still_waits_in_another(policy: Policy) -> None:
    b = Build(type="lost-property")
    earlier(b, decided(-59))
    b.party(HER, Role.AT_RISK)
    b.call(0)
    found = next(w for w in b.judge(policy, 1).warnings if w.code == "waits-in-another")
    assert found.standing
    assert found.floor_rank is None
    assert "its time missed 46 min ago: 0001" in found.sentence


def test_it_says_so_no_longer_once_somebody_has_come_to_her(policy: Policy) -> None:
    b = Build(type="lost-property")
    earlier(b, decided(-59))
    b.party(HER, Role.AT_RISK)
    b.call(0)
    b.judge(policy, 1)
    b.respond(ResponseState.AT_SCENE, 5)
    assert "waits-in-another" not in codes(b.judge(policy, 6))


@pytest.mark.parametrize(
    ("decision", "person"),
    [(decided(-5), HER), (decided(-59), OTHER), (decided(-59, target=None), HER)],
    ids=["still in time", "another person", "nobody is sent"],
)
def test_it_is_quiet_where_nobody_waits_past_a_target(
    decision: Decision, person: int, policy: Policy
) -> None:
    b = Build(type="lost-property")
    incident = Incident(EARLIER, "u", "0001", "theft", When(at(-6)), at(-6), None, live=True)
    b.add("linked", incident)
    b.call(-6 if decision.at == at(-5) else -60, incident=EARLIER)
    b.party(person, Role.AT_RISK, EARLIER)
    b.add("beside", Beside(incident, (), (decision,)))
    b.party(HER, Role.AT_RISK)
    b.call(0)
    assert "waits-in-another" not in codes(b.judge(policy, 1))


def test_unanswered_calls_are_counted_in_all(policy: Policy) -> None:
    b = Build()
    earlier(b, decided(-59))
    b.call(-20, CallOutcome.NO_ANSWER, Direction.OUT, incident=EARLIER)
    b.call(5, CallOutcome.NO_ANSWER, Direction.OUT)
    assert waiting.read(here(b), policy.scheme).unanswered == 2


def test_without_an_incident_nobody_waits(policy: Policy) -> None:
    empty = replace(Build().picture(0), incident=None)
    assert waiting.read(empty, policy.scheme).minutes is None


def test_what_was_merged_into_this_one_is_no_other_incident(policy: Policy) -> None:
    b = Build()
    here(b)
    earlier(b, decided(-59))
    assert [w.incident.id for w in waiting.elsewhere(b.picture(1), policy.scheme)] == [EARLIER]
    assert waiting.elsewhere(replace(b.picture(1), inside=(EARLIER,)), policy.scheme) == ()
