"""Words about what is on record: markers, assessments, enquiries, warnings given, roles."""

from callhandler.model.assessment import Evidence
from callhandler.model.when import LONDON
from callhandler.policy.words_known import AfterWarning, Assessment, Marked, OnRecord, Undone
from callhandler.rules.history import History
from callhandler.rules.match.found import Match, told_line


def marker(word: Marked, seen: History) -> Match | None:
    """Markers on people, places, numbers or vehicles."""
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
            "words": found[0].text,
            "first": found[0].since.spoken(),
            "place": places[0].label if places and places[0] else "",
        },
    )


def risk_assessment(word: Assessment, seen: History) -> Match | None:
    """Assessments done so, or brought down."""
    levels = ("", "standard", "medium", "high")
    found = [
        a
        for a in seen.picture.risk_assessments
        if a.person_id in seen.at_risk
        and (
            (bool(word.done) and a.done in word.done)
            or (bool(word.levels) and a.level in word.levels)
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
                f"{a.known_at.astimezone(LONDON):%d %b %Y}, {a.done.value.replace('_', ' ')}, "
                f"{(a.level_before + ' to ') if a.level_before else ''}{a.level or 'no level'}: {a.note}",
            )
            for a in found
        ),
        {"count": str(len(found))},
    )


def enquiry(word: Undone, seen: History) -> Match | None:
    """Enquiries left open or dropped."""
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


def after_police_warning(word: AfterWarning, seen: History) -> Match | None:
    """What was told of him later than police warned him: what the warning was given for is no return."""
    for warning in reversed(seen.picture.police_warnings):
        if warning.person_id not in seen.suspects or (word.kinds and warning.kind not in word.kinds):
            continue
        after = [
            d
            for d in seen.told("any")
            if d.indicator in word.contact
            and warning.person_id in seen.about(d)
            and d.incident_id != warning.incident_id
            and d.happened.at > warning.given.at
        ]
        if after:
            return Match(
                (
                    Evidence("police_warning", warning.id, f"{warning.given.spoken()}: {warning.terms}"),
                    *(Evidence("disclosure", d.id, told_line(d, seen)) for d in after),
                ),
                {
                    "first": warning.given.spoken_day(),
                    "last": after[-1].happened.spoken_day(),
                    "who": seen.picture.name_of(warning.person_id),
                    "words": warning.terms,
                },
            )
    return None


def on_record(word: OnRecord, seen: History) -> Match | None:
    """Convictions, cautions and other records of a suspect."""
    found = [
        r
        for r in seen.picture.records
        if r.person_id in seen.suspects and (not word.kinds or r.kind in word.kinds)
    ]
    if not found:
        return None
    return Match(
        tuple(Evidence("person_record", r.id, f"{r.happened.spoken()}: {r.text}") for r in found),
        {
            "count": str(len(found)),
            "words": found[0].text,
            "who": seen.picture.name_of(found[0].person_id),
            "first": found[0].happened.spoken_day(),
            "last": found[-1].happened.spoken_day(),
        },
    )
