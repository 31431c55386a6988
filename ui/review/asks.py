"""Somebody asks for agreement now: a quiet counter with its clock in the window's foot, wherever the supervisor is."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.common import theme
from ui.common.words import tr
from ui.review.controller import ReviewController

SECOND_MS = 1_000


class AsksCounter(QPushButton):
    """`wanted` tells that the requests are to be shown. It is never in the way, and takes no focus by itself."""

    wanted = Signal()

    def __init__(self, review: ReviewController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review = review
        self._in_front = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFont(theme.letters(theme.base() - 1, semi=True))
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self._show)
        self.clicked.connect(self.wanted)
        review.queue_read.connect(self._show)
        self.dress()
        self._show()

    def in_front(self, yes: bool) -> None:
        """The review page is in front, or not: there the same is said in its own strip."""
        self._in_front = yes
        self._show()

    def dress(self) -> None:
        """Take the colours from the theme."""
        c = theme.colours()
        self.setStyleSheet(
            f"QPushButton {{ background: {c['critical_ground']}; color: {c['critical_text']};"
            f" border: 1px solid {c['critical_line']}; border-radius: 4px; padding: 1px 8px; margin-right: 8px; }}"
            f" QPushButton:focus {{ border: 2px solid {c['accent']}; padding: 0px 7px; }}"
        )

    def _show(self) -> None:
        asking, clock = self._review.asking(self._review.now())
        if not asking or self._in_front:
            self._timer.stop()
            self.hide()
            return
        said = tr("◆ {n} asking for agreement · {clock}  F11").format(n=asking, clock=clock)
        if said != self.text():
            self.setText(said)
        # Without its seconds: a reader would be told of every one of them.
        self.setAccessibleName(tr("{n} asking for agreement now, F11 shows").format(n=asking))
        self.show()
        if not self._timer.isActive():
            self._timer.start()
