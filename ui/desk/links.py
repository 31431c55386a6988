"""The links of the incident in front: graph or genogram in the place under the warnings, made when first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from callhandler.services.desk import View
from ui.common.words import tr

if TYPE_CHECKING:
    from ui.desk.page import DeskPage
    from ui.graph.panel import GraphPanel
    from ui.models.view import RowsView


class Links:
    """The page's acts about the graph. Warnings, grade and log line stay where they are beside it."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page
        self.on = False

    @cached_property
    def panel(self) -> "GraphPanel":
        """The panel; nothing of it is imported before."""
        from ui.graph.panel import GraphPanel
        from ui.graph.words import Naming

        desk = self._page.desk
        made = GraphPanel(Naming.of(desk.app.policy), desk.reads)
        made.opened.connect(self.open)
        made.closed.connect(self.close)
        return made

    @property
    def made(self) -> bool:
        """Whether anybody asked for it yet."""
        return "panel" in self.__dict__

    def turn(self) -> None:
        """To the links of the incident in front; from them, back."""
        view = self._page.desk.view
        if self.on and self.panel.isVisible():
            if self.panel.in_use:
                self.close()
            else:
                self.panel.to_front()
        elif view is not None:
            self.on = True
            self.panel.show_picture(view.records)
            self.again()
            self.panel.to_front()

    def show_view(self, view: View | None) -> None:
        """A newer view of the incident; with none in front there is nothing to show."""
        if not self.made:
            return
        if self.on and view is not None:
            self.panel.show_picture(view.records)
        elif view is None:
            self.on = False
            self.panel.show_picture(None)

    def again(self) -> bool:
        """Into the place under the warnings again, when it was there before something was opened over it."""
        if self.on:
            self._page.show_below(self.panel)
        return self.on

    def close(self) -> None:
        """Back to the steps, the order and the history."""
        self.on = False
        self._page.details.close()
        self._page.to_entry()

    def open(self, key: str) -> None:
        """Open a card's record: a past incident, who or where in the left column, an order; else all that is known."""
        kind, _, which = key.partition(":")
        page = self._page
        if key == f"incident:{page.desk.incident_id}":
            self.close()
        elif kind == "incident" and self._in_history(int(which)):
            page.history.choose_row(key)
            page.details.open("incident", which)
        elif kind == "order" and page.order.choose(int(which)):
            page.orders.in_sight()
            page.details.open("order")
        elif kind in ("person", "place") and self._in_rows(kind, key):
            return
        else:
            page.details.open("link", key)

    def _in_history(self, incident_id: int) -> bool:
        view = self._page.desk.view
        return view is not None and incident_id in {i.id for i in view.picture.linked}

    def _in_rows(self, kind: str, key: str) -> bool:
        page = self._page
        rows: RowsView = page.side.people if kind == "person" else page.side.places
        keys = rows.model_keys()
        if key not in keys:
            return False
        if page.side_folded:
            page.turn_side()
        rows.setCurrentIndex(rows.model().index(keys.index(key), 0))
        rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
        page.side.ensureWidgetVisible(rows)
        page.desk.said.emit(tr("Alt+G goes back to the links."), "muted")
        return True
