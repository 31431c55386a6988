"""Which warnings stand on a picture, and the floor that follows.

Warnings latch: one that was ever raised for an incident is in every later assessment, standing, or settled by the
record that settled it. A settled warning rises again when something newer than its settlement feeds it.
"""

import string
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from callhandler.model.assessment import CLOSED_RANK, Assessment, StandingWarning, Tier, Warning
from callhandler.model.picture import Picture
from callhandler.policy.entries import WarningRule
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.history import History
from callhandler.rules.match import Match, match
from callhandler.rules.settling import ending, settled

_TIERS = (Tier.CRITICAL, Tier.SERIOUS, Tier.NOTE)


def assess(picture: Picture, policy: Policy, seen: History | None = None) -> Assessment:
    """Judge a picture by a policy at the picture's instant. The same three always give the same assessment.

    `seen` is the picture as `history.read` worked it through, where somebody has done so already.
    """
    seen = seen or history.read(picture, policy)
    before = {w.code: w for w in picture.standing_warnings}
    warnings = [
        w for rule in policy.pack.warnings if (w := _warning(rule, seen, before.get(rule.id), policy))
    ]
    warnings += [_orphan(w) for code, w in before.items() if code not in policy.warnings]
    warnings.sort(key=lambda w: (w.settled_by is not None, _TIERS.index(w.tier), w.floor_rank or CLOSED_RANK))
    return Assessment(
        id=0,
        incident_id=picture.here,
        as_of=picture.as_of,
        upto=picture.upto,
        floor_rank=floor_of(warnings),
        warnings=tuple(warnings),
        policy_digest=policy.digest,
    )


def floor_of(warnings: Iterable[Warning]) -> int:
    """The least urgent rank that the standing warnings allow; CLOSED_RANK when none sets a floor."""
    return min(
        (w.floor_rank for w in warnings if w.standing and w.floor_rank is not None), default=CLOSED_RANK
    )


def _warning(
    rule: WarningRule, seen: History, before: StandingWarning | None, policy: Policy
) -> Warning | None:
    found = match(rule.when, seen)
    if found is None and before is None:
        return None
    evidence = found.evidence if found else before.evidence if before else ()
    end = ending(rule, policy)
    settled_by = settled(rule, evidence, found, before, seen, policy)
    return Warning(
        code=rule.id,
        tier=rule.tier,
        sentence=_sentence(rule, found, policy) if found else before.sentence if before else rule.sentence,
        evidence=evidence,
        do=rule.do,
        settles=end.in_words,
        not_settled_by=rule.not_settled_by,
        floor_rank=end.floor_rank,
        since=_since(before, settled_by, seen.picture.as_of),
        reference=rule.reference,
        settled_by=settled_by,
        latched=found is None,
    )


def _since(before: StandingWarning | None, settled_by: int | None, now: datetime) -> datetime:
    if before is None or (before.settled_by is not None and settled_by is None):
        return now
    return before.since


@lru_cache(maxsize=1024)
def _parts(text: str) -> tuple[tuple[str, str | None], ...]:
    """A sentence of the policy as its words and the names of the values between them."""
    return tuple((words, name) for words, name, _, _ in string.Formatter().parse(text))


def _filled(text: str, values: dict[str, str]) -> str:
    """A sentence whose value is not known says so; it never fails in the middle of a call."""
    return "".join(
        words if name is None else f"{words}{values.get(name) or 'not known'}" for words, name in _parts(text)
    )


def _sentence(rule: WarningRule, found: Match, policy: Policy) -> str:
    values = dict(found.values)
    if order := policy.orders.get(values.get("order", "")):
        values["order"] = order.name
    text = rule.sentence
    if not values.get("words"):
        text = text.replace(": {words}", "")
    return _filled(text, values)


def _orphan(before: StandingWarning) -> Warning:
    """A warning of a rule that the policy now in force does not hold: it is kept as it was, never shed."""
    return Warning(
        code=before.code,
        tier=before.tier,
        sentence=before.sentence,
        evidence=before.evidence,
        do=(),
        settles=(),
        not_settled_by=(),
        floor_rank=before.floor_rank,
        since=before.since,
        reference="an earlier policy",
        settled_by=before.settled_by,
        latched=True,
    )
