"""The items that paint a drawing."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsScene

from ui.common.labels import plain_tip
from ui.drawn.box import Box
from ui.drawn.inks import Inks
from ui.drawn.item import Item, rect
from ui.graph.drawing import Drawing, Line, Outline, PlacedCard, Step, Word
from ui.graph.signs import draw_line, draw_sign, tone


def path_of(steps: tuple[Step, ...]) -> QPainterPath:
    """A way as Qt's path."""
    path = QPainterPath()
    for step, at in steps:
        match step:
            case "M":
                path.moveTo(at[0], at[1])
            case "L":
                path.lineTo(at[0], at[1])
            case _:
                path.cubicTo(*at)
    return path


class GraphItem(Item):
    """An item with room for the ends of lines."""

    AIR = 7.0


class CardItem(GraphItem):
    """One card: sign, one or two lines."""

    def __init__(self, placed: PlacedCard, inks: Inks, strong: QFont, plain: QFont) -> None:
        super().__init__(rect(placed.box), inks)
        self.card = placed.card
        self._strong, self._plain = strong, plain
        self.setZValue(3)
        self.setToolTip(plain_tip(placed.card.spoken.replace("; ", "\n").replace(". ", "\n", 1)))

    @property
    def key(self) -> str:
        """Whose card it is."""
        return self.card.key

    def draw(self, painter: QPainter) -> None:
        """A frame by the weight of the card, its sign, its words."""
        inks, card, box = self.inks, self.card, self._room
        ink = tone(card.tone, inks)
        weighty = card.tone != "plain"
        edge = QPen(ink if weighty else QColor(inks.line), 1.8 if weighty else 1.0)
        if card.sign == "unnamed" or card.possible:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(QColor(inks.live))
        painter.drawRoundedRect(box, 4, 4)
        if card.sign == "suspect":
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 3, 3)
        strong = QFontMetricsF(self._strong)
        line = strong.height()
        side = line * 0.72
        at = QRectF(box.left() + line * 0.45, box.center().y() - side / 2, side, side)
        draw_sign(painter, card.sign, at, inks, ink)
        left = box.left() + line * 1.55
        room = box.right() - line * 0.3 - left
        top = box.center().y() - (line if card.sub else line / 2)
        self._say(painter, card.title, self._strong, QRectF(left, top, room, line), inks.text)
        if card.sub:
            said = tone(card.tone, inks).name() if card.tone in ("grave", "serious") else inks.muted
            self._say(painter, card.sub, self._plain, QRectF(left, top + line, room, line), said)

    def _say(self, painter: QPainter, text: str, font: QFont, where: QRectF, ink: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)


class LineItem(GraphItem):
    """One line. It is strong when it is the current card's, faint when another card is current."""

    def __init__(self, line: Line, inks: Inks) -> None:
        self.path = path_of(line.steps)
        super().__init__(self.path.boundingRect(), inks)
        self.line = line
        self.strong = False
        self.faint = False
        self.setZValue(1)

    def show_for(self, current: str) -> None:
        """Show it for the card that is current."""
        own = bool(current) and current in (self.line.a, self.line.b)
        self.strong, self.faint = own, bool(current) and not own
        self.setZValue(2 if own else 1)
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw the line with its stroke."""
        painter.setOpacity(0.35 if self.faint else 1.0)
        draw_line(painter, self.path, self.line.stroke, self.inks, self.strong)

    def shape(self) -> QPainterPath:
        """The line itself, not the room around it."""
        return QPainterPathStroker(QPen(QColor(), 4)).createStroke(self.path)


class WordItem(GraphItem):
    """The word of a line, on the ground, so that the line does not run through it."""

    def __init__(self, word: Word, inks: Inks, font: QFont) -> None:
        super().__init__(rect(word.box), inks)
        self.word = word
        self._font = font
        self.setZValue(2.5)

    def draw(self, painter: QPainter) -> None:
        """Draw the word."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.inks.ground))
        painter.drawRect(self._room)
        painter.setFont(self._font)
        painter.setPen(QColor(self.inks.text))
        painter.drawText(
            self._room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, self.word.text
        )


class OutlineItem(GraphItem):
    """A household."""

    def __init__(self, outline: Outline, inks: Inks) -> None:
        super().__init__(rect(outline.box), inks)

    def draw(self, painter: QPainter) -> None:
        """A dashed frame."""
        painter.setPen(QPen(QColor(self.inks.muted), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._room, 8, 8)


class NameItem(GraphItem):
    """A household's name in the upper edge of its frame; no line runs through it."""

    def __init__(self, outline: Outline, inks: Inks, font: QFont) -> None:
        super().__init__(rect(outline.name_box), inks)
        self._name, self._font = outline.name, font
        self.setZValue(2.2)

    def draw(self, painter: QPainter) -> None:
        """Draw the name."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.inks.ground))
        painter.drawRect(self._room)
        painter.setFont(self._font)
        painter.setPen(QColor(self.inks.muted))
        name = QFontMetricsF(self._font).elidedText(
            self._name, Qt.TextElideMode.ElideRight, self._room.width()
        )
        painter.drawText(self._room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, name)


class HeadingItem(GraphItem):
    """Words that stand for themselves."""

    def __init__(self, text: str, box: Box, inks: Inks, font: QFont) -> None:
        super().__init__(rect(box), inks)
        self._text, self._font = text, font

    def draw(self, painter: QPainter) -> None:
        """Draw the words."""
        painter.setFont(self._font)
        painter.setPen(QColor(self.inks.muted))
        painter.drawText(self._room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self._text)


class Ring(GraphItem):
    """Around the current card: thick while the graph has the focus."""

    def __init__(self, around: QRectF, inks: Inks, strong: bool) -> None:
        super().__init__(around.adjusted(-4, -4, 4, 4), inks)
        self._pen = QPen(QColor(inks.accent), 3.0 if strong else 1.2)
        self.setZValue(4)

    def draw(self, painter: QPainter) -> None:
        """Draw the ring."""
        painter.setPen(self._pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._room, 6, 6)


def fill(scene: QGraphicsScene, drawing: Drawing, inks: Inks, strong: QFont, plain: QFont) -> None:
    """Put a drawing into an emptied scene: the same for the screen and for paper."""
    scene.clear()
    for outline in drawing.outlines:
        scene.addItem(OutlineItem(outline, inks))
        scene.addItem(NameItem(outline, inks, plain))
    for text, box in drawing.headings:
        scene.addItem(HeadingItem(text, box, inks, plain))
    for line in drawing.lines:
        scene.addItem(LineItem(line, inks))
    for placed in drawing.cards:
        scene.addItem(CardItem(placed, inks, strong, plain))
    air = QFontMetricsF(strong).height()
    scene.setSceneRect(rect(drawing.whole).adjusted(-air, -air, air * 5, air))


def centre(box: Box) -> QPointF:
    """The middle of a box."""
    return QPointF(box.x + box.width / 2, box.y + box.height / 2)
