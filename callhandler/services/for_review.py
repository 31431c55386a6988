"""Puts a decision into the queue of review, in the very transaction that records it: none can be left out afterwards."""

from datetime import timedelta

from callhandler.model.assessment import CLOSING, Assessment, Gate, Ruling, Tier
from callhandler.model.incident import ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.model.review import ToReview
from callhandler.policy.pack import Policy
from callhandler.rules import contact, history, review
from callhandler.rules.clocks import grade_of_rank
from callhandler.services.office import Work
from callhandler.store import tables


def enter(
    w: Work, picture: Picture, assessment: Assessment, ruling: Ruling, likeness: int | None = None
) -> str:
    """Judge by the policy whether the decision about to be recorded is reviewed; returns the uuid it must be given.

    `likeness` is how like an earlier rationale its rationale is, in per cent.
    """
    uuid = w.office.decision_uuid()
    policy = w.office.policy
    decided = to_review(uuid, picture, assessment, ruling, policy, likeness)
    found = review.entering(decided, policy.reviews)
    if found is not None:
        w.uow.append(
            tables.review_item,
            incident_id=picture.here,
            decision_uuid=uuid,
            entered_by=" ".join(found.by),
            blind=found.blind,
            specialist=found.specialist,
            due_at=w.uow.now + timedelta(minutes=found.due_within_minutes),
            likeness=likeness,
        )
    return uuid


def is_due(uuid: str, picture: Picture, assessment: Assessment, ruling: Ruling, policy: Policy) -> bool:
    """Whether a policy has a decision reviewed, asked again afterwards on the picture before it."""
    decided = to_review(uuid, picture, assessment, ruling, policy)
    return review.entering(decided, policy.reviews) is not None


def to_review(
    uuid: str,
    picture: Picture,
    assessment: Assessment,
    ruling: Ruling,
    policy: Policy,
    likeness: int | None = None,
) -> ToReview:
    """A decision as the rules of review look at it, on the picture before it."""
    grade = grade_of_rank(policy.scheme, ruling.rank)
    return ToReview(
        uuid=uuid,
        act=ruling.act,
        rank=ruling.rank,
        band="closed" if ruling.act in CLOSING or grade is None else grade.band,
        standing_rank=picture.standing.rank if picture.standing else None,
        floor_rank=assessment.floor_rank,
        # Closing what raised nothing and has nothing open ranks below every grade, and lowers nothing that was needed.
        lowers=ruling.lowers and not (ruling.act in CLOSING and ruling.gate is Gate.NONE),
        type=picture.incident.type if picture.incident else "",
        domestic=_domestic(picture, policy),
        weighty=any(w.tier in (Tier.CRITICAL, Tier.SERIOUS) for w in assessment.warnings),
        contact=_contact(picture, assessment, policy),
        likeness=likeness,
    )


def _domestic(picture: Picture, policy: Policy) -> bool:
    """By its type, or because somebody at risk here was harmed by a partner, whatever it was called."""
    kind = policy.types.get(picture.incident.type) if picture.incident else None
    if kind is not None and kind.domestic:
        return True
    seen = history.read(picture, policy)
    return bool(seen.partners & seen.suspects)


def _contact(picture: Picture, assessment: Assessment, policy: Policy) -> bool:
    """Seen or spoken to: each of them since the last disclosure, where something was raised; else by any word of it."""
    if contact.unseen(history.read(picture, policy), assessment):
        return False
    if any(w.tier in (Tier.CRITICAL, Tier.SERIOUS) for w in assessment.warnings):
        return True
    if any(c.counts for c in picture.contacts):
        return True
    facts = policy.reviews.contact_facts
    confirmed = any(c.incident_id == picture.here and c.code in facts for c in picture.confirmations)
    came = any(r.target is Target.AT_RISK and r.state is ResponseState.AT_SCENE for r in picture.responses)
    return confirmed or came
