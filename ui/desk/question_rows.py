"""The words of the question panel: what has become of a question, how many wait, how the caller speaks."""

from collections.abc import Collection, Sequence
from typing import get_args

from callhandler.model.facts import Answer, Reply
from callhandler.policy.entries import Part
from callhandler.rules.ask import Asked
from callhandler.rules.manner import Speaking
from ui.common import words
from ui.common.words import tr
from ui.desk.who_rows import USUAL, reply_words

PARTS: tuple[str, ...] = get_args(Part)


def state_of(asked: Asked) -> tuple[str, str]:
    """What has become of a question, in words, and its tone. Not asked, not known, declined, later and no all differ."""
    if not asked.can_be_asked:
        return tr("Not to be asked in the way that she can speak now; it stays open"), "serious"
    if asked.answer is None:
        if asked.moot:
            return tr("Not asked; already told"), "calm"
        return tr("Not asked yet"), "muted"
    said = _said(asked.answer)
    before = "; ".join(_said(a) for a in asked.earlier)
    if asked.again:
        said = tr("In an earlier call: {said}. Ask again").format(said=said)
    if before:
        said = tr("{said} · before: {before}").format(said=said, before=before)
    return said, "serious" if asked.again or asked.answer.reply is Reply.LATER else "calm"


def _said(answer: Answer) -> str:
    said = f"{reply_words(answer.reply)} {words.clock(answer.known_at)}"
    return f"{said} “{answer.words}”" if answer.words else said


def foot(questions: Sequence[Asked], just: Collection[str], up: int) -> str:
    """How many more could be asked than are up, how many cannot be in this manner, how many are answered.

    `just` are those that were answered a moment ago and whose answer is on its way.
    """
    if not questions:
        return ""
    fit = [q for q in questions if q.open and q.can_be_asked and q.question.id not in just]
    told = []
    more = len(fit) - up
    if more > 0:
        told.append(tr("{n} more to ask: PgDn").format(n=more))
    unfit = sum(1 for q in questions if q.open and not q.can_be_asked)
    if unfit:
        told.append(tr("{n} wait until she can speak").format(n=unfit))
    done = sum(1 for q in questions if q.answer is not None and not q.open)
    told.append(tr("{n} answered").format(n=done))
    told.append(tr("Ctrl+2, then one key"))
    return " · ".join(told)


def manner_lines(speaking: Speaking, *, whole: bool = True) -> tuple[str, str, str]:
    """How the caller speaks, how to speak then, and the whole of that where only the first is shown.

    When she speaks as usual, only how it was the last time.
    """
    chosen = speaking.now
    if chosen is not None and (chosen.wording or chosen.id != USUAL):
        name = f"{chosen.name}: {speaking.words}" if speaking.words else chosen.name
        lines = (*chosen.code, *chosen.speak)
        shown = lines if whole else chosen.code[:3] or chosen.speak[:2]
        return name, " · ".join(shown), " · ".join(lines)
    if chosen is None and speaking.before is not None and speaking.before.id != USUAL:
        last = tr("Last time: {name} ({key})")
        return last.format(name=speaking.before.name, key=speaking.before.key), "", ""
    return "", "", ""
