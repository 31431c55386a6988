"""The other way round: a lowering that is rightly agreed is agreed, and an ordinary call stays ordinary."""

from tests.journeys.conftest import Played


def test_a_suspect_in_custody_settles_the_assault(agreed: Played) -> None:
    assert "assault-suspect-free" in agreed.codes("sought")
    assert "assault-suspect-free" not in agreed.codes("detained")
    assert agreed["detained"]["standing"] == "I", "settling lowers the floor and never the grade"


def test_what_she_tells_later_raises_it_again(agreed: Played) -> None:
    again = agreed.warning("gripped", "assault-suspect-free")
    assert again["since"] == agreed["gripped"]["at"]
    assert again["interrupts"]


def test_asked_for_it_is_refused_until_it_is_answered_and_agreed(agreed: Played) -> None:
    lower = agreed["lower"]["attempt"]
    assert lower["accepted"] is False
    assert {n["code"] for n in lower["needs"]} == {"answer", "ground", "agreement"}
    given = agreed["rationale"]["attempt"]
    assert [n["code"] for n in given["needs"]] == ["agreement"]
    assert agreed["rationale"]["standing"] == "I"


def test_agreed_it_takes_effect_and_telling_her_is_open_until_it_is_done(agreed: Played) -> None:
    assert agreed["supervisor-agrees"]["attempt"] == {
        "grade": "P",
        "accepted": True,
        "gate": "rationale_and_agreement",
        "needs": [],
    }
    assert agreed["supervisor-agrees"]["standing"] == "P"
    assert agreed["she-is-told"]["standing"] == "P"


def test_the_lower_grade_keeps_the_clock_of_the_first_call(agreed: Played) -> None:
    assert agreed["grade-1"]["clocks"]["due"] == "2024-03-06T17:55:00Z"
    assert agreed["supervisor-agrees"]["clocks"]["due"] == "2024-03-06T18:40:00Z"


def test_an_ordinary_call_raises_nothing_and_is_refused_nothing(ordinary: Played) -> None:
    for event in ordinary.events:
        assert {w["tier"] for w in event["warnings"]} <= {"note"}
        assert event["floor"] is None
        assert event.get("attempt", {"accepted": True})["accepted"]
        assert len(event["questions"]) <= 2


def test_an_ordinary_call_is_put_right_and_closed_without_a_gate(ordinary: Played) -> None:
    assert [e["standing"] for e in ordinary.events if "attempt" in e] == ["S", "R", "close"]
    assert {e["attempt"]["gate"] for e in ordinary.events if "attempt" in e} == {"none"}
