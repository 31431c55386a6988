"""Figures of review over a span: lowerings by day, hour, ground and what followed; agreement of blind second grades."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from callhandler.model.review import Header, Point, QueueLine, Series
from callhandler.model.review_figures import Figures, Group
from callhandler.model.when import LONDON, from_micros, to_micros
from callhandler.policy.pack import Policy
from callhandler.rules.agreement import agreement
from callhandler.services.office import Office
from callhandler.store import review_figures as store
from callhandler.store.unit_of_work import reading

LEAST = 5
"""A group of fewer pairs is not shown by itself."""

HOWS = ("agreed", "alone", "kept")
PARTS = ("agreed", "no agreement needed", "not agreed")
LOWERINGS = "Lowered below what stood or below the floor, and requests that a supervisor did not agree to"
DECIDED = "Lowered below what stood or below the floor"
COMPARED = "Blind second grades in samples, the first of each item, beside the handler's"
FOLLOWED = (
    ("raised", "Raised again"),
    ("report", "Another report about her"),
    ("call", "Rang again"),
    ("", "Nothing recorded"),
    ("early", "Too soon to say"),
)


def figures_of(office: Office, days: int) -> Figures:
    """The figures of the last so many days, today's among them. Two statements."""
    now = office.clock.now()
    first = _midnight(now) - timedelta(days=days - 1)
    within = timedelta(days=office.policy.reviews.followed_within_days)
    with reading(office.engine) as connection:
        rows = store.lowered(
            connection, to_micros(first), to_micros(now), within // timedelta(microseconds=1)
        )
        pairs = store.pairs(connection, to_micros(first), to_micros(now))
    span = f"{_day(first)} to {_day(now)}, {days} days"
    names = {kind.id: kind.name for kind in office.policy.pack.types}
    return Figures(
        span=span,
        basis=COMPARED,
        by_day=_by_day(rows, first, days, span),
        by_hour=_by_hour(rows, span),
        by_ground=_by_ground(rows, office.policy, span),
        by_followed=_by_followed(rows, now, within, span),
        agreement=agreement([(p.own, p.handlers) for p in pairs]),
        by_type=_groups((names.get(p.type, p.type), p) for p in pairs),
        by_role=_groups((p.role or "role not known", p) for p in pairs),
    )


def header_of(office: Office, lines: Sequence[QueueLine], days: int) -> Header:
    """What stands above a queue. Two statements."""
    now = office.clock.now()
    today, first = _midnight(now), _midnight(now) - timedelta(days=days - 1)
    with reading(office.engine) as connection:
        lowered = store.lowered(connection, to_micros(today), to_micros(now), 0)
        pairs = store.pairs(connection, to_micros(first), to_micros(now))
    items = [line for line in lines if not line.waiting]
    return Header(
        lowered_today=sum(1 for row in lowered if row.how != "kept"),
        open_items=len(items),
        unowned=sum(1 for line in items if line.owner_id is None),
        overdue=sum(1 for line in items if line.overdue(now)),
        oldest=min((line.since for line in items), default=None),
        asking_now=len(lines) - len(items),
        agreed=sum(1 for pair in pairs if pair.own == pair.handlers),
        compared=len(pairs),
        span_days=days,
    )


def _by_day(rows: Sequence[Any], first: datetime, days: int, span: str) -> Series:
    counted = Counter((_local(row.at).date(), row.how) for row in rows)
    dates = [(first + timedelta(days=number)).date() for number in range(days)]
    points = tuple(Point(f"{d.day} {d:%b}", tuple(counted[d, how] for how in HOWS)) for d in dates)
    return Series("Lowered grades by day", LOWERINGS, span, PARTS, points)


def _by_hour(rows: Sequence[Any], span: str) -> Series:
    counted = Counter((_local(row.at).hour, row.how) for row in rows)
    points = tuple(Point(f"{hour:02d}", tuple(counted[hour, how] for how in HOWS)) for hour in range(24))
    return Series("Lowered grades by hour", LOWERINGS, span, PARTS, points)


def _by_ground(rows: Sequence[Any], policy: Policy, span: str) -> Series:
    """The grounds given, the most frequent first; a reason without a ground stands last."""
    counted = Counter((row.ground, row.how) for row in rows)
    names = {g.id: g.name for g in policy.gates.grounds}
    sums = Counter(row.ground for row in rows)
    order = sorted(sums, key=lambda ground: (ground == "", -sums[ground], ground))
    points = tuple(
        Point(names.get(g, g) or "No ground asked for", tuple(counted[g, how] for how in HOWS)) for g in order
    )
    return Series("Lowered grades by ground", LOWERINGS, span, PARTS, points)


def _by_followed(rows: Sequence[Any], now: datetime, within: timedelta, span: str) -> Series:
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.how != "kept":
            # Nothing yet is not nothing: the days are not over.
            early = not row.followed and from_micros(row.at) + within > now
            counted["early" if early else row.followed, row.how] += 1
    points = tuple(Point(name, tuple(counted[code, how] for how in HOWS[:2])) for code, name in FOLLOWED)
    title = f"What followed within {within.days} days"
    return Series(title, DECIDED, span, PARTS[:2], points)


def _groups(named: Iterable[tuple[str, Any]]) -> tuple[Group, ...]:
    found: dict[str, list[tuple[int, int]]] = {}
    for name, pair in named:
        found.setdefault(name, []).append((pair.own, pair.handlers))
    few = [pair for own in found.values() if len(own) < LEAST for pair in own]
    whole = [Group(name, agreement(own)) for name, own in sorted(found.items()) if len(own) >= LEAST]
    return (*whole, *([Group(f"Others, fewer than {LEAST} each", agreement(few))] if few else []))


def _midnight(now: datetime) -> datetime:
    return now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)


def _local(micros: int) -> datetime:
    return from_micros(micros).astimezone(LONDON)


def _day(instant: datetime) -> str:
    local = instant.astimezone(LONDON)
    return f"{local.day} {local:%b %Y}"
