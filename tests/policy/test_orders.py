"""The law of orders as data: every type of the brief, what nobody read yet is marked, only what may be said is said."""

import re
from datetime import date

import pytest

from callhandler.policy.orders import OrderType
from tests.shipped import shipped

SHIPPED = shipped("national")
ORDERS = SHIPPED.pack.orders

BRIEF = {
    "nmo", "oo", "und", "dvpn", "dvpo", "dapn", "dapo", "spo", "ispo", "ro", "phi", "fmpo", "fgmpo", "cbo", "cpn", "shpo",
    "sro", "bail-police", "bail-court", "licence", "child-arrangements", "sco-da-interdict", "sco-interdict", "sco-nho",
    "ni-nmo", "ni-ro", "ni-spo",
}  # fmt: skip

MAY_SAY = (
    "I can't see your order yet.",
    "Officers can arrest if they",
    "You don't need to find it before we come.",
    "Hitting you is an offence whether or not",
    "Some orders need a power of arrest attached; officers will check.",
    "I've recorded",
)
"""Section 8 of the brief allows these, with the order's own name in them, and no more."""


def test_every_type_of_the_brief_is_there_and_no_other() -> None:
    assert {o.id for o in ORDERS} == BRIEF


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.id)
def test_only_what_may_be_said_is_said(order: OrderType) -> None:
    assert order.say
    assert order.do_not_say
    assert order.ask
    assert not [line for line in order.say if not line.startswith(MAY_SAY)]


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.id)
def test_that_officers_can_arrest_for_a_breach_is_said_only_where_the_law_of_england_gives_that_power(
    order: OrderType,
) -> None:
    promised = any(line.startswith("Officers can arrest") for line in order.say)
    crime = order.powers[-1].breach_is == "crime"
    notice = order.id in ("dvpn", "dvpo", "dapn")
    assert not promised or (order.nation == "england-wales" and (crime or notice))
    if notice:
        assert all("believe" in line for line in order.say if line.startswith("Officers can arrest"))


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.id)
def test_what_is_from_knowledge_is_marked(order: OrderType) -> None:
    """Where a reference says that something is from knowledge, the entry names it."""
    for power in order.powers:
        if "from knowledge" in power.reference:
            assert power.unverified or not power.verified, power.reference
    if order.nation != "england-wales":
        assert order.unverified
        assert all("arrest" in p.unverified for p in order.powers)


@pytest.mark.parametrize(
    ("kind", "day", "breach_is"),
    [
        ("nmo", date(2018, 8, 26), "crime"),
        ("oo", date(2018, 8, 26), "contempt"),
        ("und", date(2018, 8, 26), "contempt"),
        ("dvpn", date(2018, 8, 26), "not-a-crime"),
        ("phi", date(2018, 8, 26), "crime"),
        ("licence", date(2018, 8, 26), "recall"),
        ("bail-police", date(2018, 8, 26), "not-a-crime"),
        ("sco-interdict", date(2018, 8, 26), "contempt"),
    ],
)
def test_civil_is_not_harmless_and_an_order_is_not_always_a_crime(
    kind: str, day: date, breach_is: str
) -> None:
    power = SHIPPED.orders[kind].power_on(day)
    assert power is not None
    assert power.breach_is == breach_is


def test_the_law_of_the_day_decides() -> None:
    cbo = SHIPPED.orders["cbo"]
    before, after = cbo.power_on(date(2018, 8, 26)), cbo.power_on(date(2026, 1, 1))
    assert before is not None and after is not None
    assert "s.30" in before.breach
    assert "s.30" not in after.breach, "the 2014 Act's Part 2 is repealed"
    assert cbo.power_on(date(2010, 1, 1)) is None
    assert SHIPPED.orders["dapo"].power_on(date(2018, 8, 26)) is None


def test_a_pilot_has_its_areas_and_dates_as_data_and_leaves_no_order_out() -> None:
    dapo = SHIPPED.orders["dapo"]
    assert len(dapo.made_in) == 6
    assert next(a for a in dapo.made_in if not a.verified).valid_from == date(2026, 4, 1)
    assert dapo.power_on(date(2030, 1, 1)) is not None, "an order made in the pilot stays in force after it"
    assert dapo.uk_wide


def test_the_types_that_bind_across_the_kingdom() -> None:
    assert {o.id for o in ORDERS if o.uk_wide} == {"dapn", "dapo", "spo", "ispo"}


def test_the_types_whose_statute_asks_for_awareness() -> None:
    assert {o.id for o in ORDERS if o.aware_clause} == {"nmo", "dapo", "fmpo", "fgmpo"}


@pytest.mark.parametrize("order", ORDERS, ids=lambda o: o.id)
def test_no_copy_is_a_condition_of_an_arrest_for_a_crime(order: OrderType) -> None:
    for power in order.powers:
        if power.breach_is == "crime" and order.nation == "england-wales":
            assert re.match(r"No\b", power.copy_needed)
