"""Where unanswered and abandoned calls wait until somebody says what became of them. Nothing leaves by itself."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from callhandler.services.rings import LONGEST_OUTCOME, Waiting
from ui.common.labels import Cut, Text
from ui.common.words import counted, tr
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.ring.ringing import spoken
from ui.ring.tray_rows import TrayDelegate, row_of

EVERY_MS = 10_000


def _clock() -> datetime:
    return datetime.now(UTC)


class TrayView(RowsView):
    """The list; Enter opens, and two letters stand for what is done with the current call."""

    pressed_letter = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass the two letters on; the rest is the list's."""
        letter = {Qt.Key.Key_R.value: "r", Qt.Key.Key_D.value: "d"}.get(event.key())
        if letter and not event.modifiers():
            if not event.isAutoRepeat():
                self.pressed_letter.emit(letter)
            return
        super().keyPressEvent(event)


class Tray(QWidget):
    """The waiting calls. It asks and never does: a call stays until `show_waiting` comes without it.

    `opened` and `ring_back` carry the Ring; `done_asked` the Ring and the reason.
    """

    left = Signal()
    opened = Signal(object)
    ring_back = Signal(object)
    done_asked = Signal(object, str)

    def __init__(self, now: Callable[[], datetime] = _clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Unanswered and abandoned calls"))
        self._now = now
        self._waiting: tuple[Waiting, ...] = ()
        self._ringing: frozenset[str] = frozenset()
        self._ending: Waiting | None = None
        self._build()
        self._often = QTimer(self)
        self._often.setInterval(EVERY_MS)
        self._often.timeout.connect(self._refresh)
        self.show_waiting(())

    # what comes in

    def show_waiting(self, waiting: Sequence[Waiting], ringing: frozenset[str] = frozenset()) -> None:
        """Show these calls, the one that has waited longest first; those of `ringing` ring now."""
        self._waiting = tuple(waiting)
        self._ringing = ringing
        self._refresh()
        if self._waiting:
            self._often.start()
        else:
            self._often.stop()
        many = len(self._waiting)
        self._count.say(counted(many, tr("call"), tr("calls")) if many else tr("none waits"))
        self._note.setVisible(not many)
        self._note.say(tr("No unanswered or abandoned call waits here."), "muted")
        self.list.setVisible(bool(many))
        self._buttons_enabled()
        if self._ending is not None and self._find(self._ending.ring.uuid) is None:
            self._end_reason()

    def say_unknown(self, sentence: str) -> None:
        """Say that it is not known what waits; an empty list would be a lie. What was last read stays in sight."""
        self._count.say(tr("not known"), "serious")
        self._note.setVisible(True)
        self._note.say(sentence, "serious")

    def say(self, sentence: str) -> None:
        """Say why something was not done; what was typed stays."""
        self._said.say(sentence, "serious")
        self.reason.setEnabled(self._ending is not None)

    # what goes out

    def open_current(self) -> None:
        """Ask for the current call to be taken up."""
        if (found := self._find(self.list.current_key())) is not None:
            self.opened.emit(found.ring)

    def ring_current(self) -> None:
        """Ask for the current number to be rung. A withheld one cannot be."""
        found = self._find(self.list.current_key())
        if found is not None and not found.ring.number:
            self._said.say(tr("The number is withheld, so it cannot be rung back."), "serious")
        elif found is not None:
            self.ring_back.emit(found.ring)

    def begin_done(self) -> None:
        """Ask why the current call needs nothing more. The answer is about this call, whatever the list does meanwhile."""
        found = self._find(self.list.current_key())
        if found is None:
            return
        self._ending = found
        self._said.say(
            tr("{number}: why does it need nothing more?").format(number=spoken(found.ring)), "text"
        )
        self.reason.setEnabled(True)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def send_done(self) -> None:
        """Pass the reason on; it stays in the line until the call has left the list."""
        if self._ending is None:
            return
        reason = self.reason.text().strip()
        if not reason:
            self._said.say(
                tr("A reason is needed: a word will do. Esc leaves the call where it is."), "serious"
            )
            return
        self.reason.setEnabled(False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._said.say(tr("Saving…"), "muted")
        self.done_asked.emit(self._ending.ring, reason)

    # parts

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(6)
        head = QHBoxLayout()
        self._title = Text(tr("Unanswered and abandoned calls"), larger=6, bold=True, wrap=False)
        self._count = Text("", "muted", wrap=False)
        head.addWidget(self._title)
        head.addSpacing(12)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(Text(tr("Esc goes back"), "muted", wrap=False))
        column.addLayout(head)
        self._note = Text("", "muted")
        column.addWidget(self._note)
        self.list = TrayView(RowsModel[Row](), TrayDelegate(), tr("Unanswered and abandoned calls"))
        self.list.opened.connect(lambda _key: self.open_current())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.pressed_letter.connect(lambda key: self.ring_current() if key == "r" else self.begin_done())
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self._acts = QHBoxLayout()
        self._buttons: list[QPushButton] = []
        for text, pressed in (
            (tr("Open  Enter"), self.open_current),
            (tr("Ring back  R"), self.ring_current),
            (tr("Done  D"), self.begin_done),
        ):
            button = QPushButton(text)
            button.clicked.connect(pressed)
            self._buttons.append(button)
            self._acts.addWidget(button)
        self._acts.addStretch(1)
        column.addLayout(self._acts)
        self._said = Cut("", "muted")
        column.addWidget(self._said)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason, then Enter. Esc: leave it waiting."))
        self.reason.setAccessibleName(tr("Why this call needs nothing more"))
        self.reason.setMaxLength(LONGEST_OUTCOME)
        self.reason.setEnabled(False)
        self.reason.returnPressed.connect(self.send_done)
        self.reason.installEventFilter(self)
        column.addWidget(self.reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page's focus is the list's, when there is one."""
        super().focusInEvent(event)
        if self.list.isVisible():
            self.list.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the reason leaves the call waiting."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.reason and escape and event.type() == QEvent.Type.KeyPress:
            self._end_reason()
            return True
        return super().eventFilter(watched, event)

    def _end_reason(self) -> None:
        had = self.reason.hasFocus()
        self._ending = None
        self.reason.clear()
        self.reason.setEnabled(False)
        self._said.say("", "muted")
        if had:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        now = self._now()
        self.list.show_rows([row_of(w, now, w.ring.uuid in self._ringing) for w in self._waiting])

    def _buttons_enabled(self) -> None:
        for button in self._buttons:
            button.setEnabled(bool(self._waiting))

    def _find(self, uuid: str) -> Waiting | None:
        return next((w for w in self._waiting if w.ring.uuid == uuid), None)
