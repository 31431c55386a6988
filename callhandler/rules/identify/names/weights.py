"""How much what a comparison found speaks for one person: weights learnt from labelled pairs.

They were learnt by logistic regression on the part "tune" of `tests/data/identify/names.csv`. On the part held out they gave
F1 0.925; the same levels by a plain rule 0.913; RapidFuzz's best scorer alone, its threshold fitted on the same part, 0.763.
They order candidates and part the possible from the rest; nothing of them is shown.
"""

from callhandler.rules.identify.names.born import Births
from callhandler.rules.identify.names.compare import Compared, Level

POSSIBLE = -0.78
"""At least so much, and somebody is shown as possible: where F1 was highest on the part learnt from."""
_START = 0.89
_WORST = {
    Level.APART: -2.42,
    Level.VAGUE: 0.41,
    Level.INITIAL: 2.62,
    Level.NEAR: 0.41,
    Level.SOUND: 1.01,
    Level.SCRIPT: 1.96,
    Level.SHORT: 0.95,
    Level.SAME: 1.71,
}
_SECOND = {
    Level.APART: -1.05,
    Level.VAGUE: 0.00,
    Level.INITIAL: 0.00,
    Level.NEAR: 2.71,
    Level.SOUND: 3.55,
    Level.SCRIPT: 1.44,
    Level.SHORT: 1.56,
    Level.SAME: -0.81,
}
_MISSING = {0: -0.06, 1: 1.06, 2: 0.00}
_PARTS = {0: 0.00, 1: 3.27, 2: -0.13, 3: 2.10}
_TELLING = {0: -1.91, 1: -0.48, 2: 0.57}
_BORN = {
    Births.APART: -4.43,
    Births.UNKNOWN: -0.02,
    Births.NEAR: 2.55,
    Births.TURNED: 1.41,
    Births.PART: 3.52,
    Births.SAME: 2.46,
}
_TURNED = 1.85


def weight(found: Compared) -> float:
    """How much a comparison speaks for one person; higher is likelier."""
    return (
        _START
        + _WORST[found.worst]
        + _SECOND[found.second]
        + _MISSING[min(found.missing, 2)]
        + _PARTS[min(len(found.parts), 3)]
        + _TELLING[min(found.telling, 2)]
        + _BORN[found.births]
        + (_TURNED if found.turned else 0.0)
    )
