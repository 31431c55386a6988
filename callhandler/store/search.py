"""Reading for one search: a fixed number of statements a group, each bounded, whatever is on record and is asked.

What is found by words is taken newest first and no further than `COUNTED`; that there is more is said, not how many.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from callhandler.model.search import Span, Term, Terms
from callhandler.model.when import to_micros
from callhandler.store import beside
from callhandler.store.pictures.reader import Reader
from callhandler.store.words import NAMES, NUMBERS, PLACES, REFERENCES, TEXTS, VEHICLES, Index

COUNTED = 200
"""So many of a group are counted; beyond them it is said that there are more."""
SHOWN = 20
TYPES = 3
"""So many types of incident at most are meant by words."""
NEAR, MID, FAR = 2_000, 20_000, 100_000
"""So many of the newest rows are looked at for words one by one, and so many where they are common among those."""
DEARER = 6
"""A row that an index names takes as long as so many in their order: 5 and 0.2 to 1 µs."""


class PersonRow(NamedTuple):
    """A person found: what she is called, when born, in how many incidents (up to 100), and her other records' names."""

    id: int
    name: str
    born: str
    incidents: int
    also: tuple[str, ...] = ()


class PlaceRow(NamedTuple):
    """A place found."""

    id: int
    label: str
    address: str
    postcode: str
    incidents: int


class NumberRow(NamedTuple):
    """A number found, and one of its users (empty, and 0, when nobody is known to use it)."""

    id: int
    e164: str
    user: str
    person_id: int


class VehicleRow(NamedTuple):
    """A vehicle found, and whose it is."""

    id: int
    registration: str
    description: str
    person_id: int
    person: str


class IncidentRow(NamedTuple):
    """An incident found: its newest type, when and where, what is said of it, and into which it is merged."""

    id: int
    reference: str
    type: str
    happened_at: int
    precision: str
    summary: str
    outcome: str
    place_id: int | None
    place: str
    live: int
    into: str


class TextRow(NamedTuple):
    """Words found: in which record, what kind, in which incident or of which person, by whom, when, and if taken back."""

    id: int
    kind: str
    incident_id: int | None
    person_id: int | None
    reference: str
    line: str
    author: str
    at: int
    precision: str
    taken_back: int


async def matched(
    connection: Connection, index: Index, asked: Sequence[Terms], most: int = COUNTED + 1
) -> list[int]:
    """The newest rows whose words fit one of these alternatives, all terms of it. One statement; none for nothing asked."""
    return (await _matched(connection, index, asked, most, most)).ids


class Matched(NamedTuple):
    """The newest rows with some words; `cut` where older ones were not looked for, though not as many were found."""

    ids: list[int]
    cut: bool = False


async def _matched(
    connection: Connection, index: Index, asked: Sequence[Terms], most: int, enough: int
) -> Matched:
    """`enough`: so many will do where words stand side by side and all that have them would have to be read."""
    fit = [terms for terms in asked if terms]
    if not fit:
        return Matched([])
    if connection.dialect.name == "sqlite":
        spelt = " OR ".join(f"({_fts(t)})" for t in fit)
        statement = f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH ? ORDER BY rowid DESC LIMIT ?"
        return Matched([row[0] for row in await beside.ask(connection, statement, (spelt, most))])
    given: dict[str, Any] = {"most": most, "enough": min(most, enough)}
    for name, beside_each_other in (("asked", "<->"), ("loose", "&")):
        given[name] = " | ".join(f"({_ts(t, beside_each_other)})" for t in fit)
    statement = _newest_with(index.name, given["asked"] != given["loose"], (NEAR, MID, FAR))
    rows = await beside.ask(connection, statement, given)
    return Matched([row[0] for row in rows], any(row[1] for row in rows))


@cache
def _newest_with(name: str, phrase: bool, stages: tuple[int, int, int]) -> str:
    """PostgreSQL's statement for the newest rows with words; its index of words knows no order, and no places of words.

    Common words are met by going back from the newest, rare ones by the index, which reads every row that has them all,
    side by side or not. How common they are is seen from the newest few, not left to the planner: it does not know words
    that stand together, nor any that are in one row each, and then goes back through all there is.
    """
    nearest, middle, farthest = stages
    met = "x.words @@ (SELECT q FROM asked) LIMIT %(most)s"
    back = f"SELECT x.id FROM (SELECT id, words FROM {name} ORDER BY id DESC LIMIT {{}}) x WHERE"
    near, mid, far = (f"(SELECT count(*) FROM {each})" for each in ("near", "mid", "far"))
    held = "(SELECT count(*) FROM held)" if phrase else near
    holding = (
        f"held AS MATERIALIZED ({back.format(nearest)} x.words @@ (SELECT l FROM asked)), " if phrase else ""
    )
    rows = f"(SELECT reltuples FROM pg_class WHERE oid = '{name}'::regclass)"
    worth = f"{near} < %(most)s AND {DEARER / nearest} * {held} * {rows} >= {{}}"
    return (
        "WITH asked AS MATERIALIZED (SELECT CAST(%(asked)s AS tsquery) AS q, CAST(%(loose)s AS tsquery) AS l), "
        f"near AS MATERIALIZED ({back.format(nearest)} {met}), {holding}"
        f"mid AS MATERIALIZED ({back.format(middle)} {worth.format(middle)} AND {met}), "
        f"far AS MATERIALIZED ({back.format(farthest)} {worth.format(farthest)} AND {mid} < %(enough)s "
        f"AND {farthest // middle} * {mid} >= %(most)s AND {met}), "
        f"here AS MATERIALIZED (SELECT CASE WHEN {near} >= %(most)s THEN 1 "
        f"WHEN {worth.format(middle)} AND {mid} >= %(enough)s THEN 2 WHEN {far} >= %(most)s THEN 3 ELSE 4 END AS stage) "
        "SELECT id, false AS cut FROM near WHERE (SELECT stage FROM here) = 1 UNION ALL "
        f"SELECT id, {mid} < %(most)s FROM mid WHERE (SELECT stage FROM here) = 2 UNION ALL "
        "SELECT id, false FROM far WHERE (SELECT stage FROM here) = 3 UNION ALL "
        f"(SELECT y.id, false FROM (SELECT id FROM {name} WHERE words @@ (SELECT q FROM asked) OFFSET 0) y "
        "WHERE (SELECT stage FROM here) = 4 ORDER BY y.id DESC LIMIT %(most)s)"
    )


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
        most=COUNTED + 1,
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
    given: dict[str, Any] = {"most": COUNTED + 1}
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
    given: dict[str, Any] = {"most": COUNTED + 1}
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


async def names_of(read: Reader, people: Collection[int]) -> dict[int, list[str]]:
    """Every name of these people, in the order in which they were given."""
    found: dict[int, list[str]] = {}
    rows = await _asked(
        read,
        "SELECT n.person_id, n.name FROM person_name n WHERE n.person_id IN :people AND {known:n} ORDER BY n.id",
        people=people,
    )
    for person_id, name in rows:
        found.setdefault(person_id, []).append(name)
    return found


async def people(read: Reader, records: Mapping[int, Collection[int]]) -> dict[int, PersonRow]:
    """These people, each with the records that are read as one with hers. One statement; one more where there are such."""
    every, met = await beside.together(
        _people(read, [each for of in records.values() for each in of]),
        _incidents_of(read, [each for of in records.values() if len(of) > 1 for each in of]),
    )
    rows = {row[0]: row for row in every}
    several = {one: [rows[i] for i in of if i in rows] for one, of in records.items() if len(of) > 1}
    whole = {one: _as_one(one, of, met) for one, of in several.items() if of}
    return {one: PersonRow(one, *rows[one][1:4]) for one in records if one in rows} | whole


async def _people(read: Reader, people: Collection[int]) -> Sequence[Any]:
    return await _asked(
        read,
        "SELECT p.id, p.name, p.born, (SELECT count(*) FROM (SELECT 1 FROM party q WHERE q.person_id = p.id "
        "AND {known:q} LIMIT 100) AS c), p.named FROM person p WHERE p.id IN :ids AND {known:p} ORDER BY p.id",
        ids=people,
    )


async def _incidents_of(read: Reader, people: Collection[int]) -> dict[int, set[int]]:
    """The incidents of each, of a hundred at most."""
    if not people:
        return {}
    found: dict[int, set[int]] = {}
    sql = (
        "SELECT q.person_id, q.incident_id FROM {each:people} p, {taken}SELECT r.id FROM party r "
        "WHERE r.person_id = p.value AND {known:r} LIMIT 100{as n} JOIN party q ON q.id = n.value"
    )
    for person_id, incident_id in await read.ask(sql, people=people):
        found.setdefault(person_id, set()).add(incident_id)
    return found


def _as_one(one: int, rows: Sequence[Any], met: Mapping[int, set[int]]) -> PersonRow:
    """Several records as one person, called as the oldest that has a name; an incident in which two of them are is one."""
    named = [row for row in rows if row[4]] or rows
    born = next((row[2] for row in rows if row[2]), "")
    many = max(row[3] for row in rows)
    incidents = many if many >= 100 else min(100, len(set().union(*(met.get(row[0], set()) for row in rows))))
    return PersonRow(one, named[0][1], born, incidents, tuple(dict.fromkeys(row[1] for row in named[1:])))


async def places(read: Reader, ids: Collection[int]) -> dict[int, PlaceRow]:
    """These places."""
    rows = await _asked(
        read,
        "SELECT p.id, p.label, p.address, p.postcode, (SELECT count(*) FROM (SELECT 1 FROM incident i "
        "WHERE i.place_id = p.id AND {known:i} LIMIT 100) AS c) FROM place p WHERE p.id IN :ids AND {known:p}",
        ids=ids,
    )
    return {row[0]: PlaceRow(*row) for row in rows}


async def numbers(read: Reader, ids: Collection[int]) -> list[NumberRow]:
    """These numbers, one row for each person who used one."""
    rows = await _asked(
        read,
        "SELECT n.id, n.e164, coalesce(p.name, ''), coalesce(p.id, 0) FROM number n "
        "LEFT JOIN number_tie t ON t.number_id = n.id AND {known:t} "
        "LEFT JOIN person p ON p.id = t.person_id WHERE n.id IN :ids AND {known:n} "
        "ORDER BY n.id, t.id LIMIT 400",
        ids=ids,
    )
    return [NumberRow(*row) for row in rows]


async def vehicles(read: Reader, ids: Collection[int]) -> dict[int, VehicleRow]:
    """These vehicles."""
    rows = await _asked(
        read,
        "SELECT v.id, v.registration, v.description, v.person_id, p.name FROM vehicle v JOIN person p "
        "ON p.id = v.person_id WHERE v.id IN :ids AND {known:v}",
        ids=ids,
    )
    return {row[0]: VehicleRow(*row) for row in rows}


async def incidents(read: Reader, ids: Collection[int]) -> dict[int, IncidentRow]:
    """These incidents."""
    rows = await _asked(
        read,
        "SELECT i.id, i.reference, coalesce((SELECT t.type FROM incident_type t WHERE t.incident_id = i.id AND {known:t} "
        "ORDER BY t.id DESC LIMIT 1), i.type), i.happened_at, i.happened_precision, i.summary, i.outcome, i.place_id, "
        "coalesce(p.label, ''), i.live, coalesce((SELECT CASE WHEN m.verdict = 'same' THEN o.reference ELSE '' END "
        "FROM incident_merge m JOIN incident o ON o.id = m.into_id WHERE m.incident_id = i.id AND {known:m} "
        "ORDER BY m.id DESC LIMIT 1), '') FROM incident i LEFT JOIN place p ON p.id = i.place_id "
        "WHERE i.id IN :ids AND {known:i}",
        ids=ids,
    )
    return {row[0]: IncidentRow(*row) for row in rows}


_OF_ORDER = (
    "coalesce(x.incident_id, o.incident_id)",
    "coalesce(o.protected_id, o.respondent_id)",
)
_NOBODY = "CAST(NULL AS BIGINT)"
_TAKEN_BACK = "(SELECT count(*) FROM retraction r WHERE r.disclosure_id = x.id AND {known:r})"
_SAID = "x.summary || '\n' || x.outcome || '\n' || x.undone"
_TEXTS = (
    ("log", "x.incident_id", _NOBODY, "x.text", "x.author", "x.happened_at", "'minute'", "0", "log_entry x"),
    ("incident", "x.id", _NOBODY, _SAID, "''", "x.happened_at", "x.happened_precision", "0", "incident x"),
    (
        "disclosure", "x.incident_id", _NOBODY, "x.words", "x.teller", "x.happened_at", "x.happened_precision",
        _TAKEN_BACK, "disclosure x",
    ),
    ("answer", "x.incident_id", _NOBODY, "x.words", "x.author", "x.known_at", "'minute'", "0", "answer x"),
    (
        "order", *_OF_ORDER, "x.words", "x.said_by", "x.known_at", "'minute'", "0",
        "order_fact x JOIN civil_order o ON o.id = x.order_id",
    ),
    (
        "order", *_OF_ORDER, "x.text", "x.said_by", "x.known_at", "'minute'", "0",
        "order_term x JOIN civil_order o ON o.id = x.order_id",
    ),
)  # fmt: skip
"""Each kind of text: its incident, its person, its words, whose they are, when, how exactly, if taken back, where."""


async def texts(read: Reader, ids: Collection[int], span: Span | None = None) -> list[TextRow]:
    """The words of these records, in a span of time where one is named. One statement."""
    parts = [
        f"SELECT x.id AS id, '{kind}' AS kind, {incident} AS incident_id, {person} AS person_id, {line} AS line, "
        f"{author} AS author, {at} AS at, {precision} AS precision, {back} AS taken_back FROM {where} "
        "WHERE x.id IN :ids AND {known:x}"
        for kind, incident, person, line, author, at, precision, back, where in _TEXTS
    ]
    within = "" if span is None else " WHERE y.at >= :since AND y.at < :until"
    given = {} if span is None else {"since": to_micros(span.since), "until": to_micros(span.until)}
    rows = await _asked(
        read,
        "SELECT y.id, y.kind, y.incident_id, y.person_id, coalesce(n.reference, ''), y.line, y.author, y.at, "
        f"y.precision, y.taken_back FROM ({' UNION ALL '.join(parts)}) y "
        f"LEFT JOIN incident n ON n.id = y.incident_id{within}",
        ids=ids,
        **given,
    )
    return [TextRow(*row) for row in rows]


async def matched_texts(connection: Connection, terms: Terms, most: int, enough: int = 0) -> Matched:
    """The newest records of the log, of summaries and of what was told that hold all of these: with the words whole first.

    Where whole words give enough, what only begins so is not asked for: SQLite puts all of that together before the first.
    A shared database is asked for both at the same time. `enough` for words side by side (as many where it is 0).
    """
    enough = enough or most
    exact = tuple(Term(t.words) for t in terms)
    whole = _matched(connection, TEXTS, [exact], most, enough)
    begun = _matched(connection, TEXTS, [terms] if exact != terms else [], most, enough)
    if connection.dialect.name == "sqlite":
        first = await whole
        if len(first.ids) >= most:
            begun.close()
            return first
        second = await begun
    else:
        first, second = await beside.together(whole, begun)
    ids = list(dict.fromkeys((*first.ids, *second.ids)))[:most]
    return Matched(ids, first.cut or second.cut)


async def _asked(read: Reader, sql: str, **given: int | Collection[int]) -> Sequence[Any]:
    """The rows of these records; nothing is asked where there are none."""
    none = any(not isinstance(ids, int) and not ids for ids in given.values())
    return [] if none else await read.ask(sql, **given)


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


def _fts(terms: Terms) -> str:
    return " AND ".join(f'"{" ".join(t.words)}"{" *" if t.begins else ""}' for t in terms)


def _ts(terms: Terms, side_by_side: str) -> str:
    return " & ".join(f"({f' {side_by_side} '.join(t.words)}{':*' if t.begins else ''})" for t in terms)
