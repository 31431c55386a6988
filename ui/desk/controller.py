"""The one place where the desk's page meets the services: what it reads, what it records, and here, urgency."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from callhandler.model.assessment import AUTHORISED, CLOSING, RationaleAnswer, Request
from callhandler.model.incident import ResponseState
from callhandler.services.contacts import Recorded
from callhandler.services.desk import View
from callhandler.services.incidents import Outcome
from ui.common import words
from ui.common.words import tr
from ui.desk.recording import Recording


class DeskController(Recording):
    """Grades, closing and the response. A refusal is told with what it needs, and nothing shows as recorded before it is."""

    refused = Signal(object, str)
    rationale_needs = Signal(object)
    rationale_over = Signal()

    def _answered(self, view: View) -> None:
        """A supervisor's answer ends the rationale on screen."""
        own = next((r for r in view.picture.requests if r.id == self.request_id), None)
        if own is not None and (own.decided or own.refused_by_supervisor or own.withdrawn):
            self.request_id = None
            self.rationale_over.emit()

    def tick(self) -> None:
        """Let the clocks be judged: a warning or an escalation may have come up by waiting alone."""
        self.writes.do(self.app.escalations.tick, lambda _: self.read_board(), self._failed)
        wanted = self.incident_id
        if wanted is not None:
            self.writes.do(lambda: self.app.incidents.tick(wanted), lambda _: self.read_now(), self._failed)

    def grade(self, grade: str, reason: str = "") -> None:
        """Choose a grade. What it needs is shown in place when it is refused."""
        self.meant(lambda: self._try(lambda i: self.app.incidents.grade(self.actor, i, grade, reason), grade))

    def close(self, reason: str = "") -> None:
        """Close the incident, or say what that needs."""
        self.meant(lambda: self._try(lambda i: self.app.incidents.close(self.actor, i, reason), "close"))

    def _try(self, act: Callable[[int], Outcome], wanted: str) -> None:
        asked = self.incident_id
        self.on_incident(act, lambda outcome: self._tried(asked, outcome, self.name_of(wanted)))

    def came(self, asked: int | None, result: object, form: str) -> None:
        """What became of a form: what the guard still needs, or why what was kept does not count."""
        if isinstance(result, Outcome):
            self._tried(asked, result, form)
        elif isinstance(result, Recorded) and result.why_not:
            kept = tr("Kept, and it does not count yet. {why}")
            self.said.emit(kept.format(why=result.why_not), "serious")
        elif not isinstance(result, str):
            # What an earlier act said would stand there as if it were of this one.
            self.said.emit(tr("{form}: recorded.").format(form=form), "calm")

    def _tried(self, asked: int | None, outcome: Outcome, wanted: str) -> None:
        if asked != self.incident_id:
            self._tried_aside(asked, outcome, wanted)
        elif not outcome.accepted:
            self.request_id = outcome.request_id
            self.refused.emit(outcome, wanted)
        else:
            self.request_id = None
            self.rationale_over.emit()
            self._accepted(outcome)

    def _tried_aside(self, asked: int | None, outcome: Outcome, wanted: str) -> None:
        """What was asked of an incident that is no longer in front."""
        assert asked is not None
        reference = self.reference_of(asked)
        if outcome.accepted and outcome.ruling.act in CLOSING:
            self.put_away(asked)
        done = (
            tr("{reference}: {wanted} is recorded.")
            if outcome.accepted
            else tr("{reference}: {wanted} needs more.")
        )
        self.said.emit(done.format(reference=reference, wanted=wanted), "accent")

    def _accepted(self, outcome: Outcome) -> None:
        if outcome.ruling.act in CLOSING:
            closed = self.incident_id
            if closed is not None:
                self.put_away(closed)
            self.said.emit(tr("Closed."), "calm")
        elif outcome.ruling.act in AUTHORISED:
            self.said.emit(tr("Recorded."), "calm")
        else:
            self.said.emit(tr("{grade} stands.").format(grade=self.name_of(outcome.ruling.grade)), "calm")

    def name_of(self, grade: str) -> str:
        """A grade's shown name."""
        found = next((g for g in self.app.policy.scheme.grades if g.id == grade), None)
        return found.name if found else tr("the incident")

    def give_rationale(self, ground: str, reason: str, answers: list[RationaleAnswer]) -> None:
        """Give the rationale for what was asked and refused; what is still missing is said in its place."""
        request_id = self.request_id
        if request_id is None:
            return
        said = [a for a in answers if a.what_changed.strip() or a.said_by or a.how_checked]

        asked = self.incident_id

        def given(outcome: Outcome) -> None:
            if asked != self.incident_id:
                self._tried_aside(asked, outcome, words.act(outcome.ruling.act))
            elif outcome.accepted:
                self.request_id = None
                self.rationale_over.emit()
                self._accepted(outcome)
            else:
                self.rationale_needs.emit(outcome.needs)

        self.on_incident(
            lambda i: self.app.incidents.give_rationale(self.actor, i, request_id, ground, reason, said),
            given,
        )

    def keep(self) -> None:
        """Keep the standing grade: what was asked is taken back, and nothing else changes."""
        waiting: Request | None = self.view.request if self.view else None
        own = waiting.id if waiting is not None and waiting.author_id == self.actor.user_id else None
        request_id = self.request_id or own
        self.request_id = None
        self.rationale_over.emit()
        if request_id is not None:
            self.on_incident(lambda i: self.app.incidents.withdraw(self.actor, i, request_id))

    def respond(self, state: ResponseState, note: str = "") -> None:
        """Record how far the response has got. It never touches the grade."""
        self.meant(
            lambda: self.on_incident(lambda i: self.app.progress.respond(self.actor, i, state, note=note))
        )
