"""In the form of a new call: who may be ringing, and why, shown while it is typed; one key says that it is this person."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from callhandler.model.candidates import Candidate
from callhandler.services.calls import CallIn
from callhandler.services.finding import Found
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.strips import Strip

KEY = "Alt+Y"


class WhoLine(QObject):
    """Possible is shown as possible. Nobody is taken until the key says so, and the key takes it back."""

    def __init__(self, desk: DeskController, strip: Strip, turned: Callable[[], None]) -> None:
        super().__init__(strip)
        self._desk = desk
        self._strip = strip
        self._turned = turned
        self._found: Found | None = None
        self._at = 0
        self._taken = False
        self._asked = CallIn()
        self.line = Text("", "accent", parent=strip)
        self.line.hide()
        key = QShortcut(QKeySequence(KEY), strip)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.turn)

    @property
    def person(self) -> int | None:
        """Who rings, as the handler said of what is typed now; None while nobody was accepted or other words stand there."""
        values = self._strip.values()
        same = (values["name"], values["number"]) == (self._asked.name, self._asked.number)
        return self._accepted if same else None

    @property
    def _accepted(self) -> int | None:
        return self._possible[self._at].id if self._taken else None

    @property
    def _possible(self) -> tuple[Candidate, ...]:
        return tuple(c for c in self._found.candidates if not c.confirmed) if self._found else ()

    def ask(self, call: CallIn) -> None:
        """Ask who a name or a number may mean."""
        self._asked = call
        if call.name.strip() or call.number.strip():
            self._desk.who(call, self._came)
        else:
            self.forget()

    def forget(self) -> None:
        """Nothing is typed any longer, or the form was left."""
        self._desk.forget_who()
        self._got(None)

    def turn(self) -> None:
        """It is this person; then the next who is possible; after the last, nobody again."""
        if not self._possible:
            return
        if not self._taken:
            self._taken, self._at = True, 0
        elif self._at + 1 < len(self._possible):
            self._at += 1
        else:
            self._taken, self._at = False, 0
        self._say()
        self._turned()

    def _came(self, found: Found) -> None:
        if not self._strip.isHidden():
            self._got(found)

    def _got(self, found: Found | None) -> None:
        before = self._accepted
        self._found, self._at = found, 0
        ids = [c.id for c in self._possible]
        # Whoever was accepted stays so while what is typed still may mean her.
        self._taken = before in ids
        if before in ids:
            self._at = ids.index(before)
        self._say()

    def _say(self) -> None:
        possible, found = self._possible, self._found
        self.line.setVisible(bool(possible))
        if not possible or found is None:
            return
        one = possible[self._at]
        of = tr(" ({n} of {all})").format(n=self._at + 1, all=len(possible)) if len(possible) > 1 else ""
        if not self._taken:
            said = tr("May be {name}{of}: {why}. {key}: it is")
        elif self._at + 1 < len(possible):
            said = tr("Taken to be {name}{of}, as you say: {why}. {key}: the next")
        else:
            said = tr("Taken to be {name}{of}, as you say: {why}. {key}: nobody of these")
        if not found.complete:
            said += tr(". There are more than could be weighed: give the date of birth or another name")
        text = said.format(name=found.names[one.id], of=of, why=one.reasons, key=KEY)
        self.line.say(text, "accent" if self._taken else "muted")
