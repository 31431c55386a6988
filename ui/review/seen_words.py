"""What the middle shows of an item, from what was read: words made once, nothing decided here."""

from callhandler.model.assessment import AUTHORISED, Act, Request, Verdict
from callhandler.model.review import SnapshotProof
from callhandler.model.when import When
from callhandler.policy.pack import Policy
from callhandler.services.desk import View
from callhandler.services.reviews.opening import Opened
from ui.common import words
from ui.common.words import counted, tr
from ui.desk.rows import history_heading, log_rows
from ui.review.after import AfterShown
from ui.review.answers import AnswerShown
from ui.review.evening import evening_of
from ui.review.seen import SeenShown
from ui.review.seen_head import HeadShown


def seen_of(front: Opened) -> SeenShown:
    """All of it."""
    view, decision = front.view, front.decision
    log = log_rows(view)
    return SeenShown(
        head=head_of(front),
        answers=answers_of(view, decision.request if decision else None, front.policy),
        evening=evening_of(view, decision.at if decision else None, _did(front)),
        log=tuple(log),
        log_aside=counted(len(log), tr("entry"), tr("entries")),
        view=view,
        held=f"{history_heading(view)} · {held_words(front.proof)}",
        held_tone="muted" if front.proof.history_held == front.proof.history_rows else "critical_text",
        after=after_of(front),
    )


def _did(front: Opened) -> str:
    if front.line.waiting:
        return tr("asked")
    decision = front.decision
    return tr("closed") if decision is not None and decision.act is Act.CLOSE else tr("graded")


def held_words(proof: SnapshotProof) -> str:
    """How many rows of orders and linked history the journal still holds as they were."""
    return tr("{held} of {all} rows as they were").format(held=proof.history_held, all=proof.history_rows)


def head_of(front: Opened) -> HeadShown:
    """The head: at which instant, what stood, what was asked for or decided, floor and ground."""
    line, view, decision, policy = front.line, front.view, front.decision, front.policy
    at = decision.at if decision is not None else view.picture.as_of
    standing, floor = view.standing_grade, view.floor_grade
    request = decision.request if decision is not None else None
    ground = _ground(request, policy)
    proof = tr("policy {name} · {proof}").format(name=policy.scheme.id, proof=front.proof.sentence)
    day = When(at).spoken_day()
    return HeadShown(
        title=tr("What the handler saw at {time}, {day}").format(time=words.clock(at, seconds=True), day=day),
        proof=proof if front.proof.intact else f"▲ {proof}",
        proof_tone="muted" if front.proof.intact else "critical_text",
        standing=standing.name if standing else tr("Not graded"),
        band=standing.band if standing else "",
        asked=((request.shown if request is not None else "") or decision.shown)
        if decision is not None
        else "",
        asked_label=tr("Asked for") if line.waiting else tr("Decided"),
        floor=floor_words(floor.name if floor else "", len(view.assessment.critical_below)),
        ground=ground or (tr("not given") if line.waiting else ""),
        ground_tone="text" if ground else "serious",
        said=_said(front, request),
        like=_like(front) if not line.hidden else "",
        hidden=line.hidden,
    )


def _like(front: Opened) -> str:
    """How like earlier ones the rationale was by then; nothing where none comes up to the policy's number."""
    like = front.likeness
    if like is None or not like.count or like.newest is None:
        return ""
    told = tr("▲ This rationale is up to {n} % like {others}, given by {whose}; the newest on {day}.")
    return told.format(
        n=like.percent,
        others=counted(like.count, tr("an earlier one"), tr("earlier ones")).removeprefix("1 "),
        whose=", ".join(like.authors),
        day=When(like.newest).spoken_day(),
    )


def _said(front: Opened, request: Request | None) -> str:
    decision = front.decision
    if decision is None:
        return ""
    reason = (request.reason if request is not None else "") or decision.text or tr("no reason given")
    said = tr("{who}, {time}: {reason}").format(
        who=decision.author, time=words.clock(decision.at), reason=reason
    )
    agreed = [
        tr("{who} {verdict}: {reason}").format(who=a.author, verdict=_verdict(a.verdict), reason=a.reason)
        for a in (request.agreements if request is not None else ())
    ]
    return "\n".join([said, *agreed])


def _verdict(value: Verdict) -> str:
    said = {
        Verdict.AGREE: tr("agrees"),
        Verdict.KEEP: tr("keeps the standing grade"),
        Verdict.TAKE_OVER: tr("takes over"),
    }
    return said[value]


def floor_words(floor: str, critical: int) -> str:
    """The floor, and by how many critical warnings."""
    if not floor:
        return tr("none")
    by = counted(critical, tr("critical warning"), tr("critical warnings"))
    return tr("{grade}, by {by}").format(grade=floor, by=by) if critical else floor


def _ground(request: Request | None, policy: Policy) -> str:
    return next((g.name for g in policy.gates.grounds if request is not None and g.id == request.ground), "")


def answers_of(view: View, request: Request | None, policy: Policy) -> tuple[AnswerShown, ...]:
    """Each critical warning that sets the floor, with its answer; where a rationale was given, one without says so."""
    gates = policy.gates
    said_by = {c.id: c.name for c in gates.said_by}
    checked = {c.id: c.name for c in gates.how_checked}
    given = {a.warning: a for a in request.answers} if request else {}
    tried = {a.warning: a for a in request.refused} if request else {}
    # An act that changes what is known is asked only about what it would take away.
    partly = request is not None and request.act in AUTHORISED
    found = []
    for warning in view.assessment.critical_below:
        lines = list(dict.fromkeys(e.line for e in warning.evidence))
        many = counted(len(lines), tr("record"), tr("records"))
        evidence = tr("{many}: {lines}").format(many=many, lines=" · ".join(lines)) if lines else ""
        answer, weak = given.get(warning.code), tried.get(warning.code)
        refused: tuple[str, ...] = ()
        if weak is not None:
            said = weak.what_changed.strip()
            before = (
                tr("Said before, and not counted: “{words}”") if answer is not None else "“{words}”. {why}"
            )
            refused = (before.format(words=said, why=weak.why_not) if said else weak.why_not,)
        if answer is None:
            missing = (
                (tr("No answer that counts"),) if request is not None and request.ground and not weak else ()
            )
            if not partly or weak is not None:
                found.append(AnswerShown(warning.sentence, evidence, "", "", (*refused, *missing)))
            continue
        who = said_by.get(answer.said_by, answer.said_by)
        how = checked.get(answer.how_checked, answer.how_checked)
        found.append(
            AnswerShown(warning.sentence, evidence, f"“{answer.what_changed}”", f"{who} · {how}", refused)
        )
    return tuple(found)


def after_of(front: Opened) -> AfterShown | None:
    """What followed, apart; none for a request that waits now, and none of it before one's own grade."""
    line = front.line
    if line.waiting:
        return None
    if line.hidden:
        return AfterShown((), "", tr("What came after opens once you have graded"))
    lines = tuple(f"{When(f.at).spoken()}: {f.sentence}" for f in front.followed)
    days = front.policy.reviews.followed_within_days
    basis = tr("Looked at: {n} days from the decision, in her incidents.").format(n=days)
    return AfterShown(lines, basis)
