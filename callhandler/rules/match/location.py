"""The word about whether the place recorded is where she is."""

from callhandler.policy.words_course import LocationIs
from callhandler.rules.history import History
from callhandler.rules.location import where
from callhandler.rules.match.found import Match


def location(word: LocationIs, seen: History) -> Match | None:
    """One of these doubts about the place stands."""
    found = [f for f in where(seen, seen.locating).findings if f.doubt in word.doubts]
    if not found:
        return None
    evidence = tuple(dict.fromkeys(e for f in found for e in f.evidence))
    return Match(evidence, {"words": "; ".join(f.words for f in found)})
