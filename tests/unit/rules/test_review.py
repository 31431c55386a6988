"""What enters the queue of review, drawn and ordered: the same for everybody, riskiest first, nothing left out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callhandler.model.assessment import CLOSED_RANK, Act, Tier
from callhandler.model.review import OpenReview, QueueLine, ToReview
from callhandler.policy.reviews import Enters, Reviews
from callhandler.rules.review import entering, holding, lot, riskiest_first
from tests.shipped import shipped
from tests.unit.pictures import assessment, warning

REVIEWS = shipped().reviews
NOW = datetime(2018, 8, 26, 22, tzinfo=UTC)
KEPT = ToReview(
    uuid="0",
    act=Act.GRADE,
    rank=1,
    band="immediate",
    standing_rank=None,
    floor_rank=1,
    lowers=False,
    type="burglary",
    domestic=False,
    weighty=False,
    contact=False,
)
LOWERED = replace(KEPT, rank=3, band="scheduled", standing_rank=1, lowers=True)

decisions = st.builds(
    ToReview,
    uuid=st.uuids().map(str),
    act=st.sampled_from([Act.GRADE, Act.CLOSE]),
    rank=st.integers(1, CLOSED_RANK),
    band=st.sampled_from(["immediate", "priority", "scheduled", "resolve", "closed"]),
    standing_rank=st.none() | st.integers(1, CLOSED_RANK),
    floor_rank=st.integers(1, CLOSED_RANK),
    lowers=st.booleans(),
    type=st.sampled_from(["domestic-abuse", "honour-abuse", "burglary"]),
    domestic=st.booleans(),
    weighty=st.booleans(),
    contact=st.booleans(),
    likeness=st.none() | st.integers(0, 100),
)


def by(decided: ToReview, reviews: Reviews = REVIEWS) -> set[str]:
    found = entering(decided, reviews)
    return set(found.by) if found else set()


@pytest.mark.parametrize(
    ("decided", "entry"),
    [
        (LOWERED, "lowered"),
        (replace(KEPT, rank=2, band="priority", lowers=True), "first-below-floor"),
        (replace(LOWERED, act=Act.CLOSE, rank=99, band="closed", weighty=True), "closed-without-contact"),
        (replace(LOWERED, likeness=92), "like-rationale"),
        (replace(KEPT, domestic=True, rank=3, floor_rank=99, band="scheduled"), "domestic-low"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_decision_that_a_rule_names_enters_and_is_not_blind(decided: ToReview, entry: str) -> None:
    found = entering(decided, REVIEWS)
    assert found is not None
    assert entry in found.by
    assert not found.blind


def test_the_soonest_clock_counts() -> None:
    found = entering(replace(LOWERED, domestic=True, likeness=90), REVIEWS)
    assert found is not None
    own = {e.id: e.due_within_minutes for e in REVIEWS.enters}
    assert found.due_within_minutes == min(own[code] for code in found.by) == 120
    assert found.specialist


@pytest.mark.parametrize(
    "decided",
    [
        replace(LOWERED, act=Act.CLOSE, rank=99, band="closed", weighty=True, contact=True),
        replace(LOWERED, act=Act.CLOSE, rank=99, band="closed"),
    ],
    ids=["she was seen", "nothing was raised"],
)
def test_closing_is_without_contact_only_where_it_was_needed(decided: ToReview) -> None:
    assert "closed-without-contact" not in by(decided)


def test_a_likeness_below_the_least_is_none() -> None:
    assert "like-rationale" not in by(replace(LOWERED, likeness=84))


def test_a_pack_without_reviews_takes_nothing() -> None:
    assert entering(LOWERED, Reviews()) is None


@given(decisions)
def test_every_lowering_enters_whatever_else_it_is(decided: ToReview) -> None:
    below = decided.rank > min(decided.floor_rank, decided.standing_rank or CLOSED_RANK)
    lowering = replace(decided, lowers=below)
    if below:
        assert by(lowering)


@given(decisions)
def test_only_a_lot_makes_blind(decided: ToReview) -> None:
    found = entering(decided, REVIEWS)
    kinds = {e.id: e.when for e in REVIEWS.enters}
    if found and found.blind:
        assert {kinds[code] for code in found.by} == {"sampled"}


# --- the lot ---------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=20), st.uuids().map(str))
def test_a_lot_is_the_same_whenever_it_is_drawn(seed: str, uuid: str) -> None:
    assert lot(seed, uuid) == lot(seed, uuid)
    assert 0 <= lot(seed, uuid) < 1000


def test_lots_are_spread_evenly_and_take_what_the_rate_says() -> None:
    lots = [lot("seed", str(number)) for number in range(20_000)]
    tenths = [sum(1 for found in lots if found // 100 == tenth) for tenth in range(10)]
    # Chi-squared over ten classes: 27.9 is passed once in a thousand seeds, and this seed is fixed.
    assert sum((count - 2_000) ** 2 / 2_000 for count in tenths) < 27.9
    assert 1_850 < sum(1 for found in lots if found < 100) < 2_150


def test_another_seed_draws_another_lot() -> None:
    first = {n for n in range(2_000) if lot("first", str(n)) < 100}
    second = {n for n in range(2_000) if lot("second", str(n)) < 100}
    assert len(first & second) < len(first) / 2


def test_a_type_has_its_own_rate() -> None:
    drawn = Enters(
        id="drawn", when="sampled", of="domestic", per_thousand=0, rates={"honour-abuse": 1000},
        blind=True, due_within_minutes=1, sentence="By lot", reference="test",
    )  # fmt: skip
    reviews = Reviews(seed="s", enters=(drawn,))
    usual = replace(KEPT, domestic=True, type="domestic-abuse")
    assert by(usual, reviews) == set()
    assert by(replace(usual, type="honour-abuse"), reviews) == {"drawn"}


# --- the order -------------------------------------------------------------------------------


def line(number: int, **given: object) -> QueueLine:
    usual: dict[str, object] = {
        "item_id": number, "request_id": None, "incident_id": number, "reference": str(number), "who": "Adult 1",
        "act": Act.GRADE, "was": "Immediate", "to": "Scheduled", "floor": "Immediate", "critical": 0, "distance": 0,
        "by": ("lowered",), "why": ("Lower",), "handler": "Handler 12", "handler_id": 1,
        "since": NOW + timedelta(minutes=number), "due": NOW + timedelta(hours=1), "waiting": False, "blind": False,
        "hidden": False, "specialist": False,
    }  # fmt: skip
    return QueueLine(**usual | given)  # type: ignore[arg-type]


def test_who_waits_comes_first_then_danger_then_distance_then_age() -> None:
    lines = [
        line(1),
        line(2, distance=2),
        line(3, critical=1),
        line(4, critical=4, distance=1),
        line(5, critical=4, distance=2),
        line(6, waiting=True),
        line(7),
    ]
    assert [found.incident_id for found in riskiest_first(lines)] == [6, 5, 4, 3, 2, 1, 7]


def test_a_specialist_has_domestic_abuse_first_but_nobody_waits_for_it() -> None:
    lines = [line(1, critical=4), line(2, specialist=True), line(3, waiting=True)]
    assert [found.incident_id for found in riskiest_first(lines, specialist=True)] == [3, 2, 1]


@given(st.lists(st.builds(line, st.integers(0, 50), critical=st.integers(0, 5), distance=st.integers(0, 3))))
def test_ordering_loses_nothing_and_is_the_same_from_any_start(lines: list[QueueLine]) -> None:
    found = riskiest_first(lines)
    assert sorted(map(repr, found)) == sorted(map(repr, lines))
    assert [f.critical for f in found] == sorted((f.critical for f in found), reverse=True)
    assert riskiest_first(reversed(found)) == found or len(set(map(repr, lines))) < len(lines)


@given(st.lists(decisions, max_size=20), decisions)
def test_a_lowering_more_never_shortens_the_queue(before: list[ToReview], one: ToReview) -> None:
    lowering = replace(one, standing_rank=1, rank=max(2, one.rank), lowers=True)

    def queue(found: list[ToReview]) -> list[QueueLine]:
        return list(riskiest_first(line(n) for n, d in enumerate(found) if entering(d, REVIEWS)))

    shorter, longer = queue(before), queue([*before, lowering])
    assert len(longer) == len(shorter) + 1
    assert [found for found in longer if found in shorter] == shorter


# --- what holds a closing --------------------------------------------------------------------


def held(tier: Tier | None, *reviews: OpenReview, by: int = 1) -> OpenReview | None:
    raised = () if tier is None else (warning(tier, settled_by=5),)
    return holding(reviews, REVIEWS, assessment(*raised), by)


@pytest.mark.parametrize("tier", [Tier.CRITICAL, Tier.SERIOUS])
def test_only_its_reviewer_closes_while_a_lowering_is_open(tier: Tier) -> None:
    nobodys = OpenReview(7, ("lowered", "domestic-low"), NOW, "", None)
    hers = replace(nobodys, owner="Reviewer", owner_id=2)
    assert held(tier, nobodys) == nobodys
    assert held(tier, hers) == hers
    assert held(tier, hers, by=2) is None
    assert held(tier, hers, nobodys, by=2) == nobodys, "each must be hers"


def test_a_lot_and_an_ordinary_call_hold_nothing_up() -> None:
    lowered = OpenReview(7, ("lowered",), NOW, "", None)
    assert held(Tier.NOTE, lowered) is None
    assert held(None, lowered) is None
    assert held(Tier.CRITICAL, replace(lowered, by=("other-sample",))) is None
    assert held(Tier.CRITICAL) is None
