"""Opening an item: what the handler saw then, what was decided, what was missed, and, apart from it, what followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import CLOSED_RANK, Act, Gate, Request
from callhandler.model.likeness import Likeness
from callhandler.model.review import (
    Feedback,
    Followed,
    HandlerDecision,
    Missed,
    Outcome,
    QueueLine,
    Result,
    SecondGrade,
    SnapshotProof,
)
from callhandler.model.when import from_micros, to_micros
from callhandler.policy.pack import Policy
from callhandler.rules.missed import missed
from callhandler.services.desk import View
from callhandler.services.entries import consulted
from callhandler.services.likeness import likeness_of
from callhandler.services.office import Office, work
from callhandler.services.reviews.moment import Moment, moment_of
from callhandler.services.reviews.queue import act_shown, line_of_item, line_of_request, shown
from callhandler.services.unseen import kept_from
from callhandler.store import pictures, verify
from callhandler.store import reviews as store
from callhandler.store.engine import Connection
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True)
class Opened:
    """One item or waiting request, opened.

    `view` is what the handler saw, as of the assessment that was decided upon, by `policy`, that of the day; `proof`
    says whether every row of it held. `likeness` is how like earlier rationales its own was by then; None without one, and
    while hidden. `decision` is None while the handler's grade is hidden. `missed` is told from that
    picture alone; `followed` came later, and is empty while hidden.
    """

    line: QueueLine
    view: View
    policy: Policy
    proof: SnapshotProof
    decision: HandlerDecision | None
    likeness: Likeness | None
    missed: tuple[Missed, ...]
    followed: tuple[Followed, ...]
    second_grades: tuple[SecondGrade, ...]
    outcomes: tuple[Outcome, ...]
    feedback: tuple[Feedback, ...]


def open_item(office: Office, actor: Actor, item_id: int, purpose: str) -> Opened:
    """Open an item; that it was opened, by whom and why, is recorded first. Raises BadInput when there is none."""
    with reading(office.engine) as connection:
        row = required(store.item(connection, item_id, actor.user_id), "item")
    _consulted(office, actor, row.incident_id, purpose)
    with reading(office.engine) as connection:
        row = required(store.item(connection, item_id, actor.user_id), "item")
        line = line_of_item(row, office.policy)
        kept = kept_from(connection, actor)
        upon = row.assessment_id
        if line.hidden:
            # What was asked for tells the grade: the moment before it was asked is what may be seen.
            upon = store.asked_upon(connection, row.request_id) or upon
        recorded = verify.recorded_assessment(connection, upon)
        moment = moment_of(office, connection, recorded, row.author_id, without_requests=line.hidden)
        decision, like, followed = None, None, tuple[Followed, ...]()
        if not line.hidden:
            decision = _decision(connection, row, moment.policy)
            like = _likeness(connection, decision.request, decision.at, moment.policy)
            followed = _followed(connection, row, decision, moment.policy)
        return Opened(
            line=line,
            view=kept.out_of_all(moment.view),
            policy=moment.policy,
            proof=moment.proof,
            decision=kept.out_of_all(decision),
            likeness=like,
            missed=kept.out_of_all(_missed(moment)),
            followed=kept.out_of_all(followed),
            second_grades=tuple(
                second_grade(g)
                for g in store.second_grades(connection, item_id)
                if not line.hidden or g.author_id == actor.user_id
            ),
            outcomes=tuple(_outcome(o) for o in store.outcomes(connection, item_id)),
            feedback=tuple(feedback(f) for f in store.feedback_of_item(connection, item_id)),
        )


def open_request(office: Office, actor: Actor, request_id: int, purpose: str) -> Opened:
    """Open a request that waits for agreement: the moment is that of its newest attempt."""
    with reading(office.engine) as connection:
        row = required(store.waiting_request(connection, request_id), "request")
    _consulted(office, actor, row.incident_id, purpose)
    with reading(office.engine) as connection:
        row = required(store.waiting_request(connection, request_id), "request")
        recorded = verify.recorded_assessment(connection, row.assessment_id)
        moment = moment_of(office, connection, recorded, row.author_id)
        kept = kept_from(connection, actor)
        then = pictures.requests_of(connection, row.incident_id, from_micros(row.known_at), row.refusal_id)
        request = next(r for r in then if r.id == request_id)
        return Opened(
            line=line_of_request(row, office.policy),
            view=kept.out_of_all(moment.view),
            policy=moment.policy,
            proof=moment.proof,
            decision=HandlerDecision(
                act=request.act,
                grade=request.grade,
                shown=act_shown(row, moment.policy),
                rank=request.rank,
                gate=None,
                text=request.reason,
                author=request.author,
                author_id=request.author_id,
                at=request.at,
                request=request,
            ),
            likeness=_likeness(connection, request, from_micros(row.known_at), moment.policy),
            missed=kept.out_of_all(_missed(moment)),
            followed=(),
            second_grades=(),
            outcomes=(),
            feedback=(),
        )


def _likeness(
    connection: Connection, request: Request | None, at: datetime, policy: Policy
) -> Likeness | None:
    """How like earlier rationales a request's was at an instant; what was given later is not compared."""
    if request is None or not request.ground:
        return None
    return likeness_of(connection, request, at, policy)


def _missed(moment: Moment) -> tuple[Missed, ...]:
    view = moment.view
    return missed(view.picture, view.assessment, moment.policy, view.questions)


def required(row: Any | None, what: str) -> Any:
    """The row, or BadInput where there is none."""
    if row is None:
        raise BadInput("There is nothing of this kind to review. Read the queue again.", what, "read")
    return row


def second_grade(row: Any) -> SecondGrade:
    """A second grade from its row."""
    return SecondGrade(
        row.grade, row.rank, bool(row.blind), row.reason, row.author, row.author_id, from_micros(row.known_at)
    )


def feedback(row: Any) -> Feedback:
    """What a handler was told, from its row."""
    return Feedback(
        id=row.id,
        incident_id=row.incident_id,
        reference=row.reference,
        item_id=row.item_id,
        result=Result(row.result),
        text=row.text,
        author=row.author,
        at=from_micros(row.known_at),
        seen_at=None if row.seen_at is None else from_micros(row.seen_at),
        answer=row.answer or "",
    )


def _outcome(row: Any) -> Outcome:
    return Outcome(Result(row.result), row.grade, row.reason, row.author, from_micros(row.known_at))


def _consulted(office: Office, actor: Actor, incident_id: int, purpose: str) -> None:
    with work(office) as w:
        consulted(w, actor, "review", purpose, incident_id=incident_id)


def _decision(connection: Connection, row: Any, policy: Policy) -> HandlerDecision:
    """What was decided, with its request as it stood then: reasons, answers, who agreed."""
    at = from_micros(row.decided_at)
    asked: Sequence[Request] = ()
    if row.request_id is not None:
        asked = pictures.requests_of(connection, row.incident_id, at, row.decision_id)
    return HandlerDecision(
        act=Act(row.act),
        grade=row.grade,
        shown=act_shown(row, policy),
        rank=row.rank,
        gate=Gate(row.gate),
        text=row.text,
        author=row.handler,
        author_id=row.author_id,
        at=at,
        request=next((r for r in asked if r.id == row.request_id), None),
    )


_SAID = {
    "raised": "Raised to {detail}",
    "call": "Rang again",
    "report": "Another report, {detail}",
}


def _followed(
    connection: Connection, row: Any, decision: HandlerDecision, policy: Policy
) -> tuple[Followed, ...]:
    # An act that is no grade is undone by a raise above what stood; a grade by a raise above itself.
    below = decision.rank if row.grade else row.was_rank or CLOSED_RANK
    until = to_micros(decision.at + timedelta(days=policy.reviews.followed_within_days))
    rows = store.followed(connection, row.incident_id, row.decision_id, below, until)
    return tuple(
        Followed(
            from_micros(r.at),
            r.incident_id,
            r.what,
            _SAID[r.what].format(detail=shown(r.detail, policy) if r.what == "raised" else r.detail),
        )
        for r in rows
    )
