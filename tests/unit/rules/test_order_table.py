"""The decision table is data: each row and each doubt of the policy's file is reached by an order made for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.order import (
    ENDED_STATES,
    LIVE_FOR_RISK,
    RECORD_SOURCES,
    Learned,
    Order,
    OrderFact,
    OrderState,
    Overlay,
    Term,
)
from callhandler.model.when import Precision, When
from callhandler.policy.orders import OrderTable
from callhandler.rules.live_orders import judge
from tests.shipped import shipped
from tests.unit.pictures import HER, HIM, START, Build, at, fact, with_facts

SHIPPED = shipped("national")
TABLE = SHIPPED.pack.order_states
DAY = timedelta(days=1)
NOW, AGO, TO_COME = at(0), at(0) - DAY, at(0) + DAY

Made = tuple[str, str, dict[str, Any], tuple[OrderFact, ...]]
"""Type, source, what is known of the order, what was learned of it."""

ROWS: dict[str, tuple[Made, Made]] = {
    # row: an order that it decides, and one that is nearly the same and that it does not
    "discharged": (
        ("nmo", "court", {}, (fact("discharged", verified=True, happened=AGO),)),
        ("nmo", "court", {}, (fact("discharged", happened=AGO),)),
    ),
    "expired": (
        ("nmo", "court", {"expires": NOW}, ()),
        ("nmo", "court", {"expires": NOW + timedelta(minutes=1)}, ()),
    ),
    "ended-interim": (
        ("ispo", "court", {}, (fact("main_decided", verified=True),)),
        ("spo", "court", {}, (fact("main_decided", verified=True),)),
    ),
    "not-yet": (
        ("nmo", "court", {"made": When(TO_COME)}, ()),
        ("nmo", "a neighbour", {"made": When(TO_COME)}, ()),
    ),
    "declared": (
        ("nmo", "the caller", {}, (fact("served"),)),
        ("nmo", "the caller", {}, (fact("served"), fact("copy", verified=True))),
    ),
    "police-notice": (
        ("dvpn", "police", {"expires": AGO}, (fact("served"),)),
        ("dvpn", "police", {}, (fact("main_decided", verified=True),)),
    ),
    "unserved": (
        ("nmo", "court", {"without_notice": "yes"}, (fact("not_served"),)),
        ("nmo", "court", {"without_notice": "no"}, ()),
    ),
    "aware": (
        ("nmo", "court", {"without_notice": "yes"}, (fact("own_words"),)),
        ("nmo", "court", {"without_notice": "yes"}, ()),
    ),
    "in-force": (
        ("ro", "court", {}, ()),
        ("ro", "the caller", {}, ()),
    ),
}

DOUBTS: dict[Overlay, tuple[Made, Made]] = {
    Overlay.RETURN_OUTCOME_UNKNOWN: (
        ("nmo", "court", {}, (fact("return_hearing", happened=AGO),)),
        ("nmo", "court", {}, (fact("return_hearing", happened=AGO), fact("return_outcome"))),
    ),
    Overlay.VARIATION_UNKNOWN: (
        ("dapo", "court", {}, (fact("varied"),)),
        ("dapo", "court", {}, (fact("varied"), fact("aware_of_variation"))),
    ),
    Overlay.NO_POWER_OF_ARREST: (
        ("oo", "court", {}, (fact("power_of_arrest"),)),
        ("oo", "court", {}, (fact("power_of_arrest", verified=True),)),
    ),
    Overlay.SERVICE_UNKNOWN: (
        ("spo", "court", {}, (fact("aware"),)),
        ("spo", "court", {}, (fact("served"),)),
    ),
    Overlay.EXPIRY_UNKNOWN: (
        ("nmo", "court", {}, ()),
        ("nmo", "court", {"until_further_order": True}, ()),
    ),
}


def made(given: Made) -> Order:
    kind, source, more, facts = given
    return with_facts(Build().order(kind, source, **more), *facts)


def judged(order: Order, table: OrderTable = TABLE) -> Any:
    return judge(order, SHIPPED.orders.get(order.type), NOW, table)


def test_every_row_and_every_doubt_of_the_file_is_tried() -> None:
    assert list(ROWS) == [row.id for row in TABLE.rows]
    assert set(DOUBTS) == {row.overlay for row in TABLE.overlays} == set(Overlay)
    assert [row.row for row in TABLE.rows] == list(range(1, 10)), "the rows of the brief, in its order"


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda row: row.id)
def test_a_row_decides_the_order_made_for_it_and_not_its_neighbour(row: Any) -> None:
    decided, nearly = ROWS[row.id]
    found = judged(made(decided))
    assert (found.state, found.shown) == (row.state, row.show)
    assert judged(made(nearly)).shown != row.show


@pytest.mark.parametrize("row", [r for r in TABLE.rows if r.when], ids=lambda row: row.id)
def test_each_row_is_needed(row: Any) -> None:
    """Without the row, the order made for it is judged otherwise: no row is there for show."""
    without = replace_rows(tuple(r for r in TABLE.rows if r is not row))
    assert judged(made(ROWS[row.id][0]), without).shown != row.show


def replace_rows(rows: tuple[Any, ...]) -> OrderTable:
    return TABLE.model_copy(update={"rows": rows})


@pytest.mark.parametrize("row", TABLE.overlays, ids=lambda row: row.overlay)
def test_a_doubt_is_shown_beside_the_state_and_changes_it_not(row: Any) -> None:
    doubtful, clear = DOUBTS[row.overlay]
    found = judged(made(doubtful))
    assert row.overlay in found.overlays
    assert row.overlay not in judged(made(clear)).overlays
    without = judged(made(doubtful), TABLE.model_copy(update={"overlays": ()}))
    assert (found.state, found.live_for_risk) == (without.state, True)


def test_no_doubt_is_shown_of_what_has_ended() -> None:
    assert judged(made(("nmo", "court", {}, (fact("discharged", verified=True),)))).overlays == ()


def test_an_undertaking_never_has_a_power_of_arrest() -> None:
    attached = made(("und", "court", {}, (fact("power_of_arrest", verified=True),)))
    assert Overlay.NO_POWER_OF_ARREST in judged(attached).overlays


def test_a_power_of_arrest_has_an_end_of_its_own() -> None:
    ran_out = replace(fact("power_of_arrest", verified=True), until=NOW)
    runs = replace(ran_out, until=TO_COME)
    assert Overlay.NO_POWER_OF_ARREST in judged(made(("oo", "court", {}, (ran_out,)))).overlays
    assert Overlay.NO_POWER_OF_ARREST not in judged(made(("oo", "court", {}, (runs,)))).overlays
    term = Term(1, 1, "exclusion-zone", "", "place", None, 100, None, "", "", "yes", TO_COME, None, True)
    assert Overlay.NO_POWER_OF_ARREST not in judged(made(("oo", "court", {"terms": (term,)}, ()))).overlays
    told = replace(term, verified=False)
    assert Overlay.NO_POWER_OF_ARREST in judged(made(("oo", "court", {"terms": (told,)}, ()))).overlays


def test_an_extension_with_an_end_of_its_own_ends_then_and_one_without_does_not() -> None:
    over = {"expires": AGO - DAY}
    open_end = fact("extended", verified=True)
    assert judged(made(("nmo", "court", over, (open_end,)))).live_for_risk
    assert judged(made(("nmo", "court", over, (replace(open_end, until=TO_COME),)))).live_for_risk
    assert judged(made(("nmo", "court", over, (replace(open_end, until=AGO),)))).state is OrderState.EXPIRED


def test_an_end_that_was_told_does_not_become_checked_because_a_copy_was_seen() -> None:
    told = made(("nmo", "the caller", {"expires": AGO}, (fact("copy", verified=True), fact("aware"))))
    assert judged(told).state is OrderState.LIVE
    checked = with_facts(told, *told.facts, replace(fact("expiry", verified=True), until=AGO))
    assert judged(checked).state is OrderState.EXPIRED


def test_where_no_row_decides_an_order_is_live() -> None:
    over = made(("nmo", "court", {}, (fact("discharged", verified=True),)))
    assert judged(over, OrderTable()).state is OrderState.LIVE


# --- what holds for any order ---------------------------------------------------------------

TIMES = st.sampled_from([None, AGO - 30 * DAY, AGO, NOW, TO_COME])
FACTS = st.builds(
    OrderFact,
    id=st.just(1),
    order_id=st.just(1),
    kind=st.sampled_from([k.value for k in Learned]),
    at=TIMES,
    verified=st.booleans(),
    said_by=st.sampled_from(["the caller", "the suspect", "the court"]),
    words=st.just(""),
    known_at=st.just(START),
    until=TIMES,
)
TOLD = FACTS.map(lambda f: replace(f, verified=False))
ORDERS = st.builds(
    Order,
    id=st.just(1),
    type=st.sampled_from([*sorted(SHIPPED.orders), "a-new-kind"]),
    incident_id=st.just(1),
    protected_id=st.just(HER),
    respondent_id=st.just(HIM),
    source=st.sampled_from([*RECORD_SOURCES, "the caller", "a neighbour"]),
    court=st.just(""),
    without_notice=st.sampled_from(["yes", "no", "unknown"]),
    made=st.one_of(st.none(), st.builds(When, TIMES.filter(bool), st.sampled_from(Precision))),
    expires=TIMES,
    until_further_order=st.booleans(),
    known_at=st.just(START),
)
SEVERAL = st.lists(FACTS, max_size=5).map(tuple)
BOUNDED = settings(max_examples=400, deadline=None, derandomize=True)


@BOUNDED
@given(ORDERS, SEVERAL)
def test_no_order_ends_without_an_end_that_was_checked(order: Order, facts: tuple[OrderFact, ...]) -> None:
    found = judged(with_facts(order, *facts))
    if found.state not in ENDED_STATES:
        return
    ends = {"discharged", "dismissed", "expired", "main_decided"}
    checked = [f for f in facts if f.verified and f.kind in ends and (f.at is None or f.at <= NOW)]
    passed = [
        f for f in facts if f.verified and f.kind in ("expiry", "extended") and f.until and f.until <= NOW
    ]
    by_record = order.source in RECORD_SOURCES and order.expires is not None and order.expires <= NOW
    assert checked or passed or by_record


@BOUNDED
@given(ORDERS, st.lists(TOLD, max_size=6).map(tuple))
def test_what_is_declared_is_live_for_risk_whatever_else_is_told(
    order: Order, told: tuple[OrderFact, ...]
) -> None:
    found = judged(with_facts(replace(order, source="the caller"), *told))
    assert found.state is OrderState.DECLARED_UNVERIFIED
    assert found.live_for_risk


@BOUNDED
@given(ORDERS, SEVERAL, st.randoms(use_true_random=False))
def test_in_which_order_things_are_learned_changes_nothing(
    order: Order, facts: tuple[OrderFact, ...], random: Any
) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)
    one, other = judged(with_facts(order, *facts)), judged(with_facts(order, *shuffled))
    assert (one.state, one.overlays, one.because) == (other.state, other.overlays, other.because)


@BOUNDED
@given(ORDERS, SEVERAL, TOLD)
def test_one_thing_more_that_is_only_told_ends_no_order(
    order: Order, facts: tuple[OrderFact, ...], told: OrderFact
) -> None:
    before = judged(with_facts(order, *facts))
    after = judged(with_facts(order, *facts, told))
    if before.state in LIVE_FOR_RISK:
        assert after.state in LIVE_FOR_RISK
