"""The page of one search: a line, everything found under it in groups, and beside it what was opened.

The keys stay in the line: arrows move through the list, Enter opens, Esc goes back a step and loses nothing.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from callhandler.model.search import Found
from callhandler.services.searching import Opened
from ui.common.announce import announce
from ui.common.labels import Cut, Text
from ui.common.words import tr
from ui.models.rows import ROW, Row, RowsModel
from ui.models.view import RowsView
from ui.search.controller import SearchController
from ui.search.delegate import FoundDelegate
from ui.search.rows import HeadRow, HitRow, behind, found_rows, nothing
from ui.search.sheet import Sheet

STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class SearchPage(QWidget):
    """`left` asks to go back to the work."""

    left = Signal()

    def __init__(self, search: SearchController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = search
        self._pending: tuple[str, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Search everything held"))
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("What to look for"))
        self.line.setPlaceholderText(
            tr("Name, address, number, registration, reference, day, or words of the log")
        )
        self.purpose = QLineEdit()
        self.purpose.setAccessibleName(tr("Why you are looking"))
        self.purpose.setPlaceholderText(tr("Why you are looking: one line, kept with what you open"))
        self.list = RowsView(RowsModel[Row](), FoundDelegate(), tr("What was found"))
        self.empty = Text("", "muted")
        self.behind = Text("", "serious", larger=-1)
        self.why = Cut("", "muted", larger=-1)
        self.sheet = Sheet()
        self._lay_out()
        self.line.textChanged.connect(self._look)
        for part in (self.line, self.purpose, self.list):
            part.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._open(index.row()))
        self.sheet.closed.connect(self._close)
        self.sheet.opened.connect(lambda key: search.open_subject("incident", int(key.split(":")[1])))
        self.sheet.used.connect(search.use)
        self.sheet.placed.connect(search.take_place)
        search.found.connect(self._found)
        search.opened.connect(self._opened)
        search.wants_purpose.connect(self._ask_purpose)
        why = QShortcut(QKeySequence("Ctrl+Alt+P"), self)
        why.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        why.activated.connect(lambda: self._ask_purpose(None))
        self._found(None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Search everything held"), larger=6, bold=True), 1)
        head.addWidget(
            Text(tr("↑ ↓ choose · Enter opens · Ctrl+Alt+P why · Esc goes back"), "muted", wrap=False)
        )
        column.addLayout(head)
        column.addWidget(self.line)
        column.addWidget(self.purpose)
        column.addWidget(self.behind)
        column.addWidget(self.empty)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(self.list, 1)
        both.addWidget(self.sheet, 1)
        column.addLayout(both, 1)
        column.addWidget(self.why)
        self.purpose.hide()
        self.sheet.hide()

    # the hands

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The hands go to the line, with what was looked for before chosen, so that typing begins anew."""
        super().focusInEvent(event)
        self._say_why()
        self.line.setFocus(event.reason())
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line that are the list's, and letters of the list that are the line's."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.purpose:
            return self._key_of_purpose(event)
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        elif event.key() in STEPS:
            self._go(STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._open(self.list.currentIndex().row())
        elif watched is self.list and event.text() and event.text().isprintable():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.insert(event.text())
        elif watched is self.list and event.key() == Qt.Key.Key_Backspace:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.backspace()
        else:
            return False
        return True

    def _key_of_purpose(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._pending = None
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search.say_purpose(self.purpose.text())
        else:
            return False
        self.purpose.hide()
        self._say_why()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._pending is not None and self.search.purpose:
            pending, self._pending = self._pending, None
            self.search.open_subject(*pending)
        return True

    def _ask_purpose(self, pending: tuple[str, int] | None) -> None:
        self._pending = pending
        self.purpose.setText(self.search.purpose)
        self.purpose.show()
        self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.purpose.selectAll()
        if pending is not None:
            announce(self, self.purpose.placeholderText())

    def _say_why(self) -> None:
        why = self.search.purpose
        said = tr("Recorded with what you open: {why}. Ctrl+Alt+P changes it").format(why=why)
        self.why.say(said if why else tr("You are asked once why you look, when you open something."))

    def _back(self) -> None:
        if self.sheet.isVisible():
            self._close()
        else:
            self.search.settle()
            self.left.emit()

    def _close(self) -> None:
        self.sheet.hide()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # what was found

    def _look(self, line: str) -> None:
        if not self.list.model().rowCount() and line.strip():
            self.empty.say(tr("Looking …"))
        self.search.look(line)

    def _found(self, found: Found | None) -> None:
        rows = found_rows(found) if found is not None else []
        self.list.show_rows(rows, anew=True)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.say("" if rows else nothing(found))
        late = behind(found) if found is not None else ""
        self.behind.say(f"▲ {late}" if late else "")
        self.behind.setVisible(bool(late))
        # What was chosen stays so while it is still found; otherwise the first is.
        if rows and not isinstance(self._row(self.list.currentIndex().row()), HitRow):
            self._choose(1)

    def _row(self, place: int) -> Row | None:
        index = self.list.model().index(place, 0)
        return index.data(ROW) if index.isValid() else None

    def _choose(self, place: int) -> None:
        self.list.setCurrentIndex(self.list.model().index(place, 0))
        self.list.viewport().update()

    def _go(self, steps: int) -> None:
        many = self.list.model().rowCount()
        if not many:
            return
        place = max(0, min(self.list.currentIndex().row() + steps, many - 1))
        if isinstance(self._row(place), HeadRow):
            place += 1 if steps > 0 or place == 0 else -1
        if place == 1:
            self.list.scrollToTop()
        self._choose(place)
        row = self._row(place)
        if row is not None:
            announce(self.line, row.spoken)

    def _open(self, place: int) -> None:
        row = self._row(place)
        if isinstance(row, HitRow):
            self._choose(place)
            self.search.open(row.hit)

    def _opened(self, opened: Opened) -> None:
        self._say_why()
        self.sheet.show_opened(opened, self.search.can_use())
        self.sheet.show()
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        # The chosen row stays in sight in the narrower list.
        self.list.scrollTo(self.list.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Rows of another height follow other letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.list.scheduleDelayedItemsLayout()
