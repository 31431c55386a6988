"""Keys and mouse of the timeline: from mark to mark, along the axis, nearer and farther. Nothing is animated."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from ui.drawn.hold import Hold
from ui.timeline.axis import axis_of
from ui.timeline.marks import EventItem
from ui.timeline.story import Event, Story

STEP = 1.5
"""How much one step of the zoom enlarges."""
FARTHEST = 1.0
NEAREST = 400.0
PAN = 0.2
"""How much of the window one step along the axis moves."""
REACH = 8
"""Pixels around the pointer in which a mark is found."""
OWN_KEYS = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Plus, Qt.Key.Key_Equal}
    | {Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)
SHIFTED = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_Equal})


class Moving(Hold):
    """The part of the view that answers keys and mouse."""

    selected: SignalInstance
    opened: SignalInstance
    # Qt may ask for a layout before the view has anything to show.
    _story = Story((), 0.0)
    _by_key: Mapping[str, Event] = MappingProxyType({})
    _current = ""
    _zoom = 1.0
    _offset = 0.0

    def _lay_out(self) -> None:
        raise NotImplementedError

    def _go_to(self, key: str, tell: bool = True) -> None:
        raise NotImplementedError

    # --- zoom and pan ------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """How many times as wide as the window the whole axis is."""
        return self._zoom

    def zoom_by(self, factor: float, about: float | None = None) -> None:
        """Zoom about a pixel of the window; about the current mark, or the middle, where none is given."""
        width = float(self.viewport().width())
        axis = axis_of(self._story, width * self._zoom)
        current = self._by_key.get(self._current)
        if about is None:
            at = axis.x(current.middle) - self._offset if current else width / 2
            about = at if 0 <= at <= width else width / 2
        fraction = (about + self._offset) / axis.width
        # An instant is held in its place, not a share of the axis: the breaks do not grow with the zoom.
        held = next((s for s in axis.sections if s.left <= about + self._offset <= s.right), None)
        self._zoom = min(max(self._zoom * factor, FARTHEST), NEAREST)
        wider = axis_of(self._story, width * self._zoom)
        if held is not None and held.end > held.start:
            middle = wider.x(held.seconds(about + self._offset))
        else:
            middle = fraction * wider.width
        self._pan_to(middle - about)

    def zoom_all(self) -> None:
        """Show everything."""
        self._zoom = 1.0
        self._pan_to(0.0)

    def pan_by(self, pixels: float) -> None:
        """Move along the axis."""
        self._pan_to(self._offset + pixels)

    def _pan_to(self, offset: float) -> None:
        width = float(self.viewport().width())
        self._offset = min(max(offset, 0.0), width * (self._zoom - 1))
        self._lay_out()

    def _bring_into_sight(self, key: str) -> None:
        width = float(self.viewport().width())
        x = axis_of(self._story, width * self._zoom).x(self._by_key[key].middle)
        if not self._offset + 12 <= x <= self._offset + width - 12:
            self._offset = min(max(x - width / 2, 0.0), width * (self._zoom - 1))

    # --- keys --------------------------------------------------------------------------------

    def is_own(self, event: QKeyEvent) -> bool:
        """The keys below; with Shift only those that say something else with it."""
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain != Qt.KeyboardModifier.NoModifier or event.key() not in OWN_KEYS:
            return False
        return not event.modifiers() & Qt.KeyboardModifier.ShiftModifier or event.key() in SHIFTED

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From mark to mark, along, nearer, farther, open."""
        if not self.is_own(event):
            event.ignore()
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = self.viewport().width() * PAN
        match event.key():
            case Qt.Key.Key_Left:
                self.pan_by(-step) if shift else self.move_by(-1)
            case Qt.Key.Key_Right:
                self.pan_by(step) if shift else self.move_by(1)
            case Qt.Key.Key_Home:
                self.move_by(-len(self._story.events))
            case Qt.Key.Key_End:
                self.move_by(len(self._story.events))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_by(STEP)
            case Qt.Key.Key_Minus:
                self.zoom_by(1 / STEP)
            case Qt.Key.Key_0:
                self.zoom_all()
            case _:
                self._open(self._by_key.get(self._current))

    def move_by(self, steps: int) -> None:
        """Make the mark so many steps on the current one; at either end it stays."""
        keys = [e.key for e in self._story.events]
        if not keys:
            return
        here = keys.index(self._current) if self._current in keys else (-1 if steps > 0 else len(keys))
        there = keys[min(max(here + steps, 0), len(keys) - 1)]
        if there != self._current:
            self._go_to(there)

    def _open(self, event: Event | None) -> None:
        if event is not None and event.incident_id is not None:
            self.opened.emit(event.incident_id)

    # --- mouse -------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Up is nearer, down is farther; sideways, or with Shift, along the axis."""
        turn = event.angleDelta()
        if turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan_by(-(turn.x() or turn.y()) * 0.5)
        elif turn.y():
            self.zoom_by(STEP ** (turn.y() / 120), event.position().x())
        event.accept()

    def drag(self, by: QPointF) -> None:
        """Along the axis."""
        self.pan_by(-by.x())

    def click(self, at: QPointF) -> None:
        """Choose the mark there."""
        chosen = self.event_at(at)
        if chosen is not None:
            self._go_to(chosen.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the mark there."""
        self._open(self.event_at(event.position()))

    def event_at(self, point: QPointF) -> Event | None:
        """The event under the pointer: of several drawn as one the current one, else the newest."""
        around = [self.itemAt(point.toPoint())]
        x, y = round(point.x()), round(point.y())
        around += self.items(x - REACH, y - REACH, 2 * REACH, 2 * REACH)
        keys = next((i.keys for i in around if isinstance(i, EventItem) and i.keys), ())
        key = self._current if self._current in keys else keys[-1] if keys else ""
        return self._by_key.get(key)
