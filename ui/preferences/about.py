"""The page that says what this program is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from callhandler.app import App
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import tr
from ui.preferences.facts import Facts, facts
from ui.tasks import Reads


class AboutPage(SidePage):
    """Read when it is first looked at."""

    def __init__(self, app: App, reads: Reads, parent: QWidget | None = None) -> None:
        super().__init__(tr("About callhandler"), parent)
        self._app = app
        self._reads = reads
        self._asked = False
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 6, 0, 0)
        self._note = Text(tr("Reading …"), "muted")
        self._column.addWidget(self._note, 0, Qt.AlignmentFlag.AlignTop)
        self.add_scrolled(self._inner)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read what is installed, once."""
        super().focusInEvent(event)
        if not self._asked:
            self._asked = True
            self._reads.ask(
                "about",
                lambda: facts(self._app),
                self.show_facts,
                lambda f: self._note.say(f.sentence, "serious"),
            )

    def show_facts(self, found: Facts) -> None:
        """Show headings and lines; each can be selected and copied."""
        self._note.hide()
        told = []
        for heading, lines in found:
            self._column.addWidget(Text(heading, "accent", larger=1, semi=True))
            grid = QGridLayout()
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(3)
            grid.setColumnMinimumWidth(0, self.fontMetrics().averageCharWidth() * 30)
            grid.setColumnStretch(1, 1)
            for line, (name, value) in enumerate(lines):
                shown = Text(value)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(Text(name, "muted", wrap=False), line, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(shown, line, 1)
                told.append(f"{name}: {value}")
            self._column.addLayout(grid)
            self._column.addSpacing(8)
        self._column.addStretch(1)
        self.setAccessibleDescription("; ".join(told))
