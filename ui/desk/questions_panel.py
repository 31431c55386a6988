"""One guided question at a time, answered by one key while the panel has the focus; then the next comes up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from callhandler.model.facts import Reply
from callhandler.rules.ask import Asked
from callhandler.services.desk import View
from ui.common import theme
from ui.common.labels import Cut, Text
from ui.common.words import tr
from ui.desk.flow import Flow
from ui.desk.who_rows import reply_words

PARTS = ("threat", "harm", "risk", "investigation", "vulnerability", "engagement")
KEYS = ((Reply.YES, "Y"), (Reply.NO, "N"), (Reply.NOT_KNOWN, "K"), (Reply.LATER, "L"), (Reply.DECLINED, "D"))


class QuestionsPanel(QFrame):
    """`answered` tells the question and the reply."""

    answered = Signal(str, Reply)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "ask")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._questions: tuple[Asked, ...] = ()
        self._current = ""
        self._just: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 9)
        column.setSpacing(5)
        tabs = Flow(gap=0)
        self._tabs: dict[str, Cut] = {}
        for part in PARTS:
            tab = Cut(tr(part.capitalize()), "muted", larger=-3)
            tab.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._tabs[part] = tab
            tab.setMinimumWidth(
                QFontMetrics(theme.letters(theme.base() - 3, bold=True)).horizontalAdvance(f"✓ {part}")
            )
            tabs.addWidget(tab)
        column.addLayout(tabs)
        self.ask = Text("", larger=1, semi=True)
        self.why = Text("", "muted", larger=-1)
        column.addWidget(self.ask)
        column.addWidget(self.why)
        buttons = Flow(gap=4)
        self._buttons: list[QPushButton] = []
        for reply, key in KEYS:
            action = QAction(reply_words(reply), self)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, r=reply: self.answer(r))
            self.addAction(action)
            button = QPushButton(f"{reply_words(reply)} {key}")
            button.setAccessibleName(tr("{reply}, key {key}").format(reply=reply_words(reply), key=key))
            button.setFont(theme.letters(theme.base() - 1))
            button.setStyleSheet("QPushButton { padding: 4px 3px; } QPushButton:focus { padding: 3px 2px; }")
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(button.text()) + 8)
            button.clicked.connect(action.trigger)
            self._buttons.append(button)
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.foot = Cut("", "muted", larger=-2)
        column.addWidget(self.foot)
        for label, key, step in ((tr("Next question"), "PgDown", 1), (tr("Question before"), "PgUp", -1)):
            action = QAction(label, self)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _=False, s=step: self.turn(s))
            self.addAction(action)

    def dress(self) -> None:
        """Nothing is narrower than its words."""
        for part, tab in self._tabs.items():
            letters = theme.letters(theme.base() - 3, bold=True)
            tab.setMinimumWidth(QFontMetrics(letters).horizontalAdvance(f"✓ {part}"))
        for button in self._buttons:
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(button.text()) + 8)

    @property
    def current(self) -> str:
        """The id of the question that is up."""
        return self._current

    def show_view(self, view: View | None) -> None:
        """Show the questions of an incident; the one that is up stays up while it is open."""
        self._questions = view.questions if view else ()
        self._just &= {q.question.id for q in self._questions if q.open}
        known = {q.question.id for q in self._questions}
        if self._current not in known or self._current in self._just:
            self._current = self._next_open()
        self._show()

    def answer(self, reply: Reply) -> None:
        """Answer the question that is up; the next comes up at once."""
        if not self._current:
            return
        question = self._current
        self._just.add(question)
        self._current = self._next_open()
        self._show()
        self.answered.emit(question, reply)

    def turn(self, step: int) -> None:
        """Go to the next question, or the one before, answered or not."""
        ids = [q.question.id for q in self._questions]
        if ids:
            place = ids.index(self._current) if self._current in ids else 0
            self._current = ids[(place + step) % len(ids)]
            self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click gives the panel the focus."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def _next_open(self) -> str:
        waiting = [q for q in self._questions if q.open and q.question.id not in self._just]
        never = [q for q in waiting if q.answer is None]
        return (never or waiting)[0].question.id if waiting else ""

    def _show(self) -> None:
        asked = next((q for q in self._questions if q.question.id == self._current), None)
        done = sum(1 for q in self._questions if not q.open)
        total = len(self._questions)
        if asked is None:
            self.ask.say(
                tr("Every question that matters now is answered.") if total else tr("No question is up.")
            )
            self.why.say("")
            self.foot.say(tr("{done} of {all} answered").format(done=done, all=total) if total else "")
        else:
            self.ask.say(asked.question.ask)
            self.why.say(asked.question.why)
            before = tr(" · answered: ") + reply_words(asked.answer.reply) if asked.answer else ""
            foot = tr("{done} of {all} answered · Ctrl+2, then one key · PgUp PgDn").format(
                done=done, all=total
            )
            self.foot.say(foot + before)
        self.setAccessibleName(tr("Question: ") + self.ask.text())
        self.setAccessibleDescription(self.why.text())
        for button in self._buttons:
            button.setEnabled(asked is not None)
        for part, tab in self._tabs.items():
            own = [q for q in self._questions if q.question.part == part]
            up = asked is not None and asked.question.part == part
            tone = "accent" if up else "calm" if own and not any(q.open for q in own) else "muted"
            all_done = bool(own) and not any(q.open for q in own)
            tab.say(("✓ " if all_done else "") + tr(part.capitalize()), tone)
            tab.setFont(theme.letters(theme.base() - 3, bold=up))
            some = sum(1 for q in own if not q.open)
            tab.setAccessibleName(
                tr("{part}: {some} of {all} answered").format(part=tr(part), some=some, all=len(own))
            )
