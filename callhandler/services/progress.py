"""What happens to an incident besides its grade: response, confirmed facts, follow-up, tasks."""

from collections.abc import Iterable

from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.model.assessment import Assessment
from callhandler.model.incident import LogKind, ResponseState, Target
from callhandler.policy.pack import Policy
from callhandler.rules import escalate, guard
from callhandler.rules.to_do import STEP
from callhandler.services import entries, escalations, naming, responding
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.store import tables

CALLER_TOLD = "caller-told"
"""The fact that stops the clock of what the caller was not told."""


class Progress:
    """Settling facts and states. Nothing here touches the grade."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def respond(
        self,
        actor: Actor,
        incident_id: int,
        state: ResponseState,
        target: Target = Target.AT_RISK,
        note: str = "",
    ) -> Assessment:
        """Record how far the response has got, for the person at risk or for the suspect. It never touches the grade.

        What it opens, and which states it may follow, is the policy's to say. Raises BadInput when it cannot follow.
        """
        require(actor, *DESK)
        with work(self._office) as w:
            responding.record(w, actor, incident_id, state, target, note)
            escalations.fall_due(w, incident_id)
            return w.reassess(incident_id)[1]

    def confirm(
        self,
        actor: Actor,
        incident_id: int,
        fact: str,
        said_by: str,
        confirmed_by: str,
        about: int | str = "",
        words: str = "",
    ) -> Assessment:
        """Record a confirmed fact. Whether it settles a warning is the policy's to say; it never touches the grade."""
        require(actor, *DESK)
        policy = self._office.policy
        if fact not in policy.confirmations:
            raise BadInput(f"The policy has no confirmation {fact}.", "confirmation")
        for name, choices in ((said_by, policy.gates.said_by), (confirmed_by, policy.gates.how_checked)):
            if name not in {c.id for c in choices}:
                raise BadInput(f"The policy does not know {name}.", "confirmation")
        if fact == CALLER_TOLD and not _counts(policy, fact, said_by, confirmed_by):
            raise BadInput(
                "That does not count as told. Say who of us told the caller, and where that is on the log.",
                "confirmation",
            )
        with work(self._office) as w:
            picture = w.picture(incident_id)
            about_id = naming.person(w, about, picture) if about != "" else None
            w.uow.append(
                tables.confirmation,
                incident_id=incident_id,
                code=fact,
                about_id=about_id,
                said_by=said_by,
                confirmed_by=confirmed_by,
                words=line(words, "The words", empty=True),
                author=actor.display,
            )
            who = f" ({picture.name_of(about_id)})" if about_id is not None else ""
            entries.log(
                w,
                actor,
                incident_id,
                f"{policy.confirmations[fact].name}{who}. {words}".strip(),
                LogKind.NOTE,
            )
            for task in picture.tasks:
                if not task.done and task.code == "tell-caller" and fact == CALLER_TOLD:
                    w.uow.append(
                        tables.task_done, task_id=task.id, outcome=words or "told", author=actor.display
                    )
            return w.reassess(incident_id)[1]

    def follow_up(
        self, actor: Actor, incident_id: int, disclosure_ids: Iterable[int], text: str
    ) -> Assessment:
        """Record how disclosures were followed up; they are open no longer."""
        require(actor, *DESK)
        if guard.says_nothing(text, self._office.policy.gates, least=2):
            raise BadInput(
                f"“{text.strip()[:200]}” follows nothing up. Say what was asked or done, of whom, and what was found.",
                "text",
            )
        with work(self._office) as w:
            picture = w.picture(incident_id)
            known = {d.id for d in picture.disclosures}
            for disclosure_id in disclosure_ids:
                if disclosure_id not in known:
                    raise BadInput(f"No disclosure {disclosure_id} is in this picture.", "disclosure")
                w.uow.append(
                    tables.follow_up,
                    disclosure_id=disclosure_id,
                    text=line(text, "How it was followed up"),
                    author=actor.display,
                )
            entries.log(w, actor, incident_id, f"Followed up: {text}", LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def take_step(
        self, actor: Actor, incident_id: int, warning: str, step: str, outcome: str = ""
    ) -> Assessment:
        """Record that a step of a warning was taken, and what came of it. It settles nothing by itself."""
        require(actor, *DESK)
        rule = self._office.policy.warnings.get(warning)
        if rule is None or step not in rule.do:
            raise BadInput("This step is not one that a warning asks for now.", "step")
        with work(self._office) as w:
            w.known(incident_id)
            task_id = entries.task(w, actor, incident_id, f"{STEP}{warning}", step)
            w.uow.append(
                tables.task_done,
                task_id=task_id,
                outcome=line(outcome, "What came of it", empty=True) or "done",
                author=actor.display,
            )
            entries.log(w, actor, incident_id, f"Done: {step}. {outcome}".strip(), LogKind.NOTE)
            return w.reassess(incident_id)[1]

    def finish_task(self, actor: Actor, incident_id: int, task_id: int, outcome: str) -> Assessment:
        """Record that an open task was done, and with what outcome."""
        require(actor, *DESK)
        with work(self._office) as w:
            picture = w.picture(incident_id)
            task = next((t for t in picture.tasks if t.id == task_id and not t.done), None)
            if task is None:
                raise BadInput("This task is not open here.", "task")
            if escalate.is_escalation(task):
                raise BadInput("This waits to be acknowledged by whoever it is for.", "task", "acknowledge")
            w.uow.append(
                tables.task_done, task_id=task_id, outcome=line(outcome, "The outcome"), author=actor.display
            )
            entries.log(w, actor, incident_id, f"Done: {task.text} {outcome}", LogKind.SYSTEM)
            return w.reassess(incident_id)[1]


def _counts(policy: Policy, fact: str, said_by: str, confirmed_by: str) -> bool:
    """Whether a fact, said and checked so, settles any warning of the policy."""
    ways = [s for rule in policy.pack.warnings for s in rule.settles if s.fact == fact]
    return any(said_by in s.said_by and confirmed_by in s.confirmed_by for s in ways)
