"""The lines of the queue, from rows to what a reviewer may see of them."""

from datetime import timedelta
from typing import Any

from callhandler.model.assessment import AUTHORISED, CLOSED_RANK, Act
from callhandler.model.review import QueueLine
from callhandler.model.when import from_micros
from callhandler.policy.pack import Policy
from callhandler.rules.clocks import grade_named, grade_of_rank

CLOSED = "Closed"
_ACTS = {
    Act.RETYPE: "Another type",
    Act.RETRACT: "Disclosure taken back",
    Act.REJECT_LINK: "Link taken off",
    Act.LOWER_RISK: "Lower risk level",
    Act.PART_RECORDS: "Records judged",
    Act.MERGE: "Merged",
    Act.RESULT: "Response resulted",
}
WAITS = "waiting-for-agreement"
"""Stands for a policy's entry on a line that is no item yet: somebody waits for a supervisor's answer."""


def line_of_item(row: Any, policy: Policy) -> QueueLine:
    """An item's line. A blind one says nothing of the handler's grade until this reviewer has recorded an own one."""
    hidden = bool(row.blind) and not row.graded and not row.outcomes
    sentences = {entry.id: entry.sentence for entry in policy.reviews.enters}
    by = tuple(row.entered_by.split())
    return QueueLine(
        item_id=row.id,
        request_id=None,
        incident_id=row.incident_id,
        reference=row.reference,
        who=row.who or "",
        act=Act.GRADE if hidden else Act(row.act),
        was="" if hidden else shown(row.was, policy),
        to="" if hidden else act_shown(row, policy),
        floor=floor_shown(row.floor_rank, policy),
        critical=row.critical,
        distance=0 if hidden else max(0, row.rank - row.limit_rank),
        by=by,
        why=tuple(sentences.get(code, code) for code in by),
        handler=row.handler,
        handler_id=row.author_id,
        since=from_micros(row.known_at),
        due=from_micros(row.due_at),
        waiting=False,
        blind=bool(row.blind),
        hidden=hidden,
        specialist=bool(row.specialist),
        owner=row.owner or "",
        owner_id=row.owner_id,
        likeness=row.likeness,
    )


def line_of_request(row: Any, policy: Policy) -> QueueLine:
    """The line of a request that lacks nothing but a supervisor's answer; its clock runs from when it was whole."""
    since = from_micros(row.known_at)
    return QueueLine(
        item_id=None,
        request_id=row.id,
        incident_id=row.incident_id,
        reference=row.reference,
        who=row.who or "",
        act=Act(row.act),
        was=shown(row.was, policy),
        to=act_shown(row, policy),
        floor=floor_shown(row.floor_rank, policy),
        critical=row.critical,
        distance=max(0, row.rank - row.floor_rank),
        by=(WAITS,),
        why=("Waits for a supervisor's answer",),
        handler=row.handler,
        handler_id=row.author_id,
        since=since,
        due=since + timedelta(minutes=policy.reviews.answer_within_minutes),
        waiting=True,
        blind=False,
        hidden=False,
        specialist=False,
    )


def act_shown(row: Any, policy: Policy) -> str:
    """What was done or is asked for, as people read it: a grade by its name, another act in its own words."""
    act = Act(row.act)
    if act in AUTHORISED:
        return row.shown or _ACTS[act]
    return shown(row.grade, policy)


def shown(grade: str | None, policy: Policy) -> str:
    """A grade as people read it; one of an older scheme by its code; empty for none."""
    if not grade:
        return ""
    if grade == "close":
        return CLOSED
    known = grade_named(policy.scheme, grade)
    return known.name if known else grade


def floor_shown(rank: int, policy: Policy) -> str:
    """The grade of a floor; empty where nothing set one."""
    known = None if rank == CLOSED_RANK else grade_of_rank(policy.scheme, rank)
    return known.name if known else ""
