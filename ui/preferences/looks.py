"""Puts a person's preferences on the window, and keeps them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter

from callhandler.errors import Environment
from callhandler.model.actor import Actor
from ui.common import theme
from ui.drawn.inks import Inks
from ui.preferences.kept import Preferences, PreferencesFile
from ui.timeline.view import TimelineView

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Looks(QObject):
    """The preferences of whoever sits at one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._file = PreferencesFile(window.app.settings.data_folder)
        self._actor: Actor | None = None
        self.now = Preferences()
        theme.changes.changed.connect(self._dressed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system)

    def sign_in(self, actor: Actor) -> None:
        """Take up a person's preferences; somebody who has none yet sees the window as it is."""
        self._actor = actor
        kept, fault = self._file.read(actor.name)
        self.now = kept or Preferences(theme=theme.worn()[0], scale=theme.worn()[1])
        self._put_on()
        for splitter in self._window.findChildren(QSplitter):
            sizes = self.now.panels.get(splitter.objectName())
            if sizes and len(sizes) == splitter.count():
                splitter.setSizes(sizes)
        if fault:
            self._window.say(fault, "serious")

    def change(self, preferences: Preferences) -> None:
        """Another choice: it holds at once, and is kept."""
        self.now = replace(preferences, panels=self.now.panels)
        self._put_on()
        self._keep()

    def keep_panels(self) -> None:
        """Keep the sizes of panels that were moved."""
        found = {
            s.objectName(): s.sizes()
            for s in self._window.findChildren(QSplitter)
            if s.objectName() and s.isVisible()
        }
        if found and found != self.now.panels:
            self.now = replace(self.now, panels=found)
            self._keep()

    def _keep(self) -> None:
        actor, now = self._actor, self.now
        if actor is None:
            return
        try:
            self._file.write(actor.name, now)
        except Environment as error:
            self._window.preferences.say_fault(str(error))

    def _put_on(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.change(app, self.now.theme, self.now.scale)
        self._window.herald.sound = self.now.sound
        self._window.locking.set_minutes(self.now.lock_minutes)

    def _system(self) -> None:
        if self._actor is not None and self.now.theme == theme.SYSTEM:
            self._put_on()

    def _dressed(self) -> None:
        window = self._window
        for timeline in window.findChildren(TimelineView):
            timeline.show_inks(Inks.of_theme(theme.colours()))
        if window.page is not None and window.page.links.made:
            window.page.links.panel.dress()
        if window.review is not None and window.review.links.made:
            window.review.links.panel.dress()
        if window.page is not None and window.desk is not None:
            window.page.show_view(window.desk.view)
