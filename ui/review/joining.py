"""Joins the review page to a window: its reading and its keys from sign-in on, the page itself when it is first wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from callhandler.model.actor import Actor, Right
from ui.common.words import tr
from ui.review.asks import AsksCounter
from ui.review.controller import ReviewController
from ui.review.keys import ReviewKeys

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.review.page import ReviewPage


class Reviewing(QObject):
    """The review page of one window, or what will become it."""

    def __init__(self, window: "MainWindow", actor: Actor, store: str) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        assert window.desk is not None
        self.controller = ReviewController(window.desk, self)
        self.keys = ReviewKeys(
            window.app.policy.scheme.grades, self.to_front, Right.SUPERVISOR in actor.rights, self
        )
        self.counter = AsksCounter(self.controller)
        self.counter.wanted.connect(self.to_front)
        window.strip.addWidget(self.counter)
        window.stack.currentChanged.connect(lambda _place: self._fronted())
        self.controller.said.connect(window.say)
        self.controller.asked.connect(window.herald.asked)
        window.feed.due.connect(self.controller.read)
        self.controller.read()

    @property
    def actions(self) -> list[QAction]:
        """The page's own keys."""
        return self.keys.actions

    @property
    def page(self) -> "ReviewPage":
        """The page; made when it is first asked for."""
        window = self._window
        if window.review is None:
            from ui.review.page import ReviewPage

            window.review = ReviewPage(self.controller, self._store, self.actions)
            window.review.to_desk.connect(self._at_the_desk)
            window.stack.addWidget(window.review)
        return window.review

    def to_front(self) -> "ReviewPage":
        """Show the page, with the hands on the queue unless they are on it already."""
        page = self.page
        if self._window.stack.currentWidget() is not page:
            self._window.stack.setCurrentWidget(page)
            page.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return page

    def _at_the_desk(self, incident_id: int) -> None:
        window = self._window
        if window.desk is not None and window.page is not None:
            window.to_desk()
            window.desk.open(incident_id)
            window.page.to_entry()

    def _fronted(self) -> None:
        window = self._window
        front = window.review is not None and window.stack.currentWidget() is window.review
        self.counter.in_front(front)
        self.controller.in_sight(front)


def heading() -> str:
    """How the keys page calls them."""
    return tr("Review, where no text is typed; Esc goes back to the queue")
