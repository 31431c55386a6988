"""What other desks do, brought here: asks twice a second what is new, and says who did what when."""

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from callhandler.app import App
from callhandler.model.actor import Actor
from callhandler.model.assessment import Verdict
from callhandler.model.when import from_micros
from callhandler.services.desk import View
from callhandler.store.changes import Changes, Said
from ui.common import words
from ui.common.words import tr
from ui.tasks import Reads

LISTEN_MS = 500
EVERY_MS = 2_000
TICK_MS = 60_000
HERE_MS = 20_000
"""A desk that falls silent for a minute and a half is taken to have nobody at it; three beats may be late."""


class ChangeFeed(QObject):
    """Asks for a reading every two seconds, once a minute for the clocks to be judged, and for a sign that we are here."""

    due = Signal()
    minute = Signal()
    here = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._often = QTimer(self)
        self._often.setInterval(EVERY_MS)
        self._often.timeout.connect(self.due)
        self._seldom = QTimer(self)
        self._seldom.setInterval(TICK_MS)
        self._seldom.timeout.connect(self.minute)
        self._beat = QTimer(self)
        self._beat.setInterval(HERE_MS)
        self._beat.timeout.connect(self.here)

    def start(self) -> None:
        """Begin."""
        for timer in (self._often, self._seldom, self._beat):
            timer.start()

    def stop(self) -> None:
        """End; nothing more is asked for."""
        for timer in (self._often, self._seldom, self._beat):
            timer.stop()


class Listener(QObject):
    """Asks the store for what came since the last time: one row while nothing did, so twice a second costs nothing.

    `heard` tells what is new; nothing is told of what was there when listening began.
    """

    heard = Signal(object)

    def __init__(self, app: App, reads: Reads, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._reads = reads
        self._since: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LISTEN_MS)
        self._timer.timeout.connect(self.ask)

    def start(self) -> None:
        """Begin: whatever is read after this is compared with what there is now."""
        self.ask()
        self._timer.start()

    def ask(self) -> None:
        """Ask once. A lane that was closed ends the listening."""
        since = self._since
        with suppress(RuntimeError):
            if since is None:
                self._reads.ask("newest", self._app.desk.newest, self._begun)
            else:
                self._reads.ask("changes", lambda: self._app.desk.changes(since), self._got)
            return
        self._timer.stop()

    def _begun(self, newest: int) -> None:
        self._since = newest

    def _got(self, changes: Changes) -> None:
        if self._since is None or changes.last <= self._since:
            return
        self._since = changes.last
        self.heard.emit(changes)


def elsewhere(said: Said, reference: str) -> str:
    """What somebody else recorded in an incident that is held open here but not in front."""
    return f"{reference} · {said.author}, {words.clock(from_micros(said.known_at))}: {said.text}"


def news(before: View | None, now: View, actor: Actor) -> str:
    """What somebody else recorded in this incident since the last reading: one line, the weightiest; empty when nothing."""
    if before is None or before.picture.here != now.picture.here or before.picture.upto == now.picture.upto:
        return ""
    known = {a.id for r in before.picture.requests for a in r.agreements}
    for request in reversed(now.picture.requests):
        for agreement in reversed(request.agreements):
            if agreement.id not in known and agreement.author_id != actor.user_id:
                return agreement_words(agreement.author, agreement.verdict, agreement.reason, now)
    seen = {e.id for e in before.picture.log}
    fresh = [
        e
        for e in now.picture.log
        if e.id not in seen and e.incident_id == now.picture.here and e.author != actor.display
    ]
    return f"{fresh[-1].author}, {words.clock(fresh[-1].at)}: {fresh[-1].text}" if fresh else ""


def agreement_words(author: str, verdict: Verdict, reason: str, view: View) -> str:
    """A supervisor's answer in one line."""
    grade = view.standing_grade.name if view.standing_grade else tr("the grade")
    said = {
        Verdict.AGREE: tr("{who} agrees, now {grade}: {reason}"),
        Verdict.KEEP: tr("{who} keeps {grade}: {reason}"),
        Verdict.TAKE_OVER: tr("{who} takes over, {grade} stands: {reason}"),
    }[verdict]
    return said.format(who=author, grade=grade, reason=reason)
