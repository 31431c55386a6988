"""`verify` trusts nothing: a change in any column of any row, a row gone, added or made up, and a rewritten past are found.

Each case is done as whoever owns the tables can do it: with the triggers taken away, and where it helps put back.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, text

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput
from callhandler.services.custody import Custody, Proof
from callhandler.store import schema, triggers, verify
from callhandler.store.engine import make_engine
from callhandler.store.journal import GENESIS, link_hash, row_digest
from callhandler.store.tables import JOURNALLED, assessment, assessment_warning, decision, journal, metadata
from callhandler.store.unit_of_work import UnitOfWork, writing
from tests.store.rows import key_of, newest
from tests.stores import NOW, Plain, Store


@contextmanager
def unguarded(store: Store) -> Iterator[Plain]:
    """Work on the tables as their owner without any trigger; they are put back afterwards."""
    with store.plain(owner=True) as plain:
        for trigger in triggers.triggers_for(store.engine):
            for statement in trigger.drop:
                plain.run(statement)
        yield plain
        plain.commit()
    engine = make_engine(store.owned)
    schema.upgrade(engine)
    engine.dispose()


@contextmanager
def unguarded_work(store: Store) -> Iterator[UnitOfWork]:
    """Append with a right chain, as the owner, without any trigger; they are put back afterwards."""
    engine = make_engine(store.owned)
    with engine.begin() as connection:
        for trigger in triggers.triggers_for(store.engine):
            for statement in trigger.drop:
                connection.exec_driver_sql(statement)
    with writing(engine, NOW) as uow:
        yield uow
        uow.commit()
    schema.upgrade(engine)
    engine.dispose()


def prove(store: Store, checkpoint: Path | None = None) -> Proof:
    """Prove a store as `callhandler verify` does."""
    custody = Custody.existing(store.database, ScenarioClock(NOW))
    try:
        return custody.prove(checkpoint)
    finally:
        custody.engine.dispose()


def found(proof: Proof, seq: int, kind: str) -> str:
    """What was found of one row."""
    return "; ".join(f.sentence for f in proof.findings if (f.seq, f.kind) == (seq, kind))


# --- any column of any row -------------------------------------------------------------------


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if value is None:
        return 1
    return value + 1 if isinstance(value, int) else f"{value}x"


def loosen(connection: Connection, table: Table) -> None:
    """Let any value into a table, inside a transaction that is undone."""
    for trigger in triggers.triggers_for(connection.dialect.name):
        if trigger.table == table.name:
            for statement in trigger.drop:
                connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        return
    rows = connection.execute(
        text(
            "SELECT conrelid::regclass::text AS held, conname FROM pg_constraint WHERE contype IN ('f', 'c') "
            "AND (conrelid = CAST(:t AS regclass) OR confrelid = CAST(:t AS regclass))"
        ),
        {"t": table.name},
    ).all()
    for row in rows:
        connection.exec_driver_sql(f"ALTER TABLE {row.held} DROP CONSTRAINT {row.conname}")


@pytest.mark.parametrize("table", [*JOURNALLED, journal], ids=lambda table: table.name)
def test_a_change_in_any_column_is_found(shared_world: Store, table: Table) -> None:
    with shared_world.plain() as plain:
        row = newest(plain, table.name)
    key = key_of(table)
    engine = make_engine(shared_world.owned)
    with engine.connect() as connection, connection.begin() as transaction:
        loosen(connection, table)
        protections = {f for f in verify.chain(connection) if f.kind == "trigger"}
        for column in row:
            with connection.begin_nested() as step:
                connection.execute(
                    text(f"UPDATE {table.name} SET {column} = :value WHERE {key} = :key"),
                    {"value": other(row[column]), "key": row[key]},
                )
                findings = set(verify.chain(connection)) - protections
                kinds = {row["kind"], other(row["kind"])} if table is journal else {table.name}
                seqs = {row[key], other(row[key])}
                assert any(f.seq in seqs and f.kind in kinds for f in findings), column
                step.rollback()
        assert set(verify.chain(connection)) == protections
        transaction.rollback()
    engine.dispose()


def test_one_changed_row_in_every_table_is_named_row_by_row(world: Store) -> None:
    changed = set()
    with unguarded(world) as plain:
        for table in JOURNALLED:
            id_ = newest(plain, table.name)["id"]
            plain.run(f"UPDATE {table.name} SET salt = 'changed' WHERE id = :id", id=id_)
            changed.add((id_, table.name))
        # The salt of a block's link is in the digests of its pages.
        changed.add((newest(plain, "import_batch")["first_id"], "import_batch"))
    proof = prove(world)
    assert {(f.seq, f.kind) for f in proof.findings if "was changed" in f.sentence} == changed


# --- files that were attached ----------------------------------------------------------------


def test_a_changed_file_is_found_and_named_by_the_record_of_it(world: Store) -> None:
    with unguarded(world) as plain:
        id_ = newest(plain, "order_copy")["id"]
        plain.run("UPDATE file_content SET content = :content", content=b"another order")
    assert found(prove(world), id_, "file_content") == "the file was changed after it was attached"


def test_a_file_that_is_gone_is_found(world: Store) -> None:
    with unguarded(world) as plain:
        id_ = newest(plain, "order_copy")["id"]
        plain.run("DELETE FROM file_content")
    assert found(prove(world), id_, "file_content") == "the file of this record is gone"


def test_a_file_that_no_record_names_is_found(world: Store) -> None:
    with world.plain() as plain:
        content = b"made up"
        row = {"sha256": hashlib.sha256(content).hexdigest(), "content": content}
        assert plain.insert("file_content", row) == ""
        plain.commit()
    assert found(prove(world), 0, "file_content") == "a file is kept that no record names"


# --- rows gone, added, cut off ---------------------------------------------------------------


def test_a_deleted_row_is_found(world: Store) -> None:
    with unguarded(world) as plain:
        id_ = newest(plain, "log_entry")["id"]
        plain.run("DELETE FROM log_entry WHERE id = :id", id=id_)
    assert found(prove(world), id_, "log_entry") == "the row of this link is gone"


def test_a_row_that_the_journal_does_not_know_is_found(world: Store) -> None:
    with world.plain() as plain:
        row = newest(plain, "log_entry") | {"uuid": "made-up"}
        row["id"] += 1000
        assert plain.insert("log_entry", row) == ""
        plain.commit()
    assert "the journal knows" in found(prove(world), 0, "log_entry")


def test_a_link_without_a_row_is_found(world: Store) -> None:
    with world.plain() as plain:
        last = newest(plain, "journal")
        link = {"seq": last["seq"] + 1, "kind": "log_entry", "digest": "d", "prev": last["hash"]}
        link["hash"] = link_hash(link["prev"], link["seq"], link["kind"], link["digest"])
        assert plain.insert("journal", link) == ""
        plain.commit()
    proof = prove(world)
    assert found(proof, link["seq"], "log_entry") == "the row of this link is gone"
    assert found(proof, link["seq"], "head") == "the head does not name the newest link"


def test_a_changed_link_is_found(world: Store) -> None:
    with unguarded(world) as plain:
        link = plain.row("SELECT * FROM journal WHERE seq = 40")
        plain.run("UPDATE journal SET digest = :digest WHERE seq = 40", digest=GENESIS)
    assert "does not follow" in found(prove(world), 40, link["kind"])


def test_a_gap_is_found(world: Store) -> None:
    with unguarded(world) as plain:
        link = plain.row("SELECT * FROM journal WHERE seq = 41")
        plain.run("DELETE FROM journal WHERE seq = 40")
    assert "the journal jumps from 39 to 41" in found(prove(world), 41, link["kind"])


def cut_the_end(plain: Plain, rows: int) -> None:
    """Take the newest rows away with their links, and let the head name what is then the newest."""
    for _ in range(rows):
        link = newest(plain, "journal")
        plain.run(f"DELETE FROM {link['kind']} WHERE id = :id", id=link["seq"])
        plain.run("DELETE FROM journal WHERE seq = :seq", seq=link["seq"])
    link = newest(plain, "journal")
    plain.run("UPDATE head SET last = :seq, hash = :hash", seq=link["seq"], hash=link["hash"])


def test_a_cut_off_end_is_found_by_a_checkpoint_kept_elsewhere(world: Store, tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint.json"
    custody = Custody.existing(world.database, ScenarioClock(NOW))
    last = custody.write_checkpoint(checkpoint)
    custody.engine.dispose()
    assert prove(world, checkpoint).intact
    with unguarded(world) as plain:
        cut_the_end(plain, 2)
    assert prove(world).intact
    assert "its end was cut off" in found(prove(world, checkpoint), last, "journal")


def test_a_past_written_anew_differs_from_a_checkpoint(world: Store, tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint.json"
    custody = Custody.existing(world.database, ScenarioClock(NOW))
    last = custody.write_checkpoint(checkpoint)
    custody.engine.dispose()
    with unguarded(world) as plain:
        id_ = newest(plain, "log_entry")["id"]
        plain.run("UPDATE log_entry SET text = 'He has left.' WHERE id = :id", id=id_)
        chain_anew(plain, id_)
    assert prove(world).intact
    assert "differs from the checkpoint" in found(prove(world, checkpoint), last, "journal")


def chain_anew(plain: Plain, first: int) -> None:
    """Write every link from one on anew, as somebody with the program could."""
    prev = plain.one("SELECT hash FROM journal WHERE seq = :seq", seq=first - 1)
    last = plain.one("SELECT max(seq) FROM journal")
    for seq in range(first, last + 1):
        kind = plain.one("SELECT kind FROM journal WHERE seq = :seq", seq=seq)
        digest = row_digest(kind, plain.row(f"SELECT * FROM {kind} WHERE id = :id", id=seq))
        hash_ = link_hash(prev, seq, kind, digest)
        plain.run(
            "UPDATE journal SET digest = :digest, prev = :prev, hash = :hash WHERE seq = :seq",
            digest=digest, prev=prev, hash=hash_, seq=seq,
        )  # fmt: skip
        prev = hash_
    plain.run("UPDATE head SET hash = :hash", hash=prev)


def test_a_checkpoint_that_is_none_is_said(world: Store, tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_text("milk, bread")
    with pytest.raises(BadInput, match=r"notes\.json: this is not a checkpoint"):
        prove(world, path)


def test_a_head_that_is_gone_is_found(world: Store) -> None:
    with unguarded(world) as plain:
        plain.run("DELETE FROM head")
    assert "the head does not name" in " ".join(f.sentence for f in prove(world).findings)


def test_a_missing_trigger_is_found(world: Store) -> None:
    with world.plain(owner=True) as plain:
        for statement in next(
            t for t in triggers.triggers_for(world.engine) if t.name == "keep_decision_gate"
        ).drop:
            plain.run(statement)
        plain.commit()
    assert "keep_decision_gate is missing or altered" in found(prove(world), 0, "trigger")


# --- judged again ----------------------------------------------------------------------------


def newest_judgement(uow: UnitOfWork) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The newest assessment and its warnings, without what a new row gets of its own."""

    def rows(table: Table, where: str) -> list[dict[str, Any]]:
        own = ("id", "salt", "known_at", "uuid")
        found = uow.connection.execute(text(f"SELECT * FROM {table.name} WHERE {where} ORDER BY id"))
        return [{k: v for k, v in row._mapping.items() if k not in own} for row in found]

    id_ = uow.connection.execute(text("SELECT max(id) FROM assessment")).scalar_one()
    return rows(assessment, f"id = {id_}")[0], rows(assessment_warning, f"assessment_id = {id_}")


def test_a_made_up_floor_is_found(world: Store) -> None:
    engine = make_engine(world.database)
    with writing(engine, NOW) as uow:
        judged, warnings = newest_judgement(uow)
        # The database itself sees nothing wrong with this: the warnings all stand, and say no more than the floor.
        id_ = uow.append(assessment, **judged | {"upto": uow.last, "floor_rank": 4})
        for warning in warnings:
            softer = {"assessment_id": id_, "floor_rank": 4 if warning["floor_rank"] else None}
            uow.append(assessment_warning, **warning | softer)
        uow.commit()
    engine.dispose()
    assert "recorded as rank 4; the policy of that moment gives 1" in found(prove(world), id_, "assessment")


def test_a_warning_made_less_than_it_is_is_found(world: Store) -> None:
    engine = make_engine(world.database)
    with writing(engine, NOW) as uow:
        judged, warnings = newest_judgement(uow)
        id_ = uow.append(assessment, **judged | {"upto": uow.last})
        for warning in warnings:
            uow.append(assessment_warning, **warning | {"assessment_id": id_, "tier": "note"})
        uow.commit()
    engine.dispose()
    assert found(prove(world), id_, "assessment") == "its warnings are not those of its policy"


def test_a_decision_without_its_gate_is_found_though_the_chain_is_right(world: Store) -> None:
    with unguarded_work(world) as uow:
        last = uow.connection.execute(text("SELECT * FROM decision ORDER BY id DESC LIMIT 1")).one()
        given = {k: v for k, v in last._mapping.items() if k not in ("id", "salt", "known_at", "uuid")}
        made_up = given | {"request_id": None, "act": "close", "grade": "close", "rank": 99}
        id_ = uow.append(decision, **made_up)
    assert "was not recorded beside it" in found(prove(world), id_, "decision")


def test_a_grade_with_another_rank_than_its_scheme_gives_is_found(world: Store) -> None:
    with unguarded_work(world) as uow:
        last = uow.connection.execute(text("SELECT * FROM decision ORDER BY id DESC LIMIT 1")).one()
        given = {k: v for k, v in last._mapping.items() if k not in ("id", "salt", "known_at", "uuid")}
        # Raising needs no gate, and "Resolve" is what people read.
        id_ = uow.append(decision, **given | {"request_id": None, "grade": "R", "rank": 1})
    assert "was not recorded beside it" in found(prove(world), id_, "decision")


def test_a_policy_that_is_gone_or_altered_is_found(world: Store) -> None:
    with unguarded(world) as plain:
        first = plain.one("SELECT min(id) FROM assessment")
        plain.run("UPDATE policy_pack SET digest = digest || 'x'")
    assert "its policy is not kept" in found(prove(world), first, "assessment")
    with unguarded(world) as plain:
        content = json.loads(plain.one("SELECT content FROM policy_pack"))
        plain.run(
            "UPDATE policy_pack SET digest = substr(digest, 1, 64), content = :c", c=json.dumps(content) + " "
        )
    assert not prove(world).intact


@pytest.mark.parametrize("table", ["disclosure", "party", "call", "decision", "incident", "policy_pack"])
def test_nonsense_in_a_row_does_not_stop_the_proof(world: Store, table: str) -> None:
    word = {
        "disclosure": "stance",
        "party": "role",
        "call": "outcome",
        "decision": "act",
        "incident": "happened_at",
    }
    column = word.get(table, "content")
    engine = make_engine(world.owned)
    with engine.begin() as connection:
        loosen(connection, metadata.tables[table])
        value = 9 * 10**18 if column == "happened_at" else "nonsense"
        connection.execute(text(f"UPDATE {table} SET {column} = :v"), {"v": value})
        id_ = connection.execute(text(f"SELECT max(id) FROM {table}")).scalar_one()
    engine.dispose()
    proof = prove(world)
    assert "was changed" in found(proof, id_, table)
    assert any("it cannot be judged again" in f.sentence for f in proof.findings)


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_bytes_where_text_belongs_are_found(world: Store) -> None:
    with unguarded(world) as plain:
        id_ = newest(plain, "log_entry")["id"]
        plain.run("UPDATE log_entry SET text = x'00ff' WHERE id = :id", id=id_)
    assert "was changed" in found(prove(world), id_, "log_entry")
