"""The workshop's window: an exercise as text, its faults below, what happens in it beside."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QLineEdit,
    QMainWindow,
    QPushButton,
    QWidget,
)

from callhandler import app as core
from callhandler.errors import CallhandlerError
from callhandler.services.training.looked_over import Looked
from callhandler.services.training.workshop import Document, Workshop
from callhandler.settings import Settings
from ui.common.announce import announce
from ui.common.labels import Cut, Text
from ui.common.words import clock_now, tr
from ui.tasks import Failure, Reads, Writes
from ui.workshop.begin_from import BeginFrom
from ui.workshop.beside import start_beside
from ui.workshop.laid_out import lay_out
from ui.workshop.lists import LinesList
from ui.workshop.looking import look
from ui.workshop.text_edit import TextEdit
from ui.workshop.wording import found_in_words, seen_in_words, state_in_words

REST_MS = 400
TRYING = "Trying it out"


class WorkshopWindow(QMainWindow):
    """Opens an exercise, keeps it while it is written, looks it over at each rest, saves it, lets it be tried.

    `name` is a file or a shipped exercise; without one the newest draft is taken up, or a new exercise begun.
    """

    def __init__(self, settings: Settings, name: str = "") -> None:
        super().__init__()
        self.settings = settings
        self.workshop = Workshop(settings.data_folder)
        self.writes = Writes(self)
        self.reads = Reads(self)
        self.document: Document = self.workshop.new()
        self.looked: Looked | None = None
        self._kept = ""
        self._opening = False
        self._closing = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.at_rest)
        self.which = BeginFrom()
        self.begin = QPushButton(tr("Begin"))
        self.file = QLineEdit()
        self.file.setAccessibleName(tr("File"))
        self.file.setPlaceholderText(
            tr("A file: Enter opens it when it is there, and saves in it when it is not")
        )
        self.text = TextEdit()
        self.faults = LinesList(tr("Faults; Enter goes to the line"))
        self.steps = LinesList(tr("What happens, and who knows what; Enter goes to the line"))
        self.state = Cut("", "muted")
        self.said = Text("", "muted")
        self.found = Text("", semi=True, wrap=False)
        self.seen = Text(tr("As it would be played"), semi=True)
        self.setMinimumSize(1000, 640)
        lay_out(self)
        self._join()
        self._offer()
        self._first(name)

    def _join(self) -> None:
        self.text.textChanged.connect(self._typed)
        self.faults.chosen.connect(self._go_to)
        self.steps.chosen.connect(self._go_to)
        self.file.returnPressed.connect(self.file_named)
        self.begin.clicked.connect(self.begin_chosen)
        self.begin.setAutoDefault(True)
        for name, key, slot in (
            (tr("Save"), "Ctrl+S", self.save),
            (tr("Try it"), "F5", self.try_it),
            (tr("Next part"), "F6", self.next_part),
            (tr("Next fault"), "F8", self.next_fault),
            (tr("File"), "Ctrl+O", self.to_file),
            (tr("New exercise"), "Ctrl+N", lambda: self.show_document(self.workshop.new())),
        ):
            action = QAction(name, self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _=False, do=slot: do())
            self.addAction(action)

    # opening

    def open(self, name: str) -> None:
        """Open a file, or a copy of a shipped exercise."""
        if not self._keep_now():
            return
        self._try(lambda: self.show_document(self.workshop.open(core.find_exercise(name))))

    def show_document(self, document: Document) -> None:
        """Another exercise; what was written so far of the one before is kept first."""
        if not self._keep_now():
            return
        self.document = document
        self._opening = True
        self.text.show_text(document.begun, document.text)
        self._opening = False
        self._kept = document.text
        self.looked = None
        self.steps.clear()
        self.file.setText(str(document.path or ""))
        if document.kept:
            self.say(
                tr("Taken up as you left it, and not saved yet. Ctrl+Z goes back to what was saved."),
                "accent",
            )
        elif document.path is None and document.name != self.workshop.new().name:
            self.say(tr("A copy of a shipped exercise: name a file of your own to save it in."))
        else:
            self.say("")
        self._offer()
        self._tell()
        self.look_over()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_chosen(self) -> None:
        """Begin from what is chosen."""
        if not self._keep_now():
            return
        if shipped := self.which.shipped:
            self.open(shipped)
        else:
            keys = {d.key: d for d in self.workshop.under_way()}
            self.show_document(keys.get(self.which.draft) or self.workshop.new())

    def file_named(self) -> None:
        """Enter on the file: opened when it is there, saved in when it is not."""
        path = Path(self.file.text().strip()).expanduser()
        if path.is_file():
            self.open(str(path))
        elif self.file.text().strip():
            self.save()

    def to_file(self) -> None:
        """The hands to the name of the file."""
        self.file.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.file.selectAll()

    def _first(self, name: str) -> None:
        if name:
            self.show_document(self.document)
            self.open(name)
            return
        drafts = self.workshop.under_way()
        self.show_document(drafts[0] if drafts else self.document)

    def _offer(self) -> None:
        self.which.offer(self.workshop.under_way(), core.exercises_folder())

    # writing

    def _typed(self) -> None:
        if not self._opening:
            self._rest.start()

    def at_rest(self) -> None:
        """Somebody stopped typing: keep what stands, and look it over."""
        if self.text.whole == self._kept:
            return
        self._keep()
        self.look_over()

    def _keep(self) -> None:
        self._rest.stop()
        text, document = self.text.whole, self.document
        if text == self._kept:
            return
        self._kept = text

        def done(_: object) -> None:
            self._tell(clock_now())

        def failed(failure: Failure) -> None:
            # The next rest tries again.
            self._kept = ""
            self._failed(failure)

        self.writes.do(lambda: self.workshop.keep(document, text), done, failed)

    def _keep_now(self) -> bool:
        """Keep what stands before anything else takes its place; False when it cannot be kept, and why is said."""
        self._rest.stop()
        text = self.text.whole
        if text == self._kept and not self.writes.waiting:
            return True
        self._drain()
        try:
            self.workshop.keep(self.document, text)
        except CallhandlerError as error:
            self.say(f"▲ {error}", "serious")
            return False
        self._kept = text
        return True

    def look_over(self) -> None:
        """Look the text over, off this thread; an older look is dropped."""
        text, file = self.text.whole, self.document.file
        self.reads.ask("look", partial(look, text, file, self.settings), self._looked, self._failed)

    def _looked(self, looked: Looked) -> None:
        self.looked = looked
        self.faults.show_faults(looked.faults)
        self.text.show_faults(frozenset(f.line for f in looked.faults))
        self.found.say(*found_in_words(looked))
        if looked.steps is not None:
            self.steps.show_steps(looked.steps)
        self.seen.say(*seen_in_words(looked, self.steps.count() > 0))

    # saving and trying

    def save(self) -> bool:
        """Save in the file that is named; whether it was saved."""
        named, text = self.file.text().strip(), self.text.whole
        self._rest.stop()
        # What is still being kept comes first: a draft kept after the saving would be taken up again.
        self._drain()
        try:
            self.document = self.workshop.save(self.document, text, Path(named) if named else None)
        except CallhandlerError as error:
            self.say(f"▲ {error}", "serious")
            if not named:
                self.to_file()
            self._keep()
            return False
        self._kept = text
        self.file.setText(str(self.document.path))
        self.say(tr("Saved at {at}.").format(at=clock_now()), "calm")
        self._offer()
        self._tell()
        self.look_over()
        return True

    def try_it(self) -> None:
        """Save it, and sit down at it in a window of its own."""
        if self.looked is not None and self.looked.faults:
            self.say(tr("▲ It cannot be tried while it has faults: F8 goes to the next."), "serious")
            return
        if not self.save():
            return
        path = str(self.document.path)
        if start_beside(["train", path, "--as", TRYING], self.settings):
            self.say(tr("Saved. A window of its own opens with it; this one stays as it is."), "calm")
        else:
            self.say(tr("▲ The window for it could not be started; it is saved."), "serious")

    def _drain(self) -> None:
        self.writes.finish()
        self.writes = Writes(self)

    # going about

    def next_part(self) -> None:
        """The text, its faults, what happens, the choice at the top, and round again."""
        parts: tuple[QWidget, ...] = (self.text, self.faults, self.steps, self.which)
        focus = self.focusWidget()
        here = next((i for i, part in enumerate(parts) if part is focus), -1)
        parts[(here + 1) % len(parts)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_fault(self) -> None:
        """The next fault after where the hands are, from the last to the first."""
        lines = sorted({f.line for f in self.looked.faults if f.line}) if self.looked is not None else []
        if not lines:
            self.say(tr("There is no fault in this file."))
            return
        here = self.text.textCursor().blockNumber() + 1
        line = next((n for n in lines if n > here), lines[0])
        self._go_to(line)
        for row, fault in enumerate(self.looked.faults if self.looked is not None else ()):
            if fault.line == line:
                self.faults.setCurrentRow(row)
                self.say(f"▲ {fault.sentence}", "serious")
                break

    def _go_to(self, line: int) -> None:
        if line:
            self.text.go_to(line)

    def say(self, sentence: str, tone: str = "muted") -> None:
        """Say something quietly, below."""
        self.said.say(sentence, tone)
        if sentence:
            announce(self, sentence)

    def _tell(self, kept: str = "") -> None:
        self.state.say(state_in_words(self.document, self.text.whole, kept))
        self.setWindowTitle(f"{self.document.name} · callhandler")

    def _failed(self, failure: Failure) -> None:
        self.say(f"▲ {failure.sentence}", "serious")

    def _try(self, do: Callable[[], None]) -> None:
        try:
            do()
        except CallhandlerError as error:
            self.say(f"▲ {error}", "serious")

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is written is kept before the window goes."""
        if not self._keep_now() and not self._closing:
            self._closing = True
            self.say(
                tr("▲ What you wrote cannot be kept. Save it in another place, or close again to let it go."),
                "serious",
            )
            event.ignore()
            return
        self.reads.finish()
        self.writes.finish()
        event.accept()
