"""Whom a line may name, and the day or year of birth beside the name."""

from datetime import UTC, datetime

import pytest

from callhandler.model.search import Term
from callhandler.rules.asking_for import told_apart

NOW = datetime(2018, 8, 27, 0, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "name", "born"),
    [
        ("Joan Hill", "Joan Hill", ""),
        ("Joan Hill 4 May 1990", "Joan Hill", "4 May 1990"),
        ("Joan Hill, born 4/5/90", "Joan Hill", "4/5/90"),
        ("dob 1990-05-04 joan hi", "joan hi", "1990-05-04"),
        ("Hill, Joan d.o.b. 1961 ", "Hill, Joan", "1961"),
        ('"joan hill" 1990', "joan hill", "1990"),
        ("فاطمة الزهراء 1990", "فاطمة الزهراء", "1990"),
        # No calendar has it; the year may be right.
        ("Joan Hill 1990-61-11", "Joan Hill", "1990-61-11"),
        # What was lately is when something happened.
        ("Joan Hill 26/08/2018", "Joan Hill", ""),
        ("Joan Hill last night", "Joan Hill", ""),
        ("Joan Hill 12 Aug", "Joan Hill", ""),
        ("Joan Hill 2018", "Joan Hill 2018", ""),
        ("Max Born 17 May 1971", "Max", "17 May 1971"),
        ("1990-05-04", "", ""),
        ("07700 900123", "", ""),
    ],
)
def test_a_name_and_a_date_of_birth_are_told_apart(line: str, name: str, born: str) -> None:
    asked = told_apart(line, NOW)
    assert (asked.name, asked.born) == (name, born)


def test_a_date_of_birth_is_no_word_of_the_name_and_what_is_quoted_stays_together() -> None:
    assert told_apart('"joan hill" 1990', NOW).named == (Term(("joan", "hill")),)
    assert told_apart("joan hi", NOW).named[-1] == Term(("hi",), True)
    # What was looked for otherwise is looked for as before.
    asked = told_apart("stones 4 May 1990", NOW)
    assert asked.rest == (Term(("stones",)),) and asked.span is not None
