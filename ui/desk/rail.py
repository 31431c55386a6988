"""The left column folded: the shapes of people and places with their letters; and the caller in one line of the middle."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from callhandler.services.desk import View
from ui.common import theme
from ui.common.labels import Text, plain_tip
from ui.common.shapes import paint_shape
from ui.common.words import tr
from ui.desk import who_rows
from ui.desk.flow import Flow
from ui.models.paint import Index, RowDelegate, hand
from ui.models.rows import ROW, EntryRow, Row, RowsModel
from ui.models.view import RowsView


def letters_of(name: str) -> str:
    """A few letters for a name: first letters of its words, numbers whole."""
    plain = name.split(" · ", maxsplit=1)[0].replace("'s", "")
    words = [w for w in plain.split() if w.casefold() not in ("the", "a", "an")]
    return "".join(w if w.isdigit() else w[0].upper() for w in words[:3])


class RailDelegate(RowDelegate):
    """A shape with letters."""

    room = 6

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint one person or place."""
        row: EntryRow = index.data(ROW)
        side = hand(theme.base()).line * 0.6
        paint_shape(
            painter, row.shape, row.tone, QRectF(rect.x() + 5, rect.center().y() - side / 2, side, side)
        )
        small = hand(theme.base() - 1)
        left = round(5 + side + 5)
        self.write(painter, rect.adjusted(left, 0, 0, 0), letters_of(row.title), "text", using=small)


class Rail(QFrame):
    """`unfolded` tells that the whole column is wanted."""

    unfolded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "side")
        self.setAccessibleName(tr("People and places, folded"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 0, 6)
        column.setSpacing(4)
        self.button = QPushButton("» F7")
        self.button.setProperty("look", "fold")
        self.button.setAccessibleName(tr("Unfold people and places, F7"))
        self.button.clicked.connect(self.unfolded)
        column.addWidget(self.button)
        self.list = RowsView(RowsModel[Row](), RailDelegate(), tr("People and places, in letters"))
        column.addWidget(self.list, 1)
        self.setFixedWidth(self.wanted())

    def dress(self) -> None:
        """As wide as its letters."""
        self.setFixedWidth(self.wanted())

    @staticmethod
    def wanted() -> int:
        """The width for a shape and a few letters."""
        return QFontMetrics(theme.letters(theme.base())).horizontalAdvance("MMM»") + 22

    def show_view(self, view: View | None) -> None:
        """Show the people, then the places."""
        self.list.show_rows([*who_rows.people_rows(view), *who_rows.place_rows(view)] if view else [])


class CallerLine(QWidget):
    """Who rings, where she is, where she goes, whether it is safe to talk: while the column is folded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = Flow(self, gap=14)
        self.name = Text("", larger=1, bold=True, wrap=False)
        self.number = Text("", "muted", larger=-1, wrap=False)
        self.at = Text("", wrap=False)
        self.going = Text("", wrap=False)
        self.safe = Text("", wrap=False)
        self.speaks = Text("", "serious", wrap=False)
        self.network = Text("", wrap=False)
        for label in (self.name, self.number, self.at, self.going, self.safe, self.speaks, self.network):
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            flow.addWidget(label)

    def show_view(self, view: View | None) -> None:
        """Show the caller of the open incident."""
        if view is None:
            self.name.say(tr("No caller"))
            for label in (self.number, self.at, self.going, self.safe, self.speaks, self.network):
                label.say("")
            return
        caller = who_rows.caller_of(view)
        self.name.say(caller.name)
        self.number.say(caller.number)
        self.at.say(tr("Now at: {place}").format(place=caller.at))
        going = tr("Going to: {place}").format(place=caller.going)
        self.going.say(f"{going} ⚠" if caller.doubtful else going, "serious" if caller.doubtful else "text")
        self.safe.say(tr("Safe to talk: {answer}").format(answer=caller.safe), caller.safe_tone)
        self.speaks.say(tr("Speaks: {how}").format(how=caller.speaks) if caller.speaks else "")
        self.speaks.setVisible(bool(caller.speaks))
        doubt = caller.network and caller.in_doubt
        short = tr("Place in doubt: Ctrl+Shift+W") if doubt else ""
        self.network.say(f"⚠ {short}" if doubt else "", "serious")
        self.network.setToolTip(plain_tip(caller.network))
        self.network.setVisible(bool(doubt))
