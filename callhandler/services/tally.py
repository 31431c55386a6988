"""What a policy would have said of a case, and the counts of many cases. Pure; counts of parts add up to the whole."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from callhandler.model.assessment import CLOSED_RANK, Act, Assessment, Decision, Gate, StandingWarning, Tier
from callhandler.model.picture import Picture
from callhandler.policy.entries import Scheme
from callhandler.policy.pack import Policy
from callhandler.rules.assess import assess
from callhandler.rules.clocks import grade_named, grade_of_rank, rank_of_band

Truth = Literal["ordinary", "danger", "unknown"]
"""What a case really was: nobody in danger, somebody in danger, or not known, as of recorded incidents."""


@dataclass(frozen=True, slots=True)
class Look:
    """A picture at one instant, and what was graded upon it: a band, or a grade of a scheme; empty when nothing was."""

    picture: Picture
    graded: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One call or incident, look by look, of a kind."""

    kind: str
    truth: Truth
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a policy said over all looks of a case. `floor` is the most urgent floor of any look."""

    stood: dict[str, Tier]
    floor: int
    gradings: int
    held: int

    def saw(self, *tiers: Tier) -> bool:
        """Whether a warning of one of these tiers stood at any look."""
        return any(tier in tiers for tier in self.stood.values())


class Tally(Counter[tuple[str, str, str]]):
    """Counts by what is counted, a name within it, and the truth of the case."""

    def of(self, what: str, name: str = "", truth: Truth | None = None) -> int:
        """One count; over every truth when none is named."""
        truths = (truth,) if truth else ("ordinary", "danger", "unknown")
        return sum(self[what, name, t] for t in truths)

    def names(self, what: str) -> list[str]:
        """The names within one count, most frequent first, then by name."""
        found = {name for counted, name, _ in self if counted == what}
        return sorted(found, key=lambda name: (-self.of(what, name), name))

    def take(self, case: Case, judged: Judged) -> None:
        """Count one case."""

        def add(what: str, name: str = "", times: int = 1) -> None:
            self[what, name, case.truth] += times

        add("calls")
        add("kind", case.kind)
        add("floor", str(judged.floor))
        add("graded", times=judged.gradings)
        add("held", times=judged.held)
        if judged.saw(Tier.CRITICAL):
            add("critical")
            add("kind-critical", case.kind)
        if judged.saw(Tier.CRITICAL, Tier.SERIOUS):
            add("weighty")
        if not judged.stood:
            add("quiet")
        for code in judged.stood:
            add("rule", code)

    def take_change(self, case: Case, ours: Judged, other: Judged) -> None:
        """Count how one case is judged otherwise by another policy."""
        for what, changed in (
            ("floor-more-urgent", ours.floor < other.floor),
            ("floor-less-urgent", ours.floor > other.floor),
            ("critical-gained", ours.saw(Tier.CRITICAL) and not other.saw(Tier.CRITICAL)),
            ("critical-lost", other.saw(Tier.CRITICAL) and not ours.saw(Tier.CRITICAL)),
            ("held-more", ours.held > other.held),
            ("held-fewer", ours.held < other.held),
        ):
            if changed:
                self[what, "", case.truth] += 1


def judge(case: Case, policy: Policy) -> Judged:
    """Judge each look in turn; what stood before latches into the next, and a grade given stands in it."""
    stood: dict[str, Tier] = {}
    floor, gradings, held = CLOSED_RANK, 0, 0
    for look, found in zip(case.looks, assessed(case, policy), strict=True):
        stood.update((w.code, w.tier) for w in found.standing)
        floor = min(floor, found.floor_rank)
        rank = rank_graded(look.graded, policy.scheme)
        if rank is not None:
            gradings += 1
            held += rank > found.floor_rank
    return Judged(stood, floor, gradings, held)


def assessed(case: Case, policy: Policy) -> Iterator[Assessment]:
    """What a policy says at each look of a case, one after the other."""
    latched: tuple[StandingWarning, ...] = ()
    decisions: tuple[Decision, ...] = ()
    for look in case.looks:
        picture = replace(
            look.picture, standing_warnings=latched, decisions=look.picture.decisions or decisions
        )
        found = assess(picture, policy)
        yield found
        rank = rank_graded(look.graded, policy.scheme)
        if rank is not None:
            decisions = (_decision(picture, rank, policy.scheme),)
        latched = _latched(found)


def rank_graded(graded: str, scheme: Scheme) -> int | None:
    """The rank, in this scheme, of a band or of a grade's name; None for nothing, or for a name it does not hold."""
    if graded in ("immediate", "priority", "scheduled", "resolve"):
        return rank_of_band(scheme, graded)
    grade = grade_named(scheme, graded) if graded else None
    return grade.rank if grade else None


def _decision(picture: Picture, rank: int, scheme: Scheme) -> Decision:
    grade = grade_of_rank(scheme, rank)
    return Decision(
        id=picture.upto + 1,
        incident_id=picture.here,
        act=Act.GRADE,
        grade=grade.id if grade else "",
        rank=rank,
        target_minutes=grade.target_minutes if grade else None,
        gate=Gate.NONE,
        assessment_id=0,
        request_id=None,
        call_id=None,
        author_id=0,
        author="",
        at=picture.as_of,
        text="",
    )


def _latched(found: Assessment) -> tuple[StandingWarning, ...]:
    return tuple(
        StandingWarning(0, 0, w.code, w.tier, w.sentence, w.evidence, w.floor_rank, w.since, w.settled_by)
        for w in found.warnings
    )
