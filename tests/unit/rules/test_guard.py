"""The guard: every case of the gate table, and that nothing put in the place of a change counts as one."""

from dataclasses import replace

import pytest

from callhandler.model.assessment import (
    CLOSED_RANK,
    Act,
    Agreement,
    Gate,
    RationaleAnswer,
    Request,
    Tier,
    Verdict,
    Warning,
)
from callhandler.policy.pack import Policy
from callhandler.rules import guard
from callhandler.rules.guard import Situation, fault_of_answer, probe, rule
from tests.unit.pictures import START, Build, assessment, at, warning

SERIOUS = warning(Tier.SERIOUS, floor=1, code="serious")
QUIET = warning(Tier.SERIOUS, floor=None, code="informs")
NOTE = warning(Tier.NOTE, floor=None, code="note")
CRITICAL = warning(Tier.CRITICAL, floor=1, code="danger")


def situation(
    *warnings: Warning,
    standing: int | None = None,
    same_call: bool = False,
    minutes: float = 0,
    nothing_open: bool = False,
    supervisor: bool = True,
) -> Situation:
    decision = None if standing is None else Build().decide(standing, call=5)
    return Situation(
        decision,
        assessment(*warnings, minutes=minutes),
        author_id=1,
        call_id=5 if same_call else 6,
        nothing_open=nothing_open,
        supervisor_signed_in=supervisor,
    )


def request(**given: object) -> Request:
    whole = {
        "ground": "suspect-detained",
        "reason": "He is held until tomorrow.",
        "answers": (RationaleAnswer("danger", "He is in a cell", "custody-officer", "custody-record"),),
    }
    return Request(1, 1, Act.GRADE, "S", 3, 7, 1, "Handler 12", START, **{**whole, **given})  # type: ignore[arg-type]


def agreed(verdict: Verdict = Verdict.AGREE, assessment_id: int = 7, author: int = 2) -> Agreement:
    return Agreement(9, 1, assessment_id, verdict, "the reason", author, "Supervisor 3", START)


CASES = {
    "first grade, nothing stands": (situation(), 4, Gate.NONE),
    "raising": (situation(CRITICAL, standing=3), 1, Gate.NONE),
    "raising, but not to the floor": (situation(CRITICAL, standing=3), 2, Gate.AGREEMENT),
    "the same again": (situation(CRITICAL, standing=1), 1, Gate.NONE),
    "first grade below a critical floor": (situation(CRITICAL), 2, Gate.AGREEMENT),
    "first grade below a serious floor": (situation(SERIOUS), 2, Gate.RATIONALE),
    "below standing, above the floor": (situation(standing=1), 3, Gate.REASON),
    "a slip put right in the same call": (situation(standing=3, same_call=True), 4, Gate.NONE),
    "a slip, a note standing": (situation(NOTE, standing=3, same_call=True), 4, Gate.NONE),
    "no slip while something serious stands": (situation(QUIET, standing=3, same_call=True), 4, Gate.REASON),
    "no slip in another call": (situation(standing=3), 4, Gate.REASON),
    "no slip half an hour later": (situation(standing=3, same_call=True, minutes=30), 4, Gate.REASON),
    "closing, nothing open": (situation(standing=3, nothing_open=True), CLOSED_RANK, Gate.NONE),
    "closing with something open": (situation(standing=3), CLOSED_RANK, Gate.REASON),
    "closing while something serious stands": (
        situation(QUIET, standing=3, nothing_open=True),
        CLOSED_RANK,
        Gate.REASON,
    ),
    "closing below the floor": (
        situation(SERIOUS, standing=1, nothing_open=True),
        CLOSED_RANK,
        Gate.RATIONALE,
    ),
    "closing below a critical floor": (
        situation(CRITICAL, standing=1, nothing_open=True),
        CLOSED_RANK,
        Gate.AGREEMENT,
    ),
    "a settled warning holds nothing": (
        situation(replace(CRITICAL, settled_by=3), standing=2),
        3,
        Gate.REASON,
    ),
    "a settled warning lowers nothing by itself": (
        situation(replace(CRITICAL, settled_by=3), standing=1),
        1,
        Gate.NONE,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_gate_of_each_case(name: str, policy: Policy) -> None:
    given, rank, gate = CASES[name]
    act = Act.CLOSE if rank == CLOSED_RANK else Act.GRADE

    found = rule(act, "x", rank, given, policy.gates)

    assert found.gate is gate
    assert found.allowed_now is (gate is Gate.NONE)


def test_a_slip_is_put_right_only_by_the_hand_that_made_it(policy: Policy) -> None:
    given = replace(situation(standing=3, same_call=True), author_id=2)
    assert rule(Act.GRADE, "R", 4, given, policy.gates).gate is Gate.REASON


def test_a_reason_is_one_line_and_no_more(policy: Policy) -> None:
    given = situation(standing=2)
    assert [n.code for n in rule(Act.GRADE, "S", 3, given, policy.gates).needs] == ["reason"]
    assert rule(Act.GRADE, "S", 3, given, policy.gates, request(answers=(), ground="")).allowed_now
    assert not rule(Act.GRADE, "S", 3, given, policy.gates, request(reason="   ")).allowed_now


def test_a_rationale_names_each_critical_warning_the_serious_ones_together_and_a_ground(
    policy: Policy,
) -> None:
    second = warning(code="another")
    given = situation(CRITICAL, second, SERIOUS, QUIET, standing=1)

    needs = rule(Act.GRADE, "S", 3, given, policy.gates).needs

    assert [(n.code, n.warning) for n in needs] == [
        ("answer", "danger"),
        ("answer", "another"),
        ("reason", ""),
        ("ground", ""),
        ("agreement", ""),
    ]
    assert "2 serious warnings" in needs[2].sentence


@pytest.mark.parametrize(
    ("agreements", "missing"),
    [
        ((), "A supervisor must agree"),
        ((agreed(assessment_id=6),), "A supervisor must agree"),
        ((agreed(author=1),), "A supervisor must agree"),
        ((agreed(Verdict.KEEP),), "keeps the standing grade: the reason"),
        ((agreed(Verdict.KEEP), agreed()), "keeps the standing grade"),
        ((agreed(), agreed(Verdict.TAKE_OVER)), "keeps the standing grade"),
    ],
    ids=[
        "nobody",
        "upon an older assessment",
        "his own",
        "kept",
        "kept, then agreed",
        "agreed, then taken over",
    ],
)
def test_what_is_not_an_agreement(agreements: tuple[Agreement, ...], missing: str, policy: Policy) -> None:
    needs = rule(Act.GRADE, "S", 3, situation(CRITICAL), policy.gates, request(agreements=agreements)).needs
    assert [n.code for n in needs] == ["agreement"]
    assert missing in needs[0].sentence


def test_all_answered_and_agreed_by_another_upon_this_assessment_is_allowed(policy: Policy) -> None:
    given = situation(CRITICAL, SERIOUS, standing=1)
    found = rule(Act.GRADE, "S", 3, given, policy.gates, request(agreements=(agreed(),)))
    assert found.lowers
    assert found.allowed_now


def test_without_a_supervisor_unresourced_is_offered_and_nothing_is_lowered(policy: Policy) -> None:
    (need,) = rule(Act.GRADE, "S", 3, situation(CRITICAL, supervisor=False), policy.gates, request()).needs
    assert need.code == "supervisor"
    assert "Unresourced" in need.sentence


def test_one_serious_warning_alone_is_answered_with_all_the_rest(policy: Policy) -> None:
    only = warning(tier=Tier.SERIOUS, floor=2, code="only")
    reason = next(
        n for n in rule(Act.GRADE, "S", 3, situation(only), policy.gates).needs if n.code == "reason"
    )
    assert reason.sentence == "Say in one line: why, all taken together."


def test_a_ground_that_is_not_accepted_says_why(policy: Policy) -> None:
    for ground in policy.gates.grounds:
        if not ground.accepted:
            needs = rule(Act.GRADE, "S", 3, situation(SERIOUS), policy.gates, request(ground=ground.id)).needs
            assert [n.code for n in needs] == ["ground"]
            assert needs[0].sentence == ground.why_not


def test_lack_of_units_is_no_ground(policy: Policy) -> None:
    (need,) = rule(Act.GRADE, "S", 3, situation(SERIOUS), policy.gates, request(ground="no-units")).needs
    assert "Unresourced" in need.sentence


def test_the_probe_asks_of_every_grade_and_of_closing_without_a_request(policy: Policy) -> None:
    found = probe(situation(CRITICAL, standing=1), policy.scheme, policy.gates)
    assert [r.grade for r in found] == ["I", "P", "S", "R", "close"]
    assert [r.act for r in found] == [*[Act.GRADE] * 4, Act.CLOSE]
    assert [r.allowed_now for r in found] == [True, False, False, False, False]
    assert all(r.gate is Gate.AGREEMENT for r in found[1:])


def test_raising_asks_nothing_whatever_stands(policy: Policy) -> None:
    for standing in (None, 1, 2, 3, 4, CLOSED_RANK):
        found = rule(Act.GRADE, "I", 1, situation(CRITICAL, SERIOUS, standing=standing), policy.gates)
        assert (found.allowed_now, found.lowers, found.needs) == (True, False, ())


def test_the_window_of_a_slip_is_the_policys(policy: Policy) -> None:
    soon = situation(standing=3, same_call=True, minutes=policy.gates.correction_within_minutes)
    late = replace(
        soon, assessment=replace(soon.assessment, as_of=at(policy.gates.correction_within_minutes + 1))
    )
    assert rule(Act.GRADE, "R", 4, soon, policy.gates).gate is Gate.NONE
    assert rule(Act.GRADE, "R", 4, late, policy.gates).gate is Gate.REASON


# --- answers --------------------------------------------------------------------------------

COMFORTS = [
    "",
    "  ",
    "not seen",
    "Not seen.",
    "He has left",
    "he's left",
    "He’s left",
    "HE HAS LEFT THE SCENE",
    "has gone",
    "no answer",
    "No answer, no reply",
    "not repeated",
    "Not repeated tonight",
    "not mentioned",
    "no weapon seen",
    "no trace",
    "not on the system",
    "Not on the system, no copy",
    "order not held",
    "tomorrow will do",
    "she is happy to wait",
    "she will wait",
    "caller frustrated",
    "likely place of safety",
    "a place of safety",
    "appears safe",
    "no units",
    "No units, no resources",
    "verbal only",
    "he denied it",
    "denies",
    "see log",
    "as above",
    "no change",
    "he drove off an hour ago",
    "he has not been seen",
    "She has calmed down now",
    "all quiet now",
    "no further calls received",
    "she does not answer the phone",
    "She no longer wants police",
    "unknown",
    "n/a",
    "ok",
    "-",
    "safe",
    "🙂",
]


@pytest.mark.parametrize("comfort", COMFORTS)
def test_a_false_comfort_is_not_a_change(comfort: str, policy: Policy) -> None:
    answer = RationaleAnswer("danger", comfort, "officer-at-scene", "seen-in-person")
    fault = fault_of_answer(answer, policy.gates)
    assert "not a change" in fault or "not said" in fault


def test_a_phrase_is_left_out_whatever_its_apostrophe_and_never_out_of_a_longer_word(policy: Policy) -> None:
    """Two words more than the phrase are too few, three are enough: the phrase itself must count for nothing."""
    for phrase in ("he's left", "he’s left", "hes left", "He's Left"):
        for more, enough in (("taken away", False), ("taken away yesterday", True)):
            answer = RationaleAnswer("danger", f"{phrase} {more}", "officer-at-scene", "seen-in-person")
            assert (fault_of_answer(answer, policy.gates) == "") is enough, answer.what_changed


@pytest.mark.parametrize(
    "change",
    [
        "He is in a cell at the police station since 17:49",
        "Officers are with her and she was seen unharmed",
        "The knife was found in his car and taken",
        "No reply at first, then officers went in and found her well",
    ],
)
def test_what_somebody_saw_is_a_change(change: str, policy: Policy) -> None:
    assert (
        fault_of_answer(RationaleAnswer("danger", change, "officer-at-scene", "seen-in-person"), policy.gates)
        == ""
    )


def test_each_sayer_and_check_that_does_not_count_says_why(policy: Policy) -> None:
    change = "Officers are with her and she was seen unharmed"
    for choice in policy.gates.said_by:
        fault = fault_of_answer(RationaleAnswer("danger", change, choice.id, "seen-in-person"), policy.gates)
        assert fault == ("" if choice.accepted else choice.why_not)
    for choice in policy.gates.how_checked:
        fault = fault_of_answer(
            RationaleAnswer("danger", change, "officer-at-scene", choice.id), policy.gates
        )
        assert fault == ("" if choice.accepted else choice.why_not)


@pytest.mark.parametrize(
    ("said_by", "how", "missing"), [("", "seen-in-person", "Who"), ("officer-at-scene", "x", "How")]
)
def test_a_sayer_and_a_check_are_always_named(said_by: str, how: str, missing: str, policy: Policy) -> None:
    answer = RationaleAnswer("danger", "Officers are with her and she is unharmed", said_by, how)
    assert fault_of_answer(answer, policy.gates).startswith(missing)


def test_a_choice_may_be_given_by_its_shown_name(policy: Policy) -> None:
    answer = RationaleAnswer(
        "danger", "He is in a cell since eight", "The custody officer", "READ ON THE CUSTODY RECORD"
    )
    assert guard.fault_of_answer(answer, policy.gates) == ""
