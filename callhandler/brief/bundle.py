"""The incident's disclosure bundle: the whole log, calls, decisions, orders, assessments, and what is left out and why."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from callhandler.brief import recorded
from callhandler.brief.content import Line, Paper, Part, Table
from callhandler.brief.decision import GATES, VERDICTS, grade_said, headline
from callhandler.brief.facts import Facts, plain
from callhandler.brief.times import local, local_clock
from callhandler.model.paper import PaperKind
from callhandler.model.proof import Deciding
from callhandler.model.when import Precision, When
from callhandler.policy.pack import Policy


def bundle(facts: Facts, decidings: Sequence[Deciding]) -> Paper:
    """The bundle, with every withheld address left out."""
    incident = facts.picture.incident
    assert incident is not None
    kind = facts.policy.types.get(incident.type)
    return facts.paper(
        PaperKind.BUNDLE,
        "Incident disclosure bundle",
        banner=(
            kind.name if kind else plain(incident.type),
            f"Opened {_opened(incident.opened, facts.zone)}; {facts.place_said(facts.here)}",
        ),
        parts=tuple(_parts(facts, decidings)),
    )


def _opened(when: When, zone: str) -> str:
    """No more exact than it is known."""
    return local(when.at, zone) if when.precision is Precision.MINUTE else when.spoken(ZoneInfo(zone))


def _parts(facts: Facts, decidings: Sequence[Deciding]) -> Iterator[Part]:
    yield Part("Left out, and why", tuple(_left_out(facts)))
    yield Part("Who had a part in it", table=recorded.people(facts))
    yield Part("Calls", table=recorded.calls(facts))
    yield Part(f"The log, {len(facts.picture.log)} lines", table=recorded.log(facts))
    yield Part("What was told", table=recorded.told(facts))
    yield Part("What was asked and answered", table=recorded.answers(facts))
    yield Part("Orders", table=recorded.orders(facts))
    yield Part("Response", table=recorded.responses(facts))
    yield Part("Seen or spoken to", table=recorded.contacts(facts))
    yield Part("Until somebody came", table=recorded.meanwhile(facts))
    if facts.picture.retractions:
        yield Part("Taken back, as recorded in error", table=recorded.retractions(facts))
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
    merged = [m for m in facts.picture.merges if m.into_id == facts.picture.here and m.same]
    if merged:
        yield Line("The logs of incidents that were merged into this one. Why: each has a bundle of its own.")
    yield Line("The proof of each decision. Why: it is in that decision's own record.")


def _decisions(facts: Facts, decidings: Sequence[Deciding], policy: Policy) -> Table:
    rows = []
    for d in decidings:
        before = grade_said(d.before.act, d.before.grade, policy) if d.before else "none"
        came = d.decision or d.authority
        notes = [f"needed {GATES[came.gate]}"] if came else []
        notes += [f"reason: “{g.reason}”" for g in d.grounds if g.reason]
        notes += [f"“{came.text}”"] if came and came.text and not d.grounds else []
        notes += [f"refused {len(d.refusals)} times before"] if d.refusals else []
        notes += [f"{a.author} {VERDICTS[a.verdict]}: “{a.reason}”" for a in d.agreements]
        at = local_clock(d.ended.at, facts.zone)
        rows.append((str(d.main), at, headline(d, policy), before, "\n".join(notes), d.ended.author))
    return Table(
        ("Record", "Local time", "What", "Stood before", "How", "By"),
        (8, 17, 20, 12, 31, 12),
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
            local_clock(w.since, facts.zone),
            "stands" if w.settled_by is None else f"settled by record {w.settled_by}",
        )
        for w in facts.assessment.warnings
    )
    return Table(("Tier", "Warning", "Since", "State"), (9, 56, 18, 17), rows)
