"""Which decisions enter the queue of review, and in which order they stand there. Pure; the sample is drawn by digest.

A rule takes every decision that fits it. A lot takes so many in a thousand, by the digest of the policy's seed and the
decision's own id: anybody can draw it again, nobody can choose. What a rule takes is not drawn for.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from callhandler.model.assessment import AUTHORISED, CLOSING, Assessment, Tier
from callhandler.model.review import Entering, OpenReview, QueueLine, ToReview
from callhandler.policy.reviews import Enters, Reviews

BANDS = 1_000


def entering(decided: ToReview, reviews: Reviews) -> Entering | None:
    """Why and how a decision enters the queue; None when it does not.

    It is blind only where the lot alone brought it in: a rule says too much of the grade. A closing is no grade that could
    be given a second time. The soonest clock counts.
    """
    by_rule = [entry for entry in reviews.enters if entry.when != "sampled" and _fits(entry, decided)]
    by_lot = [
        entry for entry in reviews.enters if entry.when == "sampled" and _drawn(entry, decided, reviews)
    ]
    found = by_rule or by_lot
    if not found:
        return None
    return Entering(
        by=tuple(entry.id for entry in found),
        due_within_minutes=min(entry.due_within_minutes for entry in found),
        blind=not by_rule and decided.act not in CLOSING and all(entry.blind for entry in by_lot),
        specialist=any(entry.specialist for entry in found),
    )


def holding(
    open_reviews: Iterable[OpenReview], reviews: Reviews, assessment: Assessment, author_id: int
) -> OpenReview | None:
    """The open item for which this person may not close; None where there is none, or where each is this person's own.

    Only in an incident in which something critical or serious was raised: an ordinary call stays a matter of two keys.
    """
    holds = {entry.id for entry in reviews.enters if entry.holds}
    if not any(w.tier in (Tier.CRITICAL, Tier.SERIOUS) for w in assessment.warnings):
        return None
    return next((r for r in open_reviews if holds & set(r.by) and r.owner_id != author_id), None)


def lot(seed: str, uuid: str) -> int:
    """The lot of a decision, from 0 to 999: always the same for the same two."""
    return int.from_bytes(hashlib.sha256(f"{seed}|{uuid}".encode()).digest()[:8]) % BANDS


def riskiest_first(lines: Iterable[QueueLine], *, specialist: bool = False) -> tuple[QueueLine, ...]:
    """The queue in order: who waits now, then by critical warnings standing, distance below the floor, and age.

    `specialist`: after those who wait, a domestic abuse reviewer's own come first.
    """

    def order(line: QueueLine) -> tuple[bool, bool, int, int, datetime, int]:
        others = specialist and not line.specialist
        return (not line.waiting, others, -line.critical, -line.distance, line.since, line.incident_id)

    return tuple(sorted(lines, key=order))


def _fits(entry: Enters, decided: ToReview) -> bool:
    match entry.when:
        case "lowered":
            return decided.lowers and (decided.standing_rank is not None or decided.act in AUTHORISED)
        case "first_below_floor":
            return decided.standing_rank is None and decided.rank > decided.floor_rank
        case "closed_without_contact":
            return decided.act in CLOSING and decided.weighty and not decided.contact
        case "like_rationale":
            least = entry.least_likeness
            return decided.likeness is not None and least is not None and decided.likeness >= least
        case "domestic_low":
            return decided.domestic and not decided.contact and decided.band in entry.bands
        case "sampled":
            return False


def _drawn(entry: Enters, decided: ToReview, reviews: Reviews) -> bool:
    kind = _kind(decided)
    rate = entry.rates.get(decided.type, entry.per_thousand)
    return entry.of == kind and lot(reviews.seed, decided.uuid) < rate


def _kind(decided: ToReview) -> str:
    if decided.domestic:
        return "domestic"
    raised = decided.standing_rank is not None and decided.rank < decided.standing_rank
    return "raised" if raised else "other"
