"""The window: its pages one at a time, the strip of status and ringing calls, and closing without losing anything."""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from ui import beside
from ui.common.words import tr
from ui.first_page import FirstPage

# The window is painted before any of these is imported; those of the store, when it is opened. Naming `Qt` by itself
# would make all of its enumerations, which takes longer than the first painting.
if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QCloseEvent
    from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

    from callhandler.app import App
    from callhandler.intake.ring import Ring
    from callhandler.model.actor import Actor
    from callhandler.services.training.exercising import Exercising
    from ui.bridge import ChangeFeed
    from ui.common.labels import Cut, Shape
    from ui.desk.controller import DeskController
    from ui.desk.page import DeskPage
    from ui.herald import Herald
    from ui.locking import Locking
    from ui.no_desk import NoDeskPage
    from ui.preferences.looks import Looks
    from ui.proposed.joining import JudgingPairs
    from ui.review.joining import Reviewing
    from ui.review.page import ReviewPage
    from ui.ring.at_window import RingsAtWindow
    from ui.ring.single_instance import Answer
    from ui.search.reading_in import ReadingIn
    from ui.sign_in import SignInPage
    from ui.start_up import Opened, Opener, OpeningPage
    from ui.tasks import Failure, Reads, Writes
    from ui.told.joining import TellingYou
    from ui.training.at_window import ExerciseAtWindow

TONES = {"serious": "serious", "accent": "note", "calm": "done"}


class MainWindow(QMainWindow):
    """One window at one store; without a store it shows that one is being opened.

    `seen` is told when its first page has been painted, `opened` tells the App.
    """

    seen = Signal()
    opened = Signal(object)
    # These come when it is furnished.
    writes: "Writes"
    reads: "Reads"
    stack: "QStackedWidget"
    strip: "QHBoxLayout"
    mark: "Shape"
    status: "Cut"
    hints: "Cut"
    opening: "OpeningPage"
    # All of these come with the store.
    app: "App"
    feed: "ChangeFeed"
    herald: "Herald"
    looks: "Looks"
    locking: "Locking"
    telling: "TellingYou"
    sign_in_page: "SignInPage"
    # And these when they are first asked for.
    palette_ = cached_property(beside.palette)
    keys = cached_property(beside.keys)
    help = cached_property(beside.help)
    preferences = cached_property(beside.preferences)
    about = cached_property(beside.about)
    board = cached_property(beside.board)
    search = cached_property(beside.search)
    importing = cached_property(beside.importing)
    from_log = cached_property(beside.from_log)
    debrief = cached_property(beside.debrief)

    def __init__(self, app: "App | None" = None, next_event: Callable[[], str] | None = None) -> None:
        super().__init__()
        self.desk: DeskController | None = None
        self.page: DeskPage | None = None
        self.no_desk: NoDeskPage | None = None
        self.review: ReviewPage | None = None
        self.reviewing: Reviewing | None = None
        self.judging: JudgingPairs | None = None
        self.rings: RingsAtWindow | None = None
        self.reading_in: ReadingIn | None = None
        self.has_store = False
        self.demonstration = False
        self.next_event: Callable[[], str] | None = None
        self.exercising: Exercising | None = None
        self.exercise: ExerciseAtWindow | None = None
        self.key_groups: list[tuple[str, list[QAction]]] = []
        """Every action, in groups, as the keys page and the palette list them."""
        self._early: list[tuple[Ring | None, Answer]] = []
        self._before: QWidget | None = None
        self._focus_before: QWidget | None = None
        self._furnished = False
        self.setWindowTitle("callhandler")
        self.setMinimumSize(1280, 740)
        if app is None:
            first = FirstPage()
            first.painted.connect(self.seen)
            self.setCentralWidget(first)
        else:
            from ui.start_up import Opened

            self._furnish()
            self.open_store(Opened(app, next_event=next_event, demonstration=next_event is not None))

    def _furnish(self) -> None:
        from ui.furnish import furnish

        furnish(self)
        self._furnished = True

    def say(self, text: str, tone: str = "muted") -> None:
        """Say something quietly in the status strip; nothing ever pops up."""
        if self.has_store and self.locking.locked:
            self.locking.held = (text, tone)
            return
        self.mark.show_shape(TONES.get(tone, "plain"), tone)
        self.mark.setVisible(bool(text))
        self.status.say(text, tone)
        self.status.setAccessibleDescription(text)
        # What was done is heard too: who does not see the strip has no other sign that it was.
        if tone in TONES:
            from ui.common.announce import announce

            announce(self, text)

    # opening

    def start(self, opener: "Opener") -> None:
        """Open a store off the window's thread, once the opening page has been seen."""
        self._furnish()

        def begin() -> None:
            self.opening.show_waiting()
            told = self.opening.told
            self.writes.do(lambda: opener(told.emit), self.open_store, self.opening.show_fault)

        self.opening.again.connect(begin)
        self.opening.painted.connect(begin, QtCore.Qt.ConnectionType.QueuedConnection)

    def open_store(self, opened: "Opened") -> None:
        """Go on with an opened store: to the desk of whoever sits down, or to the sign-in page."""
        from ui import fitting

        self.app = opened.app
        self.next_event = opened.next_event
        self.exercising = opened.exercise
        self.demonstration = opened.demonstration
        fitting.fit(self)
        self.has_store = True
        if self.app.custody.kind == "TRAINING":
            self.setWindowTitle("callhandler" + tr(" · TRAINING"))
        assert self.rings is not None
        self.strip.addWidget(self.rings.banner, 2)
        self.rings.banner.add_quiet(self.hints)
        # A call that rings has the strip; what was said quietly keeps its beginning and its tooltip.
        self.rings.banner.rang.connect(lambda on: self.strip.setStretch(2, 9 if on else 2))
        if opened.actor is not None:
            self.sign_in(opened.actor, opened.incident_id)
        else:
            self.stack.setCurrentWidget(self.sign_in_page)
            self.sign_in_page.name.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        self.opened.emit(self.app)
        early, self._early = self._early, []
        for ring, answer in early:
            self.rings.receive(ring, answer)

    def receive(self, ring: "Ring | None", answer: "Answer") -> None:
        """What another program hands over: a ring, or None to see the window."""
        if ring is None:
            self.come_forward()
            answer("")
        elif self.rings is None:
            self._early.append((ring, answer))
        else:
            self.rings.receive(ring, answer)

    def come_forward(self) -> None:
        """Be in front."""
        self.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # signing in

    def sign_in(self, actor: "Actor", incident_id: int | None = None) -> None:
        """Sit down at the desk as this person."""
        from ui.seating import seat

        seat(self, actor, incident_id)

    # pages

    def turn(self) -> None:
        """Between the review page and the desk."""
        if self.reviewing is None or self.page is None:
            return
        if self.review is not None and self.stack.currentWidget() is self.review:
            self.stack.setCurrentWidget(self.page)
            self.page.to_entry()
        else:
            self.reviewing.to_front()

    def to_desk(self) -> None:
        """To the desk, where a call is taken."""
        if self.page is not None:
            self.stack.setCurrentWidget(self.page)

    def open_from_board(self, incident_id: int) -> None:
        """Open an incident that was chosen on the board, at the desk."""
        if self.desk is not None and self.page is not None:
            self.desk.open(incident_id)
            self.stack.setCurrentWidget(self.page)
            self.page.to_entry()

    def turn_keys(self) -> None:
        """To the list of keys, or back to where the hands were."""
        self.visit(self.keys)

    def visit(self, page: QWidget) -> None:
        """To a page beside the work, or back from it to where the hands were."""
        now = self.stack.currentWidget()
        if now is page:
            self.back()
            return
        if now in (self.page, self.no_desk, self.review, self.sign_in_page):
            self._before, self._focus_before = now, self.focusWidget()
        self.stack.setCurrentWidget(page)
        page.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)

    def back(self) -> None:
        """Back to the work, and to where the hands were."""
        if self._before is not None:
            self.stack.setCurrentWidget(self._before)
        if self._focus_before is not None:
            self._focus_before.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    def open_palette(self) -> None:
        """Every action by words."""
        from ui import actions

        if self.locking.locked:
            return
        desk = self.page is not None and self.stack.currentWidget() is self.page
        top = self.page.top.height() if desk and self.page is not None else 48
        self.palette_.open(self.key_groups, lambda action: actions.why_not(self, action), top + 1)

    def play_next(self) -> None:
        """Play the next event of the demonstration."""
        play = self.next_event
        if play is None or self.desk is None:
            return
        desk = self.desk

        def done(told: str) -> None:
            over = tr("The night is over.")
            self.say(tr("Played: {event}. F9 plays the next").format(event=told) if told else over)
            desk.read()

        def failed(failure: "Failure") -> None:
            self.say(failure.sentence, "serious")

        self.writes.do(play, done, failed)

    # closing

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Everything given to the write lane is done before the window goes."""
        if self.exercise is not None:
            self.exercise.stop()
        if self.has_store:
            self.feed.stop()
            self.locking.stop()
        if self.judging is not None:
            self.judging.stop()
        if self.reading_in is not None:
            self.reading_in.stop()
        if "search" in vars(self):
            self.search.search.settle()
        if "from_log" in vars(self):
            self.from_log.settle()
        if self.reviewing is not None:
            self.reviewing.controller.proving.stop()
        if self.page is not None:
            self.page.log.keep_now()
        if self.desk is not None:
            actor = self.desk.actor
            self.looks.keep_panels()
            # Closed twice, the lane takes nothing more.
            with suppress(RuntimeError):
                self.writes.do(lambda: self.app.identity.sign_out(actor))
        if self._furnished:
            self.reads.finish()
            self.writes.finish()
        event.accept()
