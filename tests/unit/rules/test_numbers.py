"""Telephone numbers: every spelling of `tests/data/identify/numbers.csv` gives what it must; and who uses one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.candidates import Surety
from callhandler.model.people import NumberTie, Role
from callhandler.rules.identify import NumberKind, e164, number_given, number_spoken
from callhandler.rules.identify.users import users_of_number
from tests.labelled import rows
from tests.unit.pictures import HER, HIM, OTHER, Build

CASES = rows("numbers")
SHARED = 31


def test_the_set_is_as_large_as_it_claims_and_has_every_kind() -> None:
    assert len({c["given"] for c in CASES}) == len(CASES) >= 500
    assert {c["kind"] for c in CASES} == set(NumberKind)


@pytest.mark.parametrize("kind", [k.value for k in NumberKind])
def test_every_spelling_gives_what_it_must(kind: str) -> None:
    wrong = [
        (c["given"], told)
        for c in CASES
        if c["kind"] == kind
        and (told := number_given(c["given"]))
        and (told.kind, told.e164, told.extension) != (c["kind"], c["e164"], c["extension"])
    ]
    assert not wrong


def test_each_answer_is_one_plain_sentence_that_shows_what_was_given() -> None:
    for case in CASES:
        told = number_given(case["given"])
        assert told.sentence.endswith(".") and len(told.sentence) < 140, told
        assert bool(told.e164) == (
            told.kind in (NumberKind.UK, NumberKind.INTERNATIONAL, NumberKind.SERVICE)
        ), told
    assert "496 0999" in number_given("496 0999").sentence
    assert "extension 12" in number_given("0121 496 0999 ext 12").sentence
    assert "text relay" in number_given("18001 07700 900418").sentence


@pytest.mark.parametrize("case", [c for c in CASES if c["e164"]][::7], ids=lambda c: c["given"])
def test_normalising_again_changes_nothing(case: dict[str, str]) -> None:
    assert e164(case["e164"]) == case["e164"]
    assert e164(number_spoken(case["e164"])) == case["e164"]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text(alphabet="+0123456789 ()-./extoOlI", max_size=24)))
def test_whatever_is_given_there_is_an_answer_and_a_number_stays_itself(text: str) -> None:
    told = number_given(text)
    assert told.sentence
    if told.e164:
        again = number_given(told.e164)
        assert (again.e164, again.kind) == (told.e164, told.kind)


def _tied(*people: int) -> Build:
    build = Build().people()
    for person in people:
        build.add("number_ties", NumberTie(build.next(), person, SHARED))
    return build


def test_the_only_user_of_a_number_is_sure() -> None:
    (one,) = users_of_number(_tied(HER, HER).picture(), SHARED)
    assert (one.id, one.confirmed) == (HER, True)
    assert one.why == ("the only one known to use this number",)


def test_of_several_users_all_are_shown_and_none_is_sure_whoever_rang_last_first() -> None:
    build = _tied(HER, HIM, OTHER)
    build.party(HIM, Role.CALLER, incident=901)
    build.call(number=SHARED, incident=901)
    found = users_of_number(build.picture(), SHARED)
    assert [c.id for c in found] == [HIM, HER, OTHER]
    assert {c.surety for c in found} == {Surety.POSSIBLE}
    assert found[0].reasons == "one of 3 who use it; rang from it on 6 Mar 2024"
    assert users_of_number(build.picture(), SHARED + 1) == ()
