"""A condition of the closed vocabulary in words, so that whoever reads a rule need not read the file."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from callhandler.policy.conditions import Condition
from callhandler.policy.pack import Policy
from callhandler.policy.words_course import CallWas, LocationIs, PlaceLinked, Qualified, ResponseIs
from callhandler.policy.words_known import Assessment, CountWithin, Gaps, Marked, OrderIs, OrderTerm
from callhandler.policy.words_told import Chosen, Present


def in_words(condition: Condition, policy: Policy, depth: int = 0) -> tuple[str, ...]:
    """The condition as lines, parts of `all` and `any` each on a line of their own, two spaces deeper."""
    indent = "  " * depth
    if condition.not_:
        inner = in_words(condition.not_, policy, depth + 1)
        return (f"{indent}an explicit no to, or a verified end of:", *inner)
    for parts, opening in ((condition.all, "all of these:"), (condition.any, "any of these:")):
        if parts:
            lines = [line for part in parts for line in in_words(part, policy, depth + 1)]
            return (f"{indent}{opening}", *lines)
    word = getattr(condition, condition.word)
    return (f"{indent}{_WORDS[condition.word](word, policy)}",)


def _plain(value: object) -> str:
    return str(value).replace("_", " ").replace("-", " ")


def _or(values: Iterable[object]) -> str:
    shown = [_plain(v) for v in values]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}" if shown else ""


def _names(ids: Sequence[str], known: dict[str, Any]) -> str:
    return "; ".join(known[i].name if i in known else i for i in ids)


_SCOPE = {
    "here": "in this incident",
    "history": "in the linked history",
    "any": "here or in the linked history",
}


def _what(word: Chosen, policy: Policy) -> str:
    if word.weight is None:
        return _names(word.indicators, policy.indicators)
    natural = f" natural to {_names(word.natural_to, policy.types)}" if word.natural_to else ""
    return f"anything {'grave' if word.weight == 'grave' else f'{word.weight} or graver'}{natural}"


def _present(word: Present, policy: Policy) -> str:
    text = f"{'denied' if word.stance == 'denied' else 'told'} {_SCOPE[word.scope]}: {_what(word, policy)}"
    if word.at_least > 1:
        text = f"at least {word.at_least} different things " + text
    if word.told_by:
        text += f"; told by {_or(word.told_by)}"
    if word.open:
        text += "; its follow-up never recorded"
    if word.by_suspect_here:
        text += "; about somebody who is a suspect here"
    if word.by_partner:
        text += "; about a partner or former partner"
    if word.by_respondent:
        text += "; about the respondent of an order in force for somebody at risk"
    if word.unmet:
        text += "; in a report about her whose target was missed"
    if word.told_by_third_party:
        text += "; told by a third party or another agency"
    return text + (f"; in the last {word.within_days} days" if word.within_days else "")


def _count(word: CountWithin, _policy: Policy) -> str:
    whose = {
        "caller_or_at_risk": "about her",
        "suspect_others": "of his about others",
        "place": "at her home or here",
    }
    about = f" {whose[word.about]}" if word.of in ("incidents", "targets_missed") else " in this incident"
    return f"at least {word.at_least} {_plain(word.of)}{about} in the last {word.within_days} days"


def _gaps(word: Gaps, _policy: Policy) -> str:
    return f"{word.incidents} incidents within {word.within_days} days of each other, in the last {word.span_days} days"


def _order(word: OrderIs, policy: Policy) -> str:
    states = f"in the state {_or(s.value.lower() for s in word.states)}" if word.states else "live for risk"
    types = f" ({_names(word.types, policy.orders)})" if word.types else ""
    return f"an order{types} {states}" + (", against a suspect here" if word.respondent_here else "")


def _order_term(word: OrderTerm, policy: Policy) -> str:
    kinds = f" ({_names(word.kinds, policy.terms)})" if word.kinds else ""
    where = {"here": " where she is", "going_to": " where she is going", "any": ""}[word.which]
    why = {
        "told": "by what is told",
        "place": "because she is at, or going to, the place that it names",
        "either": "by what is told, or because of the place that it names",
    }[word.by]
    return f"a term{kinds} of an order live for risk may be engaged{where}, {why}"


def _location(word: LocationIs, _policy: Policy) -> str:
    return f"there is a doubt about the place: {_or(word.doubts)}"


def _place(word: PlaceLinked, _policy: Policy) -> str:
    which = {"here": "the place here", "going_to": "the place she goes to", "home": "her home"}[word.which]
    return f"{which} is tied to {_or(word.to)}" if word.to else f"there is such a place: {which}"


def _call(word: CallWas, _policy: Policy) -> str:
    return f"a call {word.direction} was {_or(o.value for o in word.outcomes)}"


def _response(word: ResponseIs, _policy: Policy) -> str:
    was = "was at some time" if word.ever else "is"
    return f"the response to the {_plain(word.target.value)} {was} {_or(str(s) for s in word.states)}"


def _marker(word: Marked, _policy: Policy) -> str:
    text = f"a marker{f' ({_or(word.codes)})' if word.codes else ''} stands"
    text += f" on a {_or(word.on)}" if word.on else ""
    return text + (f"; those concerned told: {_or(word.told)}" if word.told else "")


def _assessment(word: Assessment, _policy: Policy) -> str:
    parts = [f"was {_or(d.value for d in word.done)}"] if word.done else []
    parts += [f"found {_or(word.levels)}"] if word.levels else []
    parts += ["had its level brought down"] if word.lowered else []
    return f"a linked risk assessment {' or '.join(parts)}"


def _qualifier(word: Qualified, _policy: Policy) -> str:
    return f"the type is qualified: {_or(word.of)}"


_WORDS: dict[str, Callable[[Any, Policy], str]] = {
    "present": _present,
    "again": lambda w, p: f"told here and before about him: {_what(w, p)}",
    "new_in_repeat_call": lambda w, p: f"told in the newest call and in no earlier one: {_what(w, p)}",
    "unknown": lambda w, p: "no plain yes or no to: " + "; ".join(p.questions[q].ask for q in w.questions),
    "replied": lambda w, p: f"the reply is {_plain(w.reply.value)} to: {p.questions[w.question].ask}",
    "not_answered": lambda w, _: f"at least {w.at_least} questions were answered {_or(w.replies)}",
    "said_not_logged": lambda w, _: (
        f"the log holds words of something {w.weight} that nobody recorded as told"
    ),
    "nothing_told": lambda _w, _p: "the type is not known yet and nothing was told",
    "type_misfit": lambda w, _: f"something {w.weight} or graver is told that the type does not fit",
    "role": lambda w, _: f"at least {w.at_least} {_plain(w.role)} {_SCOPE[w.scope]}",
    "waits_elsewhere": lambda w, _: (
        "she waits in another live incident" + (", and its target is past" if w.missed else "")
    ),
    "unnamed": lambda w, _: f"nobody who is {_or(w.roles)} here has a name",
    "count_within": _count,
    "gaps": _gaps,
    "rising_severity": lambda w, _: (
        f"the newest {w.reports} reports grow graver, in the last {w.within_days} days"
    ),
    "gaps_shortening": lambda w, _: (
        f"the newest {w.reports} reports come at shorter and shorter gaps, in the last {w.within_days} days"
    ),
    "spread": lambda w, _: (
        f"reports about her at {w.places} or more places, in the last {w.within_days} days"
    ),
    "repeat_number": lambda w, _: (
        f"{w.incidents} or more incidents from this number, in the last {w.within_days} days"
    ),
    "roles_reversed": lambda _w, _p: "an earlier report in which she was the suspect and he at risk",
    "nobody_at_risk": lambda _w, _p: "nobody is put down as at risk",
    "reporter_at_risk_before": lambda _w, _p: (
        "the one who reports has a live order or earlier reports of harm of her own"
    ),
    "suspect_harmed_others": lambda _w, _p: "he is a suspect in harm to somebody else before",
    "count_only": lambda w, _: (
        "history is known only as a number" + (", and not all of it was opened" if w.more_than_opened else "")
    ),
    "nameless": lambda _w, _p: "a report at her home named nobody",
    "order": _order,
    "order_term": _order_term,
    "respondent_meant": lambda _w, _p: "nobody is named, and the respondent of her order may be meant",
    "suspect_before_meant": lambda w, p: (
        "nobody is named, and whoever was told of in an earlier report about her may be meant: "
        f"{_names(w.indicators, p.indicators)}"
    ),
    "marker": _marker,
    "risk_assessment": _assessment,
    "enquiry": lambda w, _: f"the linked history holds an enquiry left {_or(w.states)}",
    "after_police_warning": lambda w, p: (
        f"after police warned him{f' ({_or(w.kinds)})' if w.kinds else ''}, "
        f"told of him: {_names(w.contact, p.indicators)}"
    ),
    "record": lambda w, _: f"the suspect has a record{f' of {_or(w.kinds)}' if w.kinds else ''}",
    "clock": lambda w, _: f"the clock '{_plain(w.of)}' has reached {w.minutes} minutes",
    "place": _place,
    "location": _location,
    "whereabouts": lambda w, _: "no place is known" if w.state == "not_known" else "the incident has moved",
    "call": _call,
    "response": _response,
    "type": lambda w, p: f"the incident's type is {_names(w.types, p.types)}",
    "qualifier": _qualifier,
    "owner": lambda w, _: (
        " or ".join({"none": "nobody owns it", "parked": "its owner has parked it"}[s] for s in w.states)
        + (f", for {w.minutes} minutes" if w.minutes else "")
    ),
    "graded": lambda w, _: f"the standing grade is {_or(w.bands)}",
    "task": lambda w, _: (
        f"a task{f' ({_or(w.codes)})' if w.codes else ''} is open"
        + (" past its time" if w.overdue else "")
        + (f", for {w.minutes} minutes" if w.minutes else "")
    ),
    "unconfirmed": lambda w, p: (
        f"not confirmed{f' after {w.minutes} minutes' if w.minutes else ''}: "
        + _names(w.facts, p.confirmations)
    ),
    "time_of_day": lambda w, _: f"the local time is between {w.start:%H:%M} and {w.end:%H:%M}",
}
