"""Writes the keys of names and places: which names still lack theirs, and adding them, few at a desk or millions at once."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, text

from callhandler.store import plainly
from callhandler.store.keys import PEOPLE, PLACES, NameRow
from callhandler.store.tables import name_key, place_key, word_key

MARK = 0
"""The key beside the newest name that has its keys. Keys that are made otherwise need new tables: no row is taken away."""
BLOCK = 1_500
"""Letters of words in one row: an index of PostgreSQL takes no more than 2,700 bytes of a row."""
_AT_ONCE = 20_000
# Every transaction with a new name leaves a mark: the newest is taken from the end of the index, not sought among all.
_BEHIND = "n.id > coalesce((SELECT name_id FROM {keys} WHERE {mark} ORDER BY name_id DESC LIMIT 1), -1) "
_UNKEYED = _BEHIND + "ORDER BY n.id LIMIT :most"
_UNKEYED_NAMES = text(PEOPLE + _UNKEYED.format(keys="name_key", mark="key = :mark AND born = 0"))
_UNKEYED_PLACES = text(PLACES + _UNKEYED.format(keys="place_key", mark="key = :mark"))
_BEHIND_NAMES = text(
    "SELECT count(*) FROM person_name n WHERE "
    + _BEHIND.format(keys="name_key", mark="key = :mark AND born = 0")
)
_BEHIND_PLACES = text(
    "SELECT count(*) FROM place_name n WHERE " + _BEHIND.format(keys="place_key", mark="key = :mark")
)
_BIRTHS = text(
    "SELECT n.id, b.born FROM person_birth b JOIN person_name n ON n.person_id = b.person_id "
    "WHERE n.id BETWEEN :low AND :high"
)


def unkeyed_names(connection: Connection, most: int) -> list[NameRow]:
    """The oldest names of people that have no keys yet."""
    return [NameRow(*row) for row in connection.execute(_UNKEYED_NAMES, {"mark": MARK, "most": most}).all()]


def unkeyed_places(connection: Connection, most: int) -> list[NameRow]:
    """The oldest names of places that have no keys yet."""
    return [NameRow(*row) for row in connection.execute(_UNKEYED_PLACES, {"mark": MARK, "most": most}).all()]


def behind(connection: Connection) -> int:
    """How many names, of people and of places, have no keys yet."""
    marked = {"mark": MARK}
    return sum(
        connection.execute(counted, marked).scalar_one() for counted in (_BEHIND_NAMES, _BEHIND_PLACES)
    )


def births_of_names(connection: Connection, low: int, high: int) -> dict[int, list[str]]:
    """The dates of birth told of those who bear the names with ids between these, by the name's id."""
    found: dict[int, list[str]] = {}
    for name_id, born in connection.execute(_BIRTHS, {"low": low, "high": high}):
        found.setdefault(name_id, []).append(born)
    return found


def known_words(connection: Connection, keys: Collection[str]) -> set[str]:
    """Every word on record that has one of these keys."""
    found: set[str] = set()
    listed = sorted(keys)
    marks = {"sqlite": "IN ({})", "postgresql": "= ANY(%s::text[])"}[connection.dialect.name]
    for n in range(0, len(listed), 500):
        some = listed[n : n + 500]
        given: Any = tuple(some) if connection.dialect.name == "sqlite" else (some,)
        statement = f"SELECT word FROM word_key WHERE key {marks.format(', '.join('?' * len(some)))}"
        for (words,) in connection.exec_driver_sql(statement, given):
            found.update(words.split())
    return found


def add_names(connection: Connection, keys: Iterable[tuple[int, int, int]], upto: int | None = None) -> None:
    """Add keys of names: key, date of birth packed, name. `upto` is the newest name that has all of its keys now.

    Without it the names may have some of these keys already.
    """
    marked = [*keys, *([(MARK, 0, upto)] if upto is not None else [])]
    _add(connection, name_key.name, ("key", "born", "name_id"), marked, new=upto is not None)


def add_places(connection: Connection, keys: Iterable[tuple[int, int]], upto: int) -> None:
    """Add keys of places' names: key, name. `upto` is the newest name that has all of its keys now."""
    _add(connection, place_key.name, ("key", "name_id"), [*keys, (MARK, upto)], new=True)


def add_words(connection: Connection, words: Iterable[tuple[str, str]]) -> None:
    """Add words of names by their keys, those of one key together in rows of a fair length."""
    by_key: dict[str, list[str]] = {}
    for key, word in words:
        by_key.setdefault(key, []).append(word)
    rows = [(key, block) for key, found in by_key.items() for block in _blocks(sorted(found))]
    _add(connection, word_key.name, ("key", "word"), rows, new=True)


def _blocks(words: list[str]) -> Iterator[str]:
    block: list[str] = []
    long = 0
    for word in words:
        if block and long + len(word) >= BLOCK:
            yield " ".join(block)
            block, long = [], 0
        block.append(word)
        long += len(word) + 1
    if block:
        yield " ".join(block)


def _add(
    connection: Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]], *, new: bool
) -> None:
    """Add rows in the order of their keys. What may not be `new` is looked for first: nothing is ever written over."""
    rows.sort()
    listed = ", ".join(columns)
    if new and connection.dialect.name == "sqlite":
        plainly.put(connection, table, columns, rows)
        return
    if connection.dialect.name == "sqlite":
        same = " AND ".join(f"{c} = ?{n + 1}" for n, c in enumerate(columns))
        marks = ", ".join(f"?{n + 1}" for n in range(len(columns)))
        unless = f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {same})"
        if rows:
            connection.exec_driver_sql(f"INSERT INTO {table} ({listed}) SELECT {marks} {unless}", rows)
        return
    kinds = ", ".join(
        "%s::text[]" if isinstance(v, str) else "%s::bigint[]" for v in (rows[0] if rows else ())
    )
    same = " AND ".join(f"t.{c} = n.{c}" for c in columns)
    unless = "" if new else f"WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE {same})"
    statement = f"INSERT INTO {table} ({listed}) SELECT * FROM unnest({kinds}) n({listed}) {unless}"
    for n in range(0, len(rows), _AT_ONCE):
        some = rows[n : n + _AT_ONCE]
        connection.exec_driver_sql(statement, tuple([row[c] for row in some] for c in range(len(columns))))
