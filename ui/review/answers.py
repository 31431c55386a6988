"""Each critical warning beside the handler's answer, and in amber why an answer does not answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.common import theme
from ui.common.labels import Cut, Shape, Text
from ui.common.words import tr

BESIDE = 470
"""So wide, for letters of 13 pixels, that the answer stands beside its warning; else it stands beneath."""


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """A warning with what it rests on, the answer given, who says so and how checked, and why it does not answer."""

    sentence: str
    evidence: str
    answer: str
    how: str
    faults: tuple[str, ...]
    tier: str = "critical"

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        parts = (self.sentence, self.evidence, self.answer or tr("No answer"), self.how, *self.faults)
        return ". ".join(part.rstrip(".") for part in parts if part)


class AnswerRow(QWidget):
    """One warning and its answer, under a hair line."""

    def __init__(self, shown: AnswerShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.setAccessibleName(shown.spoken)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2, 6, 2, 6)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(2, 6)
        shape = Shape(shown.tier, shown.tier, 11)
        shape.setContentsMargins(0, 3, 0, 0)
        self._grid.addWidget(shape, 0, 0, Qt.AlignmentFlag.AlignTop)
        evidence = Cut(shown.evidence, "muted", larger=-1)
        self._grid.addWidget(
            _stack(Text(shown.sentence, semi=True), evidence), 0, 1, Qt.AlignmentFlag.AlignTop
        )
        lines = [Text(shown.answer)] if shown.answer else []
        lines += [Text(shown.how, "muted", larger=-1)] if shown.how else []
        lines += [Text(f"▲ {fault}", "serious", larger=-1) for fault in shown.faults]
        self._answer = _stack(*lines)
        self._beside = True
        self._grid.addWidget(self._answer, 0, 2, Qt.AlignmentFlag.AlignTop)
        # With nothing to stand beside it, the warning has the whole width.
        self._alone = not lines
        self._grid.setColumnStretch(2, 0 if self._alone else 6)
        self._answer.setVisible(not self._alone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The answer stands beside its warning where there is room."""
        super().resizeEvent(event)
        beside = self._alone or self.width() >= theme.scaled(BESIDE)
        if beside != self._beside:
            self._beside = beside
            self._grid.removeWidget(self._answer)
            row, column = (0, 2) if beside else (1, 1)
            self._grid.addWidget(self._answer, row, column, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(2, 6 if beside else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hair line."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.colour("line"))
        painter.end()


def _stack(*parts: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    for part in parts:
        column.addWidget(part)
    return box


class Answers(QWidget):
    """The rows; made anew only when they say something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Critical warnings and their answers"))
        self.rows: tuple[AnswerRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_answers(self, shown: Sequence[AnswerShown]) -> None:
        """Show these, in order."""
        if [row.shown for row in self.rows] == list(shown):
            return
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(AnswerRow(each) for each in shown)
        for row in self.rows:
            self._column.addWidget(row)
