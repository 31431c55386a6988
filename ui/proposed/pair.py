"""Two records side by side: what agrees and what differs, each one's history in counts, and what joining would bring."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from callhandler.policy.entries import Grade
from callhandler.services.linking.judging import Look
from ui.common import theme
from ui.common.labels import Shape, Text, frame
from ui.common.words import tr
from ui.desk.scrolled import Scrolled
from ui.proposed.rows import verdict_words
from ui.proposed.words import Compared, compared, joining_lines, side_title, together_lines

STEPS = {
    Qt.Key.Key_Up: -40,
    Qt.Key.Key_Down: 40,
    Qt.Key.Key_PageUp: -400,
    Qt.Key.Key_PageDown: 400,
}
TOP = Qt.AlignmentFlag.AlignTop


class PairPanel(QScrollArea):
    """With the focus in it the arrows scroll."""

    def __init__(self, grades: tuple[Grade, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grades = grades
        self.look: Look | None = None
        self.setProperty("look", "reading")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("The two records side by side"))
        self.show_look(None)

    def show_look(self, look: Look | None, why: str = "") -> None:
        """Show a pair; nothing with the reason why while none is in front."""
        self.look = look
        inner = Scrolled()
        inner.setProperty("look", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 0, 8, 4)
        column.setSpacing(8)
        said = [why]
        if look is not None:
            rows = compared(look)
            bring = joining_lines(look, self._grades)
            column.addWidget(_reasons(look))
            if bring:
                column.addWidget(_lines(tr("What joining would bring"), bring))
            column.addWidget(_side_by_side(look, rows))
            said = [line for line, _ in bring] + [_spoken(row) for row in rows]
        elif why:
            column.addWidget(Text(why, "muted"))
        column.addStretch(1)
        self.setWidget(inner)
        self.setAccessibleDescription(" ".join(said))
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows scroll."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + step)

    def minimumSizeHint(self) -> QSize:
        """It scrolls, so it may be low."""
        return QSize(self.fontMetrics().averageCharWidth() * 40, 120)


def _reasons(look: Look) -> QWidget:
    found = [("done", "calm", tr("agrees"), line) for line in look.pair.agree]
    found += [("serious", "serious", tr("differs"), line) for line in look.pair.differ]
    panel = frame("panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(12, 8, 12, 10)
    column.setSpacing(4)
    if look.judged is not None:
        title = tr("Judged {verdict} by {who}: {why}").format(
            verdict=verdict_words(look.judged.verdict), who=look.judged.author, why=look.judged.reason
        )
        column.addWidget(Text(title, "accent", semi=True))
    column.addWidget(Text(tr("Why they may be one person, or two"), "muted", larger=-1, semi=True))
    for shape, tone, word, line in found:
        column.addLayout(_marked(shape, tone, f"{word}: {line}", "text"))
    for line in together_lines(look):
        column.addLayout(_marked("serious", "serious", line, "serious"))
    return panel


def _marked(shape: str, tone: str, line: str, text_tone: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    mark = Shape(shape, tone)
    mark.setContentsMargins(0, theme.scaled(3), 0, 0)
    row.addWidget(mark, 0, TOP)
    row.addWidget(Text(line, text_tone), 1)
    return row


def _side_by_side(look: Look, rows: list[Compared]) -> QWidget:
    panel = frame("panel")
    grid = QGridLayout(panel)
    grid.setContentsMargins(12, 8, 12, 10)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    for column, share in enumerate((0, 1, 1)):
        grid.setColumnStretch(column, share)
    for column, (side, called) in enumerate(
        ((look.a, look.pair.a_called), (look.b, look.pair.b_called)), start=1
    ):
        head = QVBoxLayout()
        head.setSpacing(1)
        head.addWidget(Text(called, larger=1, bold=True))
        head.addWidget(Text(side_title(side), "muted", larger=-1))
        grid.addLayout(head, 0, column, TOP)
    for line, row in enumerate(rows, start=1):
        heading = Text(row.heading, row.tone, larger=-1, semi=True)
        heading.setMinimumWidth(heading.fontMetrics().averageCharWidth() * 9)
        grid.addWidget(heading, line, 0, TOP)
        for column, lines in enumerate((row.first, row.second), start=1):
            grid.addLayout(_cell(lines, row), line, column)
    return panel


def _cell(lines: tuple[str, ...], row: Compared) -> QVBoxLayout:
    cell = QVBoxLayout()
    cell.setSpacing(2)
    # What stands at both comes first, in the same order, so that it is seen side by side.
    for line in (*(x for x in row.first if x in row.both), *(x for x in lines if x not in row.both)):
        same = line in row.both
        text = Text(f"= {line}" if same else line, "calm" if same else "text")
        text.setAccessibleName(tr("{line}, the same at both").format(line=line) if same else line)
        cell.addWidget(text)
    if not lines:
        cell.addWidget(Text(tr("none recorded"), "muted"))
    cell.addStretch(1)
    return cell


def _lines(title: str, lines: list[tuple[str, str]]) -> QWidget:
    panel = frame("panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(12, 8, 12, 10)
    column.setSpacing(4)
    column.addWidget(Text(title, "muted", larger=-1, semi=True))
    for line, tone in lines:
        column.addLayout(_marked("serious" if tone == "serious" else "plain", tone, line, "text"))
    return panel


def _spoken(row: Compared) -> str:
    first, second = (", ".join(lines) or tr("none recorded") for lines in (row.first, row.second))
    if row.first == row.second:
        return tr("{heading}, the same at both: {first}.").format(heading=row.heading, first=first)
    return tr("{heading}, the first: {first}; the second: {second}.").format(
        heading=row.heading, first=first, second=second
    )
