"""Joins it to a window: a counted note in the foot, its key, and the page when it is first opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.common import theme
from ui.common.words import tr
from ui.told.controller import ToldController

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.told.page import ToldPage

KEY = "Ctrl+I"


class TellingYou(QObject):
    """What was told to whoever sits at one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        assert window.desk is not None
        self.controller = ToldController(window.desk, self)
        self._page: ToldPage | None = None
        self.note = QPushButton()
        self.note.setProperty("look", "fold")
        self.note.setFont(theme.letters(theme.base() - 1, semi=True))
        self.note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.note.clicked.connect(self.turn)
        self.note.hide()
        window.strip.addWidget(self.note)
        self.controller.said.connect(window.say)
        self.controller.read_again.connect(self._show)
        self.controller.read()

    @property
    def page(self) -> "ToldPage":
        """The page; made when it is first asked for."""
        if self._page is None:
            from ui.told.page import ToldPage

            self._page = ToldPage(self.controller)
            self._page.left.connect(self._window.back)
            self._window.stack.addWidget(self._page)
        return self._page

    def turn(self) -> None:
        """To the page, or back to where the hands were."""
        self._window.visit(self.page)

    def _show(self) -> None:
        many = self.controller.unseen
        self.note.setText(tr("● {n} told to you  {key}").format(n=many, key=KEY))
        self.note.setAccessibleName(tr("{n} things told to you, {key} shows").format(n=many, key=KEY))
        self.note.setVisible(many > 0)
