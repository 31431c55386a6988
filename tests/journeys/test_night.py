"""The night, as the replay tells it: what stands at each hour, that it joins and moves as one, and what holds the grade."""

from typing import Any

import pytest

from tests.journeys.conftest import Played, play

CRITICAL_AT_0026 = {
    "assault-suspect-free",
    "threat-now",
    "threat-to-kill-open",
    "weapon-feared",
    "order-breach-now",
    "place-he-may-know",
}


def test_2234_the_floor_is_immediate_before_anybody_has_graded(night: Played) -> None:
    first = night["call-1"]
    assert first["local"] == "2018-08-26T22:34:00+01:00"
    assert (first["floor"], first["standing"]) == ("P1", None)
    assert "domestic-default" in night.codes("call-1")


def test_2234_what_is_told_and_what_was_never_followed_up_interrupt(night: Played) -> None:
    assert night.codes("grade-1", "critical") == {
        "assault-suspect-free",
        "threat-to-kill-open",
        "order-breach-now",
    }
    assert all(w["interrupts"] is (w["tier"] == "critical") for w in night["grade-1"]["warnings"])
    assert "He slapped me." in night.warning("grade-1", "assault-suspect-free")["sentence"]
    assert "never followed up" in night.warning("grade-1", "threat-to-kill-open")["sentence"]


def test_2234_the_order_she_tells_of_is_live_for_risk_though_nobody_holds_it(night: Played) -> None:
    assert night.before("order-told")["orders"] == []
    (order,) = night["order-told"]["orders"]
    assert order["state"] == "DECLARED_UNVERIFIED"
    assert order["live_for_risk"] is True
    assert order["type"] == "nmo"
    told = night.warning("order-told", "order-breach-now")
    assert told["since"] == night["order-told"]["at"]
    assert not any("2018" in order[key] for key in ("because", "source")), (
        "she gave no date, and none is made up"
    )


@pytest.mark.parametrize("opened", ["2 Apr 2018", "27 Apr 2018"])
def test_a2_both_incidents_of_april_attach_themselves_with_a_reason(opened: str, night: Played) -> None:
    assert "Adult 1" in night.linked("call-1")[opened]
    assert "Own flat" in night.linked("call-1")[opened]


def test_a3_the_report_in_which_nobody_was_named_comes_through_the_flat_alone(night: Played) -> None:
    assert night.linked("call-1")["29 Jul 2017"] == "Own flat"
    assert "nameless-history" in night.codes("call-1")


def test_a4_what_he_did_to_another_comes_once_he_is_named(night: Played) -> None:
    assert "suspect-harmed-others" not in night.codes("call-1")
    assert (
        night.linked("party-suspect")["May 2018"]
        == "The perpetrator as suspect, The perpetrator's father at risk there"
    )
    assert "suspect-harmed-others" in night.codes("party-suspect")


def test_he_is_not_called_a_suspect_where_he_was_none(night: Played) -> None:
    why = night.linked("party-suspect")["Feb 2017"]
    assert "The perpetrator (suspect here)" in why
    assert "The ex-husband as suspect" in why


def test_a_count_is_not_a_history(night: Played) -> None:
    (count,) = night["check-16"]["history"]["counts"]
    at_the_flat = [why for why in night.linked("check-16").values() if "Own flat" in why]
    assert count["number"] == 16
    assert count["opened"] == len(at_the_flat) == 8
    assert (count["counted"], count["span"]) == ("logs to the address", "not told")
    warning = night.warning("check-16", "count-only-history")
    assert warning["sentence"] == "16 logged, 8 opened: the rest is not known"
    assert warning["since"] == night["check-16"]["at"]


def test_2249_nobody_can_go_is_a_state_beside_the_grade(night: Played) -> None:
    event = night["safe-first"]
    assert (event["response"]["at_risk"], event["standing"], event["floor"]) == ("unresourced", "P1", "P1")
    assert "unresourced" in night.codes("safe-first")


def test_2257_the_target_is_missed_and_stays_missed(night: Played) -> None:
    assert night["safe-first"]["clocks"]["overdue_minutes"] is None
    late = [e["clocks"]["overdue_minutes"] for e in night.events if e["local"] > "2018-08-26T22:50"]
    assert all(m is not None for m in late[:-1])
    assert late[:-1] == sorted(late[:-1])
    assert "target-overdue" in night.codes("detained-nearby")


def test_2308_another_number_joins_the_same_incident_by_the_tools_own_linking(night: Played) -> None:
    before, after = night.before("call-2")["incident"], night["call-2"]["incident"]
    assert after["reference"] == before["reference"]
    assert (before["calls"], after["calls"]) == (1, 2)
    assert (before["place"], after["place"]) == ("Shisha lounge", "Own flat")


@pytest.mark.parametrize(
    "event", ["call-2", "move-home", "moved-room", "call-3", "call-4", "going-to-mothers"]
)
def test_the_clock_and_the_grade_go_with_her(event: str, night: Played) -> None:
    clocks, first = night[event]["clocks"], night["grade-1"]["clocks"]
    assert (clocks["first_call"], clocks["due"]) == (first["first_call"], first["due"])
    assert night[event]["standing"] == "P1"
    assert night[event]["incident"]["reference"] == night["call-1"]["incident"]["reference"]


def test_2308_until_the_other_room_has_it_that_is_said(night: Played) -> None:
    assert "move-unacknowledged" in night.codes("cctv-told")
    assert night["lounge-reached"]["clocks"]["unacknowledged_move_minutes"] == 9
    assert "move-unacknowledged" not in night.codes("moved-room")
    assert night["moved-room"]["clocks"]["unacknowledged_move_minutes"] is None


def test_2342_the_weapon_is_new(night: Played) -> None:
    assert "weapon-feared" not in night.codes("call-3")
    told = night.warning("knife-feared", "weapon-feared")
    assert told["since"] == night["knife-feared"]["at"]
    assert told["interrupts"]
    older = {w["code"] for w in night["knife-feared"]["warnings"] if w["since"] < told["since"]}
    assert CRITICAL_AT_0026 - {"weapon-feared", "place-he-may-know"} <= older


def test_2342_overdue_and_unresourced(night: Played) -> None:
    event = night["unresourced-3"]
    assert event["clocks"]["overdue_minutes"] == 53
    assert event["response"]["at_risk"] == "unresourced"
    assert {"target-overdue", "unresourced", "waiting-repeat-calls"} <= night.codes("unresourced-3")


def test_a_unit_on_the_way_is_not_told_as_nobody(night: Played) -> None:
    assert "unresourced" not in night.codes("assigned-1")
    again = night.warning("unresourced-3", "unresourced")
    assert again["since"] == night["unresourced-3"]["at"]


def test_0018_no_answer_raises_concern(night: Played) -> None:
    assert "call-back-unanswered" not in {w["code"] for w in night.before("no-answer")["warnings"]}
    raised = night.warning("no-answer", "call-back-unanswered")
    assert raised["since"] == night["no-answer"]["at"]
    assert raised["floor_rank"] == 1


def test_0026_her_tiredness_and_her_destination_raise_and_lower_nothing(night: Played) -> None:
    assert {"cancel-not-consent", "keys-and-access", "place-he-may-know"} <= night.codes("tomorrow")
    assert "Mother's home" in night.warning("going-to-mothers", "place-he-may-know")["sentence"]
    evidence = " ".join(e["line"] for e in night.warning("going-to-mothers", "place-he-may-know")["evidence"])
    assert "home of Adult 2" in evidence
    assert night["tomorrow"]["incident"]["going_to"] == "Mother's home"


def needs_of(event: dict[str, Any]) -> dict[str, str]:
    return {n["warning"]: n["sentence"] for n in event["attempt"]["needs"] if n["code"] == "answer"}


def test_0026_lowering_is_refused_and_names_each_critical_warning(night: Played) -> None:
    event = night["lower-ask"]
    assert event["attempt"]["accepted"] is False
    assert event["attempt"]["gate"] == "rationale_and_agreement"
    assert set(needs_of(event)) == CRITICAL_AT_0026 == night.codes("lower-ask", "critical")
    for code, sentence in needs_of(event).items():
        assert night.warning("lower-ask", code)["sentence"] in sentence
    others = {n["code"] for n in event["attempt"]["needs"]} - {"answer"}
    assert others == {"ground", "supervisor"}
    assert event["standing"] == "P1"


def test_0026_not_seen_and_not_repeated_are_refused_each_with_a_sentence_of_its_own(night: Played) -> None:
    event = night["rationale-weak"]
    refused = needs_of(event)
    assert event["attempt"]["accepted"] is False
    assert set(refused) == CRITICAL_AT_0026
    for words in (
        "He has left",
        "Not repeated",
        "Not repeated tonight",
        "No weapon seen",
        "Not on the system, no copy",
    ):
        assert any(f"“{words}” is not a change" in sentence for sentence in refused.values())
    assert len(set(refused.values())) == len(refused)
    (ground,) = [n["sentence"] for n in event["attempt"]["needs"] if n["code"] == "ground"]
    assert "Probably is not checked" in ground
    assert event["standing"] == "P1"


def test_0026_all_answered_it_is_refused_until_somebody_else_agrees(night: Played) -> None:
    attempt = night["rationale-full"]["attempt"]
    assert attempt["accepted"] is False
    assert [n["code"] for n in attempt["needs"]] == ["supervisor"]
    assert "Unresourced" in attempt["needs"][0]["sentence"]
    assert night["rationale-full"]["standing"] == "P1"


def test_0026_the_supervisor_keeps_it_and_says_why(night: Played) -> None:
    event = night["supervisor-keeps"]
    assert (event["attempt"]["accepted"], event["standing"]) == (False, "P1")
    (need,) = event["attempt"]["needs"]
    assert need["code"] == "agreement"
    assert "Supervisor 3 keeps the standing grade: What is said rests on her words alone." in need["sentence"]


def test_0032_the_photograph_verifies_nothing_and_ends_nothing(night: Played) -> None:
    (order,) = night["order-photo"]["orders"]
    assert (order["state"], order["live_for_risk"]) == ("DECLARED_UNVERIFIED", True)


def test_0034_raising_is_one_act_that_asks_nothing(night: Played) -> None:
    assert "distress-on-line" in night.codes("screaming")
    assert night["raise"]["attempt"] == {"grade": "P1", "accepted": True, "gate": "none", "needs": []}
    assert night["raise"]["standing"] == "P1"


def test_0042_arrival_ends_the_waiting_and_no_danger(night: Played) -> None:
    event = night["officers-arrive"]
    assert event["clocks"]["waiting_minutes"] is None
    assert {s["code"] for s in event["settled"]} >= {"target-overdue", "unresourced", "waiting-repeat-calls"}
    assert night.codes("officers-arrive", "critical") == CRITICAL_AT_0026 | {"distress-on-line"}
    assert event["floor"] == "P1"


# --- at every event --------------------------------------------------------------------------


def test_every_event_says_what_each_grade_and_closing_would_need(night: Played) -> None:
    grades = [g["id"] for g in night.whole["header"]["grades"]]
    assert grades == ["P1", "P2", "S", "R"]
    for event in night.events:
        probe = event["probe"]
        assert [(p["act"], p["grade"]) for p in probe] == [
            *(("grade", g) for g in grades),
            ("close", "close"),
        ]
        assert probe[0]["allowed_now"], "raising is always one key"
        for asked in probe:
            assert asked["allowed_now"] is (not asked["needs"])
        answers = [{n["warning"] for n in p["needs"] if n["code"] == "answer"} for p in probe[1:]]
        critical = {w["code"] for w in event["warnings"] if w["tier"] == "critical"}
        assert all(named == critical for named in answers)


def test_the_grade_never_falls_once_it_stands(night: Played) -> None:
    names = [e["event"] for e in night.events]
    after = night.events[names.index("grade-1") :]
    assert {e["standing"] for e in after} == {"P1"}
    assert {e["floor"] for e in night.events} == {"P1"}


def test_no_warning_is_ever_dropped(night: Played) -> None:
    known: set[str] = set()
    for event in night.events:
        standing = {w["code"] for w in event["warnings"]}
        settled = {s["code"] for s in event["settled"]}
        assert not standing & settled
        assert known <= standing | settled, event["event"]
        known = standing | settled


def test_nothing_critical_was_settled_that_night(night: Played) -> None:
    for event in night.events:
        assert not {s["code"] for s in event["settled"]} & (CRITICAL_AT_0026 | {"distress-on-line"})


def test_a_clock_time_that_is_not_known_is_said(night: Played) -> None:
    assert night["call-1"]["clock_time_known"] is True
    assert night["waiting-again"]["clock_time_known"] is False
    assert night["waiting-again"]["at"] == night["lounge-reached"]["at"]


def test_the_same_night_twice_is_the_same_to_the_letter(night: Played) -> None:
    assert play("night").whole == night.whole


def test_what_to_do_now_is_short_and_leads_with_her(night: Played) -> None:
    for event in night.events:
        assert len(event["do_now"]) <= 6
    assert night["grade-1"]["do_now"][0] == "Stay on the line while he may be near"


def test_few_things_interrupt_and_serious_ones_can_be_read(night: Played) -> None:
    """A screen full of warnings is not read: the measures of this night are held here."""
    worst = max(night.events, key=lambda e: len(e["warnings"]))
    tiers = [w["tier"] for w in worst["warnings"]]
    assert tiers.count("critical") <= 7
    assert tiers.count("serious") <= 16
