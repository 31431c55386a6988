"""What was not asked, told or done by then, from the picture of that moment alone: nothing that came later is in it.

Not asked, put off, not told, not recorded and not done are told apart. None of them says that anybody was at fault: a call
leaves time for some questions only, which is why the most telling stand first.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from callhandler.model.assessment import Assessment, Tier
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.picture import Picture
from callhandler.model.review import Missed
from callhandler.policy.pack import Policy
from callhandler.policy.reviews import Missing
from callhandler.rules import ask, escalate, history, manner
from callhandler.rules.ask import Asked, Weight
from callhandler.rules.escalate import CODE, is_escalation, is_heard
from callhandler.rules.history import History
from callhandler.rules.match import match
from callhandler.rules.propose import undecided
from callhandler.rules.to_do import STEP

_NEVER = datetime.max.replace(tzinfo=UTC)


def missed(
    picture: Picture, assessment: Assessment, policy: Policy, questions: Iterable[Asked] | None = None
) -> tuple[Missed, ...]:
    """Everything missed on a picture: what the policy looks for, offences, old disclosures, tasks, then questions.

    `questions` are those of the picture, where somebody has worked them out already.
    """
    seen = history.read(picture, policy)
    return (
        *_looked_for(seen, assessment, policy),
        *(
            Missed("offence", p.name, "undecided", "; ".join(e.line for e in p.evidence[:1]))
            for p in undecided(seen, policy)
        ),
        *_not_followed_up(seen, policy),
        *(
            Missed("task", t.text, "not acknowledged" if is_escalation(t) else "not done", t.owner)
            for t in picture.tasks
            if not t.done
        ),
        *_not_asked(
            _questions(seen, assessment, policy) if questions is None else questions, assessment, policy
        ),
    )


def _looked_for(seen: History, assessment: Assessment, policy: Policy) -> Iterator[Missed]:
    for entry in policy.reviews.missed:
        if entry.when is not None:
            found = match(entry.when, seen)
            if found is not None:
                yield Missed(entry.id, entry.name, entry.state, "; ".join(e.line for e in found.evidence[:1]))
        elif not _told_of(entry, seen, assessment, policy):
            yield from islice(_to_tell(entry, seen, assessment, policy), 1)


def _to_tell(entry: Missing, seen: History, assessment: Assessment, policy: Policy) -> Iterator[Missed]:
    """What asks for somebody to be told: a standing warning's first step, or an escalation that is due."""
    for warning in assessment.standing:
        if warning.code in entry.warnings and (rule := policy.warnings.get(warning.code)):
            yield Missed(entry.id, entry.name, entry.state, rule.do[0], warning.code)
    for planned in escalate.planned(seen.picture, policy):
        if planned.tell in entry.roles and planned.at <= seen.picture.as_of:
            yield Missed(entry.id, entry.name, entry.state, planned.text)


def _told_of(entry: Missing, seen: History, assessment: Assessment, policy: Policy) -> bool:
    """Whether such a step was taken since its warning rose, or such an escalation acknowledged."""
    since = {w.code: w.since for w in assessment.standing}
    steps = {
        (f"{STEP}{code}", text): since[code]
        for code in entry.warnings
        if code in since and code in policy.warnings
        for text in policy.warnings[code].do[: entry.steps]
    }
    kinds = tuple(f"{CODE}{rule.id}:" for rule in policy.pack.escalations if rule.tell in entry.roles)
    return any(
        (is_heard(t) and t.code.startswith(kinds)) or (t.done and t.at >= steps.get((t.code, t.text), _NEVER))
        for t in seen.picture.tasks
    )


def _not_followed_up(seen: History, policy: Policy) -> Iterator[Missed]:
    """Grave things told in linked history and open since. What is told in the call itself is its questions' matter."""
    for told in seen.told_before:
        known = policy.indicators.get(told.indicator)
        if told.open and told.stance is Stance.TOLD and known is not None and known.weight == "grave":
            yield Missed("disclosure", known.name, "not followed up", _told(told, seen))


def _told(told: Disclosure, seen: History) -> str:
    days = (seen.picture.as_of - told.happened.at).days
    since = f"{told.happened.spoken_day()}, open {days} days" if days > 0 else told.happened.spoken()
    return f"{since}: {told.words}" if told.words else since


def _questions(seen: History, assessment: Assessment, policy: Policy) -> tuple[Asked, ...]:
    spoken = manner.speaking(seen.picture, policy)
    return ask.questions_for(seen, policy, assessment.standing, spoken.now)


def _not_asked(questions: Iterable[Asked], assessment: Assessment, policy: Policy) -> Iterator[Missed]:
    """The open questions that bear on a standing warning which is more than a note, the most telling first."""
    asked_for = {q for entry in policy.reviews.missed if entry.when for q in entry.when.questions()}
    weighty = {w.code for w in assessment.standing if w.tier is not Tier.NOTE}
    for asked in questions:
        if not asked.open or asked.weight is Weight.OTHER or asked.bears_on not in weighty:
            continue
        if asked.question.id not in asked_for:
            state = "put off" if asked.answer is not None and not asked.again else "not asked"
            yield Missed("question", asked.question.ask, state, asked.question.why, asked.bears_on)
