"""The question that matters most, the few that follow it, and how the caller can speak; one key answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from callhandler.model.facts import Reply
from callhandler.rules.ask import AT_MOST, Asked, up_now
from callhandler.rules.manner import Speaking
from callhandler.services.desk import View
from ui.common import theme
from ui.common.labels import Cut, Text, plain_tip
from ui.common.words import tr
from ui.desk import question_rows
from ui.desk.flow import Flow
from ui.desk.question_rows import PARTS
from ui.desk.question_words import WordsLine
from ui.desk.who_rows import reply_words

KEYS = ((Reply.YES, "Y"), (Reply.NO, "N"), (Reply.NOT_KNOWN, "K"), (Reply.LATER, "L"), (Reply.DECLINED, "D"))


class QuestionsPanel(QFrame):
    """`answered` tells the question and the reply; what was said with it comes from `words`."""

    answered = Signal(str, Reply)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "ask")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._questions: tuple[Asked, ...] = ()
        self._current = ""
        self._just: set[str] = set()
        self._shown_next = AT_MOST - 1
        self._roomy = True
        self._speaking = Speaking()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 9)
        column.setSpacing(5)
        tabs = Flow(gap=0, even=True)
        self._tabs: dict[str, Cut] = {}
        for part in PARTS:
            tab = Cut(tr(part.capitalize()), "muted", larger=-3)
            self._tabs[part] = tab
            tabs.addWidget(tab)
        column.addLayout(tabs)
        self.manner = Text("", "serious", larger=-1, semi=True)
        self.speak = Text("", "muted", larger=-1)
        self.ask = Text("", larger=1, semi=True)
        self.state = Text("", "muted", larger=-2)
        self.why = Text("", "muted", larger=-1)
        self._answers_first = False
        for label in (self.manner, self.speak, self.ask, self.state, self.why):
            column.addWidget(label)
        self._answers = buttons = Flow(gap=4)
        self._buttons: list[QPushButton] = []
        for reply, key in KEYS:
            action = self._act(reply_words(reply), key)
            action.triggered.connect(lambda _=False, r=reply: self.answer(r))
            button = QPushButton(f"{reply_words(reply)} {key}")
            button.setAccessibleName(tr("{reply}, key {key}").format(reply=reply_words(reply), key=key))
            button.setFont(theme.letters(theme.base() - 1))
            button.setStyleSheet("QPushButton { padding: 4px 3px; } QPushButton:focus { padding: 3px 2px; }")
            button.clicked.connect(action.trigger)
            self._buttons.append(button)
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.words = WordsLine()
        self.words.over.connect(self._back)
        self._act(tr("What was said with the answer"), "W").triggered.connect(lambda _=False: self.words.go())
        column.addWidget(self.words)
        self._next = [Cut("", larger=-1) for _ in range(AT_MOST - 1)]
        for line in self._next:
            column.addWidget(line)
        self.foot = Text("", "muted", larger=-2)
        column.addWidget(self.foot)
        for name, key, step in ((tr("Next question"), "PgDown", 1), (tr("Question before"), "PgUp", -1)):
            self._act(name, key).triggered.connect(lambda _=False, s=step: self.turn(s))
        self._act(tr("Back to the question that matters most"), "Home").triggered.connect(
            lambda _=False: self.to_first()
        )
        self.dress()

    def _act(self, name: str, key: str) -> QAction:
        action = QAction(name, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        return action

    def dress(self) -> None:
        """Nothing is narrower than its words."""
        for part, tab in self._tabs.items():
            letters = QFontMetrics(theme.letters(theme.base() - 3, bold=True))
            tab.setMinimumWidth(letters.horizontalAdvance(f"✓ {part} "))
        for button in self._buttons:
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(button.text()) + 8)

    def set_next(self, most: int, *, roomy: bool) -> None:
        """Show so many of the questions that follow and count the rest; without room fewer, and less of the words."""
        if (most, roomy) != (self._shown_next, self._roomy):
            self._shown_next, self._roomy = most, roomy
            self._show_manner()
            self._show()

    def set_answers_first(self, first: bool) -> None:
        """Where the page scrolls, the answers come straight after the question: they are in sight with it."""
        if first != self._answers_first:
            self._answers_first = first
            column = self._column
            column.removeItem(self._answers)
            place = column.indexOf(self.ask if first else self.why)
            column.insertLayout(place + 1, self._answers)

    @property
    def current(self) -> str:
        """The id of the question that is up."""
        return self._current

    @property
    def answers(self) -> tuple[QPushButton, ...]:
        """The buttons that answer it."""
        return tuple(self._buttons)

    @property
    def following(self) -> tuple[str, ...]:
        """The questions listed under it, in order."""
        return tuple(line.text() for line in self._next if not line.isHidden())

    def show_view(self, view: View | None) -> None:
        """Show the questions of an incident; the one that is up stays up while it is open."""
        self._questions = view.questions if view else ()
        self._just &= {q.question.id for q in self._questions if q.open}
        known = {q.question.id for q in self._questions}
        if self._current not in known or self._current in self._just or not self._fit(self._current):
            self._current = self._next_open()
        self._speaking = view.speaking if view else Speaking()
        self._show_manner()
        if view is None:
            self.words.put_away()
        self._show()

    def answer(self, reply: Reply) -> None:
        """Answer the question that is up; the next comes up at once, and the line for words is a key away."""
        asked = next((q for q in self._questions if q.question.id == self._current), None)
        if asked is None:
            return
        self._just.add(asked.question.id)
        self._current = self._next_open()
        if asked.question.wants_words(reply):
            self.words.offer(asked.question, reply)
        self._show()
        self.answered.emit(asked.question.id, reply)

    def turn(self, step: int) -> None:
        """Go to the next question, or the one before, answered or not."""
        ids = [q.question.id for q in self._questions]
        if ids:
            place = ids.index(self._current) if self._current in ids else 0
            self._current = ids[(place + step) % len(ids)]
            self._show()

    def _back(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def to_first(self) -> None:
        """Go back to the question that matters most."""
        self._current = self._next_open()
        self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click gives the panel the focus."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def _fit(self, question: str) -> bool:
        return any(q.question.id == question and q.can_be_asked for q in self._questions)

    def _up(self) -> tuple[Asked, ...]:
        return up_now(q for q in self._questions if q.question.id not in self._just)

    def _next_open(self) -> str:
        up = self._up()
        return up[0].question.id if up else ""

    def _show(self) -> None:
        asked = next((q for q in self._questions if q.question.id == self._current), None)
        if asked is None:
            some = tr("Every question that matters now is answered.")
            self.ask.say(some if self._questions else tr("No question is up."))
        else:
            self.ask.say(asked.wording or asked.question.ask)
        self.why.say(asked.question.why if asked else "")
        state, tone = question_rows.state_of(asked) if asked else ("", "muted")
        self.state.say(state, tone)
        self.state.setVisible(bool(state))
        self.setAccessibleName(tr("Question: ") + self.ask.text())
        self.setAccessibleDescription(" ".join(t for t in (state, self.why.text(), self.manner.text()) if t))
        for button in self._buttons:
            button.setEnabled(asked is not None)
        self._show_next()
        listed = sum(not line.isHidden() for line in self._next)
        self.foot.say(question_rows.foot(self._questions, self._just, 1 + listed))
        self._show_tabs(asked)

    def _show_manner(self) -> None:
        manner, speak, more = question_rows.manner_lines(self._speaking, whole=self._roomy)
        self.manner.say(manner)
        self.manner.setVisible(bool(manner))
        self.speak.say(speak)
        self.speak.setVisible(bool(speak))
        self.speak.setToolTip(plain_tip(more))
        self.speak.setAccessibleDescription(more)

    def _show_next(self) -> None:
        taken = 0 if self._roomy else 2 * (not self.words.isHidden()) + (not self.manner.isHidden())
        most = max(0, self._shown_next - taken)
        rest = [q for q in self._up() if q.question.id != self._current][:most]
        for place, line in enumerate(self._next):
            line.setVisible(place < len(rest))
            line.say(f"{place + 2}  {rest[place].wording}" if place < len(rest) else "")

    def _show_tabs(self, asked: Asked | None) -> None:
        for part, tab in self._tabs.items():
            own = [q for q in self._questions if q.question.part == part]
            up = asked is not None and asked.question.part == part
            all_done = bool(own) and not any(q.open for q in own)
            tone = "accent" if up else "calm" if all_done else "muted"
            tab.say(("✓ " if all_done else "") + tr(part.capitalize()), tone)
            tab.setFont(theme.letters(theme.base() - 3, bold=up))
            some = sum(1 for q in own if not q.open)
            tab.setAccessibleName(
                tr("{part}: {some} of {all} answered").format(part=tr(part), some=some, all=len(own))
            )
