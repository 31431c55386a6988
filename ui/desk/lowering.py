"""What the page does when urgency would fall: the rationale opens, what is typed in it is kept, and it is over."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from callhandler.services.desk import View
from callhandler.services.incidents import Outcome
from ui.common.words import tr

if TYPE_CHECKING:
    from ui.desk.page import DeskPage

RATIONALE = "rationale"


class Lowering:
    """The page's acts about a lowering. It is never done here: it is asked for, and what it needs is shown in place."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page
        self._desk = page.desk
        self.asked = ""
        """The grade that is asked for and refused as it stands; empty when none is."""
        self._left_open: set[str] = set()
        desk, panel = page.desk, page.rationale
        desk.refused.connect(self._refused)
        desk.rationale_needs.connect(panel.show_needs)
        desk.rationale_over.connect(self._over)
        panel.typed.connect(self._keep)
        panel.asked.connect(desk.give_rationale)
        panel.kept.connect(desk.keep)

    def leave(self, incident_id: int | None) -> None:
        """Another incident comes up: a rationale that is open stays with its own."""
        if incident_id is not None and not self._page.rationale.isHidden():
            self._left_open.add(str(incident_id))

    def take_up(self, view: View) -> None:
        """What was half filled in when this incident was left, or when the program ended, is there again."""
        desk = self._desk
        incident, asked = str(view.picture.here), view.request
        kept = desk.keeper.of(incident, RATIONALE)
        had = incident in self._left_open
        self._left_open.discard(incident)
        if asked is None or asked.author_id != desk.actor.user_id:
            desk.keeper.drop(incident, RATIONALE)
            return
        ruling = view.asked
        if ruling is None or not (kept or had):
            return
        desk.request_id = asked.id
        outcome = Outcome(False, ruling, ruling.needs, asked.id)
        self._open(view, outcome, desk.name_of(asked.grade), focus=False)
        self._page.rationale.put_back(kept)

    def keep_now(self) -> None:
        """Keep at once what is typed in it."""
        if not self._page.rationale.isHidden():
            self._page.rationale.keep_now()

    def clear(self) -> None:
        """Nothing is asked for any longer."""
        self.asked = ""
        self._page.rationale.clear()
        self._page.fold()
        self._page.grades.show_view(self._desk.view, "")

    def _keep(self, field: str, text: str) -> None:
        self._desk.keeper.keep(str(self._desk.incident_id), RATIONALE, field, text)

    def _refused(self, outcome: Outcome, wanted: str) -> None:
        view = self._desk.view
        if view is None:
            return
        if outcome.needs and all(need.code == "offence" for need in outcome.needs):
            self._to_offences(outcome)
            return
        self._open(view, outcome, wanted)

    def _to_offences(self, outcome: Outcome) -> None:
        """Nothing but suggested offences stands before a closing: they are decided, no rationale is asked for."""
        page = self._page
        self._desk.keep()
        page.follows.unfold()
        page.follows.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first, *others = [need.sentence for need in outcome.needs]
        more = tr(" And {n} more.").format(n=len(others)) if others else ""
        self._desk.said.emit(
            tr("Not closed. {first}{more} Enter decides one.").format(first=first, more=more), "serious"
        )

    def _open(self, view: View, outcome: Outcome, wanted: str, *, focus: bool = True) -> None:
        page = self._page
        self.asked = outcome.ruling.grade
        page.grades.show_view(view, self.asked)
        standing = view.standing_grade.name if view.standing_grade else ""
        page.tasks.hide()
        page.follows.hide()
        page.rationale.open_for(view, outcome, wanted, standing, focus=focus)
        page.fold()

    def _over(self) -> None:
        if not self._page.rationale.isHidden():
            self._page.to_entry()
        self.clear()
        self._desk.keeper.drop(str(self._desk.incident_id), RATIONALE)
