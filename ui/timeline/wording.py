"""Sentences of the timeline, and its short labels from long to short."""

import math
from collections.abc import Sequence

from callhandler.model.order import OrderStanding, OrderState
from callhandler.model.when import Precision, When
from ui.common.words import counted, tr
from ui.timeline.story import DAY, Event, Tier, local

LONGEST = 90


def first_sentence(text: str) -> str:
    """The first sentence, on one line, cut where it is long; the whole is in the tooltip and in the list."""
    line = " ".join(text.split())
    end = line.find(". ")
    line = line[:end] if end > 0 else line.rstrip(".")
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def tier(value: Tier) -> str:
    """A tier in a word."""
    return {
        Tier.GRAVE: tr("grave"),
        Tier.SERIOUS: tr("serious"),
        Tier.OTHER: tr("neither grave nor serious"),
    }[value]


def day_labels(when: When) -> tuple[str, ...]:
    """The date at a mark: with the year where there is room, never more exact than it is known."""
    match when.precision:
        case Precision.MINUTE | Precision.DAY:
            day = when.local_day()
            return (f"{day.day} {day:%b}",)
        case Precision.UNKNOWN:
            return ()
        case _:
            return (when.spoken(),)


def several(members: Sequence[Event], kept: int) -> tuple[str, ...]:
    """Marks too close to be drawn apart, as one: `3 in 4 days`. With a filter, how many of them it keeps."""
    number = str(len(members)) if kept == len(members) else tr("{0} of {1}").format(kept, len(members))
    return *((f"{number} {tr('in')} {_within(members)}",) if _within(members) else ()), number


def _within(members: Sequence[Event]) -> str:
    first, last = members[0], members[-1]
    if first.undated:
        return ""
    if any(m.coarse for m in members):
        start, end = min(m.start for m in members), max(m.end for m in members) - 1
        return f"{local(start):%b %Y}" if f"{local(start):%b %Y}" == f"{local(end):%b %Y}" else ""
    days = local(last.middle).toordinal() - local(first.middle).toordinal() + 1
    if days <= 21:
        return counted(days, tr("day"), tr("days"))
    if days <= 90:
        return counted(math.ceil(days / 7), tr("week"), tr("weeks"))
    if days <= 2 * 366:
        return counted(math.ceil(days * DAY / (30.44 * DAY)), tr("month"), tr("months"))
    return counted(math.ceil(days / 365.25), tr("year"), tr("years"))


def order_labels(name: str, standing: OrderStanding) -> tuple[str, ...]:
    """An order in a few words, never more sure than it is."""
    state = {
        OrderState.DECLARED_UNVERIFIED: tr("imported, not seen")
        if standing.order.imported
        else tr("declared"),
        OrderState.LIVE_UNSERVED: tr("in force, service not known"),
        OrderState.LIVE: tr("in force"),
        OrderState.NOT_YET: tr("not yet in force"),
        OrderState.DISCHARGED: tr("discharged"),
        OrderState.EXPIRED: tr("ended"),
        OrderState.ENDED_INTERIM: tr("interim order ended"),
    }[standing.state]
    return f"{name}, {state}", f"{tr('Order')}, {state}", f"{tr('order')} {state}", tr("order")


def faded(kept: int, total: int) -> str:
    """How many past incidents a filter leaves faint; nothing when there are none."""
    if kept == total:
        return ""
    return tr("{0} of {1} shown faint").format(total - kept, total)


def absent(incidents: int, missing: Sequence[str]) -> str:
    """That a source could not be read, or that no past incident is held; nothing when there is nothing to say."""
    if missing:
        return tr("not read: {0}").format(", ".join(missing))
    return "" if incidents else tr("no past incident is held")


def undated() -> str:
    """What stands where an axis has no date."""
    return tr("no date")


def legend() -> tuple[tuple[str, str], ...]:
    """The signs of a printed timeline with their meaning; the first of each pair names the sign."""
    return (
        ("grave", tr("grave told of")),
        ("serious", tr("serious told of")),
        ("other", tr("neither")),
        ("nameless", tr("hollow: no names recorded")),
        ("other_kind", tr("dot: not recorded as domestic abuse")),
        ("bar", tr("bar: some time within it")),
        ("warning", tr("police warning given")),
        ("call", tr("call")),
        ("unanswered", tr("call-back not answered")),
        ("declared", tr("order, declared")),
        ("verified", tr("order, verified")),
    )


def more(number: int) -> str:
    """How many a short list leaves out."""
    return tr("and {0} more: zoom in").format(number)


def place_among(text: str, number: int, of: int, outside: bool) -> str:
    """A mark as a screen reader tells it: what, whether the filter leaves it faint, which of how many."""
    note = tr(", outside the filter") if outside else ""
    return tr("{0}{1}. {2} of {3}").format(text, note, number, of)


def summary(incidents: int, calls: int, orders: int, warnings: int) -> str:
    """What the whole timeline holds, for a screen reader and for paper."""
    parts = [
        counted(incidents, tr("past incident"), tr("past incidents")),
        counted(orders, tr("order"), tr("orders")),
        counted(warnings, tr("police warning"), tr("police warnings")),
        counted(calls, tr("call of this incident"), tr("calls of this incident")),
    ]
    return ", ".join(parts)
