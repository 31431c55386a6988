"""What is inside of a part that scrolls."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Scrolled(QWidget):
    """As high as its width needs; wrapped words ask for more than that before they are laid out. `resized` tells it."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has the focus may have been pushed out of sight."""
        super().resizeEvent(event)
        self.resized.emit()

    def minimumSizeHint(self) -> QSize:
        """Its height comes from its width."""
        return QSize(super().minimumSizeHint().width(), 0)


class Giving(QWidget):
    """What has the room that is left, and gives way: for its width it asks for no height of its own."""

    def hasHeightForWidth(self) -> bool:
        """Else a box would hold its wish for the least that it needs, and cut what stands above it."""
        return False
