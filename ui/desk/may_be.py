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
        self._nobody = False
        self.not_her: int | None = None
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
    def not_whom(self) -> bool:
        """Whether the handler said, of what is typed now, that it is not whom the desk takes by itself."""
        values = self._strip.values()
        same = all(values[name] == getattr(self._asked, name) for name in self.asked_by)
        return same and self._nobody

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
        """It is this one; then the next possible; then, where one is taken by itself, somebody else; then as before."""
        by_itself = self._found is not None and self._found.by_itself is not None
        if not self._possible and not by_itself:
            return
        self.not_her = None
        if self._nobody:
            self._nobody = False
        elif self._possible and not self._taken:
            self._taken, self._at = True, 0
        elif self._taken and self._at + 1 < len(self._possible):
            self._at += 1
        else:
            self._taken, self._at = False, 0
            self._nobody = by_itself
        self._say()
        self._turned()

    def _came(self, found: Found) -> None:
        if not self._strip.isHidden():
            self._got(found)

    def _got(self, found: Found | None) -> None:
        before, by_itself = self._accepted, self._found.by_itself if self._found else None
        self._found, self._at = found, 0
        now = found.by_itself if found is not None else None
        self._nobody = now is not None and (now == self.not_her or (self._nobody and now == by_itself))
        ids = [c.id for c in self._possible]
        # Whoever was accepted stays so while what is typed still may mean her.
        self._taken = before in ids
        if before in ids:
            self._at = ids.index(before)
        self._say()

    def _say(self) -> None:
        possible, found = self._possible, self._found
        by_itself = found is not None and found.by_itself is not None and not self._taken
        self.line.setVisible(bool(possible) or by_itself)
        if found is not None and by_itself:
            self._say_by_itself(found)
            return
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

    def _say_by_itself(self, found: Found) -> None:
        """Whom the desk takes by itself, as people are; or that it is somebody else, as the handler says."""
        if self._nobody:
            said = tr("Somebody else, as you say: not {name}. {key}: it is, after all")
        elif self._possible:
            said = tr("Taken to be {name}: {why}. {key}: another, or somebody else")
        else:
            said = tr("Taken to be {name}: {why}. {key}: it is somebody else")
        name = found.names[found.by_itself or 0]
        text = said.format(name=name, why=found.by_what, key=self.key)
        others = "" if self._nobody else _others(self._possible, found)
        self.line.say(text + others, "accent" if self._nobody else "muted")


def _others(others: Sequence[Candidate], found: Found) -> str:
    if not others:
        return ""
    names = [found.names[c.id] for c in others[:NAMED]]
    left = len(others) - len(names)
    more = tr(" and {n} more").format(n=left) if left else ""
    return tr(". Or: {names}{more}").format(names="; ".join(names), more=more)
