"""What was done in an exercise, held against what could be known and what experts accept: a profile with its reasons.

Nothing here reads what was true and unknown: a thing not asked is scored as not asked, whatever the answer would have been.
"""

from callhandler.rules.training.scoring.profile import profile

__all__ = ["profile"]
