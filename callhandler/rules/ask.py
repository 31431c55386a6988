"""Which guided questions matter now, the most telling first.

A question comes up when the picture or an answer makes it relevant. First come those on which a critical warning bears or
which settle a standing one, then those that bear on any other standing warning, then the rest; within each, the policy's
own order. A question that became needless leaves the open ones and can still be gone to. Not asked, not known, declined
and later never make one needless, and none that could settle a standing warning ever is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from callhandler.model.assessment import Tier, Warning
from callhandler.model.facts import Answer, Reply
from callhandler.policy.conditions import Condition
from callhandler.policy.entries import Manner, Question, WarningRule
from callhandler.policy.pack import Policy
from callhandler.rules.history import History
from callhandler.rules.manner import conversation
from callhandler.rules.match import holds

AT_MOST = 5
"""So many questions are up at once; the others wait behind a count."""


class Weight(IntEnum):
    """How pressing a question is, the most pressing first."""

    PRESSING = 0
    BEARS = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is relevant now: its replies, its wording in this call's manner, and the warning it bears on."""

    question: Question
    answer: Answer | None
    earlier: tuple[Answer, ...] = ()
    wording: str = ""
    weight: Weight = Weight.OTHER
    bears_on: str = ""
    moot: bool = False
    again: bool = False

    @property
    def open(self) -> bool:
        """True while it has no reply in its time, or the reply was: later; never when it became needless."""
        return not self.moot and (self.answer is None or self.again or self.answer.reply is Reply.LATER)

    @property
    def can_be_asked(self) -> bool:
        """True when there is a wording fit for how the caller speaks."""
        return bool(self.wording)


def questions_for(
    seen: History, policy: Policy, standing: Iterable[Warning] = (), manner: Manner | None = None
) -> tuple[Asked, ...]:
    """The questions that the picture makes relevant: the open ones, most telling first, then those put off, then the rest.

    Answered ones stay, so they can be changed. `standing` are the warnings that stand; `manner` is how the caller speaks.
    """
    serving = _Serving(policy, tuple(standing))
    replies: dict[str, list[Answer]] = {}
    for answer in seen.picture.answers:
        replies.setdefault(answer.question, []).append(answer)
    found = []
    for question in policy.pack.questions:
        own: Sequence[Answer] = replies.get(question.id, ())
        if not own and question.when is not None and not holds(question.when, seen):
            continue
        weight, warning = serving.of(question)
        found.append(
            Asked(
                question=question,
                answer=own[-1] if own else None,
                earlier=tuple(own[:-1]),
                wording=question.in_manner(manner),
                weight=weight,
                bears_on=warning,
                moot=not own and _needless(question.moot, seen) and question.id not in serving.settling,
                again=bool(own) and question.each_call and _of_earlier_call(own[-1], seen),
            )
        )
    found.sort(key=lambda q: (not q.open, q.open and _put_off(q), q.weight, q.question.order))
    return tuple(found)


def up_now(questions: Iterable[Asked], most: int = AT_MOST) -> tuple[Asked, ...]:
    """The few questions that are up: open, and to be asked in the way that the caller can speak."""
    return tuple(q for q in questions if q.open and q.can_be_asked)[:most]


def _put_off(asked: Asked) -> bool:
    return asked.answer is not None and not asked.again


def _needless(moot: Condition | None, seen: History) -> bool:
    return moot is not None and holds(moot, seen)


def _of_earlier_call(answer: Answer, seen: History) -> bool:
    newest = conversation(seen.picture)
    return answer.call_id is not None and newest is not None and answer.call_id < newest


class _Serving:
    """Which standing warning a question bears on, and how."""

    def __init__(self, policy: Policy, standing: tuple[Warning, ...]) -> None:
        rules = [(w, rule) for w in standing if w.standing and (rule := policy.warnings.get(w.code))]
        # Worked out once a picture: every question is held against every standing warning.
        self._standing = [(w, rule, _settling(rule), rule.when.looked_for()) for w, rule in rules]
        self.settling = {q for _, _, settling, _ in self._standing for q in settling}

    def of(self, question: Question) -> tuple[Weight, str]:
        """The weight of a question, and the code of the most pressing warning it bears on."""
        if not self._standing:
            return Weight.OTHER, ""
        tells = set(question.tells.values())
        best: tuple[Weight, int, str] | None = None
        for warning, rule, settling, looked_for in self._standing:
            settles = question.id in settling
            bears = settles or rule.id in question.serves or bool(tells & looked_for)
            if not bears:
                continue
            pressing = settles or warning.tier is Tier.CRITICAL
            rank = (Weight.PRESSING if pressing else Weight.BEARS, _TIERS.index(warning.tier), warning.code)
            if best is None or rank[:2] < best[:2]:
                best = rank
        return (best[0], best[2]) if best else (Weight.OTHER, "")


_TIERS = (Tier.CRITICAL, Tier.SERIOUS, Tier.NOTE)


def _settling(rule: WarningRule) -> set[str]:
    """The questions whose plain answer settles a warning, or whose being unknown keeps it up."""
    unknown = {q for part in rule.when.walk() if part.unknown for q in part.unknown.questions}
    return unknown | set(rule.settled_by_reply)
