"""Whether an act lowers urgency, and what must stand beside it. The one guard of every route.

An act lowers when its result ranks below the more urgent of the standing grade and the floor. The gate table is policy;
its least is fixed here and, a third time, in the database. `rule` answers without writing, so the same function tells
the screen beforehand what each grade, and closing, would need now.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from callhandler.model.assessment import (
    CLOSED_RANK,
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
)
from callhandler.policy.entries import Choice, Gates, Scheme


@dataclass(frozen=True, slots=True)
class Situation:
    """What the guard looks at besides the act: the standing decision, the assessment, who asks, in which call.

    `undecided` names the offences that this incident suggests and nobody has decided: it does not close before.
    """

    standing: Decision | None
    assessment: Assessment
    author_id: int
    call_id: int | None
    nothing_open: bool
    supervisor_signed_in: bool
    undecided: tuple[str, ...] = ()


def rule(
    act: Act, grade: str, rank: int, situation: Situation, gates: Gates, request: Request | None = None
) -> Ruling:
    """Rule on one act. `request` holds what has been given for it so far; without one, everything is still needed."""
    gate = _gate(act, rank, situation, gates)
    standing_rank = situation.standing.rank if situation.standing else None
    below_standing = standing_rank is not None and rank > standing_rank
    lowers = below_standing or rank > situation.assessment.floor_rank
    needs = tuple(_needs(gate, situation, gates, request)) if lowers else ()
    if act is Act.CLOSE:
        needs += tuple(Need("offence", f"Decide, with its reason: {name}.") for name in situation.undecided)
    return Ruling(
        act=act, grade=grade, rank=rank, lowers=lowers, gate=gate if lowers else Gate.NONE, needs=needs
    )


def probe(situation: Situation, scheme: Scheme, gates: Gates) -> tuple[Ruling, ...]:
    """What each grade of the scheme, and closing, would need now."""
    graded = [rule(Act.GRADE, g.id, g.rank, situation, gates) for g in scheme.grades]
    return (*graded, rule(Act.CLOSE, "close", CLOSED_RANK, situation, gates))


def _gate(act: Act, rank: int, situation: Situation, gates: Gates) -> Gate:
    of_case = {case.case: case.gate for case in gates.cases}
    standing, assessment = situation.standing, situation.assessment
    below_floor = rank > assessment.floor_rank
    below_standing = standing is not None and rank > standing.rank
    if not below_floor and not below_standing:
        return of_case["raising"]
    weighty = any(w.tier in (Tier.CRITICAL, Tier.SERIOUS) for w in assessment.standing)
    if below_floor:
        return of_case["below_floor_critical"] if assessment.critical_below else of_case["below_floor"]
    if not weighty and act is Act.CLOSE and situation.nothing_open:
        return of_case["closing_with_nothing_open"]
    if not weighty and standing is not None and _same_call(standing, situation, gates):
        return of_case["correction_in_same_call"]
    return of_case["below_standing"]


def _same_call(standing: Decision, situation: Situation, gates: Gates) -> bool:
    """A slip put right: the same call, the same hand, and soon. Nothing says when a call ended, so time is part of it."""
    window = timedelta(minutes=gates.correction_within_minutes)
    return (
        situation.assessment.as_of - standing.at <= window
        and standing.call_id is not None
        and standing.call_id == situation.call_id
        and standing.author_id == situation.author_id
    )


def _needs(gate: Gate, situation: Situation, gates: Gates, request: Request | None) -> Iterable[Need]:
    if gate is Gate.NONE:
        return
    reason = request.reason.strip() if request else ""
    if gate is Gate.REASON:
        if not reason:
            yield Need("reason", "Say in one line why.")
        return
    answered = {a.warning for a in request.answers} if request else set()
    for warning in situation.assessment.critical_below:
        if warning.code not in answered:
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
    if gate is Gate.AGREEMENT and not _agreed(request, situation):
        if request and (kept := request.refused_by_supervisor):
            yield Need("agreement", f"{kept.author} keeps the standing grade: {kept.reason}")
        elif situation.supervisor_signed_in:
            yield Need("agreement", "A supervisor must agree.")
        else:
            yield Need(
                "supervisor",
                "No supervisor is signed in, so it cannot be lowered. If no one can go, mark it Unresourced: "
                "the grade stands and says how urgent it is.",
            )


def _agreed(request: Request | None, situation: Situation) -> bool:
    if request is None or not request.agreements or request.refused_by_supervisor:
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
    if _without_empty_phrases(answer.what_changed, gates) < gates.least_words:
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
