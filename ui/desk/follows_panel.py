"""What may follow: offences, orders, referrals and signposts that the facts suggest, and which are still to be decided.

While somebody waits for help it is one line: it opens by its key, once officers are there, or when closing needs it.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from callhandler.model.incident import ARRIVED
from callhandler.model.proposal import Decided, Proposal, ProposalKind
from callhandler.services.desk import View
from ui.common import words
from ui.common.labels import Cut, listed
from ui.common.words import tr
from ui.models.delegates import EntryDelegate
from ui.models.rows import EntryRow, Row, RowsModel
from ui.models.view import RowsView


def kind_words(kind: ProposalKind) -> str:
    """What is proposed, in a word."""
    return {
        ProposalKind.OFFENCE: tr("Offence"),
        ProposalKind.ORDER: tr("Order"),
        ProposalKind.REFERRAL: tr("Referral"),
        ProposalKind.SIGNPOST: tr("Signpost"),
    }[kind]


def decided_words(decided: Decided) -> str:
    """What became of it, in words."""
    return {
        Decided.TAKEN: tr("taken"),
        Decided.NOT_TAKEN: tr("not taken"),
        Decided.PASSED_ON: tr("passed on"),
    }[decided]


def key_of(proposal: Proposal) -> str:
    """How a form and a row name a proposal."""
    return f"{proposal.kind.value}|{proposal.code}|{'older' if proposal.older else 'here'}"


class FollowsPanel(QFrame):
    """`opened` tells the key of the proposal that is to be decided; `turned` that the list was opened or folded."""

    opened = Signal(str)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.list = RowsView(RowsModel[Row](), EntryDelegate(), tr("What may follow"))
        self.list.opened.connect(self.opened)
        self._count = Cut("", "muted", larger=-1, semi=True)
        self._here: tuple[int, bool] = (-1, False)
        listed(self, tr("May follow"), self._count, self.list)
        self.list.hide()

    @property
    def unfolded(self) -> bool:
        """True while the list is shown."""
        return not self.list.isHidden()

    def turn(self) -> None:
        """Open the list and go to it, or fold it."""
        self._fold(self.unfolded)
        if self.unfolded:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def unfold(self) -> None:
        """Open the list: what is being done needs it."""
        self._fold(False)

    def _fold(self, folded: bool) -> None:
        self.list.setHidden(folded)
        self.turned.emit()

    def show_view(self, view: View | None) -> None:
        """Show what is to be decided first, then what was decided. Nothing suggested: nothing shown."""
        found = view.proposals if view else ()
        self.list.show_rows([_row(p) for p in found])
        wanted = [p for p in found if p.open and not p.older]
        offences = sum(1 for p in wanted if p.kind is ProposalKind.OFFENCE)
        said = tr("{offences}, {others} to decide · Ctrl+9").format(
            offences=words.counted(offences, tr("offence"), tr("offences")),
            others=words.counted(len(wanted) - offences, tr("other"), tr("others")),
        )
        self._count.say(said if wanted else tr("none to decide"))
        after = view is not None and view.clocks.state in ARRIVED
        here = (view.picture.here if view else -1, after)
        if here != self._here:
            self._here = here
            self._fold(not after)

    @property
    def any(self) -> bool:
        """True while something is suggested."""
        return bool(self.list.model_keys())


def _row(proposal: Proposal) -> EntryRow:
    kind, made = kind_words(proposal.kind), proposal.decision
    if made is not None:
        sub = f"{kind} · {decided_words(made.decided)}, {made.owner}"
        shape, tone, sub_tone = "done", "calm", "muted"
    elif proposal.older:
        many = len(proposal.incidents)
        sub = tr("{kind} · left open in {n} earlier {reports}").format(
            kind=kind, n=many, reports=tr("report") if many == 1 else tr("reports")
        )
        shape, tone, sub_tone = "open", "muted", "muted"
    else:
        sub = f"{kind} · {proposal.contacts[0] if proposal.contacts else proposal.why}"
        offence = proposal.kind is ProposalKind.OFFENCE
        shape, tone, sub_tone = "open", "serious" if offence else "accent", "text"
    tip = "\n".join(t for t in (proposal.name, proposal.source, proposal.why, *proposal.contacts, sub) if t)
    return EntryRow(
        key_of(proposal), f"{proposal.name}. {sub}", tip, shape, tone, proposal.name, sub, sub_tone
    )
