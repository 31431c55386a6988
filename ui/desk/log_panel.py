"""The log and its entry line. A line is shown as saved only once it is; until then it says that it is not."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from uuid6 import uuid7

from callhandler.services.desk import View
from ui.common import theme
from ui.common.words import tr
from ui.desk import rows
from ui.models.delegates import LogDelegate
from ui.models.rows import LogRow, Row, RowsModel
from ui.models.view import RowsView

KEEP_AFTER_MS = 250


@dataclass(frozen=True)
class _Pending:
    uuid: str
    text: str


class EntryLine(QLineEdit):
    """The line that is typed into; a very long one is refused by the store, in words, not cut here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(1_000_000)
        self.setAccessibleName(tr("Log entry"))
        self.setPlaceholderText(tr("What is said, in her words. Enter records it."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain typing; Esc does nothing here, so that no line is lost to it."""
        super().keyPressEvent(event)


class LogPanel(QWidget):
    """`written` tells uuid and text of a line to record; `typed` uuid and text of one that is not finished.

    `keeping` tells that whatever is typed anywhere must be kept now.
    """

    written = Signal(str, str)
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
        """Another incident is shown: its log begins with what is saved."""
        self._pending = []

    def keep_now(self) -> None:
        """Keep what is typed at once: the window is about to go."""
        self.keeping.emit()
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _enter(self) -> None:
        text = self.entry.text()
        if not text.strip():
            return
        self._timer.stop()
        uuid, self._uuid = self._uuid, str(uuid7())
        self._pending.append(_Pending(uuid, text))
        self.entry.clear()
        self._show()
        self.written.emit(uuid, text)

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
