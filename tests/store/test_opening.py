"""What is opened, what is refused and in which words: nothing foreign, damaged, newer or unprotected is used or touched."""

import re
from pathlib import Path

import pytest

from callhandler.clock import ScenarioClock
from callhandler.errors import BadInput, Environment, StoreTampered, StoreTooNew
from callhandler.services.backups import migrate
from callhandler.services.custody import Custody
from callhandler.store import schema, triggers
from callhandler.store.engine import make_engine
from tests.stores import NOW, Store

CLOCK = ScenarioClock(NOW)


def open_and_close(database: str, kind: str = "LIVE") -> str:
    """Open a store as the application does; returns its kind."""
    custody = Custody.opening(database, CLOCK, kind)
    custody.engine.dispose()
    return custody.kind


def alter(store: Store, *statements: str) -> None:
    """Do something to a store as whoever owns it."""
    with store.plain(owner=True) as plain:
        for statement in statements:
            plain.run(statement)
        plain.commit()


def test_a_new_store_is_made_where_there_is_none_and_keeps_its_kind(bare: Store) -> None:
    assert open_and_close(bare.owned, "TRAINING") == "TRAINING"
    assert open_and_close(bare.owned, "LIVE") == "TRAINING"


def test_the_application_opens_what_the_owner_made(store: Store) -> None:
    assert open_and_close(store.database) == "TRAINING"


@pytest.mark.parametrize(
    "name", ["keep_decision_gate", "keep_log_entry_no_delete", "keep_journal_no_replace"]
)
def test_a_missing_trigger_is_named(store: Store, name: str) -> None:
    drop = next(t for t in triggers.triggers_for(store.engine) if t.name == name).drop
    alter(store, *drop)
    with pytest.raises(StoreTampered, match=rf"lacks 1 of its protections \({name}\)"):
        open_and_close(store.database)


def test_a_trigger_with_another_text_is_named(store: Store) -> None:
    drop = next(t for t in triggers.triggers_for(store.engine) if t.name == "keep_call_no_delete").drop
    if store.engine == "sqlite":
        weaker = [
            "CREATE TRIGGER keep_call_no_delete BEFORE DELETE ON call WHEN OLD.id < 0 BEGIN SELECT 1; END"
        ]
    else:
        weaker = [
            "CREATE TRIGGER keep_call_no_delete BEFORE DELETE ON call FOR EACH ROW WHEN (OLD.id < 0) "
            "EXECUTE FUNCTION keep_call_no_delete()",
            "ALTER TABLE call ENABLE ALWAYS TRIGGER keep_call_no_delete",
        ]
    alter(store, *drop, *weaker)
    with pytest.raises(StoreTampered, match="keep_call_no_delete"):
        open_and_close(store.database)


POSTGRESQL_WAYS = {
    "disabled": "ALTER TABLE call DISABLE TRIGGER keep_call_no_delete",
    "off for replication": "ALTER TABLE call ENABLE TRIGGER keep_call_no_delete",
    "another function": "CREATE OR REPLACE FUNCTION keep_call_no_delete() RETURNS trigger LANGUAGE plpgsql "
    "SET search_path = public, pg_temp AS 'BEGIN RETURN OLD; END'",
    "another search path": "ALTER FUNCTION keep_call_no_delete() RESET search_path",
}


@pytest.mark.parametrize("stores", ["postgresql"], indirect=True)
@pytest.mark.parametrize("way", POSTGRESQL_WAYS)
def test_a_trigger_weakened_in_another_way_is_named(store: Store, way: str) -> None:
    alter(store, POSTGRESQL_WAYS[way])
    with pytest.raises(StoreTampered, match="keep_call_no_delete"):
        open_and_close(store.database)


def test_a_newer_store_is_left_alone(store: Store) -> None:
    alter(store, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew, match=r"newer version of callhandler\. Nothing was changed"):
        open_and_close(store.database)
    with store.plain() as plain:
        assert plain.one("SELECT version_num FROM alembic_version") == "9999"


def test_a_store_without_its_version_must_be_migrated(store: Store) -> None:
    alter(store, "DELETE FROM alembic_version")
    with pytest.raises(Environment, match="must be migrated first: callhandler migrate"):
        open_and_close(store.database)


def test_a_store_that_does_not_say_its_kind_is_not_used(store: Store) -> None:
    drop = next(t for t in triggers.triggers_for(store.engine) if t.name == "keep_about_no_delete").drop
    alter(store, *drop, "DELETE FROM about")
    engine = make_engine(store.owned)
    schema.upgrade(engine)
    engine.dispose()
    with pytest.raises(StoreTampered, match="LIVE or TRAINING"):
        open_and_close(store.database)


FOREIGN = {"no database": b"Shopping list: milk, bread.\n" * 200, "empty": b"", "one byte": b"x"}


@pytest.mark.parametrize("content", FOREIGN)
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "list.sqlite"
    path.write_bytes(FOREIGN[content])
    with pytest.raises(Environment, match=r"list\.sqlite is not a callhandler database"):
        open_and_close(str(path))
    if content == "no database":
        assert path.read_bytes() == FOREIGN[content]
    with pytest.raises((BadInput, Environment), match=r"no callhandler database|not a callhandler database"):
        Custody.existing(str(path), CLOCK)


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_somebody_elses_database_gets_no_tables_of_ours(bare: Store) -> None:
    alter(bare, "CREATE TABLE bookmark (address TEXT)")
    with pytest.raises(Environment, match="is not a callhandler database"):
        open_and_close(bare.database)
    with bare.plain() as plain:
        assert plain.one("SELECT group_concat(name) FROM sqlite_master") == "bookmark"


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    assert open_and_close(str(tmp_path / "new" / "folder" / "callhandler.sqlite")) == "LIVE"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Environment, match=r"The folder for callhandler\.sqlite cannot be made"):
        open_and_close(str(tmp_path / "file" / "callhandler.sqlite"))


def test_a_folder_in_the_databases_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(Environment, match="cannot be opened"):
        open_and_close(str(tmp_path))


def test_a_server_that_is_not_there_is_said_without_its_password() -> None:
    address = "postgresql://desk:open-sesame@127.0.0.1:1/callhandler"
    with pytest.raises(Environment, match="The shared database cannot be reached") as found:
        open_and_close(address)
    assert not re.search("open-sesame", str(found.value))


def test_migrating_copies_the_store_first(store: Store, tmp_path: Path) -> None:
    before = tmp_path / "before.backup"
    assert migrate(store.owned, before, CLOCK) == schema.newest_version()
    assert before.stat().st_size > 10_000
    assert open_and_close(store.database) == "TRAINING"
