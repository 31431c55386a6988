"""Where the panels of the desk are, at every size, measured in lines of the font in use."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.common import theme
from ui.common.labels import Text, frame
from ui.common.words import tr
from ui.desk.around_line import AroundLine
from ui.desk.controller import DeskController
from ui.desk.flow import Flow
from ui.desk.follows_panel import FollowsPanel
from ui.desk.forms.forms import Forms
from ui.desk.grade_bar import GradeBar
from ui.desk.held_bar import HeldBar
from ui.desk.history_panel import HistoryPanel
from ui.desk.log_panel import LogPanel
from ui.desk.middle import DoNow, OpenedPanel
from ui.desk.nothing_open import NothingOpen
from ui.desk.orders import OrderCard
from ui.desk.questions_panel import QuestionsPanel
from ui.desk.rail import CallerLine, Rail
from ui.desk.rationale_panel import RationalePanel
from ui.desk.scrolled import Giving, Scrolled
from ui.desk.side import SideColumn
from ui.desk.tasks_panel import TasksPanel
from ui.desk.top_strip import TopStrip
from ui.desk.warnings_panel import WarningsPanel
from ui.models.delegates import BoardDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.timeline import Vocabulary

TALL = 55
"""So many lines of text, and there is height for two lines a warning."""
LOW, LOWEST = 36, 26
FEW = 2
"""So many warnings leave room for the history beside an open form in a low window."""
FOLDS = 95
"""Narrower than so many heights of a line, and the left column folds."""
NARROW = 64
LATER = Qt.ConnectionType.QueuedConnection
"""What scrolls knows only after this how far it can go."""


class Places(QWidget):
    """The panels in their places."""

    def __init__(self, desk: DeskController, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        policy = desk.app.policy
        self.top = TopStrip(desk.actor, desk.app.custody.kind, store)
        self.held = HeldBar()
        self.side = SideColumn()
        AroundLine(desk, self.side.around)
        self.rail = Rail()
        self.caller = CallerLine()
        self.nothing = NothingOpen()
        self.warnings = WarningsPanel()
        self.do_now = DoNow()
        self.order = OrderCard()
        self.history = HistoryPanel(Vocabulary.of(policy))
        self.detail = OpenedPanel()
        self.questions = QuestionsPanel()
        self.grades = GradeBar(policy.scheme.grades)
        self.rationale = RationalePanel(policy.gates, policy.pack.contacts)
        self.tasks = TasksPanel()
        self.follows = FollowsPanel()
        self.log = LogPanel()
        self.board = RowsView(RowsModel[Row](), BoardDelegate(), tr("Open incidents"))
        self.no_board = Text(tr("No incident is open."), "muted")
        self.forms = Forms(desk)
        self.rationale.grown.connect(self.keep_in_sight, LATER)
        self._side_wanted: bool | None = None
        self._narrow = False
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.held)
        for form in self.forms.all.values():
            column.addWidget(form.strip)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self.side)
        body.addWidget(self._middle(), 1)
        self._right_column = self._right()
        body.addWidget(self._right_column)
        self._body = body
        column.addLayout(body, 1)
        column.addWidget(self._foot())

    def _middle(self) -> QWidget:
        middle = Giving()
        self._middle_column = column = QVBoxLayout(middle)
        column.setContentsMargins(8, 5, 8, 3)
        column.setSpacing(5)
        column.addWidget(self.nothing)
        column.addWidget(self.caller)
        column.addWidget(self.warnings)
        self._below = QStackedWidget()
        usual = Scrolled()
        usual.setProperty("look", "clear")
        usual.resized.connect(self.keep_in_sight, LATER)
        self._usual = QVBoxLayout(usual)
        self._usual.setContentsMargins(0, 0, 0, 0)
        self._usual.setSpacing(5)
        self._usual.addWidget(self.do_now)
        self._usual.addWidget(self.order)
        self._usual.addWidget(self.history, 1)
        # While the history is away, what is above it keeps its height.
        self._usual.addStretch()
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(usual)
        self._below.addWidget(self.scroller)
        self._below.addWidget(self.detail)
        column.addWidget(self._below, 1)
        return middle

    def show_below(self, panel: QWidget) -> None:
        """Show a panel in the place under the warnings, instead of steps, order and history."""
        if self._below.indexOf(panel) < 0:
            self._below.addWidget(panel)
        self._below.setCurrentWidget(panel)
        self.fold()

    def _right(self) -> QWidget:
        right = QWidget()
        self._right_box = column = QVBoxLayout(right)
        column.setContentsMargins(2, 6, 10, 4)
        column.setSpacing(6)
        column.addWidget(self.questions)
        column.addWidget(self.grades)
        acts = Flow(gap=4)
        self.acts = {
            "unresourced": QPushButton(tr("Unresourced F6")),
            "response": QPushButton(tr("Response Ctrl+R")),
            "close": QPushButton(tr("Close Ctrl+W")),
        }
        for button in self.acts.values():
            button.setAccessibleName(button.text())
            button.setStyleSheet("QPushButton { padding: 4px 6px; } QPushButton:focus { padding: 3px 5px; }")
            acts.addWidget(button)
        column.addLayout(acts)
        column.addWidget(self.rationale, 1)
        column.addWidget(self.tasks, 1)
        column.addWidget(self.follows)
        return right

    def _foot(self) -> QWidget:
        self._foot_frame = frame("foot")
        row = self._foot_row = QHBoxLayout(self._foot_frame)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(12)
        row.addWidget(self.log, 1)
        self._board_box = QWidget()
        column = QVBoxLayout(self._board_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = Flow(gap=8, last_right=True)
        head.addWidget(Text(tr("Open incidents"), semi=True, wrap=False))
        head.addWidget(Text(tr("overdue first"), "muted", larger=-1, wrap=False))
        column.addLayout(head)
        column.addWidget(self.board, 1)
        column.addWidget(self.no_board)
        row.addWidget(self._board_box)
        return self._foot_frame

    # sizes

    @property
    def unit(self) -> int:
        """The height of a line of ordinary text."""
        return QFontMetrics(theme.letters(theme.base())).height()

    @property
    def lines(self) -> int:
        """How many lines of text the page is high."""
        return self.height() // self.unit

    @property
    def any_open(self) -> bool:
        """True while an incident is open, read or still being read."""
        return self.desk.incident_id is not None

    @property
    def side_folded(self) -> bool:
        """True while the left column is a rail."""
        wide = self.width() // self.unit >= FOLDS
        return not (wide if self._side_wanted is None else self._side_wanted)

    def keep_in_sight(self) -> None:
        """What has the focus is brought into sight, with the warning that it answers where there is height for both."""
        now = QApplication.focusWidget()
        if now is None:
            return
        # What was shown a moment ago has no place yet.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        block = next((b for b in self.rationale.blocks if b.isAncestorOf(now)), None)
        for area in (self.rationale.area, self.scroller):
            inner = area.widget()
            if inner is None or not inner.isAncestorOf(now):
                continue
            if block is not None and block.height() <= area.viewport().height():
                area.ensureWidgetVisible(block, 0, 0)
            area.ensureWidgetVisible(now, 0, 8)

    def turn_side(self) -> None:
        """Unfold the left column, or fold it."""
        self._side_wanted = self.side_folded
        self.arrange()
        if not self.side_folded:
            self.side.people.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the height and width there are to what needs them."""
        super().resizeEvent(event)
        self.arrange()

    def dress(self) -> None:
        """Other letters need other places."""
        self.arrange()

    def arrange(self) -> None:
        """Put everything where there is room for it."""
        unit, lines, columns = self.unit, self.lines, self.width() // self.unit
        wide = columns >= 106
        self._set_narrow(columns < NARROW)
        self.rail.setVisible(self.side_folded)
        self.side.setVisible(not self.side_folded)
        self.side.setFixedWidth(round(unit * (20 if wide else 14.5)))
        self.warnings.set_tall(lines >= TALL)
        if not self._narrow:
            self._right_column.setFixedWidth(round(unit * (27 if wide else 22.5)))
            self._board_box.setFixedWidth(unit * 26 if wide else unit * 21)
        self.fold()

    def _rows_of_warnings(self, open_rationale: bool) -> tuple[int, int]:
        """How many warnings are seen at least, and at most.

        In a narrow page what was opened and an open form need the height, and an open rationale repeats each critical
        warning.
        """
        lines = self.lines
        opened = self._below.currentIndex() > 0
        if self._below.currentIndex() > self._below.indexOf(self.detail):
            # Links need height: the first warnings stay, the others scroll, and the heading counts all.
            return (3, 3) if lines >= LOW else (1, 1)
        if self._narrow and (open_rationale or opened or self.forms.any_open):
            return (2, 3) if lines >= LOWEST else (1, 2) if open_rationale else (1, 1)
        return (8, 99) if lines >= TALL else (6, 99) if lines >= LOWEST else (4, 4)

    def _set_narrow(self, narrow: bool) -> None:
        """In a narrow page everything is one column that scrolls; grade, top warning and log line stay."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.grades.set_flat(narrow)
        self.questions.set_answers_first(narrow)
        if self.forms.order_help is not None:
            self.forms.order_help.set_short(narrow)
        self.rationale.set_whole(narrow)
        most = 16_777_215
        for widget in (self._right_column, self._board_box):
            widget.setMinimumWidth(0)
            widget.setMaximumWidth(most)
        if narrow:
            self._middle_column.insertWidget(0, self.grades)
            self._usual.insertWidget(0, self._right_column)
            self._usual.addWidget(self._board_box)
        else:
            self._right_box.insertWidget(1, self.grades)
            self._body.addWidget(self._right_column)
            self._foot_row.addWidget(self._board_box)
        least = self.board.rows_room(4) if narrow else 0
        self.board.setMinimumHeight(least)
        for panel in (self.tasks, self.follows):
            panel.list.setMinimumHeight(
                panel.list.rows_room(2 if self.lines >= LOWEST else 1) if narrow else 0
            )

    def _give_way(self, tight: bool) -> None:
        """At the largest letters an open form is read whole: who rang before and the log give their lines to it."""
        self.caller.setVisible(self.side_folded and self.any_open and not tight)
        self.log.list.setVisible(not tight)
        lines = self.lines
        rows = 8 if lines >= 75 else 6 if lines >= TALL else 2 if lines >= LOW else 1
        shown = 0 if tight else self.log.list.rows_room(rows)
        chips = self.log.chips.height() + 5
        self._foot_frame.setFixedHeight(shown + self.log.entry.sizeHint().height() + chips + 16)
        # What scrolls under the warnings gives way before anything that does not.
        self._below.setMinimumHeight(1 if self._narrow else 0)

    def fold(self) -> None:
        """An open rationale has the room of the next questions, in a low window the question's too; a form the history's."""
        low, tight = self.lines < TALL, self._narrow and self.lines < LOWEST and self.forms.any_open
        self._give_way(tight)
        open_rationale = not self.rationale.isHidden()
        crowded = open_rationale or self.lines < LOWEST or (low and self.forms.any_open and not self._narrow)
        self.questions.set_next(0 if crowded else 4 if self.lines >= LOW else 2, roomy=not low)
        # Which past incident is meant is read there while a form asks: it goes only where warnings need the height.
        many = self.warnings.list.model().rowCount() > FEW
        crowded_out = low and self.forms.any_open and many
        self.history.setVisible(self.any_open and (self._narrow or not crowded_out))
        self.nothing.setVisible(not self.any_open)
        # Where everything is one column, what cannot be used is not scrolled past.
        self._right_column.setVisible(self.any_open or not self._narrow)
        self.grades.setVisible(self.any_open or not self._narrow)
        self.warnings.setVisible(self.any_open)
        self.warnings.set_rows(*self._rows_of_warnings(open_rationale))
        self.questions.setVisible(not (low and open_rationale))
        self.grades.floor.setVisible(not (low and open_rationale) and not self._narrow)
        self.tasks.setVisible(not open_rationale)
        self.follows.setVisible(not open_rationale and self.follows.any)
        self._right_box.setStretchFactor(self.follows, 2 if self.follows.unfolded else 0)
        self.history.roomy = self._narrow
        self.history.setMinimumHeight(self.history.least())
