"""A change of the tables that leaves a reference broken is undone, and only what it could have broken is looked at."""

import pytest
from sqlalchemy import text

from callhandler.errors import StoreTampered
from callhandler.store import schema, triggers
from callhandler.store.engine import make_engine
from tests.stores import Store


@pytest.mark.parametrize(
    "breaking",
    [
        "UPDATE party SET person_id = 999999999",
        "DELETE FROM person WHERE id IN (SELECT person_id FROM party)",
    ],
)
def test_a_broken_reference_stops_the_change_and_nothing_of_it_is_kept(world: Store, breaking: str) -> None:
    if world.engine != "sqlite":
        # PostgreSQL checks every reference itself.
        return
    engine = make_engine(world.owned)
    told: list[str] = []
    try:
        with engine.connect() as connection:
            before = connection.execute(text("SELECT id, person_id FROM party ORDER BY id")).all()
        with (
            pytest.raises(StoreTampered, match="points to one that is not there"),
            schema._changing(engine, told.append) as connection,
        ):
            triggers.take_away(connection)
            connection.exec_driver_sql(breaking)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT id, person_id FROM party ORDER BY id")).all() == before
            assert triggers.missing(connection) == ()
        assert told
    finally:
        engine.dispose()


def test_only_what_was_written_and_what_points_to_it_is_looked_at(world: Store) -> None:
    if world.engine != "sqlite":
        # PostgreSQL checks every reference itself.
        return
    engine = make_engine(world.owned)
    told: list[str] = []
    try:
        with schema._changing(engine, told.append) as connection:
            triggers.take_away(connection)
            connection.exec_driver_sql("UPDATE vehicle SET description = 'red'")
            triggers.install(connection)
        assert [t.removeprefix("Checking what ").removesuffix(" points to") for t in told] == ["vehicle"]
        told.clear()
        with schema._changing(engine, told.append) as connection:
            triggers.take_away(connection)
            connection.exec_driver_sql("CREATE TABLE _alembic_tmp_number AS SELECT * FROM number")
            connection.exec_driver_sql("DROP TABLE _alembic_tmp_number")
            triggers.install(connection)
        assert {"Checking what call points to", "Checking what number_tie points to"} <= set(told)
        assert "Checking what party points to" not in told
    finally:
        engine.dispose()
