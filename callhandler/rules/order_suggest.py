"""Which type of order somebody may mean, from the words typed. It suggests; the handler chooses."""

import re
from collections.abc import Iterable

from callhandler.policy.orders import OrderType


def suggest(words: str, types: Iterable[OrderType]) -> tuple[OrderType, ...]:
    """The types whose words are said, the longest phrase first; types that say the same stand in the policy's order."""
    said = f" {_plain(words)} "
    found = []
    for kind in types:
        phrases = (_plain(p) for p in (kind.name, *kind.words))
        longest = max((len(p) for p in phrases if p and f" {p} " in said), default=0)
        if longest:
            found.append((longest, kind))
    return tuple(kind for _, kind in sorted(found, key=lambda pair: -pair[0]))


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words.casefold()).split())
