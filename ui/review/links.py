"""The links as the handler saw them, in the place of what he saw: graph or genogram as of that moment."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from ui.graph.panel import GraphPanel
    from ui.review.controller import ReviewController
    from ui.review.seen import Seen


class SeenLinks(QStackedWidget):
    """What the handler saw, or its links; these are made when they are first asked for."""

    def __init__(self, seen: "Seen", review: "ReviewController") -> None:
        super().__init__()
        self._seen, self._review = seen, review
        self.addWidget(seen)

    @cached_property
    def panel(self) -> "GraphPanel":
        """The panel; nothing of it is imported before."""
        from ui.graph.panel import GraphPanel
        from ui.graph.words import Naming

        made = GraphPanel(Naming.of(self._review.app.policy), self._review.reads, "graph of review")
        made.opened.connect(self.open)
        made.closed.connect(self.close_links)
        self.addWidget(made)
        return made

    @property
    def made(self) -> bool:
        """Whether anybody asked for it yet."""
        return "panel" in self.__dict__

    @property
    def on(self) -> bool:
        """Whether the links are shown."""
        return self.currentIndex() > 0

    def turn(self) -> None:
        """To the links of the item in front, or back from them."""
        if self.on:
            self.close_links()
        elif self._seen.shown is not None:
            self.panel.show_picture(self._seen.shown.view.records, as_of=True)
            self.setCurrentWidget(self.panel)
            self.panel.to_front()

    def follow(self) -> None:
        """Another item is in front, or none."""
        if self.on:
            shown = self._seen.shown
            self.panel.show_picture(shown.view.records if shown is not None else None, as_of=True)
            if shown is None:
                self.setCurrentWidget(self._seen)

    def close_links(self) -> None:
        """Back to what the handler saw."""
        self.setCurrentWidget(self._seen)
        self._seen.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, key: str) -> None:
        """A past incident is in the list of what he saw; all that is known of anything else is a row of the panel's list."""
        rows = self._seen.linked.list
        keys = rows.model_keys()
        if key in keys:
            self.setCurrentWidget(self._seen)
            rows.setCurrentIndex(rows.model().index(keys.index(key), 0))
            rows.setFocus(Qt.FocusReason.OtherFocusReason)
            self._seen.ensureWidgetVisible(rows)
        elif not self.panel.is_list:
            self.panel.turn_list()
