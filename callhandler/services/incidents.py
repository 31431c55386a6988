"""Deciding about an incident: its grade, its closing, its response, and what settles its warnings.

Every route that may lower urgency goes through `_try`: assess anew, ask the guard, and either record the decision as the
last row of the transaction or record the refusal. A refused attempt is kept and changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import (
    CLOSED_RANK,
    Act,
    Assessment,
    Gate,
    Need,
    RationaleAnswer,
    Request,
    Ruling,
    Verdict,
)
from callhandler.model.incident import LogKind, ResponseState, Target
from callhandler.model.picture import Picture
from callhandler.policy.entries import Grade
from callhandler.policy.pack import Policy
from callhandler.rules import guard, history
from callhandler.rules.assess import assess
from callhandler.rules.clocks import grade_named
from callhandler.rules.escalate import HANDOVER
from callhandler.rules.guard import Situation
from callhandler.rules.history import History
from callhandler.rules.propose import undecided
from callhandler.services import entries, for_review, owners
from callhandler.services.office import DESK, REVIEW, Office, Work, line, require, work
from callhandler.store import pictures, presence, subjects, tables
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. `request_id` is what a rationale or an agreement is given for."""

    accepted: bool
    ruling: Ruling
    needs: tuple[Need, ...]
    request_id: int | None


class Incidents:
    """Grades, closings, responses, confirmations, agreements."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # grade and close

    def grade(self, actor: Actor, incident_id: int, grade: str, reason: str = "", uuid: str = "") -> Outcome:
        """Choose a grade. Raising is recorded at once; lowering is refused until its gate is met."""
        require(actor, *DESK)
        chosen = grade_named(self._office.policy.scheme, grade)
        if chosen is None:
            known = ", ".join(g.name for g in self._office.policy.scheme.grades)
            raise BadInput(f"The scheme has no grade {grade}. Its grades are {known}.", "grade")
        return self._ask(actor, incident_id, Act.GRADE, chosen.id, chosen.rank, reason, uuid)

    def close(self, actor: Actor, incident_id: int, reason: str = "", uuid: str = "") -> Outcome:
        """Close an incident. One that raised nothing and has nothing open closes at once."""
        require(actor, *DESK)
        return self._ask(actor, incident_id, Act.CLOSE, "close", CLOSED_RANK, reason, uuid)

    def raise_within(self, w: Work, actor: Actor, incident_id: int, grade: Grade, text: str) -> Outcome:
        """Raise an incident as the last act of somebody's transaction. Raises BadInput where it is not a raise."""
        picture, assessment = w.reassess(incident_id)
        standing = picture.standing
        if standing is None or grade.rank >= standing.rank:
            raise BadInput(f"{grade.name} is not more urgent than what stands; re-opening raises.", "grade")
        if grade.rank > assessment.floor_rank:
            raise BadInput(f"{grade.name} is still below the floor. Choose a more urgent grade.", "grade")
        return self._try(w, actor, picture, assessment, Act.GRADE, grade.id, grade.rank, None, text)

    def receive(self, actor: Actor, incident_id: int, sender: str, grade: str, words: str) -> Outcome:
        """Record a transfer with its sender's grade and words. The sender's grade stands unless ours is more urgent."""
        require(actor, *DESK)
        sent = grade_named(self._office.policy.scheme, grade)
        if sent is None:
            raise BadInput(
                f"The scheme has no grade {grade}; choose the one that comes first in urgency.", "grade"
            )
        with work(self._office) as w:
            entries.log(
                w,
                actor,
                incident_id,
                f"From {sender}, graded {grade}: {words}",
                LogKind.MESSAGE,
                author=sender,
            )
            picture, assessment = w.reassess(incident_id)
            standing = picture.standing
            rank = min(sent.rank, standing.rank if standing else sent.rank, assessment.floor_rank)
            keep = next(g for g in self._office.policy.scheme.grades if g.rank >= rank)
            return self._try(w, actor, picture, assessment, Act.RECEIVE, keep.id, keep.rank, None)

    def give_rationale(
        self,
        actor: Actor,
        incident_id: int,
        request_id: int,
        ground: str = "",
        reason: str = "",
        answers: Sequence[RationaleAnswer] = (),
    ) -> Outcome:
        """Give a rationale for a lowering already asked for. Answers that do not count are kept, and said why."""
        require(actor, *DESK)
        gates = self._office.policy.gates
        with work(self._office) as w:
            request = self._request(w.picture(incident_id), request_id)
            faults: list[Need] = []
            for answer in answers:
                fault = guard.fault_of_answer(answer, gates)
                w.uow.append(
                    tables.rationale_answer,
                    request_id=request.id,
                    warning=answer.warning,
                    what_changed=line(answer.what_changed, "What changed", empty=True),
                    said_by=answer.said_by,
                    how_checked=answer.how_checked,
                    accepted=not fault,
                    why_not=fault,
                    author_id=actor.user_id,
                )
                if fault:
                    faults.append(Need("answer", fault, answer.warning))
            if ground.strip() or reason.strip():
                w.uow.append(
                    tables.rationale,
                    request_id=request.id,
                    ground=ground.strip() or request.ground,
                    reason=line(reason, "The reason", empty=True) or request.reason,
                    author_id=actor.user_id,
                )
            picture, assessment = w.reassess(incident_id)
            request = self._request(picture, request_id)
            outcome = self._try(
                w, actor, picture, assessment, request.act, request.grade, request.rank, request
            )
        told = {need.warning: need for need in faults}
        needs = tuple(told.get(n.warning, n) if n.code == "answer" else n for n in outcome.needs)
        return Outcome(outcome.accepted, outcome.ruling, needs, outcome.request_id)

    def agree(
        self, actor: Actor, incident_id: int, request_id: int, verdict: Verdict, reason: str
    ) -> Outcome:
        """Answer a request as a supervisor: agree and it takes effect now, keep, or take over; each with its reason."""
        require(actor, Right.SUPERVISOR)
        with work(self._office) as w:
            if Right.SUPERVISOR not in subjects.rights_of(w.uow.connection, actor.user_id, w.uow.now):
                raise NotAllowed("Your supervisor's role is not in force now.", ["right:supervisor"])
            request = self._request(w.picture(incident_id), request_id)
            if request.author_id == actor.user_id:
                raise NotAllowed(
                    "You asked for this yourself; another supervisor must answer.", ["agreement"]
                )
            picture, assessment = w.reassess(incident_id)
            before = guard.rule(
                request.act,
                request.grade,
                request.rank,
                self._situation(w, picture, assessment, request.author_id),
                self._office.policy.gates,
                request,
            )
            missing = [n for n in before.needs if n.code not in ("agreement", "supervisor")]
            if verdict is Verdict.AGREE and missing:
                self._refuse(w, request, assessment, missing)
                return Outcome(False, before, tuple(missing), request.id)
            w.uow.append(
                tables.agreement,
                request_id=request.id,
                assessment_id=assessment.id,
                verdict=verdict.value,
                reason=line(reason, "The reason"),
                author_id=actor.user_id,
            )
            if verdict is Verdict.TAKE_OVER:
                owners.taken_over(w, actor, incident_id, reason)
            said = {
                Verdict.AGREE: "agrees",
                Verdict.KEEP: "keeps the standing grade",
                Verdict.TAKE_OVER: "takes over",
            }
            entries.log(w, actor, incident_id, f"{actor.display} {said[verdict]}: {reason}", LogKind.SYSTEM)
            request = self._request(w.picture(incident_id), request_id)
            return self._try(w, actor, picture, assessment, request.act, request.grade, request.rank, request)

    def withdraw(self, actor: Actor, incident_id: int, request_id: int) -> None:
        """Take one's own request back; the standing grade stands, as it did all along."""
        require(actor, *DESK)
        with work(self._office) as w:
            request = self._request(w.picture(incident_id), request_id)
            if request.author_id != actor.user_id:
                raise NotAllowed(
                    f"{request.author} asked for this; a supervisor may answer it.", ["agreement"]
                )
            w.uow.append(
                tables.refusal, request_id=request.id, assessment_id=request.assessment_id, needs="withdrawn"
            )
            entries.log(
                w, actor, incident_id, "The request is taken back; the standing grade stands.", LogKind.SYSTEM
            )

    def probe(self, actor: Actor, incident_id: int) -> tuple[Ruling, ...]:
        """What each grade, and closing, would need now. Writes nothing."""
        require(actor, *DESK, *REVIEW)
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            picture = pictures.of_incident(connection, incident_id, now)
            present = presence.signed_in(connection, Right.SUPERVISOR, now, other_than=actor.user_id)
        assessment = assess(picture, self._office.policy)
        situation = situation_of(picture, assessment, actor.user_id, present, self._office.policy)
        return guard.probe(situation, self._office.policy.scheme, self._office.policy.gates)

    # the clocks

    def tick(self, incident_id: int) -> bool:
        """Record a new assessment if the clocks alone have changed which warnings stand; says whether they did."""
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            picture = pictures.of_incident(connection, incident_id, now)
        before = {(w.code, w.settled_by) for w in picture.standing_warnings}
        after = {(w.code, w.settled_by) for w in assess(picture, self._office.policy).warnings}
        if before == after:
            return False
        with work(self._office) as w:
            w.reassess(incident_id)
        return True

    # the one way through the guard

    def _ask(
        self, actor: Actor, incident_id: int, act: Act, grade: str, rank: int, reason: str, uuid: str
    ) -> Outcome:
        with work(self._office) as w:
            picture, assessment = w.reassess(incident_id)
            situation = self._situation(w, picture, assessment, actor.user_id)
            ruling = guard.rule(act, grade, rank, situation, self._office.policy.gates)
            if ruling.allowed_now:
                return self._try(w, actor, picture, assessment, act, grade, rank, None, reason)
            extra = {"uuid": uuid} if uuid else {}
            request_id = w.uow.append(
                tables.request,
                incident_id=incident_id,
                assessment_id=assessment.id,
                act=act.value,
                grade=grade,
                rank=rank,
                author_id=actor.user_id,
                **extra,
            )
            if reason.strip():
                w.uow.append(
                    tables.rationale,
                    request_id=request_id,
                    ground="",
                    reason=line(reason, "The reason"),
                    author_id=actor.user_id,
                )
            request = self._request(w.picture(incident_id), request_id)
            return self._try(w, actor, picture, assessment, act, grade, rank, request)

    def _try(
        self,
        w: Work,
        actor: Actor,
        picture: Picture,
        assessment: Assessment,
        act: Act,
        grade: str,
        rank: int,
        request: Request | None,
        text: str = "",
    ) -> Outcome:
        author_id = request.author_id if request else actor.user_id
        situation = self._situation(w, picture, assessment, author_id)
        ruling = guard.rule(act, grade, rank, situation, self._office.policy.gates, request)
        if not ruling.allowed_now:
            assert request is not None
            self._refuse(w, request, assessment, ruling.needs)
            return Outcome(False, ruling, ruling.needs, request.id)
        chosen = grade_named(self._office.policy.scheme, grade)
        shown = chosen.name if chosen else "Closed"
        reason = request.reason if request else text
        entries.log(w, actor, picture.here, f"{shown}. {reason}".strip(), LogKind.SYSTEM)
        if ruling.lowers and picture.calls and act is Act.GRADE and ruling.gate is not Gate.NONE:
            entries.task(
                w, actor, picture.here, "tell-caller", f"Tell the caller that the response is now {shown}."
            )
        w.uow.append(
            tables.decision,
            uuid=for_review.enter(w, picture, assessment, ruling),
            incident_id=picture.here,
            assessment_id=assessment.id,
            request_id=request.id if request else None,
            call_id=entries.current_call(picture),
            act=act.value,
            grade=grade,
            rank=rank,
            target_minutes=chosen.target_minutes if chosen else None,
            gate=ruling.gate.value,
            text=line(reason, "The reason", empty=True),
            author_id=author_id,
        )
        return Outcome(True, ruling, (), request.id if request else None)

    def _refuse(self, w: Work, request: Request, assessment: Assessment, needs: Sequence[Need]) -> None:
        w.uow.append(
            tables.refusal,
            request_id=request.id,
            assessment_id=assessment.id,
            needs="; ".join(f"{n.code}:{n.warning}" if n.warning else n.code for n in needs),
        )

    def _situation(self, w: Work, picture: Picture, assessment: Assessment, author_id: int) -> Situation:
        present = presence.signed_in(w.uow.connection, Right.SUPERVISOR, w.uow.now, other_than=author_id)
        return situation_of(picture, assessment, author_id, present, self._office.policy)

    def _request(self, picture: Picture, request_id: int) -> Request:
        found = next((r for r in picture.requests if r.id == request_id), None)
        if found is None:
            raise BadInput("Nothing of this kind was asked for in this incident.", "request")
        if found.decided or found.withdrawn:
            raise BadInput("This request was decided or taken back already.", "request")
        return found


def situation_of(
    picture: Picture,
    assessment: Assessment,
    author_id: int,
    supervisor_signed_in: bool,
    policy: Policy,
    seen: History | None = None,
) -> Situation:
    """What the guard looks at, from a picture and its assessment; `seen` where the picture was worked through before."""
    return Situation(
        standing=picture.standing,
        assessment=assessment,
        author_id=author_id,
        call_id=entries.current_call(picture),
        nothing_open=nothing_open(picture),
        supervisor_signed_in=supervisor_signed_in,
        undecided=tuple(p.name for p in undecided(seen or history.read(picture, policy), policy)),
    )


def nothing_open(picture: Picture) -> bool:
    """True when no task waits and nobody is, or was to be, sent: ungraded, a grade without a visit, or resulted."""
    if any(not task.done and not task.code.startswith(HANDOVER) for task in picture.tasks):
        return False
    standing = picture.standing
    if standing is None or standing.target_minutes is None:
        return True
    states = [r.state for r in picture.responses if r.target is Target.AT_RISK]
    return bool(states) and states[-1] is ResponseState.RESULTED
