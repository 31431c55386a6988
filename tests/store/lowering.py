"""A lowering with everything that must stand beside it, row by row, for tests that leave one thing out."""

from typing import Any

from tests.store.rows import newest, next_id, twin
from tests.stores import Plain

Rows = dict[str, tuple[str, dict[str, Any]]]

DECISION = "decision"


def whole(plain: Plain) -> Rows:
    """The rows in their order, by what they are. The last is the decision; all before it are its gate.

    An incident graded 1, two critical warnings and a serious one standing, and a request to bring it to 3.
    """
    start = next_id(plain)
    ids = {name: start + place for place, name in enumerate(_ORDER)}
    asker = newest(plain, "request")["author_id"]
    supervisor = newest(plain, "agreement")["author_id"]
    here = {"incident_id": ids["incident"]}
    upon = {"assessment_id": ids["assessment"]}
    asked = {"request_id": ids["request"]}
    want = {"act": "grade", "grade": "S", "rank": 3}
    critical = {**here, **upon, "tier": "critical", "floor_rank": 1, "settled_by": None}
    given: dict[str, tuple[str, dict[str, Any]]] = {
        "incident": ("incident", {"live": 1}),
        "assessment": ("assessment", {**here, "floor_rank": 1}),
        "knife": ("assessment_warning", {**critical, "code": "knife"}),
        "threat": ("assessment_warning", {**critical, "code": "threat"}),
        "order": ("assessment_warning", {**critical, "code": "order", "tier": "serious", "floor_rank": 2}),
        "standing": (
            "decision",
            {**here, **upon, "call_id": None, "request_id": None, "act": "grade", "grade": "I", "rank": 1},
        ),
        "request": ("request", {**here, **upon, **want, "author_id": asker}),
        "rationale": (
            "rationale",
            {**asked, "ground": "suspect-detained", "reason": "He is held.", "author_id": asker},
        ),
        "knife answered": (
            "rationale_answer",
            {**asked, "warning": "knife", "accepted": 1, "author_id": asker},
        ),
        "threat answered": (
            "rationale_answer",
            {**asked, "warning": "threat", "accepted": 1, "author_id": asker},
        ),
        "agreement": (
            "agreement",
            {**asked, **upon, "verdict": "agree", "reason": "Seen.", "author_id": supervisor},
        ),
        DECISION: ("decision", {**here, **upon, **asked, **want, "call_id": None, "author_id": asker}),
    }
    return {
        name: (table, twin(plain, table, **row) | {"id": ids[name]}) for name, (table, row) in given.items()
    }


_ORDER = (
    "incident", "assessment", "knife", "threat", "order", "standing", "request", "rationale", "knife answered",
    "threat answered", "agreement", DECISION,
)  # fmt: skip


def like(rows: Rows, name: str, later: int = 100, **given: Any) -> tuple[str, dict[str, Any]]:
    """A further row like a named one, received later than all of them."""
    table, row = rows[name]
    again = row | {"id": rows[DECISION][1]["id"] + later}
    if "uuid" in row:
        again["uuid"] = f"{row['uuid']}-{later}"
    return table, again | given


def put(plain: Plain, rows: Rows) -> str:
    """Insert the rows; returns the first refusal, empty when all were taken."""
    for table, row in rows.values():
        said = plain.insert(table, row)
        if said:
            return said
    return ""
