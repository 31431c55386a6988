"""Who and what is found by keys of names and places. Each is one statement, whatever is on record."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection

from callhandler.store import beside, plainly

MOST = 3_000
"""So many rows of each kind of key are read at most in one search; that there were more is said."""
MOST_PLACES = 30
"""So many names of places are compared in one search, those that share most keys and words."""
EACH = 60
"""So many names are read of those who have one word beside any other: beyond them it is a common one, and says nothing."""
OF_A_DAY = 300
"""So many of those born on one day are read: some 180 are among five million."""
LOOKED_AT = 600
"""So many of those that share most keys are read for it: of a common name a town of millions has hundreds of number 12."""
MOST_WORDS = 1_000
"""So many rows of words are looked through for those of a query: more than 180,000 distinct words have under its keys."""


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name on record of one person, or of one place where `born` is empty; and what it is called first of all.

    `named` is false where the person has no name yet, if that was asked.
    """

    id: int
    subject_id: int
    name: str
    born: str
    called: str
    named: bool = True


PEOPLE = (
    "SELECT n.id, n.person_id, n.name, CASE WHEN p.born <> '' THEN p.born ELSE coalesce((SELECT b.born FROM person_birth b "
    "WHERE b.person_id = p.id ORDER BY b.id DESC LIMIT 1), '') END, p.name "
    "FROM person_name n JOIN person p ON p.id = n.person_id WHERE "
)
PLACES = (
    "SELECT n.id, n.place_id, n.name || CASE WHEN n.name = p.address AND p.postcode <> '' THEN ', ' || p.postcode "
    "ELSE '' END, '', p.label FROM place_name n JOIN place p ON p.id = n.place_id WHERE "
)
_AMONG = {
    "sqlite": "{} IN (SELECT value FROM json_each(?)) ORDER BY n.id",
    "postgresql": "{} = ANY(%s::bigint[]) ORDER BY n.id",
}
_EACH_BIRTH = (
    "SELECT n.id, n.person_id, n.name, p.born, p.name, b.born FROM person_name n JOIN person p ON p.id = n.person_id "
    "LEFT JOIN person_birth b ON b.person_id = n.person_id WHERE (p.named <> 0 OR n.name <> p.name) AND "
)
"""What stands in for the name of whoever has none is no name, and is like nobody's."""
_NAMES, _NAMES_OF, _NAMES_OF_PLACE = (
    {engine: select + among.format(column) for engine, among in _AMONG.items()}
    for select, column in ((_EACH_BIRTH, "n.id"), (PEOPLE, "n.person_id"), (PLACES, "n.place_id"))
)
_WRITTEN = "SELECT n.id, n.name FROM json_each(?) k CROSS JOIN person_name n ON n.id = k.value"
_OF_EACH = (
    "SELECT p.id, n.id, n.name, CASE WHEN p.born <> '' THEN p.born ELSE coalesce((SELECT b.born FROM person_birth b "
    "WHERE b.person_id = p.id ORDER BY b.id DESC LIMIT 1), '') END, p.name, p.named "
    "FROM person p LEFT JOIN person_name n ON n.person_id = p.id WHERE "
)
_EVERY = {engine: _OF_EACH + among.format("p.id") for engine, among in _AMONG.items()}
_REACHED = (
    "WITH RECURSIVE reach(id) AS (SELECT n.person_id FROM person_name n WHERE n.id = ANY(%s::bigint[]) "
    "UNION SELECT CASE WHEN s.a = r.id THEN s.b ELSE s.a END FROM reach r JOIN same_as s "
    "ON (s.a = r.id OR s.b = r.id) AND s.kind = 'person' WHERE s.verdict = 'same') "
    f"{_OF_EACH} p.id IN (SELECT r.id FROM reach r) ORDER BY n.id"
)
_WORDS = {
    "sqlite": "SELECT w.key, w.word FROM json_each(?) k CROSS JOIN word_key w ON w.key = k.value ORDER BY 1, 2 LIMIT ?",
    "postgresql": "SELECT key, word FROM word_key WHERE key = ANY(%s::text[]) ORDER BY 1, 2 LIMIT %s",
}
_ROW = "SELECT n.key, n.born, n.name_id FROM name_key n WHERE"
_SOME = f"ORDER BY n.key, n.born, n.name_id LIMIT {MOST}"
_FOUND = {
    # The engine takes the tables in this order: the likest keys come first, and a common name ends at the limit.
    "sqlite": (
        "SELECT * FROM (SELECT n.key, n.born, n.name_id FROM json_each(?) k CROSS JOIN name_key n ON n.key = k.value "
        "LIMIT ?) UNION ALL SELECT * FROM (SELECT n.key, n.born, n.name_id FROM json_each(?) k CROSS JOIN name_key n "
        "ON n.key BETWEEN json_extract(k.value, '$[0]') AND json_extract(k.value, '$[1]') LIMIT ?) "
        "UNION ALL SELECT * FROM (SELECT n.key, n.born, n.name_id FROM json_each(?) k CROSS JOIN name_key n "
        "ON n.key = json_extract(k.value, '$[0]') AND n.born BETWEEN json_extract(k.value, '$[1]') "
        "AND json_extract(k.value, '$[2]') LIMIT ?)"
    ),
    "postgresql": (
        "(SELECT n.* FROM unnest(%s::bigint[]) WITH ORDINALITY k(key, nth) CROSS JOIN LATERAL "
        f"({_ROW} n.key = k.key {_SOME}) n ORDER BY k.nth, n.born, n.name_id LIMIT %s) UNION ALL "
        "(SELECT n.* FROM unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY k(low, high, nth) CROSS JOIN LATERAL "
        f"({_ROW} n.key BETWEEN k.low AND k.high {_SOME}) n ORDER BY k.nth, n.key, n.born, n.name_id LIMIT %s) UNION ALL "
        "(SELECT n.* FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) WITH ORDINALITY k(key, low, high, nth) "
        f"CROSS JOIN LATERAL ({_ROW} n.key = k.key AND n.born BETWEEN k.low AND k.high {_SOME}) n "
        "ORDER BY k.nth, n.born, n.name_id LIMIT %s)"
    ),
}
_PLACES_BY = {
    engine: "SELECT f.*, s.shared, s.many FROM (SELECT y.name_id, count(*) AS shared, count(*) OVER () AS many FROM "
    f"{shared} GROUP BY y.name_id ORDER BY count(*) DESC, y.name_id DESC LIMIT {mark}) s JOIN ({PLACES}1 = 1) f "
    "ON f.id = s.name_id ORDER BY f.id"
    for engine, shared, mark in (
        ("sqlite", "json_each(?) k CROSS JOIN place_key y ON y.key = k.value", "?"),
        # Key by key, so that the server keeps its plan: to make it takes longer than to run it.
        (
            "postgresql",
            "unnest(%s::bigint[]) k(key) CROSS JOIN LATERAL (SELECT name_id FROM place_key WHERE key = k.key OFFSET 0) y",
            "%s",
        ),
    )
}


async def words_like(connection: Connection, keys: Collection[str]) -> tuple[dict[str, list[str]], bool]:
    """The distinct words of names by each of these keys that they have; and whether these are all."""
    found: dict[str, list[str]] = {}
    wanted = sorted(keys)
    given = json.dumps(wanted) if connection.dialect.name == "sqlite" else wanted
    rows = await beside.ask(connection, _WORDS[connection.dialect.name], (given, MOST_WORDS))
    for key, words in rows:
        found.setdefault(key, []).extend(words.split())
    return found, len(rows) < MOST_WORDS


async def found_by(
    connection: Connection,
    keys: Sequence[int],
    spans: Sequence[tuple[int, int]],
    dated: Sequence[tuple[int, int, int]],
    most_of_spans: int = MOST,
) -> tuple[Sequence[tuple[int, int, int]], bool]:
    """Key, date of birth and name of whoever has one of these keys, one in these stretches, or one with such a date.

    And whether these are all.
    """
    if connection.dialect.name == "sqlite":
        values: tuple[Any, ...] = (
            _json(keys),
            MOST,
            _json(spans),
            most_of_spans,
            _json(dated),
            MOST,
        )
    else:
        low, high = _columns(spans, 2)
        key, since, until = _columns(dated, 3)
        values = (plainly.array(keys), MOST, low, high, most_of_spans, key, since, until, MOST)
    rows = await beside.ask(connection, _FOUND[connection.dialect.name], values)
    return rows, len(rows) < MOST


async def found_widely(
    connection: Connection, spans: Sequence[tuple[int, int]], dated: Sequence[tuple[int, int, int]]
) -> tuple[Sequence[tuple[int, int, int]], bool]:
    """Key, date of birth and name of some with a key in each of these stretches, and of those with such a date.

    And whether these are all of that date; of a stretch they are the first in the order of its keys.
    """
    if not (spans or dated):
        return (), True
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    values = [value for span in spans for value in (*span, EACH)]
    values += [value for one in dated for value in (*one, OF_A_DAY)]
    rows = await beside.ask(connection, _widely(len(spans), len(dated), mark), tuple(values))
    return rows, sum(key == row[0] for row in rows for key, *_ in dated) < OF_A_DAY


@cache
def _widely(spans: int, dated: int, mark: str) -> str:
    """Each stretch by itself, so that a common word leaves room for a rare one."""
    wheres = [f"n.key BETWEEN {mark} AND {mark}"] * spans
    wheres += [f"n.key = {mark} AND n.born BETWEEN {mark} AND {mark}"] * dated
    parts = (f"{_ROW} {where} ORDER BY n.key, n.born, n.name_id LIMIT {mark}" for where in wheres)
    return " UNION ALL ".join(f"SELECT * FROM ({part}) AS n{n}" for n, part in enumerate(parts))


async def names_by_id(connection: Connection, ids: Sequence[int]) -> list[NameRow]:
    """These names of people, each once with every date of birth that was told, the one on record first.

    What stands for the name of somebody unnamed is none of them.
    """
    if not ids:
        return []
    given = plainly.listed(connection, ids)
    found: dict[NameRow, None] = {}
    for name_id, person, name, born, called, told in await beside.ask(
        connection, _NAMES[connection.dialect.name], (given,)
    ):
        if born or not told:
            found[NameRow(name_id, person, name, born, called)] = None
        if told:
            found[NameRow(name_id, person, name, told, called)] = None
    return list(found)


async def names_written(connection: Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    """These names of people, in a file, and nothing else of them."""
    rows = await beside.ask(connection, _WRITTEN, (plainly.listed(connection, ids),)) if ids else ()
    return [(row[0], row[1]) for row in rows]


async def every_name(connection: Connection, people: Collection[int]) -> dict[int, list[NameRow]]:
    """Every name of each of these people, the oldest first, and whether it is a name. One statement."""
    statement = _EVERY[connection.dialect.name]
    return _by_person(await beside.ask(connection, statement, (plainly.listed(connection, people),)))


async def every_name_reached(connection: Connection, names: Collection[int]) -> dict[int, list[NameRow]]:
    """The same of whoever bears these names, or is judged to be one with them. One statement, of a shared database."""
    return _by_person(await beside.ask(connection, _REACHED, (plainly.array(names),)))


def _by_person(rows: Sequence[Any]) -> dict[int, list[NameRow]]:
    found: dict[int, list[NameRow]] = {}
    for person, name_id, name, born, called, named in rows:
        of = found.setdefault(person, [])
        if name_id is not None:
            of.append(NameRow(name_id, person, name, born, called, bool(named)))
    return found


def names_of(connection: Connection, people: Collection[int]) -> list[NameRow]:
    """Every name of these people."""
    return _named(connection, _NAMES_OF, people)


def names_of_place(connection: Connection, records: Collection[int]) -> list[NameRow]:
    """Every way in which a place is called or addressed, under any of these records."""
    return _named(connection, _NAMES_OF_PLACE, records)


def _named(connection: Connection, statements: Mapping[str, str], ids: Collection[int]) -> list[NameRow]:
    given = plainly.listed(connection, ids)
    rows = plainly.fetched(connection, statements[connection.dialect.name], (given,)) if ids else ()
    return [NameRow(*row) for row in rows]


async def places_by(
    connection: Connection, keys: Collection[int], most: int = 0, words: frozenset[str] = frozenset()
) -> tuple[list[NameRow], bool]:
    """The names of places that share most of these keys, and of those most words; and whether these are all.

    An address is given with its postcode.
    """
    most = most or MOST_PLACES
    given = (plainly.listed(connection, sorted(keys)), max(most, LOOKED_AT) if words else most)
    rows = await beside.ask(connection, _PLACES_BY[connection.dialect.name], given)
    complete = not rows or rows[0][-1] <= most
    if len(rows) > most:
        rows = sorted(rows, key=lambda r: r[-2] + _shared_words(r[2], words), reverse=True)[:most]
    return [NameRow(*row[:-2]) for row in rows], complete


def _shared_words(name: str, words: frozenset[str]) -> int:
    """How many of these words a name has, or has one that begins so: roughly, as hundreds of names are asked."""
    spaced = f" {name.casefold()}"
    return sum(f" {word}" in spaced for word in words)


def _json(rows: Sequence[int] | Sequence[tuple[int, ...]]) -> str:
    # As Python writes them, in a third of the time of what writes JSON of anything.
    return str(list(rows)).replace("(", "[").replace(")", "]")


def _columns(rows: Sequence[tuple[int, ...]], many: int) -> list[str]:
    return [plainly.array(row[n] for row in rows) for n in range(many)]
