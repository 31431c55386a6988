"""Looks as one types: each key's reading overtakes the one before, and a result that is overtaken is never shown."""

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from callhandler.model.people import Role
from callhandler.model.search import Found, Hit
from callhandler.services.searching import Opened
from callhandler.services.whereabouts import MoveKind
from ui.common.words import tr
from ui.desk.beside import Beside
from ui.desk.controller import DeskController

KEY = "search"
SETTLED_MS = 1_500
"""A search has settled when its results have stood so long: then it is recorded, and not each key."""
NOT_SAID = "not said"


class SearchController(Beside):
    """`found` tells results, `opened` what was opened, `wants_purpose` that one line is missing before it can be."""

    found = Signal(object)
    opened = Signal(object)
    wants_purpose = Signal(object)

    def __init__(self, desk: DeskController, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._typed = ""
        self._purpose = ""
        self._newest: Found | None = None
        self._recorded = ""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self.settle)

    # why

    @property
    def purpose(self) -> str:
        """Why it is looked for: as said in this sitting, else the incident that is open; empty while neither is there."""
        if self._purpose:
            return self._purpose
        view = self._desk.view
        return view.picture.incident.reference if view is not None and view.picture.incident else ""

    def say_purpose(self, purpose: str) -> None:
        """Why it is looked for, until somebody else sits down here; empty gives the open incident's reference again."""
        self._purpose = " ".join(purpose.split())

    # looking

    def look(self, line: str) -> None:
        """Look for a line; what was looked for before is overtaken at once."""
        self._typed = line
        self._settling.stop()
        if not line.strip():
            self.reads.drop(KEY)
            self._newest = None
            self.found.emit(None)
            return
        self.reads.ask(
            KEY,
            lambda: self.app.searching.find(self.actor, line, lambda: self._typed == line),
            self._came,
            self._failed,
        )

    def _came(self, found: Found) -> None:
        if found.stopped:
            return
        self._newest = found
        self.found.emit(found)
        self._settling.start()

    def settle(self) -> None:
        """Record what was looked for and shown, once."""
        self._settling.stop()
        found = self._newest
        if found is None or found.asked.nothing or found.asked.line.strip() == self._recorded:
            return
        self._recorded = found.asked.line.strip()
        why = self.purpose or NOT_SAID
        # A window that closes settles what stands before its lane ends.
        with suppress(RuntimeError):
            self._writes.do(lambda: self.app.searching.settled(self.actor, found, why), None, self._failed)

    # opening

    def open(self, hit: Hit) -> None:
        """Open what was found; without a purpose one line is asked for first."""
        self.open_subject(hit.subject, hit.subject_id)

    def open_subject(self, subject: str, subject_id: int) -> None:
        """Open a record by its kind and id."""
        why = self.purpose
        if not why:
            self.wants_purpose.emit((subject, subject_id))
            return
        self.settle()

        def done(opened: Opened) -> None:
            self.said.emit("", "muted")
            self.opened.emit(opened)

        self.said.emit(tr("Opening …"), "muted")

        # The consultation is a writing: it is in order with all others, and nothing is shown before it is recorded.
        self._writes.do(
            lambda: self.app.searching.open(self.actor, why, subject, subject_id), done, self._failed
        )

    # using

    def can_use(self) -> bool:
        """Whether a call is open in which somebody found could be named, or into which a place could be taken."""
        return self._desk.incident_id is not None

    def use(self, person_id: int, name: str, role: Role) -> None:
        """Name somebody found in the incident that is open at the desk: her history joins its picture."""
        self._desk.on_incident(
            lambda i: self.app.telling.name_party(self.actor, i, person_id, role),
            lambda _: self.said.emit(tr("{name} is named in the open incident.").format(name=name), "calm"),
        )

    def take_place(self, place_id: int, label: str, kind: MoveKind) -> None:
        """Take a place that was found into the open incident: where she is, or where she is going. Its history joins."""
        said = {
            "at": tr("The open incident is at {label} now."),
            "going_to": tr("In the open incident she is going to {label}."),
        }[kind]
        self._desk.on_incident(
            lambda i: self.app.whereabouts.take(self.actor, i, place_id, kind),
            lambda _: self.said.emit(said.format(label=label), "calm"),
            self._failed,
        )
