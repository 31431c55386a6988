"""The warnings: every critical one and what sets the floor is seen; the rest is behind a counter that a key opens."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from callhandler.model.assessment import Tier, Warning
from callhandler.services.desk import View
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk import rows
from ui.desk.flow import Flow
from ui.models.delegates import WarningDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView

FEW = 3
"""So many warnings are seen before the rest is only counted, as far as there are serious ones."""
HELD_MS = 4_000
"""So long at most a new warning is only counted: a pointer left lying on the history must not hide it for a whole call."""


class WarningsPanel(QWidget):
    """`opened` tells the code of the warning whose evidence is asked for; `folded` whether the lesser ones are hidden."""

    opened = Signal(str)
    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._open = False
        self._tall = False
        self._delegate = WarningDelegate()
        self.list = RowsView(RowsModel[Row](), self._delegate, tr("Warnings"), grow=False)
        self.list.opened.connect(self.opened)
        self.counts = Text("", "muted", larger=-1, semi=True, wrap=False)
        self.fold = QPushButton()
        self.fold.setProperty("look", "fold")
        self.fold.setStyleSheet("QPushButton { padding: 0 5px; } QPushButton:focus { padding: 0 4px; }")
        self.fold.clicked.connect(self.turn)
        self.fresh = Text("", "accent", larger=-1, semi=True, wrap=False)
        self._known: tuple[int, frozenset[str]] = (-1, frozenset())
        self._came: set[str] = set()
        self._fitted = -1
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(HELD_MS)
        self._patience.timeout.connect(lambda: self._fit(now=True))
        self._still: Callable[[], bool] = lambda: False
        self._rows, self._most = 6, 99
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # At 200 % with a form of two rows open, every line of the screen counts.
        column.setSpacing(0)
        head = Flow(gap=8)
        head.addWidget(Text(tr("Warnings"), semi=True, wrap=False))
        head.addWidget(self.counts)
        head.addWidget(self.fold)
        head.addWidget(self.fresh)
        column.addLayout(head)
        column.addWidget(self.list)

    def keep_still_while(self, busy: Callable[[], bool]) -> None:
        """While this is so the list does not grow: what is under the pointer or has the focus below stays there."""
        self._still = busy

    def set_rows(self, least: int, most: int = 99) -> None:
        """How many warnings are seen at least, and at most; the others are scrolled to."""
        if (least, most) != (self._rows, self._most):
            self._rows, self._most = least, most
            self._fit()

    @property
    def unfolded(self) -> bool:
        """True while the serious warnings and the notes are shown too."""
        return self._open

    def set_tall(self, tall: bool) -> None:
        """Two lines a warning where there is height."""
        if tall != self._tall:
            self._tall = tall
            self._delegate.set_tall(tall)
            self.list.scheduleDelayedItemsLayout()
            self.list.updateGeometry()
            self._fit()

    def turn(self) -> None:
        """Show or hide the serious warnings and the notes."""
        self._open = not self._open
        self._show(anew=True)
        self.folded.emit(not self._open)

    def show_view(self, view: View | None) -> None:
        """Show an incident's standing warnings."""
        self._view = view
        self._show()

    def _show(self, anew: bool = False) -> None:
        view = self._view
        standing = view.assessment.standing if view else ()
        of = {tier: sum(1 for w in standing if w.tier is tier) for tier in Tier}
        found = rows.warning_rows(view, list(Tier)) if view else []
        if not self._open:
            first = _seen_folded(standing)
            found = [row for row in found if row.key in first]
        self.list.show_rows(found, anew=anew)
        self.counts.say(tr("{c} critical").format(c=of[Tier.CRITICAL]))
        self.fold.setVisible(len(standing) > len(found) or self._open)
        say = (
            tr("▲ {s} serious · ● {n} more: hide (F8)")
            if self._open
            else tr("▲ {s} serious · ● {n} more: show (F8)")
        )
        self.fold.setText(say.format(s=of[Tier.SERIOUS], n=of[Tier.NOTE]))
        self.fold.setAccessibleName(self.fold.text())
        here = view.picture.here if view is not None else -1
        critical = frozenset(w.code for w in standing if w.tier is Tier.CRITICAL)
        was, before = self._known
        self._came = (self._came & critical) | (critical - before) if was == here else set()
        self._known = (here, critical)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list within the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self, now: bool = False) -> None:
        wanted = min(self.list.rows_height(), self.list.rows_room(self._most))
        here = self._known[0]
        some_seen = self._fitted == here and self.list.maximumHeight() >= self.list.rows_room(1)
        if not now and some_seen and self._still() and wanted > self.list.maximumHeight():
            # It would push down what is being read: counted instead, until the hands are elsewhere or a moment has
            # passed. The first critical warnings of an incident are never held back so.
            self._count(below=True)
            if not self._patience.isActive():
                self._patience.start()
            return
        self._patience.stop()
        self._fitted = here
        least = self._delegate.height() * (min(self._rows, 4) if self._open else self._rows) + 2
        self.list.setMinimumHeight(min(wanted, least))
        self.list.setMaximumHeight(wanted)
        self._count(below=False)

    def _count(self, below: bool) -> None:
        if not below:
            self._came = set()
        self.fresh.say(tr("{n} new below").format(n=len(self._came)) if self._came else "")
        self.fresh.setVisible(bool(self._came))


def _seen_folded(standing: tuple[Warning, ...]) -> set[str]:
    """The codes seen while folded: the critical ones; where none of them sets the floor, what does; a few at least."""
    critical = {w.code for w in standing if w.tier is Tier.CRITICAL}
    floor = min((w.floor_rank for w in standing if w.floor_rank is not None), default=None)
    holds = [w for w in standing if floor is not None and w.floor_rank == floor]
    seen = critical if any(w.tier is Tier.CRITICAL for w in holds) else critical | {w.code for w in holds}
    # Where there is little that must be seen, what is serious is not left behind a key.
    serious = [w.code for w in standing if w.tier is Tier.SERIOUS and w.code not in seen]
    return seen | set(serious[: max(0, FEW - len(seen))])
