"""The sign-in page of a live store: name and passphrase, errors in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from callhandler.app import App
from callhandler.model.actor import Actor
from ui.common import theme
from ui.common.labels import Text, frame
from ui.common.words import tr
from ui.tasks import Failure, Writes


class SignInPage(QWidget):
    """`signed_in` tells who."""

    signed_in = Signal(object)

    def __init__(self, app: App, writes: Writes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._writes = writes
        self._box = box = frame("panel")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(22, 20, 22, 20)
        inner.setSpacing(9)
        kind = tr("Training store") if app.custody.kind == "TRAINING" else tr("Live store")
        inner.addWidget(Text("callhandler", larger=7, bold=True))
        inner.addWidget(Text(kind, "muted"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name"))
        self.passphrase = QLineEdit()
        self.passphrase.setPlaceholderText(tr("Passphrase"))
        self.passphrase.setAccessibleName(tr("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = QPushButton(tr("Sign in (Enter)"))
        self.button.setAccessibleName(tr("Sign in"))
        self.fault = Text("", "serious")
        self.fault.setAlignment(Qt.AlignmentFlag.AlignTop)
        for widget in (self.name, self.passphrase, self.button, self.fault):
            inner.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        self.name.returnPressed.connect(self.passphrase.setFocus)
        self.passphrase.returnPressed.connect(self.sign_in)
        self.button.clicked.connect(self.sign_in)
        if not app.identity.has_users():
            self.fault.say(
                tr("Nobody may use this store yet. Add the first person with: callhandler user add")
            )
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.dress()

    def dress(self) -> None:
        """As wide as its letters ask for, with room for what went wrong."""
        self._box.setFixedWidth(theme.scaled(380))
        self.fault.setMinimumHeight(3 * QFontMetrics(theme.letters(theme.base())).lineSpacing())

    def sign_in(self) -> None:
        """Try the name and passphrase; the check is slow by design, so it runs off the window's thread."""
        name, passphrase = self.name.text(), self.passphrase.text()
        self.button.setEnabled(False)
        self.fault.say(tr("Checking …"), "muted")
        self._writes.do(lambda: self._app.identity.sign_in(name, passphrase), self._done, self._failed)

    def _done(self, actor: Actor) -> None:
        self.button.setEnabled(True)
        self.passphrase.clear()
        self.fault.say("")
        self.signed_in.emit(actor)

    def _failed(self, failure: Failure) -> None:
        self.button.setEnabled(True)
        self.fault.say(f"▲ {failure.sentence}", "serious")
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
