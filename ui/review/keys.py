"""The keys of the review page. They are there before the page is built: it is made when one of them is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from callhandler.model.assessment import Verdict
from callhandler.model.paper import PaperKind
from callhandler.model.review import Result
from callhandler.policy.entries import Grade
from ui.common.words import tr
from ui.review.papers import offered

if TYPE_CHECKING:
    from ui.review.page import ReviewPage

Doing = Callable[["ReviewPage"], object]


class ReviewKeys(QObject):
    """`actions` in the order in which the keys page lists them. Letters count where no text is typed."""

    def __init__(
        self,
        grades: tuple[Grade, ...],
        page: Callable[[], "ReviewPage"],
        supervisor: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self.actions: list[QAction] = []
        if supervisor:
            for verdict, key, name in verdicts():
                self._add(tr("Asking now: {name}").format(name=name), key, _decide(verdict.value))
        for result, key, name in results():
            self._add(tr("Review: {name}").format(name=name), key, _decide(result.value))
        for place, grade in enumerate(sorted(grades, key=lambda g: g.rank), 1):
            self._add(tr("Your grade: {grade}").format(grade=grade.name), str(place), _grade(grade.id))
        for kind, key, name in offered():
            self._add(tr("Paper: {name}").format(name=name), key, _paper(kind))
        self._add(tr("Make it yours, or give it back"), "M", lambda page: page.turn_owner())
        self._add(tr("Next filter of the queue"), "Right", lambda page: page.queue.turn(1))
        self._add(tr("Filter before"), "Left", lambda page: page.queue.turn(-1))
        self._add(
            tr("What came after, not known then: open or fold"), "N", lambda page: page.seen.after.turn()
        )
        self._add(tr("Missed in this log: all, or the first"), "F", lambda page: page.facts.turn())
        self._add(tr("To what the handler saw; the arrows scroll it"), "S", lambda page: page.to_seen())
        self._add(tr("Links and genogram as they were then, or back"), "G", lambda page: page.links.turn())
        self._add(tr("To the reason"), "E", lambda page: page.to_reason())
        self._add(tr("To the plot, or back to the queue"), "P", lambda page: page.turn_plot())
        self._add(tr("Plot: next way to count"), "V", lambda page: page.plots.turn())
        self._add(tr("Plot: as a table, or as bars"), "B", lambda page: page.plots.turn_table())
        self._add(tr("Check the log against its journal"), "J", lambda page: page.review.prove())

    def _add(self, name: str, key: str, doing: Doing) -> None:
        action = QAction(name, self.parent())
        if key:
            action.setShortcut(QKeySequence(key))
        # Only where no text is typed: a letter has one meaning in one place.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setProperty("needs", "review")
        action.setProperty("arrow", key in ("Left", "Right"))
        action.triggered.connect(lambda _=False: doing(self._page()))
        self.actions.append(action)


def verdicts() -> tuple[tuple[Verdict, str, str], ...]:
    """What a supervisor may answer to a request, with its key."""
    return (
        (Verdict.AGREE, "A", tr("Agree, lower it")),
        (Verdict.KEEP, "K", tr("Keep it")),
        (Verdict.TAKE_OVER, "T", tr("Take over")),
    )


def results() -> tuple[tuple[Result, str, str], ...]:
    """What a reviewer may find, with its key."""
    return (
        (Result.UPHELD, "U", tr("Upheld")),
        (Result.OTHERWISE, "W", tr("Would grade otherwise")),
        (Result.LEARNING, "L", tr("Learning point")),
        (Result.REOPEN, "R", tr("Re-open and raise")),
    )


def _decide(code: str) -> Doing:
    return lambda page: page.decide(code)


def _paper(kind: PaperKind) -> Doing:
    return lambda page: page.make_paper(kind.value)


def _grade(grade: str) -> Doing:
    return lambda page: page.give_grade(grade)
