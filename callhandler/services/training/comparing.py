"""Two policies over what was recorded in one exercise: which warnings and which floors differ, and at which moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from callhandler.model.assessment import Assessment
from callhandler.policy.pack import Policy
from callhandler.rules.clocks import grade_of_rank
from callhandler.services.backtest import RecordedIncidents
from callhandler.services.tally import assessed
from callhandler.services.training.sitting import STORE

VERSION = 1
Stood = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One instant (UTC) at which an incident was judged and the two differ: warnings only one has, and both floors by name.

    A warning is its code, its tier and its sentence; of another tier it is another warning.
    Of differences that last only the first instant is told, and the one at which they change or end.
    """

    at: datetime
    incident: int
    only_ours: tuple[Stood, ...]
    only_other: tuple[Stood, ...]
    floor_ours: str
    floor_other: str

    @property
    def ends(self) -> bool:
        """True where from this instant on both judge alike again."""
        return not self.only_ours and not self.only_other and self.floor_ours == self.floor_other


@dataclass(frozen=True, slots=True)
class Compared:
    """How many judgements were made again, in how many of them the two differ, and each change of the difference."""

    ours: str
    other: str
    judged: int
    differ: int
    differences: tuple[Difference, ...]


def compare(folder: Path, ours: Policy, other: Policy) -> Compared:
    """Judge the recorded moments of a sitting by two policies. Raises BadInput when nothing was judged in it."""
    source = RecordedIncidents(str(folder / STORE))
    source.count()
    judged, differ = 0, 0
    changes: list[Difference] = []
    for block in source.blocks():
        for case in source.cases(block):
            before: tuple[Any, ...] = ()
            for one, two in zip(assessed(case, ours), assessed(case, other), strict=True):
                judged += 1
                found = _difference(one, two, ours, other)
                differ += not found.ends
                now = (
                    ()
                    if found.ends
                    else (found.only_ours, found.only_other, found.floor_ours, found.floor_other)
                )
                if _what(now) != _what(before):
                    changes.append(found)
                before = now
    changes.sort(key=lambda d: (d.at, d.incident))
    return Compared(ours.digest, other.digest, judged, differ, tuple(changes))


def in_words(found: Compared, zone: ZoneInfo) -> Iterator[str]:
    """The comparison in lines for people. `zone` is the exercise's."""
    yield f"{found.judged} judgements were made again; in {found.differ} of them the two policies differ."
    for d in found.differences:
        yield f"{d.at.astimezone(zone):%d %b %H:%M:%S}  incident {d.incident}"
        if d.ends:
            yield "  from here on both judge alike"
        if d.floor_ours != d.floor_other:
            yield f"  floor: {d.floor_ours or 'none'}; by the other {d.floor_other or 'none'}"
        yield from (f"  only here: {sentence}  ({code}, {tier})" for code, tier, sentence in d.only_ours)
        yield from (
            f"  only by the other: {sentence}  ({code}, {tier})" for code, tier, sentence in d.only_other
        )


def for_programs(found: Compared) -> dict[str, Any]:
    """The comparison as plain values; times in UTC."""
    return {
        "version": VERSION,
        "policies": [found.ours, found.other],
        "judged": found.judged,
        "differ": found.differ,
        "differences": [
            {
                "at": d.at.isoformat(),
                "incident": d.incident,
                "floors": [d.floor_ours, d.floor_other],
                "only_ours": [dict(zip(("code", "tier", "sentence"), w, strict=True)) for w in d.only_ours],
                "only_other": [dict(zip(("code", "tier", "sentence"), w, strict=True)) for w in d.only_other],
                "alike_again": d.ends,
            }
            for d in found.differences
        ],
    }


def _what(difference: tuple[Any, ...]) -> tuple[Any, ...]:
    """What differs, without the words of sentences: minutes in them pass without anything changing."""
    if not difference:
        return ()
    ours, other, *floors = difference
    return (tuple(w[:2] for w in ours), tuple(w[:2] for w in other), *floors)


def _difference(one: Assessment, two: Assessment, ours: Policy, other: Policy) -> Difference:
    first, second = ({(w.code, w.tier.value): w.sentence for w in a.standing} for a in (one, two))
    return Difference(
        one.as_of,
        one.incident_id,
        tuple((*w, s) for w, s in first.items() if w not in second),
        tuple((*w, s) for w, s in second.items() if w not in first),
        _floor(one, ours),
        _floor(two, other),
    )


def _floor(found: Assessment, policy: Policy) -> str:
    grade = grade_of_rank(policy.scheme, found.floor_rank)
    return grade.name if grade else ""
