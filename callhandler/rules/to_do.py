"""What to do now: the first steps of the standing warnings, and which of them were already taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callhandler.model.assessment import Assessment, Tier, Warning
from callhandler.model.incident import Task
from callhandler.policy.pack import Policy

STEP = "step:"
"""A step that was taken is a task of this code and the warning's, done as soon as it is recorded."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to do now, and the warning that asks for it."""

    text: str
    warning: str


def to_do_now(
    assessment: Assessment, policy: Policy, tasks: Iterable[Task] = (), most: int = 6
) -> tuple[ToDo, ...]:
    """The next steps of the standing warnings, each once, at most `most`.

    A rule that `leads` comes first (when nobody can go, who is told of it), then critical before serious, and every
    warning's first open step before the second of any. A step recorded since its warning rose is not asked again.
    """
    standing = [w for w in assessment.standing if w.tier is not Tier.NOTE]
    leading = {code for code, rule in policy.warnings.items() if rule.leads}
    standing.sort(key=lambda w: w.code not in leading)
    taken = [t for t in tasks if t.done and t.code.startswith(STEP)]
    steps = [(w.code, list(_open_steps(w, taken))) for w in standing]
    found: dict[str, str] = {}
    for turn in range(max((len(own) for _, own in steps), default=0)):
        for code, own in steps:
            if turn < len(own):
                found.setdefault(own[turn], code)
    return tuple(ToDo(text, code) for text, code in list(found.items())[:most])


def _open_steps(warning: Warning, taken: Iterable[Task]) -> Iterator[str]:
    done = {t.text for t in taken if t.at >= warning.since}
    yield from (step for step in warning.do if step not in done)
