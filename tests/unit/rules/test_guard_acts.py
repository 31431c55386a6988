"""The guard over acts that change what is known, and over endings without a contact: each case by tier, act and distance."""

from dataclasses import replace

import pytest

from callhandler.model.acts import Change
from callhandler.model.assessment import (
    CHANGING,
    CLOSED_RANK,
    CLOSING,
    Act,
    Gate,
    RationaleAnswer,
    Request,
    Tier,
    Verdict,
    Warning,
)
from callhandler.policy.pack import Policy
from callhandler.rules.guard import Situation, rule
from tests.unit.pictures import Build, warning
from tests.unit.rules.test_guard import CRITICAL, NOTE, QUIET, SERIOUS, agreed, request, situation

HELD_CRITICAL = warning(Tier.CRITICAL, floor=None, code="informs-critical")

LOST: dict[str, tuple[tuple[Warning, ...], Gate]] = {
    "a note": ((NOTE,), Gate.REASON),
    "serious without a floor": ((QUIET,), Gate.REASON),
    "critical without a floor": ((HELD_CRITICAL,), Gate.REASON),
    "serious that holds the floor": ((SERIOUS,), Gate.RATIONALE),
    "critical that holds the floor": ((CRITICAL,), Gate.AGREEMENT),
    "both": ((SERIOUS, CRITICAL), Gate.AGREEMENT),
}


@pytest.mark.parametrize("act", [a for a in CHANGING if a is not Act.RETYPE])
@pytest.mark.parametrize("name", LOST)
def test_what_is_lost_decides_by_its_own_tier(act: Act, name: str, policy: Policy) -> None:
    lost, gate = LOST[name]
    if act is Act.LOWER_RISK and gate is Gate.REASON:
        # A lower level of risk is a lowering by itself, whatever rests on it (review map A7).
        gate = Gate.RATIONALE
    found = rule(act, "", 1, situation(*lost), policy.gates, None, Change(1, 1, lost))
    assert found.gate is gate
    assert found.lost == lost
    assert found.lowers
    assert not found.allowed_now


@pytest.mark.parametrize(
    ("lost", "gate"),
    [((), Gate.NONE), ((NOTE,), Gate.NONE), ((QUIET,), Gate.REASON), ((HELD_CRITICAL,), Gate.REASON)],
    ids=["nothing", "a note", "serious", "critical"],
)
def test_a_new_type_asks_only_where_something_weighty_is_lost(
    lost: tuple[Warning, ...], gate: Gate, policy: Policy
) -> None:
    found = rule(
        Act.RETYPE, "", 1, situation(*lost), policy.gates, None, Change(CLOSED_RANK, CLOSED_RANK, lost)
    )
    assert found.gate is gate
    assert found.lowers is (gate is not Gate.NONE)


def test_a_floor_that_would_fall_is_a_rationale_though_no_warning_is_named(policy: Policy) -> None:
    found = rule(Act.REJECT_LINK, "", 1, situation(), policy.gates, None, Change(1, 2, ()))
    assert found.gate is Gate.RATIONALE


def test_only_what_is_lost_is_answered(policy: Policy) -> None:
    other = warning(code="another")
    found = rule(
        Act.RETRACT,
        "",
        1,
        situation(CRITICAL, other, standing=1),
        policy.gates,
        None,
        Change(1, 1, (CRITICAL,)),
    )
    assert [n.warning for n in found.needs if n.code == "answer"] == ["danger"]


def test_the_whole_gate_opens_it_and_a_keep_shuts_it(policy: Policy) -> None:
    change = Change(1, CLOSED_RANK, (CRITICAL,))
    whole = _asked(Act.RETRACT, agreed())
    assert rule(Act.RETRACT, "", 1, situation(CRITICAL), policy.gates, whole, change).allowed_now
    kept = _asked(Act.RETRACT, agreed(Verdict.KEEP))
    found = rule(Act.RETRACT, "", 1, situation(CRITICAL), policy.gates, kept, change)
    assert [n.code for n in found.needs] == ["agreement"]


def _asked(act: Act, *agreements: object) -> Request:
    answers = (RationaleAnswer("danger", "He is in a cell", "custody-officer", "custody-record"),)
    return replace(request(answers=answers), act=act, agreements=agreements)  # type: ignore[arg-type]


def unseen(*warnings: Warning, **given: object) -> Situation:
    return replace(situation(*warnings, **given), unseen=("Adult 1",), defer_rank=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("act", [*CLOSING, Act.APPOINT, Act.RESULT])
def test_an_end_without_a_contact_needs_a_rationale_and_agreement_under_a_critical_warning(
    act: Act, policy: Policy
) -> None:
    rank = 1 if act is Act.RESULT else CLOSED_RANK
    settled = replace(CRITICAL, settled_by=3)
    quiet = rule(act, "close", rank, unseen(settled, standing=None, nothing_open=True), policy.gates)
    assert (quiet.gate, quiet.unseen) == (Gate.RATIONALE, ("Adult 1",))
    grave = rule(act, "close", rank, unseen(HELD_CRITICAL, nothing_open=True), policy.gates)
    assert grave.gate is Gate.AGREEMENT
    met = replace(unseen(settled, nothing_open=True), unseen=())
    assert rule(act, "close", rank, met, policy.gates).unseen == ()


def test_putting_off_needs_it_too_and_a_first_grade_does_not(policy: Policy) -> None:
    assert rule(Act.GRADE, "S", 3, unseen(standing=2), policy.gates).gate is Gate.RATIONALE
    assert rule(Act.GRADE, "P", 2, unseen(standing=1), policy.gates).gate is Gate.REASON
    assert rule(Act.GRADE, "S", 3, unseen(), policy.gates).gate is Gate.NONE
    assert rule(Act.GRADE, "S", 3, unseen(standing=3), policy.gates).gate is Gate.NONE
    assert rule(Act.GRADE, "I", 1, unseen(standing=3), policy.gates).gate is Gate.NONE


@pytest.mark.parametrize("act", [Act.RECEIVE, Act.APPOINT, Act.TRANSFER])
def test_only_a_grade_of_ones_own_is_a_slip(act: Act, policy: Policy) -> None:
    given = situation(standing=3, same_call=True)
    assert rule(Act.GRADE, "R", 4, given, policy.gates).gate is Gate.NONE
    assert rule(act, "R", 4, given, policy.gates).gate is Gate.REASON
    before = replace(Build().decide(3, call=5), act=act)
    assert rule(Act.GRADE, "R", 4, replace(given, standing=before), policy.gates).gate is Gate.REASON


def test_a_result_is_below_no_rank(policy: Policy) -> None:
    found = rule(Act.RESULT, "S", 3, situation(CRITICAL, standing=3), policy.gates)
    assert (found.gate, found.lowers, found.allowed_now) == (Gate.NONE, False, True)


@pytest.mark.parametrize("act", CLOSING)
def test_what_waits_is_said_at_a_closing_and_at_nothing_else(act: Act, policy: Policy) -> None:
    given = replace(situation(nothing_open=True), waiting="Somebody answers first.", undecided=("Theft",))
    assert [n.code for n in rule(act, "close", CLOSED_RANK, given, policy.gates).needs] == [
        "offence",
        "review",
    ]
    assert rule(Act.GRADE, "R", 4, given, policy.gates).needs == ()
    assert given.waiting in {n.sentence for n in rule(act, "close", CLOSED_RANK, given, policy.gates).needs}


def test_a_slip_put_right_is_a_lowering_all_the_same_and_says_its_rank(policy: Policy) -> None:
    found = rule(Act.GRADE, "R", 4, situation(standing=3, same_call=True), policy.gates)
    assert (found.lowers, found.gate, found.rank, found.grade) == (True, Gate.NONE, 4, "R")


def test_who_was_not_seen_is_told_only_where_it_matters(policy: Policy) -> None:
    assert rule(Act.GRADE, "I", 1, unseen(standing=3), policy.gates).unseen == ()
    assert rule(Act.TRANSFER, "R", 4, unseen(standing=3), policy.gates).unseen == ()


def test_a_force_may_ask_for_more_of_one_act_alone(policy: Policy) -> None:
    rows = [r for r in policy.gates.cases if r.case != "below_standing"]
    (usual,) = [r for r in policy.gates.cases if r.case == "below_standing"]
    others = tuple(a for a in usual.covers if a is not Act.TRANSFER)
    rows += [
        usual.model_copy(update={"acts": others}),
        usual.model_copy(update={"acts": (Act.TRANSFER,), "gate": Gate.RATIONALE}),
    ]
    gates = policy.gates.model_copy(update={"cases": tuple(rows)})
    assert rule(Act.TRANSFER, "R", 4, situation(standing=3), gates).gate is Gate.RATIONALE
    assert rule(Act.APPOINT, "R", 4, situation(standing=3), gates).gate is Gate.REASON


def test_the_line_for_the_serious_ones_counts_them(policy: Policy) -> None:
    def line(*standing: Warning) -> str:
        needs = rule(Act.GRADE, "S", 3, situation(*standing), policy.gates).needs
        return next(n.sentence for n in needs if n.code == "reason")

    assert "taken together" in line(SERIOUS, NOTE, replace(NOTE, code="more"))
    assert "2 serious" in line(SERIOUS, QUIET, NOTE)
