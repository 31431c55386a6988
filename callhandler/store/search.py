"""Which records one search means: by their words, a number, a postcode, a time. All are bounded."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from callhandler.model.search import Span, Term, Terms
from callhandler.model.when import to_micros
from callhandler.store import beside, search_words
from callhandler.store.pictures.reader import Reader
from callhandler.store.search_words import matched
from callhandler.store.words import NAMES, NUMBERS, PLACES, REFERENCES, VEHICLES

TYPES = 3
"""So many types of incident at most are meant by words."""


async def names_matched(connection: Connection, terms: Terms) -> list[int]:
    """The newest names of people of all these words or their beginnings."""
    return await matched(connection, NAMES, [terms])


async def people_of(read: Reader, names: list[int]) -> list[int]:
    """Whose names these are, the newest first; each once."""
    return await _of(read, "person_name", "person_id", names)


async def places_named(connection: Connection, read: Reader, terms: Terms) -> list[int]:
    """Places with a name or address of all these words or their beginnings; each once."""
    return await _of(read, "place_name", "place_id", await matched(connection, PLACES, [terms]))


async def places_at(read: Reader, postcode: str) -> list[int]:
    """The newest places with a postcode, whichever way it was written down. One statement."""
    if not postcode:
        return []
    forms = {postcode, postcode.replace(" ", "")}
    given = dict(zip("abcd", sorted(forms | {f.lower() for f in forms}), strict=True))
    rows = await read.ask(
        "SELECT id FROM place WHERE postcode IN (:a, :b, :c, :d) ORDER BY id DESC LIMIT :most",
        **given,
        most=search_words.COUNTED + 1,
    )
    return [row[0] for row in rows]


async def numbers_by(connection: Connection, read: Reader, begin: Iterable[str], end: str) -> list[int]:
    """Numbers that begin so (E.164), then those that end so (digits turned round). Two statements."""
    ends = [(Term((end,), True),)] if end else []
    begun, ended = await beside.together(
        _numbers_begun(read, list(dict.fromkeys(begin))), matched(connection, NUMBERS, ends)
    )
    return list(dict.fromkeys((*begun, *ended)))


async def _numbers_begun(read: Reader, begins: list[str]) -> list[int]:
    if not begins:
        return []
    part = (
        "SELECT id FROM (SELECT id FROM number WHERE e164 >= :a{n} AND e164 < :b{n} "
        "ORDER BY e164 LIMIT :most) AS n{n}"
    )
    given: dict[str, Any] = {"most": search_words.COUNTED + 1}
    for n, start in enumerate(begins):
        given |= {f"a{n}": start, f"b{n}": _after(start)}
    statement = " UNION ALL ".join(part.replace("{n}", str(n)) for n in range(len(begins)))
    return [row[0] for row in await read.ask(statement, **given)]


async def vehicles_by(connection: Connection, asked: Sequence[Terms]) -> list[int]:
    """Vehicles by registration, a part of it, or the words of their description."""
    return await matched(connection, VEHICLES, asked)


async def incidents_by_reference(connection: Connection, terms: Terms) -> list[int]:
    """Incidents by the words of their reference."""
    return await matched(connection, REFERENCES, [terms])


async def incidents_when(read: Reader, types: Sequence[str], span: Span | None) -> list[int]:
    """The newest incidents of these types (all where none is named), in a span of time where one is. One statement."""
    if not types and span is None:
        return []
    # Were it written out how many, the server might keep one plan for every type, and read all there is for a rare one.
    given: dict[str, Any] = {"most": search_words.COUNTED + 1}
    within = ""
    if span is not None:
        within = " AND {t}.happened_at >= :since AND {t}.happened_at < :until"
        given |= {"since": to_micros(span.since), "until": to_micros(span.until)}
    parts = []
    for n, name in enumerate(types[:TYPES]):
        given[f"t{n}"] = name
        parts.append(
            f"SELECT id, happened_at FROM (SELECT i.id, i.happened_at FROM incident i WHERE i.type = :t{n}"
            f"{within.format(t='i')} ORDER BY i.happened_at DESC LIMIT :most) AS i{n}"
        )
        # What was given this type later; those that lost it are told by their newest type.
        parts.append(
            f"SELECT id, happened_at FROM (SELECT i.id, i.happened_at FROM incident_type t JOIN incident i "
            f"ON i.id = t.incident_id WHERE t.type = :t{n}{within.format(t='i')} ORDER BY t.id DESC LIMIT :most) AS r{n}"
        )
    if not parts:
        parts.append(
            "SELECT id, happened_at FROM (SELECT i.id, i.happened_at FROM incident i WHERE i.id > 0"
            f"{within.format(t='i')} ORDER BY i.happened_at DESC LIMIT :most) AS i0"
        )
    rows = await read.ask(" UNION ".join(parts) + " ORDER BY 2 DESC, 1 DESC LIMIT :most", **given)
    return [row[0] for row in rows]


async def _of(read: Reader, table: str, column: str, ids: list[int]) -> list[int]:
    if not ids:
        return []
    rows = await read.ask(
        f"SELECT n.{column} FROM {table} n WHERE n.id IN :ids AND {{known:n}} ORDER BY n.id DESC", ids=ids
    )
    return list(dict.fromkeys(row[0] for row in rows))


def _after(start: str) -> str:
    """The first text after all that begin so; digits come before the letter in every order."""
    digits = start.removeprefix("+")
    more = str(int(digits) + 1)
    return f"+{more.zfill(len(digits))}" if len(more) <= len(digits) else "+A"
