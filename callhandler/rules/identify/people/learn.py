"""The weights for the records at hand, learnt without anybody saying which are the same: expectation and maximisation.

As Fellegi and Sunter (1969) weigh a pair, with the frequency of a value in place of one rate for all (Winkler), and five
kinds of pair instead of two. What strangers have in common is counted on pairs drawn at random.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, log2
from random import Random

from callhandler.rules.identify.names.tokens import Token
from callhandler.rules.identify.people.classes import (
    FIELDS,
    MOST_APART,
    MOVED,
    NAMESAKES,
    OF_ONE,
    ONE_PERSON,
    PERSONAL,
    PLACE,
    SHARED_PHONE,
    SHARES,
    SINGLE,
    TRUST_SHARES,
    TWINS,
    TWO_PEOPLE,
    USUAL_BITS,
    Levels,
    Pair,
)
from callhandler.rules.identify.people.levels import UNKNOWN, Found, found
from callhandler.rules.identify.people.record import PersonRecord

BINS = 26
"""A value is the same and is borne by one in two to this power: rarer ones count as this rare."""
SAME = 10
"""The code of the same value; by how many bits it is rarer, the code is more."""
Seen = tuple[int, ...]
"""One pair as it is weighed: the level of each field, and of the same value how rare it is."""
DRAWN, TRUST_DRAWN, TRUST = 10_000, 2_000.0, 60.0
"""Pairs drawn at random; so many drawn pairs, and so many pairs of one person, our own figures count for."""
ROUNDS, ENOUGH = 25, 0.002


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How rare each value of each field is among the records, as a power of two."""

    of: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    rarest: int = 0

    def bits(self, name: str, value: str) -> int:
        """How many bits a shared value says; as many as is usual where no table was counted."""
        return self.of.get(name, {}).get(value, self.rarest or USUAL_BITS[name])


def frequencies(records: Sequence[PersonRecord]) -> Frequencies:
    """Count the values of a table."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*SINGLE, "others")}
    for r in records:
        for name, value in set(_values(r)):
            counts[name][value] += 1
    out = {}
    for name, counted in counts.items():
        total = counted.total() or 1
        out[name] = {v: min(BINS, round(-log2(max(n, 1.5) / total))) for v, n in counted.items()}
    return Frequencies(out, min(BINS, round(log2(max(len(records), 2)))))


def _values(r: PersonRecord) -> Iterable[tuple[str, str]]:
    for n in r.names:
        yield from (("given", t.plain) for t in n.given)
        yield from (("family", t.plain) for t in n.family)
    if r.born:
        yield "born", r.born
    for h in r.homes:
        for name in ("number", "street", "more", "town", "postcode", "region"):
            if value := getattr(h, name):
                yield name, value
    yield from (("others", f"{n} {o}") for n, o in enumerate(r.others) if o)


def seen(f: Found, a: PersonRecord, rare: Frequencies) -> Seen:
    """A compared pair as it is weighed."""
    codes = [
        f.given,
        f.family,
        f.turned,
        f.born,
        f.number,
        f.street,
        f.more,
        f.town,
        f.postcode,
        f.region,
        f.phone,
    ]
    if f.names is not None:
        x, y = f.names
        if f.given == SINGLE["given"]:
            codes[0] = SAME + _shared(x.given, y.given, "given", f.turned, rare)
        if f.family == SINGLE["family"]:
            codes[1] = SAME + _shared(x.family, y.family, "family", f.turned, rare)
    if f.born == SINGLE["born"]:
        codes[3] = SAME + rare.bits("born", a.born)
    if f.homes is not None:
        for n in range(4, 10):
            if codes[n] == SINGLE[FIELDS[n]]:
                codes[n] = SAME + rare.bits(FIELDS[n], getattr(f.homes[0], FIELDS[n]))
    for n, level in enumerate(f.others):
        codes.append(SAME + rare.bits("others", f"{n} {a.others[n]}") if level == 4 else level)
    return tuple(codes)


def _shared(x: Sequence[Token], y: Sequence[Token], name: str, turned: int, rare: Frequencies) -> int:
    """What a shared name says; turned round it is a given and a family name, and says as the commoner of both does."""
    both = ("given", "family") if turned == 1 else (name,)
    return max((min(rare.bits(n, t.plain) for n in both) for t in x if t in y), default=USUAL_BITS[name])


class Weights:
    """How likely a pair is one person, by what was seen of it."""

    def __init__(self, others: int = 0, pairs: float = 1e6, records: int = 2_000) -> None:
        self.names = (*FIELDS, *(f"other {n}" for n in range(others)))
        self.one = {n: dict(ONE_PERSON[n.split()[0]]) for n in self.names}
        self.two = {n: dict(TWO_PEOPLE[n.split()[0]]) for n in self.names}
        self.pairs = pairs
        self.counts = {kind: share * records for kind, share in SHARES.items()}
        self._start = dict(self.counts)
        self._settle()

    def posterior(self, pattern: Seen) -> list[float]:
        """How likely each kind of pair is; they sum to one."""
        logs = [
            start + sum([field_[code] for field_, code in zip(tables, pattern, strict=True)])
            for start, tables in self._logs
        ]
        top = max(logs)
        parts = [exp(x - top) for x in logs]
        total = sum(parts)
        return [p / total for p in parts]

    def likely(self, pattern: Seen) -> float:
        """How likely it is one person."""
        both = self.posterior(pattern)
        return both[Pair.ONE] + both[Pair.MOVED]

    def learn_strangers(self, patterns: Iterable[Seen]) -> None:
        """Count what pairs drawn at random have in common."""
        counted: dict[str, Counter[int]] = {n: Counter() for n in self.names}
        for pattern in patterns:
            for name, code in zip(self.names, pattern, strict=True):
                if code != UNKNOWN:
                    counted[name][_level(name, code)] += 1
        for name, levels in counted.items():
            own = TWO_PEOPLE[name.split()[0]]
            self.two[name] = _mixed(levels, own, TRUST_DRAWN)
        self._settle()

    def learn(self, patterns: Mapping[Seen, int]) -> int:
        """Learn from likely pairs, until nothing moves; how many rounds it took."""
        left = dict(patterns)
        for turn in range(ROUNDS):
            before = dict(self.counts)
            sums = dict.fromkeys(self.counts, 0.0)
            levels: dict[str, Counter[int]] = {n: Counter() for n in self.names}
            for pattern, times in list(left.items()):
                kinds = self.posterior(pattern)
                if turn and kinds[Pair.STRANGERS] > 0.99999:
                    del left[pattern]
                    continue
                for kind in sums:
                    sums[kind] += kinds[kind] * times
                both = (kinds[Pair.ONE] + kinds[Pair.MOVED]) * times
                at_home = (kinds[Pair.ONE] + kinds[Pair.HOUSEHOLD]) * times
                if both + at_home < 1e-4:
                    continue
                for name, code in zip(self.names, pattern, strict=True):
                    if code != UNKNOWN:
                        # How a home is written says the same of two who live in it as of one.
                        much = (
                            at_home if name in PLACE else kinds[Pair.ONE] * times if name == "phone" else both
                        )
                        levels[name][_level(name, code)] += much  # type: ignore[assignment]
            for name in self.names:
                self.one[name] = _mixed(levels[name], ONE_PERSON[name.split()[0]], TRUST)
                if name in PERSONAL and name != "turned":
                    self.one[name] = _held(self.one[name], MOST_APART)
            self.counts = {k: sums[k] + self._start[k] * TRUST_SHARES for k in sums}
            self._settle()
            if all(abs(self.counts[k] - before[k]) <= ENOUGH * (before[k] + 1) for k in before):
                return turn + 1
        return ROUNDS

    def _settle(self) -> None:
        rest = max(self.pairs - sum(self.counts.values()), self.pairs * 0.2)
        starts = [*(log(max(self.counts[k], 1e-9)) for k in list(Pair)[:4]), log(rest)]
        self._logs = [
            (start, [self._table(kind, name) for name in self.names])
            for kind, start in zip(Pair, starts, strict=True)
        ]

    def _table(self, kind: Pair, name: str) -> list[float]:
        """Logarithms by code; the last, which is that of `UNKNOWN`, says nothing either way."""
        of, rare = self._of(kind, name)
        out = [log(max(of.get(level, 1e-6), 1e-7)) for level in range(SAME)]
        same = int(SINGLE.get(name, 4))
        least = {"given": NAMESAKES, "born": TWINS}.get(name, 0.0) if kind is Pair.HOUSEHOLD else 0.0
        for bits in range(BINS + 1):
            # Of strangers so many share a value as bear it; of the others so many as share any.
            out.append(log(max(2.0**-bits, least)) if rare else log(max(of.get(same, 1e-6), 1e-7)))
        return [*out, 0.0]

    def _of(self, kind: Pair, name: str) -> tuple[Levels, bool]:
        """How often each level is seen, and whether a shared value is only as likely as it is common."""
        rare = name in SINGLE or name.startswith("other")
        if kind is Pair.ONE:
            return self.one[name], False
        if kind is Pair.MOVED:
            return (self.one[name], False) if name not in MOVED else (MOVED[name], False)
        if kind is Pair.HOUSEHOLD and name == "phone":
            return SHARED_PHONE, False
        if (share := OF_ONE.get(kind, {}).get(name)) is not None:
            one, two = self.one[name], self.two[name]
            return {level: share * one[level] + (1 - share) * two[level] for level in one}, False
        return self.two[name], rare


def _level(name: str, code: int) -> int:
    return int(SINGLE.get(name, 4)) if code >= SAME else code


def _mixed(counted: Mapping[int, float], own: Levels, trust: float) -> Levels:
    total = sum(counted.values()) + trust
    return {level: (counted.get(level, 0.0) + trust * share) / total for level, share in own.items()}


def _held(levels: Levels, most: float) -> Levels:
    """With no more than `most` at the lowest level, the rest shared out as before."""
    apart = levels[0]
    if apart <= most:
        return levels
    return {
        level: most if level == 0 else share * (1 - most) / (1 - apart) for level, share in levels.items()
    }


def drawn(
    records: Sequence[PersonRecord], rare: Frequencies, other: Sequence[PersonRecord] | None = None
) -> list[Seen]:
    """Pairs drawn at random, always the same ones for one table."""
    random = Random(1)
    against = records if other is None else other
    if len(records) < 2 or not against:
        return []
    out = []
    for _ in range(min(DRAWN, len(records) * len(against) // 4)):
        a, b = random.choice(records), random.choice(against)
        if a is not b:
            out.append(seen(found(a, b), a, rare))
    return out
