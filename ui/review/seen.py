"""What the handler saw, in one column that scrolls: head, answers, evening, log, order and history, and what came after."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from callhandler.services.desk import View
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.scrolled import Scrolled
from ui.models.delegates import LogDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.review.after import After, AfterShown
from ui.review.answers import Answers, AnswerShown
from ui.review.evening import Evening
from ui.review.evening_line import EveningLine
from ui.review.heads import Heading
from ui.review.linked import Linked
from ui.review.seen_head import HeadShown, SeenHead

LAST = 6
"""So many lines of the log are in sight; the others scroll within their list."""


@dataclass(frozen=True, slots=True)
class SeenShown:
    """All that the middle shows of one item, made once per reading. `log` are its rows, `held` how much of it is proved."""

    head: HeadShown
    answers: tuple[AnswerShown, ...]
    evening: Evening | None
    log: tuple[Row, ...]
    log_aside: str
    view: View
    held: str
    held_tone: str
    after: AfterShown | None


class Seen(QScrollArea):
    """The column. With the focus in it, the arrows scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "reading")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("What the handler saw"))
        self.head = SeenHead()
        self.answers = Answers()
        self.evening_heading = Heading(tr("The evening"))
        self.evening = EveningLine()
        self.log_heading = Heading(tr("The log"))
        self.log = RowsView(RowsModel[Row](), LogDelegate(), tr("Log"))
        self.linked = Linked()
        self.after = After()
        self.nothing = Text("", "muted")
        inner = Scrolled()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 0, 8, 4)
        column.setSpacing(8)
        column.addWidget(self.nothing)
        self._parts = (
            self.head,
            self.answers,
            self.evening_heading,
            self.evening,
            self.log_heading,
            self.log,
            self.linked,
            self.after,
        )
        for part in self._parts:
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inner)
        self.shown: SeenShown | None = None
        self.show_nothing("")

    def show_nothing(self, why: str) -> None:
        """Nothing is chosen, or it is not read yet."""
        self.shown = None
        for part in self._parts:
            part.hide()
        self.nothing.say(why)
        self.nothing.setVisible(bool(why))

    def show_seen(self, shown: SeenShown, *, another: bool) -> None:
        """Show an item; `another` begins at its top, the same one stays where it was read."""
        self.shown = shown
        self.nothing.hide()
        self.head.show()
        self.head.show_head(shown.head)
        self.answers.show_answers(shown.answers)
        self.answers.setVisible(bool(shown.answers))
        for part in (self.evening_heading, self.evening):
            part.setVisible(shown.evening is not None)
        self.evening.show_evening(shown.evening)
        if shown.evening is not None:
            self.evening_heading.say(tr("The evening") if shown.evening.late else tr("How it went"))
        self.log.show_rows(list(shown.log), anew=another)
        many = len(shown.log)
        self.log_heading.say(tr("The log"), shown.log_aside)
        self.log_heading.show()
        self.log.setVisible(many > 0)
        self.log.setFixedHeight(self.log.rows_room(min(many, LAST)))
        self.linked.show()
        self.linked.show_view(shown.view, shown.held, shown.held_tone)
        self.after.show_after(shown.after)
        if another:
            self.verticalScrollBar().setValue(0)
            self.log.scrollToBottom()

    def dress(self) -> None:
        """Rows of another height."""
        if self.shown is not None:
            self.log.setFixedHeight(self.log.rows_room(min(len(self.shown.log), LAST)))

    def minimumSizeHint(self) -> QSize:
        """It scrolls, so it may be low."""
        return QSize(self.fontMetrics().averageCharWidth() * 40, 120)
