"""Under the warnings: what to do now, the order, the linked history; or, in their place, what somebody opened by Enter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from callhandler.services.desk import View
from ui.common import theme, words
from ui.common.labels import Cut, Text
from ui.common.words import tr


class DoNow(QFrame):
    """The first steps, numbered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(tr("Do now"))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 5)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(Cut(tr("Do now"), semi=True))
        head.addStretch(1)
        self._count = Cut("", "muted", larger=-1, semi=True)
        head.addWidget(self._count)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        column.addLayout(self._grid)
        self._steps: list[tuple[Text, Text]] = []
        for place in range(6):
            number = Text(str(place + 1), "accent", bold=True, wrap=False)
            step = Text("")
            self._steps.append((number, step))
        self._columns = 0
        self._lay_out(3)

    def _lay_out(self, columns: int) -> None:
        """Put the steps into so many columns."""
        if columns == self._columns:
            return
        self._columns = columns
        for place, (number, step) in enumerate(self._steps):
            line, col = divmod(place, columns)
            self._grid.addWidget(number, line, col * 2, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(step, line, col * 2 + 1, Qt.AlignmentFlag.AlignTop)
        for col in range(3):
            self._grid.setColumnStretch(col * 2 + 1, 1 if col < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as can be read without many short lines."""
        super().resizeEvent(event)
        self._lay_out(max(1, min(3, self.width() // (theme.base() * 17))))

    def show_view(self, view: View | None) -> None:
        """Show the steps of the standing warnings."""
        steps = [t.text for t in view.to_do] if view else []
        self.setVisible(bool(steps))
        counted = words.counted(len(steps), tr("step"), tr("steps"))
        self._count.say(tr("{steps} · Ctrl+E taken").format(steps=counted))
        for place, (number, step) in enumerate(self._steps):
            shown = place < len(steps)
            number.setVisible(shown)
            step.setVisible(shown)
            step.say(steps[place] if shown else "")


def halfway(lengths: list[int]) -> int:
    """After how many parts the second column begins, so that both are about as long; the first part is always left."""
    return min(range(1, len(lengths) + 1), key=lambda n: abs(sum(lengths[:n]) - sum(lengths[n:])), default=0)


class OpenedPanel(QFrame):
    """What was opened by Enter: headings with their lines, scrolled by keyboard; Esc goes back."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 8)
        head = QHBoxLayout()
        self.title = Text("", larger=1, bold=True)
        head.addWidget(self.title, 1)
        head.addWidget(Cut(tr("Esc goes back"), "muted", larger=-1))
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def show_parts(self, title: str, parts: list[tuple[str, str, list[str]]]) -> None:
        """Show a title and its parts: heading, tone, lines."""
        self.title.say(title)
        inner = QWidget()
        inner.setProperty("look", "clear")
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(18)
        full = [part for part in parts if part[2]]
        cut = halfway([sum(map(len, lines)) + 40 * len(lines) for _, _, lines in full])
        for share in (full[:cut], full[cut:]):
            column = QVBoxLayout()
            column.setSpacing(3)
            for heading, tone, lines in share:
                column.addWidget(Text(heading, tone, larger=-1, semi=True))
                for line in lines:
                    item = Text(f"• {line}")
                    item.setContentsMargins(8, 0, 0, 0)
                    column.addWidget(item)
                column.addSpacing(5)
            column.addStretch(1)
            row.addLayout(column, 1)
        self._scroll.setWidget(inner)
        said = " ".join([title, *[f"{h}: {' '.join(ls)}" for h, _, ls in parts if ls]])
        self.setAccessibleName(title)
        self.setAccessibleDescription(said)

    def show_picture(self, title: str, content: bytes) -> bool:
        """Show a picture as wide as there is room; False when it is none that can be shown."""
        image = QImage()
        if not image.loadFromData(content):
            return False
        self.title.say(title)
        shown = QLabel()
        width = max(200, self._scroll.viewport().width() - 12)
        pixmap = QPixmap.fromImage(image)
        shown.setPixmap(
            pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            if pixmap.width() > width
            else pixmap
        )
        shown.setAccessibleName(title)
        self._scroll.setWidget(shown)
        self.setAccessibleName(title)
        self.setAccessibleDescription(tr("A picture; its words cannot be read out."))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; arrows and pages scroll."""
        bar = self._scroll.verticalScrollBar()
        moves = {
            Qt.Key.Key_Down: 24,
            Qt.Key.Key_Up: -24,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in moves:
            bar.setValue(bar.value() + moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
