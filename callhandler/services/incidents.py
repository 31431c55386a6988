"""Deciding about an incident: its grade, its closing, and what is given for a lowering that was asked for.

Every act goes through `services.door`, the one way through the guard.
"""

from collections.abc import Sequence

from callhandler.errors import BadInput, NotAllowed
from callhandler.model.actor import Actor, Right
from callhandler.model.assessment import Act, Need, RationaleAnswer, Ruling, Verdict
from callhandler.model.incident import LogKind
from callhandler.model.likeness import Likeness
from callhandler.policy.entries import Grade
from callhandler.rules import guard
from callhandler.rules.assess import assess
from callhandler.rules.clocks import grade_named
from callhandler.services import entries, owners, wanted
from callhandler.services.door import Door, Outcome
from callhandler.services.likeness import likeness_of
from callhandler.services.office import DESK, REVIEW, Office, Work, line, require, work
from callhandler.services.situation import situation_of
from callhandler.services.wanted import Make
from callhandler.store import pictures, presence, subjects, tables
from callhandler.store.unit_of_work import reading

__all__ = ["Incidents", "Outcome", "situation_of"]


class Incidents:
    """Grades, closings, responses, confirmations, agreements."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._door = Door(office)

    # grade and close

    def grade(self, actor: Actor, incident_id: int, grade: str, reason: str = "", uuid: str = "") -> Outcome:
        """Choose a grade. Raising is recorded at once; lowering is refused until its gate is met."""
        require(actor, *DESK)
        return self._door.ask(actor, incident_id, wanted.grade(grade), reason, uuid)

    def close(self, actor: Actor, incident_id: int, reason: str = "", uuid: str = "") -> Outcome:
        """Close an incident. One that raised nothing and has nothing open closes at once."""
        require(actor, *DESK)
        return self._door.ask(actor, incident_id, wanted.close(), reason, uuid)

    def raise_within(self, w: Work, actor: Actor, incident_id: int, grade: Grade, text: str) -> Outcome:
        """Raise an incident as the last act of somebody's transaction. Raises BadInput where it is not a raise."""
        picture = w.picture(incident_id)
        standing = picture.standing
        if standing is None or grade.rank >= standing.rank:
            raise BadInput(f"{grade.name} is not more urgent than what stands; re-opening raises.", "grade")
        if grade.rank > assess(picture, self._office.policy).floor_rank:
            raise BadInput(f"{grade.name} is still below the floor. Choose a more urgent grade.", "grade")
        return self._door.ask_within(w, actor, incident_id, wanted.grade(grade.id), text)

    def receive(
        self, actor: Actor, incident_id: int, sender: str, grade: str, words: str, ours: str = ""
    ) -> Outcome:
        """Record a transfer with its sender's grade and words. The sender's grade stands unless ours is more urgent.

        `ours` is the grade that we would give it. Where that is lower, the sender's stands, and ours is asked for as any
        lowering is, with a reason of our own: the outcome is then of that request.
        """
        require(actor, *DESK)
        policy = self._office.policy
        sent = grade_named(policy.scheme, grade)
        if sent is None:
            raise BadInput(
                f"The scheme has no grade {grade[:200]}; choose the one that comes first in urgency.", "grade"
            )
        with work(self._office) as w:
            picture = w.picture(incident_id)
            said = f"From {sender}, graded {grade}: {words}"
            entries.log(w, actor, incident_id, said, LogKind.MESSAGE, author=sender)
            standing = picture.standing
            floor = assess(picture, policy).floor_rank
            rank = min(sent.rank, standing.rank if standing else sent.rank, floor)
            keep = next(g for g in policy.scheme.grades if g.rank >= rank)
            received = self._door.ask_within(w, actor, incident_id, wanted.grade(keep.id, Act.RECEIVE))
        if not ours:
            return received
        return self._door.ask(actor, incident_id, wanted.grade(ours, Act.RECEIVE))

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
            request = self._door.request(w.picture(incident_id), request_id)
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
            request = self._door.request(picture, request_id)
            outcome = self._door.again(w, actor, picture, assessment, request)
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
            request = self._door.request(w.picture(incident_id), request_id)
            if request.author_id == actor.user_id:
                raise NotAllowed(
                    "You asked for this yourself; another supervisor must answer.", ["agreement"]
                )
            picture, assessment = w.reassess(incident_id)
            before = self._door.rule_again(w, picture, assessment, request)
            missing = [n for n in before.needs if n.code not in ("agreement", "supervisor")]
            if verdict is Verdict.AGREE and missing:
                self._door.refuse(w, request, assessment, missing)
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
            request = self._door.request(w.picture(incident_id), request_id)
            return self._door.again(w, actor, picture, assessment, request)

    def withdraw(self, actor: Actor, incident_id: int, request_id: int) -> None:
        """Take one's own request back; the standing grade stands, as it did all along."""
        require(actor, *DESK)
        with work(self._office) as w:
            request = self._door.request(w.picture(incident_id), request_id)
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
        if picture.incident is None:
            raise BadInput(f"There is no incident {incident_id} here.")
        assessment = assess(picture, self._office.policy)
        situation = situation_of(picture, assessment, actor.user_id, present, self._office.policy)
        return guard.probe(situation, self._office.policy.scheme, self._office.policy.gates)

    def would(self, actor: Actor, incident_id: int, make: Make) -> Ruling:
        """What any one act would need now, as `services.wanted` makes it. Writes nothing."""
        return self._door.probe(actor, incident_id, make)

    def likeness(self, actor: Actor, incident_id: int, request_id: int) -> Likeness:
        """How like the rationale of a request is to earlier ones: per cent, how many, whose, the newest. Writes nothing.

        Raises BadInput when nothing of this kind was asked for here. It refuses nothing; whoever answers should know.
        """
        require(actor, *DESK, *REVIEW)
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            picture = pictures.of_incident(connection, incident_id, now)
            request = next((r for r in picture.requests if r.id == request_id), None)
            if request is None:
                raise BadInput("Nothing of this kind was asked for in this incident.", "request")
            return likeness_of(connection, request, now, self._office.policy)

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
