"""Gives what was brought in past the unit of work its words, in batches, so that it is found by a search."""

from callhandler.services.office import Office, work
from callhandler.store import words
from callhandler.store.unit_of_work import reading

BATCH = 1_000
"""So many rows get their words in one transaction: others who write wait for it some tens of milliseconds."""
AT_OPENING = 20_000
"""So many rows at most get theirs while a store is opened; the rest follow beside the work."""


def add_words(office: Office, most: int = BATCH) -> int:
    """Give the oldest rows that lack them their words, `most` at most of each kind; how many had none."""
    with reading(office.engine) as connection:
        wanting = words.all_behind(connection)
    if not wanting:
        return 0
    with work(office) as w:
        return sum(words.add_next(w.uow.connection, index, most) for index in wanting)


def add_all_words(office: Office, most: int | None = None) -> int:
    """Give every row its words, or about so many; how many had none. Each batch is a transaction of its own."""
    given = 0
    while most is None or given < most:
        now = add_words(office)
        if not now:
            break
        given += now
    return given


def progress(office: Office) -> tuple[int, int]:
    """How many texts can be found, and how many there are: log lines, summaries, what was told, words of orders."""
    with reading(office.engine) as connection:
        return words.counted(connection, words.TEXTS)
