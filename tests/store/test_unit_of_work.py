"""A transaction that writes: kept whole or not at all, a decision last, and patient with other desks."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from callhandler.errors import Environment
from callhandler.store import pictures, unit_of_work, verify
from callhandler.store.engine import make_engine
from callhandler.store.tables import decision, import_file, log_entry
from callhandler.store.unit_of_work import reading, writing
from tests.stores import NOW, Store

FILE = {"name": "history.csv", "digest": "d", "mapping": "m", "zone": "UTC"}


@pytest.fixture
def engine(store: Store) -> Iterator[Engine]:
    """An engine as the application opens it, over an empty store."""
    engine = make_engine(store.database)
    yield engine
    engine.dispose()


def kept(engine: Engine) -> int:
    """How many rows and links there are, once the chain is found whole."""
    with reading(engine) as connection:
        assert list(verify.chain(connection)) == []
        rows: int = connection.execute(text("SELECT count(*) FROM import_file")).scalar_one()
        assert pictures.newest(connection) == rows
    return rows


def test_rows_and_links_are_kept_together(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        assert [uow.append(import_file, **FILE) for _ in range(3)] == [1, 2, 3]
        uow.commit()
    assert kept(engine) == 3


def test_without_a_commit_nothing_is_kept(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        uow.append(import_file, **FILE)
    assert kept(engine) == 0


def test_after_an_error_nothing_is_kept(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine, NOW) as uow:
        uow.append(import_file, **FILE)
        _ = 1 / 0
    assert kept(engine) == 0


def test_a_row_that_the_database_refuses_takes_the_rest_with_it(engine: Engine) -> None:
    with pytest.raises(Environment), writing(engine, NOW) as uow:
        uow.append(import_file, **FILE)
        uow.append(log_entry, incident_id=999)
        uow.commit()
    assert kept(engine) == 0


def test_committing_nothing_is_no_fault(engine: Engine) -> None:
    with writing(engine, NOW) as uow:
        uow.commit()
    assert kept(engine) == 0


def test_nothing_follows_a_decision(world: Store) -> None:
    engine = make_engine(world.database)
    with reading(engine) as connection:
        before = pictures.newest(connection)
        row = connection.execute(text("SELECT * FROM decision ORDER BY id DESC LIMIT 1")).one()
    given = {k: v for k, v in row._mapping.items() if k not in ("id", "salt", "known_at", "uuid")}
    with pytest.raises(AssertionError, match="last row of its transaction"), writing(engine, NOW) as uow:
        uow.append(decision, **given | {"rank": 1, "grade": "I", "request_id": None})
        uow.append(import_file, **FILE)
    with reading(engine) as connection:
        assert pictures.newest(connection) == before
    engine.dispose()


def test_a_reading_sees_one_state_while_others_write(engine: Engine) -> None:
    with reading(engine) as connection:
        assert pictures.newest(connection) == 0
        with writing(engine, NOW) as uow:
            uow.append(import_file, **FILE)
            uow.commit()
        assert connection.execute(text("SELECT count(*) FROM import_file")).scalar_one() == 0
    assert kept(engine) == 1


def test_an_earlier_row_keeps_when_it_was_known(engine: Engine) -> None:
    known = NOW - timedelta(days=400)
    with writing(engine, NOW) as uow:
        uow.append(import_file, **FILE, known_at=known)
        uow.commit()
    with reading(engine) as connection:
        found = connection.execute(text("SELECT known_at FROM import_file")).scalar_one()
    assert found == int(known.timestamp()) * 1_000_000


def test_a_busy_database_is_waited_for(engine: Engine) -> None:
    holds, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(engine, NOW) as uow:
            holds.set()
            let_go.wait(10)
            uow.append(import_file, **FILE)
            uow.commit()

    other = threading.Thread(target=hold)
    other.start()
    assert holds.wait(10)
    threading.Timer(0.6, let_go.set).start()
    started = time.monotonic()
    with writing(engine, NOW) as uow:
        uow.append(import_file, **FILE)
        uow.commit()
    other.join()
    assert time.monotonic() - started > 0.4
    assert kept(engine) == 2


def test_a_database_that_stays_busy_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callhandler.store.engine.BUSY_SECONDS", 1)
    monkeypatch.setattr(unit_of_work, "BUSY_SECONDS", 0.1)
    engine = make_engine(store.database)
    with writing(engine, NOW) as holding:
        with pytest.raises(Environment, match="busy with another desk's work"), writing(engine, NOW):
            pytest.fail("two desks held the head at once")
        holding.append(import_file, **FILE)
        holding.commit()
    assert kept(engine) == 1
    engine.dispose()
