"""Gives names and places the keys that find them: a few at a desk, in the fact's transaction; millions at an import."""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from callhandler.services.office import Office, Work, work
from callhandler.store import keeping_keys as store
from callhandler.store.engine import Connection
from callhandler.store.keys import NameRow
from callhandler.store.unit_of_work import reading

BATCH = 2_000
"""Names of each in one transaction at a desk: most often one."""
MANY = {"sqlite": 100_000, "postgresql": 5_000}
"""Names in one transaction where many lack keys: a file is spared by their keys being written in order.

Where desks share, every desk's entry waits for it, and the server may cut what takes long.
"""

Say = Callable[[int, int], None]


@dataclass
class Made:
    """Keys worked out before the transaction that keeps them, so that nobody waits for that; by id, with rows as read."""

    names: dict[int, tuple[NameRow, tuple[str, ...], set[tuple[int, int]]]] = field(default_factory=dict)
    places: dict[int, tuple[NameRow, frozenset[int]]] = field(default_factory=dict)

    def of_name(self, row: NameRow, births: tuple[str, ...]) -> set[tuple[int, int]] | None:
        """The keys of a name, if it is still as it was read."""
        read = self.names.get(row.id)
        return read[2] if read is not None and read[:2] == (row, births) else None

    def of_place(self, row: NameRow) -> frozenset[int] | None:
        """The keys of a place's name, if it is still as it was read."""
        read = self.places.get(row.id)
        return read[1] if read is not None and read[0] == row else None


def keep_keys(within: Work, most: int = BATCH, made: Made | None = None, whole: bool = False) -> int:
    """Give the oldest names without keys theirs, in this transaction, `most` at most of each; how many were given.

    `whole` leaves them until there are `most` of a kind. What is in `made` and is still so need not be worked out again.
    """
    made = made or Made()
    return _names(within.uow.connection, most, made, whole) + _places(
        within.uow.connection, most, made, whole
    )


def keys_made(office: Office, most: int, whole: bool = False) -> Made:
    """The keys of the oldest names without them, worked out and not yet kept. Some 1.2 KiB a name in memory.

    `whole` leaves a kind of which there are fewer than `most`, as `keep_keys` does.
    """
    from callhandler.rules.identify.names.keys import keys_of_name
    from callhandler.rules.identify.places.keys import keys_of_place

    with reading(office.engine) as connection:
        names = _enough(store.unkeyed_names(connection, most), most, whole)
        births = store.births_of_names(connection, names[0].id, names[-1].id) if names else {}
        places = _enough(store.unkeyed_places(connection, most), most, whole)
    made = Made()
    for row in names:
        told = tuple(births.get(row.id, ()))
        made.names[row.id] = row, told, keys_of_name(row.name, row.born, *told)
    made.places = {row.id: (row, keys_of_place(row.name)) for row in places}
    return made


def _enough(rows: list[NameRow], most: int, whole: bool) -> list[NameRow]:
    return [] if whole and len(rows) < most else rows


def keep_all_keys(office: Office, most: int | None = None, say: Say | None = None) -> int:
    """Give every name that has none its keys: those of before there were any, or that were brought in; how many were given.

    Each batch, of `most` names, is a transaction of its own, so that a stop on the way, or a server that cuts it off, loses
    no other, and whoever opens the store next goes on from there. Its keys are worked out before it begins, so that it is
    short and no desk waits for that. It holds some 2 KiB a name in memory. `say` is told after each how many have theirs,
    and of how many.
    """
    most = most or MANY[office.engine.dialect.name]
    with reading(office.engine) as connection:
        if not store.unkeyed_names(connection, 1) and not store.unkeyed_places(connection, 1):
            return 0
        wanting = store.behind(connection)
    given = 0
    # Millions of small tuples and no cycle among them: looking for one takes half as long again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        while True:
            made = keys_made(office, most)
            with work(office) as w:
                now = keep_keys(w, most, made)
            if not now:
                return given
            given += now
            if say is not None:
                say(given, max(wanting, given))
    finally:
        if collecting:
            gc.enable()


def keep_birth(within: Work, names: Iterable[tuple[int, str]], born: str) -> None:
    """Names that have their keys are found by a date of birth told later too."""
    from callhandler.rules.identify.names.keys import keys_of_name

    keys = {(key, date, name_id) for name_id, name in names for key, date in keys_of_name(name, born)}
    store.add_names(within.uow.connection, keys)


def _names(connection: Connection, most: int, made: Made, whole: bool) -> int:
    from callhandler.rules.identify.names.keys import itself, keys_of_name, keys_of_word, words_of

    names = _enough(store.unkeyed_names(connection, most), most, whole)
    if not names:
        return 0
    births = store.births_of_names(connection, names[0].id, names[-1].id)
    keys: list[tuple[int, int, int]] = []
    words: set[str] = set()
    for row in names:
        told = tuple(births.get(row.id, ()))
        found = made.of_name(row, told) or keys_of_name(row.name, row.born, *told)
        keys += [(key, date, row.id) for key, date in found]
        words.update(words_of(row.name))
    store.add_names(connection, keys, names[-1].id)
    new = words - store.known_words(connection, {itself(word) for word in words})
    store.add_words(connection, ((key, word) for word in new for key in keys_of_word(word)))
    return len(names)


def _places(connection: Connection, most: int, made: Made, whole: bool) -> int:
    from callhandler.rules.identify.places.keys import keys_of_place

    places = _enough(store.unkeyed_places(connection, most), most, whole)
    if not places:
        return 0
    keys = ((key, row.id) for row in places for key in made.of_place(row) or keys_of_place(row.name))
    store.add_places(connection, keys, places[-1].id)
    return len(places)
