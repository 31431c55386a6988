"""The forms about papers: one made, one read by somebody, an address left out of all of them."""

from typing import TYPE_CHECKING

from callhandler.model.paper import PaperKind
from callhandler.model.proposal import Decided, ProposalKind
from callhandler.services.papers import Made
from ui.common.words import tr
from ui.desk.controller import DeskController
from ui.desk.forms.field import FIRST, Field
from ui.desk.forms.offers import Offers
from ui.desk.order_words import at
from ui.papers.saving import save

if TYPE_CHECKING:
    from ui.desk.forms.forms import Forms

Values = dict[str, str]


class PaperOffers:
    """Which papers the open incident gives, and which of them this desk made last."""

    def __init__(self, desk: DeskController) -> None:
        self._desk = desk
        self.last: dict[int, str] = {}
        """By incident, the digest of the paper made last at this desk."""

    def papers(self) -> list[tuple[str, str]]:
        """The briefing first; then referrals that were taken, decisions from the newest, the bundle."""
        view = self._desk.view
        if view is None:
            return []
        found = [(PaperKind.BRIEFING.value, tr("Officers' briefing, one page"))]
        found += [
            (f"{PaperKind.REFERRAL}:{p.code}", tr("Referral pack: {name}").format(name=p.name))
            for p in view.proposals
            if p.kind is ProposalKind.REFERRAL and p.decision and p.decision.decided is not Decided.NOT_TAKEN
        ]
        came = {d.request_id for d in view.picture.decisions} | {
            a.request_id for a in view.picture.authorities
        }
        records = [(d.id, self._grade(d.grade), d.at, tr("recorded")) for d in view.picture.decisions]
        records += [(a.id, self._grade(""), a.at, tr("allowed")) for a in view.picture.authorities]
        records += [
            (r.id, r.shown or self._grade(r.grade), r.at, tr("asked for"))
            for r in view.picture.requests
            if r.id not in came
        ]
        said = tr("Decision record: {what}, {came}, {at}")
        found += [
            (f"{PaperKind.DECISION}:{id_}", said.format(what=what, came=how, at=at(when)))
            for id_, what, when, how in sorted(records, reverse=True)
        ]
        return [*found, (PaperKind.BUNDLE.value, tr("Disclosure bundle, the whole incident"))]

    def places(self) -> list[tuple[str, str]]:
        """Every place in the picture, by its record: two places may have one name."""
        view = self._desk.view
        if view is None:
            return []
        return [
            (str(p.id), f"{p.label}, {p.address}" if p.label not in p.address else p.address)
            for p in view.picture.places
        ]

    def made_last(self) -> str:
        """The digest's beginning of what this desk made last for the open incident."""
        return self.last.get(self._desk.incident_id or 0, "")[:8]

    def _grade(self, grade: str) -> str:
        found = next((g.name for g in self._desk.app.policy.scheme.grades if g.id == grade), "")
        return found or tr("No grade")


def add_paper_forms(forms: "Forms", desk: DeskController, offers: Offers) -> None:
    """Add the forms about papers."""
    app, actor = desk.app, desk.actor
    own = PaperOffers(desk)

    def make(incident: int, values: Values) -> str:
        made = _made(incident, *values["paper"].partition(":")[::2], values["purpose"])
        own.last[incident] = made.digest
        path = save(made, app.settings)
        # The name first: a long folder is cut in the last strip.
        return tr("Saved {name} and an HTML copy: {path}").format(name=path.name, path=path)

    def _made(incident: int, kind: str, which: str, purpose: str) -> Made:
        match PaperKind(kind):
            case PaperKind.BRIEFING:
                return app.papers.briefing(actor, incident, purpose)
            case PaperKind.DECISION:
                return app.papers.decision(actor, incident, int(which), purpose)
            case PaperKind.REFERRAL:
                return app.papers.referral(actor, incident, which, purpose)
            case PaperKind.BUNDLE:
                return app.papers.bundle(actor, incident, purpose)

    def read(incident: int, values: Values) -> str:
        paper = app.papers.acknowledge(actor, incident, values["digest"], values["by"])
        return tr("Read by {who}: {digest}").format(who=values["by"], digest=paper.digest[:8])

    def withhold(incident: int, values: Values) -> str:
        act = app.withholding.lift if values["state"] == "lifted" else app.withholding.withhold
        act(actor, int(values["place"]), values["by"], values["reason"], incident_id=incident)
        if values["state"] == "lifted":
            return tr("This address may be on papers again.")
        return tr("This address is left out of every paper from now on.")

    forms.add(
        "paper",
        tr("Make a paper"),
        "Ctrl+Shift+F",
        tr("A PDF and an HTML copy in the desk's folder; your name and why are recorded."),
        [
            Field("paper", tr("Which"), own.papers, FIRST, stretch=4),
            Field("purpose", tr("Why"), default=tr("officers sent"), stretch=2),
        ],
        ("paper", "purpose"),
        make,
    )
    forms.add(
        "paper_read",
        tr("A paper was read"),
        "Ctrl+Shift+B",
        tr("The first eight letters of the digest at the foot of the paper, and who read it."),
        [
            Field("digest", tr("Digest"), preset=own.made_last),
            Field("by", tr("Read by"), stretch=3),
        ],
        ("digest", "by"),
        read,
    )

    def named() -> list[tuple[str, str]]:
        return [(name, name) for _, name in offers.people()]

    states = [("withheld", tr("Left out of every paper")), ("lifted", tr("May be on papers again"))]
    forms.add(
        "withhold",
        tr("An address not to be disclosed"),
        "Ctrl+Shift+X",
        tr("It is left out of every paper, and of every line on it. The screen shows it as before."),
        [
            Field("place", tr("Place"), own.places, stretch=3),
            Field("state", tr("From now on"), lambda: states, "withheld"),
            Field("by", tr("Who says so"), named, free=True),
            Field("reason", tr("Why"), stretch=3),
        ],
        ("place", "state", "by", "reason"),
        withhold,
    )
