"""The forms of the desk: plain strips in the page, opened by a key, sent by Enter, left by Esc. Nothing is modal."""

from itertools import islice

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.common.announce import announce
from ui.common.choice_box import ARROW
from ui.common.labels import Cut, Text, frame
from ui.common.words import tr
from ui.desk.forms.field import ENTER, ChoiceLine, Field
from ui.desk.keeping import packed, unpacked

KEEP_AFTER_MS = 250
ROWS = 4
GAP = 6


class Strip(QWidget):
    """One form. `sent` tells its values by name, `left` that it was left, `typed` a field's name and what it holds.

    Its fields are made when it is first opened, as `made` then tells: a desk has some thirty forms, and a call needs few.
    """

    sent = Signal(dict)
    left = Signal()
    typed = Signal(str, str)
    made = Signal()

    def __init__(self, title: str, hint: str, fields: list[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._usual_hint = hint
        self._fields = fields
        self._editors: dict[str, QLineEdit | ChoiceLine] = {}
        self._is_made = False
        self.setAccessibleName(title)
        self.hide()
        self._dirty: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep_now)

    def make(self) -> None:
        """Make what is in the form; doing it twice does nothing."""
        if self._is_made:
            return
        self._is_made = True
        box = frame("panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, 6, 10, 0)
        outer.addWidget(box)
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        column.addLayout(self._head())
        self._rows = tuple(QHBoxLayout() for _ in range(ROWS))
        self._leads = {f.name: Text(f.label, "muted", larger=-1, wrap=False) for f in self._fields if f.led}
        for field in self._fields:
            editor: QLineEdit | ChoiceLine
            if field.choices is None:
                editor = QLineEdit()
                editor.setPlaceholderText(field.label)
                editor.setAccessibleName(field.label)
            else:
                editor = ChoiceLine(field)
            self._editors[field.name] = editor
            self._listen(field.name, editor)
        self._send = QPushButton(tr("Record"))
        self._send.setAccessibleName(tr("Record") + " " + self._title)
        self._send.clicked.connect(self.send)
        for row in self._rows:
            row.setSpacing(GAP)
            column.addLayout(row)
        self._lengths: tuple[int, ...] = ()
        self._lay_out((len(self._fields),))
        self.below = QVBoxLayout()
        column.addLayout(self.below)
        self.made.emit()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Text(self._title, semi=True, wrap=False))
        head.addSpacing(10)
        self._hint = Cut(self._usual_hint, "muted", larger=-1)
        self.fault = Cut("", "serious", larger=-1)
        self.fault.hide()
        head.addWidget(self._hint, 1)
        head.addWidget(self.fault, 1)
        head.addWidget(Text(tr("Enter records · Esc leaves"), "muted", larger=-1, wrap=False))
        return head

    def _lay_out(self, lengths: tuple[int, ...]) -> None:
        """So many fields in each row; the button is at the end of the last."""
        if lengths == self._lengths:
            return
        self._lengths = lengths
        fields = iter(self._fields)
        for row, length in zip(self._rows, lengths, strict=False):
            for field in islice(fields, length):
                if field.led:
                    row.addWidget(self._leads[field.name])
                row.addWidget(self._editors[field.name], field.stretch)
        self._rows[len(lengths) - 1].addWidget(self._send)

    def dress(self) -> None:
        """As few rows as show the hint of each field whole."""
        if not self._is_made:
            return
        metrics = self.fontMetrics()
        around = 2 * metrics.height()
        needs = [
            metrics.horizontalAdvance(f.label) + around + (ARROW if f.choices is not None else 0)
            for f in self._fields
        ]
        for field, need in zip(self._fields, needs, strict=True):
            self._editors[field.name].setMinimumWidth(need)
        needs = [
            need + (self._leads[f.name].sizeHint().width() + GAP if f.led else 0)
            for f, need in zip(self._fields, needs, strict=True)
        ]
        many = len(needs)
        room = self.width() - self._send.sizeHint().width() - 40 - GAP * many
        shares = sum(f.stretch for f in self._fields)
        fair = all(need <= room * f.stretch / shares for f, need in zip(self._fields, needs, strict=True))
        if fair or many < 2:
            self._lay_out((many,))
            return
        even = [_even(many, rows) for rows in range(2, min(many, len(self._rows)) + 1)]
        self._lay_out(next((s for s in ((many - 1, 1), *even) if self._fits(s, needs)), even[-1]))

    def _fits(self, lengths: tuple[int, ...], needs: list[int]) -> bool:
        left = iter(needs)
        room = self.width() - 40
        wides = [sum(islice(left, length)) + GAP * (length - 1) for length in lengths]
        wides[-1] += GAP + self._send.sizeHint().width()
        return max(wides) <= room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many rows as the width asks for."""
        super().resizeEvent(event)
        self.dress()

    def _listen(self, name: str, editor: QLineEdit | ChoiceLine) -> None:
        if isinstance(editor, ChoiceLine):
            editor.editTextChanged.connect(lambda _="", n=name: self._touched(n))
            editor.entered.connect(self.send)
            line = editor.lineEdit()
            if line is not None:
                line.editingFinished.connect(self._say_new)
        else:
            editor.textChanged.connect(lambda _="", n=name: self._touched(n))

    def _touched(self, name: str) -> None:
        if self.isHidden():
            return
        self._dirty.add(name)
        if not self._timer.isActive():
            self._timer.start()

    def _say_new(self) -> None:
        """Say which names are none of those offered: part of a known name would be recorded as somebody else."""
        new = [
            e.currentText().strip() for e in self._editors.values() if isinstance(e, ChoiceLine) and e.is_new
        ]
        told = tr("New, none of those known: {names}. ↓ chooses a known one").format(names=", ".join(new))
        said = told if new else self._usual_hint
        if said != self._hint.text():
            self._hint.say(said, "accent" if new else "muted")
            announce(self, told if new else "")

    def keep_now(self) -> None:
        """Tell what was typed since the last time."""
        self._timer.stop()
        dirty, self._dirty = self._dirty, set()
        for name in dirty:
            self.typed.emit(name, self._held(name))

    def forget_typed(self) -> None:
        """What was typed is recorded, or is wanted no longer."""
        self._timer.stop()
        self._dirty = set()

    def _held(self, name: str) -> str:
        editor = self._editors[name]
        if not isinstance(editor, ChoiceLine):
            return editor.text()
        typed = editor.currentText()
        # What is typed over a choice is no longer that choice.
        chosen = editor.currentData() if typed == editor.itemText(editor.currentIndex()) else ""
        return packed(str(chosen or ""), typed)

    def put_back(self, kept: dict[str, str]) -> None:
        """Fill in what was typed before and never recorded."""
        for name, text in kept.items():
            editor = self._editors.get(name)
            if isinstance(editor, ChoiceLine):
                choice, typed = unpacked(text)
                place = editor.findData(choice) if choice else -1
                if place >= 0 and editor.itemText(place) == typed:
                    editor.setCurrentIndex(place)
                else:
                    editor.setCurrentIndex(-1)
                    editor.setEditText(typed)
            elif editor is not None:
                editor.setText(text)

    def editor(self, name: str) -> QLineEdit | ChoiceLine:
        """The field of this name."""
        self.make()
        return self._editors[name]

    def choose(self, name: str, choice: str) -> None:
        """Choose one of what a field offers."""
        editor = self._editors[name]
        if isinstance(editor, ChoiceLine):
            editor.setCurrentIndex(editor.findData(choice))

    def open(self, kept: dict[str, str] | None = None, *, focus: bool = True) -> None:
        """Show the form, empty but for what is likely or was typed before, with the focus in its first field."""
        self.make()
        for field in self._fields:
            editor = self._editors[field.name]
            if isinstance(editor, ChoiceLine):
                editor.offer(field.choices() if field.choices else [], field.likely)
            else:
                editor.setText(field.likely)
        self.put_back(kept or {})
        self.say_fault("")
        self._say_new()
        self.show()
        if not focus or not self._fields:
            return
        first = self._editors[self._fields[0].name]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = first.lineEdit() if isinstance(first, ChoiceLine) else first
        if line is not None:
            # All of it, with how it begins in sight.
            line.setSelection(len(line.text()), -len(line.text()))

    def values(self) -> dict[str, str]:
        """What the form holds."""
        return {
            name: editor.value() if isinstance(editor, ChoiceLine) else editor.text().strip()
            for name, editor in self._editors.items()
        }

    def say_fault(self, sentence: str, field: str = "") -> None:
        """Say in place what is missing, with the hands in the field that it is about; what was typed stays."""
        self.fault.say(f"▲ {sentence}" if sentence else "")
        # In the place of the hint, so that nothing below moves.
        self.fault.setVisible(bool(sentence))
        self._hint.setVisible(not sentence)
        hands = QApplication.focusWidget()
        if sentence and field in self._editors and hands is not None and self.isAncestorOf(hands):
            self._editors[field].setFocus(Qt.FocusReason.ShortcutFocusReason)
        # After the field's own name, which a reader says first.
        announce(self, sentence, at_once=True)

    def send(self) -> None:
        """Give the form's values to whoever listens."""
        self.sent.emit(self.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, Esc leaves."""
        if event.key() in ENTER:
            self.send()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _even(many: int, rows: int) -> tuple[int, ...]:
    """So many fields in so many rows, the first ones the longer."""
    short, longer = divmod(many, rows)
    return tuple(short + (row < longer) for row in range(rows))
