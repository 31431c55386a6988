"""Keys of names and places: which names still lack theirs, writing them, and who is found by them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from callhandler.store.tables import name_key, place_key, word_key

MARK = "1"
"""Stands with every name that has its keys; another one when keys are made otherwise, and all are made anew."""
MOST = 1_500
"""So many names at most are weighed in one search; that there were more is said."""
MOST_WORDS = 20_000
"""So many words on record at most are looked through for those of a query; some 6,500 share a key among 300,000 words."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name on record of one person, or of one place where `born` is empty; and what it is called first of all."""

    id: int
    subject_id: int
    name: str
    born: str
    called: str


_PEOPLE = "SELECT n.id, n.person_id, n.name, p.born, p.name FROM person_name n JOIN person p ON p.id = n.person_id WHERE "
_PLACES = (
    "SELECT n.id, n.place_id, n.name || CASE WHEN n.name = p.address AND p.postcode <> '' THEN ', ' || p.postcode "
    "ELSE '' END, '', p.label FROM place_name n JOIN place p ON p.id = n.place_id WHERE "
)
_UNKEYED = (
    "n.id > coalesce((SELECT max(name_id) FROM {keys} WHERE key = :mark), -1) ORDER BY n.id LIMIT :most"
)
_KEYED = "n.id IN (SELECT DISTINCT name_id FROM {keys} WHERE key IN :keys ORDER BY name_id DESC LIMIT :most) ORDER BY n.id"
_UNKEYED_NAMES = text(_PEOPLE + _UNKEYED.format(keys="name_key"))
_UNKEYED_PLACES = text(_PLACES + _UNKEYED.format(keys="place_key"))
_KEYED_NAMES, _KEYED_PLACES, _WORDS, _NAMES_OF, _NAMES_OF_PLACE = (
    text(statement).bindparams(bindparam("keys", expanding=True))
    for statement in (
        _PEOPLE + _KEYED.format(keys="name_key"),
        _PLACES + _KEYED.format(keys="place_key"),
        "SELECT key, word FROM word_key WHERE key IN :keys ORDER BY key, word LIMIT :most",
        _PEOPLE + "n.person_id IN :keys ORDER BY n.id",
        _PLACES + "n.place_id IN :keys ORDER BY n.id",
    )
)


def unkeyed_names(connection: Connection, most: int) -> list[NameRow]:
    """The oldest names of people that have no keys yet."""
    return [NameRow(*row) for row in connection.execute(_UNKEYED_NAMES, {"mark": MARK, "most": most})]


def unkeyed_places(connection: Connection, most: int) -> list[NameRow]:
    """The oldest names of places that have no keys yet."""
    return [NameRow(*row) for row in connection.execute(_UNKEYED_PLACES, {"mark": MARK, "most": most})]


def write_names(
    connection: Connection, keys: Mapping[int, Iterable[str]], words: Mapping[str, Iterable[str]]
) -> None:
    """Add the keys of names by their ids, and of the words in them. What is there already stays."""
    _add(connection, name_key.name, "name_id", [(k, n) for n, ks in keys.items() for k in (MARK, *ks)])
    _add(connection, word_key.name, "word", [(k, w) for w, ks in words.items() for k in ks])


def write_places(connection: Connection, keys: Mapping[int, Iterable[str]]) -> None:
    """Add the keys of places' names by their ids. What is there already stays."""
    _add(connection, place_key.name, "name_id", [(k, n) for n, ks in keys.items() for k in (MARK, *ks)])


def words_like(connection: Connection, keys: Sequence[str]) -> dict[str, list[str]]:
    """The distinct words of names by each of these keys that they have."""
    found: dict[str, list[str]] = {}
    for key, word in connection.execute(_WORDS, {"keys": list(keys), "most": MOST_WORDS}):
        found.setdefault(key, []).append(word)
    return found


def names_by(connection: Connection, keys: Iterable[str]) -> list[NameRow]:
    """The names of people that have one of these keys, the newest `MOST` of them."""
    return [NameRow(*row) for row in connection.execute(_KEYED_NAMES, {"keys": list(keys), "most": MOST})]


def names_of(connection: Connection, people: Iterable[int]) -> list[NameRow]:
    """Every name of these people."""
    return [NameRow(*row) for row in connection.execute(_NAMES_OF, {"keys": list(people)})]


def names_of_place(connection: Connection, place_id: int) -> list[NameRow]:
    """Every way in which a place is called or addressed."""
    return [NameRow(*row) for row in connection.execute(_NAMES_OF_PLACE, {"keys": [place_id]})]


def places_by(connection: Connection, keys: Iterable[str]) -> list[NameRow]:
    """The names of places that have one of these keys, the newest `MOST` of them; an address with its postcode."""
    return [NameRow(*row) for row in connection.execute(_KEYED_PLACES, {"keys": list(keys), "most": MOST})]


def _add(connection: Connection, table: str, column: str, pairs: list[tuple[str, int | str]]) -> None:
    if pairs:
        # What is there is never written over, not even by the same: the database would refuse it.
        kind = "TEXT" if column == "word" else "BIGINT"
        statement = text(
            f"INSERT INTO {table} (key, {column}) SELECT CAST(:key AS TEXT), CAST(:of AS {kind}) "
            f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE key = :key AND {column} = :of)"
        )
        connection.execute(statement, [{"key": key, "of": of} for key, of in dict.fromkeys(pairs)])
