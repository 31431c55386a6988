"""Incidents by when they were: those of a span, the closest run of them, and a span in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from callhandler.model.incident import Incident
from callhandler.model.when import Precision


def within(incidents: Iterable[Incident], now: datetime, days: int) -> tuple[Incident, ...]:
    """Incidents opened in the last `days`, oldest first; one whose date is not known is never counted as recent."""
    since = now - timedelta(days=days)
    return tuple(
        i for i in incidents if i.opened.precision is not Precision.UNKNOWN and since <= i.opened.at <= now
    )


def closest(incidents: Sequence[Incident], size: int, days: int) -> tuple[Incident, ...]:
    """The newest run of `size` incidents that fall within `days` calendar days, the first and the last counted.

    Days are local days. Incidents known only by month take no part: closeness is not guessed.
    """
    dated = sorted(
        (i for i in incidents if i.opened.precision in (Precision.MINUTE, Precision.DAY)),
        key=lambda i: i.opened.at,
    )
    for first in range(len(dated) - size, -1, -1):
        run = dated[first : first + size]
        span = (run[-1].opened.local_day().date() - run[0].opened.local_day().date()).days + 1
        if span <= days:
            return tuple(run)
    return ()


def span_spoken(incidents: Sequence[Incident]) -> str:
    """The span of a count, in words: `2 Apr to 11 Aug 2018`."""
    if not incidents:
        return ""
    first, last = incidents[0].opened, incidents[-1].opened
    if len(incidents) == 1:
        return first.spoken_day()
    start = first.spoken_day()
    if first.local_day().year == last.local_day().year and start.endswith(f" {first.local_day().year}"):
        start = start.rsplit(" ", 1)[0]
    return f"{start} to {last.spoken_day()}"
