"""Who is under 18 by a date of birth that is on record or was told: a child, in whatever role (Children Act 1989 s.105)."""

from datetime import date

from callhandler.model.people import Person

GROWN = 18


def under_18(person: Person | None, day: date) -> bool:
    """Whether any date of birth known of a person makes a child of that day, or may where the day of it is not known.

    Two dates are two tellings, and unknown is never no: one that makes a child is enough. Where an age was told, the year
    that fits it is taken.
    """
    if person is None:
        return False
    return any(_under_18(told, day) for told in (person.born, person.also_born) if told)


def _under_18(told: str, day: date) -> bool:
    # A desk that takes an ordinary call compares no dates of birth.
    from callhandler.rules.identify.names.born import born_of

    born = born_of(told)
    if not born.year or born.year > day.year:
        return False
    years = day.year - born.year
    if born.or_before:
        return years < GROWN
    latest = (born.month or 12, born.day or 31)
    return years - ((day.month, day.day) < latest) < GROWN
