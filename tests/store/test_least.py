"""What the database counts as seen and as answered, asked by plain `sqlite3` and plain `psycopg`.

Every refusal stands beside the same rows with one thing changed, which are taken: it is refused for that one thing.
"""

import json
from typing import Any

import pytest

from callhandler.store.least_routes import RESULTED_SENTENCE
from tests.store.lowering import DECISION, Rows, like, put, whole
from tests.store.rows import newest, twin
from tests.store.test_gate import CONTACT, GATE, before_decision
from tests.stores import Plain, Store

LOST = "a warning is taken away only by its own gate"
ROOM = 30
"""Free places between the incident and what follows, for what is received before the assessment."""

Row = tuple[str, dict[str, Any]]


def ending(plain: Plain, *facts: Row, rationale: bool = False) -> Rows:
    """The closing of an incident in which something was raised and is settled, after these facts and with a reason."""
    rows = whole(plain)
    incident = rows["incident"][1]["id"]
    for _table, row in list(rows.values())[1:]:
        for column in ("id", "assessment_id", "request_id"):
            if row.get(column) is not None and row[column] > incident:
                row[column] += ROOM
    rows["assessment"][1]["floor_rank"] = 99
    settled = plain.one("SELECT max(id) FROM confirmation")
    for name in ("knife", "threat", "order"):
        rows[name][1].update(floor_rank=None, settled_by=settled)
    for name in ("knife answered", "threat answered", "agreement"):
        del rows[name]
    if not rationale:
        rows["rationale"][1]["ground"] = ""
    for name in ("request", DECISION):
        rows[name][1].update(act="close", grade="close", rank=99)
    before = {f"{table} {n}": (table, row | {"id": incident + n}) for n, (table, row) in enumerate(facts, 1)}
    first, *rest = rows.items()
    return dict([first, *before.items(), *rest])


def here(plain: Plain) -> dict[str, Any]:
    """The incident that `ending` will make."""
    return {"incident_id": whole(plain)["incident"][1]["id"]}


def people(plain: Plain) -> tuple[int, int]:
    """Two people of the world."""
    return plain.one("SELECT min(id) FROM person"), plain.one("SELECT max(id) FROM person")


def party(plain: Plain, person: int, role: str = "at_risk") -> Row:
    return "party", twin(plain, "party", person_id=person, role=role, **here(plain))


def met(plain: Plain, person: int | None) -> Row:
    return "contact", twin(plain, "contact", person_id=person, counts=1, **here(plain))


def harmed(plain: Plain, person: int) -> Row:
    given = {"harmed_id": person, "stance": "denied", "call_id": None}
    return "disclosure", twin(plain, "disclosure", **given, **here(plain))


def resulted_before(plain: Plain, *, reason: bool, gate: str) -> list[Row]:
    """An assessment that raised nothing, and leave for a result upon it, with a request for it or without."""
    incident = here(plain)["incident_id"]
    judged = newest(plain, "assessment") | {"incident_id": incident, "floor_rank": 99}
    leave = newest(plain, "authority") | {"uuid": "a result", "request_id": None, "call_id": None}
    leave |= {"incident_id": incident, "act": "result", "subject": "incident", "subject_id": incident}
    leave |= {"gate": gate, "rank_before": 99, "rank_after": 99}
    found: list[Row] = [("assessment", judged)]
    if reason:
        asked = newest(plain, "request") | {"uuid": "for a result", "incident_id": incident, "act": "result"}
        why = newest(plain, "rationale") | {"reason": "She has moved away.", "ground": "resolved"}
        found += [("request", asked | {"assessment_id": incident + 1}), ("rationale", why)]
        why["request_id"] = leave["request_id"] = incident + 2
    return [*found, ("authority", leave | {"assessment_id": incident + 1})]


def said(store: Store, make: Any) -> set[str]:
    """What the database says of a closing, by everybody that can come."""
    found = set()
    for owner in store.logins:
        with store.plain(owner=owner) as plain:
            refusal = put(plain, ending(plain, *make(plain)))
            found.add(CONTACT if CONTACT in refusal else refusal)
    return found


# --- who was seen ----------------------------------------------------------------------------


def test_each_at_risk_is_seen_and_another_does_not_stand_for_her(shared_world: Store) -> None:
    for role in ("at_risk", "child"):

        def one(plain: Plain, role: str = role) -> list[Row]:
            her, other = people(plain)
            return [party(plain, her, role), met(plain, other)]

        def both(plain: Plain, role: str = role) -> list[Row]:
            her, other = people(plain)
            return [party(plain, her, role), met(plain, other), met(plain, her)]

        assert said(shared_world, one) == {CONTACT}
        assert said(shared_world, both) == {""}


def test_who_was_harmed_is_seen_too(shared_world: Store) -> None:
    def another(plain: Plain) -> list[Row]:
        her, other = people(plain)
        return [harmed(plain, her), met(plain, other)]

    def herself(plain: Plain) -> list[Row]:
        return [harmed(plain, people(plain)[0]), met(plain, people(plain)[0])]

    assert said(shared_world, another) == {CONTACT}
    assert said(shared_world, herself) == {""}


def test_nobody_named_is_one_contact_and_a_suspect_asks_for_none(shared_world: Store) -> None:
    assert said(shared_world, lambda _plain: []) == {CONTACT}
    assert said(shared_world, lambda plain: [met(plain, None)]) == {""}
    assert said(shared_world, lambda p: [party(p, people(p)[0], "suspect"), met(p, people(p)[1])]) == {""}


def test_a_rationale_ends_what_no_contact_did(shared_world: Store) -> None:
    with shared_world.plain() as plain:
        her, other = people(plain)
        rows = ending(plain, party(plain, her), met(plain, other), rationale=True)
        assert put(plain, rows) == ""


def test_a_result_of_before_anything_was_raised_stands_for_nobody_seen(shared_world: Store) -> None:
    for gate, reason, expected in (
        ("none", False, CONTACT),
        ("none", True, CONTACT),
        ("rationale", False, CONTACT),
        ("rationale", True, ""),
    ):
        assert said(shared_world, lambda p, g=gate, r=reason: resulted_before(p, gate=g, reason=r)) == {
            expected
        }, (gate, reason)


def test_no_result_is_written_past_her(shared_world: Store) -> None:
    with shared_world.plain() as plain:
        her, other = people(plain)
        rows = ending(plain, party(plain, her), met(plain, other))
        _, decision = rows.pop(DECISION)
        over = twin(plain, "response", **here(plain), target="at_risk", state="resulted")
        assert put(plain, rows) == ""
        assert RESULTED_SENTENCE in plain.insert("response", over | {"id": decision["id"]})


# --- what an answer says ---------------------------------------------------------------------


def told_after(plain: Plain, rows: Rows, evidence: str) -> None:
    """More is told after the answers were given; all is judged again and agreed upon that. `evidence` is the knife's."""
    told = like(rows, DECISION, 100)[1]["id"]
    row = twin(plain, "disclosure", incident_id=rows["incident"][1]["id"], stance="told", call_id=None)
    newer = like(rows, "assessment", 101)
    upon = {"assessment_id": newer[1]["id"]}
    before_decision(
        rows,
        told=("disclosure", row | {"id": told}),
        newer=newer,
        knife_again=like(rows, "knife", 102, evidence=evidence.replace("TOLD", str(told)), **upon),
        threat_again=like(rows, "threat", 103, evidence="[]", **upon),
        order_again=like(rows, "order", 104, evidence="[]", **upon),
        agreed_again=like(rows, "agreement", 105, **upon),
    )
    rows[DECISION][1].update(upon)


RESTING = '[["answer", 1, "A knife."], ["disclosure", TOLD, "He is out again."]]'
ELSEWHERE = {
    "on what was told before": '[["disclosure", 1, "He has a knife."]]',
    "on another table's row": '[["answer", TOLD, "A knife."]]',
    "on a number that begins alike": '[["disclosure", TOLD0, "He has a knife."]]',
    "on words that look like it": json.dumps([["answer", 1, '["disclosure", TOLD, "']]),
}


def test_an_answer_says_nothing_of_what_the_warning_rests_on_since(shared_world: Store) -> None:
    for owner in shared_world.logins:
        with shared_world.plain(owner=owner) as plain:
            rows = whole(plain)
            told_after(plain, rows, RESTING)
            assert GATE in put(plain, rows)
        with shared_world.plain(owner=owner) as plain:
            rows = whole(plain)
            told_after(plain, rows, RESTING)
            before_decision(rows, answered_again=like(rows, "knife answered", 110))
            assert put(plain, rows) == ""


@pytest.mark.parametrize("evidence", ELSEWHERE.values(), ids=ELSEWHERE)
def test_an_answer_stands_where_the_warning_rests_elsewhere(shared_world: Store, evidence: str) -> None:
    with shared_world.plain() as plain:
        rows = whole(plain)
        told_after(plain, rows, evidence)
        assert put(plain, rows) == ""


@pytest.mark.parametrize("again", [False, True])
def test_what_is_taken_away_is_answered_after_it_was_told(shared_world: Store, again: bool) -> None:
    with shared_world.plain() as plain:
        rows = whole(plain)
        incident, request = rows["incident"][1]["id"], rows["request"][1]
        told_after(plain, rows, RESTING)
        if again:
            before_decision(rows, answered_again=like(rows, "knife answered", 110))
        _, decision = rows.pop(DECISION)
        told = rows["told"][1]["id"]
        request.update(act="retract", grade="", rank=1)
        about = {"subject": "disclosure", "subject_id": told}
        asked = twin(plain, "request_subject") | {"id": told + 20, "request_id": request["id"], **about}
        leave = newest(plain, "authority") | {
            "id": told + 21,
            "uuid": "to take back",
            "call_id": None,
            **about,
        }
        leave |= {"incident_id": incident, "assessment_id": decision["assessment_id"], "act": "retract"}
        leave |= {"request_id": request["id"], "rank_before": 1, "rank_after": 1}
        lost = newest(plain, "authority_warning") | {"id": told + 22, "authority_id": leave["id"]}
        lost |= {"code": "knife", "tier": "critical", "floor_rank": 1}
        rows.update(asked=("request_subject", asked), leave=("authority", leave))
        assert put(plain, rows) == ""
        refusal = plain.insert("authority_warning", lost)
        assert refusal == "" if again else LOST in refusal
