"""The shapes of `resources/icons` that go with a colour, painted in colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from callhandler.settings import resources
from ui.common import theme


@cache
def _svg(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _shape(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))


def paint_shape(painter: QPainter, name: str, tone: str, where: QRectF) -> None:
    """Paint a shape in a colour of the theme."""
    _shape(name, theme.colours()[tone]).render(painter, where)


def shape_pixmap(name: str, tone: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A shape as a pixmap of `side` logical pixels."""
    pixmap = QPixmap(int(side * ratio), int(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_shape(painter, name, tone, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
