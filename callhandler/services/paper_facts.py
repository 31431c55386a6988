"""Gathers what a paper is made from, in one reading: the picture, what the rules say of it, what is left out."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from callhandler.brief.facts import Facts, OrderKnown
from callhandler.brief.withheld import Withheld
from callhandler.errors import BadInput
from callhandler.model.acts import Authority
from callhandler.model.assessment import Decision, Request
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.proof import Deciding
from callhandler.model.proposal import Decided, Proposal, ProposalKind
from callhandler.model.sameness import PLACE, records_of
from callhandler.policy.pack import Pack, Policy, policy_of
from callhandler.rules import history
from callhandler.rules.identify import number_spoken
from callhandler.rules.propose import proposals_for
from callhandler.services.desk import view_of
from callhandler.services.office import Office
from callhandler.store import papers, pictures, verify
from callhandler.store.engine import Connection


def facts_of(
    connection: Connection, office: Office, incident_id: int, as_of: datetime | None, upto: int | None
) -> Facts:
    """Everything a paper may say of an incident, as of an instant. Raises BadInput when it was not known then."""
    now = office.clock.now()
    if as_of is not None and as_of > now:
        raise BadInput("A paper cannot be as of an instant that is still to come.", "as-of")
    picture = pictures.of_incident(connection, incident_id, as_of or now, upto)
    if picture.incident is None:
        raise BadInput(f"There is no incident {incident_id} here as of that instant.", "incident")
    view = view_of(picture, office, 0, True)
    left_out, places = _withheld(connection, picture)
    picture = view.picture
    seen = history.read(picture, office.policy)
    # The rules look at a partner or a respondent where nobody is named. A paper calls nobody a suspect whom nobody named.
    named = {*picture.with_role(Role.SUSPECT), *(d.about_id for d in seen.told_here)}
    state = view.clocks.state
    return Facts(
        picture=picture,
        assessment=view.assessment,
        policy=office.policy,
        training=office.kind == "TRAINING",
        withheld=left_out,
        withheld_places=places,
        at_risk=_in_order(picture, seen.at_risk),
        suspects=_in_order(picture, seen.suspects & named),
        perhaps=() if seen.suspects & named else _in_order(picture, seen.suspects),
        children=_in_order(picture, seen.children),
        here=seen.here_place,
        going_to=seen.going_to,
        orders=tuple(
            OrderKnown(o.standing, o.kind, o.doubts, o.engaged, o.binds_her)
            for o in view.orders
            if not o.of_others
        ),
        grade=view.standing_grade.name if view.standing_grade else "",
        floor=view.floor_grade.name if view.floor_grade else "",
        state=state.value.replace("_", " ") if state else "",
        waiting=view.clocks.waiting,
        overdue=view.clocks.overdue,
        calls_in=view.clocks.calls_in,
        to_do=tuple(step.text for step in view.to_do),
        reasons=view.reasons,
        numbers={n.id: number_spoken(n.e164) for n in picture.numbers},
    )


def deciding_of(connection: Connection, picture: Picture, record_id: int) -> Deciding:
    """How one decision, leave or request came about. Raises BadInput when none of this number is here."""
    upto = picture.upto
    made = _of(picture.decisions, record_id)
    leave = _of(picture.authorities, record_id)
    came = made or leave
    request = _of(picture.requests, came.request_id if came else record_id)
    if came is None and request is None:
        raise BadInput(f"Record {record_id} is no decision or request of this incident.", "decision")
    if came is None and request is not None:
        made = next((d for d in picture.decisions if d.request_id == request.id), None)
        leave = next((a for a in picture.authorities if a.request_id == request.id), None)
        came = made or leave
    asked = request.id if request else -1
    upon = came.assessment_id if came else request.assessment_id if request else 0
    first = request.assessment_id if request else upon
    grounds = papers.grounds_of(connection, asked, upto)
    answers = papers.answers_of(connection, asked, upto)
    refusals = papers.refusals_of(connection, asked, upto)
    agreements = request.agreements if request else ()
    given = {g.id for g in grounds} | {a.id for a in answers} | {r.id for r in refusals}
    given |= {a.id for a in agreements}
    last = came.id if came else max({asked} | given)
    began = request.id if request else last
    return Deciding(
        decision=made,
        authority=leave,
        request=request,
        before=next((d for d in reversed(picture.decisions) if d.id < began), None),
        asked_upon=papers.judged(connection, first),
        decided_upon=papers.judged(connection, upon),
        grounds=grounds,
        answers=answers,
        refusals=refusals,
        agreements=agreements,
        rows=papers.proofs(connection, ({first, upon, asked, last} | given) - {-1}),
        main=last,
        head=(upto, verify.link_at(connection, upto) or ""),
    )


R = TypeVar("R", Decision, Authority, Request)


def _of(records: Sequence[R], record_id: int | None) -> R | None:
    return next((r for r in records if r.id == record_id), None)


def policy_of_record(connection: Connection, office: Office, deciding: Deciding) -> Policy:
    """The policy that a decision was made by, as it was kept; the one in force where it is the same."""
    digest = deciding.decided_upon.policy_digest
    if digest == office.policy.digest:
        return office.policy
    kept = verify.policy_bytes(connection, digest)
    return policy_of(Pack.from_canonical(kept)) if kept else office.policy


def proposal_of(picture: Picture, policy: Policy, code: str) -> Proposal:
    """A referral that was taken or passed on here. Raises BadInput when it was not suggested, or not decided yet."""
    known = policy.referrals.get(code)
    if known is None or known.kind != "referral":
        codes = ", ".join(r.id for r in policy.pack.referrals if r.kind == "referral")
        raise BadInput(f"There is no referral {code}; there are {codes}.", "referral")
    found = [
        p
        for p in proposals_for(history.read(picture, policy), policy)
        if p.kind is ProposalKind.REFERRAL and p.code == code
    ]
    if not found:
        raise BadInput(f"Nothing that is recorded here suggests this referral: {known.name}.", "referral")
    decided = [p for p in found if p.decision is not None and p.decision.decided is not Decided.NOT_TAKEN]
    if not decided:
        raise BadInput(
            f"{known.name}: first record at the desk that it is taken, and what she said of it.",
            "referral",
            "may_follow",
        )
    return decided[0]


def _in_order(picture: Picture, people: frozenset[int]) -> tuple[int, ...]:
    """In the order in which they were named here; those known only from before come last."""
    named = [p.person_id for p in picture.parties if p.incident_id == picture.here and p.person_id in people]
    return tuple(dict.fromkeys([*named, *sorted(people)]))


def _withheld(connection: Connection, picture: Picture) -> tuple[Withheld, frozenset[int]]:
    # A place judged to be the same as one that is withheld is that place under another record.
    kept_back = records_of(picture.clusters, PLACE, [row.place_id for row in papers.withheld_now(connection)])
    written = papers.written_of(connection, sorted(kept_back))
    near = {p.id for p in picture.places} | {m.place_id for m in picture.moves}
    of_picture = [name for place, names in written.items() if place in near for name in names]
    elsewhere = [name for place, names in written.items() if place not in near for name in names]
    return Withheld.of(of_picture, elsewhere), frozenset(kept_back)
