"""What was opened from a search, beside the list: who or what it is, and its history; read only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from callhandler.model.people import Role
from callhandler.services.searching import Opened
from ui.common import words
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.middle import OpenedPanel
from ui.models.delegates import HistoryDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.search.words import history_heading, history_rows, parts, title

KEYS = {
    "Ctrl+Alt+C": Role.CALLER,
    "Ctrl+Alt+R": Role.AT_RISK,
    "Ctrl+Alt+S": Role.SUSPECT,
    "Ctrl+Alt+W": Role.WITNESS,
}
"""One key each: nobody is put into a call in a role that was not said."""


class Sheet(QFrame):
    """`closed` tells that it was left, `opened` the key of a linked incident, `used` a person, a name and a role."""

    closed = Signal()
    opened = Signal(str)
    used = Signal(int, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Opened | None = None
        self._can_use = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.panel = OpenedPanel()
        self.heading = Text("", "muted", larger=-1, semi=True)
        self.history = RowsView(RowsModel[Row](), HistoryDelegate(), tr("Linked history"))
        self.using = Text("", "accent", larger=-1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.using)
        column.addWidget(self.panel, 1)
        column.addWidget(self.heading)
        column.addWidget(self.history, 1)
        self.panel.closed.connect(self.closed)
        self.history.opened.connect(self.opened)
        for key, role in KEYS.items():
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(lambda r=role: self._use(r))

    def show_opened(self, opened: Opened, can_use: bool) -> None:
        """Show what was opened; `can_use` says that a call is open in which a person could be named."""
        self._shown, self._can_use = opened, can_use and opened.subject == "person"
        self.panel.show_parts(title(opened), parts(opened))
        self.setAccessibleName(title(opened))
        rows = history_rows(opened)
        self.heading.say(history_heading(opened))
        self.history.show_rows(rows, anew=True)
        self.history.setVisible(bool(rows))
        keys = " · ".join(f"{key[-1]} {words.role(role).lower()}" for key, role in KEYS.items())
        self.using.say(tr("Name in the open incident, Ctrl+Alt and: {keys}").format(keys=keys))
        self.using.setVisible(self._can_use)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The hands go to what was opened; Tab goes on to its history."""
        super().focusInEvent(event)
        self.panel.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _use(self, role: Role) -> None:
        shown = self._shown
        if shown is not None and self._can_use:
            self.used.emit(shown.subject_id, shown.picture.name_of(shown.subject_id), role)
