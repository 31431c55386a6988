"""Under the warnings: what to do now, the order, the linked history; or, in their place, what somebody opened by Enter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from callhandler.policy.entries import Power
from callhandler.services.desk import OrderShown, View
from ui.common import words
from ui.common.labels import Cut, Plate, Text
from ui.common.words import tr
from ui.desk import rows
from ui.models.delegates import HistoryDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView


class DoNow(QFrame):
    """The first steps, numbered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(tr("Do now"))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 7)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(Cut(tr("Do now"), semi=True))
        head.addStretch(1)
        self._count = Cut("", "muted", larger=-1, semi=True)
        head.addWidget(self._count)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        column.addLayout(self._grid)
        self._steps: list[tuple[Text, Text]] = []
        for place in range(6):
            number = Text(str(place + 1), "accent", bold=True, wrap=False)
            step = Text("")
            line, col = divmod(place, 3)
            self._grid.addWidget(number, line, col * 2, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(step, line, col * 2 + 1, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(col * 2 + 1, 1)
            self._steps.append((number, step))

    def show_view(self, view: View | None) -> None:
        """Show the steps of the standing warnings."""
        steps = [t.text for t in view.to_do] if view else []
        self.setVisible(bool(steps))
        self._count.say(words.counted(len(steps), tr("step"), tr("steps")))
        for place, (number, step) in enumerate(self._steps):
            shown = place < len(steps)
            number.setVisible(shown)
            step.setVisible(shown)
            step.say(steps[place] if shown else "")


class OrderCard(QFrame):
    """The order that counts most: whom it is against, its state, the power in bold, whether a copy is needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "order")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 10, 8)
        column.setSpacing(3)
        head = QHBoxLayout()
        self.name = Cut("", larger=1, semi=True)
        self.badge = Plate("", "serious_ground", "serious", tr("State: "))
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(self.badge)
        column.addLayout(head)
        self.whom = Cut("", "muted", larger=-1)
        self.power = Text("", semi=True)
        self.copy = Text("")
        for label in (self.whom, self.power, self.copy):
            column.addWidget(label)

    def show_view(self, view: View | None) -> None:
        """Show the order, or hide the card when none is known."""
        shown = first_order(view) if view else None
        self.setVisible(shown is not None)
        if shown is None or view is None:
            return
        order = shown.standing.order
        picture = view.picture
        more = len(view.orders) - 1
        self.name.say(
            (shown.kind.name if shown.kind else order.type)
            + (tr(" and {n} more").format(n=more) if more else "")
        )
        self.badge.say(words.order_state(shown.standing))
        self.setAccessibleName(f"{self.name.text()}, {self.badge.text()}")
        whom = tr("Against {him}, for {her}; {because}. Say / do not say: Ctrl+T").format(
            him=picture.name_of(order.respondent_id),
            her=picture.name_of(order.protected_id),
            because=shown.standing.because,
        )
        self.whom.say(whom)
        power = power_now(shown, view)
        self.power.say(power.power if power else tr("The policy says nothing of its powers."))
        self.copy.say(tr("Copy needed? ") + power.copy_needed if power else "")


def first_order(view: View) -> OrderShown | None:
    """The order that counts most: live for risk first, newest first."""
    live = [o for o in view.orders if o.standing.live_for_risk]
    found = live or list(view.orders)
    return found[-1] if found else None


def power_now(order: OrderShown, view: View) -> Power | None:
    """The power in force on the day of the incident."""
    day = view.picture.as_of.date()
    powers = order.kind.powers if order.kind else ()
    fitting = [p for p in powers if p.valid_from <= day and (p.valid_to is None or day <= p.valid_to)]
    return fitting[-1] if fitting else None


class HistoryPanel(QWidget):
    """The linked incidents. `opened` tells the key of the one asked for."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RowsView(RowsModel[Row](), HistoryDelegate(), tr("Linked history"))
        self.list.opened.connect(self.opened)
        self.heading = Cut("", "muted", larger=-1, semi=True)
        self.empty = Text("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(Cut(tr("Linked history"), semi=True))
        head.addStretch(1)
        head.addWidget(self.heading)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)

    def show_view(self, view: View | None) -> None:
        """Show the linked incidents; an empty list says that nothing is held, which is not the same as nothing happened."""
        found = rows.history_rows(view) if view else []
        self.list.show_rows(found)
        self.list.setVisible(bool(found))
        self.heading.say(rows.history_heading(view) if view else "")
        self.empty.setVisible(not found)
        self.empty.say(
            tr(
                "Nothing is held here about these people, places and numbers. That is not the same as nothing happened."
            )
            if view
            else tr("Open an incident from the board, or take a call: Ctrl+N.")
        )


class OpenedPanel(QFrame):
    """What was opened by Enter: headings with their lines, scrolled by keyboard; Esc goes back."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 8)
        head = QHBoxLayout()
        self.title = Text("", larger=1, bold=True)
        head.addWidget(self.title, 1)
        head.addWidget(Cut(tr("Esc goes back"), "muted", larger=-1))
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def show_parts(self, title: str, parts: list[tuple[str, str, list[str]]]) -> None:
        """Show a title and its parts: heading, tone, lines."""
        self.title.say(title)
        inner = QWidget()
        inner.setProperty("look", "clear")
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(18)
        full = [part for part in parts if part[2]]
        for share in (full[:1], full[1:]):
            column = QVBoxLayout()
            column.setSpacing(3)
            for heading, tone, lines in share:
                column.addWidget(Text(heading, tone, larger=-1, semi=True))
                for line in lines:
                    item = Text(f"• {line}")
                    item.setContentsMargins(8, 0, 0, 0)
                    column.addWidget(item)
                column.addSpacing(5)
            column.addStretch(1)
            row.addLayout(column, 1)
        self._scroll.setWidget(inner)
        said = " ".join([title, *[f"{h}: {' '.join(ls)}" for h, _, ls in parts if ls]])
        self.setAccessibleName(title)
        self.setAccessibleDescription(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; arrows and pages scroll."""
        bar = self._scroll.verticalScrollBar()
        moves = {
            Qt.Key.Key_Down: 24,
            Qt.Key.Key_Up: -24,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in moves:
            bar.setValue(bar.value() + moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
