"""The page of preferences: each choice holds at once and is kept for the person who made it."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from callhandler.app import App
from ui.common import theme
from ui.common.choice_box import ArrowBox
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import tr
from ui.preferences.kept import SCALES, THEMES, Preferences

MINUTES = (2, 5, 10, 15, 30, 60, 0)


class PreferencesPage(SidePage):
    """`changed` tells the preferences as they are now wanted."""

    changed = Signal(object)

    def __init__(self, app: App, parent: QWidget | None = None) -> None:
        super().__init__(tr("Preferences"), parent)
        self._now = Preferences()
        self._showing = False
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 12, 0, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self.fault = Text("", "serious")
        column.addWidget(self.fault)
        column.addStretch(1)
        self.theme = ArrowBox()
        for name in THEMES:
            self.theme.addItem(tr("As the system") if name == theme.SYSTEM else tr(theme.title(name)), name)
        self.scale = ArrowBox()
        for scale in SCALES:
            self.scale.addItem(f"{scale} %", scale)
        self.sound = QCheckBox(tr("One quiet sound for a new critical warning, or a request for agreement"))
        self.minutes = ArrowBox()
        for minutes in MINUTES:
            self._offer_minutes(minutes)
        self._row(tr("Colours"), self.theme, tr("Hold at once, in this window and for your next sign-in."))
        self._row(
            tr("Size of text"), self.scale, tr("At 150 and 200 % the left column may fold and lists scroll.")
        )
        self._row(tr("Sound"), self.sound, tr("Off unless chosen. What is new is always shown and read out."))
        self._row(
            tr("Lock after"),
            self.minutes,
            tr("Without a key or the mouse. Ctrl+Shift+L locks now."),
        )
        scheme = Text(app.policy.scheme.name, semi=True, wrap=False)
        self._row(
            tr("Scheme of grades"),
            scheme,
            tr("Set for this store by whoever looks after it, not per person."),
        )
        self.theme.activated.connect(self._chosen)
        self.scale.activated.connect(self._chosen)
        self.sound.toggled.connect(self._chosen)
        self.minutes.activated.connect(self._chosen)
        self.add_scrolled(inner)

    def show_preferences(self, now: Preferences) -> None:
        """Show what holds."""
        self._showing = True
        self._now = now
        self.theme.setCurrentIndex(self.theme.findData(now.theme))
        self.scale.setCurrentIndex(self.scale.findData(now.scale))
        self.sound.setChecked(now.sound)
        if self.minutes.findData(now.lock_minutes) < 0:
            self._offer_minutes(now.lock_minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(now.lock_minutes))
        self.fault.say("")
        self._showing = False

    def say_fault(self, sentence: str) -> None:
        """Say that a choice holds but could not be kept."""
        self.fault.say(f"▲ {sentence}", "serious")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first choice is where the hands begin."""
        super().focusInEvent(event)
        self.theme.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_minutes(self, minutes: int) -> None:
        self.minutes.addItem(tr("{n} min").format(n=minutes) if minutes else tr("never"), minutes)

    def _row(self, name: str, editor: QWidget, hint: str) -> None:
        line = self._grid.rowCount()
        if not isinstance(editor, Text):
            editor.setAccessibleName(name)
            editor.setAccessibleDescription(hint)
        self._grid.addWidget(Text(name, semi=True, wrap=False), line, 0)
        self._grid.addWidget(editor, line, 1, Qt.AlignmentFlag.AlignLeft)
        # Under what it is about: at large letters there is no room beside it.
        self._grid.addWidget(Text(hint, "muted"), line + 1, 1)
        self._grid.setRowMinimumHeight(line + 2, 12)

    def _chosen(self) -> None:
        if self._showing:
            return
        self.fault.say("")
        self._now = replace(
            self._now,
            theme=str(self.theme.currentData()),
            scale=int(self.scale.currentData()),
            sound=self.sound.isChecked(),
            lock_minutes=int(self.minutes.currentData()),
        )
        self.changed.emit(self._now)
