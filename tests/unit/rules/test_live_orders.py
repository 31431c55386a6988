"""The decision table of the orders brief, one test a row and an overlay: nothing but a verified end ends an order."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from callhandler.model.order import Order, OrderFact, OrderStanding, OrderState, Overlay
from callhandler.model.when import When
from callhandler.policy.pack import Policy
from callhandler.rules.live_orders import judge, standing_orders
from tests.unit.pictures import Build, at, fact, with_facts

DAY = timedelta(days=1)
AGO, TO_COME = at(0) - DAY, at(0) + DAY


def judged(policy: Policy, kind: str, source: str, *facts: OrderFact, **more: Any) -> OrderStanding:
    b = Build()
    order: Order = with_facts(b.order(kind, source, **more), *facts)
    return judge(order, policy.orders.get(kind), b.picture().as_of, policy.pack.order_states)


def test_row_1_a_verified_discharge_ends_it(policy: Policy) -> None:
    found = judged(policy, "nmo", "court", fact("discharged", verified=True, happened=AGO, said_by="court"))
    assert (found.state, found.live_for_risk, found.overlays) == (OrderState.DISCHARGED, False, ())


@pytest.mark.parametrize("kind", ["discharged", "dismissed", "expired"])
def test_row_1_and_2_an_end_that_is_only_told_ends_nothing(kind: str, policy: Policy) -> None:
    found = judged(policy, "nmo", "court", fact(kind, said_by="suspect"), fact("served"))
    assert found.state is OrderState.LIVE


def test_row_1_a_discharge_to_come_has_not_happened(policy: Policy) -> None:
    found = judged(
        policy, "nmo", "court", fact("discharged", verified=True, happened=TO_COME), fact("served")
    )
    assert found.state is OrderState.LIVE


def test_row_2_a_verified_expiry_passed(policy: Policy) -> None:
    assert judged(policy, "nmo", "court", expires=AGO).state is OrderState.EXPIRED
    assert judged(policy, "nmo", "court", fact("expired", verified=True)).state is OrderState.EXPIRED


def test_row_2_an_expiry_to_come_an_extension_or_mere_words_leave_it(policy: Policy) -> None:
    assert judged(policy, "nmo", "court", fact("served"), expires=TO_COME).state is OrderState.LIVE
    assert (
        judged(policy, "nmo", "court", fact("served"), fact("extended"), expires=AGO).state is OrderState.LIVE
    )
    assert judged(policy, "nmo", "the caller", expires=AGO).state is OrderState.DECLARED_UNVERIFIED


def test_row_3_an_interim_order_ends_with_the_decision_on_the_main_one(policy: Policy) -> None:
    decided = fact("main_decided", verified=True)
    assert judged(policy, "ispo", "court", decided).state is OrderState.ENDED_INTERIM
    assert judged(policy, "ispo", "court", fact("main_decided")).state is OrderState.LIVE
    assert judged(policy, "spo", "court", decided).state is OrderState.LIVE


def test_row_4_a_verified_order_not_yet_made(policy: Policy) -> None:
    assert judged(policy, "nmo", "court", made=When(TO_COME)).state is OrderState.NOT_YET
    # A date that only somebody told does not take it out of the warnings.
    assert judged(policy, "nmo", "the caller", made=When(TO_COME)).live_for_risk


def test_row_5_what_a_caller_tells_of_is_live_for_risk(policy: Policy) -> None:
    found = judged(policy, "nmo", "the caller")
    assert (found.state, found.live_for_risk) == (OrderState.DECLARED_UNVERIFIED, True)
    assert "the caller" in found.because
    seen = judged(policy, "nmo", "the caller", fact("copy", verified=True), fact("aware"))
    assert seen.state is OrderState.LIVE
    photo = judged(policy, "nmo", "the caller", fact("copy"))
    assert photo.state is OrderState.DECLARED_UNVERIFIED


@pytest.mark.parametrize("kind", ["dvpn", "dapn"])
def test_row_6_a_police_notice_does_not_run_out_after_48_hours(kind: str, policy: Policy) -> None:
    assert judged(policy, kind, "police", fact("served"), expires=AGO).state is OrderState.LIVE
    ended = judged(policy, kind, "police", fact("main_decided", verified=True))
    assert ended.state is OrderState.ENDED_INTERIM


def test_row_7_without_notice_and_without_sign_that_he_knew(policy: Policy) -> None:
    for notice in ("yes", "unknown"):
        found = judged(policy, "nmo", "court", without_notice=notice)
        assert (found.state, found.live_for_risk) == (OrderState.LIVE_UNSERVED, True)
    assert "knew" in found.because


@pytest.mark.parametrize("kind", ["served", "aware", "present"])
def test_row_8_any_sign_that_he_knew(kind: str, policy: Policy) -> None:
    found = judged(policy, "nmo", "court", fact(kind, said_by="caller"), without_notice="yes")
    assert found.state is OrderState.LIVE
    assert found.because == f"{kind}, says caller"


def test_row_9_on_notice_or_from_a_criminal_court(policy: Policy) -> None:
    assert judged(policy, "nmo", "court", without_notice="no").state is OrderState.LIVE
    assert judged(policy, "ro", "court").state is OrderState.LIVE


def test_overlay_a_return_hearing_passed_with_its_outcome_unknown(policy: Policy) -> None:
    hearing = fact("return_hearing", happened=AGO)
    found = judged(policy, "nmo", "court", hearing, fact("served"), expires=TO_COME)
    assert found.state is OrderState.LIVE
    assert Overlay.RETURN_OUTCOME_UNKNOWN in found.overlays
    known = judged(policy, "nmo", "court", hearing, fact("return_outcome"), expires=TO_COME)
    assert Overlay.RETURN_OUTCOME_UNKNOWN not in known.overlays


def test_overlay_a_variation_of_which_he_may_not_know(policy: Policy) -> None:
    assert Overlay.VARIATION_UNKNOWN in judged(policy, "nmo", "court", fact("varied")).overlays
    known = judged(policy, "nmo", "court", fact("varied"), fact("aware_of_variation"))
    assert Overlay.VARIATION_UNKNOWN not in known.overlays


def test_overlay_no_power_of_arrest(policy: Policy) -> None:
    assert Overlay.NO_POWER_OF_ARREST in judged(policy, "oo", "court").overlays
    attached = judged(policy, "oo", "court", fact("power_of_arrest", verified=True))
    assert Overlay.NO_POWER_OF_ARREST not in attached.overlays
    assert Overlay.NO_POWER_OF_ARREST not in judged(policy, "nmo", "court").overlays


@pytest.mark.parametrize("kind", ["spo", "ispo", "phi", "dvpn", "dapn"])
def test_overlay_service_unknown(kind: str, policy: Policy) -> None:
    assert Overlay.SERVICE_UNKNOWN in judged(policy, kind, "court").overlays
    assert Overlay.SERVICE_UNKNOWN not in judged(policy, kind, "court", fact("served")).overlays


def test_overlay_expiry_unknown(policy: Policy) -> None:
    assert Overlay.EXPIRY_UNKNOWN in judged(policy, "nmo", "court").overlays
    assert Overlay.EXPIRY_UNKNOWN not in judged(policy, "nmo", "court", until_further_order=True).overlays
    assert Overlay.EXPIRY_UNKNOWN not in judged(policy, "nmo", "court", expires=TO_COME).overlays


def test_an_order_of_a_kind_nobody_wrote_a_rule_for_is_live(policy: Policy) -> None:
    assert judged(policy, "a-new-kind", "court").state is OrderState.LIVE


def test_an_order_is_judged_by_the_instant_of_its_picture(policy: Policy) -> None:
    b = Build()
    b.order("nmo", "court", expires=at(60), without_notice="no")
    before = standing_orders(b.picture(59), policy)[0]
    after = standing_orders(b.picture(60), policy)[0]
    assert (before.state, after.state) == (OrderState.LIVE, OrderState.EXPIRED)
    same = replace(before, state=after.state, overlays=(), because=after.because, shown=after.shown)
    assert same == after


@pytest.mark.parametrize(
    ("source", "because", "imported"),
    [
        ("the caller", "known only from the caller", False),
        ("imported history: Old system", "known only from imported history: Old system", True),
        ("told", "known only from imported history", True),
        ("import", "known only from imported history", True),
    ],
)
def test_row_5_an_order_is_known_from_whom_or_what_it_is(
    source: str, because: str, imported: bool, policy: Policy
) -> None:
    found = judged(policy, "nmo", source)
    assert (found.state, found.because) == (OrderState.DECLARED_UNVERIFIED, because)
    assert (found.live_for_risk, found.order.imported) == (True, imported)
