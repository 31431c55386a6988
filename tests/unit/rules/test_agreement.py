"""Agreement of two who grade: worked by hand, at the edges, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callhandler.rules.agreement import METHOD, agreement

Pairs = list[tuple[int, int]]

pairs = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=60)


def table(*rows: tuple[int, ...]) -> Pairs:
    """Pairs from a table of counts: rows are the first one's grades, columns the second's."""
    return [(i, j) for i, row in enumerate(rows, 1) for j, n in enumerate(row, 1) for _ in range(n)]


def test_two_grades_worked_by_hand() -> None:
    """Observed 0.7, by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5, so 0.4; the variance is 0.2016 / 12.5."""
    found = agreement(table((20, 5), (10, 15)))
    assert (found.n, found.agreed, found.method) == (50, 35, METHOD)
    assert found.percent == pytest.approx(70)
    assert found.kappa == pytest.approx(0.4)
    assert found.kappa_interval == pytest.approx(
        (0.4 - 1.96 * 0.016128**0.5, 0.4 + 1.96 * 0.016128**0.5), abs=1e-4
    )
    assert found.weighted_kappa == pytest.approx(0.4), "with two grades there is no near miss"


def test_three_grades_worked_by_hand() -> None:
    """Observed 0.89, by chance 0.66; a near miss counts for half: 0.075 seen against 0.27 by chance."""
    found = agreement(table((75, 1, 4), (5, 4, 1), (0, 0, 10)))
    assert found.kappa == pytest.approx(0.23 / 0.34)
    assert found.weighted_kappa == pytest.approx(1 - 0.075 / 0.27)


def test_less_than_by_chance_is_below_nought() -> None:
    """Observed 0, by chance 0.5: -1, the least there is."""
    assert agreement(table((0, 10), (10, 0))).kappa == pytest.approx(-1)


def test_wilsons_interval_of_eight_in_ten() -> None:
    found = agreement(table((4, 1), (1, 4)))
    assert found.percent_interval == pytest.approx((49.02, 94.33), abs=0.01)


def test_without_pairs_nothing_can_be_told() -> None:
    found = agreement([])
    assert (found.n, found.agreed) == (0, 0)
    assert found.percent is found.percent_interval is found.kappa is found.weighted_kappa is None


def test_one_grade_throughout_agrees_but_says_nothing_beyond_chance() -> None:
    found = agreement(table((7,)))
    assert found.percent == 100
    assert found.percent_interval == pytest.approx((64.57, 100), abs=0.01)
    assert found.kappa is found.kappa_interval is found.weighted_kappa is None


def test_one_who_always_gives_the_same_has_a_kappa_of_nought() -> None:
    assert agreement(table((5, 0), (5, 0))).kappa == pytest.approx(0)


def test_full_agreement_has_no_error_and_so_no_interval_is_claimed() -> None:
    found = agreement(table((5, 0), (0, 5)))
    assert found.kappa == pytest.approx(1)
    assert found.kappa_interval is None


@given(pairs)
def test_what_is_told_lies_where_it_may(given_pairs: Pairs) -> None:
    found = agreement(given_pairs)
    for kappa in (found.kappa, found.weighted_kappa):
        assert kappa is None or -1 - 1e-9 <= kappa <= 1 + 1e-9
    for interval, least, most, within in (
        (found.percent_interval, 0, 100, found.percent),
        (found.kappa_interval, -1, 1, found.kappa),
    ):
        if interval is not None and within is not None:
            assert least <= interval[0] <= within + 1e-9
            assert within - 1e-9 <= interval[1] <= most


@given(pairs)
def test_it_does_not_matter_who_is_first_nor_in_which_order(given_pairs: Pairs) -> None:
    found, other = agreement(given_pairs), agreement([(b, a) for a, b in reversed(given_pairs)])
    for one, two in ((found.kappa, other.kappa), (found.weighted_kappa, other.weighted_kappa)):
        assert (one is None) == (two is None)
        assert one == pytest.approx(two)


@given(pairs)
def test_one_pair_more_that_agrees_never_lowers_the_share(given_pairs: Pairs) -> None:
    before, after = agreement(given_pairs).percent, agreement([*given_pairs, (1, 1)]).percent
    assert after is not None
    assert before is None or after >= before
