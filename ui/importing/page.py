"""The page on which history is brought in: choose, look, try, bring in; it can be left and come back to at any time."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QFileSystemModel,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QWidget,
)

from callhandler.services.imports import Progress, Report
from callhandler.services.imports.jobs import Shown
from ui.common.announce import announce
from ui.common.choice_box import ArrowBox
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import tr
from ui.importing.controller import BRINGING, TRYING, ImportController
from ui.importing.rows import CellsModel
from ui.importing.words import HEADS, REJECTED, progress, shown

OWN = "own"
WIDTHS = {8: (15, 5, 17, 14, 30, 24, 24), 5: (16, 7, 20, 26)}
"""How wide columns begin, in letters, by how many there are; the last has the rest, and never less than `LAST`."""
LAST = 0.4
"""The share of the width that is the last column's at least: why a row is rejected is what is looked for."""


class ImportPage(SidePage):
    """One column from top to bottom: what is brought in, what can be done now, how far it is, what came of it.

    `said` tells in the status strip what ended while somebody was at other work.
    """

    said = Signal(str, str)

    def __init__(self, control: ImportController, parent: QWidget | None = None) -> None:
        super().__init__(tr("Bring history in"), parent)
        self.control = control
        self.files = QLineEdit()
        self.files.setPlaceholderText(tr("A file, or the folder of the files; several with ; between"))
        self.files.setCompleter(_paths(self))
        self.mapping = ArrowBox()
        for path in control.imports.shipped():
            self.mapping.addItem(_title(control, path), str(path))
        self.mapping.addItem(tr("A mapping of our own …"), OWN)
        self.own = QLineEdit()
        self.own.setPlaceholderText(tr("The mapping file; how one is written is in the help, Ctrl+F1"))
        self.own.setCompleter(_paths(self))
        self.look = QPushButton(tr("Look at the first rows"))
        self.try_ = QPushButton(tr("Try it: nothing is written"))
        self.bring = QPushButton(tr("Bring it in"))
        self.stop = QPushButton(tr("Stop here"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(8)
        self.bar.setAccessibleName(tr("How far it is"))
        self.far = Text("", "muted", wrap=False)
        self.head = Text("")
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        self.told.setAccessibleName(tr("What came of it"))
        self.table = QTableView()
        self.cells = CellsModel()
        self._lay_out()
        self.mapping.currentIndexChanged.connect(self._changed)
        self.files.textChanged.connect(self._changed)
        self.own.textChanged.connect(self._changed)
        for line in (self.files, self.own):
            line.returnPressed.connect(self.look_now)
        self.look.clicked.connect(self.look_now)
        self.try_.clicked.connect(self.try_now)
        self.bring.clicked.connect(self.bring_now)
        self.stop.clicked.connect(self.stop_now)
        control.looked.connect(self._looked)
        control.far.connect(self._went)
        control.reported.connect(self._reported)
        control.refused.connect(self._refused)
        self._say(
            tr("Name what is brought in and how it is read. Looking and trying write nothing."), tone="muted"
        )
        self._say_far("")
        self._fill(REJECTED, [], tr("The first rows as they are understood"))
        self._changed()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._own_name = Text(tr("Mapping file"), semi=True, wrap=False)
        for line, (label, editor) in enumerate(
            (
                (Text(tr("Files"), semi=True, wrap=False), self.files),
                (Text(tr("Mapping"), semi=True, wrap=False), self.mapping),
                (self._own_name, self.own),
            )
        ):
            editor.setAccessibleName(label.text())
            label.setBuddy(editor)
            grid.addWidget(label, line, 0)
            grid.addWidget(editor, line, 1)
        self.column.addLayout(grid)
        buttons = QHBoxLayout()
        for button in (self.look, self.try_, self.bring, self.stop):
            button.setAccessibleName(button.text())
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.far)
        self.column.addWidget(self.head)
        self.column.addWidget(self.told, 2)
        self.table.setModel(self.cells)
        self.table.setAccessibleName(tr("The first rows as they are understood"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.column.addWidget(self.table, 3)
        # What is hidden leaves its room to nothing else.
        self.column.addStretch(0)

    # what is asked for

    def look_now(self) -> None:
        """Look at the first rows of what is named."""
        if self.control.doing:
            return
        files = [Path(part.strip()).expanduser() for part in self.files.text().split(";") if part.strip()]
        own = self.own.text().strip()
        chosen = own if self.mapping.currentData() == OWN else str(self.mapping.currentData())
        if not files or not chosen:
            self._refused(tr("Name the file first.") if not files else tr("Name the mapping file first."))
            return
        self._say(tr("Looking …"), tone="muted")
        self.control.look(Path(chosen).expanduser(), files)
        self._offer()

    def try_now(self) -> None:
        """Try it without writing anything."""
        self._begin(tr("Trying; nothing is written …"))
        self.control.try_it()
        self._offer()

    def bring_now(self) -> None:
        """Bring it in, or go on with it."""
        self._begin(tr("Bringing it in. You can leave this page and go on with your work …"))
        self.control.bring_in()
        self._offer()

    def stop_now(self) -> None:
        """Stop after the block that is being written."""
        was = self.control.doing
        self.control.stop()
        sentence = tr("Stopped. What is in stays in. Bring it in again, and it goes on where it stopped.")
        self._say(sentence if was == BRINGING else tr("Stopped; nothing was written."), tone="text")
        self._say_far("")
        self.bar.hide()
        self._offer()
        (self.bring if was == BRINGING else self.look).setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The file's name is where the hands begin."""
        super().focusInEvent(event)
        self.files.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton):
            focus.click()
            return
        super().keyPressEvent(event)

    # what came

    def _changed(self) -> None:
        own = self.mapping.currentData() == OWN
        self.own.setVisible(own)
        self._own_name.setVisible(own)
        if not self.control.doing:
            # What was looked at is something else now.
            self.control.job = None
            self._offer()

    def _offer(self) -> None:
        doing, ready = bool(self.control.doing), self.control.job is not None
        for editor in (self.files, self.mapping, self.own):
            editor.setEnabled(not doing)
        self.look.setEnabled(not doing)
        self.try_.setEnabled(ready and not doing)
        self.bring.setEnabled(ready and not doing)
        self.stop.setEnabled(doing)
        self.bar.setVisible(self.control.doing in (TRYING, BRINGING))

    def _begin(self, sentence: str) -> None:
        self.bar.setRange(0, 0)
        self._say_far("")
        self._say(sentence, tone="text")

    def _looked(self, rows: tuple[Shown, ...]) -> None:
        job = self.control.job
        assert job is not None
        bad = sum(1 for row in rows if row.rejected is not None)
        about = sum(file.source.rows for file in job.files)
        sentence = tr("About {rows} rows in {files}. Of the first {first}, {bad} would be rejected.").format(
            rows=f"{about:,}",
            files=", ".join(f.source.path.name for f in job.files),
            first=len(rows),
            bad=bad,
        )
        self._say(sentence, job.said)
        self._fill(HEADS, [shown(row) for row in rows], tr("The first rows as they are understood"))
        self._offer()
        self.try_.setFocus(Qt.FocusReason.OtherFocusReason)

    def _went(self, far: Progress) -> None:
        if self.control.doing:
            self.bar.setRange(0, max(far.about, 1))
            self.bar.setValue(far.read)
            self._say_far(progress(far))

    def _reported(self, reports: tuple[Report, ...], over: bool) -> None:
        if not over:
            return
        dry = any(report.dry for report in reports)
        self._say_far("")
        lines = [line for report in reports for line in report.lines()]
        head = tr("Tried; nothing was written.") if dry else tr("Done.")
        self._say(head, lines)
        examples: list[tuple[str, ...]] = [
            (report.file, str(bad.row), bad.column, bad.value, bad.reason)
            for report in reports
            for bad in report.examples
        ]
        self._fill(REJECTED, examples, tr("The rejected rows"))
        self._offer()
        self._tell(f"{tr('Bringing history in')}: {head} {lines[0] if lines else ''}", "calm")
        if self.isVisible():
            (self.bring if dry else self.files).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, sentence: str) -> None:
        self._say_far("")
        first, *rest = sentence.splitlines()
        self._say(f"▲ {first}", rest, "serious")
        self._tell(sentence, "serious")
        self._offer()

    def _say_far(self, sentence: str) -> None:
        self.far.say(sentence)
        self.far.setVisible(bool(sentence))

    def _say(self, head: str, lines: Sequence[str] = (), tone: str = "text") -> None:
        self.head.say(head, tone)
        self.told.setPlainText("\n".join(lines))
        self.told.setVisible(bool(lines))

    def _tell(self, sentence: str, tone: str) -> None:
        if self.isVisible():
            announce(self, sentence)
        else:
            self.said.emit(sentence, tone)

    def _fill(self, heads: tuple[str, ...], rows: list[tuple[str, ...]], name: str) -> None:
        self.cells.show_cells(heads, rows)
        self.table.setVisible(bool(rows))
        self.table.setAccessibleName(name)
        self._set_widths()
        self.table.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last column stays in sight."""
        super().resizeEvent(event)
        self._set_widths()

    def _set_widths(self) -> None:
        wide = [
            self.fontMetrics().averageCharWidth() * letters for letters in WIDTHS[self.cells.columnCount()]
        ]
        room = self.table.viewport().width() * (1 - LAST)
        less = min(1.0, room / sum(wide)) if room > 0 else 1.0
        for column, width in enumerate(wide):
            self.table.setColumnWidth(column, round(width * less))


def _title(control: ImportController, path: Path) -> str:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("title:"):
            return line.removeprefix("title:").strip().strip('"')
    return path.stem


def _paths(parent: QWidget) -> QCompleter:
    """Completes the path of a file as it is typed, without a window of its own."""
    model = QFileSystemModel(parent)
    model.setRootPath("")
    model.setFilter(QDir.Filter.AllEntries | QDir.Filter.NoDotAndDotDot)
    completer = QCompleter(model, parent)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return completer
