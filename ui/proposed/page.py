"""The page of who may stand twice: the list, the two records side by side, and the judgement, all by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from callhandler.model.proposed import Proposed, Which
from callhandler.model.sameness import Sameness
from callhandler.services.linking.judging import Look
from ui.common import theme
from ui.common.announce import announce
from ui.common.labels import Cut, Text
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.models.rows import ROW, Row, RowsModel
from ui.models.view import RowsView
from ui.proposed.controller import PairsController
from ui.proposed.keys import NOT_SAME, SAME, UNDO
from ui.proposed.pair import PairPanel
from ui.proposed.rows import PairDelegate, PairRow, judged_row, key_of, waiting_row
from ui.proposed.words import counted_words, empty_words, which_names
from ui.review.decision import Choice, Decision

FILTERS: tuple[Which | None, ...] = (*Which, None)
NEAR_THE_END = 5
"""So many rows before the end of what was read the next part is read."""


class PairsPage(QWidget):
    """`left` asks to go back to the work, `to_desk` to open an incident there."""

    left = Signal()
    to_desk = Signal(int)

    def __init__(
        self, pairs: PairsController, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pairs = pairs
        self._undoing = ""
        self._front: Proposed | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Who may stand twice"))
        self.count = Text("", "muted", wrap=False)
        self.list = RowsView(
            RowsModel[Row](), PairDelegate(), tr("Pairs that may be one person, strongest first")
        )
        self.empty = Text("", "muted")
        self.pair = PairPanel(pairs.app.policy.scheme.grades)
        self.decision = Decision(tr("Reason, kept with the judgement"), 2)
        self.filters: dict[Which | None, QPushButton] = {}
        self._lay_out()
        for action in actions:
            self.list.addAction(action)
            for button in self.filters.values():
                button.addAction(action)
            if not action.property("arrow"):
                self.pair.addAction(action)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.opened.connect(lambda _key: self.to_pair())
        self.decision.wanted.connect(self.choose)
        self.decision.sent.connect(self._send)
        self.decision.typed.connect(self._keep)
        self.decision.left.connect(self.to_list)
        pairs.listed.connect(self._listed)
        pairs.looked.connect(self._looked)
        pairs.recorded.connect(self._recorded)
        pairs.said_here.connect(self.decision.say)
        self._listed(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Who may stand twice"), larger=6, bold=True, wrap=False))
        head.addSpacing(16)
        head.addWidget(self.count)
        keys = Cut(
            tr("L leaves it · Z undoes · Enter reads the records · ← → filters · Esc goes back"), "muted"
        )
        keys.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(keys, 1)
        column.addLayout(head)
        row = Flow(gap=1)
        for which in FILTERS:
            row.addWidget(self._filter(which))
        column.addLayout(row)
        body = QHBoxLayout()
        body.setSpacing(14)
        left = QVBoxLayout()
        left.addWidget(self.empty)
        left.addWidget(self.list, 1)
        left.addStretch(0)
        body.addLayout(left, 38)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.pair, 1)
        right.addWidget(self.decision)
        body.addLayout(right, 62)
        column.addLayout(body, 1)

    def _filter(self, which: Which | None) -> QPushButton:
        button = QPushButton(self._name(which))
        button.setCheckable(True)
        button.setProperty("look", "fold")
        button.setFont(theme.letters(theme.base() - 1))
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        button.clicked.connect(lambda _=False, w=which: self.pairs.read(w))
        self.filters[which] = button
        return button

    def _name(self, which: Which | None) -> str:
        return tr("Judged") if which is None else which_names()[which]

    # the hands

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The hands begin on the list, which is read when the page is come to."""
        super().focusInEvent(event)
        if self.pairs.runs is None or not (self.pairs.pairs or self.pairs.judged):
            self.pairs.read(self.pairs.which)
        self.to_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back a step: to the list, then to the work."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.list.hasFocus() or not self.list.isVisible():
            self.left.emit()
        else:
            self.to_list()

    def to_list(self) -> None:
        """To the list; to the page itself while there is none."""
        (self.list if self.list.isVisible() else self.filters[self.pairs.which]).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def to_pair(self) -> None:
        """To the two records."""
        self.pair.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_reason(self) -> None:
        """To the reason of the judgement."""
        if self.decision.reason.isEnabled():
            self.decision.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn(self, step: int) -> None:
        """The next filter, or the one before."""
        self.pairs.read(FILTERS[(FILTERS.index(self.pairs.which) + step) % len(FILTERS)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stays readable in a narrow window."""
        super().resizeEvent(event)
        self.list.setMinimumWidth(min(theme.scaled(280), self.width() * 36 // 100))

    # what is shown

    def _listed(self, anew: bool) -> None:
        pairs = self.pairs
        rows: list[Row] = [judged_row(j) for j in pairs.judged]
        rows += [
            waiting_row(p, pairs.in_open, pairs.with_order, key_of(p) in pairs.left) for p in pairs.pairs
        ]
        self.list.show_rows(rows, anew=True)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.decision.setVisible(bool(rows))
        self.empty.say(
            "" if rows else empty_words(pairs.which, pairs.runs if pairs.total is not None else None)
        )
        self._mark(len(rows))
        if rows and (anew or not self.list.currentIndex().isValid()):
            self.list.setCurrentIndex(self.list.model().index(0, 0))
            self.list.scrollToTop()
        if not rows:
            pairs.choose(None)
            if self.isVisible() and not self.decision.reason.hasFocus():
                self.to_list()
        elif any(button.hasFocus() for button in self.filters.values()):
            self.to_list()

    def _mark(self, shown: int) -> None:
        pairs = self.pairs
        if pairs.which is None:
            said = tr("{n:,} judged, newest first").format(n=pairs.total) if pairs.total else ""
        else:
            said = counted_words(shown, pairs.total)
        self.count.say(said)
        for which, button in self.filters.items():
            on, name = which is pairs.which, self._name(which)
            button.setChecked(on)
            button.setText(f"● {name}" if on else name)
            button.setAccessibleName(tr("Show {which}; left and right arrow turn").format(which=name))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = current.data(ROW)
        self.decision.keep_now()
        self._undoing = ""
        self._front = row.pair if isinstance(row, PairRow) else None
        if self._front is not None:
            # Nothing of one pair stands beside the name of another.
            self._nothing(tr("Opening …"), f"{self._front.a_called}\n{self._front.b_called}")
        self.list.viewport().update()
        self.pairs.choose(self._front)
        if current.row() >= self.list.model().rowCount() - NEAR_THE_END:
            self.pairs.more()

    def _looked(self, look: Look | None) -> None:
        if look is None:
            self._front = None
            self._nothing(tr("No pair is in front."), "")
            return
        self._front = look.pair
        self.pair.show_look(look)
        if look.judged is not None:
            undo = (Choice(UNDO, "Z", tr("Undo")),)
            self.decision.show_choices(tr("Judged already"), undo)
        else:
            self.decision.show_choices(tr("Judgement"), self._choices())
        self.decision.put_back(*self.pairs.kept(look.pair))
        if look.judged is not None and self._undoing == key_of(look.pair):
            self._undoing = ""
            self.decision.put_back(UNDO, tr("A slip."))
            self.decision.choose(UNDO)
        announce(self, self.pair.accessibleDescription())

    def _nothing(self, why: str, shown: str) -> None:
        self.pair.show_look(None, shown)
        self.decision.show_choices(tr("Judgement"), self._choices(), why)
        self.decision.put_back("", "")

    def _choices(self) -> tuple[Choice, ...]:
        if self.pairs.which is None:
            return (Choice(UNDO, "Z", tr("Undo")),)
        return (
            Choice(SAME, "S", tr("The same person"), tr("Each one's history is read for both."), free=True),
            Choice(NOT_SAME, "N", tr("Not the same"), tr("They are kept apart, with the reason.")),
        )

    # by key

    def choose(self, code: str) -> None:
        """Choose a judgement of the pair in front; then its reason is asked for."""
        if self.pair.look is None:
            self.decision.say(tr("No pair is in front yet."))
        elif self.pair.look.judged is not None and code != UNDO:
            self.decision.say(tr("This pair is judged. Z undoes it."))
        else:
            self.decision.choose(code)

    def leave(self) -> None:
        """Go on to the next pair; nothing is recorded of this one."""
        row, many = self.list.currentIndex().row(), self.list.model().rowCount()
        if self._front is None or self.pairs.which is None:
            return
        self.pairs.leave(self._front)
        if row + 1 < many:
            self.list.setCurrentIndex(self.list.model().index(row + 1, 0))
        else:
            self.decision.say(tr("This is the last of the list."))

    def undo(self) -> None:
        """Undo the judged pair in front, else what was judged last in this sitting; its reason is asked for."""
        look = self.pair.look
        if look is not None and look.judged is not None:
            self.decision.choose(UNDO)
        elif self.pairs.last is not None:
            self._undoing = key_of(self.pairs.last)
            self.pairs.look_now(self.pairs.last)
        else:
            self.decision.say(
                tr("Nothing was judged in this sitting. What was judged before is under Judged.")
            )

    def open_incident(self) -> None:
        """Open the open incident of theirs at the desk, where they can be judged in it."""
        look = self.pair.look
        if look is not None and look.would_bring:
            self.to_desk.emit(look.would_bring[0].incident_id)
        else:
            self.decision.say(tr("Neither of the two is in an incident that is open."))

    # judging

    def _send(self, code: str, reason: str) -> None:
        look = self.pair.look
        if look is None:
            self.decision.say(tr("No pair is in front yet."))
        elif code == UNDO:
            self.pairs.undo(look.pair, reason)
        else:
            self.pairs.judge(look.pair, Sameness(code), reason)

    def _keep(self, code: str, text: str) -> None:
        look = self.pair.look
        if look is not None and code != UNDO:
            self.pairs.keep(look.pair, code, text)

    def _recorded(self, pair: Proposed) -> None:
        self.decision.done()
        row = self.list.currentIndex().row()
        gone = self.list.current_key() == key_of(pair)
        self._listed(False)
        many = self.list.model().rowCount()
        if many and gone:
            place = self.list.model().index(min(row, many - 1), 0)
            if self.list.currentIndex() == place:
                self._moved(place, QModelIndex())
            self.list.setCurrentIndex(place)
        elif many:
            # It was looked at from beside the list: back to what the list is at; what was undone waits again.
            self.pairs.read(self.pairs.which)
            self._moved(self.list.currentIndex(), QModelIndex())
        self.to_list()
