"""What was opened from a search, beside the list: who or what it is, and its history; read only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from callhandler.model.people import Role
from callhandler.services.searching import Opened
from callhandler.services.whereabouts import MoveKind
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
PLACED: dict[str, MoveKind] = {"Ctrl+Alt+L": "at", "Ctrl+Alt+G": "going_to"}
"""For a place: she is there, or is going there."""


class Sheet(QFrame):
    """`closed` tells that it was left, `opened` the key of a linked incident, `used` a person, a name and a role.

    `placed` tells a place, its name, and whether she is there or is going there.
    """

    closed = Signal()
    opened = Signal(str)
    used = Signal(int, str, object)
    placed = Signal(int, str, str)

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
        for key, kind in PLACED.items():
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(lambda k=kind: self._place(k))

    def show_opened(self, opened: Opened, can_use: bool) -> None:
        """Show what was opened; `can_use` says that a call is open that a person or a place could be taken into."""
        self._shown, self._can_use = opened, can_use and opened.subject in ("person", "place")
        self.panel.show_parts(title(opened), parts(opened))
        self.setAccessibleName(title(opened))
        rows = history_rows(opened)
        self.heading.say(history_heading(opened))
        self.history.show_rows(rows, anew=True)
        self.history.setVisible(bool(rows))
        self.using.say(_naming() if opened.subject == "person" else _placing())
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
        if shown is not None and self._can_use and shown.subject == "person":
            self.used.emit(shown.subject_id, shown.picture.name_of(shown.subject_id), role)

    def _place(self, kind: MoveKind) -> None:
        shown = self._shown
        if shown is not None and self._can_use and shown.subject == "place":
            place = shown.picture.place(shown.subject_id)
            self.placed.emit(shown.subject_id, place.label if place else tr("this place"), kind)


def _naming() -> str:
    keys = " · ".join(f"{key[-1]} {words.role(role).lower()}" for key, role in KEYS.items())
    return tr("Name in the open incident, Ctrl+Alt and: {keys}").format(keys=keys)


def _placing() -> str:
    said: dict[MoveKind, str] = {"at": tr("she is here"), "going_to": tr("she is going here")}
    keys = " · ".join(f"{key[-1]} {said[kind]}" for key, kind in PLACED.items())
    return tr("Take into the open incident, Ctrl+Alt and: {keys}").format(keys=keys)
