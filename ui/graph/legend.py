"""What the signs mean: each sign with its words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.common import theme
from ui.common.words import tr
from ui.drawn.inks import Inks
from ui.graph.signs import draw_sign, tone

TONES = {"suspect": "grave", "at_risk": "serious", "child": "serious", "here": "accent", "order": "order"}
AIR = 14


class Legend(QWidget):
    """A line or two of signs with their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entries(self, entries: tuple[tuple[str, str], ...]) -> None:
        """Show these signs."""
        self._entries = entries
        self.setAccessibleName(tr("Signs: {0}").format(", ".join(words for _, words in entries)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines."""
        spots = self._spots(width)
        return round(spots[-1].bottom() + 3) if spots else 0

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    def _spots(self, width: int) -> list[QRectF]:
        metrics = self.fontMetrics()
        line = metrics.height()
        found: list[QRectF] = []
        x = y = 2.0
        for _, words in self._entries:
            wide = line + 6 + metrics.horizontalAdvance(words)
            if x + wide > width and x > 2:
                x, y = 2.0, y + line + 2
            found.append(QRectF(x, y, wide, line))
            x += wide + AIR
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each sign and its words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inks = Inks.of_theme(theme.colours())
        for (sign, words), spot in zip(self._entries, self._spots(self.width()), strict=True):
            side = spot.height() * 0.72
            at = QRectF(spot.left() + 1, spot.center().y() - side / 2, side, side)
            draw_sign(painter, sign, at, inks, tone(TONES.get(sign, "plain"), inks))
            painter.setPen(theme.colour("muted"))
            painter.drawText(spot.adjusted(spot.height() + 2, 0, 4, 0), words)
