"""The rationale, in its place and never over anything: each critical warning answered, one line for the rest, a ground."""

import itertools
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from callhandler.model.assessment import CHANGING, Act, Gate, Need, Ruling, Tier, Warning
from callhandler.policy.contacts import ContactTable
from callhandler.policy.gates import Gates
from callhandler.rules.contact import half_met
from callhandler.services.desk import View
from callhandler.services.incidents import Outcome
from ui.common import words
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.answer_block import AnswerBlock, choice_box
from ui.desk.flow import Flow
from ui.desk.scrolled import Scrolled

KEEP_AFTER_MS = 250
WHO = ("agreement", "supervisor")
"""What is needed of somebody else: it changes with who is signed in, not with what is typed here."""


class RationalePanel(QFrame):
    """`asked` tells ground, reason and answers; `kept` that the standing grade is kept; `typed` a field and its text.

    `grown` tells that its fields may have moved.
    """

    asked = Signal(str, str, list)
    kept = Signal()
    typed = Signal(str, str)
    grown = Signal()

    def __init__(self, gates: Gates, contacts: ContactTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "critical")
        self._gates = gates
        self._contacts = contacts
        self._blocks: dict[str, AnswerBlock] = {}
        self._needs: tuple[Need, ...] = ()
        self._ruling: Ruling | None = None
        self.title = Text("", "critical_text", larger=1, bold=True)
        self.lead = Text("", larger=-1)
        self._inner = Scrolled()
        self._inner.setProperty("look", "clear")
        self._inner.resized.connect(self._resized)
        self._whole = False
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 6, 0)
        self._list.setSpacing(3)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._inner)
        self.reason_label = Text("", semi=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("The reason, in one line"))
        self.ground = choice_box(gates.grounds, tr("Ground"))
        self.fault = Text("", "serious", larger=-1)
        self._ask = QPushButton(tr("Ask supervisor Ctrl+↵"))
        self._keep = QPushButton(tr("Keep it Esc"))
        self.progress = Text("", larger=-1, semi=True, wrap=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.lead)
        column.addWidget(self.progress)
        column.addWidget(self.area, 1)
        for widget in (self.reason_label, self.reason, self.ground):
            self._list.addWidget(widget)
        self._list.addStretch(1)
        column.addWidget(self.fault)
        foot = Flow(gap=5)
        foot.addWidget(self._ask)
        foot.addWidget(self._keep)
        column.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep_now)
        self.ask_action = self._action(tr("Ask supervisor"), "Ctrl+Return", self._send, self._ask)
        self.keep_action = self._action(tr("Keep the standing grade"), "Esc", self.kept.emit, self._keep)
        self.reason.textEdited.connect(self._touched)
        self.ground.activated.connect(self._touched)
        self.hide()

    def _action(self, name: str, key: str, slot: Callable[[], object], button: QPushButton) -> QAction:
        action = QAction(name, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False: slot())
        button.clicked.connect(action.trigger)
        self.addAction(action)
        return action

    def set_whole(self, whole: bool) -> None:
        """As high as all that it holds, where the page scrolls it; else it scrolls within its own height."""
        self._whole = whole
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.area.setVerticalScrollBarPolicy(off if whole else needed)
        self._fit()

    def _resized(self) -> None:
        self._fit()
        self.grown.emit()

    def _fit(self) -> None:
        high = self._list.heightForWidth(self._inner.width()) if self._whole else 0
        self.area.setMinimumHeight(high)

    @property
    def blocks(self) -> tuple[AnswerBlock, ...]:
        """The critical warnings to be answered, in order."""
        return tuple(self._blocks.values())

    def keep_now(self) -> None:
        """Tell what every field holds, so that none of it is lost."""
        self._timer.stop()
        held = {"reason": self.reason.text(), "ground": str(self.ground.currentData() or "")}
        for block in self._blocks.values():
            held |= block.kept()
        for field, text in held.items():
            self.typed.emit(field, text)

    def put_back(self, kept: dict[str, str]) -> None:
        """Fill in what was given before and not recorded."""
        self.reason.setText(kept.get("reason", ""))
        self.ground.setCurrentIndex(self.ground.findData(kept.get("ground", "")))
        for block in self._blocks.values():
            block.put_back(kept)
        self._count()

    def _touched(self) -> None:
        self._count()
        if not self._timer.isActive():
            self._timer.start()

    def open_for(
        self, view: View, outcome: Outcome, wanted: str, standing: str, *, focus: bool = True
    ) -> None:
        """Show what a refused lowering needs."""
        ruling = outcome.ruling
        full = ruling.gate in (Gate.RATIONALE, Gate.AGREEMENT)
        self._ruling = ruling
        needed = tr("needs a rationale") if full else tr("needs a reason")
        self.title.say(f"{_asked(ruling, standing, wanted)} {needed}")
        self.setAccessibleName(self.title.text())
        self.lead.say(self._lead(ruling, view, full))
        self._show_blocks(_answered(ruling, view) if full else ())
        serious = sum(1 for w in view.assessment.standing if w.tier is Tier.SERIOUS)
        line = (
            tr("The {n} serious warnings, in one line").format(n=serious)
            if full and serious
            else tr("The reason, in one line")
        )
        self.reason_label.say(line)
        self.reason.setAccessibleName(line)
        self.reason.setPlaceholderText(tr("Why, in one line"))
        self.ground.setVisible(full)
        agreement = ruling.gate is Gate.AGREEMENT
        self._ask.setText(tr("Ask supervisor Ctrl+↵") if agreement else tr("Record Ctrl+↵"))
        self._ask.setAccessibleName(
            tr("Ask the supervisor, control return") if agreement else tr("Record, control return")
        )
        self._keep.setText(tr("Keep {grade} Esc").format(grade=standing) if standing else tr("Leave it Esc"))
        self._keep.setAccessibleName(self._keep.text())
        self._say_rest(())
        self._count()
        self.show()
        if focus:
            first = self.blocks[0].what if self._blocks else self.reason
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead(self, ruling: Ruling, view: View, full: bool) -> str:
        if ruling.unseen:
            unseen = tr("Not seen or spoken to since the last disclosure: {names}. Ctrl+S records it.")
            said = unseen.format(names=", ".join(ruling.unseen))
            half = [view.picture.name_of(h.person_id) for h in half_met(view.picture, self._contacts)]
            if not half:
                return said
            asks = tr("Confirmed of {names}; still asked: how identified, and who by name.")
            return f"{said} {asks.format(names=', '.join(half))}"
        if ruling.allowed_now:
            return tr("Nothing more is needed: Ctrl+W closes it.") if ruling.act is Act.CLOSE else ""
        if not full:
            return tr("Below the grade that stands: say in one line why.")
        who = tr(" and a supervisor agrees") if ruling.gate is Gate.AGREEMENT else ""
        return tr(
            "Each line answered{who}. Not asked, not seen, not repeated answers nothing. "
            "No units? Unresourced (F6) keeps the grade."
        ).format(who=who)

    def show_needs(self, needs: Sequence[Need]) -> None:
        """Say in place what does not count and what is still missing."""
        told = {n.warning: n.sentence for n in needs if n.warning}
        for block in self._blocks.values():
            # A line that nobody filled in yet is open, not wrong.
            block.say_fault(told.get(block.code, "") if block.touched else "")
        self._say_rest(needs)
        self._count()
        first = next((b for b in self._blocks.values() if b.code in told and b.touched), None)
        first = first or next((b for b in self._blocks.values() if b.code in told), None)
        if first is not None:
            self.area.ensureWidgetVisible(first)
            first.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_rest(self, needs: Sequence[Need]) -> None:
        """Say what is missing beside the lines: the reason, the ground, whoever must agree."""
        self._needs = tuple(needs)
        rest = [n.sentence for n in needs if not n.warning]
        if rest and all(n.code == "agreement" for n in needs):
            rest.insert(0, tr("Asked. The grade stands until a supervisor answers."))
        self.fault.say(f"▲ {' '.join(rest)}" if rest else "")
        self.fault.setVisible(bool(rest))

    def refresh(self, view: View) -> None:
        """A warning that came up since is added, and whether anybody is there to agree; what was filled in stays."""
        if not self.isVisible():
            return
        ruling = self._ruling
        if self._blocks and ruling is not None:
            self._show_blocks(_answered(ruling, view))
            self._count()
        now = next(
            (r for r in view.rulings if ruling and r.act is ruling.act and r.rank == ruling.rank), None
        )
        if now is not None and ruling is not None and (now.unseen or ruling.unseen):
            self._ruling = now
            self.lead.say(self._lead(now, view, now.gate in (Gate.RATIONALE, Gate.AGREEMENT)))
        if any(n.code in WHO for n in self._needs):
            there = [n for n in view.needs if n.code in WHO]
            self._say_rest([n for n in self._needs if n.code not in WHO] + there)

    def clear(self) -> None:
        """Forget what was filled in, and go."""
        self._timer.stop()
        self._ruling = None
        self._show_blocks(())
        self.reason.clear()
        self.ground.setCurrentIndex(-1)
        self.hide()

    def _show_blocks(self, warnings: Sequence[Warning]) -> None:
        wanted = {w.code: w for w in warnings}
        for code in [c for c in self._blocks if c not in wanted]:
            block = self._blocks.pop(code)
            self._list.removeWidget(block)
            block.hide()
            block.deleteLater()
        for place, (code, warning) in enumerate(wanted.items()):
            if code not in self._blocks:
                block = AnswerBlock(warning, self._gates)
                block.changed.connect(self._touched)
                block.resized.connect(self._resized)
                self._blocks[code] = block
                self._list.insertWidget(place, block)
            self._blocks[code].title.say(warning.sentence)
        chain = [w for b in self._blocks.values() for w in (b.what, b.who, b.how)]
        for one, two in itertools.pairwise([*chain, self.reason, self.ground, self._ask, self._keep]):
            QWidget.setTabOrder(one, two)

    def _count(self) -> None:
        for block in self._blocks.values():
            block._show_mark(block.fault.isVisibleTo(block))
        done = sum(1 for b in self._blocks.values() if b.given and not b.fault.isVisibleTo(b))
        self.progress.say(
            tr("{done} of {all} answered").format(done=done, all=len(self._blocks)) if self._blocks else ""
        )

    def _send(self) -> None:
        answers = [b.answer() for b in self._blocks.values()]
        self.asked.emit(self.ground.currentData() or "", self.reason.text(), answers)


def _asked(ruling: Ruling, standing: str, wanted: str) -> str:
    """What is asked for: `wanted` is the shown name of a grade, or of the incident where it is closed."""
    named = ruling.act in (Act.GRADE, Act.CLOSE)
    if ruling.act is Act.GRADE and standing:
        wanted = f"{standing} {tr('to')} {wanted}"
    return f"{words.act(ruling.act)} {wanted}" if named else words.act(ruling.act)


def _answered(ruling: Ruling, view: View) -> tuple[Warning, ...]:
    """What each wants an answer: what the act would take away, else every critical warning that holds the floor."""
    if ruling.act in CHANGING:
        return tuple(w for w in ruling.lost if w.tier is Tier.CRITICAL and w.floor_rank is not None)
    return view.assessment.critical_below
