"""In the form of a new call: who or where may be meant, and why, while it is typed; one key says that it is this one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from callhandler.model.candidates import Candidate
from callhandler.services.calls import CallIn
from callhandler.services.finding import Found
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.forms.strip import Strip

NAMED = 4
"""So many of the others are named in the line; how many more there are is said."""


class MayBe(QObject):
    """Possible is shown as possible. None is taken until the key says so, and the key takes it back."""

    key = ""
    asked_by: tuple[str, ...] = ()
    """The fields of the form whose words it asks about."""

    def __init__(self, strip: Strip, turned: Callable[[], None]) -> None:
        super().__init__(strip)
        self._strip = strip
        self._turned = turned
        self._found: Found | None = None
        self._at = 0
        self._taken = False
        self._asked = CallIn()
        self.line = Text("", "accent", parent=strip)
        self.line.hide()
        key = QShortcut(QKeySequence(self.key), strip)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.turn)

    @property
    def chosen(self) -> int | None:
        """Whom or what the handler accepted of what is typed now; None while other words stand there."""
        values = self._strip.values()
        same = all(values[name] == getattr(self._asked, name) for name in self.asked_by)
        return self._accepted if same else None

    @property
    def why(self) -> str:
        """Why it may be whom or what was accepted, as the line says it; empty while nothing is."""
        chosen = self.chosen
        return next((c.reasons for c in self._possible if c.id == chosen), "")

    @property
    def _accepted(self) -> int | None:
        return self._possible[self._at].id if self._taken else None

    @property
    def _possible(self) -> tuple[Candidate, ...]:
        return tuple(c for c in self._found.candidates if not c.confirmed) if self._found else ()

    def ask(self, call: CallIn) -> None:
        """Ask what the words may mean."""
        self._asked = call
        if any(getattr(call, name).strip() for name in self.asked_by):
            self._ask(call)
        else:
            self.forget()

    def _ask(self, call: CallIn) -> None:
        raise NotImplementedError

    def _drop(self) -> None:
        raise NotImplementedError

    def _words(self) -> tuple[str, str, str, str]:
        """What is said: may be; taken, with a next one; taken, the last; there are more than could be weighed."""
        raise NotImplementedError

    def forget(self) -> None:
        """Nothing is typed any longer, or the form was left."""
        self._drop()
        self._got(None)

    def turn(self) -> None:
        """It is this one; then the next possible; after the last, none again."""
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
        may_be, taken, last, more = self._words()
        others = "" if self._taken else _others(possible[1:], found)
        beyond = "" if found.complete else more
        if not self._taken:
            said = may_be
        elif self._at + 1 < len(possible):
            said = taken
        else:
            said = last
        text = said.format(name=found.names[one.id], of=of, why=one.reasons, key=self.key)
        self.line.say(text + others + beyond, "accent" if self._taken else "muted")


def _others(others: Sequence[Candidate], found: Found) -> str:
    if not others:
        return ""
    names = [found.names[c.id] for c in others[:NAMED]]
    left = len(others) - len(names)
    more = tr(" and {n} more").format(n=left) if left else ""
    return tr(". Or: {names}{more}").format(names="; ".join(names), more=more)
