"""Words about how the incident runs: its type, its clocks, its calls, the response."""

from callhandler.model.assessment import Evidence
from callhandler.model.incident import Target
from callhandler.model.when import LONDON
from callhandler.policy.conditions import CallWas, ClockPast, ResponseIs, TypeIs
from callhandler.rules.clocks import minutes_spoken
from callhandler.rules.history import History
from callhandler.rules.match.found import Match

_TARGET = {Target.AT_RISK: "person at risk", Target.SUSPECT: "suspect"}


def clock(word: ClockPast, seen: History) -> Match | None:
    """A running clock that has reached its minutes."""
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
    """The newest response state of a target."""
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
                f"{newest.at.astimezone(LONDON):%H:%M} {newest.state.value}: {newest.note}",
            ),
        ),
        {"minutes": minutes_spoken(minutes)},
    )


def type_is(word: TypeIs, seen: History) -> Match | None:
    """The type as last recorded."""
    incident = seen.picture.incident
    if incident is None or incident.type not in word.types:
        return None
    return Match((Evidence("incident", incident.id, f"taken down as {incident.type.replace('-', ' ')}"),))
