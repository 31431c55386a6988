"""The keys of the page. They are there before the page is built: it is made when one of them is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from ui.common.words import tr

if TYPE_CHECKING:
    from ui.proposed.page import PairsPage

SAME, NOT_SAME, UNDO = "same", "not_same", "withdrawn"


class PairKeys(QObject):
    """`actions` in the order in which the keys page lists them. Letters count where no text is typed."""

    def __init__(self, page: Callable[[], "PairsPage"], parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self.actions: list[QAction] = []
        self._add(tr("The same person; then the reason, or Enter"), "S", lambda p: p.choose(SAME))
        self._add(tr("Not the same; then the reason"), "N", lambda p: p.choose(NOT_SAME))
        self._add(tr("Leave the pair for now, nothing is recorded"), "L", lambda p: p.leave())
        self._add(tr("Undo what was judged last, or the judged pair in front"), "Z", lambda p: p.undo())
        self._add(
            tr("Next filter: strong, weaker, open incident, order, judged"), "Right", lambda p: p.turn(1)
        )
        self._add(tr("Filter before"), "Left", lambda p: p.turn(-1))
        self._add(tr("To the two records; the arrows scroll them"), "D", lambda p: p.to_pair())
        self._add(tr("Open the incident of theirs that is open"), "O", lambda p: p.open_incident())
        self._add(tr("To the reason"), "E", lambda p: p.to_reason())
        self._add(tr("More of the list"), "M", lambda p: p.pairs.more())

    def _add(self, name: str, key: str, doing: Callable[["PairsPage"], object]) -> None:
        action = QAction(name, self.parent())
        action.setShortcut(QKeySequence(key))
        # Only where no text is typed: a letter has one meaning in one place.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setProperty("arrow", key in ("Left", "Right"))
        action.triggered.connect(lambda _=False: doing(self._page()))
        self.actions.append(action)
