"""How far a name as told is from one on record, counted in slips of the finger: the fewer, the likelier it is meant.

The figures are odds set by hand, not learnt: one slip is one of some four hundred that might have been made, a word that
sounds alike one of a dozen spellings, a short form one of a few; two slips in a word come oftener together than each alone.
They put people in order. Who is shown at all is for `weights`.
"""

from callhandler.rules.identify.names.born import Births
from callhandler.rules.identify.names.compare import Compared, Level

APART = 2.5
"""A part of a name that is another."""
BORN = {
    Births.SAME: 0.0,
    Births.PART: 0.1,
    Births.TURNED: 0.5,
    Births.NEAR: 0.8,
    Births.UNKNOWN: 1.0,
    Births.APART: 1.8,
}
"""What a date of birth adds where one was told."""
_MISSING, _TURNED = 0.4, 0.3
"""A part that only one of the names has; given and family name the other way round."""
_LEVEL = {Level.SAME: 0.0, Level.SCRIPT: 0.3, Level.SHORT: 0.4, Level.INITIAL: 0.6}
_LETTERS = (0.0, 1.0, 1.8, 2.3)
"""By how many letters are left out, put in, changed or turned round."""
_HEARD, _HEARD_LETTER = 0.45, 0.3
"""Words that sound alike; and each letter that is another in them."""

_MUCH_ALIKE = 1.8
"""Words written much alike, whatever the number of letters: an ending that only one of them has."""


def in_part(level: Level, apart: int, longest: int) -> float:
    """Slips between two parts, given how alike they are, how many letters are other ones, and how long the longer is."""
    known = _LEVEL.get(level)
    if known is not None:
        return known
    slips = _LETTERS[apart] if apart < len(_LETTERS) and apart * 2 <= longest else APART
    if level is Level.SOUND:
        return min(slips, _HEARD + _HEARD_LETTER * apart)
    return min(slips, _MUCH_ALIKE) if level is Level.NEAR else slips


def slips(found: Compared) -> float:
    """Slips between two whole names, and what their dates of birth add."""
    parts = sum(in_part(p[2], *letters) for p, letters in zip(found.parts, found.letters, strict=True))
    return parts + found.missing * _MISSING + found.turned * _TURNED + BORN[found.births]
