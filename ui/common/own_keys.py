"""The window's own keys, where text is typed: on Linux a line of text takes some of them for its editing.

Ctrl+U clears a line there, Ctrl+E goes to its end, Ctrl+Shift+Z does again what was undone: pressed while typing, they
would do that in place of what the screen and the help say, and without a word.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


class OwnKeys(QObject):
    """Follows the focus through the window's fields; a key of an action that can be done is the action's."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if (
            new is not None
            and new.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
            and new.window() is self._window
        ):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the field from claiming a key of the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if any(pressed in action.shortcuts() for action in self._window.actions() if action.isEnabled()):
                event.ignore()
                return True
        return False
