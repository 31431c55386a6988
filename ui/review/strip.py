"""The strip above the queue: lowered today, what waits, who asks now, what is past target, agreement, the log's proof."""

from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtWidgets import QFrame, QWidget

from callhandler.model.review import Header
from callhandler.rules.clocks import minutes_spoken
from ui.common.labels import Cut, Text
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.desk.top_strip import Fact, right_end


@dataclass(frozen=True, slots=True)
class StripShown:
    """What the strip says: `header` is None while it is not read. `asking` is the clock of whoever waits longest."""

    header: Header | None
    now: datetime
    read: bool = False
    open_items: int = 0
    late: int = 0
    oldest: datetime | None = None
    asking: int = 0
    asking_clock: str = ""
    past_target: int | None = None
    log: str = ""
    log_tone: str = "muted"
    kappa: str = field(default="")


class Strip(QFrame):
    """Each fact names what it counts and over which span."""

    def __init__(self, who: str, store: str, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "strip")
        self.setAccessibleName(tr("Review in figures"))
        self.lowered = Fact(tr("Lowered today"))
        self.waiting = Fact(tr("Waiting for review"))
        self.asking = Fact(tr("Asking for agreement now"))
        self.past = Fact(tr("Immediate, past target"))
        self.agreed = Fact(tr("Second grades that agreed"))
        self.facts = (self.lowered, self.waiting, self.asking, self.past, self.agreed)
        self._log = Cut("", "muted", larger=-2)
        self._store = store
        row = Flow(self, gap=2, last_right=True)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(Text(tr("Review"), larger=4, bold=True, wrap=False))
        for fact in self.facts:
            row.addWidget(fact)
        self._who = Cut(f"{who} · {store}", semi=True)
        row.addWidget(right_end(kind, self._log, self._who))

    def show_strip(self, shown: StripShown) -> None:
        """Show the figures; those not read yet say so."""
        unread = tr("not yet read")
        header = shown.header
        self.lowered.say(str(header.lowered_today) if header else "")
        self.waiting.say(*_waiting(shown))
        asking = f"{shown.asking} · {shown.asking_clock}" if shown.asking_clock else str(shown.asking)
        tone = "critical_text" if shown.asking else "text" if shown.read else "muted"
        self.asking.say(asking if shown.read else unread, tone)
        past = unread if shown.past_target is None else str(shown.past_target)
        self.past.say(past, "critical_text" if shown.past_target else "text")
        self.agreed.say(*_agreed(header, shown.kappa))
        self._log.say(shown.log, shown.log_tone)


def _waiting(shown: StripShown) -> tuple[str, str]:
    if not shown.read:
        return tr("not yet read"), "muted"
    said = str(shown.open_items)
    if shown.oldest is not None:
        minutes = max(0, int((shown.now - shown.oldest).total_seconds() // 60))
        said += tr(" · oldest {age}").format(age=minutes_spoken(minutes))
    if shown.late:
        said += tr(" · {n} late").format(n=shown.late)
    return said, "serious" if shown.open_items else "text"


def _agreed(header: Header | None, kappa: str) -> tuple[str, str, str]:
    if header is None:
        return "", "muted", tr("Second grades that agreed")
    label = tr("Second grades that agreed, {n} days").format(n=header.span_days)
    if not header.compared:
        return tr("none given"), "muted", label
    share = round(100 * header.agreed / header.compared)
    said = tr("{share} % of {n}").format(share=share, n=header.compared)
    return f"{said} · {kappa}" if kappa else said, "text", label
