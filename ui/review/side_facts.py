"""At the right, under the answer: what was missed in this log, and what has been found and told of it before."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.common.labels import Text, frame
from ui.common.words import tr
from ui.review.heads import Pairs

Pair = tuple[str, str, str]


class FactPanel(QWidget):
    """A titled panel of pairs; not shown while there are none."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs = Pairs()
        self.note = Text("", "muted", larger=-1)
        panel = frame("panel")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(6)
        inner.addWidget(Text(title, "muted", larger=-1, semi=True))
        inner.addWidget(self.pairs)
        inner.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.setAccessibleName(title)

    def show_pairs(self, pairs: tuple[Pair, ...], note: str = "") -> None:
        """Show these; a note says why there are none."""
        self.pairs.show_pairs(pairs)
        self.pairs.setVisible(bool(pairs))
        self.note.say(note)
        self.note.setVisible(bool(note))
        self.setVisible(bool(pairs or note))


class Facts(QWidget):
    """Both panels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.missed = FactPanel(tr("Missed in this log"))
        self.before = FactPanel(tr("Found and told"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.missed)
        column.addWidget(self.before)

    def show_facts(
        self, missed: tuple[Pair, ...], missed_note: str, before: tuple[Pair, ...], before_note: str = ""
    ) -> None:
        """Show both."""
        self.missed.show_pairs(missed, missed_note)
        self.before.show_pairs(before, before_note)
