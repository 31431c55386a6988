"""Blocks of history: any mixture of them and ordinary rows proves whole; one row changed, gone or added in one is found."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from callhandler.clock import ScenarioClock
from callhandler.errors import Environment
from callhandler.model.when import to_micros
from callhandler.services import backups
from callhandler.services.custody import Custody
from callhandler.store import blocks, changes, snapshot, tables, verify
from callhandler.store.bulk import Block
from callhandler.store.engine import Engine, make_engine
from callhandler.store.unit_of_work import UnitOfWork, reading, writing
from tests.store.rows import newest, twin
from tests.store.test_verify import unguarded
from tests.stores import NOW, Plain, Store

LONG_AGO = to_micros(NOW) - 86_400_000_000 * 365
FILE = {"name": "history.csv", "digest": "d", "mapping": "m", "zone": "Europe/London"}
PAST = {
    "happened_at": LONG_AGO,
    "happened_precision": "minute",
    "target_met": "unknown",
    "live": 0,
    "place_id": None,
    "number_id": None,
    "type": "theft",
    **dict.fromkeys(("reference", "summary", "outcome", "undone", "source"), ""),
}


def history(block: Block, people: int) -> list[int]:
    """Put in so many people, each with a number, a past incident and what was said in it: five rows each."""
    incidents = []
    for n in range(people):
        who = block.add(tables.person, known_at=LONG_AGO, name=f"Adult {n}", born="", named=1)
        number = block.put("number", LONG_AGO, f"+4477009{block.first:06d}{n:04d}", "as given")
        incident = block.add(tables.incident, known_at=LONG_AGO, **PAST | {"number_id": number})
        block.put("party", LONG_AGO, incident, who, "caller")
        block.add(
            tables.log_entry, known_at=LONG_AGO, incident_id=incident, call_id=None, kind="note",
            text="A window was broken – “twice”.", author="", happened_at=LONG_AGO,
        )  # fmt: skip
        incidents.append(incident)
    return incidents


def bring_in(uow: UnitOfWork, *sizes: int) -> list[int]:
    """A file of history in blocks of so many people; returns the incidents."""
    file, incidents = uow.append(tables.import_file, **FILE), []
    for size in sizes:
        block = Block(uow, file)
        incidents += history(block, size)
        block.close(f"row {size}")
    return incidents


def faults(engine: Engine) -> list[verify.Finding]:
    """What `verify` finds."""
    with reading(engine) as connection:
        return list(verify.chain(connection))


@pytest.fixture
def engine(store: Store) -> Any:
    """The application's engine over a new store."""
    engine = make_engine(store.database)
    yield engine
    engine.dispose()


# --- whole -----------------------------------------------------------------------------------

STEPS = st.lists(
    st.lists(st.one_of(st.just(-1), st.integers(0, 120)), min_size=1, max_size=4), min_size=1, max_size=4
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_any_mixture_of_rows_and_blocks_proves_whole(engine: Engine, steps: list[list[int]]) -> None:
    with reading(engine) as connection:
        before = verify.head_of(connection)[0]
    rows = 0
    for step in steps:
        with writing(engine, NOW) as uow:
            file = uow.append(tables.import_file, **FILE)
            for people in step:
                if people < 0:
                    uow.append(tables.import_file, **FILE)
                else:
                    block = Block(uow, file)
                    history(block, people)
                    block.close("")
            uow.commit()
        rows += 1 + sum(1 if people < 0 else 5 * people + 1 for people in step)
    assert faults(engine) == []
    with reading(engine) as connection:
        assert verify.head_of(connection)[0] == before + rows


def test_a_block_takes_the_ids_in_sequence_and_its_link_the_next(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        first = uow.append(tables.import_file, **FILE)
        block = Block(uow, first)
        ids = [
            block.put("marker", LONG_AGO, "person", 1, "code", "", "", "unknown", 0, "day")
            for _ in range(300)
        ]
        assert ids == list(range(first + 1, first + 301))
        assert block.close("row 300") == first + 301
        uow.commit()
    with reading(engine) as connection:
        batch = blocks.batch_of(connection, first + 301)
        assert batch
        assert (batch.first, batch.last, batch.rows, len(batch.pages)) == (first + 1, first + 300, 300, 128)
        assert connection.execute(text("SELECT ended_at FROM import_batch")).scalar_one() == "row 300"


def test_the_writing_of_a_page_never_changes() -> None:
    page = blocks.page_digest(
        "ab", [("person", (7, "", 0, "“Né” 🙂", None)), ("party", (8, "", 0, 1, 7, "caller"))]
    )
    assert page == "4fbab0ebc7d143881cadf65971051fbae8c9fd7b7c323f4e7b7f4aeb06c5e151"


def test_a_block_that_is_not_closed_is_not_kept(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        block = Block(uow, uow.append(tables.import_file, **FILE))
        history(block, 3)
        with pytest.raises(AssertionError, match="closed before anything else"):
            uow.append(tables.import_file, **FILE)
        with pytest.raises(AssertionError, match="closed before it is kept"):
            uow.commit()
    assert faults(engine) == []
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM person")).scalar_one() == 0


# --- what no block may hold ------------------------------------------------------------------


def test_a_block_holds_no_decision_and_no_row_that_does_not_fit(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        block = Block(uow, uow.append(tables.import_file, **FILE))
        with pytest.raises(ValueError, match="no row of decision can be in a block"):
            block.add(tables.decision, known_at=0)
        with pytest.raises(ValueError, match="has no column colour"):
            block.add(tables.person, known_at=0, colour="red")
        block.put("party", 0, 1, 2)
        with pytest.raises(ValueError, match="a row of party has 6 values with its own id, not 5"):
            block.close("")


def test_history_makes_no_live_incident(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        block = Block(uow, uow.append(tables.import_file, **FILE))
        block.add(tables.incident, known_at=LONG_AGO, **PAST | {"live": 1})
        with pytest.raises(ValueError, match="neither make nor touch a live incident"):
            block.close("")


def test_history_tells_nothing_of_a_live_incident(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        live = uow.append(tables.incident, **PAST | {"live": 1})
        who = uow.append(tables.person, name="Adult 1", born="", named=1)
        block = Block(uow, uow.append(tables.import_file, **FILE))
        block.put("party", LONG_AGO, live, who, "suspect")
        with pytest.raises(ValueError, match=f"with {live}"):
            block.close("")


def test_a_block_that_points_nowhere_is_refused_by_the_database(engine: Engine) -> None:
    with pytest.raises(Environment), writing(engine, NOW) as uow:
        block = Block(uow, uow.append(tables.import_file, **FILE))
        block.put("person_name", LONG_AGO, 99_999, "Adult", "adult")
        block.close("")
        uow.commit()
    assert faults(engine) == []


def test_rows_of_a_block_are_kept_as_every_row_is(store: Store, engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        bring_in(uow, 2)
        uow.commit()
    with store.plain() as plain:
        row = plain.row("SELECT * FROM person")
        assert "is never replaced" in plain.insert("person", row)
        assert plain.refusal("UPDATE person SET name = 'B'")
        assert plain.refusal("DELETE FROM person")


# --- one row changed, gone, added ------------------------------------------------------------

Harm = Callable[[Plain, str, int], object]
HARMS: dict[str, Harm] = {
    "changed": lambda plain, table, id_: plain.run(f"UPDATE {table} SET known_at = 1 WHERE id = {id_}"),
    "gone": lambda plain, table, id_: plain.run(f"DELETE FROM {table} WHERE id = {id_}"),
    "moved": lambda plain, table, id_: plain.run(f"UPDATE {table} SET id = 900000 WHERE id = {id_}"),
    "added beside it": lambda plain, _table, id_: plain.insert(
        "history_count",
        {"id": id_, "salt": "", "known_at": 0, "subject": "person", "subject_id": 1, "number": 1, "counted": "",
         "span": "", "source": ""},
    ),
}  # fmt: skip
LEAVES = ("party", "log_entry")


@pytest.mark.parametrize("harm", HARMS)
def test_one_row_of_a_block_is_found(store: Store, engine: Engine, harm: str) -> None:
    with writing(engine, NOW) as uow:
        bring_in(uow, 130, 70)
        uow.commit()
    assert faults(engine) == []
    chance = random.Random(harm)
    with store.plain() as plain:
        places = [(t, r[0]) for t in LEAVES for r in plain.run(f"SELECT id FROM {t}").fetchall()]
    for table, id_ in chance.sample(places, 2):
        with unguarded(store) as plain:
            before = plain.row(f"SELECT * FROM {table} WHERE id = {id_}")
            HARMS[harm](plain, table, id_)
        found = [f for f in faults(engine) if f.kind == "import_batch"]
        assert len(found) == 1
        assert found[0].seq <= id_ < found[0].seq + blocks.PAGE
        with reading(engine) as connection:
            seen = list(snapshot.faults_of(connection, [id_]))
            assert [fault.seq for fault in seen] == [id_]
        with unguarded(store) as plain:
            plain.run("DELETE FROM history_count")
            plain.run(f"DELETE FROM {table} WHERE id IN ({id_}, 900000)")
            assert plain.insert(table, before) == ""
    assert faults(engine) == []


def test_a_row_added_to_a_table_of_history_is_found(store: Store, engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        bring_in(uow, 3)
        uow.commit()
    with store.plain() as plain:
        row = plain.row("SELECT * FROM party ORDER BY id DESC LIMIT 1") | {"id": 900_000}
        assert plain.insert("party", row) == ""
        plain.commit()
    assert [f.sentence for f in faults(engine)] == ["holds 4 rows, the journal knows 3"]


@pytest.mark.parametrize("column", ["first_id", "rows", "pages"])
def test_a_changed_link_of_a_block_is_found(store: Store, engine: Engine, column: str) -> None:
    with writing(engine, NOW) as uow:
        bring_in(uow, 3)
        uow.commit()
    with reading(engine) as connection:
        link, inside = connection.execute(text("SELECT id, first_id FROM import_batch")).one()
    with unguarded(store) as plain:
        plain.run(
            f"UPDATE import_batch SET {column} = " + ("'changed'" if column == "pages" else f"{column} + 1")
        )
    found = faults(engine)
    assert link in {f.seq for f in found}
    with reading(engine) as connection:
        assert list(snapshot.faults_of(connection, [inside + 1]))


def test_a_block_whose_link_is_gone_is_found(store: Store, engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        bring_in(uow, 3)
        uow.commit()
    with reading(engine) as connection:
        link = connection.execute(text("SELECT id FROM import_batch")).scalar_one()
    with unguarded(store) as plain:
        plain.run("DELETE FROM import_batch")
    sentences = {f.sentence for f in faults(engine) if f.seq == link}
    assert sentences == {"the row of this link is gone", f"the journal jumps from {link - 16} to {link}"}


# --- a moment, other desks, copies -----------------------------------------------------------


def test_a_moment_over_blocks_proves_and_a_row_gone_from_it_is_found(store: Store, engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        incidents = bring_in(uow, 100, 0, 60)
        last = uow.append(tables.import_file, **FILE)
        uow.commit()
    with reading(engine) as connection:
        assert list(snapshot.faults_of(connection, range(1, last + 1))) == []
        for first, upto in (
            (1, last),
            (incidents[0] + 3, last),
            (incidents[0] + 3, incidents[-1]),
            (last, last),
        ):
            assert list(snapshot.gone_between(connection, first, upto)) == []
    with unguarded(store) as plain:
        plain.run(f"DELETE FROM log_entry WHERE incident_id = {incidents[7]}")
    with reading(engine) as connection:
        found = list(snapshot.gone_between(connection, 1, last))
    assert [fault.kind for fault in found] == ["import_batch"]


def test_history_is_no_news_to_other_desks(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        mine = uow.append(tables.incident, **PAST | {"live": 1})
        old = bring_in(uow, 4, 2)
        uow.append(
            tables.log_entry,
            incident_id=mine,
            call_id=None,
            kind="note",
            text="New.",
            author="a",
            happened_at=0,
        )
        uow.commit()
    with reading(engine) as connection:
        new = changes.since(connection, 0)
        assert new.incidents == {mine}
        assert [said.text for said in new.said] == ["New."]
        assert changes.since(connection, old[0]).incidents == {mine}


def test_a_copy_with_blocks_is_proved_before_it_is_used(
    store: Store, bare: Store, engine: Engine, tmp_path: Path
) -> None:
    with writing(engine, NOW) as uow:
        bring_in(uow, 40, 3)
        uow.commit()
    kept, copy = tmp_path / "checkpoint.json", tmp_path / "copy.backup"
    held = Custody.existing(store.owned, ScenarioClock(NOW))
    last = held.write_checkpoint(kept)
    backups.back_up(held.engine, copy)
    held.engine.dispose()
    proof = backups.restore(
        copy, bare.owned + (".new" if store.engine == "sqlite" else ""), ScenarioClock(NOW)
    )
    assert proof.intact
    assert proof.links == last
    again = Custody.existing(store.database, ScenarioClock(NOW))
    assert again.prove(kept).intact
    again.engine.dispose()


# --- what history settles --------------------------------------------------------------------


def test_a_fact_of_history_settles_a_warning_and_a_thing_known_does_not(world: Store) -> None:
    engine = make_engine(world.database)
    with world.plain() as plain:
        order = newest(plain, "civil_order")["id"]
    with writing(engine, NOW) as uow:
        block = Block(uow, uow.append(tables.import_file, **FILE))
        ended = block.put("order_fact", LONG_AGO, order, None, "ended", LONG_AGO, 1, "court", "", "")
        known = block.put("marker", LONG_AGO, "person", 1, "code", "", "", "unknown", 0, "day")
        block.close("")
        uow.commit()
    engine.dispose()
    with world.plain() as plain:
        assert plain.insert("assessment_warning", twin(plain, "assessment_warning", settled_by=ended)) == ""
        for not_one in (known, order, ended + 2):
            row = twin(plain, "assessment_warning", settled_by=not_one)
            assert "settled only by a recorded fact" in plain.insert("assessment_warning", row)
