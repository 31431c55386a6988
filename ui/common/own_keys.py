"""The window's own keys, where text is typed: on Linux a line of text takes some of them for its editing.

Ctrl+U clears a line there, Ctrl+E goes to its end, Ctrl+Shift+Z does again what was undone: pressed while typing, they
would do that in place of what the screen and the help say, and without a word.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


def action_of(window: QWidget, event: QKeyEvent) -> QAction | None:
    """The action of a window that has this key and can be done now."""
    pressed = QKeySequence(event.keyCombination())
    return next((a for a in window.actions() if a.isEnabled() and pressed in a.shortcuts()), None)


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
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if not asked or action_of(self._window, event) is None:  # type: ignore[arg-type]
            return False
        event.ignore()
        return True
