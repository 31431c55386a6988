"""The supervisor's page: each request with what was asked, what stands against it, and what was answered."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from callhandler.model.assessment import Act, Verdict
from callhandler.services.desk import View
from ui.common import words
from ui.common.labels import Cut, Shape, Text, frame, training_plate
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.desk.rows import log_rows
from ui.desk.top_strip import Fact, GradeChip
from ui.models.delegates import EntryDelegate, LogDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.review.controller import ReviewController
from ui.review.rows import answer_lines, request_rows

VERDICTS = (
    (Verdict.AGREE, "A", "Agree, lower it"),
    (Verdict.KEEP, "K", "Keep it"),
    (Verdict.TAKE_OVER, "T", "Take over"),
)


def _lowered(shape: Shape) -> Shape:
    shape.setContentsMargins(0, 3, 0, 0)
    return shape


class ReasonLine(QLineEdit):
    """The supervisor's reason; Esc gives the choice back."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the line."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReviewPage(QWidget):
    """Requests on the left, the one chosen in the middle, the answer on the right."""

    def __init__(self, review: ReviewController, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review = review
        self._verdict: Verdict | None = None
        self._shown = 0
        self.top = frame("strip")
        self.waiting = Fact(tr("Asking for agreement now"))
        self._store = Cut(f"{store}", "muted", larger=-2)
        self.list = RowsView(RowsModel[Row](), EntryDelegate(), tr("Requests that wait"))
        self.empty = Text(tr("Nobody asks for agreement now."), "muted")
        self.chip = GradeChip()
        self.asked = Fact(tr("Asked for"))
        self.floor = Fact(tr("Floor"))
        self.ground = Fact(tr("Ground"), whole=False)
        self.reason_given = Text("")
        self._answers = QScrollArea()
        self.log = RowsView(RowsModel[Row](), LogDelegate(), tr("Log"))
        self.reason = ReasonLine()
        self.buttons: dict[Verdict, QPushButton] = {}
        self.says = Text("", "muted", larger=-1)
        self._build()
        review.waited.connect(self._show_waiting)
        review.viewed.connect(self._show_view)
        review.answered.connect(self._answered)
        review.said_here.connect(lambda text: self.says.say(f"▲ {text}", "serious"))
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.reason.returnPressed.connect(self._send)
        self.reason.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self._show_view(None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = QHBoxLayout(self.top)
        strip.setContentsMargins(12, 4, 12, 4)
        strip.addWidget(Text(tr("Requests"), larger=4, bold=True, wrap=False))
        strip.addSpacing(12)
        strip.addWidget(self.waiting)
        strip.addStretch(1)
        if self.review.app.custody.kind == "TRAINING":
            strip.addWidget(training_plate(), 0, Qt.AlignmentFlag.AlignVCenter)
            strip.addSpacing(8)
        right = QVBoxLayout()
        right.setSpacing(0)
        self._store.setAlignment(Qt.AlignmentFlag.AlignRight)
        who = Cut(self.review.actor.display, semi=True)
        who.setAlignment(Qt.AlignmentFlag.AlignRight)
        right.addWidget(self._store)
        right.addWidget(who)
        strip.addLayout(right)
        column.addWidget(self.top)
        body = QHBoxLayout()
        body.setContentsMargins(12, 10, 12, 8)
        body.setSpacing(14)
        left = QVBoxLayout()
        left.addWidget(Cut(tr("Waiting, riskiest first"), semi=True))
        left.addWidget(self.empty)
        self.list.setMinimumWidth(236)
        left.addWidget(self.list, 1)
        body.addLayout(left, 2)
        body.addLayout(self._middle(), 9)
        body.addWidget(self._decision(), 2)
        column.addLayout(body, 1)

    def _middle(self) -> QVBoxLayout:
        middle = QVBoxLayout()
        middle.setSpacing(7)
        head = frame("panel")
        row = Flow(head, gap=6)
        row.setContentsMargins(10, 8, 10, 8)
        row.addWidget(self.chip)
        row.addWidget(Text("→", "muted", larger=6, wrap=False))
        for fact in (self.asked, self.floor, self.ground):
            row.addWidget(fact)
        middle.addWidget(head)
        middle.addWidget(self.reason_given)
        self._answers.setWidgetResizable(True)
        self._answers.setFrameShape(QFrame.Shape.NoFrame)
        self._answers.setAccessibleName(tr("Critical warnings and their answers"))
        middle.addWidget(self._answers, 7)
        middle.addWidget(Cut(tr("The log"), semi=True))
        middle.addWidget(self.log, 2)
        return middle

    def _decision(self) -> QWidget:
        box = QWidget()
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        panel = frame("panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(7)
        # At least so wide, and never narrower than its words.
        inner.addSpacerItem(QSpacerItem(212, 0))
        inner.addWidget(Text(tr("Decision"), "muted", larger=-1, semi=True))
        for verdict, key, name in VERDICTS:
            action = QAction(tr(name), self)
            action.setShortcut(QKeySequence(key))
            # Only where no text is typed: a letter has one meaning in one place.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, v=verdict: self.choose(v))
            self.list.addAction(action)
            button = QPushButton(f"{tr(name)}  {key}")
            button.setAccessibleName(tr("{name}, key {key}").format(name=tr(name), key=key))
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, v=verdict: self.choose(v))
            self.buttons[verdict] = button
            inner.addWidget(button)
        inner.addWidget(Text(tr("Reason, seen by the handler"), "muted", larger=-1, semi=True))
        self.reason.setAccessibleName(tr("Reason, seen by the handler"))
        self.reason.setPlaceholderText(tr("Enter records it"))
        inner.addWidget(self.reason)
        inner.addWidget(self.says)
        outer.addWidget(panel)
        outer.addStretch(1)
        return box

    # what is shown

    def _show_waiting(self, waiting: object) -> None:
        rows = request_rows(self.review)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.waiting.say(str(len(rows)), "critical_text" if rows else "text")
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        if not rows:
            self.review.choose(None)

    def _chosen(self) -> None:
        key = self.list.current_key()
        self.review.choose(int(key.split(":")[1]) if key else None)

    def _show_view(self, view: View | None) -> None:
        request = view.request if view else None
        for button in self.buttons.values():
            button.setEnabled(request is not None)
        self.reason.setEnabled(request is not None)
        if view is None or request is None:
            self._shown = 0
            self.chip.show_grade(tr("No request"), "")
            for fact in (self.asked, self.floor, self.ground):
                fact.say("")
            self.reason_given.say("")
            self.log.show_rows([])
            self._answers.setWidget(QWidget())
            return
        standing, floor = view.standing_grade, view.floor_grade
        self.chip.show_grade(standing.name if standing else "", standing.band if standing else "")
        asked = tr("Close") if request.act is Act.CLOSE else self.review.grade_name(request.grade)
        self.asked.say(asked, "text")
        critical = len(view.assessment.critical_below)
        self.floor.say(
            tr("{grade}, by {n} critical").format(grade=floor.name, n=critical) if floor else tr("none")
        )
        ground = self.review.ground_name(request.ground)
        self.ground.say(ground or tr("not given"), "text" if ground else "serious")
        told = tr("{who}, {time}: {reason}").format(
            who=request.author,
            time=words.clock(request.at),
            reason=request.reason or tr("no reason given yet"),
        )
        self.reason_given.say(told)
        self._show_answers(view)
        self.log.show_rows(log_rows(view))
        if self._shown != request.id:
            self._shown = request.id
            self.log.scrollToBottom()
            self._verdict = None
            self._mark()

    def _show_answers(self, view: View) -> None:
        inner = QWidget()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for warning, answer, how, counts in answer_lines(view, self.review.app.policy.gates):
            box = frame("critical")
            row = QHBoxLayout(box)
            row.setContentsMargins(9, 6, 9, 7)
            row.addWidget(_lowered(Shape("critical", "critical", 12)), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(warning, semi=True), 4, Qt.AlignmentFlag.AlignTop)
            right = QVBoxLayout()
            right.setSpacing(1)
            right.addWidget(Text(answer, "text" if counts else "serious"))
            if how:
                right.addWidget(Text(how, "muted", larger=-1))
            row.addLayout(right, 6)
            column.addWidget(box)
        column.addStretch(1)
        self._answers.setWidget(inner)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the answers as high as they are, so that the log gets the rest."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        inner = self._answers.widget()
        layout = inner.layout() if inner else None
        if layout is not None:
            self._answers.setMaximumHeight(max(80, layout.heightForWidth(self._answers.width() - 4) + 4))

    # the answer

    def choose(self, verdict: Verdict) -> None:
        """Choose an answer; then its reason is asked for."""
        self._verdict = verdict
        self._mark()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _mark(self) -> None:
        for verdict, button in self.buttons.items():
            button.setChecked(verdict is self._verdict)
        chosen = next((tr(n) for v, _, n in VERDICTS if v is self._verdict), "")
        said = tr("{name}: give the reason, Enter records it.").format(name=chosen)
        self.says.say(said if chosen else tr("A agrees, K keeps, T takes over; then the reason."), "muted")

    def _send(self) -> None:
        if self._verdict is None:
            self.says.say(
                tr("▲ First choose: A agree, K keep, T take over (Esc leaves this line)."), "serious"
            )
        elif not self.reason.text().strip():
            self.says.say(tr("▲ The reason is empty."), "serious")
        else:
            self.review.answer(self._verdict, self.reason.text())

    def _answered(self) -> None:
        self.reason.clear()
        self._verdict = None
        self._mark()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
