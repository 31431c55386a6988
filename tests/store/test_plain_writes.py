"""What plain `sqlite3` and plain `psycopg` are refused, in every table: change, delete, replace, upsert, empty, alter.

On PostgreSQL the application's role lacks the rights, and the owner of the tables meets the triggers. Whoever owns a
SQLite file can drop a trigger first; that is found afterwards (`test_verify.py`), not prevented.
"""

from dataclasses import replace

import pytest
from sqlalchemy import Table

from callhandler.store.tables import about, metadata, presence
from tests.store.rows import ROUTES, key_of, newest, next_id, twin, unique_keys
from tests.stores import Plain, Store

TABLES = pytest.mark.parametrize(
    "table", [t for t in metadata.sorted_tables if t is not presence], ids=lambda table: table.name
)
"""All but the one that records nothing and changes (`test_presence.py`)."""

ON_POSTGRESQL = pytest.mark.parametrize("stores", ["postgresql"], indirect=True)
"""Of roles, which a file does not have."""

REFUSED = ("is never", "permission denied", "must be owner", "the head follows")


def refused(plain: Plain, statement: str, **values: object) -> bool:
    """True when the statement was refused for what it is, not for a slip in it."""
    said = plain.refusal(statement, **values)
    return any(words in said for words in REFUSED)


@TABLES
def test_no_row_is_changed_deleted_or_emptied(shared_world: Store, table: Table) -> None:
    for owner in shared_world.logins:
        with shared_world.plain(owner=owner) as plain:
            assert refused(plain, f"DELETE FROM {table.name}")
            for column in table.c:
                # A head moved to its own place is no change.
                same = "hash || 'x'" if column.name == "hash" else f"{column.name}"
                value = "last - 1" if column.name == "last" else same
                if table.name == "head" and column.name == "id":
                    value = "id + 1"
                assert refused(plain, f"UPDATE {table.name} SET {column.name} = {value}"), column.name
            if not plain.sqlite:
                assert refused(plain, f"TRUNCATE {table.name} CASCADE")


@TABLES
def test_no_row_is_replaced_by_any_of_its_keys(shared_world: Store, table: Table) -> None:
    for owner in shared_world.logins:
        with shared_world.plain(owner=owner) as plain:
            for key in unique_keys(table):
                row = newest(plain, table.name)
                if key_of(table) not in key:
                    row[key_of(table)] = next_id(plain)
                before = newest(plain, table.name)
                upsert = (
                    f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {key_of(table)} = EXCLUDED.{key_of(table)}"
                )
                ways = [("INSERT", ""), ("INSERT", upsert), ("INSERT", "ON CONFLICT DO NOTHING")]
                if plain.sqlite:
                    ways += [(f"INSERT OR {how}", "") for how in ("REPLACE", "IGNORE", "FAIL")] + [
                        ("REPLACE", "")
                    ]
                for verb, tail in ways:
                    said = plain.insert(table.name, row, verb, tail)
                    assert any(words in said for words in REFUSED), (verb, tail, key, said)
                assert newest(plain, table.name) == before


@ON_POSTGRESQL
@TABLES
def test_the_application_may_append_and_read_and_owns_nothing(shared_world: Store, table: Table) -> None:
    with shared_world.plain() as plain:
        assert plain.one(f"SELECT count(*) FROM {table.name}")
        if table.name not in ("about", "head"):
            if table.name in ROUTES:
                # It may append them; what refuses is that a further row has no leave of its own.
                said = plain.insert(table.name, newest(plain, table.name) | {"id": next_id(plain)})
                assert "permission" not in said
            else:
                assert plain.insert(table.name, twin(plain, table.name)) == ""
        for statement in (
            f"ALTER TABLE {table.name} DISABLE TRIGGER ALL",
            f"DROP TRIGGER keep_{table.name}_no_delete ON {table.name}",
            f"DROP TABLE {table.name} CASCADE",
            f"CREATE TRIGGER mine BEFORE INSERT ON {table.name} EXECUTE FUNCTION keep_{table.name}_no_delete()",
        ):
            assert refused(plain, statement), statement


def test_the_application_may_not_say_what_kind_of_store_it_is(shared_world: Store) -> None:
    with shared_world.plain() as plain:
        row = newest(plain, about.name) | {"kind": "LIVE"}
        assert plain.insert("about", row, "INSERT OR REPLACE" if plain.sqlite else "INSERT")


def test_no_setting_of_a_session_turns_the_triggers_off(shared_world: Store) -> None:
    with shared_world.plain(owner=True) as plain:
        if plain.sqlite:
            plain.run("PRAGMA recursive_triggers = OFF")
            plain.run("PRAGMA ignore_check_constraints = ON")
            plain.run("PRAGMA foreign_keys = OFF")
        else:
            assert refused(plain, "SET session_replication_role = replica")
        assert refused(plain, "DELETE FROM decision")


@ON_POSTGRESQL
def test_not_even_the_replication_role_passes_the_triggers(
    shared_world: Store, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgres")
    as_admin = replace(shared_world, owned=server.admin_address(shared_world.name))
    with as_admin.plain(owner=True) as plain:
        plain.run("SET session_replication_role = replica")
        assert refused(plain, "DELETE FROM decision")
        assert refused(plain, "TRUNCATE decision CASCADE")
