"""Under the form that undoes a judgement of records: what it would take away here and what it needs, before it is sent."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from callhandler.model.assessment import Gate, Tier, Warning
from callhandler.model.sameness import Sameness
from callhandler.services.judgements import Parting
from ui.common import words
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import ChoiceLine
from ui.desk.forms.strip import Strip

NAMED = 3
"""So many of the warnings that would be lost are named, the weightiest; how many more there are is said."""


class Undoing(QObject):
    """It only tells. What stands stays until it is settled, and no grade changes by it: that is said too."""

    def __init__(self, desk: DeskController, strip: Strip) -> None:
        super().__init__(strip)
        self._desk = desk
        self._strip = strip
        self.said = Text("", "accent", larger=-1, parent=strip)
        self.said.hide()
        strip.made.connect(self._join)

    def _join(self) -> None:
        """The form was made."""
        self._strip.below.addWidget(self.said)
        editor = self._strip.editor("judgement")
        assert isinstance(editor, ChoiceLine)
        editor.editTextChanged.connect(lambda _="": self.ask())

    def ask(self) -> None:
        """Ask what undoing the judgement that is chosen would take away."""
        judgement = self._strip.values()["judgement"]
        if judgement.isdigit():
            self._desk.undoing(int(judgement), self._came)
        else:
            self.said.hide()

    def _came(self, found: Parting) -> None:
        if self._strip.values()["judgement"] != str(found.judged.id):
            return
        self.said.say(said(found), "serious" if found.ruling.lost or found.incidents else "muted")
        self.said.setVisible(True)


def said(found: Parting) -> str:
    """What undoing would take away and need, in plain words."""
    if found.judged.verdict is not Sameness.SAME:
        return tr("Nothing is taken away by it.")
    gone = [
        words.counted(len(records), one, many)
        for records, one, many in (
            (found.incidents, tr("past incident"), tr("past incidents")),
            (found.orders, tr("order"), tr("orders")),
            (found.markers, tr("marker"), tr("markers")),
        )
        if records
    ]
    parts = [
        tr("Read apart, no longer shown here: {gone}.").format(gone=", ".join(gone))
        if gone
        else tr("Read apart, all that is shown here stays.")
    ]
    if found.ruling.lost:
        told = tr("No longer raised anew: {lost}. What stands stays until it is settled.")
        parts.append(told.format(lost=_lost(found.ruling.lost)))
    parts.append(tr("No grade changes. Needed: {needed}.").format(needed=_needed(found.ruling.gate)))
    return " ".join(parts)


def _lost(lost: Sequence[Warning]) -> str:
    """The weightiest by the beginnings of their sentences, and how many more."""
    weighed = sorted(lost, key=lambda w: list(Tier).index(w.tier))
    names = "; ".join(w.sentence.partition(": ")[0].rstrip(".") for w in weighed[:NAMED])
    left = len(weighed) - NAMED
    return names + (tr(" and {n} more").format(n=left) if left > 0 else "")


def _needed(gate: Gate) -> str:
    return {
        Gate.NONE: tr("a reason"),
        Gate.REASON: tr("a reason"),
        Gate.RATIONALE: tr("a rationale"),
        Gate.AGREEMENT: tr("a rationale, and a supervisor who agrees"),
    }[gate]
