"""Who and where: telephone numbers in any UK spelling, names and addresses compared, and which live incident a call joins.

What compares names and places is imported where it is used: a desk that takes an ordinary call starts without it.
"""

from callhandler.rules.identify.folding import folded
from callhandler.rules.identify.joining import Join, OpenNow, incident_to_join
from callhandler.rules.identify.numbers import GivenNumber, NumberKind, e164, number_given, number_spoken

__all__ = [
    "GivenNumber",
    "Join",
    "NumberKind",
    "OpenNow",
    "e164",
    "folded",
    "incident_to_join",
    "number_given",
    "number_spoken",
]
