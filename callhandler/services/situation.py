"""What the guard looks at, gathered from a picture and its assessment."""

from datetime import datetime

from callhandler.model.assessment import CLOSED_RANK, Assessment, Request
from callhandler.model.incident import ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.model.review import OpenReview
from callhandler.policy.pack import Policy
from callhandler.rules import contact, history, review
from callhandler.rules.escalate import HANDOVER
from callhandler.rules.guard import Situation
from callhandler.rules.history import History
from callhandler.rules.propose import undecided
from callhandler.services import entries

APPOINTMENT = "appointment"
"""The task that an appointment is, with its time."""


def situation_of(
    picture: Picture,
    assessment: Assessment,
    author_id: int,
    supervisor_signed_in: bool,
    policy: Policy,
    seen: History | None = None,
    request_id: int | None = None,
) -> Situation:
    """What the guard looks at; `seen` where the picture was worked through before.

    `request_id` is the request that is being tried: it does not wait for itself.
    """
    seen = seen or history.read(picture, policy)
    deferred = [g.rank for g in policy.scheme.grades if g.band in ("scheduled", "resolve")]
    waits = _waits_for_answer(picture, request_id)
    held = review.holding(picture.reviews, policy.reviews, assessment, author_id)
    return Situation(
        standing=picture.standing,
        assessment=assessment,
        author_id=author_id,
        call_id=entries.current_call(picture),
        nothing_open=nothing_open(picture),
        supervisor_signed_in=supervisor_signed_in,
        undecided=tuple(p.name for p in undecided(seen, policy)),
        unseen=contact.unseen(seen, assessment),
        defer_rank=min(deferred, default=CLOSED_RANK),
        waiting=_waiting(waits, held),
        appointed=appointed(picture),
    )


def appointed(picture: Picture) -> datetime | None:
    """The time of the appointment that stands: the newest that nobody has kept yet."""
    open_ = [t for t in picture.tasks if t.code == APPOINTMENT and not t.done and t.due is not None]
    return max(open_, key=lambda t: t.id).due if open_ else None


def nothing_open(picture: Picture) -> bool:
    """True when no task waits and nobody is, or was to be, sent: ungraded, a grade without a visit, or resulted."""
    if any(not task.done and not task.code.startswith(HANDOVER) for task in picture.tasks):
        return False
    standing = picture.standing
    if standing is None or standing.target_minutes is None:
        return True
    states = [r.state for r in picture.responses if r.target is Target.AT_RISK]
    return bool(states) and states[-1] is ResponseState.RESULTED


def _waiting(asked: Request | None, held: OpenReview | None) -> str:
    if asked is not None:
        return f"{asked.author} asked for {asked.shown or 'a lower grade'}: a supervisor answers that first."
    if held is not None:
        who = f"{held.owner} has the review and closes" if held.owner else "a reviewer answers that first"
        return f"A lowering waits for review: {who}."
    return ""


def _waits_for_answer(picture: Picture, request_id: int | None) -> Request | None:
    """A request whose rationale is given and which nobody has answered: it is before a supervisor."""
    standing = picture.standing
    return next(
        (
            r
            for r in picture.requests
            if r.id != request_id
            and r.ground
            and r.reason
            and not (r.decided or r.withdrawn or r.refused_by_supervisor)
            and (standing is None or r.id > standing.id)
        ),
        None,
    )
