"""Whether a policy condition holds on a picture, and on which records: one small function for each word."""

from collections.abc import Callable, Sequence
from typing import Any

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Reply
from callhandler.model.order import ENDED_STATES
from callhandler.policy.conditions import Condition
from callhandler.rules.history import History
from callhandler.rules.match import (
    course,
    location,
    logged,
    orders,
    past,
    people,
    places,
    records,
    told,
    trend,
)
from callhandler.rules.match.found import Match, together
from callhandler.rules.match.past import opened_of

__all__ = ["Match", "holds", "match", "opened_of"]


NOT_YET: Any = object()
"""What stands for a condition that was not worked out yet."""


def match(condition: Condition, seen: History) -> Match | None:
    """The match of a condition, or None when it does not hold. Unknown never makes it hold for `not`."""
    found = _parts(condition, seen)
    return together(found) if found else None


def holds(condition: Condition, seen: History) -> bool:
    """Whether a condition holds, where nobody asks on which records: no more is looked at than that needs."""
    if (rests := condition.rests_on) is not None and rests[1].isdisjoint(seen.indicators[rests[0]]):
        # Nothing was said of what it rests on.
        return False
    if condition.all:
        return all(holds(part, seen) for part in condition.all)
    if condition.any:
        return any(holds(part, seen) for part in condition.any)
    return _parts(condition, seen) is not None


def _parts(condition: Condition, seen: History) -> Sequence[Match] | None:
    """What a condition holds by, the words of its parts in their order; None where it does not hold.

    Many rules write the same condition; on one picture it is worked out once. Where nothing was said of what it rests on,
    nothing needs to be looked at.
    """
    if (rests := condition.rests_on) is not None and rests[1].isdisjoint(seen.indicators[rests[0]]):
        return None
    written = condition.written
    found: Sequence[Match] | None = seen.matched.get(written, NOT_YET)
    if found is NOT_YET:
        if condition.all:
            found = _all(condition.all, seen)
        elif condition.any:
            found = [one for part in condition.any for one in _parts(part, seen) or ()] or None
        else:
            word = condition.word
            one = _WORDS[word](getattr(condition, word), seen)
            found = None if one is None else (one,)
        seen.matched[written] = found
    return found


def _all(parts: tuple[Condition, ...], seen: History) -> Sequence[Match] | None:
    holding: list[Match] = []
    for part in parts:
        found = _parts(part, seen)
        if found is None:
            return None
        holding += found
    return holding


def _not(inner: Condition, seen: History) -> Match | None:
    if inner.replied and inner.replied.reply is Reply.YES:
        answer = seen.explicit(inner.replied.question)
        if answer and answer.reply is Reply.NO:
            return Match((Evidence("answer", answer.id, f"{answer.question}: no"),))
    if inner.order:
        orders = [o for o in seen.orders if not inner.order.types or o.order.type in inner.order.types]
        if orders and all(o.state in ENDED_STATES for o in orders):
            return Match(tuple(Evidence("civil_order", o.order.id, o.because) for o in orders))
    return None


_WORDS: dict[str, Callable[[Any, History], Match | None]] = {
    "not_": _not,
    "present": told.present,
    "unknown": told.unknown,
    "replied": told.replied,
    "count_within": past.count_within,
    "gaps": past.gaps,
    "count_only": past.count_only,
    "nameless": past.nameless,
    "suspect_harmed_others": past.suspect_harmed_others,
    "clock": course.clock,
    "call": course.call,
    "response": course.response,
    "type": course.type_is,
    "place": places.place,
    "location": location.location,
    "order": orders.order,
    "order_term": orders.order_term,
    "respondent_meant": orders.respondent_meant,
    "suspect_before_meant": told.suspect_before_meant,
    "marker": records.marker,
    "risk_assessment": records.risk_assessment,
    "enquiry": records.enquiry,
    "after_police_warning": records.after_police_warning,
    "role": people.role,
    "rising_severity": trend.rising_severity,
    "gaps_shortening": trend.gaps_shortening,
    "spread": trend.spread,
    "repeat_number": trend.repeat_number,
    "again": told.again,
    "new_in_repeat_call": told.new_in_repeat_call,
    "not_answered": told.not_answered,
    "roles_reversed": people.roles_reversed,
    "nobody_at_risk": people.nobody_at_risk,
    "reporter_at_risk_before": people.reporter_at_risk_before,
    "unnamed": people.unnamed,
    "said_not_logged": logged.said_not_logged,
    "nothing_told": told.nothing_told,
    "type_misfit": logged.type_misfit,
    "qualifier": course.qualifier,
    "owner": course.owner,
    "graded": course.graded,
    "task": course.task,
    "unconfirmed": course.unconfirmed,
    "whereabouts": course.whereabouts,
    "waits_elsewhere": course.waits_elsewhere,
    "time_of_day": course.time_of_day,
    "record": records.on_record,
}
