"""Compares what is derived with what it is derived from: words to search by, keys of names and places, linking proposals.

Nothing of it is a record: all can be made again. But what an index has lost, nobody finds, and nobody would notice. Each
index is read through once and its rows made anew once; the two are compared by sums over stretches of ids, so that memory
stays the same at any size. Only where a stretch differs is it looked at row by row.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from zlib import crc32

from callhandler.services.how_far import Far, HowFar
from callhandler.store import derived, words
from callhandler.store.derived import Item
from callhandler.store.engine import Connection
from callhandler.store.verify import Finding

STRETCH = 14
"""Ids whose rows have one sum: two to this power."""
MOST = 20
"""So many records are named of each index; that there are more is said."""
LOOKED = 4
"""Stretches that are looked at row by row."""

EVERY = 1_000
"""So many records or things are read before it is looked at the clock."""

Rows = Callable[[], Iterable[tuple[str, int, Item]]]
"""A table, a record's id and one thing that an index has of it; read again wherever something differs."""


def compared(connection: Connection, far: Far = lambda _: None) -> Iterator[Finding]:
    """All that is derived, each with what it is made of. Raises nothing for whatever stands there."""
    for index in words.INDEXES:
        compare = Comparing(
            far, f"Comparing {index.name} with the records", derived.reached(connection, index)
        )
        if connection.dialect.name == "sqlite":
            yield from _differing(
                lambda index=index: _words(connection, index),  # type: ignore[misc]
                lambda index=index: ((index.name, i, item) for i, item in derived.held_by(connection, index)),  # type: ignore[misc]
                "its words for the search",
                compare,
            )
        else:
            yield from _shared(connection, index, compare)
    yield from _names(connection, far)
    many = derived.keyed(connection, "place_name", "place_key")
    yield from _differing(
        lambda: _places(connection),
        lambda: (("place_key", i, item) for i, item in derived.place_keys(connection)),
        "its keys",
        Comparing(far, "Comparing the keys of places with the records", many),
    )
    far("Comparing the linking proposals with their runs")
    for id_, proposed, digest, there, now in derived.proposals_of_runs(connection):
        if there != proposed:
            yield Finding(id_, "link_run", f"recorded {proposed} proposals, and {there} are there")
        elif now != digest:
            yield Finding(id_, "link_run", "a proposal of this run was changed after it was recorded")


Thing = TypeVar("Thing", tuple[str, int, Item], tuple[str, int, list[str]])
"""A table, a record's id, and one thing that it says, or all its words."""


class Comparing:
    """Tells how far a comparison is: first the records, of which there are `records`, then what an index has of them."""

    def __init__(self, far: Far, what: str, records: int) -> None:
        self._far = far
        self._what = what
        self._records = records
        self._things = 0

    def made(self, rows: Iterable[Thing]) -> Iterator[Thing]:
        """What the records make, passed on and counted."""
        how, records, things, last = HowFar(self._far, self._what, self._records), 0, 0, None
        for row in rows:
            things += 1
            if row[1] != last:
                last, records = row[1], records + 1
                if not records % EVERY:
                    how.at(records)
            yield row
        self._things = things

    def kept(self, rows: Iterable[tuple[str, int, Item]]) -> Iterator[tuple[str, int, Item]]:
        """What the index has, passed on and counted: as much as was made, if all is well."""
        how = HowFar(self._far, f"{self._what}, the other way", self._things)
        for things, row in enumerate(rows):
            if not things % EVERY:
                how.at(things)
            yield row


def _words(connection: Connection, index: words.Index) -> Iterator[tuple[str, int, Item]]:
    for table, id_, said in derived.said_by(connection, index):
        yield table, id_, ()
        for place, word in enumerate(said):
            yield table, id_, (word, place)


def _shared(connection: Connection, index: words.Index, compare: Comparing) -> Iterator[Finding]:
    batch: list[tuple[str, int, list[str]]] = []
    wrong: list[tuple[str, int]] = []
    for row in compare.made(derived.said_by(connection, index)):
        batch.append(row)
        if len(batch) == derived.BATCH:
            wrong += derived.differing(connection, index, batch)
            batch = []
        if len(wrong) > MOST:
            break
    if batch:
        wrong += derived.differing(connection, index, batch)
    for table, id_ in wrong[:MOST]:
        yield Finding(id_, table, "its words for the search are not as it says")
    if len(wrong) > MOST:
        yield Finding(0, index.name, "and there are more")
    for id_ in derived.of_nothing(connection, index):
        yield Finding(id_, index.name, "has something that no record says")


def _names(connection: Connection, far: Far) -> Iterator[Finding]:
    from callhandler.rules.identify.names.keys import keys_of_name, keys_of_word, words_of

    told: set[int] = set()
    """Names with a date of birth told since: what they had without one may stay."""
    distinct: set[str] = set()

    def made() -> Iterator[tuple[str, int, Item]]:
        for row, births in derived.named(connection):
            if births:
                told.add(row.id)
            distinct.update(words_of(row.name))
            for key, date in keys_of_name(row.name, row.born, *births):
                if date or not births:
                    yield "person_name", row.id, (key, date)

    def kept() -> Iterator[tuple[str, int, Item]]:
        for id_, item in derived.name_keys(connection):
            if item[1] or id_ not in told:
                yield "name_key", id_, item

    many = derived.keyed(connection, "person_name", "name_key")
    what = "Comparing the keys of names with the records"
    yield from _differing(made, kept, "its keys", Comparing(far, what, many))

    def word(key: str, said: str) -> tuple[str, int, Item]:
        return "word_key", crc32(said.encode()), (key, said)

    def words_made() -> Iterator[tuple[str, int, Item]]:
        return (word(key, said) for said in distinct for key in keys_of_word(said))

    def words_kept() -> Iterator[tuple[str, int, Item]]:
        return (word(key, said) for key, said in derived.word_keys(connection))

    # A word is somebody's name: it is counted, not told.
    compare = Comparing(far, "Comparing the words of names with the names", len(distinct))
    one, other = _sums(compare.made(words_made())), _sums(compare.kept(words_kept()))
    if wrong := sorted(n for n in one.keys() | other.keys() if one.get(n, 0) != other.get(n, 0)):
        looked = set(wrong[:LOOKED])
        should, does = _items(words_made(), looked)[0], _items(words_kept(), looked)[0]
        many = sum(should.get(n) != does.get(n) for n in should.keys() | does.keys())
        least = "at least " if len(wrong) > LOOKED else ""
        said = f"{least}{many} words of names are missing, wrong, or nobody's: slips are not put right"
        yield Finding(0, "word_key", said)


def _places(connection: Connection) -> Iterator[tuple[str, int, Item]]:
    from callhandler.rules.identify.places.keys import keys_of_place

    for row in derived.placed(connection):
        for key in keys_of_place(row.name):
            yield "place_name", row.id, (key,)


def _differing(made: Rows, kept: Rows, what: str, compare: Comparing) -> Iterator[Finding]:
    """The records of which an index has not what it should have."""
    wanted, held = _sums(compare.made(made())), _sums(compare.kept(kept()))
    wrong = sorted(n for n in wanted.keys() | held.keys() if wanted.get(n, 0) != held.get(n, 0))
    if not wrong:
        return
    looked = set(wrong[:LOOKED])
    (should, tables), (does, indexes) = _items(made(), looked), _items(kept(), looked)
    faulty = sorted(i for i in should.keys() | does.keys() if should.get(i) != does.get(i))
    for id_ in faulty[:MOST]:
        if id_ not in should:
            yield Finding(id_, indexes[id_], "has something that no record says")
        elif id_ not in does:
            yield Finding(id_, tables[id_], f"{what} are missing: it is not found by them")
        else:
            yield Finding(id_, tables[id_], f"{what} are not those of what it says")
    if len(faulty) > MOST or len(wrong) > LOOKED:
        yield Finding(0, "derived", f"{what} are wrong or missing of more records than are named here")


def _sums(rows: Iterable[tuple[str, int, Item]]) -> dict[int, int]:
    """A sum for each stretch of ids, the same in whatever order the rows come."""
    found: dict[int, int] = {}
    for _, id_, item in rows:
        stretch = id_ >> STRETCH
        found[stretch] = found.get(stretch, 0) + hash((id_, item))
    return found


def _items(
    rows: Iterable[tuple[str, int, Item]], stretches: set[int]
) -> tuple[dict[int, set[Item]], dict[int, str]]:
    found: dict[int, set[Item]] = {}
    tables: dict[int, str] = {}
    for table, id_, item in rows:
        if id_ >> STRETCH in stretches:
            found.setdefault(id_, set()).add(item)
            tables[id_] = table
    return found, tables
