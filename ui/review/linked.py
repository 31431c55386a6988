"""The orders and the linked history as the handler saw them, with how many of them are held."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callhandler.services.desk import OrderShown, View
from ui.common import words
from ui.common.labels import Text, frame
from ui.common.words import tr
from ui.desk.orders import by_weight, doubts
from ui.desk.rows import history_heading, history_rows
from ui.models.delegates import HistoryDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.review.heads import Heading


class Linked(QWidget):
    """Every order on a card of its own, then every linked incident, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading(tr("Order and linked history, as the handler saw them"))
        self.cards: tuple[QWidget, ...] = ()
        self._orders = QVBoxLayout()
        self._orders.setSpacing(4)
        self.no_order = Text(tr("No order was known."), "muted")
        self.list = RowsView(
            RowsModel[Row](), HistoryDelegate(), tr("Linked history as the handler saw it"), grow=False
        )
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = Text(tr("Nothing was held about these people, places and numbers."), "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.heading)
        column.addWidget(self.no_order)
        column.addLayout(self._orders)
        column.addWidget(self.list)
        column.addWidget(self.empty)

    def show_view(self, view: View, proof: str, tone: str = "muted") -> None:
        """Show those of a view; `proof` says how many of these rows the journal still holds as they were."""
        self.heading.say(
            tr("Order and linked history, as the handler saw them"), proof or history_heading(view), tone
        )
        for card in self.cards:
            self._orders.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = tuple(_card(order, view) for order in by_weight(view))
        for card in self.cards:
            self._orders.addWidget(card)
        self.no_order.setVisible(not self.cards)
        rows = history_rows(view)
        self.list.show_rows(rows, anew=True)
        self.list.setFixedHeight(self.list.rows_height() if rows else 0)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def dress(self) -> None:
        """Rows of another height."""
        self.list.setFixedHeight(self.list.rows_height() if self.list.model().rowCount() else 0)


def _card(order: OrderShown, view: View) -> QWidget:
    box = frame("order")
    row = QHBoxLayout(box)
    row.setContentsMargins(12, 5, 10, 6)
    column = QVBoxLayout()
    column.setSpacing(1)
    name = order.kind.name if order.kind else order.standing.order.type
    state = words.order_state(order.standing)
    live = order.standing.live_for_risk
    column.addWidget(Text(name, semi=True))
    column.addWidget(
        Text(f"▲ {state}" if live else state, "serious" if live else "muted", semi=live, larger=-1)
    )
    made = order.standing.order
    whom = tr("against {who}, for {her}").format(
        who=view.picture.name_of(made.respondent_id), her=view.picture.name_of(made.protected_id)
    )
    column.addWidget(Text(" · ".join([whom, *doubts(order)]), "muted", larger=-1))
    row.addLayout(column)
    box.setAccessibleName(f"{name}, {state}, {whom}")
    return box
