"""Says aloud what must not be missed: a new critical warning, with one quiet sound by choice; a refused lowering."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from callhandler.model.assessment import Tier
from callhandler.services.desk import View
from callhandler.services.incidents import Outcome
from ui.common.announce import announce
from ui.common.words import counted, tr

Say = Callable[[str], None]


class Herald(QObject):
    """Listens to one desk. A warning that stood already, or that repeats, is not told again."""

    def __init__(
        self, window: QWidget, say: Say | None = None, beep: Callable[[], None] | None = None
    ) -> None:
        super().__init__(window)
        self.sound = False
        self.hidden = False
        self._say = say or (lambda words: announce(window, words, at_once=True))
        self._beep = beep or QApplication.beep
        self._incident: int | None = None
        self._told: set[str] = set()
        self._waits: int | None = None

    def viewed(self, view: View | None) -> None:
        """A reading has come: tell what is critical and new in it."""
        if view is None:
            return
        self._nobody_to_ask(view)
        critical = {w.code: w.sentence for w in view.assessment.standing if w.tier is Tier.CRITICAL}
        here = view.picture.here
        first = here != self._incident
        new = [code for code in critical if first or code not in self._told]
        self._incident, self._told = here, (set() if first else self._told) | set(critical)
        if not new:
            return
        if first:
            # Opening an incident is asked for: a count tells it, and makes no sound.
            self._say(counted(len(new), tr("critical warning stands"), tr("critical warnings stand")))
            return
        if self.hidden:
            self._say(tr("A new critical warning. Unlock to read it."))
            return
        words = tr("New critical warning: {sentence}").format(sentence=critical[new[0]])
        more = tr(" And {n} more.").format(n=len(new) - 1) if len(new) > 1 else ""
        self._say(words + more)
        if self.sound:
            self._beep()

    def _nobody_to_ask(self, view: View) -> None:
        """The supervisor whose answer is waited for has gone."""
        gone = next((n.sentence for n in view.needs if n.code == "supervisor"), "")
        asked = view.request.id if view.request is not None and not gone else None
        if gone and self._waits is not None and view.request is not None and view.request.id == self._waits:
            self._say(gone)
        self._waits = asked

    def asked(self) -> None:
        """Somebody asks for agreement: the window says it; behind a lock without a name, and with one sound by choice."""
        if self.hidden:
            self._say(tr("Somebody asks for agreement. Unlock to read it."))
        if self.sound:
            self._beep()

    def refused(self, outcome: Outcome, wanted: str) -> None:
        """A lowering was refused."""
        needs = counted(len(outcome.needs), tr("thing is needed"), tr("things are needed"))
        self._say(
            tr("Not done: {wanted}. {needs}; the rationale is open.").format(wanted=wanted, needs=needs)
        )
