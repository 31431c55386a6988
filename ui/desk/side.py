"""The left column: the caller, the people, the places."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from callhandler.services.desk import View
from ui.common.labels import Cut, Text, frame
from ui.common.words import tr
from ui.desk import who_rows
from ui.models.delegates import EntryDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView


class SideColumn(QScrollArea):
    """Who rings, who is concerned, and where. `parted` tells the key of whom or what is not one with its other record."""

    parted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Caller, people and places"))
        inner = QWidget()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 10, 4, 8)
        column.setSpacing(8)
        column.addWidget(self._caller())
        self.people = RowsView(RowsModel[Row](), EntryDelegate(), tr("People"), grow=False)
        self.places = RowsView(RowsModel[Row](), EntryDelegate(), tr("Places"), grow=False)
        # One key of both lists: of whichever has the hands, or of the people where it was found by its words.
        self.part = QAction(tr("Not one with its other record, or somebody else; and back"), self)
        self.part.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self.part.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.part.triggered.connect(self._part)
        for heading, view in ((tr("People"), self.people), (tr("Places"), self.places)):
            view.addAction(self.part)
            box = frame("panel")
            inside = QVBoxLayout(box)
            inside.setContentsMargins(2, 6, 2, 4)
            inside.setSpacing(3)
            title = Cut(heading, "muted", larger=-1, semi=True)
            title.setContentsMargins(8, 0, 4, 0)
            inside.addWidget(title)
            inside.addWidget(view)
            column.addWidget(box)
        self.around = Text("", "muted", larger=-1)
        self.around.setContentsMargins(8, 2, 4, 2)
        self.around.hide()
        inside.addWidget(self.around)
        column.addStretch(1)
        self.setWidget(inner)

    def actions_of_rows(self) -> list[QAction]:
        """What is done to the person or place in hand."""
        return [self.part]

    def _part(self) -> None:
        view = self.places if self.places.hasFocus() else self.people
        self.parted.emit(view.current_key())

    def _caller(self) -> QWidget:
        box = frame("panel")
        grid = QGridLayout(box)
        grid.setContentsMargins(10, 7, 10, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        self.name = Cut(tr("No caller"), larger=3, bold=True)
        self.number = Text("", "muted", larger=-1)
        grid.addWidget(self.name, 0, 0, 1, 2)
        grid.addWidget(self.number, 1, 0, 1, 2)
        self.at = Cut("", semi=True)
        self.going = Cut("", semi=True)
        self.safe = Cut("")
        self.speaks = Cut("", "serious")
        self.speaks_label = Cut(tr("Speaks"), "muted", larger=-1)
        rows = (
            (Cut(tr("Now at"), "muted", larger=-1), self.at),
            (Cut(tr("Going to"), "muted", larger=-1), self.going),
            (Cut(tr("Safe to talk"), "muted", larger=-1), self.safe),
            (self.speaks_label, self.speaks),
        )
        for line, (label, value) in enumerate(rows, start=2):
            grid.addWidget(label, line, 0)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(value, line, 1)
        self.network = Text("", larger=-1)
        grid.addWidget(self.network, len(rows) + 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        return box

    def show_view(self, view: View | None) -> None:
        """Show an incident's people and places."""
        if view is None:
            self.name.say(tr("No caller"))
            self.number.say(tr("Ctrl+N takes a call"))
            for value in (self.at, self.going, self.safe):
                value.say("")
            self._show_speaks("")
            self._show_network("", False)
            self.people.show_rows([])
            self.places.show_rows([])
            return
        caller = who_rows.caller_of(view)
        self.name.say(caller.name)
        self.number.say(caller.number)
        self.at.say(caller.at)
        going = f"{caller.going} ⚠" if caller.doubtful else caller.going
        self.going.say(going, "serious" if caller.doubtful else "text")
        self.safe.say(caller.safe, caller.safe_tone)
        self._show_speaks(caller.speaks)
        self._show_network(caller.network, caller.in_doubt)
        self.people.show_rows(who_rows.people_rows(view))
        self.places.show_rows(who_rows.place_rows(view))

    def _show_speaks(self, speaks: str) -> None:
        self.speaks.say(speaks)
        for widget in (self.speaks, self.speaks_label):
            widget.setVisible(bool(speaks))

    def _show_network(self, network: str, in_doubt: bool) -> None:
        said = tr("Network: {where}").format(where=network) if network else ""
        self.network.say(
            f"⚠ {said} · Ctrl+Shift+W" if in_doubt and said else said, "serious" if in_doubt else "muted"
        )
        self.network.setVisible(bool(said))
