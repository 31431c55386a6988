"""What a bulk engine compares of a record: which two homes share a key, and how many are expected to stand twice."""

import pytest

from callhandler.policy.linking import MOST_TWICE, read_linking
from callhandler.rules.identify.people.prepared import area_keys, door_keys, home_keys, rows_of
from callhandler.rules.identify.people.record import Home, home, named_whole, person_record
from callhandler.settings import resources

HERE = home("12", "Church Road", "", "Millbrook", "MB1 2AB")


@pytest.mark.parametrize(
    ("other", "one_home", "one_house", "one_street"),
    [
        (home("12", "Church Raod", "", "Milbrook", ""), True, True, True),
        (home("12", "Chruch Road", "", "Southgate", "MB1 2AB"), True, True, True),
        (home("12", "Church Road", "", "", ""), False, True, False),
        (home("12", "Church Road", "Flat 3", "Millbrook", "MB1 2AB"), False, True, True),
        (home("12", "Church Road", "", "Southgate", "SG8 9ZZ"), False, True, False),
        (home("12", "Churchill Close", "", "Millbrook", "MB1 9XY"), False, False, False),
        (home("14", "Church Road", "", "Millbrook", "MB1 2AB"), False, False, True),
    ],
    ids=["a slip", "one postcode", "no town", "a flat of it", "another town", "begins alike", "next door"],
)
def test_two_homes_share_a_key_where_they_may_be_one(
    other: Home, one_home: bool, one_house: bool, one_street: bool
) -> None:
    for keys, expected in ((home_keys, one_home), (door_keys, one_house), (area_keys, one_street)):
        assert bool(set(keys(HERE)) & set(keys(other))) is expected


def test_what_is_not_known_is_no_value_and_so_never_the_same() -> None:
    (row,) = rows_of(person_record(1, [named_whole("Petra Fenwick")]))
    assert {row[c] for c in ("born", "home", "homes", "doors", "areas", "numbers")} == {None}


def test_where_many_records_are_alike_throughout_more_are_expected_twice_but_not_beyond_a_bound() -> None:
    linking = read_linking(resources() / "linking")
    few = linking.two_the_same(10_000)
    assert few == linking.two_the_same(10_000, [10, 5]) == linking.known_twice / 10_000
    many = linking.two_the_same(10_000, [0, 1_000])
    assert many == pytest.approx(2 * 1_000 / linking.alike[1].of_one / 10_000 / 10_000)
    assert linking.two_the_same(10_000, [10**9, 0]) == MOST_TWICE / 10_000
