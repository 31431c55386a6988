"""The desk's page: the panels in their places, wired to the controller."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from callhandler.model.incident import ResponseState
from callhandler.services.desk import OpenIncident, View
from callhandler.services.incidents import Outcome
from ui.common.labels import Cut, Text, frame
from ui.common.words import tr
from ui.desk import opened, rows
from ui.desk.controller import DeskController
from ui.desk.forms import Forms
from ui.desk.grade_bar import GradeBar
from ui.desk.log_panel import LogPanel
from ui.desk.middle import DoNow, HistoryPanel, OpenedPanel, OrderCard
from ui.desk.questions_panel import QuestionsPanel
from ui.desk.rationale_panel import RationalePanel
from ui.desk.side import SideColumn
from ui.desk.tasks_panel import TasksPanel
from ui.desk.top_strip import TopStrip
from ui.desk.warnings_panel import WarningsPanel
from ui.models.delegates import BoardDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView

TALL = 900


class DeskPage(QWidget):
    """One incident and everything about it."""

    def __init__(self, desk: DeskController, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        policy = desk.app.policy
        self.top = TopStrip(desk.actor, desk.app.custody.kind, store)
        self.side = SideColumn()
        self.warnings = WarningsPanel()
        self.do_now = DoNow()
        self.order = OrderCard()
        self.history = HistoryPanel()
        self.detail = OpenedPanel()
        self.questions = QuestionsPanel()
        self.grades = GradeBar(policy.scheme.grades)
        self.rationale = RationalePanel(policy.gates)
        self.tasks = TasksPanel()
        self.log = LogPanel()
        self.board = RowsView(RowsModel[Row](), BoardDelegate(), tr("Open incidents"))
        self.no_board = Text(tr("No incident is open."), "muted")
        self.forms = Forms(desk)
        self._asked = ""
        self._opened: tuple[str, str] | None = None
        self._board: tuple[OpenIncident, ...] = ()
        self._build()
        self._wire()
        self.log.entry.setEnabled(False)
        self.show_view(None)

    # places

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        for form in self.forms.all.values():
            column.addWidget(form.strip)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self.side.setFixedWidth(236)
        body.addWidget(self.side)
        body.addWidget(self._middle(), 1)
        self._right_column = self._right()
        body.addWidget(self._right_column)
        column.addLayout(body, 1)
        column.addWidget(self._foot())

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(8)
        column.addWidget(self.warnings)
        self._below = QStackedWidget()
        usual = QWidget()
        inner = QVBoxLayout(usual)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.do_now)
        inner.addWidget(self.order)
        inner.addWidget(self.history, 1)
        self._below.addWidget(usual)
        self._below.addWidget(self.detail)
        column.addWidget(self._below, 1)
        return middle

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(2, 8, 10, 6)
        column.setSpacing(7)
        column.addWidget(self.questions)
        column.addWidget(self.grades)
        acts = QHBoxLayout()
        acts.setSpacing(4)
        self.acts = {
            "unresourced": QPushButton(tr("Unresourced F6")),
            "response": QPushButton(tr("Response Ctrl+R")),
            "close": QPushButton(tr("Close Ctrl+W")),
        }
        for button in self.acts.values():
            button.setAccessibleName(button.text())
            button.setStyleSheet("QPushButton { padding: 4px 3px; }")
            acts.addWidget(button, 1)
        column.addLayout(acts)
        column.addWidget(self.rationale, 1)
        column.addWidget(self.tasks, 1)
        return right

    def _foot(self) -> QWidget:
        self._foot_frame = frame("foot")
        row = QHBoxLayout(self._foot_frame)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(12)
        row.addWidget(self.log, 1)
        right = QWidget()
        self._board_box = right
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(Cut(tr("Open incidents"), semi=True))
        head.addStretch(1)
        head.addWidget(Cut(tr("overdue first"), "muted", larger=-1))
        column.addLayout(head)
        column.addWidget(self.board, 1)
        column.addWidget(self.no_board)
        row.addWidget(right)
        return self._foot_frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the height and width there are to what needs them."""
        super().resizeEvent(event)
        tall, wide = self.height() >= TALL, self.width() >= 1700
        self.warnings.set_tall(tall)
        lines = self.log.list.rows_room(8 if tall else 4)
        self._foot_frame.setFixedHeight(lines + self.log.entry.sizeHint().height() + 20)
        self._right_column.setFixedWidth(460 if wide else 356)
        self._board_box.setFixedWidth(448 if wide else 344)
        self.side.setFixedWidth(300 if wide else 230)
        self._fold()

    def _fold(self) -> None:
        """In a low window the question gives its room to an open rationale, and the history to an open form."""
        low_form = self.forms.any_open and self.height() < TALL
        self.history.setVisible(not low_form and not self.warnings.unfolded)
        self.questions.setVisible(self.height() >= TALL or not self.rationale.isVisibleTo(self))
        self.grades.floor.setVisible(self.questions.isVisibleTo(self))
        self.tasks.setVisible(not self.rationale.isVisibleTo(self))

    # wires

    def _wire(self) -> None:
        desk = self.desk
        desk.viewed.connect(self.show_view)
        desk.boarded.connect(self._show_board)
        desk.saved.connect(lambda: self.top.saved(desk.app.office.clock.now()))
        desk.saving.connect(lambda: self.top.saving(1))
        desk.refused.connect(self._refused)
        desk.rationale_needs.connect(self.rationale.show_needs)
        desk.rationale_over.connect(self._rationale_over)
        desk.opened.connect(self._opened_incident)
        desk.line_landed.connect(self.log.landed)
        desk.line_back.connect(self.log.came_back)
        self.log.written.connect(desk.write_line)
        self.log.typed.connect(desk.keep_draft)
        self.questions.answered.connect(desk.answer)
        self.grades.chosen.connect(desk.grade)
        self.rationale.asked.connect(desk.give_rationale)
        self.rationale.kept.connect(desk.keep)
        self.warnings.opened.connect(lambda code: self.open_detail("warning", code))
        self.warnings.folded.connect(self._unfolded)
        self.history.opened.connect(lambda key: self.open_detail("incident", key.split(":")[1]))
        self.detail.closed.connect(self.close_detail)
        self.board.opened.connect(lambda key: desk.open(int(key.split(":")[1])))
        self.forms.over.connect(self.to_entry)
        self.forms.changed.connect(self._fold)
        self.acts["unresourced"].clicked.connect(lambda _=False: desk.respond(ResponseState.UNRESOURCED))
        self.acts["response"].clicked.connect(lambda: self.forms.open("response"))
        self.acts["close"].clicked.connect(lambda _=False: desk.close())

    def to_entry(self) -> None:
        """Put the hands back on the log line."""
        self.log.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # what is shown

    def show_view(self, view: View | None) -> None:
        """Show the newest view of the open incident."""
        self.top.show_view(view)
        self.side.show_view(view)
        self.warnings.show_view(view)
        self.do_now.show_view(view)
        self.order.show_view(view)
        self.history.show_view(view)
        self.questions.show_view(view)
        self.grades.show_view(view, self._asked)
        self.tasks.show_view(view)
        self.log.show_view(view)
        for button in self.acts.values():
            button.setEnabled(view is not None)
        if view is not None:
            self.rationale.refresh(view)
            if self._opened is not None:
                self._show_detail(view)

    def _show_board(self, board: tuple[OpenIncident, ...]) -> None:
        self._board = board
        self.board.show_rows(rows.board_rows(board, self.desk.incident_id))
        self.board.setVisible(bool(board))
        self.no_board.setVisible(not board)

    def _opened_incident(self, incident_id: int | None) -> None:
        self.log.keep_now()
        self._rationale_over()
        self.close_detail()
        self.log.forget_pending()
        self.log.entry.setEnabled(incident_id is not None)
        self.to_entry()
        self.log.fill(*self.desk.drafts.get(str(incident_id), ("", "")))
        self._show_board(self._board)

    def _refused(self, outcome: Outcome, wanted: str) -> None:
        view = self.desk.view
        if view is None:
            return
        self._asked = outcome.ruling.grade
        self.grades.show_view(view, self._asked)
        standing = view.standing_grade.name if view.standing_grade else ""
        self.tasks.hide()
        self.rationale.open_for(view, outcome, wanted, standing)
        self._fold()

    def _rationale_over(self) -> None:
        had = self.rationale.isVisibleTo(self)
        self._asked = ""
        self.rationale.clear()
        self._fold()
        self.grades.show_view(self.desk.view, "")
        if had:
            self.to_entry()

    def _unfolded(self, folded: bool) -> None:
        self.order.setVisible(folded and self.desk.view is not None and bool(self.desk.view.orders))
        self._fold()
        if not folded:
            self.warnings.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # details

    def open_detail(self, kind: str, key: str = "") -> None:
        """Open a warning's evidence, a past incident, or what to say of the order, in the place under the warnings."""
        self._opened = (kind, key)
        view = self.desk.view
        if view is not None and self._show_detail(view):
            self.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_detail(self, view: View) -> bool:
        kind, key = self._opened or ("", "")
        found = {
            "warning": lambda: opened.warning_parts(view, key),
            "incident": lambda: opened.incident_parts(view, int(key)),
            "order": lambda: opened.order_parts(view),
        }[kind]()
        if found is None:
            self.close_detail()
            if kind == "order":
                self.desk.said.emit(tr("No order is known here. Told of one? Ctrl+O."), "serious")
            return False
        self.detail.show_parts(*found)
        self._below.setCurrentWidget(self.detail)
        return True

    def close_detail(self) -> None:
        """Go back to the steps, the order and the history."""
        kind = self._opened[0] if self._opened else ""
        had = self.detail.hasFocus()
        self._opened = None
        self._below.setCurrentIndex(0)
        if had:
            back = {"warning": self.warnings.list, "incident": self.history.list}.get(kind, self.log.entry)
            back.setFocus(Qt.FocusReason.OtherFocusReason)
