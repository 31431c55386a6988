"""The review page: the queue and its figures, what the handler saw then, and the supervisor's own judgement."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from callhandler.model.paper import PaperKind
from callhandler.model.review import QueueLine
from callhandler.services.reviews.opening import Opened
from ui.common import theme
from ui.common.words import tr
from ui.desk.scrolled import Scrolled
from ui.models.view import RowsView
from ui.review import judging
from ui.review.controller import ReviewController
from ui.review.decision import Decision
from ui.review.grade_first import GradeFirst
from ui.review.links import SeenLinks
from ui.review.papers import PapersPanel, closed
from ui.review.plot_panel import PlotPanel
from ui.review.queue_panel import QueuePanel
from ui.review.queue_words import key_of
from ui.review.seen import Seen
from ui.review.seen_words import seen_of
from ui.review.side_facts import Facts, FactsShown
from ui.review.side_words import facts_of
from ui.review.strip import Strip

SECOND_MS = 1_000


class ReviewPage(QWidget):
    """Queue on the left, what was seen in the middle, judgement on the right. `to_desk` tells an incident to open there."""

    to_desk = Signal(int)

    def __init__(
        self,
        review: ReviewController,
        store: str,
        actions: Sequence[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.review = review
        actor = review.actor
        self.setAccessibleName(tr("Review"))
        self.top = Strip(actor.display, store, review.app.custody.kind)
        self.queue = QueuePanel(actor.user_id)
        self.plots = PlotPanel()
        self.seen = Seen()
        self.links = SeenLinks(self.seen, review)
        self.own = GradeFirst(review.app.policy.scheme.grades)
        self.decision = Decision()
        self.facts = Facts()
        self.papers = PapersPanel()
        self._right = QScrollArea()
        self._left = QWidget()
        self._instead = False
        self._item = ""
        self._build()
        plots = (self.plots.view, self.plots.table, self.plots.way, self.plots.turn_to_table)
        beside = (self.seen, self.seen.log, self.seen.linked.list, *plots)
        for action in actions:
            self.list.addAction(action)
            # Elsewhere the arrows have a meaning of their own.
            if not action.property("arrow"):
                for part in beside:
                    part.addAction(action)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._tick)
        self.queue.chosen.connect(self._choose)
        self.list.opened.connect(lambda _key: self._open())
        self.own.given.connect(self.give_grade)
        self.decision.sent.connect(self._send)
        self.decision.wanted.connect(self.decide)
        self.decision.typed.connect(review.keep)
        self.decision.left.connect(self.to_queue)
        review.queue_read.connect(self._show_queue)
        review.figures_read.connect(self._show_figures)
        review.looked.connect(self._show_looked)
        review.recorded.connect(self._recorded)
        review.said_here.connect(self.decision.say)
        self.papers.wanted.connect(self.make_paper)
        review.paper_made.connect(self.papers.say)
        self._show_looked(None)
        self._show_figures()
        if review.read_once:
            self._show_queue()

    @property
    def list(self) -> RowsView:
        """The queue's list, where the letters are keys."""
        return self.queue.list

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        body = QHBoxLayout()
        body.setContentsMargins(12, 8, 12, 8)
        body.setSpacing(14)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.queue, 5)
        left.addWidget(self.plots, 3)
        body.addWidget(self._left, 29)
        body.addWidget(_line())
        body.addWidget(self.links, 46)
        body.addWidget(_line())
        inner = Scrolled()
        inner.setProperty("look", "clear")
        right = QVBoxLayout(inner)
        right.setContentsMargins(0, 0, 6, 0)
        right.setSpacing(10)
        for part in (self.own, self.decision, self.facts, self.papers):
            right.addWidget(part)
        right.addStretch(1)
        self._right.setWidgetResizable(True)
        self._right.setFrameShape(QFrame.Shape.NoFrame)
        self._right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._right.setAccessibleName(tr("Your judgement"))
        self._right.setWidget(inner)
        body.addWidget(self._right, 25)
        column.addLayout(body, 1)

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plot stands under the queue while three rows of the queue have room too."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Clocks run while they are seen."""
        super().showEvent(event)
        self._second.start()
        self._fit()

    def hideEvent(self, event: object) -> None:
        """Nothing runs unseen."""
        self._second.stop()

    def dress(self) -> None:
        """Other letters, another room."""
        self._fit()

    def _fit(self) -> None:
        least = theme.scaled(236)
        self._left.setMinimumWidth(min(least, self.width() * 29 // 100))
        self._right.setMinimumWidth(min(theme.scaled(238), self.width() * 31 // 100))
        need = self.queue.minimumSizeHint().height() + 2 * self.list.rows_room(1)
        both = self._left.height() >= need + self.plots.minimumSizeHint().height()
        self._instead = self._instead and not both
        self.plots.setVisible(bool(self.review.plots) and (both or self._instead))
        self.queue.setVisible(both or not self._instead)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the queue from wherever it has no other meaning."""
        if event.key() == Qt.Key.Key_Escape:
            self.to_queue()
        else:
            super().keyPressEvent(event)

    # what is shown

    def _tick(self) -> None:
        now = self.review.now()
        self.queue.tick(now)
        self.top.show_strip(self.review.strip(now))

    def _show_queue(self) -> None:
        now = self.review.now()
        self.queue.show_lines(self.review.lines, now)
        self.top.show_strip(self.review.strip(now))

    def _show_figures(self) -> None:
        self.top.show_strip(self.review.strip(self.review.now()))
        self.plots.show_plots(self.review.plots)
        self._fit()

    def _show_looked(self, front: Opened | None) -> None:
        if front is None:
            self._item = ""
            self.decision.put_back("", "")
            self.seen.show_nothing(judging.nothing(self.review))
            self.links.follow()
            self.own.show_own("", "", open_=False)
            self.decision.show_choices(tr("Decision"), (), judging.nothing(self.review))
            self.facts.show_facts(FactsShown())
            self.papers.show_closed(closed(None))
            return
        another = key_of(front.line) != self._item
        self._item = key_of(front.line)
        self.seen.show_seen(seen_of(front), another=another)
        self.links.follow()
        self.own.setVisible(not front.line.waiting)
        grade, note, open_ = judging.own_grade(front, self.review)
        self.own.show_own(grade, note, open_=open_)
        self.decision.show_choices(*judging.choices(front, self.review))
        if another:
            self.decision.put_back(*self.review.kept)
        self.facts.show_facts(facts_of(front), another=another)
        if another or self.papers.is_closed != bool(closed(front)):
            self.papers.show_closed(closed(front))

    # by key

    def give_grade(self, grade: str) -> None:
        """The reviewer's own grade of the item in front."""
        why = judging.why_no_grade(self.review.in_front, self.review)
        if why:
            self.decision.say(why)
        else:
            self.review.grade(grade)

    def decide(self, code: str) -> None:
        """Choose an answer for the item in front; then its reason is asked for."""
        why = judging.why_no_answer(code, self.review.in_front, self.review)
        if why:
            self.decision.say(why)
        else:
            self.decision.choose(code)

    def _send(self, code: str, reason: str) -> None:
        why = judging.why_no_answer(code, self.review.in_front, self.review)
        if why:
            self.decision.say(why)
        else:
            self.review.answer(code, reason)

    def _choose(self, line: QueueLine | None) -> None:
        # What was typed for the one before is kept with that one.
        if self._item:
            self.decision.keep_now()
        self.review.choose(line)

    def make_paper(self, kind: str) -> None:
        """Make a paper of the item in front."""
        self.review.make_paper(PaperKind(kind))

    def turn_owner(self) -> None:
        """Make the item in front one's own, or give it back."""
        line = self.queue.current
        if line is None or line.item_id is None:
            self.decision.say(tr("Only what waits for review has an owner."))
        else:
            self.review.turn_owner(line)

    def to_queue(self) -> None:
        """Back to the queue."""
        if not self.queue.isVisible():
            self._instead = False
            self._fit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_seen(self) -> None:
        """To what the handler saw."""
        self.links.setCurrentWidget(self.seen)
        self.seen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_reason(self) -> None:
        """To the reason of the answer."""
        if self.decision.reason.isEnabled():
            self.decision.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn_plot(self) -> None:
        """To the plot and back; where both have no room it takes the place of the queue."""
        to_plot = not (self.plots.isVisible() and self.plots.has_focus)
        self._instead = to_plot
        self._fit()
        (self.plots.to_focus if to_plot else self.list.setFocus)()

    def _open(self) -> None:
        line = self.queue.current
        if line is not None and line.hidden:
            self.decision.say(tr("The desk shows the handler's grade: give yours first, with 1 to 4."))
        elif line is not None:
            self.to_desk.emit(line.incident_id)

    def _recorded(self) -> None:
        self.decision.done()
        self.to_queue()

    @property
    def line(self) -> QueueLine | None:
        """The line in front."""
        return self.queue.current


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setProperty("look", "side")
    return line
