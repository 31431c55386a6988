"""Whether a policy condition holds on a picture, and on which records: one small function for each word."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure, HistoryCount, Reply, Stance
from callhandler.model.incident import Direction, Incident, Target
from callhandler.model.order import LIVE_FOR_RISK, OrderState
from callhandler.model.people import Relation, Role
from callhandler.model.picture import Picture
from callhandler.model.when import LONDON as _ZONE
from callhandler.model.when import Precision, When
from callhandler.policy.conditions import Condition
from callhandler.rules import history
from callhandler.rules.clocks import minutes_spoken
from callhandler.rules.history import HOMES, INTIMATE, History

VERIFIED_END = (OrderState.DISCHARGED, OrderState.EXPIRED, OrderState.ENDED_INTERIM)
THIRD_PARTY = ("third_party", "other_agency")
_DATED = (Precision.MINUTE, Precision.DAY)


@dataclass(frozen=True)
class Match:
    """A condition that holds: the records it rests on, and values for the sentence."""

    evidence: tuple[Evidence, ...] = ()
    values: dict[str, str] = field(default_factory=dict)

    def joined(self, other: "Match") -> "Match":
        """Both together; the first to give a value keeps it."""
        return Match(tuple(dict.fromkeys((*self.evidence, *other.evidence))), {**other.values, **self.values})


def match(condition: Condition, seen: History) -> Match | None:
    """The match of a condition, or None when it does not hold. Unknown never makes it hold for `not`."""
    return _WORDS[condition.word](condition, seen)


def _all(condition: Condition, seen: History) -> Match | None:
    total = Match()
    for part in condition.all or ():
        found = match(part, seen)
        if found is None:
            return None
        total = total.joined(found)
    return total


def _any(condition: Condition, seen: History) -> Match | None:
    total: Match | None = None
    for part in condition.any or ():
        found = match(part, seen)
        if found is not None:
            total = found if total is None else total.joined(found)
    return total


def _not(condition: Condition, seen: History) -> Match | None:
    inner = condition.not_
    if inner and inner.replied and inner.replied.reply is Reply.YES:
        answer = seen.explicit(inner.replied.question)
        if answer and answer.reply is Reply.NO:
            return Match((Evidence("answer", answer.id, f"{answer.question}: no"),))
    if inner and inner.order:
        orders = [o for o in seen.orders if not inner.order.types or o.order.type in inner.order.types]
        if orders and all(o.state in VERIFIED_END for o in orders):
            return Match(tuple(Evidence("civil_order", o.order.id, o.because) for o in orders))
    return None


def _present(condition: Condition, seen: History) -> Match | None:
    word = condition.present
    assert word
    now = seen.picture.as_of
    found = [
        d
        for d in seen.told(word.scope, Stance(word.stance))
        if d.indicator in word.indicators
        and (word.open is None or d.open == word.open)
        and (not word.by_suspect_here or (d.about_id is not None and d.about_id in seen.suspects))
        and (not word.told_by_third_party or d.source in THIRD_PARTY)
        and (word.within_days is None or _may_be_within(d.happened, now, word.within_days))
    ]
    if not found:
        return None
    first = found[0]
    oldest = min((d.happened.at for d in found if d.happened.precision in _DATED), default=first.happened.at)
    return Match(
        tuple(Evidence("disclosure", d.id, _told_line(d, seen)) for d in found),
        {
            "words": first.words,
            "who": seen.picture.name_of(first.harmed_id or first.about_id),
            "days": str(max(0, (now - oldest).days)),
            "first": first.happened.spoken_day(),
            "last": found[-1].happened.spoken_day(),
            "when": first.happened.spoken_day(),
        },
    )


def _may_be_within(happened: When, now: datetime, days: int) -> bool:
    """A date that is not known, or known only coarsely, may lie within the span: unknown is never no."""
    slack = {Precision.MONTH: 31, Precision.YEAR: 366}.get(happened.precision, 0)
    return happened.precision is Precision.UNKNOWN or happened.at >= now - timedelta(days=days + slack)


def _told_line(told: Disclosure, seen: History) -> str:
    words = told.words or told.indicator.replace("-", " ")
    doubt = " (disputed)" if told.disputed else ""
    denied = "denied: " if told.stance is Stance.DENIED else ""
    return f"{told.happened.spoken()}, {told.teller}: {denied}{words}{doubt}"


def _count_within(condition: Condition, seen: History) -> Match | None:
    word = condition.count_within
    assert word
    now = seen.picture.as_of
    since = now - timedelta(days=word.within_days)
    if word.of in ("calls", "unanswered_calls"):
        wanted = Direction.IN if word.of == "calls" else Direction.OUT
        calls = [
            c
            for c in seen.picture.calls
            if c.incident_id == seen.picture.here
            and c.direction is wanted
            and (word.of == "calls" or c.outcome == "no_answer")
            and c.at >= since
        ]
        if len(calls) < word.at_least:
            return None
        waiting = seen.clocks.waiting
        return Match(
            tuple(Evidence("call", c.id, f"{c.at.astimezone(_ZONE):%H:%M} {c.outcome.value}") for c in calls),
            {
                "count": str(len(calls)),
                "minutes": minutes_spoken(waiting) if waiting is not None else "",
                "span": " to ".join(
                    dict.fromkeys(f"{c.at.astimezone(_ZONE):%H:%M}" for c in (calls[0], calls[-1]))
                ),
            },
        )
    pool = {
        "caller_or_at_risk": seen.hers,
        "suspect_others": seen.suspect_others,
        "place": tuple(
            i
            for i in seen.picture.linked
            if i.place_id is not None and i.place_id in (seen.homes | {seen.here_place})
        ),
    }[word.about]
    incidents = history.within(pool, now, word.within_days)
    if word.of == "targets_missed":
        incidents = tuple(i for i in incidents if i.target_met == "no")
    if len(incidents) < word.at_least:
        return None
    return Match(
        _incident_evidence(incidents, seen),
        {"count": str(len(incidents)), "span": history.span_spoken(incidents), "days": str(word.within_days)},
    )


def _gaps(condition: Condition, seen: History) -> Match | None:
    word = condition.gaps
    assert word
    recent = history.within(seen.hers, seen.picture.as_of, word.span_days)
    run = history.closest(recent, word.incidents, word.within_days)
    if not run:
        return None
    days = (run[-1].opened.local_day().date() - run[0].opened.local_day().date()).days + 1
    return Match(
        _incident_evidence(run, seen),
        {"count": str(len(run)), "span": history.span_spoken(run), "days": str(days)},
    )


def _incident_evidence(incidents: Iterable[Incident], seen: History) -> tuple[Evidence, ...]:
    return tuple(Evidence("incident", i.id, f"{i.opened.spoken()}: {i.summary}") for i in incidents)


def _order(condition: Condition, seen: History) -> Match | None:
    word = condition.order
    assert word
    found = [
        o
        for o in seen.orders
        if (o.state in word.states if word.states else o.state in LIVE_FOR_RISK)
        and (not word.types or o.order.type in word.types)
        and (not word.respondent_here or o.order.respondent_id in seen.suspects)
    ]
    if not found:
        return None
    return Match(
        tuple(Evidence("civil_order", o.order.id, f"{o.name}: {o.because}") for o in found),
        {"order": found[0].order.type, "state": found[0].state.value.replace("_", " ").lower()},
    )


def _clock(condition: Condition, seen: History) -> Match | None:
    word = condition.clock
    assert word
    value = {
        "waiting": seen.clocks.waiting,
        "overdue": seen.clocks.overdue,
        "unresourced": seen.clocks.unresourced,
        "untold_delay": seen.clocks.untold_delay,
        "unacknowledged_move": seen.clocks.unacknowledged_move,
    }[word.of]
    if value is None or value < word.minutes:
        return None
    spoken = minutes_spoken(value)
    record = seen.clocks.records.get(word.of, 0)
    return Match((Evidence("clock", record, f"{word.of.replace('_', ' ')}: {spoken}"),), {"minutes": spoken})


def _place(condition: Condition, seen: History) -> Match | None:
    word = condition.place
    assert word
    places: list[int | None] = {
        "here": [seen.here_place],
        "going_to": [seen.going_to],
        "home": sorted(seen.homes),
    }[word.which]  # type: ignore[assignment]
    total: Match | None = None
    for place_id in places:
        if place_id is None:
            continue
        evidence = [e for to in word.to for e in _PLACE_TO[to](place_id, seen)]
        if evidence or not word.to:
            place = seen.picture.place(place_id)
            found = Match(tuple(evidence), {"place": place.label if place else "that place"})
            total = found if total is None else total.joined(found)
    return total


def _place_suspect(place_id: int, seen: History) -> Iterable[Evidence]:
    for tie in seen.picture.place_ties:
        if tie.place_id == place_id and tie.person_id in seen.suspects:
            yield Evidence(
                "place_tie", tie.id, f"{seen.picture.name_of(tie.person_id)}: {tie.tie.value} there"
            )
    roles = {(p.incident_id, p.person_id) for p in seen.picture.parties if p.role is Role.SUSPECT}
    for incident in seen.picture.linked:
        if incident.place_id == place_id and any((incident.id, s) in roles for s in seen.suspects):
            yield Evidence(
                "incident", incident.id, f"he was there: {incident.opened.spoken()}, {incident.summary}"
            )


def _place_relative(place_id: int, seen: History) -> Iterable[Evidence]:
    relatives = {
        other
        for t in seen.picture.person_ties
        if t.relation not in INTIMATE and t.relation is not Relation.NEIGHBOUR
        for mine, other in ((t.a, t.b), (t.b, t.a))
        if mine in seen.at_risk
    } - seen.suspects
    for tie in seen.picture.place_ties:
        if tie.place_id == place_id and tie.tie in HOMES and tie.person_id in relatives:
            yield Evidence("place_tie", tie.id, f"home of {seen.picture.name_of(tie.person_id)}, a relative")


def _place_marker(place_id: int, seen: History) -> Iterable[Evidence]:
    for marker in seen.picture.markers:
        if marker.subject == "place" and marker.subject_id == place_id:
            yield Evidence("marker", marker.id, f"marker there since {marker.since.spoken()}: {marker.text}")


def _place_history(place_id: int, seen: History) -> Iterable[Evidence]:
    for incident in seen.picture.linked:
        if incident.place_id == place_id:
            yield Evidence("incident", incident.id, f"{incident.opened.spoken()}: {incident.summary}")


def _place_harmed(place_id: int, seen: History) -> Iterable[Evidence]:
    harmed = {d.harmed_id for d in seen.told_here if d.harmed_id}
    for tie in seen.picture.place_ties:
        if tie.place_id == place_id and tie.tie in HOMES and tie.person_id in harmed:
            yield Evidence(
                "place_tie", tie.id, f"home of {seen.picture.name_of(tie.person_id)}, harmed in this incident"
            )


_PLACE_TO: dict[str, Callable[[int, History], Iterable[Evidence]]] = {
    "suspect": _place_suspect,
    "relative": _place_relative,
    "marker": _place_marker,
    "history": _place_history,
    "somebody_harmed": _place_harmed,
}


def _unknown(condition: Condition, seen: History) -> Match | None:
    word = condition.unknown
    assert word
    unknown = [q for q in word.questions if seen.explicit(q) is None]
    if not unknown:
        return None
    return Match(
        tuple(Evidence("question", 0, f"{_how_unknown(q, seen)}: {q.replace('-', ' ')}") for q in unknown)
    )


def _how_unknown(question: str, seen: History) -> str:
    answer = seen.replies.get(question)
    return "not asked" if answer is None else answer.reply.value.replace("_", " ")


def _replied(condition: Condition, seen: History) -> Match | None:
    word = condition.replied
    assert word
    answer = seen.replies.get(word.question)
    if answer is None or answer.reply is not word.reply:
        return None
    return Match(
        (Evidence("answer", answer.id, f"{answer.question}: {answer.reply.value}"),), {"words": answer.words}
    )


def _call(condition: Condition, seen: History) -> Match | None:
    word = condition.call
    assert word
    found = [
        c
        for c in seen.picture.calls
        if c.incident_id == seen.picture.here and c.direction == word.direction and c.outcome in word.outcomes
    ]
    if not found:
        return None
    return Match(
        tuple(
            Evidence("call", c.id, f"{c.at.astimezone(_ZONE):%H:%M} {c.outcome.value.replace('_', ' ')}")
            for c in found
        ),
        {"count": str(len(found)), "last": f"{found[-1].at.astimezone(_ZONE):%H:%M}"},
    )


def _response(condition: Condition, seen: History) -> Match | None:
    word = condition.response
    assert word
    of_target = [r for r in seen.picture.responses if r.target is word.target]
    if not of_target:
        return (
            Match((Evidence("clock", 0, f"nobody is set to the {_TARGET[word.target]}"),))
            if "none" in word.states
            else None
        )
    newest = of_target[-1]
    if newest.state not in word.states:
        return None
    minutes = int((seen.picture.as_of - newest.at).total_seconds() // 60)
    return Match(
        (
            Evidence(
                "response",
                newest.id,
                f"{newest.at.astimezone(_ZONE):%H:%M} {newest.state.value}: {newest.note}",
            ),
        ),
        {"minutes": minutes_spoken(minutes)},
    )


def _marker(condition: Condition, seen: History) -> Match | None:
    word = condition.marker
    assert word
    found = [
        m
        for m in seen.picture.markers
        if (not word.codes or m.code in word.codes)
        and (not word.on or m.subject in word.on)
        and (not word.told or m.told in word.told)
    ]
    if not found:
        return None
    places = [seen.picture.place(m.subject_id) for m in found if m.subject == "place"]
    return Match(
        tuple(
            Evidence("marker", m.id, f"{m.text} (since {m.since.spoken()}, told: {m.told})") for m in found
        ),
        {
            "count": str(len(found)),
            "first": found[0].since.spoken(),
            "place": places[0].label if places and places[0] else "",
        },
    )


def _risk_assessment(condition: Condition, seen: History) -> Match | None:
    word = condition.risk_assessment
    assert word
    levels = ("", "standard", "medium", "high")
    found = [
        a
        for a in seen.picture.risk_assessments
        if a.person_id in seen.at_risk
        and (
            (bool(word.done) and a.done in word.done)
            or (word.lowered and a.level_before and levels.index(a.level) < levels.index(a.level_before))
        )
    ]
    if not found:
        return None
    return Match(
        tuple(
            Evidence(
                "risk_assessment",
                a.id,
                f"{a.known_at.astimezone(_ZONE):%d %b %Y}, {a.done.value.replace('_', ' ')}, "
                f"{(a.level_before + ' to ') if a.level_before else ''}{a.level or 'no level'}: {a.note}",
            )
            for a in found
        ),
        {"count": str(len(found))},
    )


def _enquiry(condition: Condition, seen: History) -> Match | None:
    word = condition.enquiry
    assert word
    hers = {i.id for i in seen.hers} | {seen.picture.here}
    found = [e for e in seen.picture.enquiries if e.state in word.states and e.incident_id in hers]
    if not found:
        return None
    return Match(
        tuple(
            Evidence("enquiry", e.id, f"{e.state}: {e.what}{' - ' + e.reason if e.reason else ''}")
            for e in found
        ),
        {"count": str(len(found))},
    )


def _after_police_warning(condition: Condition, seen: History) -> Match | None:
    word = condition.after_police_warning
    assert word
    for warning in reversed(seen.picture.police_warnings):
        if warning.person_id not in seen.suspects:
            continue
        after = [
            d
            for d in seen.told("any")
            if d.indicator in word.contact
            and d.about_id == warning.person_id
            and d.incident_id != warning.incident_id
            and d.happened.at >= warning.given.at
        ]
        if after:
            return Match(
                (
                    Evidence("police_warning", warning.id, f"{warning.given.spoken()}: {warning.terms}"),
                    *(Evidence("disclosure", d.id, _told_line(d, seen)) for d in after),
                ),
                {
                    "first": warning.given.spoken_day(),
                    "last": after[-1].happened.spoken_day(),
                    "who": seen.picture.name_of(warning.person_id),
                    "words": warning.terms,
                },
            )
    return None


def _count_only(condition: Condition, seen: History) -> Match | None:
    assert condition.count_only
    for count in reversed(seen.picture.counts):
        opened = opened_of(count, seen.picture)
        if not condition.count_only.more_than_opened or count.number > opened:
            place = seen.picture.place(count.subject_id) if count.subject == "place" else None
            return Match(
                (
                    Evidence(
                        "history_count",
                        count.id,
                        f"{count.number} {count.counted}, {count.span}; {count.source}",
                    ),
                ),
                {
                    "number": str(count.number),
                    "opened": str(opened),
                    "span": count.span,
                    "place": place.label if place else "",
                },
            )
    return None


def opened_of(count: HistoryCount, picture: Picture) -> int:
    """How many of the incidents behind a bare count are held here, and so are on the screen."""
    if count.subject == "place":
        return sum(1 for i in picture.linked if i.place_id == count.subject_id)
    if count.subject == "person":
        theirs = {p.incident_id for p in picture.parties if p.person_id == count.subject_id}
        return sum(1 for i in picture.linked if i.id in theirs)
    with_number = {c.incident_id for c in picture.calls if c.number_id == count.subject_id}
    return sum(1 for i in picture.linked if i.id in with_number)


def _nameless(condition: Condition, seen: History) -> Match | None:
    named = {
        p.incident_id
        for p in seen.picture.parties
        if p.role in (Role.AT_RISK, Role.SUSPECT, Role.CALLER)
        and (person := seen.picture.person(p.person_id)) is not None
        and person.named
    }
    found = [i for i in seen.picture.linked if i.place_id in seen.homes and i.id not in named]
    if not found:
        return None
    place = seen.picture.place(found[0].place_id)
    return Match(
        _incident_evidence(found, seen),
        {
            "count": str(len(found)),
            "first": found[0].opened.spoken_day(),
            "span": history.span_spoken(found),
            "place": place.label if place else "",
        },
    )


def _role(condition: Condition, seen: History) -> Match | None:
    word = condition.role
    assert word
    role = Role(word.role)
    found = {
        p.person_id
        for p in seen.picture.parties
        if p.role is role
        and (word.scope == "any" or (p.incident_id == seen.picture.here) == (word.scope == "here"))
    }
    if role is Role.SUSPECT and word.scope != "history":
        found |= seen.suspects
    if role is Role.CHILD and word.scope != "here":
        found |= seen.children
    if not found:
        return None
    return Match(
        tuple(
            Evidence("person", p, f"{seen.picture.name_of(p)}: {role.value.replace('_', ' ')}")
            for p in sorted(found)
        ),
        {"who": ", ".join(seen.picture.name_of(p) for p in sorted(found))},
    )


def _suspect_harmed_others(_condition: Condition, seen: History) -> Match | None:
    if not seen.suspect_others:
        return None
    return Match(
        _incident_evidence(seen.suspect_others, seen),
        {
            "count": str(len(seen.suspect_others)),
            "span": history.span_spoken(seen.suspect_others),
            "who": ", ".join(seen.picture.name_of(s) for s in sorted(seen.suspects)),
        },
    )


def _type(condition: Condition, seen: History) -> Match | None:
    assert condition.type
    incident = seen.picture.incident
    if incident is None or incident.type not in condition.type.types:
        return None
    return Match((Evidence("incident", incident.id, f"taken down as {incident.type.replace('-', ' ')}"),))


_TARGET = {Target.AT_RISK: "person at risk", Target.SUSPECT: "suspect"}

_WORDS: dict[str, Callable[[Condition, History], Match | None]] = {
    "all": _all,
    "any": _any,
    "not_": _not,
    "present": _present,
    "count_within": _count_within,
    "gaps": _gaps,
    "order": _order,
    "clock": _clock,
    "place": _place,
    "unknown": _unknown,
    "replied": _replied,
    "call": _call,
    "response": _response,
    "marker": _marker,
    "risk_assessment": _risk_assessment,
    "enquiry": _enquiry,
    "after_police_warning": _after_police_warning,
    "count_only": _count_only,
    "nameless": _nameless,
    "role": _role,
    "suspect_harmed_others": _suspect_harmed_others,
    "type": _type,
}
