"""Reads what is derived from records, and what it was derived from, so that the two can be compared: in batches."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from callhandler.store import words
from callhandler.store.keeping_keys import MARK, births_of_names
from callhandler.store.keys import PEOPLE, PLACES, NameRow
from callhandler.store.proposing import digested
from callhandler.store.words import Index

BATCH = 2_000
MOST = 20
"""So many rows of an index that hold nothing's words are named."""

Item = tuple[int, ...] | tuple[str | int, ...]


def reached(connection: Connection, index: Index) -> int:
    """How many records an index holds."""
    kept = f"{index.name}_docsize" if connection.dialect.name == "sqlite" else index.name
    found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {kept}").scalar_one()
    return found


def keyed(connection: Connection, names: str, keys: str) -> int:
    """How many names of a table have their keys."""
    asked = f"SELECT count(*) FROM {names} WHERE id <= coalesce((SELECT max(name_id) FROM {keys} WHERE key = {MARK}), -1)"
    found: int = connection.exec_driver_sql(asked).scalar_one()
    return found


def said_by(connection: Connection, index: Index) -> Iterator[tuple[str, int, list[str]]]:
    """Every record that the index has reached: its table, its id, and its words as the index should hold them."""
    upto = words.newest(connection, index)
    for table, columns in index.sources:
        line = " || '\n' || ".join(columns)
        statement = text(
            f"SELECT id, {line} FROM {table} WHERE id > :after AND id <= :upto ORDER BY id LIMIT {BATCH}"
        )
        for id_, said in _batches(connection, statement, {"upto": upto}):
            yield table, id_, list(index.spell(said))


def held_by(connection: Connection, index: Index) -> Iterator[tuple[int, Item]]:
    """All that the index holds on SQLite: of each record that it has reached, and of each word, its place in it."""
    for (id_,) in _streamed(connection, f"SELECT id FROM {index.name}_docsize"):
        yield id_, ()
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index.name}_held USING fts5vocab('main', '{index.name}', 'instance')"
    )
    try:
        rows = _streamed(connection, f'SELECT doc, term, "offset" FROM temp.{index.name}_held')
        for id_, word, place in rows:
            yield id_, (word, place)
    finally:
        connection.exec_driver_sql(f"DROP TABLE temp.{index.name}_held")


def differing(
    connection: Connection, index: Index, rows: list[tuple[str, int, list[str]]]
) -> list[tuple[str, int]]:
    """On PostgreSQL, those of these records whose words the index does not hold as they should be, by table and id."""
    given = ([i for _, i, _ in rows], [words.vector(said) for _, _, said in rows])
    found = connection.exec_driver_sql(
        "SELECT e.id FROM unnest(%s::bigint[], %s::text[]) e(id, said) "
        f"LEFT JOIN {index.name} w ON w.id = e.id WHERE w.id IS NULL OR w.words <> CAST(e.said AS tsvector)",
        given,
    )
    wrong = {row[0] for row in found}
    return [(table, i) for table, i, _ in rows if i in wrong]


def of_nothing(connection: Connection, index: Index) -> list[int]:
    """On PostgreSQL, the first rows of the index whose record is not there."""
    unless = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {t} x WHERE x.id = w.id)" for t, _ in index.sources)
    found = connection.exec_driver_sql(
        f"SELECT w.id FROM {index.name} w WHERE {unless} ORDER BY 1 LIMIT {MOST}"
    )
    return [row[0] for row in found]


def named(connection: Connection) -> Iterator[tuple[NameRow, tuple[str, ...]]]:
    """Every name of a person that has its keys, with the dates of birth told of him or her since."""
    rows = _keyed(connection, PEOPLE, "name_key")
    while some := list(islice(rows, BATCH)):
        births = births_of_names(connection, some[0].id, some[-1].id)
        for row in some:
            yield row, tuple(births.get(row.id, ()))


def placed(connection: Connection) -> Iterator[NameRow]:
    """Every name of a place that has its keys."""
    return _keyed(connection, PLACES, "place_key")


def name_keys(connection: Connection) -> Iterator[tuple[int, Item]]:
    """Every key of a person's name: the name, then key and date of birth."""
    for key, born, name_id in _streamed(connection, "SELECT key, born, name_id FROM name_key"):
        if key != MARK:
            yield name_id, (key, born)


def place_keys(connection: Connection) -> Iterator[tuple[int, Item]]:
    """Every key of a place's name: the name, then the key."""
    for key, name_id in _streamed(connection, "SELECT key, name_id FROM place_key"):
        if key != MARK:
            yield name_id, (key,)


def word_keys(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every word of names with each key by which it is found."""
    for key, said in _streamed(connection, "SELECT key, word FROM word_key"):
        for word in said.split():
            yield key, word


def proposals_of_runs(connection: Connection) -> Iterator[tuple[int, int, str, int, str]]:
    """Of each finished run of linking: its record, how many proposals it recorded and their digest; then as they are."""
    runs = connection.execute(text("SELECT id, uuid, proposed, digest FROM link_run ORDER BY id")).all()
    for id_, uuid, proposed, digest in runs:
        there, now = 0, hashlib.sha256()
        rows = connection.execute(
            text("SELECT a, b, likely, agree, differ FROM same_as_proposal WHERE run = :run ORDER BY a, b"),
            {"run": uuid},
            execution_options={"yield_per": BATCH},
        )
        for row in rows:
            there += 1
            now.update(digested((row[0], row[1], row[2], row[3], row[4])))
        yield id_, proposed, digest, there, now.hexdigest()


def _keyed(connection: Connection, statement: str, keys: str) -> Iterator[NameRow]:
    mark = connection.execute(text(f"SELECT max(name_id) FROM {keys} WHERE key = {MARK}")).scalar()
    asked = text(f"{statement} n.id > :after AND n.id <= :upto ORDER BY n.id LIMIT {BATCH}")
    for row in _batches(connection, asked, {"upto": mark if mark is not None else -1}):
        yield NameRow(*row)


def _batches(connection: Connection, statement: Any, given: dict[str, Any]) -> Iterator[Any]:
    after = -1
    while rows := connection.execute(statement, {**given, "after": after}).all():
        yield from rows
        after = rows[-1][0]


def _streamed(connection: Connection, statement: str) -> Iterable[Any]:
    options = {"yield_per": BATCH}
    return connection.exec_driver_sql(statement, execution_options=options)
