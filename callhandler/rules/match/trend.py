"""Words about the run of reports, this one included: graver, closer together, at more places, from one number."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from callhandler.model.facts import Stance
from callhandler.model.incident import Direction, Incident
from callhandler.model.when import Precision
from callhandler.policy.words_known import GapsShortening, RepeatNumber, RisingSeverity, Spread
from callhandler.rules import spans
from callhandler.rules.history import History
from callhandler.rules.match.found import Match, incident_evidence, weight_of

_DATED = (Precision.MINUTE, Precision.DAY)


def rising_severity(word: RisingSeverity, seen: History) -> Match | None:
    """The newest reports of which something was told grow graver."""
    gravest: dict[int, int] = {}
    for told in (*seen.told_before, *seen.told_here):
        if told.stance is Stance.TOLD:
            weight = weight_of(told.indicator, seen)
            gravest[told.incident_id] = max(weight, gravest.get(told.incident_id, 0))
    weighed = [i for i in _reports(seen, word.within_days) if i.id in gravest][-word.reports :]
    weights = [gravest[i.id] for i in weighed]
    rises = len(weights) == word.reports and weights[0] < weights[-1]
    if not rises or any(later < earlier for earlier, later in pairwise(weights)):
        return None
    return _match(weighed, seen)


def gaps_shortening(word: GapsShortening, seen: History) -> Match | None:
    """Each gap between the newest reports is shorter than the one before it; days are local days."""
    reports = [i for i in _reports(seen, word.within_days) if i.opened.precision in _DATED][-word.reports :]
    days = [i.opened.local_day().date() for i in reports]
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(reports) < word.reports or any(later >= earlier for earlier, later in pairwise(gaps)):
        return None
    spoken = ", ".join(str(gap) for gap in gaps)
    return _match(reports, seen, {"days": spoken})


def spread(word: Spread, seen: History) -> Match | None:
    """Her reports are at several places: it follows her."""
    reports = [i for i in _reports(seen, word.within_days) if i.place_id is not None]
    places = {seen.here_place if i.id == seen.picture.here else i.place_id for i in reports}
    if len(places - {None}) < word.places:
        return None
    return _match(reports, seen, {"number": str(len(places - {None}))})


def repeat_number(word: RepeatNumber, seen: History) -> Match | None:
    """Earlier incidents rung in from a number that rings now."""
    here = {
        c.number_id
        for c in seen.picture.calls
        if c.incident_id == seen.picture.here and c.direction is Direction.IN and c.number_id
    }
    before = {
        c.incident_id
        for c in seen.picture.calls
        if c.incident_id != seen.picture.here and c.direction is Direction.IN and c.number_id in here
    }
    linked = [i for i in seen.picture.linked if i.id in before]
    found = spans.within(linked, seen.picture.as_of, word.within_days)
    return _match(found, seen) if len(found) >= word.incidents else None


def _reports(seen: History, days: int) -> list[Incident]:
    """Incidents about her in the span and this one, oldest first: one linked to this may have come after it."""
    since = seen.picture.as_of - timedelta(days=days)
    past = [i for i in spans.within(seen.hers, seen.picture.as_of, days) if i.opened.at >= since]
    here = [seen.picture.incident] if seen.picture.incident else []
    return sorted([*past, *here], key=lambda i: (i.opened.at, i.id))


def _match(reports: Sequence[Incident], seen: History, more: dict[str, str] | None = None) -> Match:
    values = {"count": str(len(reports)), "span": spans.span_spoken(reports), **(more or {})}
    return Match(incident_evidence(reports, seen), values)
