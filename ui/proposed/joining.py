"""Joins the page to a window: its keys, a quiet count where a supervisor looks for it, and the page when it is wanted."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from callhandler.model.actor import Actor, Right
from ui.actions import act
from ui.common.words import tr
from ui.proposed.keys import PairKeys

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.proposed.page import PairsPage

KEY = "Ctrl+Alt+J"
COUNT_MS = 5_000
"""The count is wanted some seconds after somebody sat down: nothing of the beginning waits for it."""


class JudgingPairs(QObject):
    """What one window knows of proposals before its page is first asked for."""

    def __init__(self, window: "MainWindow", actor: Actor) -> None:
        super().__init__(window)
        self._window = window
        self._actor = actor
        self.turn_action: QAction = act(window, self._named(None), KEY, self.turn)
        self.keys = PairKeys(self.to_front, self)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count)
        if Right.SUPERVISOR in actor.rights:
            self._counting.start(COUNT_MS)

    @cached_property
    def page(self) -> "PairsPage":
        """The page; made when it is first asked for."""
        from ui.proposed.controller import PairsController
        from ui.proposed.page import PairsPage

        window = self._window
        assert window.desk is not None
        control = PairsController(window.desk, self)
        control.said.connect(window.say)
        control.counted.connect(self._counted)
        page = PairsPage(control, self.keys.actions)
        page.left.connect(window.back)
        page.to_desk.connect(window.open_from_board)
        window.stack.addWidget(page)
        return page

    def turn(self) -> None:
        """To the page, or back to where the hands were."""
        self._window.visit(self.page)

    def to_front(self) -> "PairsPage":
        """Show the page."""
        if self._window.stack.currentWidget() is not self.page:
            self._window.visit(self.page)
        return self.page

    def stop(self) -> None:
        """Ask for nothing more; what is typed is kept."""
        self._counting.stop()
        if "page" in vars(self):
            self.page.decision.keep_now()
            self.page.pairs.choose(None)

    def _count(self) -> None:
        window, actor = self._window, self._actor
        window.reads.ask("proposed-count", lambda: window.app.proposed.count(actor), self._counted)

    def _counted(self, many: int) -> None:
        self.turn_action.setText(self._named(many))

    def _named(self, many: int | None) -> str:
        if not many:
            return tr("Who may stand twice, or back")
        return tr("Who may stand twice: {n:,} to judge, or back").format(n=many)


def heading() -> str:
    """How the keys page calls them."""
    return tr("Who may stand twice, where no text is typed; Esc goes back to the list")
