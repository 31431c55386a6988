"""What must stand beside a decision that lowers, asked of the database alone by plain `sqlite3` and plain `psycopg`.

Every case starts from a lowering with its whole gate, which is taken, and changes one thing. On PostgreSQL both the
application's role and the owner of the tables are refused.
"""

from collections.abc import Callable

import pytest

from callhandler.store.tables import FACTS_OF_AN_INCIDENT
from tests.store.lowering import DECISION, Rows, like, put, whole
from tests.store.rows import twin
from tests.stores import Plain, Store

READ_AGAIN = "something new was recorded, read again"
TOO_LOW = "the floor lies below what its warnings say"
GATE = "a decision that lowers needs its gate"
SHED = "an assessment may not drop a warning"
CONTACT = "somebody at risk was neither seen nor spoken to: record the contact, or give the rationale"
RIGHT = "an agreement needs a supervisor other than the asker"

Change = Callable[[Plain, Rows], None]

REFUSED: dict[str, tuple[str, Change]] = {}
TAKEN: dict[str, Change] = {}


def refused(sentence: str) -> Callable[[Change], Change]:
    """Name a change after which the decision is refused with a sentence."""

    def keep(change: Change) -> Change:
        REFUSED[change.__name__.strip("_")] = (sentence, change)
        return change

    return keep


def taken(change: Change) -> Change:
    """Name a change after which the decision is still taken."""
    TAKEN[change.__name__.strip("_")] = change
    return change


def before_decision(rows: Rows, **more: tuple[str, dict[str, object]]) -> None:
    """Put further rows in just before the decision."""
    last = rows.pop(DECISION)
    rows.update(more)
    rows[DECISION] = last


def decide(rows: Rows, **given: object) -> None:
    """Change the decision."""
    rows[DECISION][1].update(given)


# --- the assessment --------------------------------------------------------------------------


@refused(READ_AGAIN)
def _newer_assessment(_plain: Plain, rows: Rows) -> None:
    before_decision(rows, newer=like(rows, "assessment"))


@refused(READ_AGAIN)
def _assessment_of_another_incident(plain: Plain, rows: Rows) -> None:
    decide(rows, assessment_id=plain.one("SELECT max(id) FROM assessment"))


@refused(TOO_LOW)
def _floor_written_below_its_warnings(_plain: Plain, rows: Rows) -> None:
    rows["assessment"][1]["floor_rank"] = 4
    del rows["standing"]


@refused(SHED)
def _warning_left_out_of_the_newest_assessment(_plain: Plain, rows: Rows) -> None:
    newer = like(rows, "assessment")
    upon = {"assessment_id": newer[1]["id"]}
    before_decision(
        rows,
        newer=newer,
        knife_again=like(rows, "knife", 101, **upon),
        order_again=like(rows, "order", 102, **upon),
        agreed_again=like(rows, "agreement", 103, **upon),
    )
    decide(rows, **upon)


# --- the rationale ---------------------------------------------------------------------------


@refused(GATE)
def _no_request(_plain: Plain, rows: Rows) -> None:
    decide(rows, request_id=None)


@refused(GATE)
def _request_for_another_rank(_plain: Plain, rows: Rows) -> None:
    rows["request"][1]["rank"] = 2


@refused(GATE)
def _request_for_another_grade(_plain: Plain, rows: Rows) -> None:
    rows["request"][1]["grade"] = "P"


@refused(GATE)
def _request_for_another_act(_plain: Plain, rows: Rows) -> None:
    rows["request"][1]["act"] = "close"


@refused(GATE)
def _request_of_another_incident(plain: Plain, rows: Rows) -> None:
    rows["request"][1]["incident_id"] = plain.one("SELECT max(id) FROM incident")


@refused(GATE)
def _no_rationale(_plain: Plain, rows: Rows) -> None:
    del rows["rationale"]


@refused(GATE)
def _empty_reason(_plain: Plain, rows: Rows) -> None:
    rows["rationale"][1]["reason"] = ""


@refused(GATE)
def _blank_reason(_plain: Plain, rows: Rows) -> None:
    rows["rationale"][1]["reason"] = "   "


@refused(GATE)
def _empty_ground(_plain: Plain, rows: Rows) -> None:
    rows["rationale"][1]["ground"] = ""


@refused(GATE)
def _blank_ground(_plain: Plain, rows: Rows) -> None:
    rows["rationale"][1]["ground"] = "  "


@refused(GATE)
def _rationale_of_another_request(plain: Plain, rows: Rows) -> None:
    rows["rationale"][1]["request_id"] = plain.one("SELECT max(id) FROM request")


@refused(GATE)
def _one_critical_warning_unanswered(_plain: Plain, rows: Rows) -> None:
    del rows["threat answered"]


@refused(GATE)
def _no_critical_warning_answered(_plain: Plain, rows: Rows) -> None:
    del rows["knife answered"], rows["threat answered"]


@refused(GATE)
def _answer_not_accepted(_plain: Plain, rows: Rows) -> None:
    rows["threat answered"][1]["accepted"] = 0


@refused(GATE)
def _answer_taken_back_later(_plain: Plain, rows: Rows) -> None:
    before_decision(rows, again=like(rows, "threat answered", accepted=0))


@refused(GATE)
def _answer_to_another_request(plain: Plain, rows: Rows) -> None:
    rows["threat answered"][1]["request_id"] = plain.one("SELECT max(id) FROM request")


# --- the agreement ---------------------------------------------------------------------------


@refused(GATE)
def _no_agreement(_plain: Plain, rows: Rows) -> None:
    del rows["agreement"]


@refused(RIGHT)
def _agreement_by_the_asker(_plain: Plain, rows: Rows) -> None:
    rows["agreement"][1]["author_id"] = rows["request"][1]["author_id"]


@refused(RIGHT)
def _agreement_by_the_asker_who_is_a_supervisor(_plain: Plain, rows: Rows) -> None:
    rows["request"][1]["author_id"] = rows["agreement"][1]["author_id"]


@refused(RIGHT)
def _agreement_by_somebody_without_the_right(plain: Plain, rows: Rows) -> None:
    nobody = twin(plain, "desk_user", id=rows["incident"][1]["id"] + 50)
    rows["agreement"][1]["author_id"] = nobody["id"]
    rows.update(
        {"nobody": ("desk_user", nobody)} | {name: rows.pop(name) for name in ("agreement", DECISION)}
    )


@refused(RIGHT)
def _agreement_after_the_right_has_ended(plain: Plain, rows: Rows) -> None:
    author = rows["agreement"][1]["author_id"]
    ends = plain.one("SELECT max(coalesce(until_at, from_at)) FROM role_grant WHERE user_id = :u", u=author)
    grant = twin(plain, "role_grant", id=rows["incident"][1]["id"] + 50, role="supervisor", until_at=ends + 1)
    other = twin(plain, "desk_user", id=rows["incident"][1]["id"] + 49)
    grant["user_id"] = rows["agreement"][1]["author_id"] = other["id"]
    rows["agreement"][1]["known_at"] = ends + 1
    more = {"other": ("desk_user", other), "grant": ("role_grant", grant)}
    rows.update(more | {name: rows.pop(name) for name in ("agreement", DECISION)})


@refused(GATE)
def _agreement_upon_another_assessment(plain: Plain, rows: Rows) -> None:
    rows["agreement"][1]["assessment_id"] = plain.one("SELECT max(id) FROM assessment")


@refused(GATE)
def _agreement_to_another_request(plain: Plain, rows: Rows) -> None:
    rows["agreement"][1]["request_id"] = plain.one("SELECT max(id) FROM request")


@refused(GATE)
def _kept(_plain: Plain, rows: Rows) -> None:
    rows["agreement"][1]["verdict"] = "keep"


@refused(GATE)
def _taken_over(_plain: Plain, rows: Rows) -> None:
    rows["agreement"][1]["verdict"] = "take_over"


@refused(GATE)
def _kept_and_then_agreed(_plain: Plain, rows: Rows) -> None:
    rows["agreement"][1]["verdict"] = "keep"
    before_decision(rows, again=like(rows, "agreement", verdict="agree"))


@refused(GATE)
def _agreed_and_then_kept(_plain: Plain, rows: Rows) -> None:
    before_decision(rows, again=like(rows, "agreement", verdict="keep"))


# --- other ways to a lower grade -------------------------------------------------------------


@refused(GATE)
def _first_grade_below_the_floor(_plain: Plain, rows: Rows) -> None:
    del rows["standing"]
    decide(rows, request_id=None)


@refused(CONTACT)
def _closed_by_the_way(_plain: Plain, rows: Rows) -> None:
    decide(rows, act="close", grade="close", rank=99)


@refused(GATE)
def _received_with_a_lower_grade(_plain: Plain, rows: Rows) -> None:
    decide(rows, act="receive")


def above_the_floor(rows: Rows) -> None:
    """Make the floor fall, as when its warnings are notes: the standing grade alone is more urgent."""
    rows["assessment"][1]["floor_rank"] = 99
    for name in ("knife", "threat", "order"):
        rows[name][1].update(tier="note", floor_rank=None)
    for name in ("knife answered", "threat answered", "agreement"):
        del rows[name]


@refused(GATE)
def _below_the_standing_grade_without_a_reason(_plain: Plain, rows: Rows) -> None:
    above_the_floor(rows)
    del rows["rationale"]


@taken
def _below_the_standing_grade_with_a_reason(_plain: Plain, rows: Rows) -> None:
    above_the_floor(rows)
    rows["rationale"][1]["ground"] = ""


def in_one_call(plain: Plain, rows: Rows) -> None:
    """Let the standing decision and the new one belong to one call and one author, without any rationale."""
    above_the_floor(rows)
    del rows["rationale"]
    call = plain.one("SELECT max(id) FROM call")
    author = rows[DECISION][1]["author_id"]
    rows["standing"][1].update(call_id=call, author_id=author)
    decide(rows, call_id=call, request_id=None)


@taken
def _a_correction_in_the_same_call(plain: Plain, rows: Rows) -> None:
    in_one_call(plain, rows)


@refused(GATE)
def _a_correction_with_something_serious_standing(plain: Plain, rows: Rows) -> None:
    in_one_call(plain, rows)
    rows["order"][1]["tier"] = "serious"


@refused(GATE)
def _a_correction_of_somebody_elses_decision(plain: Plain, rows: Rows) -> None:
    in_one_call(plain, rows)
    rows["standing"][1]["author_id"] = plain.one("SELECT author_id FROM agreement")


@refused(GATE)
def _a_correction_after_the_call(plain: Plain, rows: Rows) -> None:
    in_one_call(plain, rows)
    rows["standing"][1]["call_id"] = None


def closed_with_nothing_open(plain: Plain, rows: Rows) -> None:
    """Close an incident whose visit is over, without any rationale."""
    above_the_floor(rows)
    del rows["rationale"]
    start = rows["incident"][1]["id"]
    here = {"incident_id": start, "target": "at_risk", "state": "resulted"}
    # Received before the assessment: there are free places between the incident and what follows.
    response = twin(plain, "response", **here)
    for _table, row in list(rows.values())[1:]:
        for column in ("id", "assessment_id", "request_id"):
            if row.get(column) is not None and row[column] > start:
                row[column] += 10
    response["id"] = start + 1
    again = list(rows.items())
    rows.clear()
    rows.update(dict([again[0], ("resulted", ("response", response)), *again[1:]]))
    decide(rows, act="close", grade="close", rank=99, request_id=None)


@taken
def _closing_a_resulted_incident(plain: Plain, rows: Rows) -> None:
    closed_with_nothing_open(plain, rows)


@refused(GATE)
def _closing_before_the_result(plain: Plain, rows: Rows) -> None:
    closed_with_nothing_open(plain, rows)
    rows["resulted"][1]["state"] = "at_scene"


@refused(GATE)
def _closing_with_a_task_open(plain: Plain, rows: Rows) -> None:
    closed_with_nothing_open(plain, rows)
    before_decision(
        rows, task=("task", twin(plain, "task", incident_id=rows["incident"][1]["id"]) | {"id": 10**6})
    )


@taken
def _the_whole_gate(_plain: Plain, _rows: Rows) -> None:
    """Nothing is left out."""


@taken
def _raising_with_nothing_beside_it(_plain: Plain, rows: Rows) -> None:
    for name in ("standing", "request", "rationale", "knife answered", "threat answered", "agreement"):
        del rows[name]
    decide(rows, request_id=None, grade="I", rank=1)


@taken
def _staying_at_the_standing_grade(_plain: Plain, rows: Rows) -> None:
    decide(rows, request_id=None, grade="I", rank=1)


# --- the tests -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", REFUSED)
def test_refused(shared_world: Store, case: str) -> None:
    sentence, change = REFUSED[case]
    for owner in shared_world.logins:
        with shared_world.plain(owner=owner) as plain:
            rows = whole(plain)
            change(plain, rows)
            assert sentence in put(plain, rows)


@pytest.mark.parametrize("case", TAKEN)
def test_taken(shared_world: Store, case: str) -> None:
    for owner in shared_world.logins:
        with shared_world.plain(owner=owner) as plain:
            rows = whole(plain)
            TAKEN[case](plain, rows)
            assert put(plain, rows) == ""


def test_the_gate_itself_does_not_count_the_askers_own_agreement(shared_world: Store) -> None:
    with shared_world.plain(owner=True) as plain:
        plain.run("DROP TRIGGER keep_agreement_right" + ("" if plain.sqlite else " ON agreement"))
        rows = whole(plain)
        rows["agreement"][1]["author_id"] = rows["request"][1]["author_id"]
        assert GATE in put(plain, rows)


@pytest.mark.parametrize("table", [t for t in FACTS_OF_AN_INCIDENT if t != "retraction"])
def test_a_fact_newer_than_the_assessment_must_be_read_first(shared_world: Store, table: str) -> None:
    with shared_world.plain() as plain:
        rows = whole(plain)
        decision = rows.pop(DECISION)
        assert put(plain, rows) == ""
        fact = twin(plain, table, incident_id=rows["incident"][1]["id"])
        assert plain.insert(table, fact) == ""
        decision[1]["id"] = fact["id"] + 1
        assert READ_AGAIN in put(plain, {DECISION: decision})


@pytest.mark.parametrize("table", ["assessment_warning", "agreement"])
def test_a_temporary_table_of_the_same_name_hides_nothing(shared_world: Store, table: str) -> None:
    with shared_world.plain() as plain:
        rows = whole(plain)
        _, agreement = rows.pop("agreement")
        _, decision = rows.pop(DECISION)
        assert put(plain, rows) == ""
        real, mine = ("main", "temp") if plain.sqlite else ("public", "pg_temp")
        plain.run(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {real}.{table} WHERE 1 = 0")
        if table == "agreement":
            assert plain.insert(f"{mine}.agreement", agreement) == ""
        assert GATE in plain.insert(f"{real}.decision", decision)
