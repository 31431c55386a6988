"""When the machine fails: no leave to write, a full disk, a server gone. A clear sentence, and nothing half-written."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from callhandler.clock import ScenarioClock
from callhandler.errors import CallhandlerError, Environment
from callhandler.services.custody import Custody
from callhandler.store import pictures, schema, verify
from callhandler.store.drafts import Draft, DraftFile
from callhandler.store.engine import make_engine
from callhandler.store.tables import import_file
from callhandler.store.unit_of_work import reading, writing
from tests.postgres import Server
from tests.stores import NOW, Store

FILE = {"name": "history.csv", "digest": "d", "mapping": "m", "zone": "UTC"}
NOBODY = 65534

ON_SQLITE = pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("stores", ["postgresql"], indirect=True)


# --- no leave to write -----------------------------------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="callhandler-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_unprivileged(act: Callable[[], None]) -> str:
    """What an ordinary user is told when he does this: root may write everywhere, so it is done by nobody."""
    schema.newest_version()  # known beforehand: this checkout may not be open to everybody
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said = "an error that is not ours"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            act()
            said = "done"
        except CallhandlerError as error:
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(write, said.encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


def write_one(database: str) -> None:
    """Open a store and append a row."""
    custody = Custody.opening(database, ScenarioClock(NOW))
    with writing(custody.engine, NOW) as uow:
        uow.append(import_file, **FILE)
        uow.commit()


@ON_SQLITE
@pytest.mark.parametrize("folder_too", [True, False])
def test_a_store_that_may_only_be_read(store: Store, open_folder: Path, folder_too: bool) -> None:
    database = open_folder / "callhandler.sqlite"
    shutil.copyfile(store.database, database)
    database.chmod(0o444)
    open_folder.chmod(0o555 if folder_too else 0o777)
    said = as_unprivileged(lambda: write_one(str(database)))
    assert said.startswith("Environment: callhandler.sqlite ")
    assert "may not be written by this user" in said or "this user may not use it" in said
    open_folder.chmod(0o755)
    database.chmod(0o644)
    engine = make_engine(str(database))
    with reading(engine) as connection:
        assert pictures.newest(connection) == 0
    engine.dispose()


@pytest.mark.parametrize("place", ["callhandler.sqlite", "new/callhandler.sqlite"])
def test_a_folder_where_no_store_may_be_made(open_folder: Path, place: str) -> None:
    open_folder.chmod(0o555)
    said = as_unprivileged(lambda: write_one(str(open_folder / place)))
    assert said.startswith("Environment: ")
    assert "this user may not use it" in said or "cannot be made: Permission denied" in said
    assert list(open_folder.iterdir()) == []


def test_a_folder_where_no_draft_may_be_kept(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    draft = Draft("desk", "1", "line", "half a li", "uuid")
    for place in ("drafts.sqlite", "new/drafts.sqlite"):
        said = as_unprivileged(lambda place=place: DraftFile(open_folder / place).save(draft))  # type: ignore[misc]
        assert said.startswith("Environment: ")


# --- a full disk -----------------------------------------------------------------------------


@ON_SQLITE
def test_a_full_disk_loses_nothing_that_was_kept(store: Store) -> None:
    engine = make_engine(store.database)
    limit = {"pages": 0}

    @event.listens_for(engine, "connect")
    def limited(connection, _record):
        if limit["pages"]:
            connection.execute(f"PRAGMA max_page_count = {limit['pages']}")

    with reading(engine) as connection:
        limit["pages"] = connection.execute(text("PRAGMA page_count")).scalar_one() + 40
    engine.dispose()
    told = []
    with pytest.raises(Environment, match=r"The disk that holds callhandler\.sqlite is full") as full:
        while True:
            with writing(engine, NOW) as uow:
                rows = [uow.append(import_file, **FILE | {"name": "x" * 10_000}) for _ in range(3)]
                uow.commit()
            told += rows
    assert "kept in the draft" in str(full.value)
    with reading(engine) as connection:
        assert list(verify.chain(connection)) == []
        assert pictures.newest(connection) == told[-1] > 3
    engine.dispose()
    limit["pages"] = 1_000_000
    with writing(engine, NOW) as uow:
        assert uow.append(import_file, **FILE) == told[-1] + 1
        uow.commit()
    engine.dispose()


# --- a server that goes away -----------------------------------------------------------------


@ON_POSTGRESQL
def test_a_connection_cut_in_the_middle_leaves_nothing_half_written(store: Store, postgres: Server) -> None:
    engine = make_engine(store.database)
    with (
        pytest.raises(Environment, match="The shared database cannot be reached") as gone,
        writing(engine, NOW) as uow,
    ):
        uow.append(import_file, **FILE)
        cut(postgres, store)
        uow.append(import_file, **FILE)
        uow.commit()
    assert "kept in the draft" in str(gone.value)
    with writing(engine, NOW) as uow:
        assert uow.append(import_file, **FILE) == 1
        uow.commit()
    with reading(engine) as connection:
        assert list(verify.chain(connection)) == []
    engine.dispose()


@ON_POSTGRESQL
def test_a_connection_cut_before_the_commit_is_not_called_saved(store: Store, postgres: Server) -> None:
    engine = make_engine(store.database)
    with pytest.raises(Environment, match="cannot be reached"), writing(engine, NOW) as uow:
        uow.append(import_file, **FILE)
        cut(postgres, store)
        uow.commit()
    with reading(engine) as connection:
        assert pictures.newest(connection) == 0
    engine.dispose()


@ON_POSTGRESQL
def test_a_connection_cut_between_two_transactions_is_made_anew(store: Store, postgres: Server) -> None:
    engine = make_engine(store.database)
    for _ in range(2):
        with writing(engine, NOW) as uow:
            uow.append(import_file, **FILE)
            uow.commit()
        cut(postgres, store)
    with reading(engine) as connection:
        assert pictures.newest(connection) == 2
    engine.dispose()


def cut(server: Server, store: Store) -> None:
    """End every connection to a store, as a server's restart does."""
    server.ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", store.name)
