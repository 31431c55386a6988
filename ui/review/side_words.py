"""What the panels at the right say of an item."""

from collections import Counter

from callhandler.model.review import Result
from callhandler.model.when import When
from callhandler.services.reviews.opening import Opened
from ui.common.words import tr
from ui.review.keys import results
from ui.review.side_facts import Pair


def facts_of(front: Opened) -> tuple[tuple[Pair, ...], str, tuple[Pair, ...], str]:
    """What was missed, and what was found and told before, each with a note."""
    many = Counter((m.name, m.state) for m in front.missed)
    missed = tuple((f"{name} ×{n}" if n > 1 else name, state, "serious") for (name, state), n in many.items())
    note = "" if missed else tr("Nothing of what is looked for was missed.")
    return missed, note, found_of(front), ""


def found_of(front: Opened) -> tuple[Pair, ...]:
    """Grades and findings of reviewers, and whether the handler has seen what was told."""
    grades = () if front.line.hidden else front.second_grades
    named = {g.id: g.name for g in front.policy.scheme.grades}
    pairs: list[Pair] = [
        (
            g.author,
            tr("graded {grade}{blind}").format(
                grade=named.get(g.grade, g.grade), blind=tr(", blind") if g.blind else ""
            ),
            "text",
        )
        for g in grades
    ]
    pairs += [
        (f"{o.author}, {When(o.at).spoken()}", f"{result_name(o.result)}: {o.reason}", "text")
        for o in front.outcomes
    ]
    for told in front.feedback:
        seen = (
            tr("seen {when}").format(when=When(told.seen_at).spoken()) if told.seen_at else tr("not yet seen")
        )
        said = f"{seen}: {told.answer}" if told.answer else seen
        pairs.append(
            (tr("Told to {who}").format(who=front.line.handler), said, "calm" if told.seen_at else "serious")
        )
    return tuple(pairs)


def result_name(result: Result) -> str:
    """What was found, by name."""
    return next(name for code, _, name in results() if code is result)
