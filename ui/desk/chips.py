"""What the log line may be telling, as chips under it. Each is an offer: nothing is recorded until it is taken."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from callhandler.rules.suggest import Said, Suggestion
from ui.common import theme
from ui.common.announce import announce
from ui.common.labels import Text
from ui.common.words import tr

MOST = 8
LONGEST = 28
ANNOUNCE_AFTER_MS = 900


def said_words(one: Suggestion) -> str:
    """What the line says of the words, for a chip: once, feared, of another, passed on."""
    words = {
        Said.PAST: tr("once"),
        Said.FEARED: tr("feared"),
        Said.THIRD: tr("of another"),
        Said.REPORTED: tr("passed on"),
    }
    return ", ".join(words[s] for s in one.said if s in words)


def chip_text(one: Suggestion, *, tab: bool) -> str:
    """A chip's text: the indicator, the words as typed, what is said of them, and the key that takes it."""
    typed = " ".join(one.words.split())
    short = typed if len(typed) <= LONGEST else f"{typed[: LONGEST - 1]}…"
    said = said_words(one)
    head = tr("said not: {name}").format(name=one.name) if one.denied else one.name
    text = f"{head} “{short}”" + (f" ({said})" if said else "")
    return (f"{text}  " + tr("Tab") if tab else text).replace("&", "&&")


def chip_name(one: Suggestion) -> str:
    """A chip's name for a screen reader."""
    typed = " ".join(one.words.split())
    text = tr("Suggest: {name}, from the words '{words}'")
    if one.denied:
        text = tr("Suggest as denied: {name}, from the words '{words}'")
    said = said_words(one)
    return text.format(name=one.name, words=typed) + (f" ({said})" if said else "")


class Chip(QPushButton):
    """One offer. Enter, Space or a click takes it; the arrows and Esc are its row's."""

    moved = Signal(int)
    picked = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.one: Suggestion | None = None
        self.setAccessibleName(tr("Suggestion"))
        self.setProperty("look", "chip")
        self.setFont(theme.letters(theme.base() - 1))
        self.setAutoDefault(False)
        self.hide()

    def offer(self, one: Suggestion, *, tab: bool) -> None:
        """Show an offer; what is the same already is left alone, so that typing stays quick."""
        text = chip_text(one, tab=tab)
        if self.one == one and self.text() == text:
            return
        self.one = one
        self.setText(text)
        name = chip_name(one)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along the row, a number takes that chip, up and Esc go back to the line."""
        key, digit = event.key(), event.text()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Escape):
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif len(digit) == 1 and "1" <= digit <= "9":
            self.picked.emit(int(digit) - 1)
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """A row of offers. `taken` tells which one was taken; `left` that the hands go back to the line."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offers: tuple[Suggestion, ...] = ()
        self.setAccessibleName(tr("Suggestions for the log line"))
        self._told = Text(tr("Told of:"), "muted", larger=-1, wrap=False)
        self._more = Text("", "muted", larger=-1, wrap=False)
        self.chips = [Chip(self) for _ in range(MOST)]
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._told)
        for chip in self.chips:
            row.addWidget(chip)
            chip.clicked.connect(lambda _=False, c=chip: self.take(self.chips.index(c)))
            chip.moved.connect(lambda step, c=chip: self._move(self.chips.index(c) + step))
            chip.picked.connect(self.take)
            chip.left.connect(self.left)
        row.addWidget(self._more)
        row.addStretch(1)
        self.setFixedHeight(self.chips[0].sizeHint().height())
        self._spoken: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ANNOUNCE_AFTER_MS)
        self._timer.timeout.connect(self._speak)
        self._dress(False)

    def show_offers(self, offers: tuple[Suggestion, ...]) -> None:
        """Show these, the weightiest first; none empties the row."""
        if offers == self.offers:
            return
        had = any(chip.hasFocus() for chip in self.chips)
        self.offers = offers
        for place, (chip, one) in enumerate(zip(self.chips, offers, strict=False)):
            chip.offer(one, tab=place == 0 and not one.denied)
        self._fit()
        self._timer.start()
        if had:
            self._move(0)

    def take(self, place: int) -> None:
        """Take the chip in this place, if there is one."""
        if 0 <= place < min(len(self.offers), MOST):
            self.taken.emit(self.offers[place])

    def first_told(self) -> bool:
        """True when the first chip is of something told: that one Tab takes. A denial is taken on purpose only."""
        return bool(self.offers) and not self.offers[0].denied

    def enter(self) -> bool:
        """Put the focus on the first chip; False when there is none."""
        return self._move(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _move(self, place: int) -> bool:
        shown = [c for c in self.chips if not c.isHidden()]
        if not shown:
            self.left.emit()
            return False
        shown[place % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _fit(self) -> None:
        """As many chips as fit in the row; what is left is counted. The first is always there."""
        offers = self.offers[:MOST]
        room = self.width() - self._told.sizeHint().width() - 60
        shown = 0
        for chip, _ in zip(self.chips, offers, strict=False):
            room -= chip.sizeHint().width() + 5
            if shown and room < 0:
                break
            shown += 1
        for place, chip in enumerate(self.chips):
            if chip.isHidden() == (place < shown):
                chip.setVisible(place < shown)
        more = len(self.offers) - shown
        self._more.setText(tr("+{n} more").format(n=more) if more else "")
        self._dress(bool(self.offers))

    def _dress(self, any_there: bool) -> None:
        self._told.setVisible(any_there)
        self._more.setVisible(any_there and bool(self._more.text()))

    def _speak(self) -> None:
        """Say politely what is offered, once the hands rest, and only what was not said just before."""
        names = tuple(o.indicator for o in self.offers)
        if names and names != self._spoken:
            words = ", ".join(chip_name(o) for o in self.offers[:MOST])
            announce(
                self, tr("{words}. Tab takes the first.").format(words=words) if self.first_told() else words
            )
        self._spoken = names
