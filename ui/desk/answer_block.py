"""One critical warning in a rationale: what changed, who says so, how it was checked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from callhandler.model.assessment import RationaleAnswer, Warning
from callhandler.policy.gates import Choice, Gates
from ui.common.choice_box import ChoiceBox
from ui.common.labels import Shape, Text
from ui.common.words import tr

STACKED = 38
"""Narrower than so many lines are high, and the two choices stand under each other."""


def choice_box(choices: Sequence[Choice], hint: str) -> ChoiceBox:
    """A box of coded choices; those that do not count are there too, so that the reason can be said."""
    return ChoiceBox(((c.name, c.id) for c in choices), hint)


class AnswerBlock(QWidget):
    """One critical warning with its three fields, and why an answer does not count. `resized` tells another height."""

    changed = Signal()
    resized = Signal()

    def __init__(self, warning: Warning, gates: Gates, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = warning.code
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(7)
        self._mark = Shape("open", "muted", 13)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self.title = Text(warning.sentence, semi=True)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        self.what = QLineEdit()
        self.what.setPlaceholderText(tr("What changed"))
        self.what.setAccessibleName(tr("What changed: ") + warning.sentence)
        self.who = choice_box(gates.said_by, tr("Who says so"))
        self.how = choice_box(gates.how_checked, tr("How checked"))
        for box in (self.who, self.how):
            box.setAccessibleDescription(f"{box.accessibleName()}: {warning.sentence}")
        column.addWidget(self.what)
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(4)
        self._pair.addWidget(self.who, 1)
        self._pair.addWidget(self.how, 1)
        column.addLayout(self._pair)
        self.fault = Text("", "serious", larger=-1)
        self.fault.hide()
        column.addWidget(self.fault)
        self.what.textEdited.connect(self._touched)
        self.who.activated.connect(self._touched)
        self.how.activated.connect(self._touched)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The two choices beside each other only where both can be read so."""
        super().resizeEvent(event)
        wide = self.width() >= STACKED * self.fontMetrics().height()
        self._pair.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self.resized.emit()

    @property
    def touched(self) -> bool:
        """True when any of the three fields holds something."""
        return bool(self.what.text().strip() or self.who.currentData() or self.how.currentData())

    @property
    def given(self) -> bool:
        """True when all three fields hold something."""
        return bool(self.what.text().strip() and self.who.currentData() and self.how.currentData())

    def answer(self) -> RationaleAnswer:
        """The answer as filled in."""
        return RationaleAnswer(
            self.code, self.what.text(), self.who.currentData() or "", self.how.currentData() or ""
        )

    def say_fault(self, sentence: str) -> None:
        """Say why the answer does not count; nothing when it does."""
        self.fault.say(f"▲ {sentence}" if sentence else "")
        self.fault.setVisible(bool(sentence))
        # Read out with the field, where whoever cannot see the line beneath it stands.
        self.what.setAccessibleDescription(sentence)
        self._show_mark(bool(sentence))

    def _touched(self) -> None:
        self.say_fault("")
        self.changed.emit()

    def _show_mark(self, fault: bool = False) -> None:
        done = self.given and not fault
        self._mark.show_shape("done" if done else "open", "calm" if done else "muted")
        self._mark.setAccessibleName(tr("filled in") if done else tr("open"))

    def kept(self) -> dict[str, str]:
        """What the three fields hold, by name."""
        return {
            f"{self.code}|what": self.what.text(),
            f"{self.code}|who": str(self.who.currentData() or ""),
            f"{self.code}|how": str(self.how.currentData() or ""),
        }

    def put_back(self, kept: dict[str, str]) -> None:
        """Fill in what was given before and not recorded."""
        self.what.setText(kept.get(f"{self.code}|what", ""))
        for box, name in ((self.who, "who"), (self.how, "how")):
            box.setCurrentIndex(box.findData(kept.get(f"{self.code}|{name}", "")))
