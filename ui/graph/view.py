"""The graph on the screen: cards and lines, moved through by keyboard or by mouse. Nothing is animated."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from ui.common import theme
from ui.common.words import tr
from ui.drawn.hold import Hold
from ui.drawn.inks import DARK, Inks
from ui.drawn.item import rect
from ui.graph.cards import Letters
from ui.graph.drawing import Drawing, words_of
from ui.graph.items import CardItem, LineItem, Ring, WordItem, centre, fill
from ui.graph.moving import Way, nearest

STEP = 1.25
NEAREST, FARTHEST = 3.0, 0.2
LEGIBLE = 0.8
PAN = 0.25
ARROWS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
}
OWN_KEYS = frozenset(
    {*ARROWS, Qt.Key.Key_Home, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0}
    | {Qt.Key.Key_Return, Qt.Key.Key_Enter}
)


class GraphView(Hold):
    """Shows a drawing. `moved` tells the card that was gone to, `opened` the one on which Enter was pressed."""

    moved = Signal(str)
    opened = Signal(str)

    def __init__(self, inks: Inks = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = Drawing()
        self._by_rows = False
        self._current = ""
        self._inks = inks
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setWhatsThis(tr("Arrows: to the next card. Enter: open. + - zoom, 0 all, Home this incident."))
        self.show_inks(inks)

    # --- what is shown -----------------------------------------------------------------------

    def letters(self) -> Letters:
        """The letters that cards are measured with."""
        strong, plain = QFontMetricsF(self._strong()), QFontMetricsF(self._plain())
        return Letters(
            strong.height(),
            lambda s: strong.horizontalAdvance(s) + 2,
            lambda s: plain.horizontalAdvance(s) + 2,
        )

    def show_drawing(self, drawing: Drawing, by_rows: bool, *, anew: bool) -> None:
        """Show a drawing. The current card stays current where it is still there; `anew` begins at its home."""
        self._drawing, self._by_rows = drawing, by_rows
        self._paint_all()
        if self._current not in drawing.boxes:
            self._current = ""
        if anew:
            self._current = self._current or drawing.home
            # All of it where the letters stay large enough to read; else its beginning.
            self.zoom_all()
            if self.zoom < LEGIBLE:
                self.resetTransform()
                self._bring(self._current, middle=True)
        self._show_current()

    def show_inks(self, inks: Inks) -> None:
        """Show the same in other colours."""
        self._inks = inks
        self.setBackgroundBrush(QColor(inks.ground))
        self._paint_all()
        self._show_current()

    @property
    def drawing(self) -> Drawing:
        """What is on the screen."""
        return self._drawing

    @property
    def current(self) -> str:
        """The key of the card that the ring is on; empty before the first move."""
        return self._current

    def tell(self, name: str, description: str) -> None:
        """What a screen reader says of the whole, and of the current card."""
        self.setAccessibleName(name)
        if description != self.accessibleDescription():
            self.setAccessibleDescription(description)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            if self.hasFocus() and self._current:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, description))

    def go_to(self, key: str, *, tell: bool = True) -> None:
        """Make a card the current one and bring it into sight."""
        if key not in self._drawing.boxes:
            return
        self._current = key
        self._bring(key)
        self._show_current()
        if tell:
            self.moved.emit(key)

    def _paint_all(self) -> None:
        fill(self.scene(), self._drawing, self._inks, self._strong(), self._plain())

    def _show_current(self) -> None:
        """The ring, the lines of the current card, and their words; all words while no card is current."""
        scene = self.scene()
        current = self._current if self.hasFocus() else ""
        for item in scene.items():
            if isinstance(item, (Ring, WordItem)):
                scene.removeItem(item)
            elif isinstance(item, LineItem):
                item.show_for(current)
        letters = self.letters()
        for word in words_of(self._drawing, letters.plain, letters.line, current):
            scene.addItem(WordItem(word, self._inks, self._plain()))
        if self._current:
            ring = Ring(rect(self._drawing.boxes[self._current]), self._inks, strong=self.hasFocus())
            scene.addItem(ring)

    def _strong(self) -> QFont:
        return theme.letters(self._pixels(), semi=True)

    def _plain(self) -> QFont:
        return theme.letters(max(self._pixels() - 1, 10))

    def _pixels(self) -> int:
        size = self.font().pixelSize()
        return size if size > 0 else theme.base()

    # --- zoom and place ----------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """How many times its natural size the graph is drawn."""
        return self.transform().m11()

    def zoom_by(self, factor: float, about: QPointF | None = None) -> None:
        """Zoom about a point of the window; about the current card, or the middle, where none is given."""
        factor = min(max(self.zoom * factor, FARTHEST), NEAREST) / self.zoom
        if about is None:
            middle = QPointF(self.viewport().rect().center())
            box = self._drawing.boxes.get(self._current)
            at = QPointF(self.mapFromScene(centre(box))) if box else middle
            about = at if self.viewport().rect().contains(at.toPoint()) else middle
        held = self.mapToScene(about.toPoint())
        self.scale(factor, factor)
        moved = self.mapFromScene(held) - about.toPoint()
        self._scroll(moved.x(), moved.y())

    def zoom_all(self) -> None:
        """Show everything; never larger than its natural size."""
        self.resetTransform()
        whole = self.sceneRect()
        room = self.viewport().rect()
        if whole.width() and whole.height():
            factor = min(room.width() / whole.width(), room.height() / whole.height(), 1.0)
            self.scale(max(factor, FARTHEST), max(factor, FARTHEST))
        self.centerOn(whole.center())

    def _scroll(self, x: float, y: float) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + round(x))
        down.setValue(down.value() + round(y))

    def _bring(self, key: str, middle: bool = False) -> None:
        box = self._drawing.boxes.get(key)
        if box is None:
            return
        around = rect(box).adjusted(-12, -12, 12, 12)
        if middle:
            # What it is joined to lies to its right, or under it.
            room = QRectF(self.viewport().rect())
            ahead = QPointF(0, 0) if self._by_rows else QPointF(room.width() / 2 - box.width / 2 - 24, 0)
            self.centerOn(centre(box) + ahead)
        self.ensureVisible(around, 24, 24)

    # --- keys --------------------------------------------------------------------------------

    def is_own(self, event: QKeyEvent) -> bool:
        """The keys below, and Shift with any of them."""
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        return plain == Qt.KeyboardModifier.NoModifier and event.key() in OWN_KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From card to card, nearer, farther, open."""
        if not self.is_own(event):
            event.ignore()
            return
        key = Qt.Key(event.key())
        if key in ARROWS:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                dx, dy = ARROWS[key].value
                room = self.viewport().rect()
                self._scroll(dx * room.width() * PAN, dy * room.height() * PAN)
            else:
                self.step(ARROWS[key])
            return
        match key:
            case Qt.Key.Key_Home:
                self.go_to(self._drawing.home)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / STEP)
            case Qt.Key.Key_0:
                self.zoom_all()
            case _ if self._current:
                self.opened.emit(self._current)

    def step(self, way: Way) -> None:
        """To the next card in this direction."""
        if not self._current:
            self.go_to(self._drawing.home)
            return
        there = nearest(self._drawing.boxes, self._current, way, self._by_rows)
        if there != self._current:
            self.go_to(there)

    # --- mouse -------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def drag(self, by: QPointF) -> None:
        """The whole, in any direction."""
        self._scroll(-by.x(), -by.y())

    def click(self, at: QPointF) -> None:
        """Go to the card there; on the current one, open it."""
        key = self.card_at(at)
        if key and key == self._current:
            self.opened.emit(key)
        elif key:
            self.go_to(key)

    def card_at(self, point: QPointF) -> str:
        """The key of the card under the pointer; nothing where there is none."""
        return next((i.key for i in self.items(point.toPoint()) if isinstance(i, CardItem)), "")

    # --- being there -------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is thick, and the current card's lines are told."""
        super().focusInEvent(event)
        if not self._current and self._drawing.home:
            self.go_to(self._drawing.home)
        self._show_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the focus a thin ring stays."""
        super().focusOutEvent(event)
        self._show_current()

    def minimumSizeHint(self) -> QSize:
        """It scrolls, so it may be small."""
        return QSize(200, 120)
