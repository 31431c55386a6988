"""The palette: a line and a list over the window, never a dialog. Enter does it, Esc leaves everything as it was."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.common import theme
from ui.common.announce import announce
from ui.common.labels import Text
from ui.common.words import counted, tr
from ui.models.paint import RIGHT, Index, RowDelegate, hand
from ui.models.rows import ROW, RowsModel
from ui.models.view import RowsView
from ui.palette.entries import ActionRow, Groups, entries, matching

TOP = 48
STEPS = {
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_PageUp.value: -8,
    Qt.Key.Key_PageDown.value: 8,
}


class ActionDelegate(RowDelegate):
    """Name and group, the key on the right; what cannot be done now says why in its place."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one action."""
        row: ActionRow = index.data(ROW)
        view = self.parent()
        if isinstance(view, RowsView) and view.currentIndex() == index:
            painter.fillRect(rect, theme.colour("accent_ground"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
        usual, strong = hand(theme.base()), hand(theme.base(), semi=True)
        inner = rect.adjusted(12, 0, -12, 0)
        keys = strong.metrics.horizontalAdvance(row.keys) + 16 if row.keys else 0
        self.write(painter, inner, row.keys, "accent", using=strong, align=RIGHT)
        room = inner.adjusted(0, 0, -keys, 0)
        self.write(painter, room, row.name, "muted" if row.why_not else "text", using=usual)
        took = usual.width(row.name, room.width())
        aside = f"— {row.why_not}" if row.why_not else row.group
        rest = room.adjusted(took + 12, 0, 0, 0)
        self.write(painter, rest, aside, "serious" if row.why_not else "muted", using=hand(theme.base() - 1))


class Palette(QFrame):
    """`said` tells why an action was not done."""

    said = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._rows: list[tuple[ActionRow, QAction]] = []
        self._shown: list[tuple[ActionRow, QAction]] = []
        self._before: QWidget | None = None
        self._top = TOP
        self.setProperty("look", "overlay")
        self.setAccessibleName(tr("Actions by words"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("What to do: words in any order. Enter does it, Esc leaves"))
        self.line.setAccessibleName(tr("What to do"))
        self.list = RowsView(RowsModel(), ActionDelegate(), tr("Actions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.count = Text("", "muted", larger=-1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(6)
        for part in (self.line, self.list, self.count):
            column.addWidget(part)
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._do())
        window.installEventFilter(self)
        self.hide()

    def open(self, groups: Groups, why_not: Callable[[QAction], str], top: int = TOP) -> None:
        """Show every action, `top` pixels down: below what must stay in sight."""
        self._top = top
        # An action that works where the focus is asks for it back first.
        self._before = QApplication.focusWidget()
        self._rows = entries(groups, why_not)
        self.line.clear()
        self._find("")
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go, and put the hands back."""
        had = self.isVisible()
        self.hide()
        if had and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> tuple[ActionRow, ...]:
        """What is listed now."""
        return tuple(row for row, _action in self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line that are the list's; the window's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.line and event.type() == QEvent.Type.FocusOut and self.isVisible():
            if QApplication.focusWidget() is not None or self.window().isActiveWindow():
                self.hide()
            return False
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._do()
        elif key in STEPS:
            self._go(self.list.currentIndex().row() + STEPS[key])
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True

    def _find(self, words: str) -> None:
        self._shown = matching(self._rows, words)
        self.list.show_rows([row for row, _action in self._shown])
        self._go(0)
        many = counted(len(self._shown), tr("action"), tr("actions"))
        self.count.say(many if self._shown else tr("No action has these words."))

    def _go(self, place: int) -> None:
        if self._shown:
            place = max(0, min(place, len(self._shown) - 1))
            self.list.setCurrentIndex(self.list.model().index(place, 0))
            self.list.viewport().update()
            announce(self.line, self._shown[place][0].spoken)

    def _do(self) -> None:
        place = self.list.currentIndex().row()
        if not 0 <= place < len(self._shown):
            return
        row, action = self._shown[place]
        self.leave()
        if row.why_not:
            self.said.emit(f"{row.name}: {row.why_not}")
        else:
            action.trigger()

    def _place(self) -> None:
        room = self.window().rect()
        letter = QFontMetrics(theme.letters(theme.base())).averageCharWidth()
        width = min(room.width() - 40, max(620, 84 * letter))
        height = min(
            room.height() - self._top - 52, self.list.rows_room(14) + 4 * self.line.sizeHint().height()
        )
        self.setGeometry((room.width() - width) // 2, self._top, width, height)
