"""The strip in which a ringing telephone is shown. It has its place from the start, so nothing moves when one rings.

Nothing here takes the focus: the buttons are for the mouse, the keys work from wherever the handler types.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QWidget,
)

from callhandler.intake.ring import Ring, RingOutcome
from ui.common import theme
from ui.common.labels import Cut, Shape, Text
from ui.common.words import counted, tr
from ui.ring.ringing import Known, Ringing, RingNow, lasting, spoken

ANSWER_KEY = "Alt+A"
LATER_KEY = "Alt+L"


def _clock() -> datetime:
    return datetime.now(UTC)


class RingBanner(QWidget):
    """The newest ringing call, and how many ring besides it.

    `rang` tells whether something rings now.
    `answered` and `dismissed` carry the Ring; it leaves the strip at once and waits in the tray until it is done there.
    """

    answered = Signal(object)
    dismissed = Signal(object)
    rang = Signal(bool)
    answer_key = ANSWER_KEY
    later_key = LATER_KEY

    def __init__(
        self,
        now: Callable[[], datetime] = _clock,
        ringing: Ringing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._ringing = ringing or Ringing()
        self._waiting = 0
        self._locked = False
        self.setAccessibleName(tr("Ringing calls"))
        self._build()
        self.dress()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self._tick)
        self._keys = [self._key(ANSWER_KEY, self.answer), self._key(LATER_KEY, self.set_aside)]
        self._refresh()

    def dress(self) -> None:
        """Take height and colours from the theme."""
        # One line and its buttons, whether something rings or not.
        self.setFixedHeight(QFontMetrics(theme.letters(theme.base() + 2)).height() + 16)
        c = theme.colours()
        self._marker.setStyleSheet(
            f"background: {c['serious']}; color: {c['on_strong']}; border-radius: 3px; padding: 0 6px;"
        )

    # what comes in

    def show_ring(self, ring: Ring, known: Known | None = None) -> None:
        """Show a ring, or what has become of one that is shown. It is announced once to a screen reader."""
        new = self._ringing.show(ring, self._now())
        if known is not None:
            self._ringing.tell(ring.uuid, known)
        self._refresh()
        if new:
            self._announce()

    def tell(self, uuid: str, known: Known) -> None:
        """Add what the store says of a caller."""
        self._ringing.tell(uuid, known)
        self._refresh()

    def drop(self, uuid: str) -> None:
        """Show a call no more: it was taken elsewhere, or it is dealt with."""
        self._ringing.drop(uuid)
        self._refresh()

    def lock(self, locked: bool) -> None:
        """While the window is locked the strip says that it rings and for how long; not who, from where or which number."""
        self._locked = locked
        if locked:
            for part in (self._number, self._name, self._place, self._known):
                part.say("")
            self._marker.clear()
            self._marker.setAccessibleName("")
        self._refresh()

    def show_waiting(self, count: int) -> None:
        """Say how many calls wait in the tray; it is seen when nothing rings."""
        self._waiting = count
        self._refresh()

    @property
    def top(self) -> RingNow | None:
        """The call that is shown."""
        return self._ringing.top

    @property
    def ringing(self) -> frozenset[str]:
        """The keys of all calls that ring, for the tray to say so."""
        return self._ringing.keys

    # what goes out

    def answer(self) -> None:
        """Answer the call that is shown; one that came on top an instant ago has not been read and is not meant."""
        self._leave(self.answered)

    def set_aside(self) -> None:
        """Take the call out of the strip; it waits in the tray."""
        self._leave(self.dismissed)

    def _leave(self, signal: SignalInstance) -> None:
        call = self._ringing.meant()
        if call is not None:
            self._ringing.drop(call.ring.uuid)
            self._refresh()
            signal.emit(call.ring)

    # what is seen

    def add_quiet(self, part: QWidget) -> None:
        """Something to be shown beside the words while nothing rings."""
        self._quiet.addWidget(part)

    def _build(self) -> None:
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._idle = Cut("", "muted")
        quiet = QWidget()
        self._quiet = QHBoxLayout(quiet)
        self._quiet.setContentsMargins(12, 2, 10, 2)
        self._quiet.addWidget(self._idle, 1)
        self._pages.addWidget(quiet)
        self._pages.addWidget(self._ring_page())
        self._pages.addWidget(self._locked_page())

    def _ring_page(self) -> QWidget:
        page = QWidget()
        self._ring_row = row = QHBoxLayout(page)
        row.setContentsMargins(10, 2, 6, 2)
        row.setSpacing(10)
        self._state = Text("", "accent", semi=True, wrap=False)
        self._number = Text("", larger=2, bold=True, wrap=False)
        self._name = Cut("", semi=True)
        self._place = Cut("", "muted")
        self._known = Cut("")
        self._marker = QLabel()
        self._marker.setTextFormat(Qt.TextFormat.PlainText)
        self._marker.setFont(theme.letters(theme.base() - 1, bold=True))
        self._more = Text("", "text", semi=True, wrap=False)
        row.addWidget(Shape("note", "accent", 14))
        for part, stretch in (
            (self._state, 0),
            (self._number, 0),
            (self._marker, 0),
            (self._name, 2),
            (self._known, 4),
            (self._place, 2),
            (self._more, 0),
        ):
            row.addWidget(part, stretch)
        for text, key, pressed in (
            (tr("Answer"), ANSWER_KEY, self.answer),
            (tr("Later"), LATER_KEY, self.set_aside),
        ):
            button = QPushButton(f"{text}  {key}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(pressed)
            row.addWidget(button)
        return page

    def _locked_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(10, 2, 10, 2)
        row.setSpacing(10)
        row.addWidget(Shape("note", "accent", 14))
        self._rings = Cut("", "accent", semi=True)
        row.addWidget(self._rings, 1)
        return page

    def _key(self, keys: str, pressed: Callable[[], None]) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self)
        made.setAutoRepeat(False)
        made.activated.connect(pressed)
        return made

    def _refresh(self) -> None:
        top = self._ringing.top
        self.rang.emit(top is not None)
        for key in self._keys:
            key.setEnabled(top is not None and not self._locked)
        if top is None:
            self._second.stop()
            self._pages.setCurrentIndex(0)
            wait = counted(self._waiting, tr("call waits"), tr("calls wait"))
            quiet = tr("No call rings. {wait} in the tray.") if self._waiting else tr("No call rings.")
            self._idle.say(quiet.format(wait=wait))
        else:
            if self._locked:
                self._tick()
            else:
                self._show(top)
            self._pages.setCurrentIndex(2 if self._locked else 1)
            if not self._second.isActive():
                self._second.start()
        self.update()

    def _say_locked(self, top: RingNow) -> None:
        """That it rings, how many, and for how long."""
        many = counted(1 + self._ringing.more, tr("call rings"), tr("calls ring"))
        self._rings.say(
            tr("{many}, {time}. Unlock to see and to answer.").format(
                many=many, time=lasting(top.seconds(self._now()))
            )
        )

    def _show(self, call: RingNow) -> None:
        ring = call.ring
        self._number.say(spoken(ring))
        self._name.say(ring.name or tr("No name given"), "text" if ring.name else "muted")
        self._place.say(ring.place or tr("No place given"))
        known = call.known
        tone = "muted" if known is None else "serious" if known.fault else "text"
        self._known.say(known.sentence() if known else tr("Looking it up…"), tone)
        marker = known.marker if known else ""
        self._marker.setText(marker)
        self._marker.setAccessibleName(marker)
        self._marker.setVisible(bool(marker))
        more = self._ringing.more
        self._more.setVisible(bool(more))
        self._tick()
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is known of the caller is read before her place, and before a name that repeats it."""
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Where there is no room for all, the place goes first, then the name if who it is is known, then long words."""
        top = self._ringing.top
        if top is None or self._locked:
            return
        for part in (self._name, self._place):
            part.show()
        more = self._ringing.more
        whole = tr("{n} more ringing").format(n=more) if more else ""
        self._more.say(whole)
        if self._fits():
            return
        self._place.hide()
        if not self._fits() and (not top.ring.name or (top.known is not None and top.known.who)):
            self._name.hide()
        if not self._fits() and more:
            self._more.say(f"+{more}")
            self._more.setAccessibleName(whole)

    def _fits(self) -> bool:
        """True when every part that is shown is read whole."""
        return self._ring_row.sizeHint().width() <= self.width()

    def _tick(self) -> None:
        if (top := self._ringing.top) is None:
            return
        if self._locked:
            self._say_locked(top)
            return
        state = tr("Silent call") if top.ring.outcome is RingOutcome.SILENT else tr("Ringing")
        # Any page on the web may hold a link, so one that came by a link says so.
        link = tr(" · link") if top.ring.source == "link" else ""
        # The seconds run without pushing anything aside.
        seconds = top.seconds(self._now())
        widest = self._state.fontMetrics().horizontalAdvance(
            f"{state} {lasting(59 if seconds < 60 else 600)}{link}"
        )
        self._state.setMinimumWidth(widest + 4)
        self._state.say(f"{state} {lasting(seconds)}{link}")

    def _announce(self) -> None:
        top = self._ringing.top
        if top is not None and QAccessible.isActive():
            whole = (tr("Ringing"), spoken(top.ring), top.ring.name, self._more.text())
            said = self._rings.text() if self._locked else ", ".join(filter(None, whole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip's ground: quiet when nothing rings, blue when something does; the words say it too."""
        painter = QPainter(self)
        rings = self._ringing.top is not None
        painter.fillRect(self.rect(), theme.colour("accent_ground" if rings else "panel"))
        if rings:
            # While nothing rings, the strip around this one has the only line.
            painter.setPen(theme.colour("accent"))
            painter.drawLine(self.rect().topLeft(), self.rect().topRight())
