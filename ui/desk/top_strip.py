"""The strip that never scrolls away: grade, clocks, incident, and whether all is saved."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from callhandler.model.actor import Actor
from callhandler.model.incident import OwnerAct
from callhandler.rules.clocks import minutes_spoken
from callhandler.services.desk import View
from ui.common import theme, words
from ui.common.labels import Cut, training_plate
from ui.common.words import tr
from ui.desk.flow import Flow

ROOMY, TIGHT = 9, 4
"""The room on either side of a fact, in pixels."""

BANDS = {"immediate": ("critical", "on_strong"), "priority": ("serious", "on_strong")}


class GradeChip(QLabel):
    """The standing grade as a filled plate with its word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(theme.letters(theme.base() + 3, bold=True))
        self.show_grade("", "")

    def show_grade(self, name: str, band: str) -> None:
        """Show a grade, or that none stands."""
        self._band = band
        self.setText(name or tr("Not graded"))
        self.setAccessibleName(tr("Standing grade: ") + self.text())
        self.dress()

    def dress(self) -> None:
        """Take the colours from the theme."""
        ground, tone = BANDS.get(self._band, ("raised", "text"))
        c = theme.colours()
        self.setStyleSheet(
            f"QLabel {{ background: {c[ground]}; color: {c[tone]}; border-radius: 4px; padding: 5px 13px; }}"
        )


class Fact(QFrame):
    """A small word over what it is."""

    def __init__(self, label: str, parent: QWidget | None = None, *, whole: bool = True) -> None:
        super().__init__(parent)
        self._whole = whole
        self.label = Cut(label, "muted", larger=-2)
        self.value = Cut("", semi=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOMY, 4, ROOMY, 4)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.value)

    def say(self, value: str, tone: str = "text", label: str = "") -> None:
        """Show a value; a fact without one is not shown."""
        self.value.say(value, tone)
        if label:
            self.label.say(label)
        self.setAccessibleName(f"{self.label.text()}: {value}")
        self.setVisible(bool(value))
        self.dress()

    def stand(self, room: int) -> None:
        """Leave so much room on either side."""
        column = self.layout()
        if column is not None:
            column.setContentsMargins(room, 4, room, 4)
        # What the strip knows of its width is old until it is told.
        self.updateGeometry()

    def dress(self) -> None:
        """As wide as its words."""
        # A clock is never cut: the strip gives way elsewhere.
        self.value.setMinimumWidth(
            0 if not self._whole else self.value.fontMetrics().horizontalAdvance(self.value.text()) + 2
        )


def right_end(kind: str, *lines: Cut) -> QWidget:
    """The right end of a strip: what kind of store it is, where it is no live one, and these lines."""
    end = QWidget()
    both = QHBoxLayout(end)
    both.setContentsMargins(0, 0, 0, 0)
    both.setSpacing(8)
    if kind == "TRAINING":
        both.addWidget(training_plate(), 0, Qt.AlignmentFlag.AlignVCenter)
    column = QVBoxLayout()
    column.setSpacing(0)
    for line in lines:
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addWidget(line)
    both.addLayout(column)
    return end


class TopStrip(QFrame):
    """Grade and clocks on the left, who and whether saved on the right."""

    def __init__(self, actor: Actor, kind: str, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "strip")
        self.setAccessibleName(tr("Grade and clocks"))
        self.grade = GradeChip()
        self.target = Fact(tr("Target"))
        self.waiting = Fact(tr("Since first call"))
        self.tonight = Fact(tr("Tonight"))
        self.response = Fact(tr("Response"))
        self.incident = Fact(tr("Incident"))
        self.owner = Fact(tr("Owner"))
        self.room = Fact(tr("Sent to"))
        self._saved = Cut("", "muted", larger=-2)
        self._display = actor.display
        self._who = Cut(actor.display, semi=True)
        self._row = row = Flow(self, gap=2, last_right=True)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self.grade)
        for fact in self.facts:
            row.addWidget(fact)
        row.addWidget(right_end(kind, self._saved, self._who))
        self._store = store
        self._kind = kind
        self._say_saved(tr("Nothing unsaved"), "muted")
        self.show_view(None)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the strip, in order."""
        return (
            self.target,
            self.waiting,
            self.tonight,
            self.response,
            self.incident,
            self.owner,
            self.room,
        )

    def show_view(self, view: View | None) -> None:
        """Show an incident's grade and clocks, or that none is open."""
        if view is None:
            self.grade.show_grade(tr("No incident open"), "")
            self._who.say(self._display)
            for fact in self.facts:
                fact.say("")
            return
        self._who.say(f"{words.clock(view.picture.as_of)} · {self._display}")
        grade, clocks = view.standing_grade, view.clocks
        self.grade.show_grade(grade.name if grade else "", grade.band if grade else "")
        target = (
            tr("Target {time}").format(time=minutes_spoken(grade.target_minutes))
            if grade and grade.target_minutes
            else ""
        )
        if clocks.overdue is not None:
            self.target.say(tr("Overdue ") + minutes_spoken(clocks.overdue), "critical_text", target)
        elif clocks.late:
            self.target.say(tr("There {time} late").format(time=minutes_spoken(clocks.late)), "text", target)
        elif clocks.due is not None:
            self.target.say(tr("by ") + words.clock(clocks.due), "text", target)
        else:
            self.target.say("")
        self._show_waiting(view)
        since = f" {words.clock(clocks.state_since)}" if clocks.state_since else ""
        sought = (
            tr(" · he: {state}").format(state=words.search(clocks.suspect_state).lower())
            if clocks.suspect_state
            else ""
        )
        self.response.say(
            words.state(clocks.state) + since,
            "serious" if clocks.unresourced is not None else "text",
            tr("Response") + sought,
        )
        # Heard apart: what is said of her response stays the same words whether he is looked for or not.
        self.response.setAccessibleName(f"{tr('Response')}: {self.response.value.text()}")
        self.response.setAccessibleDescription(tr("Suspect") + sought.replace(" · he", "") if sought else "")
        self.incident.say(view.picture.incident.reference if view.picture.incident else "")
        self._show_owner(view)
        self._fit()

    def _show_waiting(self, view: View) -> None:
        """One clock for the person at risk, over every live incident in which she waits."""
        clock = view.waiting
        since = tr("First call {time}").format(time=words.clock(clock.since)) if clock.since else ""
        late = "critical_text" if clock.missed_since is not None else "text"
        waits = tr("Waiting ") + minutes_spoken(clock.minutes) if clock.minutes is not None else ""
        self.waiting.say(waits, late, since)
        self.waiting.setToolTip(
            tr("A target is missed since {time}.").format(time=words.clock(clock.missed_since))
            if clock.missed_since
            else ""
        )
        calls = words.counted(clock.calls, tr("call"), tr("calls"))
        unanswered = tr(" · {n} unanswered").format(n=clock.unanswered) if clock.unanswered else ""
        many = tr(" · {n} incidents").format(n=len(clock.incidents)) if len(clock.incidents) > 1 else ""
        self.tonight.say(calls + unanswered + many, "serious" if unanswered else "text")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another room."""
        super().resizeEvent(event)
        self._fit()

    def dress(self) -> None:
        """Other letters, another room."""
        self._fit()

    def _fit(self) -> None:
        """Facts stand closer where that saves a second line."""
        for room in (ROOMY, TIGHT, ROOMY):
            for fact in self.facts:
                fact.stand(room)
            if self._row.sizeHint().width() <= self.width():
                break
        self.updateGeometry()

    def _show_owner(self, view: View) -> None:
        """Whose it is; and the room it was sent to, which has it only once it said so."""
        owner = view.picture.owner
        label = tr("Owner · parked") if owner is not None and owner.act is OwnerAct.PARK else tr("Owner")
        nobody = tr("Nobody: claim it")
        self.owner.say(owner.owner if owner else nobody, "text" if owner else "serious", label)
        sent = [m for m in view.picture.moves if m.room]
        waits = bool(sent) and not sent[-1].acknowledged
        self.room.say(
            sent[-1].room if sent else "",
            "serious" if waits else "text",
            tr("Sent to · not received") if waits else tr("Received by"),
        )

    def saved(self, at: datetime) -> None:
        """Say that everything was durable at this instant."""
        self._say_saved(tr("Saved {time}").format(time=words.clock(at, seconds=True)), "calm")

    def saving(self, waiting: int) -> None:
        """Say that something is on its way and not saved yet."""
        self._say_saved(tr("Not saved yet: {n}").format(n=waiting), "serious")

    def _say_saved(self, text: str, tone: str) -> None:
        self._saved.say(f"{text} · {self._store}", tone)
        self._saved.setToolTip(f"{self._kind}: {self._store}")
