"""The window: sign-in, desk, requests, keys, one at a time; the status strip; closing without losing anything."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from callhandler.app import App
from callhandler.model.actor import Actor, Right
from callhandler.model.incident import ResponseState
from ui.bridge import ChangeFeed
from ui.common.labels import Cut, Shape, frame
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.page import DeskPage
from ui.keys import KeysPage
from ui.review.controller import ReviewController
from ui.review.page import ReviewPage
from ui.sign_in import SignInPage
from ui.store_name import store_name
from ui.tasks import Failure, Reads, Writes

TONES = {"serious": "serious", "accent": "note", "calm": "done"}


class MainWindow(QMainWindow):
    """One window at one store. `next_event` plays on a demonstration and says what happened."""

    def __init__(self, app: App, next_event: Callable[[], str] | None = None) -> None:
        super().__init__()
        self.app = app
        self.desk: DeskController | None = None
        self.page: DeskPage | None = None
        self.review: ReviewPage | None = None
        self._next_event = next_event
        self._store = store_name(app)
        self.writes = Writes(self)
        self.reads = Reads(self)
        self.feed = ChangeFeed(self)
        self.stack = QStackedWidget()
        self.keys = KeysPage()
        self.keys.left.connect(self._back)
        self._before: QWidget | None = None
        self._focus_before: QWidget | None = None
        self._status = frame("foot")
        self._mark = Shape("plain", "muted", 11)
        self.status = Cut("", "muted")
        self.hints = Cut("", "muted", larger=-1)
        self._build()
        self.setWindowTitle("callhandler" + (tr(" · TRAINING") if app.custody.kind == "TRAINING" else ""))
        self.setMinimumSize(1280, 740)
        self.sign_in_page = SignInPage(app, self.writes)
        self.sign_in_page.signed_in.connect(self.sign_in)
        self.stack.addWidget(self.sign_in_page)
        self.stack.addWidget(self.keys)

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout(self._status)
        row.setContentsMargins(10, 3, 10, 3)
        row.addWidget(self._mark)
        row.addWidget(self.status, 1)
        row.addWidget(self.hints)
        column.addWidget(self._status)
        self.setCentralWidget(inner)

    def say(self, text: str, tone: str = "muted") -> None:
        """Say something quietly in the status strip; nothing ever pops up."""
        self._mark.show_shape(TONES.get(tone, "plain"), tone)
        self.status.say(text, tone)
        self.status.setAccessibleDescription(text)

    # signing in

    def sign_in(self, actor: Actor, incident_id: int | None = None) -> None:
        """Sit down at the desk as this person."""
        self.desk = DeskController(self.app, actor, self.writes, self.reads, self)
        self.page = DeskPage(self.desk, self._store)
        self.stack.addWidget(self.page)
        self.desk.said.connect(self.say)
        self.desk.recover_drafts()
        groups = [
            (tr("Grade"), self._grade_actions()),
            (tr("Call"), self._call_actions()),
            (tr("Go to"), self._go_actions()),
        ]
        groups.append((tr("Question, while it has the focus"), self.page.questions.actions()))
        groups.append((tr("Rationale, while it has the focus"), self.page.rationale.actions()))
        if Right.SUPERVISOR in actor.rights:
            controller = ReviewController(self.app, actor, self.writes, self.reads, self)
            self.review = ReviewPage(controller, self._store)
            self.stack.addWidget(self.review)
            controller.said.connect(self.say)
            controller.read()
            self.feed.due.connect(controller.read)
            self._act(tr("Requests, or back to the desk"), "F11", self.turn, groups[2][1])
            groups.append((tr("Requests, while the list has the focus"), self.review.list.actions()))
        self.keys.show_actions(groups)
        self.hints.say(tr("F12 keys · Ctrl+N new call · Ctrl+D tells · Ctrl+O order · Ctrl+M moves"))
        self.feed.due.connect(self.desk.read_view)
        self.feed.minute.connect(self.desk.tick)
        self.feed.start()
        if self._next_event is not None:
            self.say(tr("Demonstration: F9 plays the next event"))
        self.stack.setCurrentWidget(self.review or self.page)
        self.desk.open(incident_id)
        if self.review is not None:
            self.review.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page.to_entry()

    # actions

    def _act(self, name: str, key: str, slot: Callable[[], object], into: list[QAction]) -> None:
        action = QAction(name, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _=False: slot())
        self.addAction(action)
        into.append(action)

    def _on_desk(self, slot: Callable[[], object]) -> Callable[[], object]:
        """An act on the desk is done where it is seen."""

        def act() -> None:
            if self.page is not None:
                self.stack.setCurrentWidget(self.page)
                slot()

        return act

    def _grade_actions(self) -> list[QAction]:
        found: list[QAction] = []
        assert self.desk is not None
        desk = self.desk
        for grade in sorted(self.app.policy.scheme.grades, key=lambda g: g.rank):
            self._act(grade.name, grade.key, self._on_desk(lambda g=grade.id: desk.grade(g)), found)  # type: ignore[misc]
        unresourced = self._on_desk(lambda: desk.respond(ResponseState.UNRESOURCED))
        self._act(tr("Unresourced: nobody can go, the grade stands"), "F6", unresourced, found)
        self._act(tr("Close the incident"), "Ctrl+W", self._on_desk(desk.close), found)
        return found

    def _call_actions(self) -> list[QAction]:
        found: list[QAction] = []
        assert self.desk is not None and self.page is not None
        forms = self.page.forms
        for code, form in forms.all.items():
            self._act(form.name, form.key, self._on_desk(lambda c=code: forms.open(c)), found)  # type: ignore[misc]
        self._act(
            tr("Open a separate incident for the joined call"),
            "Ctrl+J",
            self._on_desk(self.desk.separate),
            found,
        )
        return found

    def _go_actions(self) -> list[QAction]:
        found: list[QAction] = []
        page = self.page
        assert page is not None and self.desk is not None
        places: tuple[tuple[str, str, QWidget], ...] = (
            (tr("Warnings; Enter opens one"), "Ctrl+1", page.warnings.list),
            (tr("Question"), "Ctrl+2", page.questions),
            (tr("Linked history; Enter opens one"), "Ctrl+3", page.history.list),
            (tr("Log line; Enter records"), "Ctrl+4", page.log.entry),
            (tr("Open incidents; Enter opens one"), "Ctrl+5", page.board),
            (tr("Rationale"), "Ctrl+6", page.rationale.reason),
            (tr("Log"), "Ctrl+7", page.log.list),
        )
        for name, key, widget in places:
            go = self._on_desk(lambda w=widget: w.setFocus(Qt.FocusReason.ShortcutFocusReason))  # type: ignore[misc]
            self._act(name, key, go, found)
        self._act(
            tr("Serious warnings and notes: show or hide"), "F8", self._on_desk(page.warnings.turn), found
        )
        self._act(
            tr("What to say of the order, and what not"),
            "Ctrl+T",
            self._on_desk(lambda: page.open_detail("order")),
            found,
        )
        self._act(tr("Read again"), "F5", self._on_desk(self.desk.read), found)
        if self._next_event is not None:
            self._act(tr("Demonstration: play the next event"), "F9", self.play_next, found)
        self._act(tr("Keys, or back"), "F12", self.turn_keys, found)
        return found

    # pages

    def turn(self) -> None:
        """Between the requests and the desk."""
        if self.review is not None and self.page is not None:
            to_review = self.stack.currentWidget() is not self.review
            self.stack.setCurrentWidget(self.review if to_review else self.page)
            if to_review:
                self.review.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            else:
                self.page.to_entry()

    def turn_keys(self) -> None:
        """To the list of keys, or back to where the hands were."""
        if self.stack.currentWidget() is self.keys:
            self._back()
            return
        self._before, self._focus_before = self.stack.currentWidget(), self.focusWidget()
        self.stack.setCurrentWidget(self.keys)
        self.keys.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _back(self) -> None:
        if self._before is not None:
            self.stack.setCurrentWidget(self._before)
        if self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)

    def play_next(self) -> None:
        """Play the next event of the demonstration."""
        play = self._next_event
        if play is None or self.desk is None:
            return
        desk = self.desk

        def done(told: str) -> None:
            over = tr("The night is over.")
            self.say(tr("Played: {event}. F9 plays the next").format(event=told) if told else over)
            desk.read()

        def failed(failure: Failure) -> None:
            self.say(failure.sentence, "serious")

        self.writes.do(play, done, failed)

    # closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything given to the write lane is done before the window goes."""
        self.feed.stop()
        if self.page is not None:
            self.page.log.keep_now()
        if self.desk is not None:
            actor = self.desk.actor
            # Closed twice, the lane takes nothing more.
            with suppress(RuntimeError):
                self.writes.do(lambda: self.app.identity.sign_out(actor))
        self.reads.finish()
        self.writes.finish()
        event.accept()
