"""Places: the labelled pairs and what they must give; flats apart from their building; two of one name asked about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callhandler.model.candidates import Surety
from callhandler.rules.identify.places.address import Address, address_of, postcode_of, uprn_of
from callhandler.rules.identify.places.candidates import KnownPlace, around, candidates
from callhandler.rules.identify.places.compare import Relation, compared
from callhandler.rules.identify.places.keys import keys_of_place
from callhandler.rules.identify.places.words import street_words
from tests.bench.identify import places_found, relations_right, report
from tests.labelled import rows

FLAT = "Flat 3, 12 Larkmoor Street, Dudley DY1 2AB"


def test_the_set_is_as_large_as_it_claims_with_every_relation_and_many_flats() -> None:
    cases = rows("places")
    assert len({(c["a"], c["b"]) for c in cases}) == len(cases) >= 450
    assert {c["relation"] for c in cases} == {r.value for r in Relation}
    assert sum(c["kind"].count("flat") + c["kind"].count("building") > 0 for c in cases) >= 150


def test_held_out_writings_of_one_place_are_found_and_others_are_not() -> None:
    found = places_found("held")
    pairs = found["all"]
    right = sum(a and b for a, b in pairs)
    assert right / sum(b for _, b in pairs) >= 0.99, report(found)
    assert right / sum(a for a, _ in pairs) >= 0.97, report(found)


def test_held_out_flats_buildings_and_neighbours_are_told_apart() -> None:
    for relation, (right, of) in relations_right("held").items():
        assert right / of >= 0.9, relation


def test_nobody_elses_flat_is_ever_surely_the_same() -> None:
    wrong = [
        c
        for c in rows("places")
        if c["relation"] != "same"
        and (how := compared(c["a"], c["b"])).alike
        and how.surety is Surety.CONFIRMED
    ]
    assert not wrong


@pytest.mark.parametrize("relation", ["same", "other-flat", "next-door", "street", "apart"])
def test_it_is_the_same_both_ways(relation: str) -> None:
    for case in rows("places"):
        if case["relation"] == relation:
            there, back = compared(case["a"], case["b"]), compared(case["b"], case["a"])
            assert (there.relation, there.surety) == (back.relation, back.surety), case


def test_the_building_is_the_building_from_a_flat_and_has_flats_from_itself() -> None:
    for case in rows("places"):
        if case["relation"] in ("building", "flat-of-it", "above", "below"):
            other = {"building": "flat-of-it", "flat-of-it": "building", "above": "below", "below": "above"}
            assert compared(case["b"], case["a"]).relation == other[case["relation"]], case


@pytest.mark.parametrize(
    ("told", "relation"),
    [
        ("12, DY1 2AB", Relation.SAME), ("12 dy12ab", Relation.SAME), ("14 DY1 2AB", Relation.NEXT_DOOR),
        ("12 DY1 2AC", Relation.APART), ("flat 3, 12, DY1 2AB", Relation.BUILDING), ("DY1 2AB", Relation.STREET),
        ("12 larkmoor dudley", Relation.SAME), ("12 larkmoor solihull", Relation.APART), ("12 dudley", Relation.APART),
    ],
)  # fmt: skip
def test_a_number_with_a_postcode_and_a_street_with_its_town_alone_are_possible(
    told: str, relation: Relation
) -> None:
    known = "12 Larkmoor Street, Dudley, DY1 2AB"
    there, back = compared(told, known), compared(known, told)
    assert (there.relation, there.surety) == (
        relation,
        Surety.POSSIBLE,
    ) or relation is there.relation is Relation.APART
    flats = {Relation.BUILDING: Relation.FLAT_OF_IT}
    assert back.relation is flats.get(relation, relation)


@pytest.mark.parametrize(
    ("told", "relation", "surety"),
    [
        ("12, Larkmoor st dudley", Relation.SAME, Surety.CONFIRMED),
        ("12 LARKMOOR STREET DUDLEY WEST MIDLANDS DY1 2AB UNITED KINGDOM", Relation.SAME, Surety.CONFIRMED),
        ("12 larkmoor street dudley worcestershire", Relation.SAME, Surety.CONFIRMED),
        ("outside 12 Larkmoor Street, Dudley", Relation.SAME, Surety.POSSIBLE),
        ("opposite no. 12 Larkmoor Street, Dudley", Relation.SAME, Surety.POSSIBLE),
        ("outside no. 9 Larkmoor Street, Dudley", Relation.STREET, Surety.CONFIRMED),
        ("the flat above 12 Larkmoor Street, Dudley", Relation.FLAT_OF_IT, Surety.CONFIRMED),
        ("flat above the chippy on Larkmoor St", Relation.STREET, Surety.POSSIBLE),
    ],
)
def test_an_address_as_it_is_said_or_exported(told: str, relation: Relation, surety: Surety) -> None:
    found = compared("12 Larkmoor Street, Dudley DY1 2AB", told)
    assert (found.relation, found.surety) == (relation, surety)
    assert surety is Surety.CONFIRMED or found.why, "a doubt is told"


def test_three_words_and_references_of_the_grid_however_they_are_said() -> None:
    for said in ("w3w: filled.count.soap", "what3words filled count soap", "///Filled.Count.Soap"):
        assert address_of(said).three_words == "filled.count.soap"
    assert address_of("SP 1234 5678") == address_of("sp12345678") != address_of("SP 123 567")
    assert address_of("High St Johns, Dudley").street == "" and address_of("Stoke on Trent").name


def test_the_history_of_the_flat_the_building_and_the_flat_below_are_kept_apart() -> None:
    known = [
        KnownPlace(1, "First floor flat, 9 Tamarack Road, Solihull"),
        KnownPlace(2, "Ground floor flat, 9 Tamarack Rd, Solihull"),
        KnownPlace(3, "9 Tamarack Road, Solihull"),
        KnownPlace(4, "11 Tamarack Road, Solihull"),
        KnownPlace(5, "9 Tamarack Road, Dudley"),
        KnownPlace(6, "Second floor flat, 9 Tamarack Road, Solihull"),
    ]
    found = around(1, known[0].words, known)
    assert [(a.place_id, a.words) for a in found] == [
        (3, "the building it is in"),
        (2, "the flat below"),
        (6, "the flat above"),
        (4, "next door"),
    ]


def test_two_places_of_one_name_are_both_shown_and_neither_is_guessed() -> None:
    known = [
        KnownPlace(1, "High Street, Knowle"),
        KnownPlace(2, "High Street, Dudley"),
        KnownPlace(3, "Low Street"),
    ]
    found = candidates("High Street", known)
    assert [c.id for c in found] == [1, 2]
    assert {c.surety for c in found} == {Surety.POSSIBLE}
    assert found[0].why[0] == "one of 2 it may be"
    (sure,) = candidates("high st, dudley", known)
    assert (sure.id, sure.confirmed) == (2, True)


def test_a_short_name_of_a_place_does_not_make_it_possible_against_its_address() -> None:
    known = [KnownPlace(1, "12 Larkmoor Street"), KnownPlace(1, "12 Larkmoor Street, Walsall WS1 1AA")]
    assert candidates("12 Larkmoor Street, Dudley DY1 2AB", known) == ()
    assert [c.id for c in candidates("12 Larkmoor St", known)] == [1]
    assert around(2, "Flat 3, 12 Larkmoor Street, Dudley DY1 2AB", known) == ()


def test_a_flat_is_never_a_candidate_for_its_building_or_another_flat() -> None:
    known = [
        KnownPlace(1, "12 Larkmoor Street, Dudley DY1 2AB"),
        KnownPlace(2, "Flat 4, 12 Larkmoor Street, Dudley DY1 2AB"),
    ]
    assert candidates(FLAT, known) == ()
    (own,) = candidates("3/12 Larkmoor St", [*known, KnownPlace(3, FLAT)])
    assert (own.id, own.surety) == (3, Surety.POSSIBLE)


@pytest.mark.parametrize(
    ("given", "uprn"),
    [
        ("100070123456", "100070123456"),
        ("1000 7012 3456", "100070123456"),
        ("010007012345", "10007012345"),
        ("1000701234567", ""),
        ("0", ""),
        ("", ""),
        ("10007012345x", ""),
    ],
)
def test_a_uprn_has_at_most_twelve_digits(given: str, uprn: str) -> None:
    assert uprn_of(given) == uprn


@pytest.mark.parametrize(
    "given", ["B91 3QT", "b913qt", "b91  3qt", "B91-3QT", "12 High St, Solihull b91.3qt"]
)
def test_a_postcode_in_any_spacing(given: str) -> None:
    assert postcode_of(given) == "B91 3QT"


def test_what_is_no_postcode_is_none() -> None:
    assert [postcode_of(t) for t in ("B91", "3QT", "B91 3QC", "12 High Street", "")] == [""] * 5


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_given_it_is_read_and_is_itself(text: str) -> None:
    read = address_of(text)
    if read != Address():
        assert compared(text, text).relation in (Relation.SAME, Relation.APART, Relation.STREET)
    assert uprn_of(read.uprn) == read.uprn
    assert postcode_of(read.postcode) == read.postcode


_PARTS = st.sampled_from(
    ["Flat 3", "12", "12a", "Larkmoor", "St", "Street", "Mill Court", "Dudley", "DY1 2AB", ",", "the", "/"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(_PARTS, max_size=7).map(" ".join)))
def test_normalising_the_words_of_a_place_twice_changes_nothing_and_finds_it_by_the_same_keys(
    told: str,
) -> None:
    postcode, uprn = postcode_of(told), uprn_of(told)
    assert postcode_of(postcode) == postcode and uprn_of(uprn) == uprn
    once = " ".join(street_words(told.casefold()))
    twice = " ".join(street_words(once))
    assert " ".join(street_words(twice)) == twice
    if told.isascii():
        assert keys_of_place(told.upper()) == keys_of_place(told)
    assert all(-(2**63) <= key < 2**63 for key in keys_of_place(told))
