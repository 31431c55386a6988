"""How keys and mouse take hold of a drawing: its keys are its own; a press is a choice or a drag. Nothing is animated."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGraphicsView

STILL = 4
"""Pixels that a pressed mouse may move and is not dragging yet."""


class Hold(QGraphicsView):
    """A view of a drawing. Which keys are its own, what a drag moves and what a click chooses, each drawing says."""

    # Qt may send events before the view has anything to show.
    _pressed: QPointF | None = None
    _dragging = False

    def is_own(self, event: QKeyEvent) -> bool:
        """True for a key that the drawing answers while it has the focus."""
        raise NotImplementedError

    def drag(self, by: QPointF) -> None:
        """The mouse has dragged the drawing by so many pixels."""
        raise NotImplementedError

    def click(self, at: QPointF) -> None:
        """The mouse was released where it was pressed."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from a shortcut elsewhere that has the same one, while the drawing has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.is_own(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press is the beginning of a choice or of a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragging = event.position(), False
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the drawing."""
        if self._pressed is None:
            return
        moved = event.position() - self._pressed
        if self._dragging or moved.manhattanLength() > STILL:
            self._dragging = True
            self._pressed = event.position()
            self.drag(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Released where it was pressed, choose what is there."""
        chosen = self._pressed is not None and not self._dragging
        self._pressed, self._dragging = None, False
        if chosen:
            self.click(event.position())
