"""Where the supervisor's page meets the services."""

from PySide6.QtCore import QObject, Signal

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.assessment import Request, Verdict
from callhandler.services.desk import OpenIncident, View
from callhandler.services.incidents import Outcome
from ui.common.words import tr
from ui.tasks import Failure, Reads, Writes


class ReviewController(QObject):
    """Holds what waits, and the view of the request that is chosen."""

    waited = Signal(object)
    viewed = Signal(object)
    answered = Signal()
    said = Signal(str, str)
    said_here = Signal(str)

    def __init__(
        self, app: App, actor: Actor, writes: Writes, reads: Reads, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.app = app
        self.actor = actor
        self.waiting: tuple[tuple[int, Request], ...] = ()
        self.incident_id: int | None = None
        self.view: View | None = None
        self._board: tuple[OpenIncident, ...] = ()
        self._writes = writes
        self._reads = reads

    def read(self) -> None:
        """Read what waits, and the chosen request again."""
        self._reads.ask("waiting", self._read_both, self._got, self._failed)
        self._read_view()

    def _read_both(self) -> tuple[tuple[tuple[int, Request], ...], tuple[OpenIncident, ...]]:
        return self.app.desk.waiting(self.actor), self.app.desk.board(self.actor)

    def _got(self, found: tuple[tuple[tuple[int, Request], ...], tuple[OpenIncident, ...]]) -> None:
        before = len(self.waiting)
        self.waiting, self._board = found
        self.waited.emit(self.waiting)
        if len(self.waiting) > before:
            _, newest = self.waiting[-1]
            asked = tr("{who} asks for agreement (F11).").format(who=newest.author)
            self.said.emit(asked, "serious")

    def choose(self, incident_id: int | None) -> None:
        """Look at another request."""
        if incident_id == self.incident_id:
            return
        self.incident_id = incident_id
        self._reads.drop("request")
        if incident_id is None:
            self.view = None
            self.viewed.emit(None)
        self._read_view()

    def _read_view(self) -> None:
        wanted = self.incident_id
        if wanted is not None:
            self._reads.ask(
                "request",
                lambda: self.app.desk.view(self.actor, wanted),
                lambda v: self._shown(wanted, v),
                self._failed,
            )

    def _shown(self, wanted: int, view: View) -> None:
        if wanted == self.incident_id:
            fresh = (
                self.view is None
                or self.view.picture.upto != view.picture.upto
                or self.view.picture.here != wanted
            )
            self.view = view
            if fresh:
                self.viewed.emit(view)

    def answer(self, verdict: Verdict, reason: str) -> None:
        """Answer the chosen request."""
        request = self.view.request if self.view else None
        if request is None:
            self.said_here.emit(tr("This request waits no longer."))
            return

        def done(outcome: Outcome) -> None:
            if verdict is Verdict.AGREE and not outcome.accepted:
                self.said_here.emit(
                    tr("It cannot be agreed yet. ") + " ".join(n.sentence for n in outcome.needs)
                )
            else:
                self.answered.emit()
                self.said.emit(tr("Recorded."), "calm")
            self.read()

        self._writes.do(
            lambda: self.app.incidents.agree(self.actor, request.incident_id, request.id, verdict, reason),
            done,
            self._failed,
        )

    def _failed(self, failure: Failure) -> None:
        self.said_here.emit(failure.sentence)
        self.said.emit(failure.sentence, "serious")

    def grade_name(self, grade: str) -> str:
        """A grade's shown name."""
        return next((g.name for g in self.app.policy.scheme.grades if g.id == grade), grade)

    def ground_name(self, ground: str) -> str:
        """A ground's shown name; empty when none was given."""
        return next((g.name for g in self.app.policy.gates.grounds if g.id == ground), "")

    def reference(self, incident_id: int) -> str:
        """An incident's reference and who it is about."""
        found = next((line for line in self._board if line.incident_id == incident_id), None)
        return f"{found.reference.split(' ')[0]} {found.title}" if found else str(incident_id)
