"""Who rings: one number in any UK spelling, one name in any writing, and which live incident a call belongs to."""

from dataclasses import replace

import pytest

from callhandler.model.people import Role
from callhandler.rules.identify import e164, folded, incident_to_join, number_spoken
from tests.unit.pictures import HER, OTHER, Build


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


def test_the_same_person_joins_for_sure_from_any_number() -> None:
    picture = Build().people().picture()
    join = incident_to_join([(picture, "same number")], frozenset([HER]))
    assert join is not None
    assert join.sure
    assert join.why == "Adult 1 is in it"


def test_place_or_number_alone_is_offered_and_not_taken() -> None:
    picture = Build().people().picture()
    join = incident_to_join([(picture, "same place")], frozenset([OTHER]))
    assert join is not None
    assert (join.sure, join.why) == (False, "same place")


def test_a_sure_one_comes_before_an_offered_one() -> None:
    offered = Build().people().picture()
    hers = Build().people().picture()
    assert hers.incident is not None
    other = Build().party(OTHER, Role.CALLER).picture()
    mine = replace(hers, incident=replace(hers.incident, id=1))
    join = incident_to_join([(other, "same place"), (offered, "same number"), (mine, "x")], frozenset([HER]))
    assert join is not None
    assert join.sure


def test_nobody_and_nothing_joins_nothing() -> None:
    assert incident_to_join([], frozenset([HER])) is None
    empty = replace(Build().picture(), incident=None)
    assert incident_to_join([(empty, "same number")], frozenset([HER])) is None
