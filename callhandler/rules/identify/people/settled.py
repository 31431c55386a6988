"""What a whole table shows to be no fact about a person: a date that forms fill in, a number that a ward shares."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from callhandler.rules.identify.people.record import PersonRecord

DATES, DATES_SHARE = 12, 0.0025
"""A date of birth of more records than these, and of a greater share: seven times as many as are born on any one day."""
NUMBERS, NUMBERS_SHARE = 30, 0.002
"""A telephone number of more records, and of a greater share, is a switchboard's or stands for none."""


def settled(*tables: Sequence[PersonRecord]) -> tuple[Sequence[PersonRecord], ...]:
    """The tables with such dates and numbers taken as not known; what is rare enough stays as it was."""
    many = sum(map(len, tables))
    dates = Counter(r.born for t in tables for r in t if r.born)
    numbers = Counter(n for t in tables for r in t for n in r.numbers)
    no_date = {d for d, n in dates.items() if n > max(DATES, DATES_SHARE * many) and _whole(d)}
    nobody = {d for d, n in numbers.items() if n > max(NUMBERS, NUMBERS_SHARE * many)}
    if not no_date and not nobody:
        return tables
    return tuple(
        [
            replace(r, born="" if r.born in no_date else r.born, numbers=r.numbers - nobody)
            if r.born in no_date or r.numbers & nobody
            else r
            for r in table
        ]
        for table in tables
    )


def _whole(born: str) -> bool:
    return "00" not in (born[4:6], born[6:])
