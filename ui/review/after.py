"""What came after the instant that is reviewed: apart, and marked as not known then. No hindsight by accident."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.common.labels import Text, frame
from ui.common.words import tr


@dataclass(frozen=True, slots=True)
class AfterShown:
    """What came after, a line each; `basis` says how far was looked. `closed` says why none of it may be opened yet."""

    lines: tuple[str, ...]
    basis: str
    closed: str = ""


class After(QWidget):
    """Folded until it is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton()
        self.button.setProperty("look", "fold")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.button.clicked.connect(self.turn)
        self.note = Text("", "muted", larger=-1)
        self.panel = frame("panel")
        self._lines = QVBoxLayout(self.panel)
        self._lines.setContentsMargins(12, 8, 12, 8)
        self.open = False
        self._shown: AfterShown | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.button)
        column.addWidget(self.note)
        column.addWidget(self.panel)

    def show_after(self, shown: AfterShown | None) -> None:
        """Show another; None where there is no after."""
        if shown != self._shown:
            self.open = False
        self._shown = shown
        self.setVisible(shown is not None)
        self._lay_out()

    def turn(self) -> None:
        """Open it, or fold it."""
        if self._shown is not None and not self._shown.closed:
            self.open = not self.open
            self._lay_out()

    def _lay_out(self) -> None:
        shown = self._shown
        if shown is None:
            return
        sign = "▾" if self.open else "▸"
        words = tr("{sign} What came after: {n}  N").format(sign=sign, n=len(shown.lines))
        self.button.setText(words)
        self.note.say(shown.closed or tr("None of it was known then."))
        self.button.setVisible(not shown.closed)
        self.button.setAccessibleName(
            shown.closed
            or tr("What came after, not known then: {n} things, key N").format(n=len(shown.lines))
        )
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.panel.setVisible(self.open)
        if self.open:
            self._fill(shown.lines, shown.basis)

    def _fill(self, lines: Sequence[str], basis: str) -> None:
        self._lines.addWidget(
            Text(tr("▲ None of this was known then. {basis}").format(basis=basis), "serious", larger=-1)
        )
        for line in lines:
            self._lines.addWidget(Text(line))
