"""Lowered grades over time and by kind: one plot at a time, each as a table too."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.common import theme
from ui.common.labels import Cut, Text
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.models.delegates import EntryDelegate
from ui.models.rows import EntryRow, Row, RowsModel
from ui.models.view import RowsView
from ui.review.plot import Plot
from ui.review.plot_view import PlotView


class PlotPanel(QWidget):
    """`V` turns to the next way to count, `B` between bars and table; both are the page's keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plots: tuple[Plot, ...] = ()
        self._place = 0
        self.heading = Cut(tr("Lowered grades"), semi=True)
        self.way = QPushButton(tr("By day  V"))
        self.turn_to_table = QPushButton(tr("Table  B"))
        self.basis = Text("", "muted", larger=-2)
        self.view = PlotView()
        self.table = RowsView(RowsModel[Row](), EntryDelegate(), tr("The same figures as a table"))
        self.empty = Text(tr("The figures are not yet read."), "muted")
        self._either = QStackedWidget()
        for widget in (self.view, self.table):
            self._either.addWidget(widget)
        for button in (self.way, self.turn_to_table):
            button.setProperty("look", "fold")
            button.setFont(theme.letters(theme.base() - 1))
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.way.clicked.connect(lambda _=False: self.turn())
        self.turn_to_table.clicked.connect(self.turn_table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.heading)
        head = Flow(gap=2)
        head.addWidget(self.way)
        head.addWidget(self.turn_to_table)
        column.addLayout(head)
        column.addWidget(self.basis)
        column.addWidget(self.empty)
        column.addWidget(self._either, 1)
        self.show_plots(())

    @property
    def plot(self) -> Plot | None:
        """The plot that is shown."""
        return self.plots[self._place] if self._place < len(self.plots) else None

    @property
    def as_table(self) -> bool:
        """True while the figures are rows."""
        return self._either.currentWidget() is self.table

    def show_plots(self, plots: tuple[Plot, ...]) -> None:
        """Show these figures, in the way that was chosen; none while they are not read."""
        self.plots = plots
        self._place = self._place if self._place < len(plots) else 0
        self._show()

    def turn(self, step: int = 1) -> None:
        """The next way to count."""
        if self.plots:
            had = self.has_focus
            self._place = (self._place + step) % len(self.plots)
            self._show()
            if had:
                # Where there is nothing to draw the hands stay on the keys of the panel.
                self.to_focus()

    @property
    def has_focus(self) -> bool:
        """True while the hands are on the bars, on the table, or on the panel's own buttons."""
        return any(part.hasFocus() for part in (self.view, self.table, self.way, self.turn_to_table))

    def to_focus(self) -> None:
        """To the bars, or the table."""
        shown = (self.table if self.as_table else self.view) if self._either.isVisible() else self.way
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def turn_table(self) -> None:
        """Between bars and table; whichever comes has the focus when the other had it."""
        had = self.has_focus
        self._either.setCurrentWidget(self.view if self.as_table else self.table)
        self.turn_to_table.setText(tr("Bars  B") if self.as_table else tr("Table  B"))
        self.turn_to_table.setAccessibleName(
            tr("Show as bars, key B") if self.as_table else tr("Show as a table, key B")
        )
        if had:
            self.to_focus()

    def _show(self) -> None:
        plot = self.plot
        self.view.show_plot(plot)
        self.empty.setVisible(plot is None or not plot.total)
        self._either.setVisible(plot is not None and plot.total > 0)
        for widget in (self.way, self.turn_to_table):
            widget.setVisible(plot is not None)
        self.basis.setVisible(plot is not None)
        if plot is None:
            self.empty.say(tr("The figures are not yet read."))
            return
        self.empty.say(tr("None in this time."))
        self.heading.say(plot.series.title)
        self.basis.say(plot.basis)
        after = self.plots[(self._place + 1) % len(self.plots)]
        self.way.setText(tr("Next count  V"))
        self.way.setAccessibleName(tr("Next count, key V: {title}").format(title=after.series.title))
        self.way.setToolTip(after.series.title)
        self.table.setAccessibleName(tr("Table: {title}").format(title=plot.series.title))
        self.table.show_rows([_row(plot, place) for place in range(len(plot.series.points))], anew=True)

    def minimumSizeHint(self) -> QSize:
        """Heading, keys, basis and a plot that can be read."""
        high = (
            sum(w.sizeHint().height() for w in (self.heading, self.way))
            + self.view.minimumSizeHint().height()
        )
        return QSize(self.view.minimumSizeHint().width(), high + 2 * self.basis.fontMetrics().height() + 12)


def _row(plot: Plot, place: int) -> Row:
    point = plot.series.points[place]
    parts = plot.parts(point)
    return EntryRow(
        f"bar:{place}", plot.told(point), f"{point.label}\n{parts}", "plain", "muted", point.label, parts
    )
