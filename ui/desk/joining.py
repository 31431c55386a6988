"""In the form of a new call: which live incident it would join, and why, shown while it is typed; one key says otherwise."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from callhandler.rules.identify import Join
from callhandler.services.calls import CallIn
from ui.common.labels import Text
from ui.common.words import short_reference, tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import ChoiceLine
from ui.desk.forms.strip import Strip
from ui.desk.where_line import WhereLine
from ui.desk.who_line import WhoLine

ASK_AFTER_MS = 150
WHO_AFTER_MS = 30
"""Who and where are found in milliseconds among millions; which incident it joins takes whole pictures."""
TOLD_BY = ("number", "name", "place", "born")
BORN_KEY = "Alt+Shift+B"


class JoinLine(QObject):
    """Nothing is recorded before Enter: until then the line only tells."""

    def __init__(self, desk: DeskController, strip: Strip) -> None:
        super().__init__(strip)
        self._desk = desk
        self._strip = strip
        self._offer: Join | None = None
        self._other_way = False
        self._instead_of: int | None = None
        self._asked = CallIn()
        self.line = Text("", "accent", parent=strip)
        self.who = WhoLine(desk, strip, self._ask_join)
        self.where = WhereLine(desk, strip, self._ask_join)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self._ask_join)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WHO_AFTER_MS)
        self._soon.timeout.connect(self._ask_who)
        strip.made.connect(self._join)
        key = QShortcut(QKeySequence("Alt+S"), strip)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.turn)
        born = QShortcut(QKeySequence(BORN_KEY), strip)
        born.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        born.activated.connect(lambda: strip.editor("born").setFocus(Qt.FocusReason.ShortcutFocusReason))
        desk.parting.connect(self._part)

    def _join(self) -> None:
        """The form was made."""
        self._strip.below.addWidget(self.line)
        self._strip.below.addWidget(self.who.line)
        self._strip.below.addWidget(self.where.line)
        for name in TOLD_BY:
            editor = self._strip.editor(name)
            if isinstance(editor, ChoiceLine):
                editor.editTextChanged.connect(self._typed)
            else:
                editor.textChanged.connect(self._typed)

    def begin(self) -> None:
        """The form was opened."""
        self._other_way = False
        self._show(None)
        self.ask()

    def instead(self, incident_id: int, person_id: int) -> None:
        """The call of an incident is taken anew as somebody else's than whom it was taken for there by itself."""
        self._instead_of = incident_id
        self.who.not_her = person_id
        self.ask()

    def end(self) -> None:
        """The form was left or recorded."""
        self._instead_of, self.who.not_her = None, None
        self._timer.stop()
        self._soon.stop()
        self._desk.forget_offer()
        self.who.forget()
        self.where.forget()
        self._offer, self._other_way = None, False

    def turn(self) -> None:
        """The other way: apart from the incident that it would join, or joined to the one it may belong to."""
        if self._offer is not None:
            self._other_way = not self._other_way
            self._say()

    def call(self, values: dict[str, str]) -> CallIn:
        """The call as it is to be recorded, once."""
        fields = {name: values[name] for name in (*TOLD_BY, "type", "words")}
        who, where = self.who, self.where
        found = {"person": who.person, "why": who.why, "place_id": where.place, "place_why": where.why}
        found["somebody_else"] = who.not_whom
        made = CallIn(speaker=values["name"], **found, **fields)  # type: ignore[arg-type]
        if self._instead_of is not None:
            return replace(made, join="no", instead_of=self._instead_of)
        if not self._other_way or self._offer is None:
            return made
        if self._offer.sure:
            return replace(made, join="no")
        return replace(made, join="yes", shown=self._offer.incident.id)

    def ask(self) -> None:
        """Ask who rings, and which incident the call would join."""
        self._ask_who()
        self._ask_join()

    def _ask_who(self) -> None:
        values = self._strip.values()
        call = CallIn(**{name: values[name] for name in TOLD_BY})  # type: ignore[arg-type]
        self.who.ask(call)
        self.where.ask(call)

    def _ask_join(self) -> None:
        values = self._strip.values()
        told = {name: values[name] for name in TOLD_BY}
        found = {"person": self.who.person, "place_id": self.where.place, "somebody_else": self.who.not_whom}
        call = CallIn(**found, **told)  # type: ignore[arg-type]
        self._asked = call
        if any(values[name] for name in TOLD_BY):
            self._desk.offer(call, self._got)
        else:
            self._desk.forget_offer()
            self._show(None)

    def _typed(self) -> None:
        if not self._strip.isHidden():
            self._timer.start()
            self._soon.start()

    def _got(self, join: Join | None) -> None:
        if not self._strip.isHidden():
            self._show(join)

    def _show(self, join: Join | None) -> None:
        before = self._offer.incident.id if self._offer is not None else None
        if join is None or join.incident.id != before:
            # A choice was made about one incident; about another it must be made again.
            self._other_way = False
        self._offer = join
        self._say()

    def _say(self) -> None:
        join = self._offer
        if self._instead_of is not None:
            reference = self._desk.reference_of(self._instead_of)
            said = tr(
                "An incident of its own. What was taken in {reference} stays there, and its log says so."
            )
            self.line.say(said.format(reference=reference), "accent")
            return
        if join is None:
            typed = self._asked != CallIn()
            self.line.say(tr("Joins nothing: a new incident will be opened.") if typed else " ", "muted")
            return
        reference = short_reference(join.incident.reference, [b.reference for b in self._desk.board])
        if join.sure and not self._other_way:
            said = tr("Joins {reference}: {why}. Alt+S: separate incident instead")
        elif join.sure:
            said = tr("Separate incident, not joined to {reference} ({why}). Alt+S: join it after all")
        elif not self._other_way:
            said = tr("New incident. May belong to {reference}: {why}. Alt+S: join it instead")
        else:
            said = tr("Joins {reference}, as you say: {why}. Alt+S: separate incident instead")
        self.line.say(said.format(reference=reference, why=join.why), "accent")

    def _part(self) -> None:
        if self._strip.isHidden():
            told = tr("Which incident a call joins is chosen while it is taken: Ctrl+N, then Alt+S.")
            self._desk.said.emit(told, "serious")
        else:
            self.turn()
