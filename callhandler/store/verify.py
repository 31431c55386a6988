"""Trusts nothing: recomputes every digest and every link, and looks for rows that the journal does not know."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from callhandler.store import blocks, triggers
from callhandler.store.journal import GENESIS, link_hash, row_digest
from callhandler.store.pointing import Astray, Row, Seen
from callhandler.store.tables import JOURNALLED, file_content, import_batch, metadata, order_copy

BATCH = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: where in the order of receipt, in which table, and what."""

    seq: int
    kind: str
    sentence: str


def chain(connection: Connection, far: Callable[[int], None] = lambda _: None) -> Iterator[Finding]:
    """Check links, digests, rows without a link, the head, and the triggers. `far` is told which record it has come to."""
    for name in triggers.missing(connection):
        yield Finding(0, "trigger", f"the protection {name} is missing or altered")
    prev, last = GENESIS, 0
    seen = Seen()
    known = {table.name: table for table in JOURNALLED}
    while True:
        links = connection.execute(
            text("SELECT seq, kind, digest, prev, hash FROM journal WHERE seq > :last ORDER BY seq LIMIT :n"),
            {"last": last, "n": BATCH},
        ).all()
        if not links:
            break
        wanted: dict[str, list[int]] = {}
        for link in links:
            wanted.setdefault(link.kind, []).append(link.seq)
        rows = {
            (kind, row.id): dict(row._mapping)
            for kind, ids in wanted.items()
            if kind in known
            for row in connection.execute(select(known[kind]).where(known[kind].c.id.in_(ids)))
        }
        own: list[Row] = []
        for link in links:
            if link.kind == import_batch.name:
                yield from _astray(seen.take(own))
                own = []
                yield from _block(connection, link.seq, last, seen, far)
            elif link.seq != last + 1:
                yield Finding(link.seq, link.kind, f"the journal jumps from {last} to {link.seq}")
            if link.prev != prev or link.hash != link_hash(link.prev, link.seq, link.kind, link.digest):
                yield Finding(link.seq, link.kind, "this link does not follow from the one before it")
            row = rows.get((link.kind, link.seq))
            if row is None:
                yield Finding(link.seq, link.kind, "the row of this link is gone")
            else:
                own.append((link.kind, tuple(row.values())))
                if row_digest(link.kind, row) != link.digest:
                    yield Finding(link.seq, link.kind, "the row was changed after it was recorded")
            prev, last = link.hash, link.seq
        yield from _astray(seen.take(own))
        far(last)
    yield from _astray(seen.left())
    for name in metadata.tables:
        if name in known:
            held = connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            if held != seen.counts[name]:
                yield Finding(0, name, f"holds {held} rows, the journal knows {seen.counts[name]}")
    yield from _files(connection)
    head = connection.execute(text("SELECT last, hash FROM head WHERE id = 1")).one_or_none()
    if head is None or (head.last, head.hash) != (last, prev):
        yield Finding(last, "head", "the head does not name the newest link")


def _block(
    connection: Connection, seq: int, last: int, seen: Seen, far: Callable[[int], None]
) -> Iterator[Finding]:
    """Check that a block is exactly the gap between its link and the one before it, and every page of it."""
    batch = blocks.batch_of(connection, seq)
    if batch is None or (batch.first, batch.last) != (last + 1, seq - 1):
        if seq != last + 1 or batch is not None:
            yield Finding(seq, import_batch.name, f"the journal jumps from {last} to {seq}")
        return
    if (batch.rows, len(batch.pages)) != (seq - 1 - last, 64 * -(-batch.rows // blocks.PAGE)):
        yield Finding(
            seq, import_batch.name, f"says {batch.rows} rows, and the journal jumps from {last} to {seq}"
        )
    yield from _astray(blocks.faulty_pages(connection, batch, seen, far))


def _astray(found: Iterable[Astray]) -> Iterator[Finding]:
    return (Finding(*each) for each in found)


def _files(connection: Connection) -> Iterator[Finding]:
    """Check that what was attached is what the journal names, one file in memory at a time."""
    named: dict[str, int] = {}
    for row in connection.execute(select(order_copy.c.id, order_copy.c.sha256).order_by(order_copy.c.id)):
        named.setdefault(row.sha256, row.id)
    held = [row.sha256 for row in connection.execute(select(file_content.c.sha256))]
    for digest in held:
        content = connection.execute(
            select(file_content.c.content).where(file_content.c.sha256 == digest)
        ).scalar_one()
        seq = named.get(digest, 0)
        if not seq:
            yield Finding(0, "file_content", "a file is kept that no record names")
        if hashlib.sha256(content if isinstance(content, bytes) else b"").hexdigest() != digest:
            yield Finding(seq, "file_content", "the file was changed after it was attached")
    for digest in set(named) - set(held):
        yield Finding(named[digest], "file_content", "the file of this record is gone")


def head_of(connection: Connection) -> tuple[int, str]:
    """The newest link: what a checkpoint keeps elsewhere, so that a cut-off end is caught."""
    row = connection.execute(text("SELECT last, hash FROM head WHERE id = 1")).one_or_none()
    return (row.last, row.hash) if row else (0, GENESIS)


def link_at(connection: Connection, seq: int) -> str | None:
    """The hash of one link, to compare with a checkpoint."""
    found: str | None = connection.execute(
        text("SELECT hash FROM journal WHERE seq = :s"), {"s": seq}
    ).scalar()
    return found


@dataclass(frozen=True, slots=True)
class Recorded:
    """An assessment as recorded, to be judged again."""

    id: int
    incident_id: int
    known_at: int
    upto: int
    floor_rank: int
    policy_digest: str


def assessments(connection: Connection) -> Iterator[Recorded]:
    """Every assessment, oldest first, some at a time in memory."""
    some = text(
        "SELECT id, incident_id, known_at, upto, floor_rank, policy_digest FROM assessment WHERE id > :after "
        "ORDER BY id LIMIT :n"
    )
    after = 0
    while rows := connection.execute(some, {"after": after, "n": BATCH}).all():
        for row in rows:
            yield Recorded(*row)
        after = rows[-1].id


def assessed(connection: Connection) -> int:
    """How many assessments there are."""
    found: int = connection.execute(text("SELECT count(*) FROM assessment")).scalar_one()
    return found


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as recorded, to be ruled on again, and whether it is in the queue of review."""

    id: int
    known_at: int
    uuid: str
    reviewed: bool


def decisions_upon(connection: Connection, assessment_id: int) -> list[Decided]:
    """The decisions that rest on an assessment."""
    rows = connection.execute(
        text(
            "SELECT d.id, d.known_at, d.uuid, "
            "(SELECT count(*) FROM review_item r WHERE r.decision_uuid = d.uuid) AS items "
            "FROM decision d WHERE d.assessment_id = :a ORDER BY d.id"
        ),
        {"a": assessment_id},
    )
    return [Decided(r.id, r.known_at, r.uuid, r.items > 0) for r in rows]


def authorities_upon(connection: Connection, assessment_id: int) -> list[tuple[int, int]]:
    """The leave for acts that are no grade which rests on an assessment: id and when recorded."""
    rows = connection.execute(
        text("SELECT id, known_at FROM authority WHERE assessment_id = :a ORDER BY id"), {"a": assessment_id}
    )
    return [(r.id, r.known_at) for r in rows]


def authorities_unreviewed(connection: Connection) -> list[tuple[int, str]]:
    """Authorities that passed a gate and are in no queue of review, each with its policy's digest."""
    rows = connection.execute(
        text(
            "SELECT y.id, a.policy_digest FROM authority y JOIN assessment a ON a.id = y.assessment_id "
            "WHERE y.gate <> 'none' AND NOT EXISTS (SELECT 1 FROM review_item r WHERE r.decision_uuid = y.uuid) "
            "ORDER BY y.id"
        )
    )
    return [(r.id, r.policy_digest) for r in rows]


def warnings_of(connection: Connection, assessment_id: int) -> set[tuple[str, str, int | None, int | None]]:
    """The recorded warnings of an assessment: code, tier, floor rank, settled by."""
    rows = connection.execute(
        text("SELECT code, tier, floor_rank, settled_by FROM assessment_warning WHERE assessment_id = :a"),
        {"a": assessment_id},
    )
    return {(r.code, r.tier, r.floor_rank, r.settled_by) for r in rows}


def policy_bytes(connection: Connection, digest: str) -> bytes | None:
    """The canonical bytes of a policy kept by digest."""
    found: str | None = connection.execute(
        text("SELECT content FROM policy_pack WHERE digest = :d"), {"d": digest}
    ).scalar()
    return None if found is None else found.encode()


def policy_rows(connection: Connection, digest: str) -> set[int]:
    """The ids of the rows that keep a policy: its bytes, and its grades."""
    rows = connection.execute(
        text(
            "SELECT id FROM policy_pack WHERE digest = :d UNION ALL SELECT id FROM scheme_grade WHERE digest = :d"
        ),
        {"d": digest},
    )
    return {row.id for row in rows}


def recorded_assessment(connection: Connection, assessment_id: int) -> Recorded:
    """One assessment as recorded."""
    row = connection.execute(
        text(
            "SELECT id, incident_id, known_at, upto, floor_rank, policy_digest FROM assessment WHERE id = :a"
        ),
        {"a": assessment_id},
    ).one()
    return Recorded(*row)


def scheme_active(connection: Connection) -> str:
    """The scheme of the policy last put in force; empty when none ever was."""
    found: str | None = connection.execute(
        text("SELECT scheme FROM policy_activation ORDER BY id DESC LIMIT 1")
    ).scalar()
    return found or ""


def policy_active(connection: Connection) -> str | None:
    """The digest of the policy last put in force."""
    found: str | None = connection.execute(
        text("SELECT digest FROM policy_activation ORDER BY id DESC LIMIT 1")
    ).scalar()
    return found
