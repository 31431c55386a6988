"""Judges situations by a policy: what was expected, what followed, and which warnings no situation tries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from callhandler.intake.situation import Situation
from callhandler.intake.situation_picture import picture_of
from callhandler.intake.situations import Case, read_situations
from callhandler.model.assessment import CLOSED_RANK, Assessment, Tier
from callhandler.policy.pack import Policy
from callhandler.rules import history
from callhandler.rules.ask import questions_for
from callhandler.rules.assess import assess
from callhandler.rules.clocks import rank_of_band

FIRST = 5
"""So many questions are shown first."""


@dataclass(frozen=True)
class Outcome:
    """What followed from a situation; `reasons` says what was not as expected, and is empty when all was."""

    case: Case
    assessment: Assessment
    asked: tuple[str, ...]
    reasons: tuple[str, ...]
    floor: str

    @property
    def holds(self) -> bool:
        """True when everything was as expected."""
        return not self.reasons

    def standing(self, tier: Tier) -> tuple[str, ...]:
        """The codes that stand in a tier."""
        return tuple(w.code for w in self.assessment.standing if w.tier is tier)


def folder_of(policy_folder: Path) -> Path:
    """Where a policy keeps its situations."""
    return policy_folder / "situations"


def run_all(where: Path, policy: Policy) -> tuple[Outcome, ...]:
    """Read a file or folder of situations and judge each. Raises BadInputs with file and line of every fault."""
    cases = read_situations(where, policy)
    originals = {c.situation.id: c.situation for c in cases}
    return tuple(run(case, policy, originals) for case in cases)


def run(case: Case, policy: Policy, originals: dict[str, Situation] | None = None) -> Outcome:
    """Judge one situation: pure, without a store."""
    picture = picture_of(case.situation.given, policy)
    seen = history.read(picture, policy)
    found = assess(picture, policy, seen)
    asked = tuple(a.question.id for a in questions_for(seen, policy))
    reasons = tuple(_reasons(case.situation, found, asked, policy, originals or {}))
    return Outcome(case, found, asked, reasons, _band(found, policy) + _held_by(found))


def coverage(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """For each warning code: in how many situations it stands, and in how many it nearly does."""
    counted: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        for code in {w.code for w in outcome.assessment.warnings}:
            fires, near = counted.get(code, (0, 0))
            counted[code] = (fires + 1, near)
        for code in outcome.case.situation.near:
            fires, near = counted.get(code, (0, 0))
            counted[code] = (fires, near + 1)
    return counted


def without_twin(outcomes: Sequence[Outcome]) -> tuple[Case, ...]:
    """The near misses that no twin turns on."""
    twinned = {o.case.situation.twin.of for o in outcomes if o.case.situation.twin}
    return tuple(o.case for o in outcomes if o.case.situation.near and o.case.situation.id not in twinned)


def _reasons(
    case: Situation, found: Assessment, asked: Sequence[str], policy: Policy, originals: dict[str, Situation]
) -> Iterator[str]:
    expect = case.expect
    standing = {w.code: w for w in found.standing}
    tiers = {t: {c for c, w in standing.items() if w.tier is t} for t in Tier}
    turned_on: set[str] = set()
    if case.twin and case.twin.of in originals:
        turned_on = set(originals[case.twin.of].near)
        for code in sorted(turned_on - set(standing)):
            yield f"{code} was to be turned on by what the twin adds, and was not"
    wanted = _critical(case, originals, policy)
    for code in sorted(wanted - tiers[Tier.CRITICAL]):
        yield f"critical {code} was expected and {_instead(code, found)}"
    for code in sorted(tiers[Tier.CRITICAL] - wanted):
        yield f"critical {code} was not expected: {standing[code].sentence} {_because(standing[code].evidence)}"
    for tier, codes in ((Tier.SERIOUS, expect.serious), (Tier.NOTE, expect.note)):
        for code in codes:
            if code not in tiers[tier]:
                yield f"{tier.value} {code} was expected and {_instead(code, found)}"
    for code in dict.fromkeys((*expect.never, *case.near)):
        if code in standing:
            yield f"{code} was not to stand: {standing[code].sentence} {_because(standing[code].evidence)}"
    settled = {w.code for w in found.warnings if not w.standing}
    for code in expect.settled:
        if code not in settled:
            yield f"{code} was to be settled and {_instead(code, found)}"
    yield from _floor(case, found, policy)
    for question in expect.asks:
        if question not in asked:
            yield f"the question {question} was expected and does not come up"
    for question in expect.asks_first:
        if question not in asked[:FIRST]:
            yield f"the question {question} was expected among the first {FIRST} and is not"
    for question in expect.asks_not:
        if question in asked:
            yield f"the question {question} was not expected and comes up"


def _critical(case: Situation, originals: dict[str, Situation], policy: Policy) -> set[str]:
    """The whole list of critical warnings; a twin that says nothing has its original's, and what it turns on."""
    if case.expect.critical is not None:
        return set(case.expect.critical)
    original = originals.get(case.twin.of) if case.twin else None
    if original is None:
        return set()
    turned_on = {c for c in original.near if policy.warnings[c].tier is Tier.CRITICAL}
    return set(original.expect.critical or ()) | turned_on


def _floor(case: Situation, found: Assessment, policy: Policy) -> Iterator[str]:
    expect, band = case.expect, _band(found, policy)
    if expect.floor is not None:
        wanted = CLOSED_RANK if expect.floor == "none" else rank_of_band(policy.scheme, expect.floor)
        if found.floor_rank != wanted:
            yield f"the floor was expected at {expect.floor} and is at {band}{_held_by(found)}"
    least = expect.allows or ("scheduled" if case.ordinary else None)
    if least and found.floor_rank < rank_of_band(policy.scheme, least):
        yield f"{least} was to be allowed and the floor is at {band}{_held_by(found)}"


def _band(found: Assessment, policy: Policy) -> str:
    return {g.rank: g.band for g in policy.scheme.grades}.get(found.floor_rank, "none")


def _held_by(found: Assessment) -> str:
    held = [w.code for w in found.standing if w.floor_rank is not None and w.floor_rank == found.floor_rank]
    return f", held by {', '.join(held)}" if held else ""


def _instead(code: str, found: Assessment) -> str:
    warning = next((w for w in found.warnings if w.code == code), None)
    if warning is None:
        return "does not stand"
    return "is settled" if not warning.standing else f"stands as {warning.tier.value}"


def _because(evidence: Sequence[object]) -> str:
    lines = [getattr(e, "line", "") for e in evidence][:3]
    return f"[{'; '.join(line for line in lines if line)}]"
