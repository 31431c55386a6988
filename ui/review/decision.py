"""The supervisor's answer: a choice by one key, then its reason, which the handler sees. Enter records it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.common.labels import Text, frame
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.review.reason_box import ReasonBox


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what it is called here, its key, and its words on the button. A `free` one asks for no reason."""

    code: str
    key: str
    name: str
    says: str = ""
    free: bool = False


KEEP_AFTER_MS = 250


class Decision(QWidget):
    """`sent` tells the code and the reason, `left` that the reason was left, `typed` what stands there, to be kept.

    `wanted` tells that a button was pressed; whoever may say no answers with `choose`.
    """

    sent = Signal(str, str)
    left = Signal()
    typed = Signal(str, str)
    wanted = Signal(str)

    def __init__(self, label: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._chosen = ""
        self._closed = ""
        self.buttons: dict[str, QPushButton] = {}
        self.title = Text(tr("Decision"), "muted", larger=-1, semi=True)
        whose = label or tr("Reason, seen by the handler")
        self.label = Text(whose, "muted", larger=-1, semi=True)
        self.reason = ReasonBox(whose, tr("Enter records it"), lines)
        self.says = Text("", "muted", larger=-1)
        panel = frame("panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(6)
        inner.addWidget(self.title)
        self._row = Flow(gap=5)
        inner.addLayout(self._row)
        for part in (self.label, self.reason, self.says):
            inner.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.reason.sent.connect(self._send)
        self.reason.left.connect(self.left)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_AFTER_MS)
        self._keep.timeout.connect(self.keep_now)
        self.reason.textChanged.connect(self._keep.start)

    @property
    def chosen(self) -> str:
        """The code that is chosen; empty while none is."""
        return self._chosen

    @property
    def _free(self) -> bool:
        return any(c.free for c in self._choices if c.code == self._chosen)

    def show_choices(self, title: str, choices: Sequence[Choice], closed: str = "") -> None:
        """Offer these. `closed` says why nothing can be answered now; then what was typed stays, and is not sent."""
        self.title.say(title)
        if tuple(choices) != self._choices:
            self._make(tuple(choices))
        self._closed = closed
        for button in self.buttons.values():
            button.setEnabled(not closed)
        self.reason.setEnabled(not closed)
        self._mark()

    def _make(self, choices: tuple[Choice, ...]) -> None:
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices, self._chosen, self.buttons = choices, "", {}
        before: QWidget | None = None
        for choice in choices:
            button = QPushButton(f"{choice.name}  {choice.key}")
            button.setAccessibleName(tr("{name}, key {key}").format(name=choice.name, key=choice.key))
            button.setToolTip(choice.says)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, c=choice.code: self.wanted.emit(c))
            self._row.addWidget(button)
            self.buttons[choice.code] = button
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button
        if before is not None:
            QWidget.setTabOrder(before, self.reason)

    def choose(self, code: str) -> None:
        """Choose an answer; then its reason is asked for."""
        if self._closed:
            self.say(self._closed)
            return
        if code not in self.buttons:
            return
        self._chosen = code
        self._mark()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say(self, sentence: str) -> None:
        """Say why it is not done."""
        self.says.say(f"▲ {sentence}", "serious")

    def keep_now(self) -> None:
        """Tell what stands here, so that none of it is lost."""
        self._keep.stop()
        self.typed.emit(self._chosen, self.reason.toPlainText())

    def put_back(self, code: str, text: str) -> None:
        """Fill in what was typed for this item before; nothing for one that is new."""
        self.reason.setPlainText(text)
        self._chosen = code if code in self.buttons else ""
        self._keep.stop()
        self._mark()

    def done(self) -> None:
        """It is recorded: what was typed may go."""
        self.put_back("", "")

    def _mark(self) -> None:
        for choice in self._choices:
            button, on = self.buttons[choice.code], choice.code == self._chosen
            button.setChecked(on)
            button.setText(f"● {choice.name}" if on else f"{choice.name}  {choice.key}")
        chosen = next((c for c in self._choices if c.code == self._chosen), None)
        keys = ", ".join(f"{c.key} {c.name}" for c in self._choices)
        if self._closed:
            self.says.say(self._closed, "muted")
        elif chosen is not None and chosen.free:
            self.says.say(
                tr("{name}: Enter records it, with a reason or without.").format(name=chosen.name), "muted"
            )
        elif chosen is not None:
            self.says.say(tr("{name}: give the reason, Enter records it.").format(name=chosen.name), "muted")
        else:
            self.says.say(tr("{keys}; then the reason.").format(keys=keys) if keys else "", "muted")

    def _send(self) -> None:
        if self._closed:
            self.say(self._closed)
        elif not self._chosen:
            keys = ", ".join(f"{c.key} {c.name}" for c in self._choices)
            self.say(tr("First choose: {keys} (Esc leaves this line).").format(keys=keys))
        elif not self.reason.text() and not self._free:
            self.say(tr("The reason is empty."))
        else:
            self.sent.emit(self._chosen, self.reason.text())
