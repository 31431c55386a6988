"""A date of birth is read as people write one, and never as more than was told."""

import pytest

from callhandler.model.birth import births_in_words, born_in_words


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("1992-06-15", "15 Jun 1992"),
        ("1992-06-05", "5 Jun 1992"),
        ("1992-06", "Jun 1992"),
        ("1992", "1992"),
        ("1991/1992", "1991 or 1992"),
        ("1992-13-40", "1992-13-40"),
        ("about thirty", "about thirty"),
        ("", ""),
    ],
)
def test_a_date_of_birth_in_words(kept: str, read: str) -> None:
    assert born_in_words(kept) == read == born_in_words(read)


def test_every_date_that_was_told_is_said_once() -> None:
    assert births_in_words(("1992-06-15", "15 Jun 1992", "", "1991")) == "15 Jun 1992 (also told: 1991)"
    assert births_in_words(()) == births_in_words(("",)) == ""
