"""Makes a valid row for any table, following its foreign keys and its CHECKs, without knowing the table."""

import hashlib
import re
import secrets
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    Table,
    UniqueConstraint,
)

from callhandler.model.when import to_micros
from callhandler.store.tables import JOURNALLED, metadata
from tests.stores import NOW, Plain

LISTED = re.compile(r"^(\w+) IN \((.*)\)$")

COPY = b"\xff\xd8\xff a copy of an order \xff\xd9"
"""What is attached in the small world."""

FITTING: dict[str, dict[str, Any]] = {
    "incident": {"live": 1, "type": "domestic-abuse"},
    "answer": {"question": "weapon", "reply": "yes"},
    "disclosure": {"indicator": "strangulation", "disputed": 0},
    "confirmation": {
        "code": "history-read",
        "said_by": "call-handler",
        "confirmed_by": "acknowledged-on-log",
    },
    "civil_order": {"type": "nmo", "until_further_order": 1},
    "order_fact": {"kind": "served"},
    "order_term": {"kind": "exclusion-zone", "attached": "place"},
    "order_copy": {"sha256": hashlib.sha256(COPY).hexdigest(), "size": len(COPY)},
    "role_grant": {"from_at": 0, "until_at": 2 * to_micros(NOW), "role": "supervisor"},
    "party": {"role": "suspect"},
    "paper": {"digest": hashlib.sha256(b"a paper").hexdigest()},
    "link_run": {
        "settings": hashlib.sha256(b"settings").hexdigest(),
        "digest": hashlib.sha256(b"proposals").hexdigest(),
    },
    "consultation": {"what": "linked history"},
    "same_as": {"a": 1, "b": 2, "verdict": "same"},
}
"""Words and numbers that a table's own meaning asks for."""


ROUTES = frozenset(["authority_warning", "retraction", "incident_merge"])
"""Tables whose every row needs leave of its own: no further row of them is valid beside another."""


def choices(table: Table) -> dict[str, list[str]]:
    """The words that each column of a closed vocabulary may hold."""
    found = {}
    for check in table.constraints:
        if isinstance(check, CheckConstraint) and (listed := LISTED.match(str(check.sqltext))):
            found[listed[1]] = [word.strip("'") for word in listed[2].split(", ")]
    return found


def parents(table: Table) -> dict[str, str]:
    """The table that each foreign key points to, by column."""
    return {
        column.name: next(iter(column.foreign_keys)).column.table.name
        for column in table.c
        if column.foreign_keys
    }


def unique_keys(table: Table) -> list[tuple[str, ...]]:
    """The primary key and every other key that must not occur twice."""
    others = [tuple(c.columns.keys()) for c in table.constraints if isinstance(c, UniqueConstraint)]
    return [tuple(table.primary_key.columns.keys()), *sorted(others)]


def key_of(table: Table) -> str:
    """The name of the table's primary key column."""
    return str(table.primary_key.columns.keys()[0])


def values(table: Table, ids: dict[str, int]) -> dict[str, Any]:
    """What a valid row holds besides id, salt, uuid and known_at. `ids` has a row's id for each table pointed to."""
    listed, keys, fitting = choices(table), parents(table), FITTING.get(table.name, {})
    row: dict[str, Any] = {}
    for column in table.c:
        name = column.name
        if name in ("id", "salt", "uuid", "known_at"):
            continue
        if name in fitting:
            row[name] = fitting[name]
        elif name in keys:
            row[name] = ids[keys[name]]
        else:
            row[name] = listed[name][0] if name in listed else _any(column)
    return row


def _any(column: Column[Any]) -> Any:
    if not isinstance(column.type, BigInteger | Integer):
        return f"{column.name} {secrets.token_hex(4)}"
    return to_micros(NOW) if column.name.endswith("at") else 1


def newest(plain: Plain, table: str) -> dict[str, Any]:
    """The newest row of a table."""
    key = key_of(metadata.tables[table])
    return plain.row(f"SELECT * FROM {table} ORDER BY {key} DESC LIMIT 1")


def twin(plain: Plain, table: str, **given: Any) -> dict[str, Any]:
    """A further row like the newest, valid in every respect; rows that it alone must point to are put in first."""
    kind = metadata.tables[table]
    key = key_of(kind)
    row = newest(plain, table) | {
        key: str(next_id(plain)) if key in ("key", "source", "run") else next_id(plain)
    }
    for column, *_ in ([c for c in key if c != "assessment_id"] for key in unique_keys(kind)[1:]):
        pointed = parents(kind).get(column)
        if pointed:
            parent = twin(plain, pointed)
            assert not plain.insert(pointed, parent)
            row[column] = parent["id"]
            row["id"] = next_id(plain)
        else:
            row[column] = secrets.token_hex(16)
    return row | given


def next_id(plain: Plain) -> int:
    """A place in the order of receipt that no row has."""
    newest_ids = " UNION ALL ".join(f"SELECT max(id) AS id FROM {table.name}" for table in JOURNALLED)
    found: int = plain.one(f"SELECT max(id) FROM ({newest_ids} UNION ALL SELECT max(seq) FROM journal) x")
    return found + 1
