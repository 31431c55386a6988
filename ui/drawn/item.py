"""An item of a drawing, that paints itself in the inks it is given."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.drawn.box import Box
from ui.drawn.inks import Inks


def rect(box: Box) -> QRectF:
    """A box as Qt's rectangle."""
    return QRectF(box.x, box.y, box.width, box.height)


class Item(QGraphicsItem):
    """An item that knows its inks and its room. `AIR` is how many pixels its pen may go beyond that."""

    AIR = 3.0

    def __init__(self, room: QRectF, inks: Inks) -> None:
        super().__init__()
        self._room = room
        self.inks = inks

    def boundingRect(self) -> QRectF:
        """The room it takes, with air for its pen."""
        return self._room.adjusted(-self.AIR, -self.AIR, self.AIR, self.AIR)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint it; each kind of item draws itself."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)

    def draw(self, painter: QPainter) -> None:
        """Draw the item in its place."""
        raise NotImplementedError
