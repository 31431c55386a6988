"""Words about how the incident runs: its type, its clocks, its calls, the response."""

from datetime import datetime, timedelta

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Stance
from callhandler.model.incident import OwnerAct, Response, ResponseState, Target
from callhandler.model.when import LONDON
from callhandler.policy.words_course import (
    CallWas,
    ClockPast,
    Graded,
    OwnedBy,
    Qualified,
    ResponseIs,
    TaskOpen,
    TimeOfDay,
    TypeIs,
    Unconfirmed,
    WaitsElsewhere,
    Whereabouts,
)
from callhandler.rules import waiting
from callhandler.rules.clocks import grade_of_rank, minutes_spoken
from callhandler.rules.history import History
from callhandler.rules.match.found import Match, weight_of

_TARGET = {Target.AT_RISK: "person at risk", Target.SUSPECT: "suspect"}


def clock(word: ClockPast, seen: History) -> Match | None:
    """A running clock that has reached its minutes."""
    value = {
        "waiting": seen.clocks.waiting,
        "overdue": seen.clocks.overdue,
        "unresourced": seen.clocks.unresourced,
        "untold_delay": seen.clocks.untold_delay,
        "unacknowledged_move": seen.clocks.unacknowledged_move,
        "no_contact": seen.clocks.no_contact,
    }[word.of]
    if value is None or value < word.minutes:
        return None
    spoken = minutes_spoken(value)
    record = seen.clocks.records.get(word.of, 0)
    return Match((Evidence("clock", record, f"{word.of.replace('_', ' ')}: {spoken}"),), {"minutes": spoken})


def waits_elsewhere(word: WaitsElsewhere, seen: History) -> Match | None:
    """Other live incidents within a day in which the same person waits and nobody has come."""
    found = waiting.elsewhere(seen.picture, seen.policy.scheme)
    if word.missed:
        found = tuple(w for w in found if w.missed_since is not None)
    if not found:
        return None
    since = min(w.since for w in found)
    missed = min((w.missed_since for w in found if w.missed_since), default=None)
    return Match(
        tuple(Evidence("incident", w.incident.id, f"open: {w.incident.reference}") for w in found),
        {
            "words": ", ".join(w.incident.reference for w in found),
            "first": f"{since.astimezone(LONDON):%H:%M}",
            "minutes": minutes_spoken(_minutes_since(missed or since, seen)),
        },
    )


def call(word: CallWas, seen: History) -> Match | None:
    """Calls of this incident that ended so."""
    found = [
        c
        for c in seen.picture.calls
        if c.incident_id == seen.picture.here and c.direction == word.direction and c.outcome in word.outcomes
    ]
    if not found:
        return None
    return Match(
        tuple(
            Evidence("call", c.id, f"{c.at.astimezone(LONDON):%H:%M} {c.outcome.value.replace('_', ' ')}")
            for c in found
        ),
        {"count": str(len(found)), "last": f"{found[-1].at.astimezone(LONDON):%H:%M}"},
    )


def response(word: ResponseIs, seen: History) -> Match | None:
    """The newest response state of a target. A result answers what was told of a suspect by then, nothing told since."""
    of_target = [r for r in seen.picture.responses if r.target is word.target]
    if word.target is Target.SUSPECT and of_target and not word.ever and _overtaken(of_target[-1], seen):
        of_target = []
    if not of_target:
        return (
            Match((Evidence("clock", 0, f"nobody is set to the {_TARGET[word.target]}"),))
            if "none" in word.states
            else None
        )
    fitting = [r for r in (of_target if word.ever else of_target[-1:]) if r.state in word.states]
    if not fitting:
        return None
    newest = fitting[-1]
    minutes = int((seen.picture.as_of - newest.at).total_seconds() // 60)
    return Match(
        (
            Evidence(
                "response",
                newest.id,
                f"{newest.at.astimezone(LONDON):%H:%M} {newest.state.value}: {newest.note}",
            ),
        ),
        {"minutes": minutes_spoken(minutes)},
    )


def _overtaken(newest: Response, seen: History) -> bool:
    return newest.state is ResponseState.RESULTED and any(
        d.id > newest.id and d.stance is Stance.TOLD and weight_of(d.indicator, seen) > 0
        for d in seen.told_here
    )


def type_is(word: TypeIs, seen: History) -> Match | None:
    """The type as last recorded."""
    incident = seen.picture.incident
    if incident is None or incident.type not in word.types:
        return None
    return Match((Evidence("incident", incident.id, f"taken down as {incident.type.replace('-', ' ')}"),))


def qualifier(word: Qualified, seen: History) -> Match | None:
    """Qualifiers that the type carries."""
    incident = seen.picture.incident
    wanted = {q.casefold() for q in word.of}
    found = [q for q in incident.qualifiers if q.casefold() in wanted] if incident else []
    if incident is None or not found:
        return None
    return Match(
        (Evidence("incident", incident.id, f"taken down with: {', '.join(found)}"),),
        {"words": ", ".join(found)},
    )


def owner(word: OwnedBy, seen: History) -> Match | None:
    """An incident that nobody owns, or that its owner has set aside."""
    incident, newest = seen.picture.incident, seen.picture.owner
    if incident is None:
        return None
    if newest is None:
        minutes = _minutes_since(incident.opened.at, seen)
        if "none" not in word.states or minutes < word.minutes:
            return None
        return Match((Evidence("clock", 0, "nobody has it"),), {"minutes": minutes_spoken(minutes)})
    minutes = _minutes_since(newest.at, seen)
    if newest.act is not OwnerAct.PARK or "parked" not in word.states or minutes < word.minutes:
        return None
    line = f"{newest.at.astimezone(LONDON):%H:%M} set aside by {newest.owner}{': ' if newest.reason else ''}{newest.reason}"
    return Match(
        (Evidence("ownership", newest.id, line),), {"minutes": minutes_spoken(minutes), "who": newest.owner}
    )


def graded(word: Graded, seen: History) -> Match | None:
    """A standing decision in one of these bands."""
    standing = seen.picture.standing
    if standing is None:
        return None
    grade = grade_of_rank(seen.policy.scheme, standing.rank)
    band = "closed" if standing.closes else grade.band if grade else ""
    if band not in word.bands:
        return None
    name = "closed" if band == "closed" else grade.name if grade else standing.grade
    line = f"{standing.at.astimezone(LONDON):%H:%M} {name}"
    return Match((Evidence("decision", standing.id, line),), {"grade": name})


def task(word: TaskOpen, seen: History) -> Match | None:
    """Tasks still open."""
    now = seen.picture.as_of
    found = [
        t
        for t in seen.picture.tasks
        if not t.done
        and (not word.codes or t.code in word.codes)
        and (not word.overdue or (t.due is not None and t.due < now))
        and now - t.at >= timedelta(minutes=word.minutes)
    ]
    if not found:
        return None
    since = min(t.due or t.at for t in found)
    return Match(
        tuple(Evidence("task", t.id, t.text) for t in found),
        {
            "count": str(len(found)),
            "words": found[0].text,
            "minutes": minutes_spoken(_minutes_since(since, seen)),
        },
    )


def unconfirmed(word: Unconfirmed, seen: History) -> Match | None:
    """Facts that nobody has confirmed here yet."""
    incident = seen.picture.incident
    if incident is None or _minutes_since(incident.opened.at, seen) < word.minutes:
        return None
    if any(c.code in word.facts and c.incident_id == incident.id for c in seen.picture.confirmations):
        return None
    names = [kind.name for f in word.facts if (kind := seen.policy.confirmations.get(f))]
    return Match(tuple(Evidence("question", 0, f"not confirmed: {name}") for name in names))


def whereabouts(word: Whereabouts, seen: History) -> Match | None:
    """No place is known, or the incident has moved."""
    if word.state == "not_known":
        return Match((Evidence("question", 0, "no place is recorded"),)) if seen.here_place is None else None
    moves = [m for m in seen.picture.moves if m.kind == "at"]
    if not moves:
        return None
    place = seen.picture.place(moves[-1].place_id)
    label = place.label if place else "another place"
    return Match(
        tuple(Evidence("move", m.id, f"{m.at.astimezone(LONDON):%H:%M} moved") for m in moves),
        {"place": label, "count": str(len(moves))},
    )


def time_of_day(word: TimeOfDay, seen: History) -> Match | None:
    """The local time lies in the span."""
    local = seen.picture.as_of.astimezone(LONDON).time()
    over_midnight = word.start > word.end
    inside = local >= word.start or local < word.end if over_midnight else word.start <= local < word.end
    return Match((Evidence("clock", 0, f"{local:%H:%M}"),)) if inside else None


def _minutes_since(at: datetime, seen: History) -> int:
    return max(0, int((seen.picture.as_of - at).total_seconds() // 60))
