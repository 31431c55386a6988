"""The log, its entry line and what that line may tell. A line is shown as saved only once it is, and says so until then."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from uuid6 import uuid7

from callhandler.rules.suggest import Suggestion
from callhandler.services.desk import View
from ui.common import theme
from ui.common.words import tr
from ui.desk import rows
from ui.desk.chips import Chips
from ui.models.delegates import LogDelegate
from ui.models.rows import LogRow, Row, RowsModel
from ui.models.view import RowsView

KEEP_AFTER_MS = 250
LONG = 1_000
"""A line longer than this is looked at when the hands rest, not at every key."""
REST_MS = 150
Suggest = Callable[[str], tuple[Suggestion, ...]]


@dataclass(frozen=True)
class _Pending:
    uuid: str
    text: str


@dataclass
class _Offered:
    """The line that the chips belong to: its key and text, whether it was sent to be recorded, what of it was taken."""

    uuid: str = ""
    text: str = ""
    sent: bool = False
    taken: set[str] = field(default_factory=set)


class EntryLine(QLineEdit):
    """The line that is typed into; a very long one is refused by the store, in words, not cut here.

    `takes_tab` says whether Tab takes a suggestion just now; else it goes to the next field, as everywhere.
    """

    tabbed = Signal()
    downed = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(1_000_000)
        self.setAccessibleName(tr("Log entry"))
        self.say_open(True)
        self.takes_tab: Callable[[], bool] = lambda: False

    def say_open(self, is_open: bool) -> None:
        """Whether there is an incident that a line could be of; without one the line says so, and takes nothing."""
        said = tr("What is said, in her words. Enter records it.")
        self.setPlaceholderText(said if is_open else tr("No incident is open: nothing can be written here."))
        self.setEnabled(is_open)

    def event(self, event: QEvent) -> bool:
        """Tab takes the first suggestion while there is one."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_Tab and plain and self.takes_tab():
                self.tabbed.emit()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain typing. Down goes to the suggestions; Esc puts them away and touches no word: no line is lost to it."""
        if event.key() == Qt.Key.Key_Down:
            self.downed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        super().keyPressEvent(event)


class LogPanel(QWidget):
    """`written` tells uuid and text of a line to record; `typed` uuid and text of one that is not finished.

    `took` tells of a suggestion that was taken: the line's uuid and text, the suggestion, and whether the line itself is
    already on its way. `keeping` tells that whatever is typed anywhere must be kept now.
    """

    written = Signal(str, str)
    took = Signal(str, str, object, bool)
    typed = Signal(str, str)
    keeping = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: list[Row] = []
        self._pending: list[_Pending] = []
        self._uuid = str(uuid7())
        self.list = RowsView(RowsModel[Row](), LogDelegate(), tr("Log"))
        self.entry = EntryLine()
        self.entry.returnPressed.connect(self._enter)
        self.entry.textEdited.connect(self._edited)
        self.entry.textChanged.connect(self._changed)
        self.suggest: Suggest | None = None
        self._offered = _Offered()
        self.chips = Chips()
        self.chips.taken.connect(self._take)
        self.chips.left.connect(self.entry.setFocus)
        self.entry.takes_tab = self.chips.first_told
        self.entry.tabbed.connect(lambda: self.chips.take(0))
        self.entry.downed.connect(self.chips.enter)
        self.entry.escaped.connect(lambda: self.chips.show_offers(()))
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self._look_at_words)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.list, 1)
        self.fresh = QPushButton()
        self.fresh.setFont(theme.letters(theme.base() - 1))
        self.fresh.clicked.connect(self.to_end)
        self.fresh.hide()
        row = QHBoxLayout()
        row.setSpacing(5)
        row.addWidget(self.entry, 1)
        row.addWidget(self.fresh)
        column.addLayout(row)
        column.addWidget(self.chips)
        self._seen = 0
        self.list.verticalScrollBar().valueChanged.connect(self._look)

    @property
    def uuid(self) -> str:
        """The key of the entry that is being typed."""
        return self._uuid

    def show_view(self, view: View | None) -> None:
        """Show an incident's log."""
        self._saved = rows.log_rows(view) if view else []
        self._show()

    def landed(self, uuid: str) -> None:
        """The line is durable: it is no longer pending."""
        self._pending = [p for p in self._pending if p.uuid != uuid]
        self._show()

    def came_back(self, uuid: str, text: str) -> None:
        """The line could not be recorded: it is back in the field, nothing of it lost."""
        self._pending = [p for p in self._pending if p.uuid != uuid]
        self.entry.setText(f"{text} {self.entry.text()}".strip())
        self._uuid = uuid
        self._show()

    def fill(self, uuid: str, text: str) -> None:
        """Put back what was typed before and not recorded, or start an empty line."""
        self._timer.stop()
        self._uuid = uuid or str(uuid7())
        self.entry.setText(text)

    def forget_pending(self) -> None:
        """Another incident is shown: its log begins with what is saved, and no suggestion of another's line stays."""
        self._pending = []
        self._offered = _Offered()
        self.chips.show_offers(())

    def keep_now(self) -> None:
        """Keep what is typed at once: the window is about to go."""
        self.keeping.emit()
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _enter(self) -> None:
        if self.entry.text().strip():
            self.written.emit(*self._send())

    def _send(self) -> tuple[str, str]:
        """The line is on its way: it is pending, the field is empty, and its suggestions may still be taken."""
        if self._resting.isActive():
            self._look_at_words()
        self._timer.stop()
        uuid, text = self._uuid, self.entry.text()
        self._uuid = str(uuid7())
        if self._offered.uuid == uuid:
            self._offered.sent = True
        self._pending.append(_Pending(uuid, text))
        self.entry.clear()
        self._show()
        return uuid, text

    def _take(self, one: Suggestion) -> None:
        """Record the line with what it tells; of a line already on its way, only what it tells."""
        offered, sent = self._offered, self._offered.sent
        offered.taken.add(one.indicator)
        if not sent:
            self._send()
        self.chips.show_offers(tuple(o for o in self.chips.offers if o.indicator not in offered.taken))
        self.took.emit(offered.uuid, offered.text, one, sent)

    def offer_of(self, uuid: str, text: str) -> None:
        """Offer what a line tells that is recorded already: the first words of a call."""
        self._offered = _Offered(uuid, text, sent=True)
        self._offer()

    def not_taken(self, uuid: str, indicator: str) -> None:
        """What was taken could not be recorded: it is offered again."""
        if self._offered.uuid == uuid:
            self._offered.taken.discard(indicator)
            self._offer()

    def _changed(self, text: str) -> None:
        self._resting.stop()
        if not text.strip():
            if not self._offered.sent:
                self.chips.show_offers(())
        elif len(text) > LONG:
            self._resting.start()
        else:
            self._look_at_words()

    def _look_at_words(self) -> None:
        self._resting.stop()
        if self._offered.uuid != self._uuid:
            self._offered = _Offered(self._uuid)
        self._offered.text = self.entry.text()
        self._offer()

    def _offer(self) -> None:
        if self.suggest is not None:
            taken = self._offered.taken
            found = self.suggest(self._offered.text)
            self.chips.show_offers(tuple(o for o in found if o.indicator not in taken))

    def _edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        self.typed.emit(self._uuid, self.entry.text())

    def _show(self) -> None:
        waiting = tr("not saved yet")
        pending: list[Row] = [
            LogRow(f"pending:{p.uuid}", f"{waiting}: {p.text}", p.text, "", "", p.text, waiting)
            for p in self._pending
        ]
        before = len(self.list.model_keys())
        at_end = self.at_end or before == 0
        self.list.show_rows([*self._saved, *pending])
        if at_end or pending:
            self.to_end()
        self._look()

    @property
    def at_end(self) -> bool:
        """True while the newest line is in sight."""
        bar = self.list.verticalScrollBar()
        return bar.value() >= bar.maximum() - 1

    def to_end(self) -> None:
        """To the newest line."""
        self.list.scrollToBottom()
        self._look()

    def _look(self) -> None:
        """Lines that came below what is being read are counted, not scrolled to."""
        total = len(self._saved)
        if self.at_end or total < self._seen:
            self._seen = total
        new = total - self._seen
        self.fresh.setText(tr("{n} new ↓").format(n=new))
        self.fresh.setAccessibleName(tr("{n} new lines in the log; go to them").format(n=new))
        self.fresh.setVisible(new > 0)
