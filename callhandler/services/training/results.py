"""Results over time: the profiles of many sittings beside each other, by trainee or by cohort. Counts; no total, no rank."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from callhandler.errors import CallhandlerError
from callhandler.model.review import Point, Series
from callhandler.model.review_figures import Agreement
from callhandler.model.scoring import Area, MomentProfile, Profile, State
from callhandler.policy.pack import Policy
from callhandler.rules.agreement import Pair, agreement
from callhandler.services.training.sitting import Sitting, record_of, sittings
from callhandler.services.training.watching import Watch

VERSION = 1
PARTS = ("met", "partly, late or over", "not met")
_PART = {
    State.MET: 0,
    State.PARTLY: 1,
    State.LATE: 1,
    State.OVER: 1,
    State.MISSED: 2,
    State.BELOW: 2,
}
"""What is only shown, or could not be reached, counts for nothing."""


class By(StrEnum):
    """What results are put together by."""

    TRAINEE = "trainee"
    COHORT = "cohort"
    SITTING = "sitting"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one sitting: by area how much was met, partly met, not met; its pairs of grades. `fault`: why nothing."""

    folder: Path
    sitting: Sitting
    counts: dict[Area, tuple[int, int, int]]
    pairs: tuple[Pair, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Several sittings put together: of one trainee, of one cohort, or a single one."""

    name: str
    sittings: int
    counts: dict[Area, tuple[int, int, int]]
    agreement: Agreement


def results(root: Path, policy_for: Callable[[str], Policy]) -> tuple[Result, ...]:
    """The result of every sitting below a folder that was begun, the oldest first. `policy_for` gives a scheme's policy."""
    found = [_result(folder, sitting, policy_for) for folder, sitting in sittings(root)]
    return tuple(reversed([r for r in found if r is not None]))


def together(found: Iterable[Result], by: By) -> tuple[Together, ...]:
    """Results put together, in the order in which each name first came. A sitting without a cohort stands under nothing."""
    groups: dict[str, list[Result]] = {}
    for result in found:
        if not result.fault:
            groups.setdefault(_name(result, by), []).append(result)
    return tuple(_together(name, group) for name, group in groups.items())


def series(groups: Sequence[Together]) -> tuple[Series, ...]:
    """One plot for each area, then one of the grades: a bar for each name."""
    made = []
    for area in Area:
        points = tuple(Point(g.name, g.counts[area]) for g in groups if any(g.counts[area]))
        if points:
            made.append(Series(area.value.capitalize(), "things looked at", "", PARTS, points))
    grades = tuple(
        Point(g.name, (g.agreement.agreed, g.agreement.n - g.agreement.agreed))
        for g in groups
        if g.agreement.n
    )
    if grades:
        made.append(Series("Grades as the key", "calls graded", "", ("agreed", "not agreed"), grades))
    return tuple(made)


def for_programs(groups: Sequence[Together], by: By) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "version": VERSION,
        "by": by.value,
        "results": [
            {
                "name": g.name,
                "sittings": g.sittings,
                "areas": {
                    a.value: dict(zip(("met", "partly", "not_met"), c, strict=True))
                    for a, c in g.counts.items()
                },
                "grades": {"n": g.agreement.n, "agreed": g.agreement.agreed, "kappa": g.agreement.kappa},
            }
            for g in groups
        ],
    }


def as_svg(groups: Sequence[Together]) -> str:
    """A panel for each name: of what was looked at in each area, how much was met, in per cent."""
    import leather

    leather.theme.tick_color = leather.theme.title_color = "#222222"
    grid = leather.Grid()
    for group in groups:
        shares = [
            (100 * c[0] / sum(c), f"{a.value} ({c[0]} of {sum(c)})")
            for a, c in group.counts.items()
            if any(c)
        ]
        kappa = group.agreement.kappa
        said = f", kappa {kappa:.2f}" if kappa is not None else ""
        chart = leather.Chart(f"{group.name}: per cent met{said}")
        chart.add_x_scale(0, 100)
        chart.add_bars(shares or [(0.0, "nothing")], fill_color="#2b6cb0")
        grid.add_one(chart)
    drawn: str = grid.to_svg(width=620 * min(2, max(1, len(groups))), height=340 * ((len(groups) + 1) // 2))
    return drawn


def pairs_of(profile: Profile, ranks: dict[str, int]) -> tuple[Pair, ...]:
    """The key's grade and the trainee's, call by call: whatever experts accept is agreement."""
    return tuple(
        (ranks[m.grade if _met(m) else m.least], ranks[m.grade]) for m in profile.moments if m.grade in ranks
    )


def _met(moment: MomentProfile) -> bool:
    grade = next(iter(moment.of(Area.GRADE)), None)
    return grade is not None and grade.state is State.MET


def _result(folder: Path, sitting: Sitting, policy_for: Callable[[str], Policy]) -> Result | None:
    if not record_of(folder).entries:
        return None
    try:
        policy = policy_for(sitting.scheme)
        watch = Watch(folder, policy)
        try:
            profile = watch.profile()
        finally:
            watch.close()
    except CallhandlerError as error:
        return Result(folder, sitting, {}, fault=str(error))
    ranks = {g.id: g.rank for g in policy.scheme.grades}
    counts = {area: _counts(profile.counts(area)) for area in Area}
    return Result(folder, sitting, counts, pairs_of(profile, ranks))


def _counts(states: Counter[State]) -> tuple[int, int, int]:
    parts = [0, 0, 0]
    for state, n in states.items():
        if state in _PART:
            parts[_PART[state]] += n
    return parts[0], parts[1], parts[2]


def _name(result: Result, by: By) -> str:
    match by:
        case By.TRAINEE:
            return result.sitting.trainee
        case By.COHORT:
            return result.sitting.cohort or "no cohort"
    return (
        f"{result.sitting.trainee}, {result.sitting.exercise}, {result.sitting.began[:16].replace('T', ' ')}"
    )


def _together(name: str, group: Sequence[Result]) -> Together:
    counts = {
        area: (
            sum(r.counts[area][0] for r in group),
            sum(r.counts[area][1] for r in group),
            sum(r.counts[area][2] for r in group),
        )
        for area in Area
    }
    # Grades of two schemes are never the same grade, even where their ranks are.
    apart = {s: 100 * place for place, s in enumerate(sorted({r.sitting.scheme for r in group}))}
    pairs = [(k + apart[r.sitting.scheme], g + apart[r.sitting.scheme]) for r in group for k, g in r.pairs]
    return Together(name, len(group), counts, agreement(pairs))
