"""What follows the keyboard: the ring around the current mark, and the line that tells it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ui.drawn.inks import Inks
from ui.drawn.item import Item


class Ring(Item):
    """A ring around the current mark; thin while the focus is elsewhere."""

    def __init__(self, around: QRectF, inks: Inks, strong: bool) -> None:
        super().__init__(around, inks)
        self._strong = strong
        self.setZValue(6)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def draw(self, painter: QPainter) -> None:
        """Draw the ring."""
        painter.setPen(QPen(QColor(self.inks.accent), 2 if self._strong else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._room, 4, 4)


class Caption(Item):
    """One line of plain text on its own ground, cut in its middle where there is no room."""

    def __init__(self, words: str, room: QRectF, font: QFont, inks: Inks) -> None:
        metrics = QFontMetricsF(font)
        self.shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room.width() - 4)
        width = metrics.horizontalAdvance(self.shown) + 6
        super().__init__(QRectF(room.x(), room.y(), width, room.height()), inks)
        self._font = font
        self.setZValue(7)

    def draw(self, painter: QPainter) -> None:
        """Draw the words."""
        painter.fillRect(self._room, QColor(self.inks.ground))
        painter.setFont(self._font)
        painter.setPen(QColor(self.inks.text))
        painter.drawText(self._room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.shown)
