"""The idle lock: hides what is shown and keeps everything as it is, until the same person signs in again."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from ui.common.labels import Text, in_the_middle
from ui.common.words import counted, tr

ACTIVE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}


class IdleWatch(QObject):
    """`idle` is told when nothing was typed or pointed at for so many minutes; 0 minutes never tells it."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self._watching = False

    def watch(self, minutes: float) -> None:
        """Begin, or go on with another time."""
        self.stop()
        if minutes > 0:
            self._timer.setInterval(round(minutes * 60_000))
            self._timer.start()
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
            self._watching = True

    def stop(self) -> None:
        """End."""
        self._timer.stop()
        if self._watching and (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)
        self._watching = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever the hands do begins the time anew; nothing is taken from anybody."""
        if event.type() in ACTIVE and self._timer.isActive():
            self._timer.start()
        return False


class LockPage(QWidget):
    """`unlock` carries the passphrase, empty where none is needed."""

    unlock = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = False
        inner = in_the_middle(self)
        self.title = Text(tr("Locked"), larger=7, bold=True)
        self.who = Text("", semi=True)
        self.why = Text("", "muted")
        self.passphrase = QLineEdit()
        self.passphrase.setPlaceholderText(tr("Passphrase"))
        self.passphrase.setAccessibleName(tr("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = QPushButton(tr("Unlock (Enter)"))
        self.button.setAccessibleName(tr("Unlock"))
        self.button.setAutoDefault(True)
        self.fault = Text("", "serious")
        for widget in (self.title, self.who, self.why, self.passphrase, self.button, self.fault):
            inner.addWidget(widget)
        self.passphrase.returnPressed.connect(self._send)
        self.button.clicked.connect(self._send)

    def show_for(self, display: str, free: bool, minutes: int = 0) -> None:
        """Lock for a person; `free` where no passphrase is needed, `minutes` when nobody had asked for it."""
        self._free = free
        idle = tr("Nothing was touched for {m}. ").format(m=counted(minutes, tr("minute"), tr("minutes")))
        kept = tr("What was typed is kept, and calls still ring below.")
        demo = tr(" This is a demonstration: no passphrase is needed.")
        self.who.say(display)
        self.why.say((idle if minutes else "") + kept + (demo if free else ""))
        self.passphrase.clear()
        self.passphrase.setVisible(not free)
        self.button.setEnabled(True)
        self.fault.say("")
        (self.button if free else self.passphrase).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fault(self, sentence: str) -> None:
        """The passphrase was not right."""
        self.button.setEnabled(True)
        self.fault.say(f"▲ {sentence}", "serious")
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send(self) -> None:
        if self.button.isEnabled():
            self.button.setEnabled(False)
            self.fault.say("" if self._free else tr("Checking …"), "muted")
            self.unlock.emit(self.passphrase.text())
