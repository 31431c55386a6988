"""Who is a child by a date of birth: by any that is known, and by the doubt where the day is not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from callhandler.model.people import Person, Role
from callhandler.model.sameness import PERSON, Cluster
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.ages import under_18
from tests.unit.pictures import CHILD, HER, HIM, OTHER, Build

TODAY = date(2018, 8, 26)


@pytest.mark.parametrize(
    "born, child",
    [
        ("2000-08-26", False),
        ("2000-08-27", True),
        ("27/8/00", True),
        ("2000-08", True),
        ("2000-07", False),
        ("2000", True),
        ("1999", False),
        ("2000/2001", True),
        ("1999/2000", False),
        ("2018-08-25", True),
        ("2019", False),
        ("about thirty", False),
        ("", False),
    ],
)
def test_under_18_by_the_date_or_by_the_doubt_of_it(born: str, child: bool) -> None:
    assert under_18(Person(1, "Adult 1", born), TODAY) is child


def test_one_of_two_dates_is_enough_and_nobody_is_no_child() -> None:
    assert under_18(Person(1, "Adult 1", "1990-01-01", also_born="2004"), TODAY)
    assert not under_18(Person(1, "Adult 1", "1990-01-01", also_born="1991"), TODAY)
    assert not under_18(None, TODAY)


def test_who_is_young_and_of_this_call_is_a_child_but_not_the_suspect_or_a_stranger(policy: Policy) -> None:
    b = Build().people().party(OTHER, Role.WITNESS)
    young = {HER: "2007", HIM: "2007", CHILD: "2015", OTHER: "2010-01-01"}
    b.parts["people"] = [replace(p, born=young[p.id]) for p in b.parts["people"]]
    assert history.read(b.picture(), policy).children == {HER, OTHER}
    grown = b.picture()
    later = replace(grown, as_of=datetime(2026, 3, 6, tzinfo=UTC))
    assert history.read(later, policy).children == {OTHER}


def test_the_date_of_a_record_read_as_one_with_another_counts_too(policy: Policy) -> None:
    b = Build().people()
    young = {HER: "1990-05-04", OTHER: "2010"}
    b.parts["people"] = [replace(p, born=young.get(p.id, "")) for p in b.parts["people"]]
    joined = replace(b.picture(), clusters=(Cluster(PERSON, frozenset({HER, OTHER})),))
    seen = history.read(joined, policy)
    her = seen.picture.person(HER)
    assert her is not None and (her.born, her.also_born) == ("1990-05-04", "2010")
    assert seen.children == {HER}
