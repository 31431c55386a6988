"""The one way through the guard: assess anew, ask the guard, then record the act as the last thing, or the refusal.

Every service whose act may lower urgency goes through `Door.ask`; a refused attempt is kept and changes nothing. What was
asked for is tried again, by the same `Door.again`, whenever more has been given for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callhandler.errors import BadInput, Refused
from callhandler.model.actor import Actor, Right
from callhandler.model.acts import Change, Wanted
from callhandler.model.assessment import (
    AUTHORISED,
    CHANGING,
    CLOSING,
    Act,
    Assessment,
    Gate,
    Need,
    Request,
    Ruling,
)
from callhandler.model.incident import LogKind
from callhandler.model.picture import Picture
from callhandler.rules import guard
from callhandler.rules.assess import assess
from callhandler.rules.clocks import grade_named
from callhandler.rules.guard import Situation
from callhandler.services import effects, entries, for_review, wanted
from callhandler.services.likeness import likeness_of
from callhandler.services.office import DESK, REVIEW, Office, Work, line, require, work
from callhandler.services.situation import situation_of
from callhandler.services.wanted import Make, See
from callhandler.store import pictures, presence, tables
from callhandler.store.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. `request_id` is what a rationale or an agreement is given for."""

    accepted: bool
    ruling: Ruling
    needs: tuple[Need, ...]
    request_id: int | None


class Door:
    """Asking the guard, trying again, and answering beforehand."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def ask(self, actor: Actor, incident_id: int, make: Make, reason: str = "", uuid: str = "") -> Outcome:
        """Ask for an act, in a transaction of its own. Raises Refused in an incident that was merged into another."""
        require(actor, *DESK)
        with work(self._office) as w:
            return self.ask_within(w, actor, incident_id, make, reason, uuid)

    def ask_within(
        self, w: Work, actor: Actor, incident_id: int, make: Make, reason: str = "", uuid: str = ""
    ) -> Outcome:
        """Ask for an act inside somebody's transaction. The act is the last thing that this may write."""
        reason = line(reason, "The reason", empty=True)
        picture, assessment = w.reassess(incident_id)
        if picture.merged_into is not None:
            into = w.picture(picture.merged_into).incident
            raise Refused(
                f"This incident was merged into {into.reference if into else 'another'}. Work there, or part the two.",
                ["merge"],
            )
        asked = make(self._see(w, picture))
        ruling = self._rule(w, asked, picture, assessment, actor.user_id, None)
        if ruling.allowed_now:
            return self._done(w, actor, picture, assessment, asked, ruling, None, reason)
        request_id = self._keep_request(w, actor, picture, assessment, asked, uuid)
        if reason:
            w.uow.append(
                tables.rationale, request_id=request_id, ground="", reason=reason, author_id=actor.user_id
            )
        return self.again(w, actor, picture, assessment, self.request(w.picture(incident_id), request_id))

    def again(
        self, w: Work, actor: Actor, picture: Picture, assessment: Assessment, request: Request
    ) -> Outcome:
        """Try what was asked for with all that has been given for it by now."""
        asked = wanted.of(request)
        ruling = self.rule_again(w, picture, assessment, request)
        if not ruling.allowed_now:
            self.refuse(w, request, assessment, ruling.needs)
            return Outcome(False, ruling, ruling.needs, request.id)
        return self._done(w, actor, picture, assessment, asked, ruling, request, request.reason)

    def rule_again(self, w: Work, picture: Picture, assessment: Assessment, request: Request) -> Ruling:
        """What the guard says now of something asked for."""
        asked = wanted.of(request)
        ruling = self._rule(w, asked, picture, assessment, request.author_id, request)
        if request.act is Act.MERGE:
            now = wanted.merge(request.subject_id or 0)(self._see(w, picture))
            if now.rank > request.rank:
                need = Need("stands", f"{now.shown}: a lower grade stands there by now. Ask again.")
                ruling = replace(ruling, needs=(*ruling.needs, need))
        return ruling

    def probe(self, actor: Actor, incident_id: int, make: Make) -> Ruling:
        """What one act would need now. Writes nothing. Raises BadInput when it cannot be done at all."""
        require(actor, *DESK, *REVIEW)
        now = self._office.clock.now()
        with reading(self._office.engine) as connection:
            picture = pictures.of_incident(connection, incident_id, now)
            if picture.incident is None:
                raise BadInput(f"There is no incident {incident_id} here.")
            see = See(
                picture, self._office.policy, lambda other: pictures.of_incident(connection, other, now)
            )
            asked = make(see)
            present = presence.signed_in(connection, Right.SUPERVISOR, now, other_than=actor.user_id)
            policy = self._office.policy
            assessment = assess(picture, policy)
            change = effects.change_of(
                asked,
                picture,
                assessment,
                policy,
                lambda judged: pictures.of_incident(connection, incident_id, now, None, judged),
            )
        situation = situation_of(picture, assessment, actor.user_id, present, policy)
        return guard.rule(asked.act, asked.grade, asked.rank, situation, policy.gates, None, change, asked.at)

    def refuse(self, w: Work, request: Request, assessment: Assessment, needs: Sequence[Need]) -> None:
        """Keep a refused attempt: what was missing, upon which assessment."""
        w.uow.append(
            tables.refusal,
            request_id=request.id,
            assessment_id=assessment.id,
            needs="; ".join(f"{n.code}:{n.warning}" if n.warning else n.code for n in needs),
        )

    def request(self, picture: Picture, request_id: int) -> Request:
        """A request of this incident that nobody has decided. Raises BadInput when there is none such."""
        found = next((r for r in picture.requests if r.id == request_id), None)
        if found is None:
            raise BadInput("Nothing of this kind was asked for in this incident.", "request")
        if found.decided or found.withdrawn:
            raise BadInput("This request was decided or taken back already.", "request")
        return found

    # inside

    def _change(self, w: Work, asked: Wanted, picture: Picture, assessment: Assessment) -> Change | None:
        return effects.change_of(
            asked, picture, assessment, self._office.policy, lambda judged: w.picture(picture.here, judged)
        )

    def _see(self, w: Work, picture: Picture) -> See:
        return See(picture, self._office.policy, w.picture)

    def _rule(
        self,
        w: Work,
        asked: Wanted,
        picture: Picture,
        assessment: Assessment,
        author_id: int,
        request: Request | None,
    ) -> Ruling:
        change = self._change(w, asked, picture, assessment)
        situation = self._situation(w, picture, assessment, author_id, request)
        return guard.rule(
            asked.act,
            asked.grade,
            asked.rank,
            situation,
            self._office.policy.gates,
            request,
            change,
            asked.at,
        )

    def _situation(
        self, w: Work, picture: Picture, assessment: Assessment, author_id: int, request: Request | None
    ) -> Situation:
        present = presence.signed_in(w.uow.connection, Right.SUPERVISOR, w.uow.now, other_than=author_id)
        return situation_of(
            picture,
            assessment,
            author_id,
            present,
            self._office.policy,
            request_id=request.id if request else None,
        )

    def _likeness(self, w: Work, request: Request | None) -> int | None:
        """How like an earlier rationale this one is, in per cent; None where none was given."""
        if request is None or not request.ground:
            return None
        return likeness_of(w.uow.connection, request, w.uow.now, self._office.policy).percent

    def _keep_request(
        self, w: Work, actor: Actor, picture: Picture, assessment: Assessment, asked: Wanted, uuid: str
    ) -> int:
        extra = {"uuid": uuid} if uuid else {}
        request_id = w.uow.append(
            tables.request,
            incident_id=picture.here,
            assessment_id=assessment.id,
            act=asked.act.value,
            grade=asked.grade,
            rank=asked.rank,
            author_id=actor.user_id,
            **extra,
        )
        if asked.subject:
            w.uow.append(
                tables.request_subject,
                request_id=request_id,
                subject=asked.subject,
                subject_id=asked.subject_id,
                wanted=asked.to,
                shown=asked.shown,
            )
        return request_id

    def _done(
        self,
        w: Work,
        actor: Actor,
        picture: Picture,
        assessment: Assessment,
        asked: Wanted,
        ruling: Ruling,
        request: Request | None,
        reason: str,
    ) -> Outcome:
        said = f"{asked.shown}. {reason}".strip()
        by = replace(actor, user_id=request.author_id, display=request.author) if request else actor
        common: dict[str, object] = {
            "incident_id": picture.here,
            "assessment_id": assessment.id,
            "request_id": request.id if request else None,
            "call_id": entries.current_call(picture),
            "act": asked.act.value,
            "gate": ruling.gate.value,
            "text": reason,
            "author_id": by.user_id,
        }
        if asked.act in AUTHORISED:
            if ruling.lowers:
                common["uuid"] = for_review.enter(w, picture, assessment, ruling, self._likeness(w, request))
            self._authorise(w, picture, assessment, asked, ruling, by, reason, common)
            entries.log(w, actor, picture.here, said, LogKind.SYSTEM)
            w.reassess(picture.here)
            return Outcome(True, ruling, (), request.id if request else None)
        entries.log(w, actor, picture.here, said, LogKind.SYSTEM)
        chosen = grade_named(self._office.policy.scheme, asked.grade)
        if ruling.lowers and picture.calls and asked.act not in CLOSING and ruling.gate is not Gate.NONE:
            told = f"Tell the caller that the response is now {chosen.name if chosen else asked.shown}."
            entries.task(w, actor, picture.here, "tell-caller", told)
        effects.before_decision(w, picture, asked, by)
        w.uow.append(
            tables.decision,
            uuid=for_review.enter(w, picture, assessment, ruling, self._likeness(w, request)),
            grade=asked.grade,
            rank=asked.rank,
            target_minutes=chosen.target_minutes if chosen else None,
            **common,
        )
        return Outcome(True, ruling, (), request.id if request else None)

    def _authorise(
        self,
        w: Work,
        picture: Picture,
        assessment: Assessment,
        asked: Wanted,
        ruling: Ruling,
        by: Actor,
        reason: str,
        common: dict[str, object],
    ) -> None:
        before, after = asked.rank, asked.rank
        if asked.act is Act.MERGE:
            stands = picture.standing
            before = min(assessment.floor_rank, stands.rank if stands else asked.rank)
        elif asked.act in CHANGING:
            change = self._change(w, asked, picture, assessment)
            assert change is not None
            before, after = change.before, change.after
        authority_id = w.uow.append(
            tables.authority,
            subject=asked.subject,
            subject_id=asked.subject_id,
            rank_before=before,
            rank_after=after,
            **common,
        )
        for lost in ruling.lost:
            w.uow.append(
                tables.authority_warning,
                authority_id=authority_id,
                code=lost.code,
                tier=lost.tier.value,
                floor_rank=lost.floor_rank,
            )
        effects.write(w, picture, asked, authority_id, reason, by)
