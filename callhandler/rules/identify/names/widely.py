"""Where to look further for somebody who is looked for outright: by one name alone, and by the date of birth alone.

What is found so is a last resort. Beside a running call it is not asked for: nearly everybody would have somebody.
"""

from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.process import extract

from callhandler.rules.identify.names import keys
from callhandler.rules.identify.names.slips import APART
from callhandler.rules.identify.names.tokens import tokens
from callhandler.rules.identify.names.wanted import Wanted

WORDS = 3
"""So many of the likest words on record are looked for alone, of each word as told; of one that was told alone more."""
ALONE = 8
_MISSING = 0.4


def wider(told: str, wanted: Wanted) -> Wanted:
    """Stretches of keys of each name beside whichever other, the likest first; and the date of birth with any name."""
    further = Wanted(born=wanted.born)
    parts = tokens(told)[: keys.LONGEST]
    for token in parts:
        if token.initial:
            continue
        for word, apart in wanted.like[token][: ALONE if len(parts) == 1 else WORDS]:
            further.words[keys.beside_any(word)] = apart + (_MISSING if len(parts) == 1 else APART)
            if len(parts) > 1:
                only = keys.alone(word)
                further.words[only, only] = apart + _MISSING
    if wanted.born.year and wanted.born.month and wanted.born.day:
        date = keys.packed(wanted.born)
        further.dated[(keys.BORN_THEN, date, date)] = 2 * APART
    return further


def likest_of(told: str, names: Iterable[tuple[int, str]], most: int) -> set[int]:
    """Of many names those that are likest by their letters alone."""
    found = extract(told, dict(names), scorer=fuzz.token_sort_ratio, processor=None, limit=most)
    return {name_id for _, _, name_id in found}
