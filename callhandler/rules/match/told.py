"""Words about what was told and answered."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.incident import TYPE_NOT_KNOWN, Direction
from callhandler.model.when import Precision, When
from callhandler.policy.words_known import SuspectBeforeMeant
from callhandler.policy.words_told import (
    Again,
    NewInRepeatCall,
    NotAnswered,
    NothingTold,
    Present,
    Replied,
    Teller,
    Unknown,
)
from callhandler.rules.history import History
from callhandler.rules.match.found import Match, chosen, told_evidence
from callhandler.rules.respondents import nobody_named

THIRD_PARTY = ("third_party", "other_agency")
_DATED = (Precision.MINUTE, Precision.DAY)


def present(word: Present, seen: History) -> Match | None:
    """Something told, here or in linked history."""
    now = seen.picture.as_of
    if word.weight is None:
        pool = seen.told_of(word.scope, word.stance, word.named)
    else:
        wanted = chosen(word, seen)
        pool = [d for d in seen.told(word.scope, word.stance) if wanted(d.indicator)]
    if not pool:
        return None
    if not word.narrowed:
        return told_match(pool, seen)
    found = [
        d
        for d in pool
        if (word.open is None or d.open == word.open)
        and (not word.by_suspect_here or not seen.suspects.isdisjoint(seen.about(d)))
        and (not word.by_partner or not seen.partners.isdisjoint(seen.about(d)))
        and (not word.by_respondent or not seen.respondents.isdisjoint(seen.about(d)))
        and (not word.unmet or d.incident_id in seen.unmet)
        and (not word.told_by_third_party or d.source in THIRD_PARTY)
        and (not word.told_by or _told_by(d, word.told_by, seen))
        and (word.within_days is None or _may_be_within(d.happened, now, word.within_days))
    ]
    if len({d.indicator for d in found}) < word.at_least:
        return None
    return told_match(found, seen)


def suspect_before_meant(word: SuspectBeforeMeant, seen: History) -> Match | None:
    """What was told of somebody in an earlier report about her, who may be meant now that nobody is named."""
    told = seen.told_of("history", Stance.TOLD, frozenset(word.indicators))
    now, hers = seen.picture.as_of, {i.id for i in seen.hers}
    found = [
        d
        for d in told
        if d.incident_id in hers
        and d.harmed_id in {None, *seen.at_risk}
        and seen.suspects.isdisjoint(seen.about(d))
        and _may_be_within(d.happened, now, word.within_days)
    ]
    if not found or not nobody_named(seen.shown, seen.told_here, seen.named, seen.policy):
        return None
    who = dict.fromkeys(seen.name_of(p) for p in sorted(seen.about(found[0])))
    return told_match(found, seen).joined(Match(values={"who": ", ".join(who) or "somebody not named"}))


def again(word: Again, seen: History) -> Match | None:
    """The same told here and before."""
    wanted = chosen(word, seen)
    before = [
        d
        for d in seen.told("history")
        if wanted(d.indicator) and (not word.by_suspect_here or not seen.suspects.isdisjoint(seen.about(d)))
    ]
    here = [d for d in seen.told("here") if d.indicator in {b.indicator for b in before}]
    same = {d.indicator for d in here}
    if not here:
        return None
    earlier = [d for d in before if d.indicator in same]
    return told_match(here, seen).joined(Match(tuple(told_evidence(d, seen) for d in earlier)))


def new_in_repeat_call(word: NewInRepeatCall, seen: History) -> Match | None:
    """Told since the newest call in, and in no earlier one."""
    calls = [
        c for c in seen.picture.calls if c.incident_id == seen.picture.here and c.direction is Direction.IN
    ]
    if len(calls) < 2:
        return None
    wanted = chosen(word, seen)
    earlier = {d.indicator for d in seen.told("here") if d.known_at < calls[-1].at}
    new = [
        d
        for d in seen.told("here")
        if d.known_at >= calls[-1].at and d.indicator not in earlier and wanted(d.indicator)
    ]
    return told_match(new, seen) if new else None


def nothing_told(_word: NothingTold, seen: History) -> Match | None:
    """Neither a type nor anything told, as when the line has just opened. A denial is nothing told."""
    incident = seen.picture.incident
    if incident is None or incident.type != TYPE_NOT_KNOWN or seen.told("here"):
        return None
    return Match((Evidence("incident", incident.id, "no type was given, and nothing is recorded as told"),))


def not_answered(word: NotAnswered, seen: History) -> Match | None:
    """Questions asked that have no plain yes or no."""
    open_ = [a for a in seen.replies.values() if a.reply.value in word.replies]
    if len(open_) < word.at_least:
        return None
    lines = (f"{a.reply.value.replace('_', ' ')}: {a.question.replace('-', ' ')}" for a in open_)
    evidence = tuple(Evidence("answer", a.id, line) for a, line in zip(open_, lines, strict=True))
    return Match(evidence, {"count": str(len(open_))})


def told_match(found: Sequence[Disclosure], seen: History) -> Match:
    """Disclosures as a match, with the words of the first."""
    first, last = found[0], found[-1]
    oldest = min((d.happened.at for d in found if d.happened.precision in _DATED), default=first.happened.at)
    day = first.happened.spoken_day()
    return Match(
        tuple([told_evidence(d, seen) for d in found]),
        {
            "words": _whose(first, seen),
            "who": seen.name_of(first.harmed_id or first.about_id),
            "days": str(max(0, (seen.picture.as_of - oldest).days)),
            "first": day,
            "last": day if last is first else last.happened.spoken_day(),
            "when": day,
        },
    )


def _whose(told: Disclosure, seen: History) -> str:
    """The words; of what a respondent whom nobody named did to somebody else also who told it, and of whom."""
    elsewhere = told.incident_id != seen.picture.here and told.harmed_id not in {None, *seen.at_risk}
    if not (elsewhere and told.words and told.about_id in seen.respondents - seen.named):
        return told.words
    return f"{told.words} ({told.teller}, of {seen.name_of(told.about_id)})"


def _told_by(told: Disclosure, tellers: Collection[Teller], seen: History) -> bool:
    if told.source in tellers:
        return True
    if told.teller_id is None:
        return False
    return ("child" in tellers and told.teller_id in seen.children) or (
        "suspect" in tellers and told.teller_id in seen.suspects
    )


def _may_be_within(happened: When, now: datetime, days: int) -> bool:
    """A date that is not known, or known only coarsely, may lie within the span: unknown is never no."""
    slack = {Precision.MONTH: 31, Precision.YEAR: 366}.get(happened.precision, 0)
    return happened.precision is Precision.UNKNOWN or happened.at >= now - timedelta(days=days + slack)


def unknown(word: Unknown, seen: History) -> Match | None:
    """Questions without a plain yes or no."""
    unknown = [q for q in word.questions if seen.explicit(q) is None]
    if not unknown:
        return None
    return Match(
        tuple(Evidence("question", 0, f"{_how_unknown(q, seen)}: {q.replace('-', ' ')}") for q in unknown)
    )


def _how_unknown(question: str, seen: History) -> str:
    answer = seen.replies.get(question)
    return "not asked" if answer is None else answer.reply.value.replace("_", " ")


def replied(word: Replied, seen: History) -> Match | None:
    """A question with this reply."""
    answer = seen.replies.get(word.question)
    if answer is None or answer.reply is not word.reply:
        return None
    return Match(
        (Evidence("answer", answer.id, f"{answer.question}: {answer.reply.value}"),), {"words": answer.words}
    )
