"""Proves the rows that a picture rests on: each against its link, each link against the ones beside it, none missing.

An id is its row's place in the journal, so the ids found in a picture name the links to be checked, whatever their table.
The whole chain is `verify`'s; this answers within a moment for one snapshot.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from callhandler.model.review import Fault
from callhandler.store.journal import GENESIS, link_hash, row_digest
from callhandler.store.tables import JOURNALLED

MOST = 10_000
"""So many ids go into one statement; both engines take as many."""

_HANGING = {
    "incident": ("incident_type", "type_qualifier", "receipt"),
    "person": ("person_name",),
    "place": ("place_name",),
    "civil_order": ("order_fact", "order_term", "order_copy"),
    "request": ("rationale", "rationale_answer", "refusal", "agreement", "request_subject"),
    "authority": ("authority_warning",),
    "task": ("task_done",),
    "disclosure": ("follow_up",),
    "assessment": ("assessment_warning",),
}
"""Rows that a picture reads into others, so that their own ids are not in it: by the table they hang on."""

_COLUMN = {"civil_order": "order_id"}


def _by_then(parent: str) -> str:
    """An assessment is written after what it rests on, its warnings right after it: they always belong to it."""
    return "" if parent == "assessment" else " AND id <= :upto"


_TABLES = {table.name: table for table in JOURNALLED}


def hanging(connection: Connection, on: Mapping[str, Collection[int]], upto: int) -> set[int]:
    """The ids of the rows that hang on these, by table, received up to a place. One statement."""
    parts = [
        f"SELECT id FROM {table} WHERE {_COLUMN.get(parent, f'{parent}_id')} IN :{parent}{_by_then(parent)}"
        for parent, tables in _HANGING.items()
        for table in tables
    ]
    statement = text(" UNION ALL ".join(parts)).bindparams(
        *(bindparam(parent, expanding=True) for parent in _HANGING)
    )
    given = {parent: list(on.get(parent, ())) for parent in _HANGING}
    return {row.id for row in connection.execute(statement, {**given, "upto": upto})}


def faults_of(connection: Connection, ids: Collection[int]) -> Iterator[Fault]:
    """What does not hold of these rows; each is named at most once. As many statements as there are kinds of rows."""
    wanted = sorted(ids)
    links = _links(connection, {*wanted, *(i - 1 for i in wanted), *(i + 1 for i in wanted)})
    by_kind: dict[str, list[int]] = {}
    for seq in wanted:
        if seq in links:
            by_kind.setdefault(links[seq].kind, []).append(seq)
    rows = {
        row.id: dict(row._mapping)
        for kind, own in by_kind.items()
        if kind in _TABLES
        for some in _batches(own)
        for row in connection.execute(select(_TABLES[kind]).where(_TABLES[kind].c.id.in_(some)))
    }
    for seq in wanted:
        link = links.get(seq)
        if link is None:
            yield Fault(seq, "journal", "the journal knows no such row")
        elif seq not in rows:
            yield Fault(seq, link.kind, "the row of this link is gone")
        elif row_digest(link.kind, rows[seq]) != link.digest:
            yield Fault(seq, link.kind, "the row was changed after it was recorded")
        elif not _linked(link, links):
            yield Fault(seq, link.kind, "its link does not follow from the one before it, or is not followed")


def gone_between(connection: Connection, first: int, last: int) -> Iterator[Fault]:
    """Tables that hold fewer or more rows of a span than the journal says. Two statements."""
    span = {"first": first, "last": last}
    known = connection.execute(
        text("SELECT kind, count(*) AS n FROM journal WHERE seq BETWEEN :first AND :last GROUP BY kind"), span
    )
    expected = {row.kind: row.n for row in known}
    counted = " UNION ALL ".join(
        f"SELECT '{name}' AS kind, count(*) AS n FROM {name} WHERE id BETWEEN :first AND :last"
        for name in _TABLES
    )
    for row in connection.execute(text(counted), span):
        if row.n != expected.get(row.kind, 0):
            sentence = f"holds {row.n} rows of this time, the journal knows {expected.get(row.kind, 0)}"
            yield Fault(first, row.kind, sentence)


def _linked(link: Any, links: dict[int, Any]) -> bool:
    before, after = links.get(link.seq - 1), links.get(link.seq + 1)
    prev = before.hash if before else GENESIS if link.seq == 1 else None
    return (
        link.hash == link_hash(link.prev, link.seq, link.kind, link.digest)
        and link.prev == prev
        and (after is None or after.prev == link.hash)
    )


def _links(connection: Connection, seqs: Iterable[int]) -> dict[int, Any]:
    statement = text("SELECT seq, kind, digest, prev, hash FROM journal WHERE seq IN :seqs").bindparams(
        bindparam("seqs", expanding=True)
    )
    return {
        row.seq: row
        for some in _batches(sorted(seqs))
        for row in connection.execute(statement, {"seqs": some})
    }


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), MOST):
        yield ids[start : start + MOST]
