"""What the database itself refuses, on both engines, whoever asks and by whatever statement.

They are reinstalled after every migration and compared at opening. On SQLite an `INSERT OR REPLACE` walks past delete
triggers, so an insert over any existing key is refused as well. Whoever owns a SQLite file can drop triggers; there
`verify` detects, it does not prevent.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Table, UniqueConstraint, inspect, text

from callhandler.errors import StoreTampered
from callhandler.store.tables import (
    FACTS_OF_AN_INCIDENT,
    JOURNALLED,
    about,
    file_content,
    head,
    journal,
    metadata,
)

PREFIX = "keep_"


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
    for table in (*JOURNALLED, journal, about, file_content):
        found += [build.update(table), build.delete(table), build.replace(table)]
    found += [build.delete(head), build.replace(head), build.head(), build.decision(), build.agreement()]
    found += [build.latch(), build.settled(), build.grade()]
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

# The newest assessment must be newer than every fact of its incident.
_NEWER_FACT = " OR ".join(
    f"EXISTS (SELECT 1 FROM {name} WHERE incident_id = NEW.incident_id AND id > NEW.assessment_id)"
    for name in FACTS_OF_AN_INCIDENT
)

STALE = (
    "NEW.assessment_id <> COALESCE((SELECT max(id) FROM assessment WHERE incident_id = NEW.incident_id), -1) "
    f"OR {_NEWER_FACT}"
)

# Every warning ever standing for the incident is in its newest assessment, standing or settled.
SHED = (
    "EXISTS (SELECT 1 FROM assessment_warning a WHERE a.incident_id = NEW.incident_id "
    "AND a.assessment_id < NEW.assessment_id AND NOT EXISTS (SELECT 1 FROM assessment_warning b "
    "WHERE b.assessment_id = NEW.assessment_id AND b.code = a.code))"
)

# The floor that is written may not lie below what its standing warnings say.
FLOOR_TOO_LOW = (
    "(SELECT floor_rank FROM assessment WHERE id = NEW.assessment_id) > "
    "COALESCE((SELECT min(floor_rank) FROM assessment_warning WHERE assessment_id = NEW.assessment_id "
    "AND settled_by IS NULL AND floor_rank IS NOT NULL), 99)"
)

# What a grade is called and where it ranks go together, by the policy that the assessment names.
GRADE_UNKNOWN = (
    "NOT EXISTS (SELECT 1 FROM scheme_grade g JOIN assessment a ON a.policy_digest = g.digest "
    "WHERE a.id = NEW.assessment_id AND g.grade = NEW.grade AND g.rank = NEW.rank)"
)

_STANDING = (
    "COALESCE((SELECT rank FROM decision WHERE incident_id = NEW.incident_id ORDER BY id DESC LIMIT 1), 99)"
)
_FLOOR = "(SELECT floor_rank FROM assessment WHERE id = NEW.assessment_id)"
_BELOW_FLOOR = f"NEW.rank > {_FLOOR}"
_BELOW_STANDING = f"NEW.rank > {_STANDING}"
_CRITICAL = (
    "EXISTS (SELECT 1 FROM assessment_warning WHERE assessment_id = NEW.assessment_id AND settled_by IS NULL "
    "AND tier = 'critical' AND floor_rank IS NOT NULL)"
)
_WEIGHTY = (
    "EXISTS (SELECT 1 FROM assessment_warning WHERE assessment_id = NEW.assessment_id AND settled_by IS NULL "
    "AND tier IN ('critical', 'serious'))"
)
_RATIONALE = (
    "EXISTS (SELECT 1 FROM rationale r JOIN request q ON q.id = r.request_id WHERE q.id = NEW.request_id "
    "AND q.incident_id = NEW.incident_id AND q.act = NEW.act AND q.grade = NEW.grade AND q.rank = NEW.rank "
    "AND length(trim(r.reason)) > 0"
)
_UNANSWERED = (
    "EXISTS (SELECT 1 FROM assessment_warning w WHERE w.assessment_id = NEW.assessment_id AND w.settled_by IS NULL "
    "AND w.tier = 'critical' AND w.floor_rank IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rationale_answer a "
    "WHERE a.request_id = NEW.request_id AND a.warning = w.code AND a.accepted = 1 AND a.id = "
    "(SELECT max(b.id) FROM rationale_answer b WHERE b.request_id = NEW.request_id AND b.warning = w.code)))"
)
_AGREED = (
    "EXISTS (SELECT 1 FROM agreement g JOIN request q ON q.id = g.request_id WHERE g.request_id = NEW.request_id "
    "AND g.verdict = 'agree' AND g.assessment_id = NEW.assessment_id AND g.author_id <> q.author_id "
    "AND g.id = (SELECT max(h.id) FROM agreement h WHERE h.request_id = NEW.request_id))"
)
_KEPT = "EXISTS (SELECT 1 FROM agreement h WHERE h.request_id = NEW.request_id AND h.verdict <> 'agree')"
_SAME_CALL = (
    "EXISTS (SELECT 1 FROM decision d WHERE d.incident_id = NEW.incident_id AND d.call_id = NEW.call_id "
    "AND d.author_id = NEW.author_id AND d.id = (SELECT max(id) FROM decision WHERE incident_id = NEW.incident_id))"
)
_NOTHING_OPEN = (
    "NEW.act = 'close' AND NOT EXISTS (SELECT 1 FROM task t WHERE t.incident_id = NEW.incident_id AND NOT EXISTS "
    "(SELECT 1 FROM task_done f WHERE f.task_id = t.id)) AND (NOT EXISTS (SELECT 1 FROM decision o "
    "WHERE o.incident_id = NEW.incident_id) OR (SELECT o.target_minutes FROM decision o "
    "WHERE o.incident_id = NEW.incident_id ORDER BY o.id DESC LIMIT 1) IS NULL OR 'resulted' = "
    "(SELECT p.state FROM response p WHERE p.incident_id = NEW.incident_id AND p.target = 'at_risk' "
    "ORDER BY p.id DESC LIMIT 1))"
)

GATE_UNMET = (
    f"(({_BELOW_FLOOR}) AND NOT ({_RATIONALE} AND length(trim(r.ground)) > 0))) "
    f"OR (({_BELOW_FLOOR}) AND {_CRITICAL} AND ({_UNANSWERED} OR NOT {_AGREED})) "
    f"OR (({_BELOW_STANDING}) AND NOT {_RATIONALE}) "
    f"AND NOT (NOT {_WEIGHTY} AND ({_SAME_CALL} OR ({_NOTHING_OPEN})))) "
    f"OR ((({_BELOW_FLOOR}) OR ({_BELOW_STANDING})) AND {_KEPT})"
)
"""What no policy can loosen: the least that must stand beside a decision that lowers."""

RIGHT_TO_AGREE = (
    "EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = NEW.author_id AND g.role = 'supervisor' "
    "AND g.from_at <= NEW.known_at AND (g.until_at IS NULL OR g.until_at > NEW.known_at)) "
    "AND NEW.author_id <> (SELECT author_id FROM request WHERE id = NEW.request_id)"
)

SETTLED_BY_NOTHING = (
    "NEW.settled_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal WHERE seq = NEW.settled_by "
    "AND kind IN ('confirmation', 'follow_up', 'response', 'answer', 'order_fact', 'decision', 'call', 'receipt', "
    "'task_done', 'consultation', 'move', 'log_entry'))"
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

    def decision(self) -> Trigger:
        name = f"{PREFIX}decision_gate"
        create = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON decision BEGIN "
            f"SELECT CASE WHEN {STALE} THEN RAISE(ABORT, '{_NEW_SENTENCE}') "
            f"WHEN {FLOOR_TOO_LOW} THEN RAISE(ABORT, '{_FLOOR_SENTENCE}') "
            f"WHEN {GATE_UNMET} THEN RAISE(ABORT, '{_GATE_SENTENCE}') END; END"
        )
        return Trigger(name, "decision", _GATE_SENTENCE, (create,), (f"DROP TRIGGER IF EXISTS {name}",))

    def latch(self) -> Trigger:
        return self._before("INSERT", "decision", "latch", SHED, _SHED_SENTENCE)

    def grade(self) -> Trigger:
        return self._before("INSERT", "decision", "grade", GRADE_UNKNOWN, _GRADE_SENTENCE)

    def agreement(self) -> Trigger:
        return self._before("INSERT", "agreement", "right", f"NOT ({RIGHT_TO_AGREE})", _RIGHT_SENTENCE)

    def settled(self) -> Trigger:
        return self._before("INSERT", "assessment_warning", "settled", SETTLED_BY_NOTHING, _SETTLED_SENTENCE)


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

    def decision(self) -> Trigger:
        checks = (
            f"IF {STALE} THEN RAISE EXCEPTION '{_NEW_SENTENCE}'; END IF; "
            f"IF {FLOOR_TOO_LOW} THEN RAISE EXCEPTION '{_FLOOR_SENTENCE}'; END IF; "
            f"IF {GATE_UNMET} THEN RAISE EXCEPTION '{_GATE_SENTENCE}'; END IF;"
        )
        return self._written("INSERT", "decision", f"{PREFIX}decision_gate", checks, _GATE_SENTENCE)

    def latch(self) -> Trigger:
        return self._trigger("INSERT", "decision", "latch", SHED, _SHED_SENTENCE)

    def grade(self) -> Trigger:
        return self._trigger("INSERT", "decision", "grade", GRADE_UNKNOWN, _GRADE_SENTENCE)

    def agreement(self) -> Trigger:
        return self._trigger("INSERT", "agreement", "right", f"NOT ({RIGHT_TO_AGREE})", _RIGHT_SENTENCE)

    def settled(self) -> Trigger:
        return self._trigger("INSERT", "assessment_warning", "settled", SETTLED_BY_NOTHING, _SETTLED_SENTENCE)


_NEW_SENTENCE = "something new was recorded, read again"
_FLOOR_SENTENCE = "the floor lies below what its warnings say"
_GATE_SENTENCE = "a decision that lowers needs its gate"
_SHED_SENTENCE = "an assessment may not drop a warning"
_GRADE_SENTENCE = "a grade may not stand under another rank"
_RIGHT_SENTENCE = "an agreement needs a supervisor other than the asker"
_SETTLED_SENTENCE = "a warning is settled only by a recorded fact"

_SQLITE = _Sqlite()
_POSTGRES = _Postgres()
