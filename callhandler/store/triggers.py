"""What the database itself refuses, on both engines, whoever asks and by whatever statement.

They are reinstalled after every migration and compared at opening. On SQLite an `INSERT OR REPLACE` walks past delete
triggers, so an insert over any existing key is refused as well. Whoever owns a SQLite file can drop triggers; there
`verify` detects, it does not prevent.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Table, UniqueConstraint, inspect, text

from callhandler.errors import StoreTampered
from callhandler.store import least, least_routes
from callhandler.store.tables import (
    JOURNALLED,
    about,
    file_content,
    head,
    import_key,
    journal,
    metadata,
    name_key,
    place_key,
    same_as_proposal,
    word_key,
)

PREFIX = "keep_"

Refused = tuple[tuple[str, str], ...]
"""What an insert is refused for: when, and in which words. The first that holds is told."""


@dataclass(frozen=True)
class Trigger:
    """One trigger: its name, its table, what it refuses in words, and its statements on one engine."""

    name: str
    table: str
    refuses: str
    create: tuple[str, ...]
    drop: tuple[str, ...]


@cache
def triggers_for(dialect: str) -> tuple[Trigger, ...]:
    """Every trigger of the schema, in the dialect named `sqlite` or `postgresql`."""
    build = _SQLITE if dialect == "sqlite" else _POSTGRES
    found = []
    for table in (
        *JOURNALLED,
        journal,
        about,
        file_content,
        import_key,
        name_key,
        place_key,
        word_key,
        same_as_proposal,
    ):
        found += [build.update(table), build.delete(table), build.replace(table)]
    found += [build.delete(head), build.replace(head), build.head()]
    found += [build.refuse(*each) for each in (*least.REFUSED, *least_routes.REFUSED)]
    if dialect != "sqlite":
        found += [build.truncate(table) for table in metadata.sorted_tables]
    return tuple(found)


def install(connection: Connection) -> None:
    """Install every trigger anew. Part of every migration."""
    if connection.dialect.name != "sqlite":
        # The triggers' functions keep this path: a temporary table of the same name would else come first.
        connection.exec_driver_sql(f"SET LOCAL search_path = {_search_path(connection)}")
    there = set(inspect(connection).get_table_names())
    for trigger in triggers_for(connection.dialect.name):
        if trigger.table not in there:
            # A step on the way up: the table comes with a later migration, and its triggers with it.
            continue
        for statement in (*trigger.drop, *trigger.create):
            connection.exec_driver_sql(statement.replace("%", "%%"))


def take_away(connection: Connection) -> None:
    """Drop every trigger before tables are changed: SQLite renames none while a trigger reads one that is gone."""
    if connection.dialect.name == "sqlite":
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        )
        for name in (n for n in names if n.startswith(PREFIX)):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def remove_functions(connection: Connection) -> None:
    """Remove what triggers leave behind on PostgreSQL when their tables go."""
    if connection.dialect.name != "sqlite":
        for trigger in triggers_for(connection.dialect.name):
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {trigger.name}()")


def missing(connection: Connection) -> tuple[str, ...]:
    """Names of triggers that are absent, or whose text differs from what this version installs."""
    wanted = {t.name: t for t in triggers_for(connection.dialect.name)}
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        found = {row.name: _squeeze(row.sql) for row in rows}
        return tuple(n for n, t in wanted.items() if found.get(n) != _squeeze(t.create[-1]))
    rows = connection.execute(
        text(
            "SELECT t.tgname AS name, t.tgenabled AS enabled, pg_get_triggerdef(t.oid, true) AS made, p.prosrc AS body, "
            "p.proconfig AS settings FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
        )
    )
    settings = [f"search_path={_search_path(connection)}"]
    whole = {row.name: (row.enabled, row.made, _squeeze(row.body), row.settings) for row in rows}
    return tuple(
        name
        for name, t in wanted.items()
        if whole.get(name) != ("A", t.create[1], _squeeze(_body(t)), settings)
    )


def require(connection: Connection) -> None:
    """Raise StoreTampered when any trigger is missing or altered."""
    gone = missing(connection)
    if gone:
        raise StoreTampered(
            f"This database lacks {len(gone)} of its protections ({', '.join(gone[:3])}{' ...' if len(gone) > 3 else ''}). "
            "It is not opened, because urgency could be lowered in it without a trace. "
            "Ask your administrator to run: callhandler verify"
        )


def _search_path(connection: Connection) -> str:
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    return f"{schema}, pg_temp"


def _squeeze(sql: str) -> str:
    return " ".join(sql.split())


def _body(trigger: Trigger) -> str:
    return trigger.create[0].split("$body$")[1]


def _unique_keys(table: Table) -> list[tuple[str, ...]]:
    keys = [tuple(c.name for c in table.primary_key.columns)]
    keys += [
        tuple(c.name for c in constraint.columns)
        for constraint in sorted(table.constraints, key=lambda c: str(c.name))
        if isinstance(constraint, UniqueConstraint)
    ]
    return keys


def _exists(table: Table) -> str:
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table.name} WHERE " + " AND ".join(f"{c} = NEW.{c}" for c in key) + ")"
        for key in _unique_keys(table)
    )


HEAD_FOLLOWS = (
    "NEW.id = 1 AND NEW.last >= OLD.last "
    "AND EXISTS (SELECT 1 FROM journal WHERE seq = NEW.last AND hash = NEW.hash)"
)


class _Sqlite:
    """SQLite's writing of the triggers."""

    def _before(self, what: str, table: str, suffix: str, when: str, sentence: str) -> Trigger:
        name = f"{PREFIX}{table}_{suffix}"
        condition = f"WHEN {when} " if when else ""
        create = f"CREATE TRIGGER {name} BEFORE {what} ON {table} {condition}BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        return Trigger(name, table, sentence, (create,), (f"DROP TRIGGER IF EXISTS {name}",))

    def update(self, table: Table) -> Trigger:
        return self._before("UPDATE", table.name, "no_update", "", f"{table.name} is never changed")

    def delete(self, table: Table) -> Trigger:
        return self._before("DELETE", table.name, "no_delete", "", f"{table.name} is never deleted")

    def replace(self, table: Table) -> Trigger:
        return self._before(
            "INSERT", table.name, "no_replace", _exists(table), f"{table.name} is never replaced"
        )

    def truncate(self, table: Table) -> Trigger:
        raise AssertionError("SQLite has no TRUNCATE")

    def head(self) -> Trigger:
        return self._before(
            "UPDATE", "head", "follows", f"NOT ({HEAD_FOLLOWS})", "the head follows the journal"
        )

    def refuse(self, table: str, suffix: str, refused: Refused) -> Trigger:
        name = f"{PREFIX}{table}_{suffix}"
        cases = " ".join(f"WHEN {when} THEN RAISE(ABORT, '{sentence}')" for when, sentence in refused)
        create = f"CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN SELECT CASE {cases} END; END"
        return Trigger(name, table, refused[-1][1], (create,), (f"DROP TRIGGER IF EXISTS {name}",))


class _Postgres:
    """PostgreSQL's writing. `ENABLE ALWAYS` keeps them on for every session, replication role or not."""

    def _trigger(
        self, what: str, table: str, suffix: str, when: str, sentence: str, level: str = "ROW"
    ) -> Trigger:
        name = f"{PREFIX}{table}_{suffix}"
        checks = (
            f"IF {when} THEN RAISE EXCEPTION '{sentence}'; END IF;"
            if when
            else f"RAISE EXCEPTION '{sentence}';"
        )
        return self._written(what, table, name, checks, sentence, level)

    def _written(
        self, what: str, table: str, name: str, checks: str, sentence: str, level: str = "ROW"
    ) -> Trigger:
        function = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT "
            f"AS $body$ BEGIN {checks} "
            "RETURN NEW; END $body$"
        )
        create = f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH {level} EXECUTE FUNCTION {name}()"
        always = f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
        return Trigger(
            name, table, sentence, (function, create, always), (f"DROP TRIGGER IF EXISTS {name} ON {table}",)
        )

    def update(self, table: Table) -> Trigger:
        return self._trigger("UPDATE", table.name, "no_update", "", f"{table.name} is never changed")

    def delete(self, table: Table) -> Trigger:
        return self._trigger("DELETE", table.name, "no_delete", "", f"{table.name} is never deleted")

    def replace(self, table: Table) -> Trigger:
        return self._trigger(
            "INSERT", table.name, "no_replace", _exists(table), f"{table.name} is never replaced"
        )

    def truncate(self, table: Table) -> Trigger:
        return self._trigger(
            "TRUNCATE", table.name, "no_truncate", "", f"{table.name} is never emptied", "STATEMENT"
        )

    def head(self) -> Trigger:
        return self._trigger(
            "UPDATE", "head", "follows", f"NOT ({HEAD_FOLLOWS})", "the head follows the journal"
        )

    def refuse(self, table: str, suffix: str, refused: Refused) -> Trigger:
        checks = " ".join(
            f"IF ({when}) THEN RAISE EXCEPTION '{sentence}'; END IF;" for when, sentence in refused
        )
        return self._written("INSERT", table, f"{PREFIX}{table}_{suffix}", checks, refused[-1][1])


_SQLITE = _Sqlite()
_POSTGRES = _Postgres()
