"""One attack for every trigger: what it refuses, and what would be done where it is missing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, Text

from callhandler.store import triggers
from callhandler.store.journal import GENESIS
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
from tests.store.rows import ROUTES, key_of, newest, next_id, twin, unique_keys
from tests.stores import Plain

Statement = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Attack:
    """A statement that one trigger must refuse. `prepare` puts in what it needs and returns it."""

    trigger: str
    name: str
    prepare: Callable[[Plain], Statement]

    def drop(self, plain: Plain, dialect: str) -> None:
        """Take the trigger away, as whoever owns the tables can."""
        found = next(t for t in triggers.triggers_for(dialect) if t.name == self.trigger)
        for statement in found.drop:
            plain.run(statement)


def attacks_on(dialect: str) -> Iterator[Attack]:
    """Every attack on one engine."""
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
        yield _attack(table, "no_update", _update)
        yield _attack(table, "no_delete", _delete)
        yield from _replacing(table, dialect)
    yield _attack(head, "no_delete", _delete)
    yield from _replacing(head, dialect)
    yield _attack(head, "follows", _forged_head)
    yield Attack("keep_decision_gate", "keep_decision_gate", _lowered_without_its_gate)
    yield Attack("keep_decision_latch", "keep_decision_latch", _graded_on_a_shed_assessment)
    yield Attack("keep_decision_grade", "keep_decision_grade", _a_low_grade_under_a_high_rank)
    yield Attack("keep_agreement_right", "keep_agreement_right", _agreed_without_the_right)
    yield Attack("keep_assessment_warning_settled", "keep_assessment_warning_settled", _settled_by_nothing)
    for name, prepare in WITHOUT_AUTHORITY.items():
        yield Attack(name, name, prepare)
    if dialect != "sqlite":
        for table in metadata.sorted_tables:
            yield _attack(table, "no_truncate", _truncate)


def _attack(table: Table, suffix: str, prepare: Callable[[Plain, Table], Statement]) -> Attack:
    name = f"keep_{table.name}_{suffix}"
    return Attack(name, name, lambda plain: prepare(plain, table))


def insert(table: str, row: dict[str, Any], verb: str = "INSERT", tail: str = "") -> Statement:
    """The statement that inserts a row."""
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    return f"{verb} INTO {table} ({names}) VALUES ({values}) {tail}", row


def _where(table: Table, row: dict[str, Any]) -> Statement:
    key = key_of(table)
    return f"WHERE {key} = :{key}", {key: row[key]}


def _update(plain: Plain, table: Table) -> Statement:
    others = {
        journal: "digest",
        about: "schema_version",
        file_content: "sha256",
        same_as_proposal: "agree",
    }
    column = "salt" if "salt" in table.c else others.get(table, "key")
    where, values = _where(table, newest(plain, table.name))
    changed = "'changed'" if isinstance(table.c[column].type, Text) else "7"
    return f"UPDATE {table.name} SET {column} = {changed} {where}", values


def _delete(plain: Plain, table: Table) -> Statement:
    # A row to which no other points, so that nothing but the trigger stands in the way.
    row = newest(plain, table.name)
    if table not in (head, about, file_content) and table.name not in ROUTES:
        row = twin(plain, table.name)
        assert not plain.insert(table.name, row)
    where, values = _where(table, row)
    return f"DELETE FROM {table.name} {where}", values


def _replacing(table: Table, dialect: str) -> Iterator[Attack]:
    verb, tail = ("INSERT OR REPLACE", "") if dialect == "sqlite" else ("INSERT", "ON CONFLICT DO NOTHING")
    trigger = f"keep_{table.name}_no_replace"
    for key in unique_keys(table):

        def prepare(plain: Plain, key: tuple[str, ...] = key) -> Statement:
            row = newest(plain, table.name)
            if key_of(table) not in key:
                row[key_of(table)] = next_id(plain)
            if table is head:
                row |= {"last": 0, "hash": GENESIS}
            return insert(table.name, row, verb, tail)

        yield Attack(trigger, f"{trigger}-by_{'_and_'.join(key)}", prepare)


def _truncate(plain: Plain, table: Table) -> Statement:
    for other in metadata.sorted_tables:
        for key in other.constraints:
            if isinstance(key, ForeignKeyConstraint) and key.referred_table is table:
                plain.run(f"ALTER TABLE {other.name} DROP CONSTRAINT {key.name}")
    return f"TRUNCATE {table.name}", {}


def _forged_head(_plain: Plain, _table: Table) -> Statement:
    return "UPDATE head SET last = last + 1", {}


def _lowered_without_its_gate(plain: Plain) -> Statement:
    given = {"act": "grade", "grade": "R", "rank": 4, "request_id": None}
    return insert("decision", twin(plain, "decision", **given))


def _graded_on_a_shed_assessment(plain: Plain) -> Statement:
    shed = twin(plain, "assessment", floor_rank=99)
    assert not plain.insert("assessment", shed)
    given = {"assessment_id": shed["id"], "request_id": None, "rank": 2}
    return insert("decision", twin(plain, "decision", **given))


def _a_low_grade_under_a_high_rank(plain: Plain) -> Statement:
    given = {"act": "grade", "grade": "R", "rank": 1, "request_id": None}
    return insert("decision", twin(plain, "decision", **given))


def _agreed_without_the_right(plain: Plain) -> Statement:
    nobody = twin(plain, "desk_user")
    assert not plain.insert("desk_user", nobody)
    return insert("agreement", twin(plain, "agreement", author_id=nobody["id"]))


def _settled_by_nothing(plain: Plain) -> Statement:
    by = plain.one("SELECT max(id) FROM assessment")
    return insert("assessment_warning", twin(plain, "assessment_warning", settled_by=by))


def _closed_without_contact(plain: Plain) -> Statement:
    """A closing whose every other gate is open: nothing stands any more, and a reason is given."""
    return _ended(plain, "close")


def _ended(plain: Plain, act: str) -> Statement:
    """An act that ends an incident in which something serious was settled and nobody was seen."""
    told = plain.one("SELECT max(id) FROM disclosure")
    incident = plain.one("SELECT incident_id FROM retraction ORDER BY id DESC LIMIT 1")
    here = {"incident_id": incident}
    judged = twin(plain, "assessment", floor_rank=99, **here)
    assert not plain.insert("assessment", judged)
    codes = "SELECT DISTINCT code FROM assessment_warning WHERE incident_id = :i"
    for (code,) in plain.run(codes, i=incident).fetchall():
        given = {"code": code, "tier": "serious", "floor_rank": None, "settled_by": None}
        row = twin(plain, "assessment_warning", assessment_id=judged["id"], **here, **given)
        settled = plain.one("SELECT max(id) FROM confirmation")
        assert not plain.insert("assessment_warning", row | {"settled_by": settled})
    assert told
    given = {"act": act, "grade": "close", "rank": 99, "request_id": None, "call_id": None}
    return insert("decision", twin(plain, "decision", assessment_id=judged["id"], **here, **given))


def _resulted_without_contact(plain: Plain) -> Statement:
    incident = plain.one("SELECT incident_id FROM retraction ORDER BY id DESC LIMIT 1")
    _ended(plain, "close")
    given = {"incident_id": incident, "target": "at_risk", "state": "resulted"}
    return insert("response", twin(plain, "response", **given))


def _leave_without_its_reason(plain: Plain) -> Statement:
    row = newest(plain, "authority") | {"id": next_id(plain), "uuid": "another", "request_id": None}
    return insert("authority", row | {"act": "lower_risk", "subject": "person"})


def _leave_on_a_shed_assessment(plain: Plain) -> Statement:
    incident = plain.one("SELECT incident_id FROM retraction ORDER BY id DESC LIMIT 1")
    shed = twin(plain, "assessment", floor_rank=99, incident_id=incident)
    assert not plain.insert("assessment", shed)
    given = {"act": "retype", "incident_id": incident, "assessment_id": shed["id"], "request_id": None}
    row = newest(plain, "authority") | {"id": next_id(plain), "uuid": "another"}
    return insert("authority", row | given)


def _taken_away_without_a_gate(plain: Plain) -> Statement:
    row = newest(plain, "authority_warning") | {"id": next_id(plain), "code": "another"}
    return insert("authority_warning", row)


def _retracted_without_leave(plain: Plain) -> Statement:
    told = twin(plain, "disclosure")
    assert not plain.insert("disclosure", told)
    leave = newest(plain, "authority")
    given = {"incident_id": told["incident_id"], "disclosure_id": told["id"], "authority_id": leave["id"]}
    return insert("retraction", newest(plain, "retraction") | {"id": next_id(plain)} | given)


def _merged_without_leave(plain: Plain) -> Statement:
    leave = newest(plain, "authority")
    into = plain.one("SELECT max(id) FROM incident")
    given = {"incident_id": leave["incident_id"], "into_id": into, "authority_id": leave["id"]}
    return insert("incident_merge", newest(plain, "incident_merge") | {"id": next_id(plain)} | given)


def _link_rejected_without_leave(plain: Plain) -> Statement:
    return insert("link_judgement", twin(plain, "link_judgement", verdict="not_linked"))


def _records_parted_without_leave(plain: Plain) -> Statement:
    return insert("same_as", twin(plain, "same_as", verdict="not_same"))


def _risk_lowered_without_leave(plain: Plain) -> Statement:
    high = twin(plain, "risk_assessment", level="high")
    assert not plain.insert("risk_assessment", high)
    return insert("risk_assessment", high | {"id": next_id(plain), "level": "standard"})


def _settled_by_anothers_retraction(plain: Plain) -> Statement:
    by = plain.one("SELECT max(id) FROM retraction")
    # Every row of the world is in the journal; what is attacked is only that it settles another's warning.
    return insert("assessment_warning", twin(plain, "assessment_warning", settled_by=by))


WITHOUT_AUTHORITY: dict[str, Callable[[Plain], Statement]] = {
    "keep_decision_contact": _closed_without_contact,
    "keep_authority_gate": _leave_without_its_reason,
    "keep_authority_latch": _leave_on_a_shed_assessment,
    "keep_authority_warning_gate": _taken_away_without_a_gate,
    "keep_retraction_authority": _retracted_without_leave,
    "keep_incident_merge_authority": _merged_without_leave,
    "keep_link_judgement_authority": _link_rejected_without_leave,
    "keep_same_as_authority": _records_parted_without_leave,
    "keep_risk_assessment_authority": _risk_lowered_without_leave,
    "keep_response_contact": _resulted_without_contact,
    "keep_assessment_warning_retraction": _settled_by_anothers_retraction,
}
"""Acts that are no grade, and endings, without what must stand beside them."""
