"""What the panels at the right say of an item."""

from collections import Counter
from collections.abc import Sequence

from callhandler.model.review import Missed, Result
from callhandler.model.when import When
from callhandler.services.reviews.opening import Opened
from ui.common.words import tr
from ui.review.keys import results
from ui.review.side_facts import FactsShown, Pair

TOGETHER = 3
"""So many in the same state are told together."""
FIRST = 3
"""So many of them are told by name until all are asked for."""
LONGEST = 56
"""The letters of a name in a list of them."""


def facts_of(front: Opened) -> FactsShown:
    """What was missed, and what was found and told before."""
    note = "" if front.missed else tr("Nothing of what is looked for was missed.")
    return FactsShown(missed_of(front.missed), missed_of(front.missed, whole=True), note, found_of(front))


def missed_of(missed: Sequence[Missed], *, whole: bool = False) -> tuple[Pair, ...]:
    """What was missed: one by one, or where several are in the same state, together under that state.

    Of those together the first few, and how many more; `whole` tells all of them.
    """
    states: dict[str, Counter[str]] = {}
    for each in missed:
        states.setdefault(each.state, Counter())[_short(each.name)] += 1
    pairs: list[Pair] = []
    for state, names in states.items():
        said = [f"{name} ×{n}" if n > 1 else name for name, n in names.items()]
        if len(said) < TOGETHER:
            pairs += [(name, state, "serious") for name in said]
        else:
            together = tr("{state}: {n}").format(state=state.capitalize(), n=sum(names.values()))
            first = said if whole or len(said) <= FIRST + 1 else said[:FIRST]
            more = [tr("and {n} more: F").format(n=len(said) - len(first))] if len(first) < len(said) else []
            pairs.append((together, "; ".join([*first, *more]), "serious"))
    return tuple(pairs)


def _short(name: str) -> str:
    """A name in one short line; a task's is a sentence or more."""
    first = name.split(". ", maxsplit=1)[0].rstrip(".")
    return first if len(first) <= LONGEST else first[:LONGEST].rsplit(" ", 1)[0] + " …"


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
