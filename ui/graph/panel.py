"""The links of an incident beside the work: graph, genogram, or the same as a list; made when it is first asked for."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from callhandler.model.birth import born_in_words
from callhandler.model.picture import Picture
from ui.common import theme
from ui.common.labels import Cut, Text
from ui.common.words import clock, tr
from ui.drawn.inks import Inks
from ui.graph import words
from ui.graph.legend import Legend
from ui.graph.listing import rows_of
from ui.graph.paper import print_drawing
from ui.graph.reading import Read, Show, read
from ui.graph.view import GraphView
from ui.graph.words import Naming
from ui.models.delegates import EntryDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.tasks import Failure, Reads

LETTERS = frozenset({Qt.Key.Key_G, Qt.Key.Key_L, Qt.Key.Key_K, Qt.Key.Key_R, Qt.Key.Key_Backspace})
LOW = 30
"""Lower than so many lines, and the legend gives its room to the graph."""


class LinkList(RowsView):
    """The list; the panel's letters stay the panel's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter of the panel does not search in the list."""
        if event.key() in LETTERS and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class GraphPanel(QFrame):
    """`opened` tells the key of the card that was opened, `closed` that somebody goes back."""

    opened = Signal(str)
    closed = Signal()

    def __init__(
        self, naming: Naming, reads: Reads, lane: str = "graph", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._naming, self._reads, self._lane = naming, reads, lane
        self._picture: Picture | None = None
        self._read: Read | None = None
        self._unfolded: frozenset[str] = frozenset()
        self._anew = True
        self._as_of = False
        self._legend_wanted: bool | None = None
        self.show_which = Show.LINKS
        self.setProperty("look", "panel")
        self.setAccessibleName(tr("Links"))
        self.view = GraphView(Inks.of_theme(theme.colours()))
        self.list = LinkList(RowsModel[Row](), EntryDelegate(), tr("Links as a list"))
        self.title = Cut("", semi=True)
        self.caption = Cut("", "muted", larger=-1)
        self.absent = Text("", "serious", larger=-1)
        self.absent.hide()
        self.legend = Legend()
        self.legend.setFont(theme.letters(theme.base() - 1))
        self.turns: dict[str, QPushButton] = {}
        self._build()
        self.view.moved.connect(lambda _: self._tell())
        self.view.opened.connect(self._open)
        self.list.opened.connect(self._open)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._to_card())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 5, 8, 5)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        for code, slot in (("links", self.turn), ("family", self.turn), ("list", self.turn_list)):
            head.addWidget(self._button(code, slot))
        head.addWidget(Cut(tr("signs K · Esc goes back"), "muted", larger=-1))
        column.addLayout(head)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.list)
        column.addWidget(self._stack, 1)
        column.addWidget(self.caption)
        column.addWidget(self.absent)
        column.addWidget(self.legend)

    def _button(self, code: str, slot: Callable[[], None]) -> QPushButton:
        names = {"links": tr("links G"), "family": tr("genogram G"), "list": tr("as a list L")}
        button = QPushButton(names[code])
        button.setCheckable(True)
        button.setProperty("look", "fold")
        button.setFont(theme.letters(theme.base() - 1))
        button.setAccessibleName(names[code])
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        # The arrows are the graph's: what these do has a key.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: self._pressed(code, slot))
        self.turns[code] = button
        return button

    def _pressed(self, code: str, slot: Callable[[], None]) -> None:
        if code == "list" or code != self.show_which.value:
            slot()
        self._show_turns()

    # what is shown

    def show_picture(self, picture: Picture | None, as_of: bool = False) -> None:
        """Show the links of a picture; `as_of` says that it is of a past moment, and which."""
        before = self._picture
        self._picture, self._as_of = picture, as_of
        if picture is None:
            self._reads.drop(self._lane)
            self._read = None
            return
        if before is None or before.here != picture.here:
            self._anew, self._unfolded, self._read = True, frozenset(), None
        self.read_again()

    def read_again(self) -> None:
        """Draw the picture, off the window's thread; what was drawn before stays in its place."""
        picture = self._picture
        if picture is None:
            return
        letters, unfolded = self.view.letters(), self._unfolded
        before = self._read.placed if self._read is not None else None
        self._reads.ask(
            self._lane,
            lambda: read(picture, self._naming, letters, unfolded, before),
            self._show,
            self._failed,
        )

    def _failed(self, failure: Failure) -> None:
        self.absent.say(failure.sentence)
        self.absent.show()

    def _show(self, found: Read) -> None:
        before, self._read = self._read, found
        # Most readings bring nothing that is drawn.
        if (
            self._anew
            or before is None
            or (before.drawings, before.graph.cut) != (found.drawings, found.graph.cut)
        ):
            self._draw()

    def _draw(self) -> None:
        found = self._read
        if found is None:
            return
        family = self.show_which is Show.FAMILY
        self.view.show_drawing(found.drawings[self.show_which], family, anew=self._anew)
        self._anew = False
        self.list.show_rows(rows_of(found, self.show_which, self._naming), anew=True)
        name = tr("Genogram") if family else tr("Links")
        when = tr(" as of {time}").format(time=clock(found.picture.as_of)) if self._as_of else ""
        self.title.say(f"{name}{when} · {words.summary(found.graph)}")
        self.absent.say(words.absent(found.graph.missing, found.graph.cut))
        self.absent.setVisible(bool(self.absent.text()))
        self.legend.show_entries(words.family_legend() if family else words.legend())
        self._show_turns()
        self._tell()

    def _show_turns(self) -> None:
        on = {self.show_which.value, *(["list"] if self.is_list else [])}
        for code, button in self.turns.items():
            button.setChecked(code in on)
            text = button.text().removeprefix("● ")
            button.setText(f"● {text}" if code in on else text)

    def _tell(self) -> None:
        found = self._read
        if found is None:
            return
        key = self.view.current
        name = tr("Genogram") if self.show_which is Show.FAMILY else tr("Links of this incident")
        told = found.spoken.get(key, "") or words.summary(found.graph)
        self.caption.say(told)
        self.view.tell(name, told)

    # by key

    @property
    def is_list(self) -> bool:
        """Whether the list is shown."""
        return self._stack.currentWidget() is self.list

    def turn(self) -> None:
        """From the links to the genogram and back."""
        self.show_which = Show.FAMILY if self.show_which is Show.LINKS else Show.LINKS
        self._anew = True
        self._draw()

    def turn_list(self) -> None:
        """From the drawing to the list and back, to the same card."""
        key = self.list.current_key() if self.is_list else self.view.current
        if self.is_list:
            self._stack.setCurrentWidget(self.view)
            self.view.go_to(key)
        else:
            self._stack.setCurrentWidget(self.list)
            keys = self.list.model_keys()
            if key in keys:
                self.list.setCurrentIndex(self.list.model().index(keys.index(key), 0))
        self._show_turns()
        self.to_front()

    @property
    def in_use(self) -> bool:
        """Whether the hands are on it."""
        return self.view.hasFocus() or self.list.hasFocus()

    def to_front(self) -> None:
        """The hands go to the drawing, or to the list."""
        (self.list if self.is_list else self.view).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def anew(self) -> None:
        """Lay everything out anew, and fold what was unfolded."""
        self._unfolded, self._read, self._anew = frozenset(), None, True
        self.read_again()

    def turn_legend(self) -> None:
        """Show what the signs mean, or give their room to the drawing."""
        self._legend_wanted = not self.legend.isVisible()
        self.legend.setVisible(self._legend_wanted)

    def _to_card(self) -> None:
        if self.is_list and self.list.current_key():
            self.view.go_to(self.list.current_key(), tell=False)

    def _open(self, key: str) -> None:
        if key.startswith("bundle:"):
            self._unfolded |= {key}
            self.read_again()
        else:
            self.opened.emit(key)

    def record(self, key: str) -> tuple[str, list[tuple[str, str, list[str]]]] | None:
        """All that the graph tells of a card, for a place where a record is read."""
        node = self._read.graph.node(key) if self._read is not None else None
        if node is None or self._read is None:
            return None
        graph = self._read.graph
        title = words.title(node, self._naming)
        return f"{words.kind(node.kind)} {title}", [
            (
                tr("What it is"),
                "accent",
                [t for t in (words.sub(node, graph), born_in_words(node.detail)) if t],
            ),
            (tr("Why it is shown"), "muted", [node.through] if node.through else []),
            (tr("What it is joined to, and since when"), "accent", words.joined(node, graph, self._naming)),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """G links or genogram, L list, K signs, R anew; Backspace folds; Esc goes back."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        slots = {
            Qt.Key.Key_G.value: self.turn,
            Qt.Key.Key_L.value: self.turn_list,
            Qt.Key.Key_R.value: self.anew,
            Qt.Key.Key_K.value: self.turn_legend,
            Qt.Key.Key_Backspace.value: self._fold,
            Qt.Key.Key_Escape.value: self.closed.emit,
        }
        if plain and event.key() in slots:
            slots[event.key()]()
        else:
            super().keyPressEvent(event)

    def _fold(self) -> None:
        self._unfolded = frozenset()
        self.read_again()

    # paper, look, room

    def print_to(self, painter: QPainter, sheet: QRectF) -> float:
        """Print what is drawn in greys into the top of `sheet`; returns the height it took."""
        if self._read is None:
            return 0.0
        drawing = self._read.drawings[self.show_which]
        legend = words.family_legend() if self.show_which is Show.FAMILY else words.legend()
        said = " · ".join(t for t in (words.summary(self._read.graph), self.absent.text()) if t)
        return print_drawing(painter, sheet, drawing, self.view.letters(), legend, said)

    def dress(self) -> None:
        """Take colours and letters from the theme."""
        self.legend.setFont(theme.letters(theme.base() - 1))
        self.view.setFont(theme.letters(theme.base()))
        self.view.show_inks(Inks.of_theme(theme.colours()))
        self._read = None
        self.read_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, the legend gives its room to the graph."""
        super().resizeEvent(event)
        roomy = self.height() >= LOW * self.fontMetrics().height()
        self.legend.setVisible(roomy if self._legend_wanted is None else self._legend_wanted)

    def minimumSizeHint(self) -> QSize:
        """It scrolls, so it may be small."""
        return QSize(240, 160)
