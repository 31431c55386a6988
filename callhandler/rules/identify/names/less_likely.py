"""Who is less likely meant by a name and a date of birth: for whoever looks for somebody outright, and told apart."""

from collections.abc import Iterable
from dataclasses import replace
from heapq import nsmallest

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from callhandler.model.candidates import Candidate, Surety
from callhandler.rules.identify.names.born import Births
from callhandler.rules.identify.names.candidates import KnownName, said_of, why_alike
from callhandler.rules.identify.names.compare import Compared, Level, compared
from callhandler.rules.identify.names.slips import BORN, in_part, slips
from callhandler.rules.identify.names.tokens import tokens

ALONE = 1.0
SPACES = 0.5
_AGREE = (Births.SAME, Births.PART, Births.TURNED)


def less_likely(told: str, born: str, known: Iterable[KnownName], most: int) -> tuple[Candidate, ...]:
    """At most so many of these, in the order of slips, the newest of equals first; each with what is alike and what is not.

    Somebody with nothing alike is left out.
    """
    if most <= 0:
        return ()
    bare = _bare(told)
    best: dict[int, tuple[float, str, Compared]] = {}
    for one in known:
        found = _compared(told, one, born)
        if not _anything_alike(found):
            continue
        apart = min(_apart(found), _as_one_word(bare, one.name) + BORN[found.births])
        before = best.get(one.person_id)
        if before is None or (apart, -_alike(told, one.name)) < (before[0], -_alike(told, before[1])):
            best[one.person_id] = (apart, one.name, found)
    # How alike the letters are is asked only of those who may be among the first.
    furthest = max(nsmallest(most, (apart for apart, *_ in best.values())), default=0.0)
    near = {i: (apart, -_alike(told, name)) for i, (apart, name, _) in best.items() if apart <= furthest}
    first = nsmallest(most, near, key=lambda i: (near[i], -i))
    return tuple(Candidate(i, Surety.LESS_LIKELY, _why(best[i][2])) for i in first)


def _alike(told: str, name: str) -> float:
    return fuzz.token_sort_ratio(told.casefold(), name.casefold())


def _compared(told: str, one: KnownName, born: str) -> Compared:
    found = compared(told, one.name, born, one.born)
    parts = tokens(one.name)
    if len(tokens(told)) > 1 or len(parts) < 2 or found.worst > Level.APART:
        return found
    # One name was told, and it is not all of hers as one word: one of them may be it.
    each = (compared(told, part.written, born, one.born) for part in parts)
    return replace(min(each, key=slips), missing=len(parts) - 1)


def _anything_alike(found: Compared) -> bool:
    return found.births in _AGREE or any(level > Level.APART for _, _, level in found.parts)


def _apart(found: Compared) -> float:
    """Slips; more where a name is another and the date of birth too, than where the date alone is the same."""
    alone = found.worst is Level.APART and found.births is Births.APART
    return slips(found) + (ALONE if alone else 0.0)


def _as_one_word(bare: str, name: str) -> float:
    """Slips between two names without the spaces in them, which may stand in the wrong place."""
    other = _bare(name)
    return SPACES + in_part(
        Level.APART, OSA.distance(bare, other, score_cutoff=3), max(len(bare), len(other))
    )


def _bare(name: str) -> str:
    return "".join([t.plain for t in tokens(name)])


def _why(found: Compared) -> tuple[str, ...]:
    if all(level is Level.APART for _, _, level in found.parts):
        return ("another name", said_of(found.births))
    return why_alike(found)
