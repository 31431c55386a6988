"""Which guided questions matter now, the most telling first."""

from dataclasses import dataclass

from callhandler.model.facts import Answer, Reply
from callhandler.policy.entries import Question
from callhandler.policy.pack import Policy
from callhandler.rules.history import History
from callhandler.rules.match import match


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is relevant now, with its newest reply if there is one."""

    question: Question
    answer: Answer | None

    @property
    def open(self) -> bool:
        """True while there is no reply, or the reply was: later."""
        return self.answer is None or self.answer.reply is Reply.LATER


def questions_for(seen: History, policy: Policy) -> tuple[Asked, ...]:
    """The questions that the picture makes relevant, in the policy's order; answered ones stay, so they can be changed."""
    relevant = [
        q
        for q in policy.pack.questions
        if q.id in seen.replies or q.when is None or match(q.when, seen) is not None
    ]
    relevant.sort(key=lambda q: q.order)
    return tuple(Asked(q, seen.replies.get(q.id)) for q in relevant)
