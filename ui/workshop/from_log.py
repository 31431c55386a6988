"""The page on which an exercise is made from a log: chosen, every text passed, handed on, opened in the workshop."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from callhandler.app import App
from callhandler.errors import BadInput
from callhandler.model.actor import Actor
from callhandler.services.board import OpenIncident
from callhandler.services.training.from_incident.making import FromIncident, Made
from callhandler.services.training.from_incident.naming import incident_named
from callhandler.services.training.from_incident.under_way import UnderWay
from ui.common import theme
from ui.common.announce import announce
from ui.common.choice_box import ArrowBox
from ui.common.labels import Text
from ui.common.side_page import SidePage
from ui.common.words import tr
from ui.tasks import Failure, Writes
from ui.workshop.beside import start_beside
from ui.workshop.passing import Passing

UNDER, BOARD = "under", "board"


class FromLogPage(SidePage):
    """First what is made of what and why; then its texts. What is under way is kept at every step.

    It works on a lane of its own: to replace everybody takes longer than anything at the desk may wait.
    """

    def __init__(self, app: App, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(tr("An exercise from a log"), parent)
        self.name, self.made = "", None  # type: tuple[str, Made | None]
        self.busy = False
        self._to_erase = ""
        self._app, self._actor = app, actor
        self.lane = Writes(self)
        self.drafts = UnderWay(app.settings.data_folder, app.policy)
        self._board: tuple[OpenIncident, ...] = ()
        self.which = ArrowBox()
        self.reference, self.why, self.called = QLineEdit(), QLineEdit(), QLineEdit()
        self.reference.setPlaceholderText(tr("Its reference, or its number in the store"))
        self.why.setPlaceholderText(tr("Why the log is read; it is recorded"))
        self.called.setPlaceholderText(tr("Its own name: small letters, digits and hyphens"))
        self.seed = QLineEdit("1")
        self.seed.setValidator(QIntValidator(1, 999_999, self.seed))
        self.seed.setMaximumWidth(theme.scaled(110))
        self.make = QPushButton(tr("Make the draft"))
        self.erase = QPushButton(tr("Erase it"))
        self.passing = Passing()
        self.file = QLineEdit()
        self.file.setPlaceholderText(tr("A new file for the exercise; Enter hands it on once all is passed"))
        self.hand = QPushButton(tr("Hand on"))
        self.state = Text("", "muted")
        self._lay_out()
        self.which.currentIndexChanged.connect(self._changed)
        for line in (self.reference, self.why, self.called):
            line.returnPressed.connect(self.begin)
        self.make.clicked.connect(self.begin)
        self.erase.clicked.connect(self.erase_it)
        self.passing.passed.connect(self._pass)
        self.passing.rewritten.connect(self._rewrite)
        self.file.returnPressed.connect(self.hand_on)
        self.hand.clicked.connect(self.hand_on)
        self._offer()
        self._turn()

    def _lay_out(self) -> None:
        self._choose = QWidget()
        grid = QGridLayout(self._choose)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        self._labels: dict[QWidget, Text] = {}
        fields: tuple[tuple[str, QWidget], ...] = (
            (tr("Incident"), self.which),
            (tr("Reference"), self.reference),
            (tr("Why"), self.why),
            (tr("Name"), self.called),
            (tr("Seed: another gives other names"), self.seed),
        )
        for row, (label, field) in enumerate(fields):
            named = self._labels[field] = Text(label, semi=True, wrap=False)
            named.setBuddy(field)
            field.setAccessibleName(label)
            grid.addWidget(named, row, 0)
            grid.addWidget(field, row, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make)
        buttons.addWidget(self.erase)
        buttons.addStretch(1)
        grid.addLayout(buttons, len(fields), 1)
        self._texts = QWidget()
        under = QVBoxLayout(self._texts)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.passing, 1)
        end = QHBoxLayout()
        named = Text(tr("File"), semi=True, wrap=False)
        named.setBuddy(self.file)
        self.file.setAccessibleName(tr("File"))
        end.addWidget(named)
        end.addWidget(self.file, 1)
        end.addWidget(self.hand)
        under.addLayout(end)
        for button in (self.make, self.erase, self.hand):
            button.setAccessibleName(button.text())
        self.column.addWidget(self._choose)
        self.column.addWidget(self._texts, 1)
        self.column.addWidget(self.state)
        self.column.addStretch(0)

    def show_board(self, board: tuple[OpenIncident, ...]) -> None:
        """The open incidents that may be chosen."""
        if [i.incident_id for i in board] != [i.incident_id for i in self._board]:
            self._board = board
            self._offer()

    # choosing

    def begin(self) -> None:
        """Take up what is under way, or read the log and make the draft."""
        chosen = self.which.currentData()
        if self.busy or self.made is not None:
            return
        if isinstance(chosen, list) and chosen[0] == UNDER:
            name = str(chosen[1])
            self._do(lambda: (name, self.drafts.take_up(self._actor, name)), self._begun)
            return
        known = int(chosen[1]) if isinstance(chosen, list) else 0
        reference, why, called = self.reference.text(), self.why.text(), self.called.text()
        seed = max(1, int(self.seed.text() or 1))

        def work() -> tuple[str, Made]:
            name = self.drafts.name(called)
            if not why.strip():
                raise BadInput("Say why the log is read; it is recorded with who read it.", "why")
            incident = known or incident_named(self._app.office, reference)
            made = FromIncident(self._app.office).make(self._actor, incident, why, name, seed)
            self.drafts.keep(self._actor, name, made)
            return name, made

        self.say(tr("Reading the log and replacing everybody …"))
        self._do(work, self._begun)

    def _begun(self, found: tuple[str, Made]) -> None:
        self.name, self.made = found
        self.file.setText(str(Path.home() / f"{self.name}.yaml"))
        self._turn()
        self.passing.show_made(self.made)
        self.passing.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passing.to_next()
        self.say(
            tr(
                "{name}: everybody known is somebody else. Read what is marked; it is kept at each step."
            ).format(name=self.name)
        )

    def _offer(self) -> None:
        chosen = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        for name in self.drafts.names(self._actor):
            self.which.addItem(tr("Under way: {name}").format(name=name), [UNDER, name])
        for line in self._board:
            self.which.addItem(f"{line.reference} · {line.title}", [BOARD, line.incident_id])
        self.which.addItem(tr("Another, by its reference …"), "")
        # What was chosen stays; what only stood there because nothing else did gives way.
        stays = chosen or self.reference.text()
        same = (i for i in range(self.which.count()) if stays and self.which.itemData(i) == chosen)
        found = next(same, 0)
        self.which.setCurrentIndex(found)
        self.which.blockSignals(False)
        self._changed()

    def _changed(self) -> None:
        chosen = self.which.currentData()
        under = isinstance(chosen, list) and chosen[0] == UNDER
        shown: dict[QWidget, bool] = {self.reference: not isinstance(chosen, list)}
        shown |= {field: not under for field in (self.why, self.called, self.seed)}
        for field, on in shown.items():
            field.setVisible(on)
            self._labels[field].setVisible(on)
        self.make.setText(tr("Take it up") if under else tr("Make the draft"))
        self.make.setAccessibleName(self.make.text())
        self.erase.setVisible(under)
        self._to_erase = ""

    def erase_it(self) -> None:
        """Erase the draft that is chosen, at the second press."""
        chosen = self.which.currentData()
        if self.busy or not isinstance(chosen, list) or chosen[0] != UNDER:
            return
        name = str(chosen[1])
        if self._to_erase != name:
            self._to_erase = name
            self.say(
                tr("▲ Press again and {name} is erased, with every pass in it.").format(name=name), "serious"
            )
            return

        def done(_: object) -> None:
            self._offer()
            self.say(tr("{name} is erased.").format(name=name))
            self.which.setFocus(Qt.FocusReason.OtherFocusReason)

        self._do(lambda: self.drafts.erase(self._actor, name), done)

    # passing

    def _pass(self, digest: str, passed: bool) -> None:
        if self.made is None or self.busy:
            return
        self._stands(self.made.passed(digest, self._actor.display if passed else ""))
        if passed and not self.passing.to_next():
            self.say(tr("All is passed. Name a file, and Enter hands it on."), "calm")
            self.file.setFocus(Qt.FocusReason.OtherFocusReason)
            self.file.selectAll()

    def _rewrite(self, digest: str, words: str) -> None:
        made = self.made
        if made is None or self.busy:
            return

        def done(found: Made) -> None:
            self._stands(found)
            self.passing.to_text(words)
            listed = any(t.text == words for t in found.to_pass)
            self.say(
                tr("Written anew; it is to be passed anew.")
                if listed
                else tr("Written anew; nothing is marked in it any more."),
                "text",
            )

        self._do(lambda: made.rewritten(digest, words, self._app.policy), done)

    def _stands(self, made: Made) -> None:
        self.made = made
        self.passing.show_made(made)
        name = self.name
        self.lane.do(lambda: self.drafts.keep(self._actor, name, made), None, self._failed)

    # handing on

    def hand_on(self) -> None:
        """Write the file, erase the draft, open the workshop on it."""
        made, name, told = self.made, self.name, self.file.text().strip()
        if made is None or self.busy:
            return
        if not told:
            self.say(tr("▲ Name a file for it."), "serious")
            return
        self._do(lambda: self.drafts.hand_on(self._actor, name, made, Path(told)), self._handed_on)

    def _handed_on(self, found: tuple[Path, int]) -> None:
        path, faults = found
        self.made, self.name = None, ""
        for line in (self.reference, self.why, self.called):
            line.clear()
        self._offer()
        self._turn()
        opened = start_beside(["exercises", str(path)], self._app.settings)
        sentence = tr("{file} is written and its draft erased.").format(file=path.name)
        if faults:
            sentence += " " + tr("Its form has faults to mend: {n}.").format(n=faults)
        sentence += " " + (
            tr("The workshop opens on it: its key is to be written.")
            if opened
            else tr("Open it with: callhandler exercises {file}").format(file=path)
        )
        self.say(sentence, "calm")
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    # all of it

    def say(self, sentence: str, tone: str = "muted") -> None:
        """Say something below."""
        self.state.say(sentence, tone)
        announce(self, sentence)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The hands begin at the choice, or at the texts."""
        super().focusInEvent(event)
        part = self.which if self.made is None else self.passing.list
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, and begins from the choice."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focus, QPushButton):
                focus.click()
                return
            if focus in (self.which, self.seed):
                self.begin()
                return
        super().keyPressEvent(event)

    def settle(self) -> None:
        """Everything that was begun is done before the window goes."""
        self.lane.finish()

    def _turn(self) -> None:
        self._choose.setVisible(self.made is None)
        self._texts.setVisible(self.made is not None)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.busy = True

        def ended(found: Any) -> None:
            self.busy = False
            done(found)

        # In order: keeping comes before taking up, and both before handing on.
        self.lane.do(work, ended, self._failed)

    def _failed(self, failure: Failure) -> None:
        self.busy = False
        self.say(f"▲ {failure.sentence}", "serious")
