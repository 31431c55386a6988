"""The timeline on the screen: one axis, moved along by keyboard or by mouse."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QSizePolicy, QWidget

from callhandler.services.desk import View
from ui.common.words import tr
from ui.drawn.inks import DARK, Inks
from ui.timeline import wording
from ui.timeline.layout import arrange
from ui.timeline.marks import EventItem, SpanItem
from ui.timeline.moving import Moving
from ui.timeline.overlay import Caption, Ring
from ui.timeline.paper import print_story
from ui.timeline.parts import Layout, Window
from ui.timeline.reading import Vocabulary, story_of
from ui.timeline.rows import TOP
from ui.timeline.scene import asked_of, fill
from ui.timeline.story import Event, Kind, Story


class TimelineView(Moving):
    """Past incidents, orders, police warnings and this incident's calls.

    `selected` tells the past incident that was moved to, `opened` the one on which Enter was pressed.
    """

    selected = Signal(int)
    opened = Signal(int)

    _inks = DARK
    _keep: frozenset[int] | None = None
    _layout: Layout | None = None
    _items: tuple[EventItem, ...] = ()

    def __init__(self, vocabulary: Vocabulary, inks: Inks = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary = vocabulary
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The view has the focus and the name; what it is painted on is nothing of its own.
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Timeline of linked history"))
        self.setWhatsThis(
            tr("Left, Right: mark. Enter: open. + - zoom, 0 all. Shift+Left, Shift+Right: move along.")
        )
        self.show_inks(inks)

    # --- what is shown -----------------------------------------------------------------------

    def show_view(self, view: View, filter: Collection[int] | None = None) -> None:
        """Show a view. `filter` holds the ids of the incidents that stay as they are; None keeps all.

        The others stay too, faint and counted. Zoom, place and current mark are kept.
        """
        self.show_story(story_of(view, self._vocabulary), filter)

    def show_story(self, story: Story, filter: Collection[int] | None = None) -> None:
        """Show a story that was read already."""
        keep = None if filter is None else frozenset(filter)
        if (story, keep) == (self._story, self._keep):
            return
        self._story, self._keep = story, keep
        self._by_key = {e.key: e for e in story.events}
        if self._current not in self._by_key:
            self._current = ""
        self._lay_out()
        self._describe()

    def show_inks(self, inks: Inks) -> None:
        """Show the same in other colours."""
        self._inks = inks
        self.setBackgroundBrush(QColor(inks.ground))
        self._lay_out()

    def select(self, incident_id: int) -> None:
        """Make a past incident the current mark and bring it into sight, without telling it back."""
        key = f"incident:{incident_id}"
        if key in self._by_key and key != self._current:
            self._go_to(key, tell=False)

    @property
    def current(self) -> Event | None:
        """What the focus ring is on."""
        return self._by_key.get(self._current)

    @property
    def faded_note(self) -> str:
        """How many past incidents the filter leaves faint, in words; nothing without a filter."""
        incidents = self._story.of_kind(Kind.INCIDENT)
        kept = sum(1 for e in incidents if self._keeps(e))
        return wording.faded(kept, len(incidents))

    @property
    def note(self) -> str:
        """What must be said beside the marks: faint ones, sources not read, or that nothing is held."""
        missing = wording.absent(len(self._story.of_kind(Kind.INCIDENT)), self._story.missing)
        return " · ".join(words for words in (self.faded_note, missing) if words)

    @property
    def drawn(self) -> Layout | None:
        """The layout on the screen."""
        return self._layout

    def print_to(self, painter: QPainter, sheet: QRectF) -> float:
        """Print the whole timeline in greys into the top of `sheet`; returns the height it took."""
        return print_story(painter, sheet, self._story, self.font(), self._keep)

    # --- laying out --------------------------------------------------------------------------

    def _lay_out(self) -> None:
        width = float(self.viewport().width())
        if width < 2:
            return
        font = self._letters()
        window = Window(width, self._zoom, self._offset)
        before = self.sizeHint()
        self._layout = arrange(self._story, window, asked_of(font, self._keep))
        self._items = tuple(fill(self.scene(), self._layout, self._inks, font, self._by_key))
        self._show_current()
        if self.sizeHint() != before:
            self.updateGeometry()

    def _show_current(self) -> None:
        """The ring around the current mark and the caption that tells it, while the timeline has the focus."""
        scene = self.scene()
        for old in [i for i in scene.items() if isinstance(i, (Ring, Caption))]:
            scene.removeItem(old)
        assert self._layout is not None
        around = self.place_of(self._current)
        if not around.isNull():
            scene.addItem(Ring(around, self._inks, strong=self.hasFocus()))
        event = self.current if self.hasFocus() else None
        words = " · ".join(w for w in (event.text if event else "", self.note) if w)
        if words:
            labels = [k.box.x for k in self._layout.labels if k.box.y == TOP]
            room = min(labels, default=self._layout.width) - 10
            room = room if room > self._layout.width * 0.45 else self._layout.width
            place = QRectF(0, TOP, room, self._layout.rows.line)
            scene.addItem(Caption(words, place, self._letters(), self._inks))

    def place_of(self, key: str) -> QRectF:
        """Where an event is drawn, an order with its words; an empty rectangle while it is out of sight."""
        found = [i for i in self._items if key and key in i.keys]
        place = found[0].boundingRect() if found else QRectF()
        if found and isinstance(found[0], SpanItem):
            for item in found[1:]:
                place = place.united(item.boundingRect())
            place.adjust(0, 0, 0, -4)
        return place

    def _letters(self) -> QFont:
        font = QFont(self.font())
        size = font.pixelSize() if font.pixelSize() > 0 else round(font.pointSizeF() * 4 / 3)
        font.setPixelSize(max(size - 2, 10))
        return font

    def _keeps(self, event: Event) -> bool:
        return self._keep is None or event.incident_id is None or event.incident_id in self._keep

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(800, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Narrow if need be, never lower than its rows."""
        return QSize(240, round(self._layout.rows.height) + 2 if self._layout else 110)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        before, after = event.oldSize().width(), event.size().width()
        self._offset *= after / before if before > 0 else 1.0
        if before != after:
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out for other letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The newest past incident is where a timeline begins."""
        super().focusInEvent(event)
        if not self._current and self._story.events:
            past = self._story.of_kind(Kind.INCIDENT) or self._story.events
            self._go_to(past[-1].key, tell=False)
        elif self._layout is not None:
            self._show_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the focus only a thin ring stays."""
        super().focusOutEvent(event)
        if self._layout is not None:
            self._show_current()

    # --- telling -----------------------------------------------------------------------------

    def _go_to(self, key: str, tell: bool = True) -> None:
        self._current = key
        self._bring_into_sight(key)
        self._lay_out()
        self._describe()
        event = self._by_key[key]
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))
        if tell and event.incident_id is not None:
            self.selected.emit(event.incident_id)

    def _describe(self) -> None:
        event = self.current
        if event is not None:
            keys = [e.key for e in self._story.events]
            number = keys.index(event.key) + 1
            words = wording.place_among(event.text, number, len(keys), not self._keeps(event))
        else:
            kinds = (Kind.INCIDENT, Kind.CALL, Kind.ORDER, Kind.WARNING)
            words = wording.summary(*(len(self._story.of_kind(kind)) for kind in kinds))
        words = f"{words}. {self.note}" if self.note and event is None else words
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
