"""Who is less likely meant: nobody who may be, the likest first, and each with what speaks for and against her."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callhandler.model.candidates import Surety
from callhandler.rules.identify.names import keys
from callhandler.rules.identify.names.candidates import KnownName
from callhandler.rules.identify.names.less_likely import less_likely
from callhandler.rules.identify.names.wanted import wanted_names, wanted_words
from callhandler.rules.identify.names.widely import likest_of, wider

NAMES = ("Joan Hill", "Jone Hill", "Joan", "Hill", "Ruben Weaver", "J Hill", "Jo An Hill", "Zofia Nowak", "")
BORN = ("", "1980", "1980-02-01", "1955-11-30", "1980-02-11")


@pytest.mark.parametrize(
    ("told", "born", "known", "why"),
    [
        ("Ruvben Weaver", "1977-04-11", ("Reuben Weaver", "1955-11-30"), ("sounds like", "another date of birth")),
        ("Joan Hill", "1980-02-01", ("Zofia Nowak", "1980-02-01"), ("another name", "same date of birth")),
        ("Hlil", "", ("Joan Hill", ""), ("one has a name more",)),
        ("Joan Hill", "", ("Joan Nowak", ""), ("Hill is not Nowak",)),
    ],
)  # fmt: skip
def test_each_says_what_is_alike_and_what_is_not(
    told: str, born: str, known: tuple[str, str], why: tuple[str, ...]
) -> None:
    (found,) = less_likely(told, born, [KnownName(7, *known)], 10)
    assert (found.id, found.surety, found.confirmed) == (7, Surety.LESS_LIKELY, False)
    assert all(part in found.reasons for part in why), found.reasons


def test_somebody_with_nothing_alike_is_left_out() -> None:
    assert not less_likely("Joan Hill", "1980-02-01", [KnownName(7, "Zofia Nowak", "1955-11-30")], 10)
    assert not less_likely("Joan Hill", "", [KnownName(7, "Zofia Nowak", "1955-11-30")], 10)


def test_the_date_alone_comes_before_one_name_with_another_date_and_a_space_in_the_wrong_place_first() -> (
    None
):
    known = [
        KnownName(1, "Joan Nowak", "1955-11-30"),
        KnownName(2, "Zofia Nowak", "1980-02-01"),
        KnownName(3, "Joa Nhill", "1955-11-30"),
    ]
    assert [c.id for c in less_likely("Joan Hill", "1980-02-01", known, 10)] == [3, 2, 1]


@given(
    st.sampled_from(NAMES),
    st.sampled_from(BORN),
    st.lists(st.builds(KnownName, st.integers(1, 9), st.sampled_from(NAMES), st.sampled_from(BORN))),
    st.integers(-1, 4),
)
def test_each_is_shown_once_with_a_reason_and_no_more_than_wanted(
    told: str, born: str, known: list[KnownName], most: int
) -> None:
    found = less_likely(told, born, known, most)
    assert len(found) <= max(0, most) and len({c.id for c in found}) == len(found)
    assert all(c.reasons for c in found)
    assert found == less_likely(told, born, list(reversed(known)), 99)[: max(0, most)]


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from((0, 19800201, 19551130))), min_size=1))
def test_the_likest_by_their_keys_come_first_and_none_far_further_than_the_first(
    found: list[tuple[int, int]],
) -> None:
    wanted = wanted_names("Joan Hill", "1980-02-01", {keys.itself("hill"): ["hill"]})
    wanted.weigh((next(iter(wanted.keys)), date, name_id) for name_id, date in found)
    every = wanted.ranked(99)
    assert set(every) == {name_id for name_id, _ in found}
    assert [wanted.found[n] for n in every] == sorted(wanted.found.values())
    near = wanted.ranked(99, 0.5)
    assert near == [n for n in every if wanted.found[n] <= wanted.found[every[0]] + 0.5]


def test_further_is_looked_by_one_name_beside_any_and_by_a_whole_date() -> None:
    on_record = {keys.itself("hill"): ["hill"]}
    kept = {key for key, _ in keys.keys_of_name("Joan Hill", "1980-02-01")}
    wanted = wider("Hill", wanted_names("Hill", "1980-02-01", on_record))
    assert any(low <= key <= high for low, high in wanted.words for key in kept)
    assert (keys.BORN_THEN, 19800201) in keys.keys_of_name("Joan Hill", "1980-02-01")
    assert list(wanted.dated) == [(keys.BORN_THEN, 19800201, 19800201)]
    assert not wider("Hill", wanted_names("Hill", "1980", on_record)).dated and keys.BORN_THEN not in dict(
        keys.keys_of_name("X Y", "1980")
    )
    assert likest_of("Jon Hill", [(1, "Zofia Nowak"), (2, "Hill Joan")], 1) == {2}


@pytest.mark.parametrize(
    ("heard", "on_record"),
    [
        ("Lukash Voychik", "Łukasz Wójcik"),
        ("M. Abdurrahman", "Muhammad Abdul Rahman"),
        ("Seun Adebayo", "Oluwaseun Adebayo"),
        ("Kathryn Smith-Jones", "Catherine Smythe-Jones"),
    ],
)
def test_a_name_spelt_as_it_is_heard_is_probed_by_a_key_on_record(heard: str, on_record: str) -> None:
    wanted = wanted_words(heard)
    words = {
        key: [w for w in keys.words_of(on_record) if key in keys.keys_of_word(w)]
        for key in wanted
        if any(key in keys.keys_of_word(w) for w in keys.words_of(on_record))
    }
    probed = wanted_names(heard, "", words)
    kept = {key for key, _ in keys.keys_of_name(on_record)}
    assert kept & probed.keys.keys() or any(low <= key <= high for low, high in probed.spans for key in kept)
