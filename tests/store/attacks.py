"""One attack for every trigger: what it refuses, and what would be done where it is missing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table

from callhandler.store import triggers
from callhandler.store.journal import GENESIS
from callhandler.store.tables import JOURNALLED, about, file_content, head, journal, metadata
from tests.store.rows import key_of, newest, next_id, twin, unique_keys
from tests.stores import Plain

Statement = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Attack:
    """A statement that one trigger must refuse. `prepare` puts in what it needs and returns it."""

    trigger: str
    name: str
    prepare: Callable[[Plain], Statement]

    def drop(self, plain: Plain, dialect: str) -> None:
        """Take the trigger away, as whoever owns the tables can."""
        found = next(t for t in triggers.triggers_for(dialect) if t.name == self.trigger)
        for statement in found.drop:
            plain.run(statement)


def attacks_on(dialect: str) -> Iterator[Attack]:
    """Every attack on one engine."""
    for table in (*JOURNALLED, journal, about, file_content):
        yield _attack(table, "no_update", _update)
        yield _attack(table, "no_delete", _delete)
        yield from _replacing(table, dialect)
    yield _attack(head, "no_delete", _delete)
    yield from _replacing(head, dialect)
    yield _attack(head, "follows", _forged_head)
    yield Attack("keep_decision_gate", "keep_decision_gate", _closed_without_its_gate)
    yield Attack("keep_decision_latch", "keep_decision_latch", _graded_on_a_shed_assessment)
    yield Attack("keep_decision_grade", "keep_decision_grade", _a_low_grade_under_a_high_rank)
    yield Attack("keep_agreement_right", "keep_agreement_right", _agreed_without_the_right)
    yield Attack("keep_assessment_warning_settled", "keep_assessment_warning_settled", _settled_by_nothing)
    if dialect != "sqlite":
        for table in metadata.sorted_tables:
            yield _attack(table, "no_truncate", _truncate)


def _attack(table: Table, suffix: str, prepare: Callable[[Plain, Table], Statement]) -> Attack:
    name = f"keep_{table.name}_{suffix}"
    return Attack(name, name, lambda plain: prepare(plain, table))


def insert(table: str, row: dict[str, Any], verb: str = "INSERT", tail: str = "") -> Statement:
    """The statement that inserts a row."""
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    return f"{verb} INTO {table} ({names}) VALUES ({values}) {tail}", row


def _where(table: Table, row: dict[str, Any]) -> Statement:
    key = key_of(table)
    return f"WHERE {key} = :{key}", {key: row[key]}


def _update(plain: Plain, table: Table) -> Statement:
    others = {journal: "digest", about: "schema_version", file_content: "sha256"}
    column = "salt" if "salt" in table.c else others[table]
    where, values = _where(table, newest(plain, table.name))
    return f"UPDATE {table.name} SET {column} = 'changed' {where}", values


def _delete(plain: Plain, table: Table) -> Statement:
    # A row to which no other points, so that nothing but the trigger stands in the way.
    row = newest(plain, table.name)
    if table not in (head, about, file_content):
        row = twin(plain, table.name)
        assert not plain.insert(table.name, row)
    where, values = _where(table, row)
    return f"DELETE FROM {table.name} {where}", values


def _replacing(table: Table, dialect: str) -> Iterator[Attack]:
    verb, tail = ("INSERT OR REPLACE", "") if dialect == "sqlite" else ("INSERT", "ON CONFLICT DO NOTHING")
    trigger = f"keep_{table.name}_no_replace"
    for key in unique_keys(table):

        def prepare(plain: Plain, key: tuple[str, ...] = key) -> Statement:
            row = newest(plain, table.name)
            if key != (key_of(table),):
                row[key_of(table)] = next_id(plain)
            if table is head:
                row |= {"last": 0, "hash": GENESIS}
            return insert(table.name, row, verb, tail)

        yield Attack(trigger, f"{trigger}-by_{'_and_'.join(key)}", prepare)


def _truncate(plain: Plain, table: Table) -> Statement:
    for other in metadata.sorted_tables:
        for key in other.constraints:
            if isinstance(key, ForeignKeyConstraint) and key.referred_table is table:
                plain.run(f"ALTER TABLE {other.name} DROP CONSTRAINT {key.name}")
    return f"TRUNCATE {table.name}", {}


def _forged_head(_plain: Plain, _table: Table) -> Statement:
    return "UPDATE head SET last = last + 1", {}


def _closed_without_its_gate(plain: Plain) -> Statement:
    given = {"act": "close", "grade": "close", "rank": 99, "request_id": None}
    return insert("decision", twin(plain, "decision", **given))


def _graded_on_a_shed_assessment(plain: Plain) -> Statement:
    shed = twin(plain, "assessment", floor_rank=99)
    assert not plain.insert("assessment", shed)
    given = {"assessment_id": shed["id"], "request_id": None, "rank": 2}
    return insert("decision", twin(plain, "decision", **given))


def _a_low_grade_under_a_high_rank(plain: Plain) -> Statement:
    given = {"act": "grade", "grade": "R", "rank": 1, "request_id": None}
    return insert("decision", twin(plain, "decision", **given))


def _agreed_without_the_right(plain: Plain) -> Statement:
    nobody = twin(plain, "desk_user")
    assert not plain.insert("desk_user", nobody)
    return insert("agreement", twin(plain, "agreement", author_id=nobody["id"]))


def _settled_by_nothing(plain: Plain) -> Statement:
    by = plain.one("SELECT max(id) FROM assessment")
    return insert("assessment_warning", twin(plain, "assessment_warning", settled_by=by))
