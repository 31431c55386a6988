"""How like a rationale is to earlier ones. A text used again may be right each time; whoever reviews it should know."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from callhandler.model.assessment import Request
from callhandler.model.likeness import Earlier, Likeness
from callhandler.policy.pack import plain_words

LONGEST = 2_000
"""So many characters of each are compared: what is longer than this differs or agrees long before its end."""


def text_of(request: Request) -> str:
    """What a rationale says, as one text: its reason, and what changed in each answer."""
    return " ".join((request.reason, *(a.what_changed for a in request.answers))).strip()


def likeness(text: str, earlier: Iterable[Earlier], least: int) -> Likeness:
    """How like `text` is to the earlier ones, words in any order. `least` is from how many per cent on one counts.

    A text without words is like nothing.
    """
    own = _plain(text)
    scored = [(round(fuzz.token_sort_ratio(own, _plain(e.text))), e) for e in earlier] if own else []
    like: Sequence[Earlier] = [e for score, e in scored if score >= least]
    return Likeness(
        percent=max((score for score, _ in scored), default=0),
        count=len(like),
        authors=tuple(dict.fromkeys(e.author for e in like)),
        newest=max((e.at for e in like), default=None),
        incidents=tuple(dict.fromkeys(e.incident_id for e in like)),
    )


def _plain(text: str) -> str:
    return " ".join(plain_words(text[:LONGEST]))
