"""Words about what was told and answered."""

from datetime import datetime, timedelta

from callhandler.model.assessment import Evidence
from callhandler.model.when import Precision, When
from callhandler.policy.conditions import Present, Replied, Unknown
from callhandler.rules.history import History
from callhandler.rules.match.found import Match, told_line

THIRD_PARTY = ("third_party", "other_agency")
_DATED = (Precision.MINUTE, Precision.DAY)


def present(word: Present, seen: History) -> Match | None:
    """Something told, here or in linked history."""
    now = seen.picture.as_of
    found = [
        d
        for d in seen.told(word.scope, word.stance)
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
        tuple(Evidence("disclosure", d.id, told_line(d, seen)) for d in found),
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
