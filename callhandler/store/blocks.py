"""Blocks of history: rows that stand together under one link of the journal, and how they are proved.

A block takes the ids `first_id` to `last_id` in sequence, every one of them; its `import_batch` row has the next id, and its
link is the only one. That row holds a digest for each page of `PAGE` ids, salted by its own salt, so that a picture is
proved by the pages it rests on and a fault is named to within a page.
"""

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, text

from callhandler.store import plainly
from callhandler.store.pointing import Astray, Row, Seen
from callhandler.store.tables import import_batch, metadata

PAGE = 256
"""So many ids have one digest. It is part of the record: another number would be another writing."""
WINDOW = 64 * PAGE
"""So many ids are read at once when a block is proved."""
AT_ONCE = 32
"""So many pages, wherever they are, are read at once when some are proved."""

IN_BLOCKS = (
    "person", "person_name", "person_birth", "place", "place_name", "place_point", "number", "vehicle", "number_tie",
    "place_tie", "person_tie", "incident", "incident_type", "type_qualifier", "call", "log_entry", "party", "move",
    "response", "disclosure", "follow_up", "civil_order", "order_fact", "order_until", "order_term", "marker",
    "police_warning", "risk_assessment", "enquiry", "person_record", "history_count", "safety_plan",
    "vehicle_named",
)  # fmt: skip
"""The tables whose rows may stand in a block: what is known, past incidents and what hangs on them, what stands, orders."""

TABLES = {name: metadata.tables[name] for name in IN_BLOCKS}
WITH_INCIDENT = tuple(name for name, table in TABLES.items() if "incident_id" in table.c)

_COLUMNS = {name: ", ".join(table.c.keys()) for name, table in TABLES.items()}

_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=repr).encode


class Batch(NamedTuple):
    """What an `import_batch` row says of its block."""

    id: int
    salt: str
    first: int
    last: int
    rows: int
    pages: str

    def page_of(self, id_: int) -> int:
        """Which page an id of the block is on."""
        return (id_ - self.first) // PAGE

    def span(self, page: int) -> tuple[int, int]:
        """The ids of a page."""
        start = self.first + page * PAGE
        return start, min(start + PAGE - 1, self.last)

    def kept(self, page: int) -> str:
        """The digest that was recorded for a page."""
        return self.pages[64 * page : 64 * page + 64]


_BATCH = "SELECT id, salt, first_id, last_id, rows, pages FROM import_batch"


def page_digest(salt: str, rows: Iterable[Row]) -> str:
    """SHA-256 over a page's rows in order of id, in one fixed writing, after its batch's salt."""
    written = f"{salt}{_encode(list(rows))}"
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def batch_of(connection: Connection, seq: int) -> Batch | None:
    """The block whose link stands at this place."""
    found = connection.execute(text(f"{_BATCH} WHERE id = :s"), {"s": seq}).one_or_none()
    return Batch(*found) if found else None


def holding(connection: Connection, id_: int) -> Batch | None:
    """The block that holds this id, or None when the row has a link of its own."""
    found = connection.execute(
        text(f"{_BATCH} WHERE first_id <= :i ORDER BY first_id DESC LIMIT 1"), {"i": id_}
    ).one_or_none()
    return Batch(*found) if found and found.last_id >= id_ else None


def within(connection: Connection, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a span of ids that blocks hold, in order."""
    rows = connection.execute(
        text(
            "SELECT first_id, last_id FROM import_batch WHERE first_id <= :last AND last_id >= :first AND rows > 0 "
            "AND id >= :first ORDER BY id"
        ),
        {"first": first, "last": last},
    )
    return [(max(first, row.first_id), min(last, row.last_id)) for row in rows]


def outside(connection: Connection, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a span of ids whose rows have links of their own, in order, but for the links of blocks."""
    parts, start = [], first
    for begins, ends in within(connection, first, last):
        if begins > start:
            parts.append((start, begins - 1))
        # The next id is the block's own link, which says nothing else.
        start = ends + 2
    if start <= last:
        parts.append((start, last))
    return parts


def rows_between(connection: Connection, *spans: tuple[int, int]) -> list[Row]:
    """Every row of some spans of ids in order, whatever its table. As many statements as tables may stand in a block."""
    where = " OR ".join(f"id BETWEEN {int(first)} AND {int(last)}" for first, last in spans)
    found: list[Row] = []
    for name, columns in _COLUMNS.items():
        rows = plainly.fetched(connection, f"SELECT {columns} FROM {name} WHERE {where}", ())
        found += [(name, row) for row in rows]
    found.sort(key=_id)
    return found


def faulty_among(connection: Connection, pages: Iterable[tuple[Batch, int]]) -> dict[tuple[int, int], str]:
    """What is wrong with these pages of some blocks, by the block's own id and the page. `AT_ONCE` pages to a reading."""
    wrong: dict[tuple[int, int], str] = {}
    wanted = sorted(set(pages))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        spans = [batch.span(page) for batch, page in some]
        rows = rows_between(connection, *spans)
        ids = [_id(row) for row in rows]
        for (batch, page), (first, last) in zip(some, spans, strict=True):
            own = rows[bisect_left(ids, first) : bisect_right(ids, last)]
            if sentence := fault_of(batch, page, own):
                wrong[batch.id, page] = sentence
    return wrong


def faulty_pages(
    connection: Connection, batch: Batch, seen: Seen, far: Callable[[int], None] = lambda _: None
) -> Iterator[Astray]:
    """What is not as recorded: of a page its first id and what is wrong, of a row what it points to that is not there.

    `far` is told which record it has come to. Holds `WINDOW` rows in memory, whatever the block's size.
    """
    for start in range(batch.first, batch.last + 1, WINDOW):
        far(start)
        rows = rows_between(connection, (start, min(start + WINDOW - 1, batch.last)))
        yield from seen.take(rows)
        by_page: dict[int, list[Row]] = {}
        for row in rows:
            by_page.setdefault((row[1][0] - batch.first) // PAGE, []).append(row)
            if row[0] == "incident" and row[1][_LIVE]:
                yield row[1][0], import_batch.name, "a live incident came in with history"
        for page in range(batch.page_of(start), batch.page_of(min(start + WINDOW - 1, batch.last)) + 1):
            if sentence := fault_of(batch, page, by_page.get(page, [])):
                yield batch.span(page)[0], import_batch.name, sentence


def fault_of(batch: Batch, page: int, rows: list[Row]) -> str:
    """What is wrong with a page, in words; empty when it is as recorded."""
    first, last = batch.span(page)
    wanted = last - first + 1
    if len(rows) != wanted:
        return f"of the history at {first} to {last}, {len(rows)} rows are there and {wanted} were recorded"
    if page_digest(batch.salt, rows) != batch.kept(page):
        return f"of the history at {first} to {last}, a row was changed after it was recorded"
    return ""


def whole(connection: Connection) -> tuple[int, str]:
    """How many rows stand in blocks, and the SHA-256 over all their pages as recorded."""
    rows, digest = 0, hashlib.sha256()
    for row in connection.execute(text("SELECT rows, pages FROM import_batch ORDER BY id")):
        rows += row.rows
        digest.update(row.pages.encode())
    return rows, digest.hexdigest()


_LIVE = TABLES["incident"].c.keys().index("live")


def _id(row: Row) -> int:
    id_: int = row[1][0]
    return id_
