"""Results over time on screen: by trainee, cohort or sitting; as a table, and one plot at a time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from callhandler.model.scoring import Area
from callhandler.services.training.results import By, Result, series, together
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import counted, tr
from ui.review.plot import Plot, kappa_words
from ui.review.plot_panel import PlotPanel
from ui.training.debrief_page import Cells


class ResultsPage(SidePage):
    """`C` turns to the next way of putting results together, `V` to the next plot, `B` between bars and rows."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Results over time"), parent)
        self._found: tuple[Result, ...] = ()
        self.by = By.TRAINEE
        self.about = Text(tr("The sittings are being read."), "muted")
        self.column.addWidget(self.about)
        row = QHBoxLayout()
        self.way = QPushButton("")
        self.way.clicked.connect(lambda _=False: self.turn())
        row.addWidget(self.way)
        row.addStretch(1)
        self.column.addLayout(row)
        areas = [a.value.capitalize() for a in Area]
        heads = (tr("Name"), tr("Sittings"), *areas, tr("Grades as the key"))
        self.table = Cells(tr("Results, as met of looked at"), heads, (3, 0, *(0 for _ in areas), 4))
        self.column.addWidget(self.table, 1)
        self.plots = PlotPanel()
        self.column.addWidget(self.plots, 1)
        self._show()

    def show_results(self, found: tuple[Result, ...]) -> None:
        """Show these results."""
        self._found = found
        self._show()

    def turn(self) -> None:
        """The next way of putting them together."""
        ways = list(By)
        self.by = ways[(ways.index(self.by) + 1) % len(ways)]
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The hands are on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's own keys, then those of every side page."""
        turns = {"c": self.turn, "v": self.plots.turn, "b": self.plots.turn_table}
        turn = turns.get(event.text().casefold())
        if turn is not None and not event.modifiers():
            turn()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        names = {By.TRAINEE: tr("By trainee"), By.COHORT: tr("By cohort"), By.SITTING: tr("By sitting")}
        self.way.setText(tr("{way}; next way  C").format(way=names[self.by]))
        groups = together(self._found, self.by)
        faults = [r for r in self._found if r.fault]
        many = counted(len(self._found), tr("sitting"), tr("sittings"))
        told = tr("{sittings}; each cell is how much was met of what was looked at. No total and no rank.")
        if faults:
            told += " " + tr("{faults} could not be read: {why}")
        why = faults[0].fault if faults else ""
        self.about.say(
            told.format(sittings=many, faults=len(faults), why=why)
            if self._found
            else tr("No sitting was begun yet.")
        )
        self.table.show_cells(
            [
                (
                    g.name,
                    str(g.sittings),
                    *(f"{g.counts[a][0]} / {sum(g.counts[a])}" if any(g.counts[a]) else "–" for a in Area),
                    " · ".join(
                        p for p in (f"{g.agreement.agreed} / {g.agreement.n}", kappa_words(g.agreement)) if p
                    ),
                )
                for g in groups
            ]
        )
        self.plots.show_plots(tuple(Plot(each) for each in series(groups)))
