"""The texts of a draft from a log, one by one: passed, written anew, or taken back, by keys alone."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from callhandler.services.training.from_incident.making import Made, ToPass
from ui.common import theme
from ui.common.labels import Text, one_line
from ui.common.words import tr

DIGEST = Qt.ItemDataRole.UserRole
SIGN = "▲ "


def marked(text: ToPass) -> str:
    """A text with what may still tell who somebody is in brackets with a sign."""
    parts, at = [], 0
    for left in sorted(text.left, key=lambda each: each.start):
        if left.start >= at:
            parts += [text.text[at : left.start], f"[{SIGN}{text.text[left.start : left.end]}]"]
            at = left.end
    return "".join((*parts, text.text[at:]))


def reasons(text: ToPass) -> list[str]:
    """Why each of them was marked, each once."""
    return list(dict.fromkeys(f"{SIGN}{left.words}: {left.why}" for left in text.left))


class TextsList(QListWidget):
    """Enter passes, Backspace takes a pass back, E writes anew; arrows go about."""

    passed = Signal()
    taken_back = Signal()
    anew = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Texts to pass: Enter passes, E writes anew, Backspace takes a pass back"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The three keys; letters look for nothing."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.passed.emit()
            case Qt.Key.Key_Backspace:
                self.taken_back.emit()
            case Qt.Key.Key_E:
                self.anew.emit()
            case _ if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.accept()
            case _:
                super().keyPressEvent(event)


class AnewLine(QLineEdit):
    """Where a text is written anew; Esc leaves it as it was."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is this line's own."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class Passing(QWidget):
    """`passed` tells the mark of a text and whether it was passed or taken back, `rewritten` its mark and new words."""

    passed = Signal(str, bool)
    rewritten = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.made: Made | None = None
        self.count = Text("", semi=True, larger=2, wrap=False)
        self.list = TextsList()
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName(tr("The text as it would be handed on, and what in it is marked"))
        self.anew = AnewLine()
        self.anew.setAccessibleName(tr("The text written anew; Enter keeps it, Esc leaves it as it was"))
        self._new = QWidget()
        row = QHBoxLayout(self._new)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(tr("Written anew"), semi=True, wrap=False))
        row.addWidget(self.anew, 1)
        row.addWidget(Text(tr("Enter keeps it · Esc leaves it as it was"), "muted", wrap=False))
        self._new.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        keys = tr("Enter passes · E writes anew · Backspace takes a pass back · ↑ ↓ go about")
        head.addWidget(Text(keys, "muted", wrap=False))
        column.addLayout(head)
        both = QHBoxLayout()
        both.addWidget(self.list, 4)
        both.addWidget(self.whole, 5)
        column.addLayout(both, 1)
        column.addWidget(self._new)
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.passed.connect(lambda: self._pass(True))
        self.list.taken_back.connect(lambda: self._pass(False))
        self.list.anew.connect(self._begin_anew)
        self.anew.returnPressed.connect(self._written)
        self.anew.given_up.connect(self._end_anew)

    @property
    def current(self) -> ToPass | None:
        """The text in front."""
        row = self.list.currentRow()
        return self.made.to_pass[row] if self.made is not None and 0 <= row < len(self.made.to_pass) else None

    def show_made(self, made: Made) -> None:
        """Show a draft as it stands; the row in front stays in front."""
        row = self.list.currentRow()
        same = self.made is not None and [t.digest for t in self.made.to_pass] == [
            t.digest for t in made.to_pass
        ]
        self.made = made
        if not same:
            self.list.blockSignals(True)
            self.list.clear()
            for _ in made.to_pass:
                QListWidgetItem(self.list)
            self.list.blockSignals(False)
        for place, text in enumerate(made.to_pass):
            self._tell(self.list.item(place), text)
        n, whole = len(made.to_pass) - len(made.open), len(made.to_pass)
        self.count.say(tr("{n} of {whole} passed").format(n=n, whole=whole), "text" if made.open else "calm")
        if not same and made.to_pass:
            self.list.setCurrentRow(min(max(row, 0), len(made.to_pass) - 1))
        self._show()

    def to_next(self) -> bool:
        """To the next text that nobody passed, round from the last to the first; False when all are passed."""
        return self._to(lambda text: not text.passed_by)

    def to_text(self, words: str) -> None:
        """To a text by its words."""
        self._to(lambda text: text.text == words)

    def _to(self, wanted: Callable[[ToPass], bool]) -> bool:
        texts = self.made.to_pass if self.made is not None else ()
        here = self.list.currentRow()
        for step in range(len(texts)):
            place = (here + step) % len(texts)
            if wanted(texts[place]):
                self.list.setCurrentRow(place)
                return True
        return False

    def _tell(self, item: QListWidgetItem, text: ToPass) -> None:
        n = len(text.left)
        marks = tr("1 mark") if n == 1 else tr("{n} marks").format(n=n)
        state = tr("✓ passed") if text.passed_by else tr("▲ open, {marks}").format(marks=marks)
        item.setText(f"{state} · {one_line(text.text)}")
        item.setData(DIGEST, text.digest)
        item.setForeground(theme.colour("calm" if text.passed_by else "text"))
        whole = f"{state}. {text.text}. {'. '.join(reasons(text))}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, whole)

    def _show(self) -> None:
        text = self.current
        if text is None:
            self.whole.setPlainText("")
            return
        state = (
            tr("✓ Passed by {who}.").format(who=text.passed_by) if text.passed_by else tr("Not passed yet.")
        )
        self.whole.setPlainText("\n".join((marked(text), "", *reasons(text), "", state)))
        looks = []
        cursor = QTextCursor(self.whole.document())
        while not (cursor := self.whole.document().find("[▲", cursor)).isNull():
            found = QTextEdit.ExtraSelection()
            end = self.whole.document().find("]", cursor)
            span = QTextCursor(cursor)
            span.setPosition(cursor.selectionStart())
            span.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setForeground(theme.colour("serious"))
            found.cursor, found.format = span, look
            looks.append(found)
        self.whole.setExtraSelections(looks)

    def _pass(self, passed: bool) -> None:
        text = self.current
        if text is not None and bool(text.passed_by) is not passed:
            self.passed.emit(text.digest, passed)
        elif passed:
            self.to_next()

    def _begin_anew(self) -> None:
        text = self.current
        if text is not None:
            self.anew.setText(one_line(text.text))
            self._new.show()
            self.anew.setFocus(Qt.FocusReason.OtherFocusReason)

    def _written(self) -> None:
        text, words = self.current, self.anew.text().strip()
        self._end_anew()
        if text is not None and words and words != text.text:
            self.rewritten.emit(text.digest, words)

    def _end_anew(self) -> None:
        self._new.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
