"""Records of people weighed: one person, moved or married, against households, twins and namesakes."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callhandler.errors import BadInput
from callhandler.rules.identify.people.learn import Frequencies, Weights, frequencies, seen
from callhandler.rules.identify.people.levels import UNKNOWN, Alike, Days, born_level, found
from callhandler.rules.identify.people.link import LIKELY, link, weighed
from callhandler.rules.identify.people.record import (
    PersonRecord,
    born_digits,
    home,
    home_whole,
    named,
    named_whole,
    person_record,
)
from callhandler.rules.identify.people.twins import seem_twins
from callhandler.rules.identify.people.why import why

GIVEN = [
    "Asha", "Brenda", "Carol", "Denise", "Edith", "Farah", "Gillian", "Harriet", "Imogen", "Joanna", "Kirsty", "Leanne",
    "Megan", "Nasreen", "Olive", "Petra",
]  # fmt: skip
FAMILY = [
    "Abbott", "Barlow", "Cartwright", "Dunmore", "Eastwood", "Fenwick", "Garside", "Hollis", "Ingram", "Jarvis", "Kettle",
    "Lomas", "Marsden",
]  # fmt: skip


def one(n: int, given: str, family: str, born: str = "", *place: str) -> PersonRecord:
    """A record with its parts told apart; `place` is house number, street, flat, town, postcode."""
    return person_record(n, [named(given, family)], born, [home(*place)])


def table(people: int = 300, seed: int = 4) -> list[PersonRecord]:
    """Families of three at one address, each with another date of birth; every tenth person a second time with a slip."""
    random, out = Random(seed), []
    for family in range(people // 3):
        name = FAMILY[family % len(FAMILY)]
        place = (
            str(family % 90 + 1),
            f"{FAMILY[family % 11]} Road",
            "",
            "Millbrook",
            f"MB{family % 9} {family % 10}AB",
        )
        for given_name in random.sample(GIVEN, 3):
            born = f"{random.randint(1940, 2005)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
            out.append(one(len(out), given_name, name, born, *place))
            if len(out) % 10 == 0:
                slip = f"{given_name[:-2]}{given_name[-1]}{given_name[-2]}"
                out.append(one(len(out), slip, name, born, *place))
    return out


def test_the_second_records_are_found_and_the_families_are_not_joined() -> None:
    records = table()
    second = {n for n in range(1, len(records)) if records[n].born == records[n - 1].born}
    pairs = {(p.a, p.b) for p in link(records)}
    assert {(n - 1, n) for n in second} <= pairs
    wrong = [p for p in pairs if p[1] not in second]
    assert wrong == []


def test_it_says_the_same_each_time_and_the_likeliest_first() -> None:
    records = table()
    once, again = link(records, at_least=0.001), link(records, at_least=0.001)
    assert once == again
    assert [p.likely for p in once] == sorted((p.likely for p in once), reverse=True)


def alone(people: int = 300) -> list[PersonRecord]:
    """People who live alone, each with a date of birth and a street of their own; every fifth a second time, the same."""
    out = []
    for n in range(people):
        family = f"{FAMILY[n % 13]}{chr(97 + n % 26)}{chr(97 + n // 26)}"
        street = f"{FAMILY[n % 7]} Row {n}"
        out.append(one(n, GIVEN[n % 16], family, born_on(n), str(n), street, "", "Millbrook"))
    return out + [replace(r, id=people + n) for n, r in enumerate(out[::5])]


def born_on(n: int) -> str:
    return f"{1940 + n * 7 % 60}{n % 12 + 1:02}{n * 5 % 28 + 1:02}"


def other_given(r: PersonRecord, n: int) -> PersonRecord:
    """The record once more with another given name that is not alike: a twin's, or a clerk's mistake."""
    (name,) = r.names
    return replace(r, id=1_000 + n, names=(named(("Winifred", "Zoltan")[n % 2], name.family[0].written),))


def test_in_a_table_of_people_alone_a_twin_is_possible_and_never_proposed() -> None:
    records = alone()
    twins = [other_given(records[n], n) for n in (1, 2, 3, 11)]
    found = {(p.a, p.b): p.likely for p in link([*records, *twins], at_least=0.001)}
    of_twins = [found[t.id - 1_000, t.id] for t in twins]
    assert max(of_twins) < LIKELY
    assert all(found[n * 5, 300 + n] > LIKELY for n in range(60))


def test_a_table_with_more_seeming_twins_than_families_has_had_its_given_names_changed() -> None:
    records = alone()
    changed = [other_given(records[n], n) for n in range(1, 300, 7)]
    found = {(p.a, p.b) for p in link([*records, *changed])}
    assert {(c.id - 1_000, c.id) for c in changed} <= found


def test_a_column_that_hardly_anybody_shares_says_that_a_seeming_twin_is_one_person() -> None:
    a, b = (replace(r, others=("nhs1",)) for r in (alone(1)[0], other_given(alone(1)[0], 0)))
    for bits, twins in ((14, False), (2, True)):
        rare = Frequencies({"others": {"0 nhs1": bits}})
        assert seem_twins(seen(found(a, b), a, rare)) is twins


def test_more_records_than_it_gets_through_are_refused_before_anything_is_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("callhandler.rules.identify.people.link.MOST", 99)
    with pytest.raises(BadInput, match=r"100 records .* link-records"):
        link([MOTHER] * 60, [MOTHER] * 40)


def test_two_tables_are_joined_with_each_other_only() -> None:
    records = table()
    second = [n for n in range(1, len(records)) if records[n].born == records[n - 1].born]
    left = [r for r in records if r.id not in second]
    pairs = {(p.a, p.b) for p in link(left, [records[n] for n in second])}
    assert pairs == {(n - 1, n) for n in second}


MOTHER = one(1, "Petra", "Fenwick", "19610304", "12", "Hollis Road", "", "Millbrook", "MB1 2AB")


@pytest.mark.parametrize(
    "other",
    [
        one(2, "Fenwick", "Petra", "19610304", "12", "Hollis Road", "", "Millbrook", "MB1 2AB"),
        one(2, "Petra", "Fenwick", "19610304", "77", "Jarvis Close", "", "Southgate", "SG8 9ZZ"),
        one(2, "Petra", "Fenwick", "", "12", "Hollis Road", "", "Millbrook", ""),
        one(2, "Petra", "Lomas", "19610304", "12", "Hollis Road", "", "Millbrook", "MB1 2AB"),
        one(2, "Peta", "Fenwcik", "19610403", "12", "Holis Road", "", "Milbrook", "MB1 2AB"),
    ],
    ids=["swapped", "moved", "no date of birth", "married", "mistyped throughout"],
)
def test_one_person_written_otherwise_is_likely_one(other: PersonRecord) -> None:
    assert weighed(MOTHER, other).likely > LIKELY


@pytest.mark.parametrize(
    "other",
    [
        one(2, "Joanna", "Fenwick", "19880917", "12", "Hollis Road", "", "Millbrook", "MB1 2AB"),
        one(2, "Joanna", "Fenwick", "19610304", "12", "Hollis Road", "", "Millbrook", "MB1 2AB"),
        one(2, "Petra", "Fenwick", "19880917", "12", "Hollis Road", "", "Millbrook", "MB1 2AB"),
        one(2, "Petra", "Fenwick", "19721120", "8", "Kettle Lane", "", "Southgate", "SG8 9ZZ"),
        one(2, "Petra", "", "", "", "", "", "Millbrook", ""),
    ],
    ids=["daughter", "twin", "bears her mother's name", "namesake", "hardly anything known"],
)
def test_two_people_are_not_likely_one(other: PersonRecord) -> None:
    assert weighed(MOTHER, other).likely < LIKELY


def test_what_is_not_known_is_never_apart() -> None:
    bare = person_record(2, [])
    compared = found(MOTHER, bare)
    assert set(compared[:11]) == {UNKNOWN}
    assert why(compared) == ((), ())


def test_the_reasons_are_in_plain_words() -> None:
    other = one(2, "Petra", "Lomas", "19610403", "12", "Holis Road", "", "Millbrook", "SG8 9ZZ")
    assert weighed(MOTHER, other).agree == (
        "the same given name",
        "day and month of birth turned round",
        "of the address the same: house number, town",
        "of the address written otherwise: street",
    )
    assert weighed(MOTHER, other).differ == ("Fenwick is not Lomas", "of the address other: postcode")


def test_of_several_names_and_homes_those_that_agree_best_count() -> None:
    a = person_record(
        1,
        [named_whole("Olive Marsden"), named_whole("Olive Hollis")],
        "",
        [home_whole("4 Kettle Lane, Southgate")],
    )
    b = person_record(
        2,
        [named_whole("Olive Hollis")],
        "",
        [home_whole("9 Jarvis Close"), home_whole("Flat 2, 4 Kettle Lane")],
    )
    compared = found(a, b)
    assert why(compared)[0][:2] == ("the same given name", "the same family name")
    assert (compared.number, compared.street) == (Alike.SAME, Alike.SAME)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("1961-03-04", "4/3/1961", Days.SAME),
        ("1961-03-04", "19610403", Days.TURNED),
        ("1961-03-04", "19610305", Days.SLIP),
        ("1961-03-04", "1961-03", Days.PART),
        ("1961", "1961", Days.PART),
        ("1961-03-04", "1974-03-04", Days.NEAR),
        ("1961-03-04", "1961-11-26", Days.YEAR),
        ("1961-03-04", "1988-09-17", Days.APART),
        ("1961-03-04", "19610394", Days.SLIP),
        ("about thirty", "1961-03-04", UNKNOWN),
    ],
)
def test_dates_of_birth(a: str, b: str, level: int) -> None:
    assert born_level(born_digits(a), born_digits(b)) == level
    assert born_level(born_digits(b), born_digits(a)) == level


WORDS = st.sampled_from([*GIVEN, *FAMILY, "", "P", "Petr"])
RECORDS = st.builds(
    lambda g, f, born, number, street, post: one(1, g, f, born, number, street, "", "", post),
    WORDS,
    WORDS,
    st.sampled_from(["", "19610304", "19610403", "1961", "19880917"]),
    st.sampled_from(["", "12", "21", "7"]),
    st.sampled_from(["", "Hollis Road", "Holis Road", "Kettle Lane"]),
    st.sampled_from(["", "MB1 2AB", "MB1 2AC", "SG8 9ZZ"]),
)


@given(RECORDS, RECORDS)
def test_a_pair_weighs_the_same_either_way_round_and_its_kinds_sum_to_one(
    a: PersonRecord, b: PersonRecord
) -> None:
    rare = frequencies([a, b])
    weights = Weights()
    one_way, other_way = seen(found(a, b), a, rare), seen(found(b, a), b, rare)
    assert weights.likely(one_way) == pytest.approx(weights.likely(other_way))
    assert sum(weights.posterior(one_way)) == pytest.approx(1)
