"""What the window shows while the store is opened, and when it cannot be: a sentence and what to do, never a trace."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from callhandler import log
from callhandler.errors import BadInput, StoreTampered, StoreTooNew
from callhandler.log_file import why_not
from ui.common.labels import Text, in_the_middle
from ui.common.words import tr
from ui.tasks import Failure

if TYPE_CHECKING:
    from callhandler.app import App
    from callhandler.model.actor import Actor
    from callhandler.services.training.exercising import Exercising


@dataclass(frozen=True)
class Opened:
    """An opened store, and who sits down at once; `next_event` plays on a demonstration, `exercise` runs."""

    app: "App"
    actor: "Actor | None" = None
    incident_id: int | None = None
    next_event: Callable[[], str] | None = None
    demonstration: bool = False
    exercise: "Exercising | None" = None


Say = Callable[[str, float], None]
Opener = Callable[[Say], Opened]
MOST_LINES = 12


class OpeningPage(QWidget):
    """`painted` is told once, when the page has been seen; `again` when another try is asked for."""

    painted = Signal()
    again = Signal()
    # Told from the lane's thread, heard on the window's.
    told = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = False
        inner = in_the_middle(self)
        inner.addWidget(Text("callhandler", larger=7, bold=True))
        self.title = Text(tr("Opening …"), "muted")
        self.sentence = Text("")
        self.what = Text("", "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(tr("How far it is"))
        self.button = QPushButton(tr("Try again (Enter)"))
        self.button.setAccessibleName(tr("Try again"))
        self.button.setAutoDefault(True)
        for widget in (self.title, self.sentence, self.what, self.bar, self.button):
            inner.addWidget(widget)
        self.button.clicked.connect(self.again)
        self.told.connect(self.show_step)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Nothing is known yet."""
        self.title.say(tr("Opening …"), "muted")
        self.sentence.say("")
        self.what.say("")
        self.bar.hide()
        self.button.hide()

    def show_step(self, sentence: str, far: float) -> None:
        """A step of opening."""
        self.sentence.say(f"{sentence} …", "text")
        self.bar.setVisible(0.0 <= far < 1.0)
        self.bar.setValue(round(far * 100))

    def show_fault(self, failure: Failure) -> None:
        """Why the store is not open, and what to do."""
        self.bar.hide()
        self.title.say(tr("▲ The store is not open"), "serious")
        lines = failure.sentence.splitlines()
        if len(lines) > MOST_LINES:
            lines = [*lines[:MOST_LINES], tr("and {n} more").format(n=len(lines) - MOST_LINES)]
        self.sentence.say("\n".join(lines), "text")
        self.what.say(_what_to_do(failure), "muted")
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the page has been seen."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self.painted.emit()


def _what_to_do(failure: Failure) -> str:
    error = failure.error
    if isinstance(error, StoreTooNew):
        return tr("Nothing was changed. Ask whoever looks after this desk to install the newer version.")
    if isinstance(error, StoreTampered):
        return tr(
            "Nothing is written to it while this stands. Take calls by your fall-back procedure, tell your supervisor, "
            "and have an administrator run: callhandler verify"
        )
    if isinstance(error, BadInput):
        return tr(
            "The store was not touched. Whoever looks after the policy files corrects the places named above; "
            "callhandler policy check lists them all. Then press Enter."
        )
    if failure.ours:
        file = log.file()
        if file is None or why_not(file.parent):
            return tr("Press Enter to try again.")
        return tr(
            "What failed, without personal data, is in {file} for whoever looks after this desk. Press Enter to try again."
        ).format(file=file)
    return tr("Take calls by your fall-back procedure until it is open. Press Enter to try again.")
