"""Proves the rows that a picture rests on: each against its link, each link against the ones beside it, none missing.

An id is its row's place in the journal, so the ids found in a picture name the links to be checked, whatever their table.
The whole chain is `verify`'s; this answers within a moment for one snapshot.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from callhandler.model.review import Fault
from callhandler.store import blocks
from callhandler.store.blocks import Batch
from callhandler.store.journal import GENESIS, link_hash, row_digest
from callhandler.store.tables import JOURNALLED, import_batch

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
    """What does not hold of these rows; each is named at most once. As many statements as there are kinds of rows.

    A row of history is proved by its page, and the page by its block's link: a few statements more for each block.
    """
    wanted = sorted(ids)
    links = _links(connection, {*wanted, *(i - 1 for i in wanted), *(i + 1 for i in wanted)})
    batches = _batches_of(connection, [i for i in wanted if i not in links])
    if batches:
        links |= _links(connection, {i for b in batches.values() for i in (b.id, b.first - 1, b.id + 1)})
    faulty = dict(_faulty(connection, batches, links))
    by_kind: dict[str, list[int]] = {}
    for seq in wanted:
        if seq in links:
            by_kind.setdefault(links[seq].kind, []).append(seq)
    rows = _rows(connection, by_kind)
    firsts = _firsts(rows, links)
    for seq in wanted:
        link = links.get(seq)
        if seq in batches:
            if sentence := faulty.get(batches[seq].id) or faulty.get(seq):
                yield Fault(seq, "import_batch", sentence)
        elif link is None:
            yield Fault(seq, "journal", "the journal knows no such row")
        elif seq not in rows:
            yield Fault(seq, link.kind, "the row of this link is gone")
        elif row_digest(link.kind, rows[seq]) != link.digest:
            yield Fault(seq, link.kind, "the row was changed after it was recorded")
        elif not _linked(link, links, firsts):
            yield Fault(seq, link.kind, "its link does not follow from the one before it, or is not followed")


def _rows(connection: Connection, by_kind: Mapping[str, list[int]]) -> dict[int, dict[str, Any]]:
    return {
        row.id: dict(row._mapping)
        for kind, own in by_kind.items()
        if kind in _TABLES
        for some in _batches(own)
        for row in connection.execute(select(_TABLES[kind]).where(_TABLES[kind].c.id.in_(some)))
    }


def _batches_of(connection: Connection, ids: Iterable[int]) -> dict[int, Batch]:
    """The block that each of these ids stands in, for those that do; the ids in order."""
    found: dict[int, Batch] = {}
    batch: Batch | None = None
    for id_ in ids:
        if batch is None or not batch.first <= id_ <= batch.last:
            batch = blocks.holding(connection, id_)
        if batch is not None:
            found[id_] = batch
    return found


def _faulty(
    connection: Connection, batches: Mapping[int, Batch], links: Mapping[int, Any]
) -> Iterator[tuple[int, str]]:
    """By a block's own id what is wrong with it, and by a row's id what is wrong with its page."""
    by_batch: dict[Batch, list[int]] = {}
    for id_, batch in batches.items():
        by_batch.setdefault(batch, []).append(id_)
    own = _rows(connection, {import_batch.name: [batch.id for batch in by_batch]})
    for batch in by_batch:
        link = links.get(batch.id)
        if link is None or row_digest(import_batch.name, own[batch.id]) != link.digest:
            yield batch.id, "the link of its block is gone, or was changed after it was recorded"
        elif not _linked(link, links, {batch.id: batch.first}):
            yield batch.id, "the link of its block does not follow from the one before it, or is not followed"
    pages = {id_: (batch, batch.page_of(id_)) for batch, ids in by_batch.items() for id_ in ids}
    wrong = blocks.faulty_among(connection, pages.values())
    for id_, (batch, page) in pages.items():
        if sentence := wrong.get((batch.id, page)):
            yield id_, sentence


def gone_between(connection: Connection, first: int, last: int) -> Iterator[Fault]:
    """Tables that hold fewer or more rows of a span than the journal says. Three statements where no history came in."""
    own = blocks.outside(connection, first, last)
    expected: dict[str, int] = {}
    held: dict[str, int] = {}
    for begins, ends in own:
        span = {"first": begins, "last": ends}
        for counted, statement in ((expected, _KNOWN), (held, _HELD)):
            for row in connection.execute(statement, span):
                counted[row.kind] = counted.get(row.kind, 0) + row.n
    for kind in _TABLES:
        if held.get(kind, 0) != expected.get(kind, 0):
            sentence = (
                f"holds {held.get(kind, 0)} rows of this time, the journal knows {expected.get(kind, 0)}"
            )
            yield Fault(first, kind, sentence)
    # Every id of a block is the id of one row.
    for begins, ends in blocks.within(connection, first, last):
        rows = sum(row.n for row in connection.execute(_HELD, {"first": begins, "last": ends}))
        if rows != ends - begins + 1:
            sentence = f"holds {rows} rows of this time, and {ends - begins + 1} were recorded"
            yield Fault(begins, import_batch.name, sentence)


_KNOWN = text("SELECT kind, count(*) AS n FROM journal WHERE seq BETWEEN :first AND :last GROUP BY kind")
_HELD = text(
    " UNION ALL ".join(
        f"SELECT '{name}' AS kind, count(*) AS n FROM {name} WHERE id BETWEEN :first AND :last"
        for name in _TABLES
    )
)


def _firsts(rows: Mapping[int, Mapping[str, Any]], links: Mapping[int, Any]) -> dict[int, int]:
    """Where the block of a link begins, for links that have one."""
    return {seq: row["first_id"] for seq, row in rows.items() if links[seq].kind == import_batch.name}


def _linked(link: Any, links: Mapping[int, Any], firsts: Mapping[int, int]) -> bool:
    follows = firsts.get(link.seq, link.seq)
    before, after = links.get(follows - 1), links.get(link.seq + 1)
    prev = before.hash if before else GENESIS if follows == 1 else None
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
