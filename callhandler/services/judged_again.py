"""Judging and deciding again what was recorded, by the policy kept of its day: what `verify` does beyond the chain."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from callhandler.model.assessment import CLOSED_RANK, Act, Assessment, Gate, Ruling
from callhandler.model.picture import Picture
from callhandler.model.sameness import SameAs
from callhandler.model.when import from_micros
from callhandler.policy.pack import Pack, Policy, policy_of
from callhandler.rules import guard
from callhandler.rules.assess import assess
from callhandler.rules.clocks import grade_named
from callhandler.services import effects, for_review, wanted
from callhandler.services.situation import situation_of
from callhandler.store import pictures, verify
from callhandler.store.engine import Connection
from callhandler.store.verify import Finding, Recorded

IN_NO_QUEUE = "its policy has it reviewed, and it is in no queue"


def judged_again(
    connection: Connection, recorded: Recorded, policies: dict[str, Policy | None]
) -> Iterator[Finding]:
    """What the kept policy says otherwise of an assessment, and of the decisions that rest on it."""
    digest = recorded.policy_digest
    if digest not in policies:
        kept = verify.policy_bytes(connection, digest)
        policies[digest] = policy_of(Pack.from_canonical(kept)) if kept else None
    policy = policies[digest]
    if policy is None:
        yield Finding(recorded.id, "assessment", "its policy is not kept")
        return
    if policy.digest != digest:
        yield Finding(recorded.id, "policy_pack", "the kept policy has another digest")
    picture = pictures.of_incident(
        connection, recorded.incident_id, from_micros(recorded.known_at), recorded.upto
    )
    again = replace(assess(picture, policy), id=recorded.id)
    warnings = {(w.code, w.tier.value, w.floor_rank, w.settled_by) for w in again.warnings}
    if again.floor_rank != recorded.floor_rank:
        sentence = f"the floor was recorded as rank {recorded.floor_rank}; the policy of that moment gives "
        yield Finding(recorded.id, "assessment", f"{sentence}{again.floor_rank}")
    elif warnings != verify.warnings_of(connection, recorded.id):
        yield Finding(recorded.id, "assessment", "its warnings are not those of its policy")
    for decided in verify.decisions_upon(connection, recorded.id):
        then = pictures.of_incident(
            connection, recorded.incident_id, from_micros(decided.known_at), decided.id
        )
        ruling = _decided_rightly(decided.id, picture, then, again, policy)
        if ruling is None:
            yield Finding(decided.id, "decision", "what its policy asks for was not recorded beside it")
        elif not decided.reviewed and for_review.is_due(decided.uuid, picture, again, ruling, policy):
            yield Finding(decided.id, "decision", IN_NO_QUEUE)
    for leave_id, known_at in verify.authorities_upon(connection, recorded.id):
        then = pictures.of_incident(connection, recorded.incident_id, from_micros(known_at), leave_id)

        def suppose(judged: tuple[SameAs, ...], known_at: int = recorded.known_at) -> Picture:
            instant = from_micros(known_at)
            return pictures.of_incident(connection, recorded.incident_id, instant, recorded.upto, judged)

        if not _authorised_rightly(leave_id, picture, then, again, policy, suppose):
            yield Finding(leave_id, "authority", "what its policy asks for was not recorded beside it")


def _authorised_rightly(
    leave_id: int,
    before: Picture,
    then: Picture,
    assessment: Assessment,
    policy: Policy,
    suppose: effects.Suppose,
) -> bool:
    """Whether the guard would again have given leave for an act that is no grade."""
    leave = next((a for a in then.authorities if a.id == leave_id), None)
    if leave is None:
        return False
    request = next((r for r in then.requests if r.id == leave.request_id), None)
    if request is None:
        return leave.gate is Gate.NONE and leave.act in (Act.RETYPE, Act.MERGE, Act.RESULT)
    asked = wanted.of(request)
    change = effects.change_of(asked, before, assessment, policy, suppose)
    situation = situation_of(before, assessment, leave.author_id, True, policy, request_id=request.id)
    ruling = guard.rule(asked.act, asked.grade, asked.rank, situation, policy.gates, request, change)
    own = (leave.act, leave.subject, leave.subject_id) == (asked.act, asked.subject, asked.subject_id)
    return ruling.allowed_now and own


def _decided_rightly(
    decision_id: int, before: Picture, then: Picture, assessment: Assessment, policy: Policy
) -> Ruling | None:
    """What the guard rules on a decision again; None where it would not have let it pass."""
    decision = next((d for d in then.decisions if d.id == decision_id), None)
    if decision is None:
        return None
    grade = grade_named(policy.scheme, decision.grade)
    if decision.rank != (grade.rank if grade else CLOSED_RANK):
        return None
    request = next((r for r in then.requests if r.id == decision.request_id), None)
    situation = situation_of(
        before, assessment, decision.author_id, True, policy, request_id=decision.request_id
    )
    asked = (decision.act, decision.grade, decision.rank)
    ruling = guard.rule(*asked, situation, policy.gates, request)
    whole = request is None or (request.act, request.grade, request.rank) == asked
    return ruling if ruling.allowed_now and whole else None


def in_no_queue(connection: Connection, policies: Mapping[str, Policy | None]) -> Iterator[Finding]:
    """Leave given, through a gate, to take away what a warning rests on, that nobody is to look at again.

    `policies` are those already read, by digest. One statement.
    """
    for authority_id, digest in verify.authorities_unreviewed(connection):
        policy = policies.get(digest)
        if policy is not None and policy.reviews.enters:
            yield Finding(authority_id, "authority", IN_NO_QUEUE)
