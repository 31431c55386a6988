"""What other desks do, brought here: reads again on a timer, and says who did what when."""

from PySide6.QtCore import QObject, QTimer, Signal

from callhandler.model.actor import Actor
from callhandler.model.assessment import Verdict
from callhandler.services.desk import View
from ui.common import words
from ui.common.words import tr

EVERY_MS = 2_000
TICK_MS = 60_000


class ChangeFeed(QObject):
    """Asks for a reading every two seconds, and once a minute for the clocks to be judged."""

    due = Signal()
    minute = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._often = QTimer(self)
        self._often.setInterval(EVERY_MS)
        self._often.timeout.connect(self.due)
        self._seldom = QTimer(self)
        self._seldom.setInterval(TICK_MS)
        self._seldom.timeout.connect(self.minute)

    def start(self) -> None:
        """Begin."""
        self._often.start()
        self._seldom.start()

    def stop(self) -> None:
        """End; nothing more is asked for."""
        self._often.stop()
        self._seldom.stop()


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
