"""A graph or genogram on paper: black and greys on white, the shapes still telling, with their meaning beneath."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsScene

from ui.common import theme
from ui.drawn.inks import PAPER
from ui.graph.cards import Letters
from ui.graph.drawing import Drawing, words_of
from ui.graph.items import WordItem, fill
from ui.graph.signs import draw_sign


def print_drawing(
    painter: QPainter,
    sheet: QRectF,
    drawing: Drawing,
    letters: Letters,
    legend: tuple[tuple[str, str], ...],
    said: str,
) -> float:
    """Print the whole of a drawing into the top of `sheet`, as large as fits; returns the height it took, in its units."""
    strong, plain = theme.letters(theme.base(), semi=True), theme.letters(theme.base() - 1)
    scene = QGraphicsScene()
    fill(scene, drawing, PAPER, strong, plain)
    for word in words_of(drawing, letters.plain, letters.line):
        scene.addItem(WordItem(word, PAPER, plain))
    whole = scene.sceneRect()
    line = QFontMetricsF(plain).height()
    width = max(whole.width(), 700.0)
    spots = _spots(legend, width, line, plain)
    under = line * 2 + (spots[-1].bottom() if spots else 0.0)
    scale = min(sheet.width() / width, sheet.height() / (whole.height() + under))
    painter.save()
    painter.translate(sheet.topLeft())
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene.render(painter, QRectF(0, 0, whole.width(), whole.height()), whole)
    painter.translate(0, whole.height() + line * 0.5)
    painter.setFont(plain)
    painter.setPen(QColor(PAPER.text))
    painter.drawText(QRectF(0, 0, width, line), Qt.TextFlag.TextSingleLine, said)
    painter.translate(0, line * 1.3)
    for (sign, words), spot in zip(legend, spots, strict=True):
        side = line * 0.72
        draw_sign(
            painter,
            sign,
            QRectF(spot.left(), spot.center().y() - side / 2, side, side),
            PAPER,
            QColor(PAPER.text),
        )
        painter.setPen(QColor(PAPER.text))
        painter.drawText(spot.adjusted(line * 1.2, 0, 8, 0), Qt.TextFlag.TextSingleLine, words)
    painter.restore()
    return (whole.height() + under) * scale


def _spots(legend: tuple[tuple[str, str], ...], width: float, line: float, font: QFont) -> list[QRectF]:
    metrics = QFontMetricsF(font)
    found, x, y = [], 0.0, 0.0
    for _, words in legend:
        wide = line * 1.3 + metrics.horizontalAdvance(words)
        if x + wide > width and x > 0:
            x, y = 0.0, y + line * 1.2
        found.append(QRectF(x, y, wide, line))
        x += wide + 14
    return found
