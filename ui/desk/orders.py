"""The orders: each reachable, with its state and its doubts in words, its power, and what may be said of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from callhandler.model.order import Overlay
from callhandler.model.when import LONDON
from callhandler.policy.orders import Power
from callhandler.services.desk import OrderShown, View
from ui.common import words
from ui.common.labels import Plate, Text
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.desk.order_words import clock_line, copy_lines, engaged_short, terms_unknown


def doubts(shown: OrderShown) -> list[str]:
    """What is not known of an order, in words. None of it ends the order."""
    return list(shown.doubts)


def by_weight(view: View) -> tuple[OrderShown, ...]:
    """The orders, the newest first: those live for risk, those that are not, then what he has towards others."""
    newest = reversed(view.orders)
    return tuple(sorted(newest, key=lambda o: (o.of_others, not o.standing.live_for_risk)))


def power_now(order: OrderShown, view: View) -> Power | None:
    """The power in force on the day of the incident."""
    return order.kind.power_on(view.picture.as_of.astimezone(LONDON).date()) if order.kind else None


class OrderCard(QFrame):
    """One order at a time: whom it is against, its state, its doubts, the terms that may be engaged, the power in bold,
    whether a copy is needed. A picture or PDF dropped on it is attached to it: `dropped` tells its path.
    """

    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "order")
        self.setAcceptDrops(True)
        self._view: View | None = None
        self._chosen: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 5, 10, 6)
        column.setSpacing(2)
        head = Flow(gap=10, last_right=True)
        self.name = Text("", larger=1, semi=True, wrap=False)
        self.place = Text("", "accent", larger=-1, semi=True, wrap=False)
        self.badge = Plate("", "serious_ground", "serious", tr("State: "))
        # Each doubt is a word of its own, so that none is cut at large letters.
        self.doubts = tuple(Text("", "serious", larger=-1, wrap=False) for _ in Overlay)
        self.unknown = Text("", "serious", larger=-1, wrap=False)
        for widget in (self.name, self.place, *self.doubts, self.unknown, self.badge):
            head.addWidget(widget)
        column.addLayout(head)
        self.whom = Text("", "muted", larger=-1)
        self.engaged = Text("", "critical_text", semi=True)
        self.power = Text("", semi=True)
        self.copy = Text("")
        self.clocks = Text("", "serious", larger=-1)
        for label in (self.whom, self.engaged, self.power, self.copy, self.clocks):
            column.addWidget(label)

    @property
    def shown(self) -> OrderShown | None:
        """The order that is shown."""
        found = by_weight(self._view) if self._view is not None else ()
        return next((o for o in found if o.standing.order.id == self._chosen), found[0] if found else None)

    def next(self) -> None:
        """Show the next order."""
        found = by_weight(self._view) if self._view is not None else ()
        ids = [o.standing.order.id for o in found]
        here = self.shown
        if here is not None:
            self._chosen = ids[(ids.index(here.standing.order.id) + 1) % len(ids)]
            self.show_view(self._view)

    def choose(self, order_id: int) -> bool:
        """Show this order; False when it is not known here."""
        found = by_weight(self._view) if self._view is not None else ()
        if order_id not in [o.standing.order.id for o in found]:
            return False
        self._chosen = order_id
        self.show_view(self._view)
        return True

    def show_view(self, view: View | None) -> None:
        """Show the order that was chosen, or the weightiest; hide the card when none is known."""
        if view is None or self._view is None or view.picture.here != self._view.picture.here:
            self._chosen = None
        self._view = view
        shown = self.shown
        self.setVisible(shown is not None)
        if shown is None or view is None:
            return
        order, picture = shown.standing.order, view.picture
        ids = [o.standing.order.id for o in by_weight(view)]
        self.name.say(shown.kind.name if shown.kind else order.type)
        many = tr("{n} of {all} · Alt+O next").format(n=ids.index(order.id) + 1, all=len(ids))
        self.place.say(many if len(ids) > 1 else "")
        self.place.setVisible(len(ids) > 1)
        self.badge.say(words.order_state(shown.standing))
        may = engaged_short(shown)
        self.unknown.say(f"▲ {terms_unknown(shown)}" if terms_unknown(shown) else "")
        self.unknown.setVisible(bool(self.unknown.text()))
        self.engaged.say(f"▲ {may}" if may else "")
        self.engaged.setVisible(bool(may))
        self.clocks.say(" · ".join(clock_line(due) for due in shown.clocks))
        self.clocks.setVisible(bool(shown.clocks))
        said = [self.name.text(), self.badge.text(), *doubts(shown), self.unknown.text(), self.engaged.text()]
        said = [part for part in said if part]
        self.setAccessibleName(", ".join(said))
        self.setAccessibleDescription(self.place.text())
        against = (
            tr("This one binds her: against {him}, for {her}; {because}. Say / do not say: Ctrl+T")
            if shown.binds_her
            else tr(
                "This one protects somebody else: against {him}, for {her}; {because}. Say / do not say: Ctrl+T"
            )
            if shown.of_others
            else tr("Against {him}, for {her}; {because}. Say / do not say: Ctrl+T")
        )
        self.whom.say(
            against.format(
                him=picture.name_of(order.respondent_id),
                her=picture.name_of(order.protected_id),
                because=shown.standing.because,
            )
        )
        unsure = doubts(shown)
        for place, label in enumerate(self.doubts):
            label.say(f"▲ {unsure[place]}" if place < len(unsure) else "")
            label.setVisible(place < len(unsure))
        power = power_now(shown, view)
        needed = tr("Copy needed? ") + power.copy_needed if power else ""
        said_of_power = power.power if power else tr("The policy says nothing of its powers.")
        # Where the terms need a line of their own, what is said of the copy goes on with the power.
        self.power.say(f"{said_of_power} {needed}".strip() if may else said_of_power)
        copies = tr("Copy: {copies}").format(copies="; ".join(copy_lines(order))) if order.copies else ""
        self.copy.say(" ".join(part for part in (needed if not may else "", copies) if part))
        self.copy.setVisible(bool(self.copy.text()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if self.shown is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped to the order that is shown."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.dropped.emit(url.toLocalFile())
