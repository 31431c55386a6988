"""How far two people who grade the same thing agree: per cent with Wilson's interval, and Cohen's kappa with its own.

Kappa is agreement beyond what the two would reach by chance if each only kept to how often they use a grade (Cohen 1960).
Its standard error is that of Fleiss, Cohen and Everitt (1969); intervals are for 95 per cent, by the normal law. The
weighted kappa counts a near miss for part, in equal steps of the scheme's order. Where something cannot be told it is
None and never nought: without pairs, and where both used one and the same grade throughout.
"""

import math
from collections import Counter
from collections.abc import Sequence

from callhandler.model.review_figures import Agreement, Interval

Z = 1.959963984540054
"""The normal law's point for 95 per cent, two-sided."""

METHOD = "95 % intervals: Wilson for per cent, Fleiss-Cohen-Everitt for kappa"
Pair = tuple[int, int]


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """The agreement of pairs of ranks: a reviewer's own and the handler's, either first."""
    n = len(pairs)
    agreed = sum(1 for a, b in pairs if a == b)
    if n == 0:
        return Agreement(0, 0, None, None, None, None, None, METHOD)
    kappa, error = _kappa(pairs)
    return Agreement(
        n=n,
        agreed=agreed,
        percent=100 * agreed / n,
        percent_interval=_wilson(agreed, n),
        kappa=kappa,
        kappa_interval=_around(kappa, error) if kappa is not None and error else None,
        weighted_kappa=_weighted(pairs),
        method=METHOD,
    )


def _kappa(pairs: Sequence[Pair]) -> tuple[float | None, float]:
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    used = sorted(first.keys() | second.keys())
    joint = Counter(pairs)
    observed = sum(joint[g, g] for g in used) / n
    by_chance = sum(first[g] * second[g] for g in used) / n**2
    if math.isclose(by_chance, 1.0):
        return None, 0.0
    kappa = (observed - by_chance) / (1 - by_chance)
    same = sum(joint[g, g] / n * (1 - (first[g] + second[g]) / n * (1 - kappa)) ** 2 for g in used)
    apart = (1 - kappa) ** 2 * sum(
        joint[g, h] / n * ((second[g] + first[h]) / n) ** 2 for g in used for h in used if g != h
    )
    rest = (kappa - by_chance * (1 - kappa)) ** 2
    variance = (same + apart - rest) / (n * (1 - by_chance) ** 2)
    return kappa, math.sqrt(max(0.0, variance))


def _weighted(pairs: Sequence[Pair]) -> float | None:
    """Linear weights over the grades used, in their order."""
    used = sorted({g for pair in pairs for g in pair})
    if len(used) < 2:
        return None
    place = {grade: index for index, grade in enumerate(used)}
    n, widest = len(pairs), len(used) - 1
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(abs(place[a] - place[b]) for a, b in pairs) / (n * widest)
    chance = sum(first[g] * second[h] * abs(place[g] - place[h]) for g in used for h in used) / (
        n**2 * widest
    )
    return 1 - seen / chance if chance else None


def _wilson(agreed: int, n: int) -> Interval:
    share, square = agreed / n, Z**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n**2))
    return max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half))


def _around(value: float, error: float) -> Interval:
    return max(-1.0, value - Z * error), min(1.0, value + Z * error)
