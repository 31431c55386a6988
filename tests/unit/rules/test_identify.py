"""Who rings: one number in any UK spelling, one name in any writing, and which live incident a call belongs to."""

import pytest

from callhandler.model.sameness import Cluster
from callhandler.rules.identify import OpenNow, e164, folded, incident_to_join, number_spoken
from callhandler.rules.identify.joining import Belongs, How
from tests.unit.pictures import HER, OTHER


@pytest.mark.parametrize(
    "given",
    [
        "07700 900418",
        "07700900418",
        "+44 7700 900418",
        "+44 (0)7700 900418",
        "0044 7700 900418",
        "(0)7700-900418",
        "07700.900.418",
        "447700900418",
        "tel:+447700900418",
        "０７７００　９００４１８",
        "  07700 900418\t",
    ],
)
def test_one_number_in_any_spelling(given: str) -> None:
    assert e164(given) == "+447700900418"


@pytest.mark.parametrize(
    "given",
    [
        "",
        " ",
        "withheld",
        "unknown",
        "999",
        "101",
        "0",
        "+",
        "00",
        "garbage",
        "🙂",
        "1" * 300,
        "07700",
    ],
)
def test_what_is_no_number_is_none(given: str) -> None:
    assert e164(given) == ""


def test_numbers_of_other_countries_and_landlines_are_numbers() -> None:
    assert e164("+33 1 99 00 12 34") == "+33199001234"
    assert e164("0121 496 0999") == "+441214960999"


def test_a_number_is_written_as_people_do() -> None:
    assert number_spoken("+447700900418") == "07700 900 418"
    assert number_spoken("+441214960999") == "0121 496 0999"
    assert number_spoken("+33199001234").startswith("+33")
    assert number_spoken("withheld") == "withheld"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Adult 1", "ADULT  1"),
        ("O'Example", "oexample"),
        ("O’Example", "O'Example"),
        ("Zoë", "ZOE"),
        ("Own flat", "own-flat"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_are_compared_without_accents_case_or_marks(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_other_names_stay_other_and_other_scripts_are_kept() -> None:
    assert folded("Adult 1") != folded("Adult 2")
    assert folded("محمد") != folded("علي")
    assert folded("") == ""
    assert folded("12 Some-Street, Flat  3") == "12 some street flat 3"


PERSON, PLACE, NUMBER = "person", "place", "number"


def test_the_same_person_joins_for_sure_from_any_number() -> None:
    found = incident_to_join(OpenNow([(7, (PERSON, HER)), (7, (NUMBER, 1))]), [HER], [], [2])
    assert found == Belongs(7, How.IN_IT, HER) and found.sure


def test_she_joins_for_sure_by_another_record_read_as_hers() -> None:
    both = [Cluster(PERSON, frozenset({HER, OTHER}))]
    found = incident_to_join(OpenNow([(7, (PERSON, HER))], clusters=both), [OTHER], [], [])
    assert found == Belongs(7, How.IN_IT, HER)


@pytest.mark.parametrize(
    ("known", "how"),
    [
        (OpenNow([(7, (NUMBER, 3))]), How.NUMBER),
        (OpenNow([(7, (PERSON, HER))], relatives=[(HER, OTHER)]), How.FAMILY),
        (OpenNow([(7, (PLACE, 5))]), How.PLACE),
        (OpenNow([(7, (PLACE, 6))], homes=[(OTHER, 6)]), How.LIVES_THERE),
        (OpenNow([(7, (PERSON, HER))], homes=[(HER, 5)]), How.HOME),
        (OpenNow([(7, (PERSON, HER))], homes=[(HER, 6), (OTHER, 6)]), How.HOUSEHOLD),
        (OpenNow([(7, (PLACE, 6))], around=[6]), How.BUILDING),
    ],
)
def test_a_number_a_relative_or_a_place_alone_is_offered_and_not_taken(known: OpenNow, how: How) -> None:
    found = incident_to_join(known, [OTHER], [5], [3])
    assert found == Belongs(7, how) and not found.sure
    assert incident_to_join(known, [99], [98], [97]) in (None, Belongs(7, How.BUILDING))


def test_a_sure_one_comes_first_then_the_strongest_reason_then_the_newest() -> None:
    parts = [(9, (PLACE, 5)), (8, (NUMBER, 3)), (7, (NUMBER, 3)), (6, (PERSON, HER)), (5, (PERSON, HER))]
    found = [
        incident_to_join(OpenNow(parts[:upto]), [HER], [5], [3], prefer=prefer)
        for upto, prefer in ((1, 0), (3, 0), (3, 7), (3, 4), (5, 0), (5, 9))
    ]
    assert [b.incident_id if b else None for b in found] == [9, 8, 7, 8, 6, 6]


def test_nobody_and_nothing_joins_nothing() -> None:
    assert incident_to_join(OpenNow(()), [HER], [5], [3]) is None
    assert incident_to_join(OpenNow([(7, (PERSON, OTHER)), (7, (PLACE, 5))]), [HER], [], []) is None
