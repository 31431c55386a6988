"""A plain text with the number of each line beside it; a line with a fault has a sign there."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.common import theme
from ui.common.words import tr
from ui.workshop.yaml_look import YamlLook

SIGN = "▲ "


class TextEdit(QPlainTextEdit):
    """Tab sets two spaces, as the files are written; F6 leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("The exercise's text"))
        self.setAccessibleDescription(tr("F6 goes to the faults, then to what happens"))
        self._faults: frozenset[int] = frozenset()
        self._look = YamlLook(self.document())
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(self._fit)
        self.updateRequest.connect(self._moved)
        self.dress()

    @property
    def whole(self) -> str:
        """The text to the letter; the plain text of Qt would make a space of one that does not break."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def dress(self) -> None:
        """Letters of one width, of the height in use."""
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        font.setFamilies(["DejaVu Sans Mono", font.family(), *theme.FALLBACKS])
        font.setPixelSize(theme.base())
        self.setFont(font)
        self._look.dress()
        self._fit()

    def show_faults(self, lines: frozenset[int]) -> None:
        """Which lines have one."""
        self._faults = lines
        self._numbers.update()

    def go_to(self, line: int) -> None:
        """To the beginning of what stands on a line, and the hands with it."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(
                QTextCursor.MoveOperation.Right, n=len(block.text()) - len(block.text().lstrip())
            )
            self.setTextCursor(cursor)
            self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_text(self, begun: str, text: str) -> None:
        """Another text. What it was before stands one step back: undoing goes to it."""
        self.setPlainText(begun)
        if text != begun:
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab sets two spaces; Enter keeps the indent of the line."""
        if event.key() == Qt.Key.Key_Tab and not event.modifiers():
            self.insertPlainText("  ")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
            self.insertPlainText("\n" + before[: len(before) - len(before.lstrip())])
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    # the numbers

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The numbers are as high as the text."""
        super().resizeEvent(event)
        self._fit()

    def width_of_numbers(self) -> int:
        """Room for a sign and the longest number."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance(SIGN + "0" * digits) + 12

    def paint_numbers(self, painter: QPainter, place: QRect) -> None:
        """Paint the number of each line that is seen."""
        painter.fillRect(place, theme.colour("panel"))
        painter.setFont(self.font())
        here = self.textCursor().blockNumber()
        block: QTextBlock = self.firstVisibleBlock()
        while block.isValid():
            shape = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if shape.top() > place.bottom():
                break
            number = block.blockNumber()
            bad = number + 1 in self._faults
            painter.setPen(theme.colour("serious" if bad else "text" if number == here else "muted"))
            line = QRect(0, int(shape.top()), self._numbers.width() - 6, self.fontMetrics().height())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{SIGN if bad else ''}{number + 1}")
            block = block.next()

    def _fit(self) -> None:
        wide = self.width_of_numbers()
        self.setViewportMargins(wide, 0, 0, 0)
        inner = self.contentsRect()
        self._numbers.setGeometry(QRect(inner.left(), inner.top(), wide, inner.height()))

    def _moved(self, _place: QRect, _by: int) -> None:
        self._numbers.update()


class _Numbers(QWidget):
    """The strip of numbers; its text paints it."""

    def __init__(self, text: TextEdit) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.width_of_numbers(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._text.paint_numbers(painter, event.rect())
        painter.end()
