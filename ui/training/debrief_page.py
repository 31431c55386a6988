"""The debrief on screen: the evening in three tracks, what was looked at with sign, word and reason, what it teaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from callhandler.errors import Environment
from callhandler.model.scoring import EveningRow, Profile
from callhandler.services.papers import as_file
from callhandler.services.training.watching import Watch
from ui.common import theme
from ui.common.announce import announce
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import tr
from ui.training.station_words import looked_at


@dataclass(frozen=True)
class Debriefed:
    """What the page shows of one sitting."""

    title: str
    trainee: str
    zone: ZoneInfo
    rows: tuple[EveningRow, ...]
    profile: Profile
    teaching: tuple[tuple[str, str], ...]
    grades: dict[str, str]


def read_debrief(watch: Watch) -> Debriefed:
    """Read a sitting for the page."""
    exercise = watch.exercise
    return Debriefed(
        exercise.title,
        watch.sitting.trainee,
        exercise.zone,
        watch.evening(),
        watch.profile(),
        tuple((t.point, t.source) for t in exercise.teaching),
        {g.id: g.name for g in watch.policy.scheme.grades},
    )


def save_debrief(watch: Watch) -> Path:
    """Write the debrief beside the sitting, under a name that is free. Raises Environment when it cannot be written."""
    names = (f"debrief-{n}.pdf" if n > 1 else "debrief.pdf" for n in range(1, 1000))
    target = next(watch.folder / name for name in names if not (watch.folder / name).exists())
    try:
        target.write_bytes(as_file(watch.debrief(), ".pdf"))
    except OSError as error:
        raise Environment(f"{target.name} cannot be written ({error.strerror}).") from error
    return target


class DebriefPage(SidePage):
    """`save` asks for the PDF. 1, 2 and 3 turn between the three parts."""

    save = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Debrief"), parent)
        self.about = Text(tr("The record is being read."), "muted")
        self.column.addWidget(self.about)
        tracks = (tr("Time"), tr("Heard"), tr("At the desk"), tr("Key, and what could have been asked"))
        self.evening = Cells(tr("The evening"), tracks, (0, 4, 4, 4))
        heads = (tr("Moment"), tr("Came out"), tr("Area"), tr("What"), tr("Why"))
        self.items = Cells(tr("What was looked at"), heads, (0, 0, 0, 4, 4))
        self.teaching = Cells(tr("What it teaches"), (tr("Point"), tr("Source")), (3, 2))
        self.parts = (self.evening, self.items, self.teaching)
        self._stack = QStackedWidget()
        row = QHBoxLayout()
        self.turns: list[QPushButton] = []
        for place, part in enumerate(self.parts):
            self._stack.addWidget(part)
            button = QPushButton(f"{part.accessibleName()}  {place + 1}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, n=place: self.turn_to(n))
            self.turns.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self.saving = QPushButton(tr("Save as PDF  Ctrl+S"))
        self.saving.clicked.connect(lambda _=False: self.save.emit())
        row.addWidget(self.saving)
        self.column.addLayout(row)
        self.column.addWidget(self._stack, 1)
        self._show_turns(0)

    def show_debrief(self, shown: Debriefed) -> None:
        """Show one sitting."""
        agreed = shown.profile.agreement
        kappa = f", kappa {agreed.kappa:.2f}" if agreed.kappa is not None else ""
        told = tr(
            "{title} · {trainee}. Grades as the key: {a} of {n}{kappa}. What was done and what could be known; no verdict."
        )
        self.about.say(
            told.format(title=shown.title, trainee=shown.trainee, a=agreed.agreed, n=agreed.n, kappa=kappa)
        )
        self.evening.show_cells(
            [
                (
                    f"{r.at.astimezone(shown.zone):%H:%M:%S}",
                    r.heard,
                    r.desk,
                    " ".join(t for t in (r.key, r.knowable) if t),
                )
                for r in shown.rows
            ]
        )
        self.items.show_cells(looked_at(shown.profile.moments, shown.grades))
        self.teaching.show_cells(list(shown.teaching))

    def turn_to(self, place: int) -> None:
        """To one of the three parts."""
        self._stack.setCurrentIndex(place)
        self._show_turns(place)
        part = self.parts[place]
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, part.accessibleName())

    def _show_turns(self, place: int) -> None:
        for n, button in enumerate(self.turns):
            name = self.parts[n].accessibleName()
            button.setChecked(n == place)
            button.setText(f"{'▸ ' if n == place else ''}{name}  {n + 1}")
            button.setAccessibleName(name)

    def to_focus(self) -> None:
        """The hands on the part that is shown."""
        self.parts[self._stack.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page itself has nothing to do with the keys: its part has."""
        self.to_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's own keys, then those of every side page."""
        if not self._own(event):
            super().keyPressEvent(event)

    def _own(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text() in ("1", "2", "3") and not event.modifiers():
            self.turn_to(int(event.text()) - 1)
        elif event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save.emit()
        else:
            return False
        return True


class Cells(QTableWidget):
    """A table of words that wrap. `shares` is how columns share the room; 0 is as wide as what stands in it."""

    def __init__(self, name: str, heads: Sequence[str], shares: Sequence[int]) -> None:
        super().__init__(0, len(heads))
        self._shares = shares
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setHighlightSections(False)
        for place, share in enumerate(shares):
            kind = QHeaderView.ResizeMode.Fixed if share else QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(place, kind)
        # Widths come first and heights after them, once for a whole drag of the window's edge.
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.timeout.connect(self.fit)

    def show_cells(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for place, text in enumerate(row):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                cell.setData(Qt.ItemDataRole.AccessibleTextRole, text)
                self.setItem(line, place, cell)
        if rows:
            self.setCurrentCell(0, 0)
        self._fit.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in it, Ctrl+C copies; every other key is the page's."""
        if (event.text() and event.text().isprintable()) or event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes rows higher or lower."""
        super().resizeEvent(event)
        self._fit.start()

    def fit(self) -> None:
        """Share the width out, then give each row the height of its words."""
        fixed = sum(self.columnWidth(n) for n, share in enumerate(self._shares) if not share)
        room = max(120, self.viewport().width() - fixed)
        for place, share in enumerate(self._shares):
            if share:
                self.setColumnWidth(place, room * share // sum(self._shares))
        self.resizeRowsToContents()
        for line in range(self.rowCount()):
            self.setRowHeight(line, self.rowHeight(line) + theme.scaled(6))
