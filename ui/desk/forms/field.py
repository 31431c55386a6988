"""The fields of a form: a line, or a choice that is found by typing."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QCompleter, QWidget

from ui.common.choice_box import ArrowBox
from ui.common.labels import plain_tip

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Choices = Callable[[], list[tuple[str, str]]]
FIRST = "*"
"""As a default: whatever is offered first."""


@dataclass(frozen=True)
class Field:
    """One field of a form: a line, or a choice found by typing. `free` lets other words than the choices be given.

    `preset` says, when the form opens, which choice is likely; it comes before `default`. `led` puts its label before it:
    of a name that the form fills in by itself it must be seen what it stands for.
    """

    name: str
    label: str
    choices: Choices | None = None
    default: str = ""
    stretch: int = 2
    free: bool = False
    preset: Callable[[], str] | None = None
    led: bool = False

    @property
    def likely(self) -> str:
        """What the form offers by itself."""
        return self.preset() if self.preset is not None else self.default

    @property
    def offers_none(self) -> bool:
        """True for a choice of which there is none now, and where nothing else may be written."""
        return self.choices is not None and not self.free and not self.choices()


class ChoiceLine(ArrowBox):
    """A choice that is found by typing any part of it. `entered` tells that Enter was pressed beside the list of finds."""

    entered = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = field.free
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self._finds: QAbstractItemView | None = completer.popup()
        if self._finds is not None:
            self._finds.installEventFilter(self)
        line = self.lineEdit()
        if line is not None:
            line.installEventFilter(self)
            line.setPlaceholderText(field.label)
            line.setAccessibleName(field.label)
        self.setAccessibleName(field.label)
        # On Linux a reader takes a box's name from what it holds; this says what it is for.
        self.setAccessibleDescription(field.label)
        self.editTextChanged.connect(self._explain)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the list of finds would do wrong with a key.

        On a busy machine, or where a screen reader is asked first, keys wait, and those pressed while the list was open are
        all for its field. When they come, the hands may be in another: there they belong. And with nothing picked from the
        list, Enter means the form, and is not lost on closing it.
        """
        finds, line = self._finds, self.lineEdit()
        if finds is None or watched not in (finds, line) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        hands = QApplication.focusWidget()
        if hands is not None and hands not in (self, line):
            finds.hide()
            QApplication.sendEvent(hands, event)
            return True
        pressed = event.type() is QEvent.Type.KeyPress and event.key() in ENTER
        if pressed and watched is finds and not finds.currentIndex().isValid():
            finds.hide()
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)

    def _explain(self) -> None:
        """What is too long for the line is in its tooltip."""
        line = self.lineEdit()
        room = line.width() - 4 if line is not None else self.width()
        cut = self.fontMetrics().horizontalAdvance(self.currentText()) > room
        self.setToolTip(plain_tip(self.currentText()) if cut else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the tooltip true."""
        super().resizeEvent(event)
        self._explain()

    def offer(self, choices: list[tuple[str, str]], default: str) -> None:
        """Offer these choices: id and words."""
        self.clear()
        for code, words in choices:
            self.addItem(words, code)
        place = 0 if default == FIRST and choices else self.findData(default) if default else -1
        self.setCurrentIndex(place)
        if place < 0:
            self.setEditText("")
        line = self.lineEdit()
        if line is not None:
            # A narrow field shows how its words begin.
            line.setCursorPosition(0)

    @property
    def is_new(self) -> bool:
        """True when the words are none of the choices: somebody or somewhere that is recorded anew."""
        typed = self.currentText().strip().casefold()
        return (
            self._free
            and bool(typed)
            and all(self.itemText(i).casefold() != typed for i in range(self.count()))
        )

    def value(self) -> str:
        """The id chosen; the words typed where others are allowed; else the one choice that holds what was typed."""
        typed = self.currentText().strip()
        fold = typed.casefold()
        whole = [i for i in range(self.count()) if self.itemText(i).casefold() == fold]
        starts = [i for i in range(self.count()) if fold and self.itemText(i).casefold().startswith(fold)]
        parts = [i for i in range(self.count()) if fold and fold in self.itemText(i).casefold()]
        found = whole or ([] if self._free else starts or parts)
        return str(self.itemData(found[0])) if found else typed if self._free else ""
