"""Every CHECK refuses a row that breaks it, and where it is dropped the very same row is taken."""

import re
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Table

from callhandler.store.tables import metadata
from callhandler.store.triggers import triggers_for
from tests.store.rows import LISTED, ROUTES, newest, next_id, twin
from tests.stores import Plain, Store

CHECKS = [
    (table, check)
    for table in metadata.sorted_tables
    for check in sorted(
        (c for c in table.constraints if isinstance(c, CheckConstraint)), key=lambda c: str(c.name)
    )
]
"""Every CHECK of the schema: none can be left out of what follows."""

NAMES = frozenset(
    [
        "ck_about_kind",
        "ck_about_one_row",
        "ck_agreement_says_why",
        "ck_agreement_verdict",
        "ck_answer_reply",
        "ck_assessment_warning_tier",
        "ck_authority_act",
        "ck_authority_gate",
        "ck_authority_ranks",
        "ck_authority_warning_tier",
        "ck_call_direction",
        "ck_call_outcome",
        "ck_civil_order_made_precision",
        "ck_civil_order_without_notice",
        "ck_contact_alone",
        "ck_contact_counts_is_whole",
        "ck_contact_free",
        "ck_contact_how",
        "ck_decision_act",
        "ck_decision_gate",
        "ck_decision_rank",
        "ck_disclosure_happened_precision",
        "ck_disclosure_stance",
        "ck_enquiry_state",
        "ck_head_one_row",
        "ck_history_count_subject",
        "ck_incident_happened_precision",
        "ck_incident_merge_authorised",
        "ck_incident_merge_two",
        "ck_incident_merge_verdict",
        "ck_incident_target_met",
        "ck_link_judgement_verdict",
        "ck_log_entry_kind",
        "ck_marker_happened_precision",
        "ck_marker_subject",
        "ck_marker_told",
        "ck_move_kind",
        "ck_network_fix_kind",
        "ck_order_copy_media_type",
        "ck_order_copy_sha256",
        "ck_order_term_arrest_power",
        "ck_order_term_attached",
        "ck_order_term_place_of_a_place",
        "ck_ownership_act",
        "ck_paper_digest",
        "ck_paper_kind",
        "ck_party_role",
        "ck_person_record_happened_precision",
        "ck_person_tie_relation",
        "ck_place_tie_happened_precision",
        "ck_place_tie_tie",
        "ck_police_warning_happened_precision",
        "ck_promise_end_ended",
        "ck_proposal_decision_consent",
        "ck_proposal_decision_decided",
        "ck_proposal_decision_kind",
        "ck_rationale_answer_accepted_is_whole",
        "ck_rationale_says_something",
        "ck_request_act",
        "ck_response_state",
        "ck_response_target",
        "ck_review_feedback_says_something",
        "ck_review_grade_blind",
        "ck_review_grade_rank",
        "ck_review_item_blind",
        "ck_review_item_says_why",
        "ck_review_outcome_result",
        "ck_review_outcome_says_why",
        "ck_review_owner_act",
        "ck_risk_assessment_done",
        "ck_role_grant_role",
        "ck_safety_offer_outcome",
        "ck_safety_plan_alone",
        "ck_link_run_digest",
        "ck_link_run_engine",
        "ck_link_run_settings",
        "ck_same_as_kind",
        "ck_same_as_older_first",
        "ck_same_as_proposal_likely",
        "ck_same_as_proposal_older_first",
        "ck_same_as_says_why",
        "ck_same_as_verdict",
        "ck_transfer_way",
        "ck_vehicle_named_says_something",
        "ck_withheld_state",
    ]
)
"""The same by name, so that one taken out of tables and migrations alike is missed. A new one is written here too."""

BROKEN: dict[str, dict[str, Any]] = {
    "ck_about_one_row": {"id": 2},
    "ck_head_one_row": {"id": 2},
    "ck_decision_rank": {"grade": "above all", "rank": 0},
    "ck_agreement_says_why": {"reason": "  "},
    "ck_rationale_says_something": {"reason": " ", "ground": ""},
    "ck_order_copy_sha256": {"sha256": "short"},
    "ck_order_term_place_of_a_place": {"attached": "person"},
    "ck_rationale_answer_accepted_is_whole": {"accepted": 1, "said_by": ""},
    "ck_authority_ranks": {"rank_before": 0, "rank_after": 0},
    "ck_incident_merge_authorised": {"verdict": "same"},
    "ck_incident_merge_two": {},
    "ck_paper_digest": {"digest": "short"},
    "ck_review_feedback_says_something": {"text": " "},
    "ck_review_grade_blind": {"blind": 2},
    "ck_review_grade_rank": {"rank": 0},
    "ck_review_item_blind": {"blind": 2},
    "ck_review_item_says_why": {"entered_by": ""},
    "ck_review_outcome_says_why": {"reason": " "},
    "ck_contact_counts_is_whole": {"counts": 1, "identified": ""},
    "ck_link_run_digest": {"digest": "short"},
    "ck_link_run_settings": {"settings": "short"},
    "ck_same_as_older_first": {"a": 2, "b": 2},
    "ck_same_as_proposal_likely": {"likely": 1_000_001},
    "ck_same_as_proposal_older_first": {"a": 2, "b": 2},
    "ck_same_as_says_why": {"verdict": "withdrawn", "reason": " "},
    "ck_vehicle_named_says_something": {"registration": "", "description": ""},
}
"""How to break a CHECK that is not a list of words."""


def broken(plain: Plain, table: Table, check: CheckConstraint) -> dict[str, Any]:
    """A row that is right in everything but what the CHECK asks."""
    listed = LISTED.match(str(check.sqltext))
    wrong = {listed[1]: "nonsense"} if listed else BROKEN[str(check.name)]
    if table.name in ("about", "head"):
        # Only one row may stand there, so it makes room first.
        plain.run(f"DROP TRIGGER keep_{table.name}_no_delete" + ("" if plain.sqlite else f" ON {table.name}"))
        row = plain.row(f"SELECT * FROM {table.name}")
        plain.run(f"DELETE FROM {table.name}")
        return row | wrong
    if table.name in ROUTES:
        # Leave of its own is asked for first; here it is the CHECK alone that is tried.
        for trigger in triggers_for("sqlite" if plain.sqlite else "postgresql"):
            if trigger.table == table.name and trigger.name.endswith(("_authority", "_gate")):
                plain.run(trigger.drop[0])
        row = newest(plain, table.name) | {"id": next_id(plain)}
        if table.name == "authority_warning":
            return row | {"code": "another"} | wrong
        wrong = {"into_id": row["incident_id"]} if check.name == "ck_incident_merge_two" else wrong
        return row | {"authority_id": None, "verdict": "not_same"} | wrong
    if check.name == "ck_same_as_proposal_older_first":
        somebody = plain.one("SELECT min(id) FROM person")
        wrong = {"a": somebody, "b": somebody}
    if table.name == "same_as":
        plain.run(f"DROP TRIGGER keep_same_as_authority{'' if plain.sqlite else ' ON same_as'}")
    # A decision that raises to a grade of its policy needs no gate: only the CHECK stands in its way.
    raising = {"grade": "I", "rank": 1, "request_id": None} if table.name == "decision" else {}
    if table.name == "decision" and "rank" in wrong:
        upon = newest(plain, "decision")["assessment_id"]
        digest = plain.one("SELECT policy_digest FROM assessment WHERE id = :upon", upon=upon)
        assert not plain.insert("scheme_grade", twin(plain, "scheme_grade", digest=digest, **wrong))
    return twin(plain, table.name) | raising | wrong


def drop(plain: Plain, table: Table, check: CheckConstraint) -> None:
    """Take a CHECK away. SQLite has no statement for it, so its own text of the table is rewritten."""
    if not plain.sqlite:
        plain.run(f"ALTER TABLE {table.name} DROP CONSTRAINT {check.name}")
        return
    sql = plain.one("SELECT sql FROM sqlite_master WHERE name = :name", name=table.name)
    start = sql.index(f"CONSTRAINT {check.name} CHECK (")
    end = _closing(sql, sql.index("(", start))
    without = re.sub(r",\s*([,)])", r"\1", sql[:start] + sql[end + 1 :])
    plain.run("PRAGMA writable_schema = ON")
    plain.run("UPDATE sqlite_master SET sql = :sql WHERE name = :name", sql=without, name=table.name)
    plain.run("PRAGMA writable_schema = RESET")


def _closing(text: str, opening: int) -> int:
    depth = 0
    for place in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise AssertionError("unbalanced")


@pytest.mark.parametrize(("table", "check"), CHECKS, ids=[str(check.name) for _, check in CHECKS])
def test_the_check_refuses_and_nothing_else_would(
    shared_world: Store, table: Table, check: CheckConstraint
) -> None:
    with shared_world.plain(owner=True) as plain:
        row = broken(plain, table, check)
        said = plain.insert(table.name, row)
        assert str(check.name) in said, said
        drop(plain, table, check)
        assert plain.insert(table.name, row) == ""


def test_no_check_was_taken_out() -> None:
    assert {str(check.name) for _, check in CHECKS} == NAMES


def test_the_database_holds_every_check_of_the_tables(shared_world: Store) -> None:
    with shared_world.plain() as plain:
        if plain.sqlite:
            made = " ".join(row[0] for row in plain.run("SELECT sql FROM sqlite_master WHERE type = 'table'"))
            found = set(re.findall(r"CONSTRAINT (ck_\w+) CHECK", made))
        else:
            rows = plain.run("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'ck_%'")
            found = {row[0] for row in rows}
    assert found == {str(check.name) for _, check in CHECKS}
