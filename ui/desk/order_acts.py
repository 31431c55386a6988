"""What is done with the order in sight, besides its forms: the next one, its sheet for print, its copy shown or dropped."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from callhandler.model.order import OrderCopy
from callhandler.services.order_sheet import sheet
from ui.common.words import tr
from ui.desk.order_words import copy_line

if TYPE_CHECKING:
    from ui.desk.page import DeskPage


class OrderActs:
    """The page's acts about orders."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page
        self._desk = page.desk

    def next(self) -> None:
        """Show the next order, on the card and where it is opened."""
        self._page.order.next()
        self.in_sight()
        self._page.details.refresh("order")

    def in_sight(self) -> None:
        """Which order the forms about an order mean, unless somebody chooses another."""
        shown = self._page.order.shown
        self._desk.order_shown = shown.standing.order.id if shown else None

    def dropped(self, path: str) -> None:
        """A file was dropped on the order: the form holds it, and Enter records it."""
        self._page.forms.open("order_copy")
        editor = self._page.forms.all["order_copy"].strip.editor("path")
        if isinstance(editor, QLineEdit):
            editor.setText(path)

    def for_print(self) -> None:
        """Put the order on the clipboard as it may be printed or sent: no place and no words of hers."""
        view, shown = self._desk.view, self._page.order.shown
        if view is None or shown is None:
            self._desk.said.emit(tr("No order is known here. Told of one? Ctrl+O."), "serious")
            return
        QGuiApplication.clipboard().setText(sheet(shown, view.picture, self._desk.app.policy))
        self._desk.said.emit(tr("The order's sheet, without any place, is on the clipboard."), "calm")

    def show_copy(self) -> None:
        """Show the newest copy of the order in sight, in the place under the warnings."""
        shown = self._page.order.shown
        copies = shown.standing.order.copies if shown is not None else ()
        if not copies:
            said = tr("No copy of this order is kept. One came? Alt+C attaches it.")
            self._desk.said.emit(said, "serious")
        elif copies[-1].media_type == "application/pdf":
            said = tr("This copy is a PDF. Alt+B puts it into a file, to be opened there.")
            self._desk.said.emit(said, "accent")
        else:
            self._desk.read_copy(copies[-1], lambda content: self._show(copies[-1], content))

    def _show(self, copy: OrderCopy, content: bytes) -> None:
        shown = self._page.order.shown
        order = shown.standing.order if shown else None
        title = copy_line(order, copy) if order and copy in order.copies else copy.name
        if not self._page.details.open_picture(title, content):
            said = tr("This picture cannot be shown here. Alt+B puts it into a file.")
            self._desk.said.emit(said, "serious")
