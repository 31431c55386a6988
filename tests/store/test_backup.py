"""A copy made while desks write is whole; it is proved before anybody may use it, and never put over anything."""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, Environment
from callhandler.services import backups
from callhandler.services.backups import restore
from callhandler.services.custody import Custody
from callhandler.store.engine import make_engine
from callhandler.store.tables import import_file
from callhandler.store.unit_of_work import writing
from tests.stores import NOW, Store, Stores

CLOCK = ScenarioClock(NOW)


@pytest.fixture
def elsewhere(stores: Stores, tmp_path: Path) -> Iterator[Store]:
    """An empty place to restore into."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    store = stores.bare(folder)
    yield store
    stores.discard(store)


def back_up(store: Store, target: Path) -> str:
    """Copy a store as the application does; returns the digest that it gave."""
    custody = Custody.existing(store.database, CLOCK)
    try:
        return backups.back_up(custody.engine, target)
    finally:
        custody.engine.dispose()


def newest(store: Store) -> int:
    """The newest row's place in the order of receipt."""
    with store.plain() as plain:
        found: int = plain.one("SELECT last FROM head")
        return found


def test_a_copy_is_restored_proved_and_used(world: Store, elsewhere: Store, tmp_path: Path) -> None:
    copy = tmp_path / "night.backup"
    assert back_up(world, copy) == hashlib.sha256(copy.read_bytes()).hexdigest()
    proof = restore(copy, elsewhere.owned, CLOCK)
    assert proof.intact
    assert proof.links == newest(world)
    custody = Custody.opening(elsewhere.database, CLOCK)
    with writing(custody.engine, NOW) as uow:
        uow.append(import_file, name="after", digest="d", mapping="m", zone="UTC")
        uow.commit()
    assert custody.prove().intact
    custody.engine.dispose()


def test_a_copy_made_while_desks_write_is_whole(world: Store, elsewhere: Store, tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def write() -> None:
        engine = make_engine(world.database)
        while not stop.is_set():
            with writing(engine, NOW) as uow:
                written.append(uow.append(import_file, name="x" * 2000, digest="d", mapping="m", zone="UTC"))
                uow.commit()
        engine.dispose()

    desk = threading.Thread(target=write)
    desk.start()
    while len(written) < 20:
        pass
    before = newest(world)
    copy = tmp_path / "night.backup"
    back_up(world, copy)
    stop.set()
    desk.join()
    proof = restore(copy, elsewhere.owned, CLOCK)
    assert before <= proof.links <= newest(world)


def test_a_copy_never_overwrites(world: Store, tmp_path: Path) -> None:
    copy = tmp_path / "night.backup"
    copy.write_text("last year's")
    with pytest.raises(BadInput, match="a backup never overwrites"):
        back_up(world, copy)
    assert copy.read_text() == "last year's"


def test_a_folder_that_is_missing_is_said(world: Store, tmp_path: Path) -> None:
    with pytest.raises(Environment):
        back_up(world, tmp_path / "missing" / "night.backup")


def test_restoring_never_overwrites(world: Store, store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "night.backup"
    back_up(world, copy)
    with pytest.raises(BadInput, match="exists already; restore into a new place"):
        restore(copy, store.owned, CLOCK)
    assert newest(store) == 0


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_restoring_never_overwrites_somebody_elses_file(world: Store, tmp_path: Path) -> None:
    copy = tmp_path / "night.backup"
    back_up(world, copy)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    with pytest.raises(BadInput, match="exists already"):
        restore(copy, str(letter), CLOCK)
    assert letter.read_text() == "Dear all"


def nothing_there(store: Store) -> bool:
    """True when no store, nor any part of one, is at a place."""
    if store.engine == "sqlite":
        return list(store.folder.iterdir()) == []
    with store.plain(owner=True) as plain:
        return bool(
            plain.one("SELECT count(*) = 0 FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        )


def test_a_copy_of_a_tampered_store_is_refused_and_leaves_nothing(
    world: Store, elsewhere: Store, tmp_path: Path
) -> None:
    with world.plain(owner=True) as plain:
        table = "" if plain.sqlite else " ON log_entry"
        plain.run(f"DROP TRIGGER keep_log_entry_no_update{table}")
        plain.run("UPDATE log_entry SET text = 'He has left.'")
        plain.commit()
    copy = tmp_path / "night.backup"
    back_up(world, copy)
    with pytest.raises(BadInput, match=r"night\.backup: This backup is not intact and was not restored"):
        restore(copy, elsewhere.owned, CLOCK)
    assert nothing_there(elsewhere)


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_a_changed_copy_is_refused_though_its_triggers_are_there(
    world: Store, elsewhere: Store, tmp_path: Path
) -> None:
    copy = tmp_path / "night.backup"
    back_up(world, copy)
    with closing(sqlite3.connect(copy)) as connection:
        trigger = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'keep_log_entry_no_update'"
        ).fetchone()[0]
        connection.execute("DROP TRIGGER keep_log_entry_no_update")
        connection.execute("UPDATE log_entry SET text = 'He has left.'")
        connection.execute(trigger)
        connection.commit()
    with pytest.raises(BadInput, match="the row was changed after it was recorded"):
        restore(copy, elsewhere.owned, CLOCK)
    assert nothing_there(elsewhere)


@pytest.mark.parametrize("part", [0.0, 0.5])
def test_half_a_copy_is_refused_and_leaves_nothing(
    world: Store, elsewhere: Store, tmp_path: Path, part: float
) -> None:
    copy = tmp_path / "night.backup"
    back_up(world, copy)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises((BadInput, Environment)):
        restore(copy, elsewhere.owned, CLOCK)
    assert nothing_there(elsewhere)


def test_a_copy_that_is_not_there_is_said(elsewhere: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no backup"):
        restore(tmp_path / "lost.backup", elsewhere.owned, CLOCK)
    assert nothing_there(elsewhere)


@pytest.mark.parametrize("stores", ["postgresql"], indirect=True)
def test_the_password_is_not_on_the_command_line(
    world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    run = __import__("subprocess").run

    def watched(command: list[str], **more: object) -> object:
        seen.append([str(part) for part in command])
        return run(command, **more)

    monkeypatch.setattr("callhandler.services.backups.subprocess.run", watched)
    back_up(world, tmp_path / "night.backup")
    assert seen
    assert not any("only-for-tests" in part for part in seen[0])


@pytest.mark.parametrize("stores", ["postgresql"], indirect=True)
def test_missing_programs_are_said(world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callhandler.services.backups.shutil.which", lambda _: None)
    with pytest.raises(Environment, match="pg_dump is not installed here"):
        back_up(world, tmp_path / "night.backup")
