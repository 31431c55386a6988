"""The one place where the desk's page meets the services: every act on the write lane, every reading on the read lane."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.assessment import Act, RationaleAnswer, Request
from callhandler.model.facts import Reply
from callhandler.model.incident import LogKind, ResponseState
from callhandler.services.calls import CallIn, Taken
from callhandler.services.desk import OpenIncident, View
from callhandler.services.incidents import Outcome
from ui import bridge
from ui.common.words import tr
from ui.tasks import Failure, Reads, Writes


class DeskController(QObject):
    """Holds which incident is open, and the newest view of it."""

    viewed = Signal(object)
    boarded = Signal(object)
    said = Signal(str, str)
    saved = Signal()
    saving = Signal()
    refused = Signal(object, str)
    rationale_needs = Signal(object)
    rationale_over = Signal()
    opened = Signal(object)
    line_landed = Signal(str)
    line_back = Signal(str, str)

    def __init__(
        self, app: App, actor: Actor, writes: Writes, reads: Reads, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.app = app
        self.actor = actor
        self.incident_id: int | None = None
        self.view: View | None = None
        self.request_id: int | None = None
        self.drafts: dict[str, tuple[str, str]] = {}
        self._writes = writes
        self._reads = reads
        self._last_call: CallIn | None = None
        self._window = f"{actor.name}@{app.settings.database}"

    # reading

    def open(self, incident_id: int | None) -> None:
        """Show another incident. What was asked of the one before is wanted no longer."""
        self.incident_id = incident_id
        self.view = None
        self.request_id = None
        self._reads.drop("view")
        self.opened.emit(incident_id)
        if incident_id is None:
            self.viewed.emit(None)
        self.read()

    def read(self) -> None:
        """Read the open incident and the board again."""
        self.read_view()
        self._reads.ask("board", lambda: self.app.desk.board(self.actor), self._boarded, self._failed)

    def read_view(self) -> None:
        """Read the open incident again."""
        wanted = self.incident_id
        if wanted is not None:
            self._reads.ask(
                "view",
                lambda: self.app.desk.view(self.actor, wanted),
                lambda view: self._read(wanted, view),
                self._failed,
            )

    def _read(self, wanted: int, view: View) -> None:
        if wanted != self.incident_id:
            return
        told = bridge.news(self.view, view, self.actor)
        changed = self.view is not None and self.view.picture.upto != view.picture.upto
        self.view = view
        self.viewed.emit(view)
        if told:
            self.said.emit(told, "accent")
        if changed:
            self._reads.ask("board", lambda: self.app.desk.board(self.actor), self._boarded, self._failed)
        self._answered(view)

    def _answered(self, view: View) -> None:
        """A supervisor's answer ends the rationale on screen."""
        own = next((r for r in view.picture.requests if r.id == self.request_id), None)
        if own is not None and (own.decided or own.refused_by_supervisor):
            self.request_id = None
            self.rationale_over.emit()

    def _boarded(self, board: tuple[OpenIncident, ...]) -> None:
        self.boarded.emit(board)

    def _failed(self, failure: Failure) -> None:
        self.said.emit(failure.sentence, "serious")

    def tick(self) -> None:
        """Let the clocks be judged: a warning may have come up by waiting alone."""
        wanted = self.incident_id
        if wanted is not None:
            self._writes.do(lambda: self.app.incidents.tick(wanted), lambda _: self.read_view(), self._failed)

    # writing

    def do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Record something. It is said to be saved only when it is."""

        def landed(result: Any) -> None:
            if not self._writes.waiting:
                self.saved.emit()
            if done is not None:
                done(result)
            self.read()

        def missed(failure: Failure) -> None:
            if not self._writes.waiting:
                self.saved.emit()
            (failed or self._failed)(failure)

        self._writes.do(work, landed, missed)
        self.saving.emit()

    def on_incident(
        self,
        act: Callable[[int], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> None:
        """Record something about the open incident."""
        incident_id = self.incident_id
        if incident_id is None:
            self.said.emit(
                tr("No incident is open: take a call (Ctrl+N), or open one from the board (Ctrl+5)."),
                "serious",
            )
            return
        self.do(lambda: act(incident_id), done, failed)

    def write_line(self, uuid: str, text: str) -> None:
        """Record a log line; doing it again with the same uuid does nothing more."""
        incident_id = self.incident_id
        if incident_id is None:
            return
        self.drafts.pop(str(incident_id), None)

        def act() -> None:
            self.app.drafts.keep(self._window, str(incident_id), "log", text, uuid)
            self.app.telling.write(self.actor, incident_id, text, LogKind.NOTE, uuid=uuid)
            self.app.drafts.landed(uuid)

        def back(failure: Failure) -> None:
            self._failed(failure)
            if incident_id == self.incident_id:
                self.line_back.emit(uuid, text)
            else:
                self.drafts[str(incident_id)] = (uuid, text)

        self.do(act, lambda _: self.line_landed.emit(uuid), back)

    def keep_draft(self, uuid: str, text: str) -> None:
        """Keep what is typed and not recorded."""
        if self.incident_id is None:
            return
        incident = str(self.incident_id)
        self.drafts[incident] = (uuid, text)
        self._writes.do(
            lambda: self.app.drafts.keep(self._window, incident, "log", text, uuid), None, self._failed
        )

    def recover_drafts(self) -> None:
        """Find what a crash left half typed."""
        found = self.app.drafts.recover(self.app.office)
        self.drafts = {d.incident: (d.uuid, d.text) for d in found if d.window == self._window and d.text}

    def answer(self, question: str, reply: Reply) -> None:
        """Record the reply to a guided question."""
        self.on_incident(lambda i: self.app.telling.reply(self.actor, i, question, reply))

    def take(self, call: CallIn, failed: Callable[[Failure], None], done: Callable[[], None]) -> None:
        """Take a call and open its incident; why it joined one is said, with the key that parts them."""

        def taken(result: Taken) -> None:
            self._last_call = call
            done()
            self.open(result.incident_id)
            if result.joined:
                told = tr("Call joined to this incident: {why}. Ctrl+J opens a separate one instead.")
                self.said.emit(told.format(why=result.joined), "accent")
            else:
                self.said.emit(tr("A new incident is open."), "accent")

        self.do(lambda: self.app.calls.take(self.actor, call), taken, failed)

    def separate(self) -> None:
        """The call that was joined is about something else: open an incident of its own."""
        call, joined = self._last_call, self.incident_id
        if call is None or joined is None:
            self.said.emit(tr("No call was joined here just now."), "serious")
            return
        self._last_call = None
        fields = {**{f: getattr(call, f) for f in call.__slots__}, "join": "no", "uuid": ""}

        def act() -> Taken:
            taken = self.app.calls.take(self.actor, CallIn(**fields))
            told = tr("The last call is about something else: a separate incident was opened for it.")
            self.app.telling.write(self.actor, joined, told, LogKind.SYSTEM)
            return taken

        self.do(act, lambda taken: self.open(taken.incident_id))

    # urgency

    def grade(self, grade: str, reason: str = "") -> None:
        """Choose a grade. What it needs is shown in place when it is refused."""
        self._try(lambda i: self.app.incidents.grade(self.actor, i, grade, reason), grade)

    def close(self, reason: str = "") -> None:
        """Close the incident, or say what that needs."""
        self._try(lambda i: self.app.incidents.close(self.actor, i, reason), "close")

    def _try(self, act: Callable[[int], Outcome], wanted: str) -> None:
        def tried(outcome: Outcome) -> None:
            if not outcome.accepted:
                self.request_id = outcome.request_id
                self.refused.emit(outcome, self.name_of(wanted))
                return
            self.request_id = None
            self.rationale_over.emit()
            self._accepted(outcome)

        self.on_incident(act, tried)

    def _accepted(self, outcome: Outcome) -> None:
        if outcome.ruling.act is Act.CLOSE:
            self.said.emit(tr("Closed."), "calm")
            self.open(None)
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

        def given(outcome: Outcome) -> None:
            if outcome.accepted:
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
        self.on_incident(lambda i: self.app.progress.respond(self.actor, i, state, note=note))
