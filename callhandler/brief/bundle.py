"""The incident's disclosure bundle: the whole log, calls, decisions, orders, assessments, and what is left out and why."""

from collections.abc import Iterator, Sequence

from callhandler.brief.content import Line, Paper, Part, Table
from callhandler.brief.decision import GATES, VERDICTS, grade_said, headline
from callhandler.brief.facts import Facts, plain
from callhandler.brief.knowing import REPLIES
from callhandler.brief.times import local, local_clock
from callhandler.model.paper import PaperKind
from callhandler.model.proof import Deciding
from callhandler.model.when import LONDON, When
from callhandler.policy.pack import Policy


def bundle(facts: Facts, decidings: Sequence[Deciding]) -> Paper:
    """The bundle, with every withheld address left out."""
    incident = facts.picture.incident
    assert incident is not None
    kind = facts.policy.types.get(incident.type)
    paper = Paper(
        kind=PaperKind.BUNDLE,
        title="Incident disclosure bundle",
        reference=facts.reference,
        marking=facts.policy.papers.marking,
        training=facts.training,
        as_of=facts.picture.as_of,
        zone=facts.zone,
        position=facts.picture.upto,
        banner=(
            kind.name if kind else plain(incident.type),
            f"Opened {local(incident.opened.at, facts.zone)}; {facts.place_said(facts.here)}",
        ),
        parts=tuple(_parts(facts, decidings)),
    )
    return facts.withheld.out_of_all(paper)


def _parts(facts: Facts, decidings: Sequence[Deciding]) -> Iterator[Part]:
    yield Part("Left out, and why", tuple(_left_out(facts)))
    yield Part("Who had a part in it", table=_people(facts))
    yield Part("Calls", table=_calls(facts))
    yield Part(f"The log, {len(facts.picture.log)} lines", table=_log(facts))
    yield Part("What was told", table=_told(facts))
    yield Part("What was asked and answered", table=_answers(facts))
    yield Part("Orders", table=_orders(facts))
    yield Part("Response", table=_responses(facts))
    yield Part("Decisions", table=_decisions(facts, decidings, facts.policy))
    yield Part("Assessment up to here", tuple(_assessed(facts)), table=_warnings(facts))


def _left_out(facts: Facts) -> Iterator[Line]:
    if facts.withheld_places:
        yield Line(
            "Addresses that must not be disclosed, wherever they stand; a gap says so. Why: somebody's safety."
        )
    yield Line(
        "Where the network placed a call. Why: it may say where somebody was; the force decides on that by itself."
    )
    yield Line(
        "Reports before, and records of the people in them. Why: other people's; each is disclosed by itself."
    )
    yield Line(
        "Files that were attached, such as copies of orders. Why: they are exhibits; each is named here."
    )
    yield Line("The proof of each decision. Why: it is in that decision's own record.")


def _people(facts: Facts) -> Table:
    here = facts.picture.here
    people = dict.fromkeys(p.person_id for p in facts.picture.parties if p.incident_id == here)
    rows = tuple((facts.person_said(p), facts.roles(p), facts.relation(p, tuple(people))) for p in people)
    return Table(("Person", "Part", "Tie"), (35, 25, 40), rows)


def _calls(facts: Facts) -> Table:
    rows = tuple(
        (
            str(c.id),
            local_clock(c.at, facts.zone),
            f"{c.direction.value}, {plain(c.outcome.value)}",
            facts.numbers.get(c.number_id or -1, "withheld or not given"),
            c.speaker,
        )
        for c in facts.picture.calls
        if c.incident_id == facts.picture.here
    )
    return Table(("Record", _time_head(facts), "Call", "Number", "Speaker"), (9, 19, 22, 22, 28), rows)


def _log(facts: Facts) -> Table:
    rows = tuple((str(e.id), local_clock(e.at, facts.zone), e.author, e.text) for e in facts.picture.log)
    return Table(("Record", _time_head(facts), "By", "Line"), (9, 17, 16, 58), rows)


def _told(facts: Facts) -> Table:
    known = facts.policy.indicators
    rows = tuple(
        (
            str(d.id),
            When(d.known_at).spoken(LONDON),
            known[d.indicator].name if d.indicator in known else plain(d.indicator),
            d.teller or "not recorded",
            ("denied: " if d.stance.value == "denied" else "") + (f"“{d.words}”" if d.words else ""),
            "open" if d.open else f"followed up, record {d.followed_by}",
        )
        for d in facts.picture.disclosures
        if d.incident_id == facts.picture.here
    )
    return Table(("Record", "Recorded", "What", "Told by", "Words", "State"), (8, 15, 21, 14, 30, 12), rows)


def _answers(facts: Facts) -> Table:
    known = facts.policy.questions
    rows = tuple(
        (
            str(a.id),
            When(a.known_at).spoken(LONDON),
            known[a.question].ask if a.question in known else plain(a.question),
            REPLIES[a.reply],
            a.words,
        )
        for a in facts.picture.answers
        if a.incident_id == facts.picture.here
    )
    return Table(("Record", "Recorded", "Asked", "Answer", "Words"), (8, 15, 36, 13, 28), rows)


def _orders(facts: Facts) -> Table:
    rows = []
    for known in facts.orders:
        order = known.standing.order
        terms = [f"{t.kind.replace('-', ' ')} ({'read' if t.verified else 'told'})" for t in order.terms]
        learned = [f"{When(f.known_at).spoken(LONDON)} {plain(f.kind)}, by {f.said_by}" for f in order.facts]
        copies = [f"copy {c.name}, SHA-256 {c.sha256}" for c in order.copies]
        rows.append(
            (
                str(order.id),
                known.standing.name or order.type,
                f"{facts.picture.name_of(order.respondent_id)}, for {facts.picture.name_of(order.protected_id)}",
                known.standing.shown,
                "\n".join([*terms, *learned, *copies]),
            )
        )
    return Table(
        ("Record", "Order", "Against", "State", "Terms, what was learned, copies"),
        (8, 17, 19, 22, 34),
        tuple(rows),
    )


def _responses(facts: Facts) -> Table:
    rows = tuple(
        (
            str(r.id),
            local_clock(r.at, facts.zone),
            plain(r.target.value),
            plain(r.state.value),
            r.note,
            r.author,
        )
        for r in facts.picture.responses
    )
    return Table(("Record", _time_head(facts), "For", "State", "Note", "By"), (8, 18, 10, 14, 34, 16), rows)


def _decisions(facts: Facts, decidings: Sequence[Deciding], policy: Policy) -> Table:
    rows = []
    for d in decidings:
        ended = d.decision or d.request
        assert ended is not None
        before = grade_said(d.before.act, d.before.grade, policy) if d.before else "none"
        notes = [f"needed {GATES[d.decision.gate]}"] if d.decision else []
        notes += [f"reason: “{g.reason}”" for g in d.grounds if g.reason]
        notes += [f"“{d.decision.text}”"] if d.decision and d.decision.text and not d.grounds else []
        notes += [f"refused {len(d.refusals)} times before"] if d.refusals else []
        notes += [f"{a.author} {VERDICTS[a.verdict]}: “{a.reason}”" for a in d.agreements]
        rows.append(
            (
                str(d.main),
                local_clock(ended.at, facts.zone),
                headline(d, policy),
                before,
                "\n".join(notes),
                ended.author,
            )
        )
    return Table(
        ("Record", _time_head(facts), "What", "Stood before", "How", "By"),
        (8, 16, 20, 12, 32, 12),
        tuple(rows),
    )


def _assessed(facts: Facts) -> Iterator[Line]:
    yield Line(facts.floor or "none set", label="Floor:")
    standing, raised = len(facts.assessment.standing), len(facts.assessment.warnings)
    yield Line(f"{standing} stand, {raised - standing} are settled.", label="Warnings:")
    yield Line(facts.assessment.policy_digest, label="Policy, SHA-256:")


def _warnings(facts: Facts) -> Table:
    rows = tuple(
        (
            w.tier.value,
            w.sentence,
            local(w.since, facts.zone),
            "stands" if w.settled_by is None else f"settled by record {w.settled_by}",
        )
        for w in facts.assessment.warnings
    )
    return Table(("Tier", "Warning", "Since", "State"), (10, 55, 20, 15), rows)


def _time_head(facts: Facts) -> str:
    """The head of a column of local times, naming the zone once."""
    return f"Local time ({local(facts.picture.as_of, facts.zone).rsplit(' ', 1)[1]})"
