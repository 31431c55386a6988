"""The whole profile of one exercise."""

from collections.abc import Iterable, Sequence

from callhandler.model.exercise import Known
from callhandler.model.scoring import Area, Item, KeyMoment, MomentProfile, Profile, State, Trace
from callhandler.policy.pack import Policy
from callhandler.rules.agreement import agreement
from callhandler.rules.training.scoring import acting, grading, learning, saying
from callhandler.rules.training.scoring.moment import Seen, seen
from callhandler.rules.training.scoring.words import Words


def profile(key: Sequence[KeyMoment], trace: Trace, policy: Policy, known: Iterable[Known]) -> Profile:
    """Hold a trace against a key. The same three always give the same profile, to the last letter."""
    words = Words(policy.pack.language)
    knowing = tuple(known)
    moments = []
    pairs = []
    for moment in key:
        here = seen(moment, trace, policy, knowing, words)
        if here is None:
            moments.append(_never_taken(moment))
            continue
        moments.append(_taken(here))
        last = grading.standing(here)
        if last is not None:
            ranks = grading.ranks(here)
            given = grading.grade_of(here, last)
            # Whatever experts accept is agreement: the nearest of their grades is what they would have given.
            theirs = given if grading.accepted(here, given) is State.MET else moment.least
            pairs.append((ranks[theirs], ranks[given]))
    return Profile(trace.exercise, trace.policy_digest, tuple(moments), agreement(pairs))


def _taken(here: Seen) -> MomentProfile:
    items: tuple[Item, ...] = (
        *grading.items(here),
        *learning.asked(here),
        *learning.recorded(here),
        *acting.warnings(here),
        *acting.acts(here),
        *saying.said(here),
        *saying.log(here),
    )
    last = grading.standing(here)
    return MomentProfile(
        here.key.id,
        here.key.line,
        here.answered_at,
        here.until,
        grading.grade_of(here, last) if last else "",
        here.key.least,
        items,
        here.key.why,
        here.key.reference,
    )


def _never_taken(moment: KeyMoment) -> MomentProfile:
    item = Item(Area.TIME, State.MISSED, "The call was never taken.", moment.why, essential=True)
    return MomentProfile(
        moment.id, moment.line, None, None, "", moment.least, (item,), moment.why, moment.reference
    )
