"""What is seen by whoever may look after the store and may not work at a desk: what they may do, and who does the rest."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from callhandler.model.actor import Actor
from ui.common.labels import Text
from ui.common.words import tr
from ui.palette.entries import keys_of

COMMANDS = (
    ("callhandler user add NAME --role handler", tr("Somebody more, with a role; once for each role")),
    ("callhandler backup · restore", tr("A copy of the store, and a store from a copy")),
    (
        "callhandler verify · checkpoint",
        tr("Whether all of it is as it was recorded; a mark to hold it against"),
    ),
    ("callhandler migrate", tr("Bring the tables to this version, after a backup")),
    ("callhandler policy check", tr("Every fault of the rules, at its line")),
    ("callhandler link-records", tr("Who may stand twice: proposed, never joined")),
)


class NoDeskPage(QWidget):
    """Each button is an action of the window, with its key; the hands begin at the first."""

    def __init__(self, actor: Actor, here: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("What you may do"))
        roles = ", ".join(sorted(r.value.replace("_", " ") for r in actor.rights))
        said = tr(
            "Signed in as {roles}: you may look after this store. Calls are taken, and what is held of people is read, by a "
            "handler, dispatcher, supervisor, reviewer or trainer. For that, sign in under a name that has one of these "
            "roles: close the window and open it again."
        ).format(roles=roles)
        inner = QVBoxLayout()
        inner.setSpacing(9)
        inner.addWidget(Text(actor.display, larger=6, bold=True))
        inner.addWidget(Text(said))
        inner.addSpacing(10)
        inner.addWidget(Text(tr("Here"), "accent", larger=1, semi=True))
        self.buttons = [_button(action) for action in here]
        rows = QGridLayout()
        for place, button in enumerate(self.buttons):
            rows.addWidget(button, place // 2, place % 2)
        rows.setColumnStretch(2, 1)
        inner.addLayout(rows)
        inner.addSpacing(10)
        inner.addWidget(Text(tr("At the command line"), "accent", larger=1, semi=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        for line, (command, what) in enumerate(COMMANDS):
            shown = Text(command, semi=True, wrap=False)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, line, 0)
            grid.addWidget(Text(what), line, 1)
        grid.setColumnStretch(1, 1)
        inner.addLayout(grid)
        inner.addStretch(1)
        box = QWidget()
        box.setProperty("look", "clear")
        row = QHBoxLayout(box)
        row.addStretch(1)
        row.addLayout(inner, 4)
        row.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 40, 24, 18)
        whole.addWidget(scroll)
        self.setFocusProxy(self.buttons[0])


def _button(action: QAction) -> QPushButton:
    button = QPushButton(f"{action.text().split(',')[0]}  {keys_of(action)}")
    button.setAccessibleName(action.text())
    button.setAutoDefault(True)
    button.clicked.connect(lambda _=False: action.trigger())
    return button
