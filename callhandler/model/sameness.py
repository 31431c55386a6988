"""Whether two records are of the same person or place: judged, never assumed, and undone by a further judgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PERSON, PLACE = "person", "place"
KINDS = (PERSON, PLACE)
"""Of which records it is judged. Who uses a number is judged of the people."""


BY_NAME = "Taken by the name alone"
"""The reason of a judgement that nobody was asked for: it is of whoever on record has the name that was told."""


class Sameness(StrEnum):
    """What was judged of two records. Withdrawn means that nothing is said of them any longer."""

    SAME = "same"
    NOT_SAME = "not_same"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SameAs:
    """One judgement of two records, `a` the older one. The newest judgement of a pair counts; every one is kept."""

    id: int
    kind: str
    a: int
    b: int
    verdict: Sameness
    incident_id: int | None
    reason: str
    author: str
    at: datetime

    @property
    def pair(self) -> tuple[str, int, int]:
        """What it is about."""
        return self.kind, self.a, self.b

    @property
    def taken(self) -> bool:
        """Whether the two were read as one without anybody having been asked."""
        return self.verdict is Sameness.SAME and self.reason == BY_NAME


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records that are read as one, each still naming itself."""

    kind: str
    ids: frozenset[int]


def counting(judged: Iterable[SameAs]) -> dict[tuple[str, int, int], SameAs]:
    """The newest judgement of each pair, in the order in which they were made."""
    newest = {j.pair: j for j in sorted(judged, key=lambda j: j.id)}
    return dict(sorted(newest.items(), key=lambda each: each[1].id))


def clusters_of(judged: Iterable[SameAs]) -> tuple[Cluster, ...]:
    """Which records are read as one. It follows through others; "not the same" keeps two apart whatever else is judged.

    Where that leaves a choice, the older judgement joins first. The same judgements always give the same clusters.
    """
    standing = counting(judged).values()
    apart = {j.pair for j in standing if j.verdict is Sameness.NOT_SAME}
    found: dict[tuple[str, int], set[int]] = {}
    for j in standing:
        if j.verdict is not Sameness.SAME:
            continue
        mine = found.setdefault((j.kind, j.a), {j.a})
        other = found.setdefault((j.kind, j.b), {j.b})
        if mine is other or any((j.kind, min(x, y), max(x, y)) in apart for x in mine for y in other):
            continue
        mine |= other
        found.update({(j.kind, each): mine for each in other})
    once = {(kind, frozenset(ids)) for (kind, _), ids in found.items() if len(ids) > 1}
    return tuple(Cluster(kind, ids) for kind, ids in sorted(once, key=lambda c: (c[0], min(c[1]))))


def records_of(clusters: Iterable[Cluster], kind: str, ids: Iterable[int]) -> set[int]:
    """These records, and every one that is read as one with any of them."""
    own = set(ids)
    return own.union(*(c.ids for c in clusters if c.kind == kind and not own.isdisjoint(c.ids)))
