"""What is shown of the records that one search found: a statement a group, whatever is on record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from callhandler.model.search import Span
from callhandler.model.when import to_micros
from callhandler.store import beside
from callhandler.store.pictures.reader import Reader

SHOWN = 20
"""So many of a group are shown."""


class PersonRow(NamedTuple):
    """A person found: what she is called, in how many incidents (up to 100), and her other records' names.

    `borns` are all dates of birth told of her, the one on record first, the newest told of the others next.
    """

    id: int
    name: str
    borns: tuple[str, ...]
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
    """These people, each with the records that are read as one with hers. Two statements; one more where there are such."""
    ids = [each for of in records.values() for each in of]
    every, told, met = await beside.together(
        _people(read, ids),
        _births_of(read, ids),
        _incidents_of(read, [each for of in records.values() if len(of) > 1 for each in of]),
    )
    rows = {row[0]: (*row[:2], _each((row[2], *told.get(row[0], ()))), *row[3:]) for row in every}
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


async def _births_of(read: Reader, people: Collection[int]) -> dict[int, list[str]]:
    """What was told since of the birth of each, the newest first."""
    found: dict[int, list[str]] = {}
    sql = "SELECT b.person_id, b.born FROM person_birth b WHERE b.person_id IN :ids AND {known:b} ORDER BY b.id DESC"
    for person_id, born in await _asked(read, sql, ids=people):
        found.setdefault(person_id, []).append(born)
    return found


def _each(borns: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(born for born in borns if born))


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
    borns = _each(born for row in rows for born in row[2])
    many = max(row[3] for row in rows)
    incidents = many if many >= 100 else min(100, len(set().union(*(met.get(row[0], set()) for row in rows))))
    return PersonRow(one, named[0][1], borns, incidents, tuple(dict.fromkeys(row[1] for row in named[1:])))


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


async def _asked(read: Reader, sql: str, **given: int | Collection[int]) -> Sequence[Any]:
    """The rows of these records; nothing is asked where there are none."""
    none = any(not isinstance(ids, int) and not ids for ids in given.values())
    return [] if none else await read.ask(sql, **given)
