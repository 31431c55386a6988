"""The linked history: its timeline above its list, in step both ways; filters that count and never hide silently."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from callhandler.model.people import Role
from callhandler.model.picture import Via
from callhandler.services.desk import View
from ui.common import theme
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk import rows, who_rows
from ui.desk.flow import Flow
from ui.models.delegates import HistoryDelegate
from ui.models.rows import Row, RowsModel
from ui.models.view import RowsView
from ui.timeline import Inks, TimelineView, Vocabulary
from ui.timeline.story import Story

QWIDGETSIZE_MAX = 16_777_215


class Which(StrEnum):
    """Which of the linked incidents are asked for."""

    ALL = "all"
    HERS = "hers"
    HIS = "his"
    PLACE = "place"
    APART = "apart"


KEYS = dict(zip(Which, ("Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+E"), strict=True))
"""Each filter's key."""


def names() -> dict[Which, str]:
    """The filters in words."""
    return {
        Which.ALL: tr("all"),
        Which.HERS: tr("hers"),
        Which.HIS: tr("his"),
        Which.PLACE: tr("this place"),
        Which.APART: tr("apart"),
    }


def chosen(view: View, which: Which) -> set[int]:
    """The linked incidents that a filter keeps."""
    picture = view.picture
    linked = {i.id for i in picture.linked}
    if which is Which.ALL:
        return linked
    if which is Which.APART:
        return {i.id for i in picture.apart.incidents} | {r.incident.id for r in picture.rejected}
    if which is Which.PLACE:
        places = {who_rows.place_now_id(view), who_rows.place_next_id(view)} - {None}
        return {i.id for i in picture.linked if i.place_id in places}
    if which is Which.HIS:
        people = set(view.his)
    else:
        people = set(picture.with_role(Role.CALLER, Role.AT_RISK, Role.CHILD))
        people -= set(picture.with_role(Role.SUSPECT))
    via = {Via.SUSPECT, Via.PERSON} if which is Which.HIS else {Via.PERSON}
    found = {p.incident_id for p in picture.parties if p.person_id in people}
    found |= {k.incident_id for k in picture.links if k.via in via and k.subject_id in people}
    return found & linked


SPACE = 2
"""Between heading, timeline and list, in pixels."""


class HistoryPanel(QWidget):
    """The linked incidents. `opened` tells the key of the one asked for; `off` and `on` which is to be taken off or up."""

    opened = Signal(str)
    off = Signal(int)
    on = Signal(int)
    links = Signal()

    def __init__(self, vocabulary: Vocabulary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._story = Story((), 0.0)
        self._which = Which.ALL
        self._instead = False
        self.roomy = False
        self.timeline = TimelineView(vocabulary, Inks.of_theme(theme.colours()))
        self.list = RowsView(RowsModel[Row](), HistoryDelegate(), tr("Linked history"))
        self.heading = Text("", "muted", larger=-1, semi=True, wrap=False)
        self.shown = Text("", "accent", larger=-1, semi=True, wrap=False)
        self.cut = Text("", "serious", larger=-1)
        self.empty = Text("", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        head = Flow(gap=8)
        head.addWidget(Text(tr("Linked history"), semi=True, wrap=False))
        self.filters: dict[Which, QPushButton] = {}
        for which in Which:
            head.addWidget(self._filter(which, KEYS[which]))
        head.addWidget(self.shown)
        head.addWidget(self.heading)
        self.to_links = QPushButton(tr("links Alt+G"))
        self.to_links.setProperty("look", "fold")
        self.to_links.setFont(theme.letters(theme.base() - 1))
        self.to_links.setAccessibleName(tr("Links and genogram, alt G"))
        self.to_links.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.to_links.clicked.connect(lambda _=False: self.links.emit())
        head.addWidget(self.to_links)
        column.addLayout(head)
        column.addWidget(self.cut)
        column.addWidget(self.timeline)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        self.list.opened.connect(self.opened)
        for key, signal in ((Qt.Key.Key_Delete, self.off), (Qt.Key.Key_Insert, self.on)):
            act = QShortcut(QKeySequence(key), self.list)
            act.setContext(Qt.ShortcutContext.WidgetShortcut)
            act.activated.connect(lambda s=signal: self._judge(s))
        self.timeline.opened.connect(lambda i: self.opened.emit(f"incident:{i}"))
        self.timeline.selected.connect(self._to_row)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._to_mark())

    def _filter(self, which: Which, key: str) -> QPushButton:
        button = QPushButton(names()[which])
        button.setCheckable(True)
        button.setChecked(which is Which.ALL)
        button.setProperty("look", "fold")
        button.setFont(theme.letters(theme.base() - 1))
        button.setAccessibleName(
            tr("Show {which}, {key}").format(which=names()[which], key=key.replace("+", " ").lower())
        )
        button.setToolTip(key)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        button.clicked.connect(lambda _=False, w=which: self.choose(w))
        self.filters[which] = button
        return button

    # filters

    @property
    def which(self) -> Which:
        """The filter in force."""
        return self._which

    def choose(self, which: Which) -> None:
        """Keep these; the others stay on the timeline, faint, and the count says how many."""
        self._which = which
        self._show(anew=True)

    def turn(self) -> None:
        """The next filter."""
        every = list(Which)
        self.choose(every[(every.index(self._which) + 1) % len(every)])

    # what is shown

    def show_view(self, view: View | None, story: Story | None = None) -> None:
        """Show the linked incidents; an empty list says that nothing is held, which is not the same as nothing happened."""
        before = self._view.picture.here if self._view is not None else None
        if view is not None and before is not None and view.picture.here != before:
            self._which = Which.ALL
        self._view = view
        self._story = story if story is not None and view is not None else Story((), 0.0)
        self._show()

    def _show(self, anew: bool = False) -> None:
        view = self._view
        keep = chosen(view, self._which) if view is not None else set()
        found = [r for r in rows.history_rows(view) if _id(r.key) in keep] if view is not None else []
        self.list.show_rows(found, anew=anew)
        held = len(view.picture.linked) if view is not None else 0
        beside = self._which in (Which.ALL, Which.APART)
        self.timeline.show_story(self._story, None if beside else keep)
        self.cut.say(rows.cut_line(view) if view is not None else "")
        self.cut.setVisible(bool(self.cut.text()))
        self.heading.say(rows.history_heading(view) if view is not None else "")
        some = tr("{n} of {all} shown, the others faint").format(n=len(found), all=held)
        if self._which is Which.APART:
            some = tr("{n} only possible, or taken off: no warning rests on them").format(n=len(found))
        self.shown.say(some if self._which is not Which.ALL else "")
        self.shown.setVisible(self._which is not Which.ALL)
        for which, button in self.filters.items():
            on = which is self._which
            button.setEnabled(view is not None)
            button.setChecked(on)
            name = names()[which]
            if which is Which.APART:
                apart = len(chosen(view, which)) if view is not None else 0
                name = f"{name} {apart}"
                button.setVisible(on or apart > 0)
            button.setText(f"● {name}" if on else name)
        self.to_links.setEnabled(view is not None)
        self.empty.setVisible(not found)
        self.empty.say(self._nothing(held))
        self._fit()

    def _nothing(self, held: int) -> str:
        if self._view is None:
            return ""
        if self._which is Which.APART:
            return tr("Nothing is only possible, and nothing was taken off. Alt+1 shows all.")
        if held:
            return tr("None of the {n} held is {which}. Alt+1 shows all.").format(
                n=held, which=names()[self._which]
            )
        return tr(
            "Nothing is held here about these people, places and numbers. That is not the same as nothing happened."
        )

    def _judge(self, signal: SignalInstance) -> None:
        if self.list.current_key():
            signal.emit(_id(self.list.current_key()))

    # in step

    def choose_row(self, key: str) -> None:
        """Make a past incident the current row; one that the filter leaves out shows all again."""
        if key not in self.list.model_keys():
            self.choose(Which.ALL)
        self._to_row(_id(key))

    def _to_row(self, incident_id: int) -> None:
        place = self.list.model().row_of(f"incident:{incident_id}")  # type: ignore[attr-defined]
        if place >= 0:
            self.list.setCurrentIndex(self.list.model().index(place, 0))
            self.list.scrollTo(self.list.currentIndex())

    def _to_mark(self) -> None:
        key = self.list.current_key()
        if key:
            self.timeline.select(_id(key))

    # room

    def to_timeline(self) -> None:
        """To the timeline; where there is no room for both it takes the place of the list."""
        self._instead = True
        self._fit()
        self.timeline.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def least(self) -> int:
        """The height below which the panel says too little: its heading and two rows; more where the page scrolls."""
        head = self.heading.sizeHint().height() * 2
        if self.roomy:
            return head + self.timeline.minimumSizeHint().height() + self.list.rows_room(3) + 8
        return head + self.list.rows_room(2)

    def hasHeightForWidth(self) -> bool:
        """Its height is given to it; the timeline comes and goes with that."""
        return False

    def sizeHint(self) -> QSize:
        """It asks for the least, and takes what there is."""
        return QSize(super().sizeHint().width(), self.least())

    def minimumSizeHint(self) -> QSize:
        """Not less than says something, whatever of it is shown now."""
        return QSize(super().minimumSizeHint().width(), self.least())

    def dress(self) -> None:
        """Take the colours from the theme."""
        self.timeline.show_inks(Inks.of_theme(theme.colours()))

    def _fit(self) -> None:
        high = self.timeline.minimumSizeHint().height()
        head = max(part.sizeHint().height() for part in (self.heading, *self.filters.values()))
        both = self.height() >= head + high + self.list.rows_room(1) + 2 * SPACE
        rows_there = self.list.model().rowCount() > 0
        self._instead = self._instead and not both
        alone = self._view is not None and not both
        self.timeline.setVisible(self._view is not None and (both or self._instead))
        # Without height, not hidden: its key must still find it.
        self.list.setMaximumHeight(0 if alone and self._instead else QWIDGETSIZE_MAX)
        self.list.setVisible(rows_there)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The timeline is shown while a row of the list still fits under it."""
        super().resizeEvent(event)
        self._fit()

    def list_again(self) -> None:
        """The list has the focus, or the timeline lost it: the list has its place again."""
        if self._instead:
            self._instead = False
            self._fit()


def _id(key: str) -> int:
    return int(key.split(":")[1])
