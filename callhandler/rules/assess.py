"""Which warnings stand on a picture, and the floor that follows.

Warnings latch: one that was ever raised for an incident is in every later assessment, standing, or settled by the
record that settled it. A settled warning rises again when something newer than its settlement feeds it.
"""

import string
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from callhandler.model.assessment import CLOSED_RANK, Assessment, Evidence, StandingWarning, Tier, Warning
from callhandler.model.incident import Target
from callhandler.model.picture import Picture
from callhandler.policy.conditions import STATES
from callhandler.policy.entries import WarningRule
from callhandler.policy.pack import Policy
from callhandler.rules import history, merged
from callhandler.rules.clocks import rank_of_band
from callhandler.rules.history import History
from callhandler.rules.match import Match, match

ORDER_ENDED = "order-ended-verified"
"""The fact that an order has ended; where several stand, each is ended in the order's own record."""

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
    settled_by = _settled(rule, evidence, found, before, seen, policy)
    return Warning(
        code=rule.id,
        tier=rule.tier,
        sentence=_sentence(rule, found, policy) if found else before.sentence if before else rule.sentence,
        evidence=evidence,
        do=rule.do,
        settles=settles_in_words(rule, policy),
        not_settled_by=rule.not_settled_by,
        floor_rank=rank_of_band(policy.scheme, rule.floor) if rule.floor else None,
        since=_since(before, settled_by, seen.picture.as_of),
        reference=rule.reference,
        settled_by=settled_by,
        latched=found is None,
    )


def _since(before: StandingWarning | None, settled_by: int | None, now: datetime) -> datetime:
    if before is None or (before.settled_by is not None and settled_by is None):
        return now
    return before.since


def _settled(
    rule: WarningRule,
    evidence: tuple[Evidence, ...],
    found: Match | None,
    before: StandingWarning | None,
    seen: History,
    policy: Policy,
) -> int | None:
    newest = max((e.id for e in evidence if e.kind != "question"), default=0)
    candidates = [
        *_by_confirmation(rule, newest, seen, policy),
        *_by_response(rule, newest, seen),
        *_by_follow_up(rule, evidence, seen),
        *_by_reply(rule, seen),
        *_by_change(rule, before, seen),
        *_by_retraction(rule, newest, found, before, seen),
    ]
    if candidates:
        return max(candidates)
    # What settled it before still does, as long as nothing feeds it anew.
    return before.settled_by if before and found is None else None


def _by_confirmation(rule: WarningRule, newest: int, seen: History, policy: Policy) -> Iterable[int]:
    for settle in rule.settles:
        facts = [
            c
            for c in seen.picture.confirmations
            if c.incident_id == seen.picture.here
            and c.code == settle.fact
            and c.said_by in settle.said_by
            and c.confirmed_by in settle.confirmed_by
            and c.id > newest
        ]
        kind = policy.confirmations[settle.fact]
        needed: frozenset[int] = {
            "each_suspect": seen.to_be_held,
            "each_at_risk": seen.to_be_seen,
            "each_child": seen.children,
            "incident": frozenset[int](),
        }[kind.covers]
        if settle.fact == ORDER_ENDED and len(seen.orders) > 1 and any(o.live_for_risk for o in seen.orders):
            # Not said of which: the end of one says nothing of another.
            continue
        if kind.named and not needed:
            # Of nobody named: it is on the record, and says nothing of whoever he is.
            continue
        if facts and needed <= {c.about_id for c in facts}:
            yield max(c.id for c in facts)


def _by_response(rule: WarningRule, newest: int, seen: History) -> Iterable[int]:
    if not rule.settled_by_response:
        return
    of_target = [r for r in seen.picture.responses if r.target is rule.settled_by_response_of]
    at_scene = of_target and of_target[-1].target is Target.AT_RISK and of_target[-1].state in merged.ARRIVED
    if at_scene and merged.unmet(seen.picture, of_target[-1]):
        # They came to one caller, and were not told of the other.
        return
    if of_target and of_target[-1].state in rule.settled_by_response and of_target[-1].id > newest:
        yield of_target[-1].id


def _by_follow_up(rule: WarningRule, evidence: tuple[Evidence, ...], seen: History) -> Iterable[int]:
    if not rule.settled_by_follow_up:
        return
    ids = {e.id for e in evidence if e.kind == "disclosure"}
    told = [d for d in seen.picture.disclosures if d.id in ids]
    if told and all(d.followed_by is not None for d in told):
        yield max(d.followed_by for d in told if d.followed_by is not None)


def _by_reply(rule: WarningRule, seen: History) -> Iterable[int]:
    if not rule.settled_by_reply:
        return
    answers = [seen.explicit(question) for question in rule.settled_by_reply]
    if all(answers):
        yield max(a.id for a in answers if a)


def _by_change(rule: WarningRule, before: StandingWarning | None, seen: History) -> Iterable[int]:
    """What the warning is about is no longer so: by the record that ended it, as it was when that was first seen.

    Only the words about how things stand are asked: that another part of the rule has ceased to hold settles nothing.
    """
    if not rule.settled_by_change or before is None:
        return
    parts = [part for part in rule.when.walk() if part.word in STATES]
    if parts and all(match(part, seen) is None for part in parts):
        yield before.settled_by or _newest(seen)


def _by_retraction(
    rule: WarningRule, newest: int, found: Match | None, before: StandingWarning | None, seen: History
) -> Iterable[int]:
    """What the warning rested on alone was taken back as recorded in error, through its own gate, and nothing feeds it."""
    if found is not None or before is None:
        return
    for taken_back in seen.picture.retractions:
        if rule.id in taken_back.settles and taken_back.id > newest and taken_back.at >= before.since:
            yield taken_back.id


def _newest(seen: History) -> int:
    """The newest record where that may settle a warning, else the newest line of the log.

    The newest record of all may be another incident's, an assessment, or what was told: none of them ends anything.
    """
    picture = seen.picture
    lines = [e.id for e in picture.log]
    fit = (
        picture.responses,
        picture.answers,
        picture.decisions,
        picture.calls,
        picture.confirmations,
        picture.moves,
    )
    if (
        not lines
        or picture.upto in lines
        or any(picture.upto == record.id for kind in fit for record in kind)
    ):
        return picture.upto
    return max(lines)


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


def settles_in_words(rule: WarningRule, policy: Policy) -> tuple[str, ...]:
    """What ends a warning, each way in words: the fact, who must say it, how it was checked."""
    return tuple(_settles(rule, policy))


def _settles(rule: WarningRule, policy: Policy) -> Iterable[str]:
    said = {c.id: c.name for c in policy.gates.said_by}
    how = {c.id: c.name for c in policy.gates.how_checked}
    for settle in rule.settles:
        who = " or ".join(said[s] for s in settle.said_by)
        checks = " or ".join(how[h] for h in settle.confirmed_by)
        yield f"{policy.confirmations[settle.fact].name}; said by {who}; {checks}"
    if rule.settled_by_response:
        whose = " for the suspect" if rule.settled_by_response_of is Target.SUSPECT else ""
        states = " or ".join(s.value.replace("_", " ") for s in rule.settled_by_response)
        yield f"The response state{whose}: {states}"
    if rule.settled_by_follow_up:
        yield "The follow-up of each open disclosure, recorded"
    if rule.settled_by_change:
        yield "It is no longer so"
    if rule.settled_by_reply:
        yield "A plain yes or no to: " + "; ".join(policy.questions[q].ask for q in rule.settled_by_reply)


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
