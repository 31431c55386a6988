"""Who may be meant by a name and a date of birth as told: confirmed or possible, each with why in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callhandler.model.candidates import Candidate, Surety
from callhandler.rules.identify.folding import folded
from callhandler.rules.identify.names.born import Births
from callhandler.rules.identify.names.compare import Compared, Level, compared
from callhandler.rules.identify.names.slips import slips
from callhandler.rules.identify.names.weights import POSSIBLE, weight


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name of one person on record; a person has a row for each of hers. `born` as told, empty when not known."""

    person_id: int
    name: str
    born: str = ""


_PARTS = {
    Level.SHORT: "{a} is a form of {b}",
    Level.SCRIPT: "{a} may be written {b}",
    Level.SOUND: "{a} sounds like {b}",
    Level.NEAR: "{a} is written much like {b}",
    Level.INITIAL: "{a} may stand for {b}",
    Level.VAGUE: "{a} is a little like {b}",
    Level.APART: "{a} is not {b}",
}
_BORN = {
    Births.SAME: "same date of birth",
    Births.PART: "the date of birth agrees as far as it is known",
    Births.TURNED: "day and month of birth turned round",
    Births.NEAR: "the date of birth differs in one part",
    Births.APART: "another date of birth",
}
FURTHER = 1.5
"""So many slips further away than the likeliest somebody is still shown: beyond, the odds are some 100,000 to one."""
_AGREE = (Births.SAME, Births.PART, Births.TURNED)


def candidates(
    told: str,
    born: str,
    known: Iterable[KnownName],
    most: int = 10,
    otherwise: Mapping[int, str] | None = None,
) -> tuple[Candidate, ...]:
    """Those who may be meant, the likeliest first; before the others those `otherwise` known to be likely, with why.

    Confirmed is only the one person who bears the whole name as told, where no date of birth speaks against it; a single
    name needs one that agrees, or her number. Of several who bear it none is confirmed, and somebody of the whole name is
    always shown. Beside somebody far likelier who is only a little like is left out: it would be noise.
    """
    best: dict[int, tuple[float, bool, Compared, KnownName]] = {}
    wanted = folded(told)
    otherwise = otherwise or {}
    for one in known:
        found = compared(told, one.name, born, one.born)
        whole = folded(one.name) == wanted
        may_be = weight(found) >= POSSIBLE and not _another(found)
        if whole or (may_be and (one.person_id in otherwise or _enough(found))):
            apart = slips(found)
            before = best.get(one.person_id)
            if before is None or (not whole, apart) < (not before[1], before[0]):
                best[one.person_id] = (apart, whole, found, one)
    bearers = sum(whole for _, whole, _, _ in best.values())
    least = min((apart for apart, *_ in best.values()), default=0.0) + FURTHER
    shown = [b for b in best.values() if b[0] <= least or b[1] or b[3].person_id in otherwise]

    def order(one: tuple[float, bool, Compared, KnownName]) -> tuple[bool, bool, float, bool, int]:
        apart, whole, found, known = one
        sure = _sure(whole, bearers, found, known.person_id in otherwise)
        return (known.person_id not in otherwise, not sure, apart, not whole, known.person_id)

    return tuple(
        _candidate(whole, found, one, bearers, otherwise.get(one.person_id, ""))
        for _, whole, found, one in sorted(shown, key=order)[:most]
    )


def _sure(whole: bool, bearers: int, found: Compared, otherwise: bool) -> bool:
    if len(found.parts) < 2 and found.births not in _AGREE and not otherwise:
        # Whoever says only "Yusuf" may be any of them, also where one record happens to hold no more than that.
        return False
    return whole and bearers == 1 and found.births is not Births.APART


def _another(found: Compared) -> bool:
    """The only name told is another one, and no date of birth speaks for her: sharing a number does not make her it."""
    return len(found.parts) == 1 and found.worst is Level.APART and found.births not in _AGREE


def _enough(found: Compared) -> bool:
    """One name out of several says too little by itself: too many bear it."""
    return len(found.parts) > 1 or not found.missing or found.births in _AGREE


def _candidate(whole: bool, found: Compared, known: KnownName, bearers: int, also: str) -> Candidate:
    sure = _sure(whole, bearers, found, bool(also))
    why = list(why_alike(found)) if not whole else ["the name as recorded"]
    if whole and bearers > 1:
        why = [f"one of {bearers} of this name"]
    if whole and found.births in _BORN:
        why.append(_BORN[found.births])
    if also:
        why.append(also)
    return Candidate(known.person_id, Surety.CONFIRMED if sure else Surety.POSSIBLE, tuple(why))


def why_alike(found: Compared) -> tuple[str, ...]:
    """What a comparison found, in plain words; what tells most against it first."""
    why = [_PARTS[level].format(a=_shown(a), b=_shown(b)) for a, b, level in found.parts if level in _PARTS]
    if found.turned:
        why.append("given and family name the other way round")
    if found.missing:
        why.append("one has a name more" if found.missing == 1 else f"{found.missing} names more")
    if found.births in _BORN:
        why.append(_BORN[found.births])
    return tuple(why) or ("the same name, written otherwise",)


def said_of(births: Births) -> str:
    """How a date of birth as told stands to the one on record, in words; empty where one is not known."""
    return _BORN.get(births, "")


def _shown(part: str) -> str:
    return part.title()
