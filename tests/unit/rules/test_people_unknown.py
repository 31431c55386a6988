"""What stands for "not known" is the same of no two people; and what a table holds too often is no fact about a person."""

import pytest

from callhandler.rules.identify.people.link import link
from callhandler.rules.identify.people.pairs import common_places, likely_pairs
from callhandler.rules.identify.people.record import (
    PersonRecord,
    born_digits,
    home,
    named,
    named_whole,
    person_record,
)
from callhandler.rules.identify.people.settled import settled


@pytest.mark.parametrize("told", ["UNKNOWN", "n/k", "N/K.", "Not known", "?", "-", "ANON", ""])
def test_a_name_that_says_nothing_is_no_name(told: str) -> None:
    assert person_record(1, [named(told, told)]).names == ()
    assert person_record(1, [named_whole(told)]).names == ()


def test_of_a_whole_name_only_the_part_that_says_nothing_is_left_out() -> None:
    assert named_whole("Unknown Barlow") == named("", "Barlow")
    assert named_whole("Li Na").family[0].plain == "na"


def test_an_address_that_says_nothing_is_no_home() -> None:
    assert person_record(1, [], homes=[home("", "NFA", "", "Unknown", "ZZ99 3VZ")]).homes == ()


def test_a_house_number_written_before_its_street_is_told_apart() -> None:
    assert home("", "14a Larch Street") == home("14a", "Larch Street")
    assert home("2", "4 Larch Street").number == "2"


@pytest.mark.parametrize(
    ("told", "born"),
    [
        ("23021940", "19400223"),
        ("06261983", "19830626"),
        ("19801805", "19801805"),
        ("01/01/1900", ""),
        ("00000000", ""),
        ("11111111", ""),
        ("12 March 1987", "19870312"),
    ],
)
def test_a_date_with_its_year_last_is_turned_round_and_one_that_stands_for_none_is_none(
    told: str, born: str
) -> None:
    assert born_digits(told) == born


def town_of(many: int) -> list[PersonRecord]:
    """So many people of one town; every fifth bears the date that the form fills in and the ward's number."""
    return [
        person_record(
            n,
            [named(f"Given{chr(97 + n % 23)}{n}", f"Family{chr(97 + n % 19)}{n}")],
            "19700101" if n % 5 == 0 else f"{1930 + n % 70}{1 + n % 12:02}{1 + n % 28:02}",
            [home(str(n), f"Street {n}", "", "Larchton", "AA1 1AA")],
            ["+441632960000"] if n % 5 == 0 else [f"+4416329{n:05}"],
        )
        for n in range(many)
    ]


def test_a_date_and_a_number_that_too_many_share_are_taken_as_not_known() -> None:
    (records,) = settled(town_of(200))
    assert all(not r.born and not r.numbers for r in records[::5])
    assert all(r.born and r.numbers for n, r in enumerate(records) if n % 5)


def test_a_table_without_such_is_left_as_it_was() -> None:
    records = town_of(20)
    assert settled(records)[0] is records


def test_where_everybody_lives_brings_nobody_together() -> None:
    records = town_of(200)
    assert common_places(records) == {"larchton", "aa11aa"}
    assert common_places(records[:40]) == frozenset()
    assert len(set(likely_pairs(settled(records)[0]))) < 600


def test_two_unknown_people_of_one_filled_in_date_are_not_linked() -> None:
    records = town_of(200)
    strangers = [person_record(900 + n, [named("UNKNOWN", "N/K")], "19700101") for n in range(15)]
    assert not [p for p in link([*records, *strangers]) if p.a >= 900 or p.b >= 900]


def test_where_households_are_on_record_a_couple_with_one_date_of_birth_is_not_joined() -> None:
    records = []
    for n in range(100):
        place, family = (
            [home(str(n), f"Birch Road {n}", "", "Larchton", "AA1 1AA")],
            f"Marsden{chr(97 + n % 23)}{n}",
        )
        his, hers = (
            f"{1930 + n % 50}{1 + n % 12:02}{1 + n % 28:02}",
            f"{1932 + n % 50}{1 + n % 11:02}{2 + n % 26:02}",
        )
        records += [
            person_record(2 * n, [named(("Gerard", "Brent", "Geoff", "Simon")[n % 4], family)], his, place),
            # A form of every tenth couple bears his date for hers.
            person_record(
                2 * n + 1,
                [named(("Evelina", "Michele", "Carol", "Joanna")[n % 4], family)],
                hers if n % 10 else his,
                place,
            ),
        ]
    again = [person_record(1000 + n, r.names, r.born, r.homes) for n, r in enumerate(records[10:60:3])]
    assert sorted((p.a, p.b) for p in link([*records, *again])) == sorted(
        (r.id, 1000 + n) for n, r in enumerate(records[10:60:3])
    )
