"""How like a rationale is to earlier ones: words in any order, punctuation and capitals ignored, empty like nothing."""

from datetime import timedelta

import pytest

from callhandler.model.likeness import Earlier
from callhandler.rules.likeness import LONGEST, likeness
from tests.unit.pictures import START


def earlier(text: str, number: int = 1, author: str = "Handler 12") -> Earlier:
    return Earlier(number, number, author, START + timedelta(hours=number), text)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("He is held at the station.", "he is held, at the STATION", 100, 100),
        ("He is held at the station", "At the station he is held", 100, 100),
        ("He is held at the station until the morning", "He is held at the station until tomorrow", 75, 99),
        ("Her sister has seen her and she is well", "The court says that the order has ended", 0, 60),
        ("", "", 0, 0),
        ("...", "He is held", 0, 0),
    ],
)
def test_of_two(one: str, other: str, least: int, most: int) -> None:
    assert least <= likeness(one, [earlier(other)], 85).percent <= most


def test_those_that_count_are_told_with_their_authors_and_the_newest() -> None:
    same = "He is held at the station"
    found = likeness(
        same, [earlier(same, 1), earlier("Nothing of it", 2), earlier(same, 3, "Handler 14")], 85
    )
    assert (found.percent, found.count, found.authors) == (100, 2, ("Handler 12", "Handler 14"))
    assert found.newest == START + timedelta(hours=3)
    assert found.incidents == (1, 3)


def test_nothing_earlier_is_nothing_like() -> None:
    found = likeness("He is held", [], 85)
    assert (found.percent, found.count, found.newest) == (0, 0, None)


def test_a_very_long_one_is_compared_by_its_beginning() -> None:
    assert likeness("a b " * LONGEST, [earlier("a b " * LONGEST + "c")], 85).percent == 100
