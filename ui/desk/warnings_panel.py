"""The warnings: every critical one seen, the serious and the rest behind a counter that a key opens."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from callhandler.model.assessment import Tier
from callhandler.services.desk import View
from ui.common.labels import Cut
from ui.common.words import tr
from ui.desk import rows
from ui.models.delegates import WarningDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView


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
        self.counts = Cut("", "muted", larger=-1, semi=True)
        self.fold = QPushButton()
        self.fold.setProperty("look", "fold")
        self.fold.clicked.connect(self.turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(Cut(tr("Warnings"), semi=True))
        head.addStretch(1)
        head.addWidget(self.counts)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addWidget(self.fold)

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
        self.show_view(self._view)
        self.folded.emit(not self._open)

    def show_view(self, view: View | None) -> None:
        """Show an incident's standing warnings."""
        self._view = view
        standing = view.assessment.standing if view else ()
        of = {tier: sum(1 for w in standing if w.tier is tier) for tier in Tier}
        self.counts.say(
            tr("{c} critical · {s} serious · {n} more").format(
                c=of[Tier.CRITICAL], s=of[Tier.SERIOUS], n=of[Tier.NOTE]
            )
        )
        tiers = list(Tier) if self._open else [Tier.CRITICAL]
        self.list.show_rows(rows.warning_rows(view, tiers) if view else [])
        lesser = of[Tier.SERIOUS] + of[Tier.NOTE]
        self.fold.setVisible(bool(lesser))
        say = (
            tr("▲ {s} serious and ● {n} more: hide (F8)")
            if self._open
            else tr("▲ {s} serious and ● {n} more: show (F8)")
        )
        self.fold.setText(say.format(s=of[Tier.SERIOUS], n=of[Tier.NOTE]))
        self.fold.setAccessibleName(self.fold.text())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list within the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.list.setMinimumHeight(
            min(self.list.rows_height(), self._delegate.height() * (4 if self._open else 6) + 2)
        )
        self.list.setMaximumHeight(self.list.rows_height())
