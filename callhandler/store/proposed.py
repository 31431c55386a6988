"""What is proposed and not judged, a part at a time, the strongest first; what was judged of it; counts of a history."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, text

from callhandler.model.birth import born_in_words
from callhandler.model.order import END_FACTS
from callhandler.model.people import Role
from callhandler.model.proposed import STRONG, JudgedPair, Proposed, Tally, Together, Which
from callhandler.model.sameness import Sameness
from callhandler.model.when import When, from_micros
from callhandler.store.open_now import OPEN_NOW
from callhandler.store.pictures.reader import PRECISION, Reader, by_value

BETWEEN = "; "
"""Stands between the reasons of a proposal; no reason holds it."""
_MILLION = 1_000_000
_VERDICT, _ROLE = by_value(Sameness), by_value(Role)

_OF_A_RUN = "EXISTS (SELECT 1 FROM link_run r WHERE r.uuid = s.run)"
_STANDS = (
    "j.kind = 'person' AND j.verdict <> 'withdrawn' AND j.id = "
    "(SELECT max(k.id) FROM same_as k WHERE k.kind = 'person' AND k.a = j.a AND k.b = j.b)"
)
_OPEN = (
    "COALESCE((SELECT k.verdict FROM same_as k WHERE k.kind = 'person' AND k.a = s.a AND k.b = s.b "
    "ORDER BY k.id DESC LIMIT 1), 'withdrawn') = 'withdrawn'"
)
"""Nobody has judged the pair, or the judgement was taken back."""
_JUDGED = f"same_as j CROSS JOIN same_as_proposal s {{people}} WHERE s.a = j.a AND s.b = j.b AND {_STANDS}"
"""From the judgements outwards, of which there are few: SQLite keeps to the order of a cross join."""
_COLUMNS = (
    "s.a, s.b, x.name AS a_name, x.born AS a_born, y.name AS b_name, y.born AS b_born, s.likely, s.agree, s.differ, "
    "(SELECT r.known_at FROM link_run r WHERE r.uuid = s.run) AS known_at"
)
_PEOPLE = "JOIN person x ON x.id = s.a JOIN person y ON y.id = s.b"
_IN_OPEN = f"SELECT p.person_id FROM incident n JOIN party p ON p.incident_id = n.id WHERE {OPEN_NOW}"
_ENDED = ", ".join(f"'{fact.value}'" for fact in sorted(END_FACTS))
_WITH_ORDER = " UNION ".join(
    f"SELECT o.{whose} FROM civil_order o WHERE o.{whose} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM order_fact f "
    f"WHERE f.order_id = o.id AND f.verified = 1 AND f.kind IN ({_ENDED}))"
    for whose in ("protected_id", "respondent_id")
)
_WHICH = {
    Which.ALL: "1 = 1",
    Which.STRONG: f"s.likely >= {round(STRONG * _MILLION)}",
    Which.WEAKER: f"s.likely < {round(STRONG * _MILLION)}",
    Which.OPEN: "(s.a IN (SELECT id FROM wanted) OR s.b IN (SELECT id FROM wanted))",
    Which.ORDER: "(s.a IN (SELECT id FROM wanted) OR s.b IN (SELECT id FROM wanted))",
}
_WANTED = {
    Which.OPEN: f"WITH wanted(id) AS MATERIALIZED ({_IN_OPEN}) ",
    Which.ORDER: f"WITH wanted(id) AS MATERIALIZED ({_WITH_ORDER}) ",
}
"""Who is looked for: gathered once a statement."""


def listed(
    connection: Connection,
    most: int,
    which: Which = Which.ALL,
    after: Proposed | None = None,
    person_id: int | None = None,
) -> list[Proposed]:
    """Proposals of finished runs that nobody has judged, the strongest first; those that follow upon one, or of one person.

    One statement, however many there are.
    """
    where, values = [_OPEN, _OF_A_RUN, _WHICH[which]], {"most": most}
    if after is not None:
        where.append("(s.likely, s.a, s.b) < (:likely, :a, :b)")
        values |= {"likely": round(after.likely * _MILLION), "a": after.a, "b": after.b}
    if person_id is not None:
        where.append("(s.a = :person OR s.b = :person)")
        values["person"] = person_id
    statement = (
        f"{_WANTED.get(which, '')}SELECT {_COLUMNS} FROM same_as_proposal s {_PEOPLE} WHERE {' AND '.join(where)} "
        "ORDER BY s.likely DESC, s.a DESC, s.b DESC LIMIT :most"
    )
    return _each_once(connection.execute(text(statement), values).all())


def one(connection: Connection, a: int, b: int) -> Proposed | None:
    """What a finished run proposed of two records, judged or not."""
    statement = (
        f"SELECT {_COLUMNS} FROM same_as_proposal s {_PEOPLE} WHERE s.a = :a AND s.b = :b AND {_OF_A_RUN} "
        "ORDER BY s.likely DESC LIMIT 1"
    )
    found = _each_once(connection.execute(text(statement), {"a": a, "b": b}).all())
    return found[0] if found else None


def count(connection: Connection, which: Which = Which.ALL) -> int:
    """How many proposals of finished runs nobody has judged: all of them, less those of a judged pair."""
    every = f"SELECT count(*) FROM same_as_proposal s WHERE {_OF_A_RUN} AND {_WHICH[which]}"
    judged = f"SELECT count(*) FROM {_JUDGED.format(people='')} AND {_OF_A_RUN} AND {_WHICH[which]}"
    return int(
        connection.execute(text(f"{_WANTED.get(which, '')}SELECT ({every}) - ({judged})")).scalar_one()
    )


def runs(connection: Connection) -> int:
    """How many runs of bulk linking were finished."""
    return int(connection.execute(text("SELECT count(*) FROM link_run")).scalar_one())


def judged(connection: Connection, most: int, pair: tuple[int, int] | None = None) -> list[JudgedPair]:
    """The proposed pairs that were judged, the newest judgement first; or what stands of one pair."""
    of = " AND j.a = :a AND j.b = :b" if pair else ""
    values = {"most": most} | (dict(zip("ab", pair, strict=True)) if pair else {})
    statement = (
        f"SELECT {_COLUMNS}, j.id, j.verdict, j.author, j.known_at AS at, j.reason "
        f"FROM {_JUDGED.format(people=_PEOPLE)} AND {_OF_A_RUN}{of} "
        "ORDER BY j.id DESC LIMIT :most"
    )
    found = {
        r.id: JudgedPair(_proposed(r), r.id, _VERDICT[r.verdict], r.author, from_micros(r.at), r.reason)
        for r in connection.execute(text(statement), values)
    }
    return list(found.values())


def count_judged(connection: Connection) -> int:
    """How many proposed pairs were judged."""
    statement = f"SELECT count(DISTINCT j.id) FROM {_JUDGED.format(people='')} AND {_OF_A_RUN}"
    return int(connection.execute(text(statement)).scalar_one())


def in_open(connection: Connection) -> frozenset[int]:
    """Everybody who has a part in an incident that is open."""
    return frozenset(connection.execute(text(_IN_OPEN)).scalars())


def with_order(read: Reader, people: Collection[int]) -> frozenset[int]:
    """Who of these is protected or bound by an order of which no end is verified."""
    rows = read.rows(
        "SELECT o.protected_id, o.respondent_id FROM civil_order o WHERE (o.protected_id IN :people OR o.respondent_id "
        "IN :people) AND {known:o} AND NOT EXISTS (SELECT 1 FROM order_fact f WHERE f.order_id = o.id "
        f"AND f.verified = 1 AND f.kind IN ({_ENDED}))",
        people=people,
    )
    return frozenset(person for row in rows for person in row if person is not None)


def tally(read: Reader, records: Collection[int]) -> Tally:
    """In how many incidents these records of one person have a part, in which parts, and from when to when."""
    rows = read.rows(
        "SELECT p.role, p.incident_id, i.happened_at, i.happened_precision FROM party p JOIN incident i "
        "ON i.id = p.incident_id WHERE p.person_id IN :people AND {known:p} AND {known:i}",
        people=records,
    )
    every = {incident: (at, precision) for _, incident, at, precision in rows}
    if not every:
        return Tally(0)
    parts: dict[Role, set[int]] = {}
    for role, incident, _, _ in rows:
        parts.setdefault(_ROLE[role], set()).add(incident)
    spans = sorted(every.values())
    first, last = (When(from_micros(at), PRECISION[precision]) for at, precision in (spans[0], spans[-1]))
    by_part = sorted(((role, len(ids)) for role, ids in parts.items()), key=lambda part: -part[1])
    return Tally(len(every), first, last, tuple(by_part))


def together(read: Reader, a: Collection[int], b: Collection[int]) -> tuple[Together, ...]:
    """The incidents in which both have a part, newest first."""
    rows = read.rows(
        "SELECT i.id, i.reference, i.happened_at, i.happened_precision, p.role, q.role FROM party p JOIN party q "
        "ON q.incident_id = p.incident_id JOIN incident i ON i.id = p.incident_id WHERE p.person_id IN :one "
        "AND q.person_id IN :other AND {known:p} AND {known:q} AND {known:i} "
        "ORDER BY i.happened_at DESC, i.id DESC, p.id, q.id",
        one=a,
        other=b,
    )
    found: dict[int, tuple[str, When, dict[Role, None], dict[Role, None]]] = {}
    for id_, reference, at, precision, one_is, other_is in rows:
        when = When(from_micros(at), PRECISION[precision])
        _, _, ones, others = found.setdefault(id_, (reference, when, {}, {}))
        ones[_ROLE[one_is]] = None
        others[_ROLE[other_is]] = None
    return tuple(
        Together(id_, reference, when, tuple(ones), tuple(others))
        for id_, (reference, when, ones, others) in found.items()
    )


def _each_once(rows: Sequence[Any]) -> list[Proposed]:
    """Each pair once: two runs at one time may both have proposed it."""
    found: dict[tuple[int, int], Proposed] = {}
    for row in rows:
        found.setdefault((row.a, row.b), _proposed(row))
    return list(found.values())


def _proposed(r: Any) -> Proposed:
    return Proposed(
        r.a, r.b, _called(r.a_name, r.a_born), _called(r.b_name, r.b_born), r.likely / _MILLION,
        _parts(r.agree), _parts(r.differ), r.known_at,
    )  # fmt: skip


def _called(name: str, born: str) -> str:
    return f"{name}, born {born_in_words(born)}" if born else name


def _parts(kept: str) -> tuple[str, ...]:
    return tuple(kept.split(BETWEEN)) if kept else ()
