"""What is opened in the place under the warnings: a warning's evidence, a past incident, an order, what may follow."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from callhandler.services.desk import View
from ui.common.words import tr
from ui.desk import opened

if TYPE_CHECKING:
    from ui.desk.page import DeskPage


class Details:
    """The page's one place for details. What is opened stays, and is shown anew with each view, until it is closed."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page
        self._opened: tuple[str, str] | None = None

    def open(self, kind: str, key: str = "") -> None:
        """Open a detail of this kind; its key says which."""
        self._opened = (kind, key)
        view = self._page.desk.view
        if view is not None and self._show(view):
            self._page.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: View) -> None:
        """Show what is opened as it is in this view."""
        if self._opened is not None:
            self._show(view)

    def refresh(self, kind: str) -> None:
        """Show anew what is opened, when it is of this kind."""
        view = self._page.desk.view
        if self._opened is not None and self._opened[0] == kind and view is not None:
            self._show(view)

    def _show(self, view: View) -> bool:
        page = self._page
        kind, key = self._opened or ("", "")
        if kind == "copy":
            return True
        shows: dict[str, Callable[[], tuple[str, opened.Parts] | None]] = {
            "warning": lambda: opened.warning_parts(view, key),
            "incident": lambda: opened.incident_parts(view, int(key)),
            "order": lambda: opened.order_parts(view, page.order.shown),
            "follows": lambda: opened.proposal_parts(view, key),
            "link": lambda: page.links.panel.record(key),
        }
        found = shows[kind]()
        if found is None:
            self.close()
            if kind == "order":
                page.desk.said.emit(tr("No order is known here. Told of one? Ctrl+O."), "serious")
            return False
        page.detail.show_parts(*found)
        page.show_below(page.detail)
        return True

    def open_picture(self, title: str, content: bytes) -> bool:
        """Show a picture; False when it is none that can be shown."""
        page = self._page
        if not page.detail.show_picture(title, content):
            return False
        self._opened = ("copy", "")
        page.show_below(page.detail)
        page.detail.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def close(self) -> None:
        """Go back to the steps, the order and the history, or to the links where it was opened from them."""
        page = self._page
        kind = self._opened[0] if self._opened else ""
        had = page.detail.hasFocus()
        self._opened = None
        page.show_below(page.scroller)
        if page.links.again():
            page.links.panel.to_front()
            return
        if had:
            back = {
                "warning": page.warnings.list,
                "incident": page.history.list,
                "follows": page.follows.list,
            }.get(kind, page.log.entry)
            back.setFocus(Qt.FocusReason.OtherFocusReason)
