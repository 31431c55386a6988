"""A referral's pack: to whom, why, with what leave of hers, and only what the policy says that this referral needs."""

from collections.abc import Callable, Iterator

from callhandler.brief.briefing import NOTHING_TOLD
from callhandler.brief.content import Line, Paper, Part
from callhandler.brief.facts import Facts
from callhandler.brief.knowing import answered
from callhandler.brief.times import local
from callhandler.model.assessment import Tier
from callhandler.model.facts import Disclosure
from callhandler.model.paper import PaperKind
from callhandler.model.people import Tie
from callhandler.model.picture import Via
from callhandler.model.proposal import Consent, Proposal
from callhandler.model.when import LONDON
from callhandler.policy.papers import PackPart

ASKED = {
    Consent.GIVEN: "She gave her leave.",
    Consent.REFUSED: "She refused.",
    Consent.NOT_ASKED: "She was not asked.",
    Consent.NOT_NEEDED: "Her leave is not asked for.",
}
INJURIES = ("violence-now", "injury", "strangulation", "medical-emergency", "pregnancy", "sexual-violence")


def referral(facts: Facts, proposal: Proposal) -> Paper:
    """The pack of a referral that was decided on, with every withheld address left out."""
    tells = facts.policy.papers.told(proposal.code)
    return facts.paper(
        PaperKind.REFERRAL,
        "Safeguarding referral",
        banner=(f"To: {proposal.name}", f"Why: {proposal.why}"),
        parts=(
            Part("Consent", tuple(_leave(facts, proposal))),
            *(_PARTS[part](facts, proposal) for part in tells),
            Part("Left out", tuple(_left_out(facts, tells))),
        ),
    )


def _leave(facts: Facts, proposal: Proposal) -> Iterator[Line]:
    made = proposal.decision
    assert made is not None
    yield Line(
        ASKED[made.consent],
        strong=True,
        rest=f"recorded by {made.author}, {local(made.known_at, facts.zone)}",
    )
    basis = facts.policy.papers.basis
    if basis is not None and made.consent is not Consent.GIVEN:
        yield Line(getattr(basis, made.consent.value), label="Basis:")
        if not basis.verified:
            yield Line("The sections are named from knowledge; the force's data protection officer decides.")
    if made.reason:
        yield Line(f"“{made.reason}”", label="Reason given:")
    yield Line(made.owner, label="With:")


def _people(facts: Facts, proposal: Proposal) -> Part:
    lines = [
        Line(
            facts.person_said(p),
            strong=True,
            rest="; ".join(filter(None, (facts.roles(p), _lives(facts, p)))),
        )
        for p in facts.at_risk
    ]
    return Part("Who is at risk", tuple(lines) or (Line("Nobody is named."),))


def _lives(facts: Facts, person: int) -> str:
    ties = [t for t in facts.picture.place_ties if t.person_id == person and t.tie is Tie.LIVES]
    return f"lives at {facts.place_said(ties[-1].place_id)}" if ties else ""


def _suspect(facts: Facts, proposal: Proposal) -> Part:
    lines = [
        Line(facts.person_said(p), strong=True, rest=facts.relation(p, facts.at_risk)) for p in facts.suspects
    ]
    return Part("Suspected", tuple(lines) or (Line("Nobody is named."),))


def _children(facts: Facts, proposal: Proposal) -> Part:
    lines = [
        Line(facts.person_said(p), strong=True, rest=facts.relation(p, facts.at_risk)) for p in facts.children
    ]
    lines += answered(facts, facts.policy.papers.children)
    return Part("Children", tuple(lines) or (Line(NOTHING_TOLD),))


def _contact(facts: Facts, proposal: Proposal) -> Part:
    lines = list(answered(facts, facts.policy.papers.contact))
    if not lines:
        lines = [
            Line("Whether it is safe to ring her is not recorded. Ask the control room before any contact.")
        ]
    return Part("Safe contact", tuple(lines))


def _words(facts: Facts, proposal: Proposal) -> Part:
    """What the referral rests on, in the words that were told; nothing else that was told."""
    cited = {e.id for e in proposal.evidence if e.kind == "disclosure"}
    told = [d for d in facts.picture.disclosures if d.id in cited]
    lines = tuple(_told(facts, d) for d in told)
    return Part("What it rests on", lines or tuple(Line(e.line) for e in proposal.evidence if e.line))


def _injuries(facts: Facts, proposal: Proposal) -> Part:
    lines = tuple(_told(facts, d) for d in facts.told(*INJURIES))
    return Part("Violence and injuries told of", lines or (Line(NOTHING_TOLD),))


def _told(facts: Facts, told: Disclosure) -> Line:
    name = (
        facts.policy.indicators[told.indicator].name
        if told.indicator in facts.policy.indicators
        else told.indicator
    )
    disputed = ", disputed" if told.disputed else ""
    denied = ", denied" if told.stance.value == "denied" else ""
    rest = f"{told.teller or 'not recorded who'}, {told.happened.spoken_day(LONDON)}{disputed}{denied}"
    return Line(f"“{told.words}”" if told.words else name, label=f"{name}:", rest=rest)


def _warnings(facts: Facts, proposal: Proposal) -> Part:
    lines = [Line(w.sentence) for tier in (Tier.CRITICAL, Tier.SERIOUS) for w in facts.warnings(tier)]
    return Part("Warnings that stand", tuple(lines) or (Line("None."),))


def _orders(facts: Facts, proposal: Proposal) -> Part:
    lines = tuple(
        Line(o.standing.shown, label=f"{o.standing.name or o.standing.order.type}:", rest="; ".join(o.doubts))
        for o in facts.orders
    )
    return Part("Orders", lines or (Line("None is known here."),))


def _history(facts: Facts, proposal: Proposal) -> Part:
    """Earlier reports about those at risk, their home or their telephone; what is only about the suspect is others'."""
    his = {("person", suspect) for suspect in facts.suspects}
    hers = {
        link.incident_id for link in facts.picture.links if link.via in (Via.PERSON, Via.PLACE, Via.NUMBER)
    }
    lines = tuple(
        Line(i.summary or "no summary", label=f"{i.opened.spoken_day(LONDON)}:", rest=i.outcome)
        for i in facts.picture.linked
        if i.id in hers
    )
    if any(c.what == "incidents" and (c.subject, c.subject_id) not in his for c in facts.picture.cuts):
        lines += (Line("More are held: these are the newest, and of the older ones those that bear risk."),)
    return Part("Reports before", lines or (Line("None is known here."),))


def _left_out(facts: Facts, tells: tuple[PackPart, ...]) -> Iterator[Line]:
    missing = [_CALLED[part] for part in _PARTS if part not in tells]
    if missing:
        yield Line(f"Not needed for this referral: {', '.join(missing)}.")
    yield Line("The log, the calls and other people's records stay with police.")
    if facts.withheld_places:
        yield Line("Addresses that must not be disclosed. Ask the control room.")


_PARTS: dict[PackPart, Callable[[Facts, Proposal], Part]] = {
    "people": _people,
    "suspect": _suspect,
    "children": _children,
    "contact": _contact,
    "words": _words,
    "injuries": _injuries,
    "warnings": _warnings,
    "orders": _orders,
    "history": _history,
}
_CALLED: dict[PackPart, str] = {
    "people": "who is at risk",
    "suspect": "who is suspected",
    "children": "children",
    "contact": "safe contact",
    "words": "what was told",
    "injuries": "injuries",
    "warnings": "warnings",
    "orders": "orders",
    "history": "reports before",
}
