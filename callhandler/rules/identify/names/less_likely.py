"""Who is less likely meant by a name and a date of birth: for whoever looks for somebody outright, and told apart."""

from collections.abc import Iterable
from dataclasses import replace

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
    best: dict[int, tuple[tuple[float, float], Compared]] = {}
    for one in known:
        found = _compared(told, one, born)
        if not _anything_alike(found):
            continue
        apart = min(_apart(found), _as_one_word(told, one.name) + BORN[found.births])
        order = (apart, -fuzz.token_sort_ratio(told.casefold(), one.name.casefold()))
        if one.person_id not in best or order < best[one.person_id][0]:
            best[one.person_id] = (order, found)
    first = sorted(best, key=lambda i: (best[i][0], -i))[: max(0, most)]
    return tuple(Candidate(i, Surety.LESS_LIKELY, _why(best[i][1])) for i in first)


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


def _as_one_word(told: str, name: str) -> float:
    """Slips between two names without the spaces in them, which may stand in the wrong place."""
    one, other = ("".join(t.plain for t in tokens(n)) for n in (told, name))
    return SPACES + in_part(Level.APART, OSA.distance(one, other, score_cutoff=3), max(len(one), len(other)))


def _why(found: Compared) -> tuple[str, ...]:
    if all(level is Level.APART for _, _, level in found.parts):
        return ("another name", said_of(found.births))
    return why_alike(found)
