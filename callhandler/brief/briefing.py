"""The officers' briefing: one page, the weightiest first, for somebody tired who reads it in a car."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from callhandler.brief.content import Line, Paper, Part
from callhandler.brief.facts import Facts, OrderKnown, plain
from callhandler.brief.fitting import LONGEST, fitted
from callhandler.brief.knowing import answered, marked, places_of
from callhandler.brief.times import minutes_spoken
from callhandler.model.assessment import Evidence, Tier
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.paper import PaperKind
from callhandler.model.when import LONDON

CRITICAL, SERIOUS, OPEN = "◆", "▲", "○"
DESK = "with the desk"
"""Where what did not fit is found, when it is more than lines of this incident's log."""

NOTHING_TOLD = "Nothing recorded: not asked is not no."


def briefing(facts: Facts) -> Paper:
    """The briefing as it fits one page, with every withheld address left out."""
    paper = facts.paper(
        PaperKind.BRIEFING,
        "Officers' briefing",
        banner=tuple(_banner(facts)),
        parts=tuple(_parts(facts)),
    )
    return fitted(paper)


def _banner(facts: Facts) -> Iterator[str]:
    said = [facts.grade or "Not graded", f"response {facts.state or 'not recorded'}"]
    if facts.overdue is not None:
        said.append(f"{minutes_spoken(facts.overdue)} overdue")
    yield " · ".join(said)
    yield f"Where: {facts.place_said(facts.here)}"
    if facts.going_to is not None:
        yield f"Going to: {facts.place_said(facts.going_to)}"
    if facts.waiting is not None:
        calls = "call" if facts.calls_in == 1 else "calls"
        yield f"{facts.calls_in} {calls}; waiting {minutes_spoken(facts.waiting)} since the first"


def _parts(facts: Facts) -> Iterator[Part]:
    critical = len(facts.warnings(Tier.CRITICAL))
    yield Part("At risk", tuple(_at_risk(facts)), least=4, beside=True, share=0.4)
    yield Part("Children", tuple(_children(facts)), least=2, yields=2, beside=True)
    yield Part("Safe contact", tuple(_contact(facts)), least=4, yields=2, beside=True)
    yield Part("Suspect", tuple(_suspect(facts)), least=4, yields=3, where=DESK)
    yield Part("Warnings", tuple(_warnings(facts)), least=min(critical, 8) + 1, yields=1)
    orders = tuple(line for order in facts.orders for line in _order(facts, order))
    none = (Line("None is known here. That does not say that there is none: ask her."),)
    yield Part("Orders, powers", orders or none, least=3, yields=4, where=DESK)
    say, not_say = _to_say(facts.orders)
    if say or not_say:
        told = tuple(Line(text, mark="✓") for text in say)
        yield Part("Say", told, least=2, yields=5, where=DESK, beside=True, share=0.62)
        yield Part(
            "Do not say", tuple(Line(text, mark="✗") for text in not_say), least=4, yields=2, where=DESK
        )
    yield Part("Told, still open", tuple(_words(facts)), least=5, yields=7)
    yield Part("Not done", tuple(_not_done(facts)), least=4, yields=6, where=DESK, beside=True, share=0.6)
    yield Part("Getting in", tuple(_access(facts)), least=2, yields=2)


def _at_risk(facts: Facts) -> Iterator[Line]:
    for person in facts.at_risk:
        rest = "; ".join(filter(None, (facts.roles(person), facts.relation(person, facts.suspects))))
        yield Line(facts.person_said(person), rest=rest, strong=True)
    if not facts.at_risk:
        yield Line("Nobody is named yet.")


def _suspect(facts: Facts) -> Iterator[Line]:
    gathered = facts.policy.papers.suspect
    for person in facts.suspects:
        yield Line(facts.person_said(person), rest=facts.relation(person, facts.at_risk), strong=True)
    if not facts.suspects:
        yield Line("Nobody is named yet.")
    for person in facts.perhaps:
        yield Line(
            facts.person_said(person),
            rest="; ".join(
                filter(None, (facts.relation(person, facts.at_risk), "nobody said that it is this person"))
            ),
        )
    yield from answered(facts, gathered)
    yield from marked(facts, gathered, facts.suspects, ())
    places = places_of(facts, facts.suspects)
    if places:
        yield Line("; ".join(places), label="May be at:")
    for vehicle in facts.picture.vehicles[::-1]:
        if vehicle.person_id in facts.suspects:
            yield Line(" ".join(filter(None, (vehicle.registration, vehicle.description))), label="Vehicle:")
    for warning in facts.picture.police_warnings[::-1]:
        if warning.person_id in facts.suspects:
            yield Line(
                f"{plain(warning.kind)}, {warning.given.spoken_day(LONDON)}: {warning.terms}", label="Warned:"
            )
    for record in facts.picture.records[::-1]:
        if record.person_id in facts.suspects:
            yield Line(f"{record.happened.spoken_day(LONDON)}: {record.text}", label="Record:")


def _warnings(facts: Facts) -> Iterator[Line]:
    for warning in facts.warnings(Tier.CRITICAL):
        yield Line(
            warning.sentence, mark=CRITICAL, strong=True, rest=_reason(warning.evidence, warning.sentence)
        )
    serious = facts.warnings(Tier.SERIOUS)
    if serious:
        yield Line(_as_many([w.sentence for w in serious]), mark=SERIOUS, label=f"{len(serious)} serious:")
    if not facts.assessment.standing:
        yield Line("None stands.")


def _as_many(sentences: Sequence[str]) -> str:
    """As many of the sentences as may stand in one line of a briefing, and how many do not."""
    said: list[str] = []
    for sentence in sentences:
        if said and len("; ".join([*said, sentence])) > LONGEST - 30:
            break
        said.append(sentence.rstrip("."))
    left = len(sentences) - len(said)
    return "; ".join(said) + (f"; {left} more in the log." if left else ".")


def _reason(evidence: Sequence[Evidence], sentence: str) -> str:
    """What a warning rests on, where its sentence does not say it already."""
    fresh = [e.line for e in evidence if e.line and e.line.rsplit(": ", 1)[-1] not in sentence]
    return f"because: {fresh[0]}" if fresh else ""


def _order(facts: Facts, order: OrderKnown) -> Iterator[Line]:
    standing = order.standing
    name = standing.name or standing.order.type
    against = facts.picture.name_of(standing.order.respondent_id)
    for_whom = facts.picture.name_of(standing.order.protected_id)
    bound = "; it binds somebody at risk here" if order.binds_her else ""
    yield Line(f"{name}: {standing.shown}", strong=True, rest=f"against {against}, for {for_whom}{bound}")
    power = order.kind.power_on(facts.picture.as_of.astimezone(LONDON).date()) if order.kind else None
    if power is not None and standing.live_for_risk:
        yield Line(power.power, label="Power:")
        yield Line(power.copy_needed, label="Copy needed?")
        yield Line(power.to_establish, label="To establish:")
    for engaged in order.engaged[:3]:
        yield Line(
            f"{engaged.name}{': by what is told' if engaged.how.value == 'told' else ': in play'}",
            label="May be broken:",
        )
    for doubt in order.doubts:
        yield Line(doubt, label="Not known:")


def _to_say(orders: Iterable[OrderKnown]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kinds = [o.kind for o in orders if o.kind is not None and o.standing.live_for_risk]
    say = dict.fromkeys(text for kind in kinds for text in kind.say)
    not_say = dict.fromkeys(text for kind in kinds for text in kind.do_not_say)
    return tuple(say), tuple(not_say)


def _words(facts: Facts) -> Iterator[Line]:
    """Open disclosures, tonight's first, grave before serious, each set of words once."""
    weight = {"grave": 0, "serious": 1, "context": 2}
    known = facts.policy.indicators

    def rank(told: Disclosure) -> tuple[bool, int, int]:
        entry = known.get(told.indicator)
        return told.incident_id != facts.picture.here, weight[entry.weight] if entry else 2, -told.id

    told = [d for d in facts.picture.disclosures if d.open and d.stance is Stance.TOLD and d.words]
    seen: set[str] = set()
    for disclosure in sorted(told, key=rank):
        if disclosure.words in seen:
            continue
        seen.add(disclosure.words)
        here = disclosure.incident_id == facts.picture.here
        when = _clock(disclosure.known_at, facts) if here else disclosure.happened.spoken_day(LONDON)
        doubt = "(disputed)" if disclosure.disputed else ""
        teller = disclosure.teller or "not recorded who"
        yield Line(f"“{disclosure.words}”", label=f"{when} {teller}:", rest=doubt)
    if not seen:
        yield Line("Nothing told is open.")


def _not_done(facts: Facts) -> Iterator[Line]:
    for text in facts.to_do:
        yield Line(text, mark=OPEN)
    for task in facts.picture.tasks:
        if not task.done and task.text not in facts.to_do:
            yield Line(task.text, mark=OPEN, rest=f"with {task.owner}" if task.owner else "")
    for enquiry in facts.picture.enquiries:
        if enquiry.state == "open":
            yield Line(enquiry.what, mark=OPEN)
    for incident in facts.picture.linked[::-1]:
        if incident.undone:
            yield Line(incident.undone, mark=OPEN, rest=f"since {incident.opened.spoken_day(LONDON)}")


def _children(facts: Facts) -> Iterator[Line]:
    for person in facts.children:
        yield Line(facts.person_said(person), strong=True, rest=facts.relation(person, facts.at_risk))
    yield from answered(facts, facts.policy.papers.children)
    if not facts.children and not any(True for _ in answered(facts, facts.policy.papers.children)):
        yield Line(NOTHING_TOLD)


def _access(facts: Facts) -> Iterator[Line]:
    gathered = facts.policy.papers.access
    if facts.here in facts.withheld_places or facts.going_to in facts.withheld_places:
        yield Line("An address is withheld on paper. The desk gives it by radio.", strong=True)
    lines = [*answered(facts, gathered), *marked(facts, gathered, (), _places(facts))]
    yield from lines or [Line(NOTHING_TOLD)]


def _contact(facts: Facts) -> Iterator[Line]:
    lines = list(answered(facts, facts.policy.papers.contact))
    yield from lines or [Line("Whether it is safe to ring her is not recorded.", strong=True)]
    used = [c.number_id for c in facts.picture.calls if c.incident_id == facts.picture.here]
    numbers = [facts.numbers[n] for n in dict.fromkeys(reversed(used)) if n in facts.numbers]
    if numbers:
        yield Line(", ".join(numbers), label="Rang from:")
    yield from _meanwhile(facts)


def _meanwhile(facts: Facts) -> Iterator[Line]:
    """The plan that holds now, what was promised and runs, and who saw or spoke to her last."""
    now = facts.picture.as_of
    plans = [p for p in facts.picture.plans if p.until > now]
    if plans:
        yield Line(
            f"{plans[-1].agreed.rstrip('.')}, until {_clock(plans[-1].until, facts)}", label="Plan agreed:"
        )
    for promise in facts.picture.promises:
        if promise.ended is None:
            yield Line(f"“{promise.words}”, until {_clock(promise.until, facts)}", label="Promised:")
    if facts.picture.contacts:
        last = facts.picture.contacts[-1]
        who = facts.picture.name_of(last.person_id)
        yield Line(
            f"{who}, {plain(last.how)} at {_clock(last.at, facts)}, alone: {last.alone}",
            label="Last seen or spoken to:",
        )


def _clock(at: datetime, facts: Facts) -> str:
    return f"{at.astimezone(ZoneInfo(facts.zone)):%H:%M}"


def _places(facts: Facts) -> tuple[int, ...]:
    return tuple(p for p in (facts.here, facts.going_to) if p is not None)
