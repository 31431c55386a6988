"""Names by which one given name is also called: the kept list `nicknames` (Apache-2.0), and the forms of other languages."""

from functools import cache

from callhandler.policy.short_forms import read_short_forms
from callhandler.settings import resources


@cache
def _also() -> dict[str, frozenset[str]]:
    from nicknames import name_triplets

    also: dict[str, set[str]] = {}
    pairs = [(t.name1, t.name2) for t in name_triplets()]
    pairs += [
        (full, short) for full, shorts in read_short_forms(resources() / "names").items() for short in shorts
    ]
    for one, other in pairs:
        also.setdefault(one, set()).add(other)
        also.setdefault(other, set()).add(one)
    return {name: frozenset(others) for name, others in also.items()}


def also_called(plain: str) -> frozenset[str]:
    """The full and short forms of a given name in plain Latin letters."""
    return _also().get(plain, frozenset())


def short_for(one: str, other: str) -> bool:
    """True when one of two given names is a short or familiar form of the other."""
    return other in also_called(one)
