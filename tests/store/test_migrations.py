"""The migrations make the very tables of `store.tables`, go down to nothing and up again, and bring every trigger back."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from callhandler.store import schema, triggers, words
from callhandler.store.engine import make_engine
from callhandler.store.tables import metadata
from callhandler.store.unit_of_work import reading
from tests.stores import NOW, Store

MIGRATIONS = Path(schema.__file__).with_name("migrations")


@pytest.fixture
def engine(bare: Store) -> Iterator[Engine]:
    """An engine, as the schema's owner, over a place without a store."""
    engine = make_engine(bare.owned)
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    """What Alembic would still change."""

    def known(name: str | None, kind: str, _parents: object) -> bool:
        # What finds words is each engine's own, and no table of the schema.
        return kind != "table" or name is None or not words.is_ours(name)

    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": known})
        return list(compare_metadata(context, metadata))


def left(engine: Engine) -> list[str]:
    """Tables, triggers and functions of ours in the database."""
    with reading(engine) as connection:
        if engine.dialect.name == "sqlite":
            found = connection.execute(text("SELECT name FROM sqlite_master"))
        else:
            found = connection.execute(
                text(
                    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL "
                    "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                )
            )
        return [row[0] for row in found]


def test_up_down_to_nothing_and_up_again(engine: Engine) -> None:
    schema.upgrade(engine)
    assert differences(engine) == []
    schema.downgrade(engine)
    assert left(engine) == []
    schema.upgrade(engine)
    assert differences(engine) == []
    with reading(engine) as connection:
        assert triggers.missing(connection) == ()


def test_each_step_up_and_down(engine: Engine) -> None:
    steps = [script.revision for script in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))]
    for revision in steps:
        schema.upgrade(engine, revision)
    assert differences(engine) == []
    for revision in reversed(["base", *steps[:-1]]):
        schema.downgrade(engine, revision)
    assert left(engine) == []


def test_a_migration_brings_back_every_trigger(engine: Engine) -> None:
    schema.create(engine, "TRAINING", NOW)
    wanted = triggers.triggers_for(engine.dialect.name)
    with engine.begin() as connection:
        for trigger in wanted:
            for statement in trigger.drop:
                connection.exec_driver_sql(statement)
    with reading(engine) as connection:
        assert set(triggers.missing(connection)) == {t.name for t in wanted}
    schema.upgrade(engine)
    assert schema.require_usable(engine) == "TRAINING"


def test_every_key_and_index_is_named_alike_on_both(engine: Engine) -> None:
    schema.upgrade(engine)
    found = inspect(engine)
    for table in metadata.sorted_tables:
        assert {i["name"] for i in found.get_indexes(table.name)} >= {i.name for i in table.indexes}
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"


def test_a_store_is_made_whole_or_not_at_all(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "newest_version", fail)
    with pytest.raises(KeyboardInterrupt):
        schema.create(engine, "TRAINING", NOW)
    assert left(engine) == []


def test_the_versions_read_from_the_names_of_files_are_those_of_alembic() -> None:
    found = ScriptDirectory(str(MIGRATIONS))
    assert schema.known_versions() == {script.revision for script in found.walk_revisions()}
    assert schema.newest_version() == found.get_current_head()


def test_a_store_is_opened_as_it_is_without_alembic(engine: Engine) -> None:
    schema.create(engine, "LIVE", NOW)
    opened = (
        "import sys; from callhandler.store import schema; from callhandler.store.engine import make_engine\n"
        f"assert schema.require_usable(make_engine({engine.url.render_as_string(False)!r})) == 'LIVE'\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", opened], check=False, timeout=60).returncode == 0
