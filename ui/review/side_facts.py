"""At the right, under the answer: what was missed in this log, and what has been found and told of it before."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class FactsShown:
    """What was missed: the first of it, all of it, or why there is none; and what was found and told before."""

    missed: tuple[Pair, ...] = ()
    whole: tuple[Pair, ...] = ()
    note: str = ""
    before: tuple[Pair, ...] = ()


class Facts(QWidget):
    """Both panels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = FactsShown()
        self._whole = False
        self.missed = FactPanel(tr("Missed in this log"))
        self.before = FactPanel(tr("Found and told"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.missed)
        column.addWidget(self.before)

    def show_facts(self, shown: FactsShown, *, another: bool = True) -> None:
        """Show both; `another` item begins with the first of what was missed."""
        self._shown = shown
        self._whole = self._whole and not another
        self._show()

    def turn(self) -> None:
        """All of what was missed, or the first of it."""
        self._whole = not self._whole
        self._show()

    def _show(self) -> None:
        shown = self._shown
        self.missed.show_pairs(shown.whole if self._whole else shown.missed, shown.note)
        self.before.show_pairs(shown.before)
