"""What ends a warning: the recorded fact that did, and each way in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callhandler.model.assessment import Evidence, StandingWarning
from callhandler.model.incident import ARRIVED, Target
from callhandler.policy.conditions import STATES, Condition
from callhandler.policy.entries import WarningRule
from callhandler.policy.pack import Policy
from callhandler.rules import merged
from callhandler.rules.clocks import rank_of_band
from callhandler.rules.history import History
from callhandler.rules.match import Match, holds, match

ORDER_ENDED = "order-ended-verified"
"""The fact that an order has ended; where several stand, each is ended in the order's own record."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What a policy says of a rule's end, the same for every call: each way in words, and its words about how things stand.

    `floor_rank` is what it holds until then; None where it holds no grade.
    """

    in_words: tuple[str, ...]
    states: tuple[Condition, ...]
    floor_rank: int | None


def ending(rule: WarningRule, policy: Policy) -> Ending:
    """How one of the policy's own rules ends, worked out once for the policy."""
    found: Ending | None = policy.worked_out.get(("ending", rule.id))
    if found is None:
        found = policy.worked_out["ending", rule.id] = Ending(
            tuple(_in_words(rule, policy)),
            tuple(_states(rule.when)),
            rank_of_band(policy.scheme, rule.floor) if rule.floor else None,
        )
    return found


def _states(condition: Condition) -> Iterator[Condition]:
    """The words about how things stand; and what else would do in their place: while that holds, nothing has changed."""
    if condition.word in STATES:
        yield condition
    for part in condition.all or ():
        yield from _states(part)
    of_any = [(part, tuple(_states(part))) for part in condition.any or ()]
    if any(found for _, found in of_any):
        for part, found in of_any:
            yield from found or (part,)


def settled(
    rule: WarningRule,
    evidence: tuple[Evidence, ...],
    found: Match | None,
    before: StandingWarning | None,
    seen: History,
    policy: Policy,
) -> int | None:
    """The newest record that ended a warning, `evidence` being what it rests on; None while it stands."""
    candidates = [
        *_by_confirmation(rule, evidence, seen, policy),
        *_by_response(rule, evidence, seen),
        *_by_follow_up(rule, evidence, seen),
        *_by_reply(rule, seen),
        *_by_change(rule, before, seen),
        *_by_claim(rule, before, seen),
        *_by_retraction(rule, evidence, found, before, seen),
    ]
    if candidates:
        return max(candidates)
    # What settled it before still does, as long as nothing feeds it anew.
    return before.settled_by if before and found is None else None


def _newest_of(evidence: tuple[Evidence, ...]) -> int:
    """The newest record that a warning rests on: what is older ends nothing."""
    return max([e.id for e in evidence if e.kind != "question"], default=0)


def _by_confirmation(
    rule: WarningRule, evidence: tuple[Evidence, ...], seen: History, policy: Policy
) -> Iterable[int]:
    for settle in rule.settles:
        facts = [
            c
            for c in seen.confirmed_here.get(settle.fact, ())
            if c.said_by in settle.said_by
            and c.confirmed_by in settle.confirmed_by
            and c.id > _newest_of(evidence)
        ]
        if not facts:
            continue
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
        if needed <= {c.about_id for c in facts}:
            yield max(c.id for c in facts)


def _by_response(rule: WarningRule, evidence: tuple[Evidence, ...], seen: History) -> Iterable[int]:
    if not rule.settled_by_response:
        return
    of_target = [r for r in seen.picture.responses if r.target is rule.settled_by_response_of]
    newest = of_target[-1] if of_target else None
    if newest is None or newest.state not in rule.settled_by_response or newest.id <= _newest_of(evidence):
        return
    at_scene = newest.target is Target.AT_RISK and newest.state in ARRIVED
    if not (at_scene and merged.unmet(seen.picture, newest)):
        # Else they came to one caller, and were not told of the other.
        yield newest.id


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

    Only the words about how things stand are asked, and what would do in their place: that another part of the rule has
    ceased to hold settles nothing, and a change settles nothing that was told.
    """
    if not rule.settled_by_change or before is None:
        return
    parts = ending(rule, seen.policy).states
    if parts and not any(holds(part, seen) for part in parts):
        yield before.settled_by or _newest(seen)


def _by_claim(rule: WarningRule, before: StandingWarning | None, seen: History) -> Iterable[int]:
    """Somebody has it now, who took it after it was told that nobody had: that is an act, not the want of one."""
    owner = seen.picture.owner
    if not rule.settled_by_change or before is None or owner is None:
        return
    parts = ending(rule, seen.policy).states
    whose = [part for part in parts if part.owner is not None]
    if not whose or any(holds(part, seen) for part in parts if part.word in STATES):
        return
    told = [found for part in parts if part.word not in STATES and (found := match(part, seen))]
    if all(owner.id > _newest_of(found.evidence) for found in told):
        yield owner.id


def _by_retraction(
    rule: WarningRule,
    evidence: tuple[Evidence, ...],
    found: Match | None,
    before: StandingWarning | None,
    seen: History,
) -> Iterable[int]:
    """What the warning rested on alone was taken back as recorded in error, through its own gate, and nothing feeds it."""
    if found is not None or before is None:
        return
    for taken_back in seen.picture.retractions:
        if (
            rule.id in taken_back.settles
            and taken_back.id > _newest_of(evidence)
            and taken_back.at >= before.since
        ):
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


def _in_words(rule: WarningRule, policy: Policy) -> Iterator[str]:
    said = {c.id: _inside(c.name) for c in policy.gates.said_by}
    how = {c.id: _inside(c.name) for c in policy.gates.how_checked}
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


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: with a small letter, unless it begins with a word in capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
