"""What may follow: each proposal taken, not taken or passed on, by whom, with whose leave and why."""

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.incident import LogKind
from callhandler.model.proposal import Consent, Decided, Proposal, ProposalKind
from callhandler.rules import history
from callhandler.rules.propose import proposals_for
from callhandler.services import entries
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import tables


class Proposals:
    """Deciding on offences, referrals, orders that may be available, and signposts. None of it touches the grade."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def decide(
        self,
        actor: Actor,
        incident_id: int,
        kind: ProposalKind,
        code: str,
        decided: Decided,
        *,
        owner: str = "",
        consent: Consent | None = None,
        reason: str = "",
        older: bool = False,
    ) -> None:
        """Record what became of a proposal that stands now.

        `owner` is who has it from here; empty, whom the policy names. Raises BadInput where the proposal does not stand
        (it was never suggested here), where not taking it has no reason, and where leave that is needed was not given.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            seen = history.read(picture, self._office.policy)
            found = next(
                (
                    p
                    for p in proposals_for(seen, self._office.policy)
                    if (p.kind, p.code, p.older) == (kind, code, older)
                ),
                None,
            )
            if found is None:
                raise BadInput(
                    "Nothing that is recorded here suggests this now. Read again.", "follows", "read"
                )
            leave = _leave(found, decided, consent, reason)
            named = line(
                owner or (found.owner if decided is not Decided.NOT_TAKEN else actor.display), "The owner"
            )
            for about in found.incidents:
                w.uow.append(
                    tables.proposal_decision,
                    incident_id=about,
                    recorded_in=incident_id,
                    kind=kind.value,
                    code=code,
                    decided=decided.value,
                    owner=named,
                    consent=leave.value,
                    reason=line(reason, "The reason", empty=True),
                    author=actor.display,
                )
            entries.log(w, actor, incident_id, _said(found, decided, named, leave, reason), LogKind.NOTE)


def _leave(found: Proposal, decided: Decided, consent: Consent | None, reason: str) -> Consent:
    if decided is not Decided.TAKEN and not reason.strip():
        raise BadInput(f"{found.name}: say in one line why it is {_WORDS[decided]}.", "reason")
    if found.consent == "not_needed":
        return Consent.NOT_NEEDED
    leave = consent or Consent.NOT_ASKED
    if decided is Decided.TAKEN and leave is not Consent.GIVEN:
        if found.consent == "needed":
            raise BadInput(
                f"{found.name}: only with her leave. Ask her, then record that she gave it.", "consent"
            )
        if not reason.strip():
            raise BadInput(
                f"{found.name}: her leave is sought first. Without it, say in one line what harm may come otherwise.",
                "reason",
            )
    return leave


def _said(found: Proposal, decided: Decided, owner: str, leave: Consent, reason: str) -> str:
    consent = "" if leave is Consent.NOT_NEEDED else f", her leave {entries.plain(leave.value)}"
    what = f"{found.kind.value.capitalize()}: {found.name}: {_WORDS[decided]}, with {owner}{consent}."
    return f"{what} {reason}".strip()


_WORDS = {Decided.TAKEN: "taken", Decided.NOT_TAKEN: "not taken", Decided.PASSED_ON: "passed on"}
