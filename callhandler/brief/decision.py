"""The record of one decision: what was asked and upon what, what was refused before, who agreed and why, and its proof."""

from collections.abc import Iterator

from callhandler.brief.content import Line, Paper, Part, Table
from callhandler.brief.facts import Facts, plain
from callhandler.brief.times import local, with_utc
from callhandler.model.assessment import CLOSED_RANK, Act, Gate, Request, StandingWarning, Verdict
from callhandler.model.paper import PaperKind
from callhandler.model.proof import Deciding, Judged, RowProof
from callhandler.policy.pack import Policy

GATES = {
    Gate.NONE: "nothing",
    Gate.REASON: "a reason in one line",
    Gate.RATIONALE: "a rationale",
    Gate.AGREEMENT: "a rationale, and a supervisor's agreement",
}
VERDICTS = {
    Verdict.AGREE: "agreed",
    Verdict.KEEP: "kept the standing grade",
    Verdict.TAKE_OVER: "took over",
}
ACTS = {
    Act.GRADE: "Grade",
    Act.RECEIVE: "Received from another force",
    Act.CLOSE: "Closing",
    Act.APPOINT: "Appointment",
    Act.CANCEL: "Cancelling at the caller's request",
    Act.TRANSFER: "Transfer to another force",
    Act.MERGE: "Merging with another incident",
    Act.RESULT: "Resulting",
    Act.RETYPE: "Another type",
    Act.RETRACT: "Taking back what was told",
    Act.REJECT_LINK: "Rejecting a link",
    Act.LOWER_RISK: "A lower level of risk",
    Act.PART_RECORDS: "Judging two records the same, or not",
}
BY_HAND = "By hand: the SHA-256 of this line, without an ending of line, is the link's hash"


def decision(facts: Facts, deciding: Deciding, policy: Policy) -> Paper:
    """The record of a decision, with every withheld address left out. `policy` is the one that it was made by."""
    return facts.paper(
        PaperKind.DECISION,
        "Decision record",
        banner=tuple(_banner(facts, deciding, policy)),
        parts=tuple(parts_of(facts, deciding, policy)),
    )


def parts_of(facts: Facts, deciding: Deciding, policy: Policy) -> Iterator[Part]:
    """Every part of the record; a bundle holds the same."""
    yield Part("What was asked, and what stood", tuple(_asked(facts, deciding, policy)))
    if deciding.request is not None:
        yield Part("A supervisor's answer", tuple(_agreements(facts, deciding)))
        yield Part("Rationale", tuple(_rationale(facts, deciding, policy)))
        yield Part("Refused before", tuple(_refusals(facts, deciding)))
    yield Part("Warnings then", table=_warnings(deciding.decided_upon, policy))
    yield Part("What the warnings rested on, each record once", table=_evidence(deciding.decided_upon))
    yield Part("Proof in the journal", tuple(_proof(deciding)), table=_rows(deciding.rows))


def headline(deciding: Deciding, policy: Policy) -> str:
    """What it came to, in one line."""
    asked = deciding.request
    if deciding.decision is not None:
        return f"{grade_said(deciding.decision.act, deciding.decision.grade, policy)}: recorded"
    if deciding.authority is not None:
        return f"{asked_said(asked, policy) if asked else ACTS[deciding.authority.act]}: allowed"
    assert asked is not None
    kept = asked.refused_by_supervisor
    came = "taken back" if asked.withdrawn else "not recorded"
    if kept is not None:
        came = f"{kept.author} {VERDICTS[kept.verdict]}"
    return f"{asked_said(asked, policy)}: asked for; {came}"


def asked_said(asked: Request, policy: Policy) -> str:
    """What was asked for, in the words shown then."""
    return asked.shown or grade_said(asked.act, asked.grade, policy)


def grade_said(act: Act, grade: str, policy: Policy) -> str:
    """A grade by its name, with the act where that is more than grading; an act that leaves no grade as that."""
    name = next((g.name for g in policy.scheme.grades if g.id == grade), "")
    if act in (Act.GRADE, Act.RECEIVE):
        return name or grade
    return f"{ACTS[act]}, {name}" if name and act in (Act.APPOINT, Act.TRANSFER) else ACTS[act]


def _banner(facts: Facts, deciding: Deciding, policy: Policy) -> Iterator[str]:
    yield headline(deciding, policy)
    yield f"By {deciding.ended.author}, {with_utc(deciding.ended.at, facts.zone)}"


def _asked(facts: Facts, deciding: Deciding, policy: Policy) -> Iterator[Line]:
    asked, before = deciding.request, deciding.before
    stood = "none"
    if before is not None:
        stood = f"{grade_said(before.act, before.grade, policy)}, by {before.author}, {local(before.at, facts.zone)}"
    yield Line(stood, label="Standing before:")
    yield Line(_floor(deciding.asked_upon, policy), label="Floor when it was asked:")
    if asked is not None:
        said = f"{asked_said(asked, policy)}, by {asked.author}, {with_utc(asked.at, facts.zone)}"
        yield Line(said, label="Asked for:")
    came = deciding.decision or deciding.authority
    if came is None:
        yield Line("Nothing was recorded: the grade that stood went on standing.", strong=True)
        return
    yield Line(
        f"{headline(deciding, policy)}, by {came.author}, {with_utc(came.at, facts.zone)}",
        label="It came to:",
    )
    yield Line(GATES[came.gate], label="What stood between:")
    yield Line(_floor(deciding.decided_upon, policy), label="Floor when it was recorded:")
    if came.text:
        yield Line(f"“{came.text}”", label="Reason:")


def _floor(judged: Judged, policy: Policy) -> str:
    if judged.floor_rank >= CLOSED_RANK:
        return f"none set (assessment {judged.id}, up to record {judged.upto})"
    name = next((g.name for g in policy.scheme.grades if g.rank >= judged.floor_rank), str(judged.floor_rank))
    return f"{name}, rank {judged.floor_rank} (assessment {judged.id}, up to record {judged.upto})"


def _warnings(judged: Judged, policy: Policy) -> Table:
    standing = [w for w in judged.warnings if w.settled_by is None]
    settled = [w for w in judged.warnings if w.settled_by is not None]
    rows = [_warning(w, policy, "") for w in sorted(standing, key=_weight)]
    rows += [_warning(w, policy, f"settled by record {w.settled_by}") for w in settled]
    return Table(
        ("Tier", "Warning", "Rests on records", "Floor"),
        (9, 50, 29, 12),
        tuple(rows) or (("", "None was raised.", "", ""),),
    )


def _weight(warning: StandingWarning) -> tuple[int, int]:
    return ("critical", "serious", "note").index(warning.tier.value), warning.id


def _warning(warning: StandingWarning, policy: Policy, settled: str) -> tuple[str, ...]:
    floor = next((g.name for g in policy.scheme.grades if g.rank == warning.floor_rank), "")
    cited = [str(e.id) if e.id else e.line for e in warning.evidence]
    return (warning.tier.value, warning.sentence, ", ".join(dict.fromkeys(cited)), settled or floor)


def _evidence(judged: Judged) -> Table:
    """Each record that a warning cites, once, with the line that says it."""
    cited = dict.fromkeys((e.id, e.kind, e.line) for w in judged.warnings for e in w.evidence if e.id)
    rows = tuple((str(id_), plain(kind), said) for id_, kind, said in sorted(cited))
    return Table(("Record", "What", "Says"), (9, 16, 75), rows)


def _rationale(facts: Facts, deciding: Deciding, policy: Policy) -> Iterator[Line]:
    grounds = {c.id: c.name for c in policy.gates.grounds}
    said_by = {c.id: c.name for c in policy.gates.said_by}
    checks = {c.id: c.name for c in policy.gates.how_checked}
    for given in deciding.grounds:
        if given.ground:
            yield Line(
                grounds.get(given.ground, given.ground), label="Ground:", rest=local(given.at, facts.zone)
            )
        if given.reason:
            yield Line(f"“{given.reason}”", label="Reason:", rest=local(given.at, facts.zone))
    sentences = {w.code: w.sentence for w in deciding.decided_upon.warnings}
    for answer in deciding.answers:
        counts = "counted" if answer.accepted else f"did not count: {answer.why_not}"
        who = said_by.get(answer.said_by, answer.said_by)
        how = checks.get(answer.how_checked, answer.how_checked)
        about = sentences.get(answer.warning, plain(answer.warning))
        yield Line(
            f"“{answer.what_changed}” Said by: {who}. Checked: {how}.",
            label=f"{about.rstrip('.')}:",
            mark="✓" if answer.accepted else "✗",
            rest=f"{counts}; {local(answer.at, facts.zone)}",
        )
    if not deciding.grounds and not deciding.answers:
        yield Line("None was given.")


def _refusals(facts: Facts, deciding: Deciding) -> Iterator[Line]:
    sentences = {w.code: w.sentence for w in deciding.decided_upon.warnings}
    for number, refusal in enumerate(deciding.refusals, 1):
        when = local(refusal.at, facts.zone)
        if refusal.needs == "withdrawn":
            yield Line("Taken back by the one who asked.", label=f"{number}.", rest=when)
            continue
        needs = [code.strip().partition(":") for code in refusal.needs.split(";")]
        lacked = "; ".join(_need(kind, sentences.get(about, plain(about))) for kind, _, about in needs)
        yield Line(f"It lacked: {lacked.rstrip('.')}.", label=f"{number}.", rest=when)
    if not deciding.refusals:
        yield Line("Nothing was refused.")


def _need(kind: str, about: str) -> str:
    what = {"answer": "an answer", "ground": "the ground", "supervisor": "a supervisor signed in"}
    said = what.get(kind, plain(kind))
    return f"{said} to “{about.rstrip('.')}”" if about else said


def _agreements(facts: Facts, deciding: Deciding) -> Iterator[Line]:
    for agreement in deciding.agreements:
        said = f"{agreement.author} {VERDICTS[agreement.verdict]}"
        yield Line(f"“{agreement.reason}”", label=f"{said}:", rest=with_utc(agreement.at, facts.zone))
    if not deciding.agreements:
        yield Line("None was given.")


def _proof(deciding: Deciding) -> Iterator[Line]:
    main = next(row for row in deciding.rows if row.seq == deciding.main)
    yield Line(f"{main.seq} ({plain(main.kind)})", label="Record that ended it:")
    yield Line(deciding.decided_upon.policy_digest, label="Policy, SHA-256:")
    yield Line(
        f"record {deciding.head[0]}, {deciding.head[1]}",
        label="Head of the journal, as a checkpoint keeps it:",
    )
    yield Line(f"{main.prev}|{main.seq}|{main.kind}|{main.digest}", label=f"{BY_HAND} {main.hash[:8]}…:")
    yield Line(
        "All of it at once: callhandler verify, and callhandler verify --checkpoint with one kept elsewhere."
    )


def _rows(rows: tuple[RowProof, ...]) -> Table:
    return Table(
        ("Record", "What", "Digest of the row", "Hash of the link"),
        (8, 16, 38, 38),
        tuple((str(r.seq), plain(r.kind), r.digest, r.hash) for r in rows),
    )
