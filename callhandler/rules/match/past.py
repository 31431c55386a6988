"""Words about the linked history: how many, how close together, what is known only as a number or without names."""

from datetime import timedelta

from callhandler.model.assessment import Evidence
from callhandler.model.facts import HistoryCount
from callhandler.model.incident import Direction
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.when import LONDON
from callhandler.policy.words_known import CountOnly, CountWithin, Gaps, Nameless, SuspectHarmedOthers
from callhandler.rules import spans
from callhandler.rules.clocks import minutes_spoken
from callhandler.rules.history import History
from callhandler.rules.match.found import Match, incident_evidence


def count_within(word: CountWithin, seen: History) -> Match | None:
    """So many incidents, calls or missed targets within a span."""
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
            tuple(
                Evidence("call", c.id, f"{c.at.astimezone(LONDON):%H:%M} {c.outcome.value}") for c in calls
            ),
            {
                "count": str(len(calls)),
                "minutes": minutes_spoken(waiting) if waiting is not None else "",
                "span": " to ".join(
                    dict.fromkeys(f"{c.at.astimezone(LONDON):%H:%M}" for c in (calls[0], calls[-1]))
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
    incidents = spans.within(pool, now, word.within_days)
    if word.of == "targets_missed":
        incidents = tuple(i for i in incidents if i.target_met == "no")
    if len(incidents) < word.at_least:
        return None
    return Match(
        incident_evidence(incidents, seen),
        {
            "count": seen.counted(incidents, since),
            "span": spans.span_spoken(incidents),
            "days": str(word.within_days),
        },
    )


def gaps(word: Gaps, seen: History) -> Match | None:
    """A run of incidents close together."""
    recent = spans.within(seen.hers, seen.picture.as_of, word.span_days)
    run = spans.closest(recent, word.incidents, word.within_days)
    if not run:
        return None
    days = (run[-1].opened.local_day().date() - run[0].opened.local_day().date()).days + 1
    return Match(
        incident_evidence(run, seen),
        {"count": str(len(run)), "span": spans.span_spoken(run), "days": str(days)},
    )


def count_only(word: CountOnly, seen: History) -> Match | None:
    """History known only as a number."""
    for count in reversed(seen.picture.counts):
        opened = opened_of(count, seen.picture)
        if not word.more_than_opened or count.number > opened:
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


def nameless(_word: Nameless, seen: History) -> Match | None:
    """Reports at a home of hers that named nobody."""
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
        incident_evidence(found, seen),
        {
            "count": seen.counted(found),
            "first": found[0].opened.spoken_day(),
            "span": spans.span_spoken(found),
            "place": place.label if place else "",
        },
    )


def suspect_harmed_others(_word: SuspectHarmedOthers, seen: History) -> Match | None:
    """Past harm by the suspect to somebody else."""
    if not seen.suspect_others:
        return None
    return Match(
        incident_evidence(seen.suspect_others, seen),
        {
            "count": seen.counted(seen.suspect_others),
            "span": spans.span_spoken(seen.suspect_others),
            "who": ", ".join(seen.picture.name_of(s) for s in sorted(seen.suspects)),
        },
    )
