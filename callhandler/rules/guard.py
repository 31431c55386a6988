"""Whether an act lowers urgency, and what must stand beside it. The one guard of every route.

An act lowers when its result ranks below the more urgent of the standing grade and the floor, or when it takes away
what a warning rests on. The gate table is policy; its least is fixed with it and, a third time, in the database.
`rule` answers without writing, so the same function tells the screen beforehand what each act would need now.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from callhandler.model.acts import Change
from callhandler.model.assessment import (
    CLOSED_RANK,
    CLOSING,
    Act,
    Assessment,
    Decision,
    Gate,
    Need,
    RationaleAnswer,
    Request,
    Ruling,
    Tier,
    Verdict,
    Warning,
)
from callhandler.policy.entries import Scheme
from callhandler.policy.gates import Case, Choice, Gates, stricter


@dataclass(frozen=True, slots=True)
class Situation:
    """What the guard looks at besides the act: the standing decision, the assessment, who asks, in which call.

    `undecided` names the offences that this incident suggests and nobody has decided: it does not close before.
    `unseen` names whoever is at risk and was neither seen nor spoken to since the last disclosure, in an incident that
    ever raised something critical or serious. From `defer_rank` on a grade is a deferral. `waiting` says who must first
    answer what waits for review; then only its reviewer closes. `appointed` is when somebody was last promised to come.
    """

    standing: Decision | None
    assessment: Assessment
    author_id: int
    call_id: int | None
    nothing_open: bool
    supervisor_signed_in: bool
    undecided: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    defer_rank: int = CLOSED_RANK
    waiting: str = ""
    appointed: datetime | None = None

    @property
    def standing_rank(self) -> int | None:
        """The rank of the grade that stands; None before the first."""
        return self.standing.rank if self.standing else None


def rule(
    act: Act,
    grade: str,
    rank: int,
    situation: Situation,
    gates: Gates,
    request: Request | None = None,
    change: Change | None = None,
    at: datetime | None = None,
) -> Ruling:
    """Rule on one act. `request` holds what has been given for it so far; without one, everything is still needed.

    `change` is what an act that changes what is known does to a fresh reading of the picture. `at` is the time of an
    appointment: later than the one that stands is a lowering.
    """
    by_act = _by_change(act, change, gates) if change is not None else _by_rank(act, rank, situation, gates)
    if at is not None and situation.appointed is not None and at > situation.appointed:
        by_act = stricter(by_act, gates.gate_of("below_standing", act))
    by_contact = _by_contact(act, rank, situation, gates)
    gate = stricter(by_act, by_contact)
    # A result, and a change of what is known, are not below a rank: what is lost decides.
    below = change is None and act is not Act.RESULT and _below(rank, situation)
    lowers = below or gate is not Gate.NONE
    answers = situation.assessment.critical_below if change is None else change.lost_critical
    needs = tuple(_needs(gate, answers, situation, gates, request))
    if act in CLOSING:
        needs += tuple(Need("offence", f"Decide, with its reason: {name}.") for name in situation.undecided)
        if situation.waiting:
            needs += (Need("review", situation.waiting),)
    return Ruling(
        act=act,
        grade=grade,
        rank=rank,
        lowers=lowers,
        gate=gate,
        needs=needs,
        lost=change.lost if change else (),
        unseen=situation.unseen if by_contact is not Gate.NONE else (),
    )


def probe(situation: Situation, scheme: Scheme, gates: Gates) -> tuple[Ruling, ...]:
    """What each grade of the scheme, and closing, would need now."""
    graded = [rule(Act.GRADE, g.id, g.rank, situation, gates) for g in scheme.grades]
    return (*graded, rule(Act.CLOSE, "close", CLOSED_RANK, situation, gates))


def _below(rank: int, situation: Situation) -> bool:
    standing = situation.standing_rank
    return rank > situation.assessment.floor_rank or (standing is not None and rank > standing)


def _by_rank(act: Act, rank: int, situation: Situation, gates: Gates) -> Gate:
    return gates.gate_of(_case_of_rank(act, rank, situation, gates), act)


def _case_of_rank(act: Act, rank: int, situation: Situation, gates: Gates) -> Case:
    standing, assessment = situation.standing, situation.assessment
    if act is Act.RESULT or not _below(rank, situation):
        return "raising"
    if rank > assessment.floor_rank:
        return "below_floor_critical" if assessment.critical_below else "below_floor"
    weighty = any(w.tier in (Tier.CRITICAL, Tier.SERIOUS) for w in assessment.standing)
    if not weighty and act is Act.CLOSE and situation.nothing_open:
        return "closing_with_nothing_open"
    if (
        not weighty
        and act is Act.GRADE
        and standing is not None
        and _slip_of_the_hand(standing, situation, gates)
    ):
        return "correction_in_same_call"
    return "below_standing"


def _by_change(act: Act, change: Change, gates: Gates) -> Gate:
    """What is lost is judged by each warning, not by the floor alone: one after another would else go quietly."""
    case: Case = "loses_nothing"
    if change.lost_critical:
        case = "loses_floor_critical"
    elif change.lost_floor:
        case = "loses_floor"
    elif any(w.tier in (Tier.CRITICAL, Tier.SERIOUS) for w in change.lost):
        case = "loses_warning"
    return gates.gate_of(case, act)


def _by_contact(act: Act, rank: int, situation: Situation, gates: Gates) -> Gate:
    """Ending or putting off what raised something, while somebody at risk was neither seen nor spoken to since."""
    ends = act in (*CLOSING, Act.APPOINT, Act.RESULT)
    standing = situation.standing_rank
    puts_off = act is Act.GRADE and standing is not None and rank > standing and rank >= situation.defer_rank
    if not situation.unseen or not (ends or puts_off):
        return Gate.NONE
    critical = any(w.tier is Tier.CRITICAL for w in situation.assessment.standing)
    return gates.gate_of("without_contact_critical" if critical else "without_contact", act)


def _slip_of_the_hand(standing: Decision, situation: Situation, gates: Gates) -> bool:
    """A slip put right: the same call, the same hand, and soon. Nothing says when a call ended, so time is part of it.

    Only a grade of one's own is a slip: another force's grade, an appointment or a transfer was not a mis-key.
    """
    window = timedelta(minutes=gates.correction_within_minutes)
    return (
        standing.act is Act.GRADE
        and situation.assessment.as_of - standing.at <= window
        and standing.call_id is not None
        and standing.call_id == situation.call_id
        and standing.author_id == situation.author_id
    )


def _needs(
    gate: Gate, answers: tuple[Warning, ...], situation: Situation, gates: Gates, request: Request | None
) -> Iterable[Need]:
    if gate is Gate.NONE:
        return
    kept = request.refused_by_supervisor if request else None
    if kept:
        yield Need("agreement", f"{kept.author} keeps the standing grade: {kept.reason}")
    reason = request.reason.strip() if request else ""
    if gate is Gate.REASON:
        if not reason:
            yield Need("reason", "Say in one line why.")
        return
    answered = {a.warning: a.id for a in request.answers} if request else {}
    for warning in answers:
        if warning.code not in answered or _told_since(warning, answered[warning.code]):
            yield Need("answer", f"Answer: {warning.sentence}", warning.code)
    if not reason:
        serious = [w for w in situation.assessment.standing if w.tier is Tier.SERIOUS]
        what = f"the {len(serious)} serious warnings" if len(serious) > 1 else "why, all taken together"
        yield Need("reason", f"Say in one line: {what}.")
    ground = next((g for g in gates.grounds if request and g.id == request.ground), None)
    if ground is None:
        yield Need("ground", "Choose the ground.")
    elif not ground.accepted:
        yield Need("ground", ground.why_not or f"{ground.name} is not a ground for a lower grade.")
    if gate is Gate.AGREEMENT and not kept and not _agreed(request, situation):
        if situation.supervisor_signed_in:
            yield Need("agreement", "A supervisor must agree.")
        else:
            yield Need(
                "supervisor",
                "No supervisor is signed in, so it cannot be lowered. If no one can go, mark it Unresourced: "
                "the grade stands and says how urgent it is.",
            )


def _told_since(warning: Warning, answer_id: int) -> bool:
    """Whether more was told after a warning was answered: an answer says nothing of what came later."""
    return 0 < answer_id < max((e.id for e in warning.evidence if e.kind == "disclosure"), default=0)


def _agreed(request: Request | None, situation: Situation) -> bool:
    if request is None or not request.agreements:
        return False
    newest = request.agreements[-1]
    return (
        newest.verdict is Verdict.AGREE
        and newest.assessment_id == situation.assessment.id
        and newest.author_id != request.author_id
    )


def fault_of_answer(answer: RationaleAnswer, gates: Gates) -> str:
    """Why an answer does not count, in one sentence; empty when it does.

    Not seen, not repeated, not asked, another's denial and no answer are not changes, however they are put.
    """
    if not answer.what_changed.strip():
        return "What changed is not said."
    if says_nothing(answer.what_changed, gates):
        return f"“{answer.what_changed.strip()}” is not a change: say what happened that makes it safe, and who saw it."
    for choices, given, missing in (
        (gates.said_by, answer.said_by, "Who says so is missing."),
        (gates.how_checked, answer.how_checked, "How it was checked is missing."),
    ):
        choice = _choice(choices, given)
        if choice is None:
            return missing
        if not choice.accepted:
            return choice.why_not or f"{choice.name} does not count."
    return ""


def says_nothing(text: str, gates: Gates, least: int = 0) -> bool:
    """Whether a text is made of phrases that say no change, and of fewer words besides than `least`, else the policy's."""
    return _without_empty_phrases(text, gates) < (least or gates.least_words)


def _choice(choices: Iterable[Choice], given: str) -> Choice | None:
    wanted = given.strip().casefold()
    return (
        next((c for c in choices if wanted in (c.id.casefold(), c.name.casefold())), None) if wanted else None
    )


def _without_empty_phrases(text: str, gates: Gates) -> int:
    """How many words of a text are left once every phrase that is not a change is taken out."""
    left = " ".join(re.findall(r"\w+", text.replace("’", "'").casefold().replace("'", "")))
    for phrase in sorted(gates.not_a_change, key=len, reverse=True):
        bare = " ".join(re.findall(r"\w+", phrase.casefold().replace("'", "")))
        left = re.sub(rf"\b{re.escape(bare)}\b", " ", left)
    return len([word for word in left.split() if word not in _FILLER])


_FILLER = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "at",
        "but",
        "he",
        "her",
        "him",
        "his",
        "i",
        "in",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "she",
        "so",
        "that",
        "the",
        "there",
        "they",
        "to",
        "was",
        "we",
        "with",
    ]
)
