"""The likely pairs of a table of people, or of two, each with why. Advice: somebody accepts a pair, or nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass

from callhandler.errors import BadInput
from callhandler.rules.identify.people.learn import Frequencies, Seen, Weights, drawn, frequencies, seen
from callhandler.rules.identify.people.levels import found
from callhandler.rules.identify.people.pairs import likely_pairs
from callhandler.rules.identify.people.record import PersonRecord
from callhandler.rules.identify.people.settled import settled
from callhandler.rules.identify.people.twins import POSSIBLE, seem_twins, twins_told
from callhandler.rules.identify.people.why import why

MOST = 50_000
"""So many records at most: with more it takes a quarter of an hour and gigabytes. Bulk linking is for those."""
LIKELY = 0.6
"""The least that is proposed: above .42, where F1 is best on made-up records (`tests/bench/febrl.py`), because of twins."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Two records that may be one person, by their ids; how likely; what speaks for it, and what against."""

    a: int
    b: int
    likely: float
    agree: tuple[str, ...]
    differ: tuple[str, ...]


def link(
    records: Sequence[PersonRecord], other: Sequence[PersonRecord] | None = None, at_least: float = LIKELY
) -> list[Linked]:
    """The pairs at least so likely, the likeliest first; of one table, or between it and the other.

    The weights are learnt from the records themselves, without labels. All is held in memory: BadInput for more than `MOST`.
    """
    if (many := len(records) + len(other or ())) > MOST:
        raise BadInput(
            f"{many:,} records are more than can be compared here at once ({MOST:,}). "
            "callhandler link-records looks through a whole history."
        )
    if other is None:
        (records,) = settled(records)
    else:
        records, other = settled(records, other)
    against = records if other is None else other
    rare = frequencies([*records, *(other or ())])
    pairs: list[tuple[int, int, Seen]] = []
    times: dict[Seen, int] = {}
    for left, right in likely_pairs(records, other):
        pattern = seen(found(records[left], against[right]), records[left], rare)
        times[pattern] = times.get(pattern, 0) + 1
        pairs.append((left, right, pattern))
    weights = learnt(records, other, rare, times)
    twins = twins_told(times)
    likely = {p: weights.likely(p) * (POSSIBLE if twins and seem_twins(p) else 1) for p in times}
    kept = [(likely[p], records[a], against[b]) for a, b, p in pairs if likely[p] >= at_least]
    kept.sort(key=lambda k: (-k[0], k[1].id, k[2].id))
    return [Linked(a.id, b.id, much, *why(found(a, b))) for much, a, b in kept]


def learnt(
    records: Sequence[PersonRecord],
    other: Sequence[PersonRecord] | None,
    rare: Frequencies,
    times: dict[Seen, int],
) -> Weights:
    """The weights for these records."""
    many = len(records)
    pairs = many * (many - 1) / 2 if other is None else many * len(other)
    columns = len(records[0].others) if records else 0
    weights = Weights(columns, max(pairs, 1.0), many + len(other or ()))
    weights.learn_strangers(drawn(records, rare, other))
    weights.learn(times)
    return weights


def weighed(a: PersonRecord, b: PersonRecord, known: int = 1_000_000) -> Linked:
    """Two records by themselves, among so many people known: by the figures that learning starts from."""
    rare = Frequencies()
    weights = Weights(len(a.others), known * (known - 1) / 2, known)
    compared = found(a, b)
    pattern = seen(compared, a, rare)
    likely = weights.likely(pattern) * (POSSIBLE if seem_twins(pattern) else 1)
    return Linked(a.id, b.id, likely, *why(compared))
