"""A line of words told apart: words, phrases, numbers, registrations, times; and how well a text fits them."""

from datetime import UTC, datetime

import pytest

from callhandler.model.search import Term
from callhandler.model.words import words_of, words_with_places
from callhandler.rules.asking_for import told_apart
from callhandler.rules.fitting import NOT, fit, marks_in, snippet

NOW = datetime(2018, 8, 27, 0, 26, tzinfo=UTC)


def asked(line: str):
    return told_apart(line, NOW)


@pytest.mark.parametrize(
    ("line", "since", "until"),
    [
        ("12 Aug", "2018-08-12T00:00+01:00", "2018-08-13T00:00+01:00"),
        ("30 sept", "2017-09-30T00:00+01:00", "2017-10-01T00:00+01:00"),
        ("1st of January 2017", "2017-01-01T00:00+00:00", "2017-01-02T00:00+00:00"),
        ("26/8/18", "2018-08-26T00:00+01:00", "2018-08-27T00:00+01:00"),
        ("2018-08-26", "2018-08-26T00:00+01:00", "2018-08-27T00:00+01:00"),
        ("last  night", "2018-08-26T18:00+01:00", "2018-08-27T06:00+01:00"),
        ("Yesterday", "2018-08-26T00:00+01:00", "2018-08-27T00:00+01:00"),
        ("last week", "2018-08-20T00:00+01:00", "2018-08-27T00:00+01:00"),
    ],
)
def test_a_day_is_meant_as_people_say_it(line: str, since: str, until: str) -> None:
    span = asked(f"burglary {line}").span
    assert span is not None
    assert (span.since, span.until) == (datetime.fromisoformat(since), datetime.fromisoformat(until))
    assert asked(f"burglary {line}").rest == (Term(("burglary",)),)


@pytest.mark.parametrize("line", ["31 Feb", "99/99/2018", "2018-13-40", "40 Aug"])
def test_what_is_no_day_is_words(line: str) -> None:
    assert asked(line).span is None


@pytest.mark.parametrize(
    ("line", "begin", "end"),
    [
        ("07700 900123", "+447700900123", "3210090077"),
        ("+44 (0)7700 900123", "+447700900123", "3210090077044"),
        ("0044 7700", "+447700", "00774400"),
        ("7700", "+447700", "0077"),
        ("0123", "+44123", "3210"),
    ],
)
def test_a_number_in_any_spelling_and_part_of_one(line: str, begin: str, end: str) -> None:
    told = asked(line)
    assert begin in told.begin and told.end == end


def test_registrations_and_parts_of_them() -> None:
    assert asked("AB1O OIL").plates[0] == "ab1ooil"
    assert asked("she saw ab10").plates[-1] == "ab10"
    assert asked("joan hill").plates == ()


def test_words_phrases_and_the_one_still_typed() -> None:
    assert asked('he "hit her" ag').terms == (Term(("he",)), Term(("hit", "her")), Term(("ag",), True))
    assert asked("he ").terms == (Term(("he",)),)
    assert asked('"never closed').terms == (Term(("never",)), Term(("closed",), True))
    for nothing in ("", "   ", '""', "* - ( ) : ^", "\x00"):
        assert asked(nothing).nothing, nothing
    assert len(asked("word " * 500).terms) == 1 and len(asked(" ".join(map(str, range(900)))).terms) <= 12


def test_words_are_the_same_in_every_writing() -> None:
    assert words_of("Siân’s O'Brien, 007 Łódź") == ["sians", "obrien", "7", "lodz"]
    assert words_of("قتل") == words_of(" قتل ")
    line = "He said: Siân’s door, 007."
    assert [w for w, _, _ in words_with_places(line)] == words_of(line)
    assert [line[a:b] for _, a, b in words_with_places(line)][:2] == ["He", "said"]


def test_how_well_a_text_fits() -> None:
    terms = (Term(("front",)), Term(("door",), True))
    assert fit("the front door", terms) == 0
    assert fit("the door in front", terms) == 1
    assert fit("front doors", terms) == 3
    assert fit("front", terms) == NOT == fit("front door", ())


def test_the_words_around_are_cut_at_words_and_marked() -> None:
    text = "word " * 100 + "the front door broke " + "more " * 100
    shown, marks = snippet(text, (Term(("front", "door")),))
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 240
    assert [shown[a:b] for a, b in marks] == ["front door"]
    assert marks_in("aa aa b", (Term(("aa", "aa")), Term(("aa",)))) == ((0, 5),)
    assert snippet("", (Term(("x",)),)) == ("", ())
