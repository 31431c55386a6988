"""What a condition that holds is made of: the records it rests on, and values for the sentence."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.incident import Incident
from callhandler.policy.words_told import Chosen
from callhandler.rules.history import History


@dataclass(frozen=True)
class Match:
    """A condition that holds: the records it rests on, and values for the sentence."""

    evidence: tuple[Evidence, ...] = ()
    values: dict[str, str] = field(default_factory=dict)

    def joined(self, other: "Match") -> "Match":
        """Both together; the first to give a value keeps it."""
        return together((self, other))


def together(found: Sequence[Match]) -> Match:
    """All of these; each record once, and the first to give a value keeps it."""
    if len(found) == 1:
        return found[0]
    values: dict[str, str] = {}
    for one in reversed(found):
        values.update(one.values)
    return Match(tuple(dict.fromkeys(chain.from_iterable([one.evidence for one in found]))), values)


def told_evidence(told: Disclosure, seen: History) -> Evidence:
    """What was told as evidence: on one picture it is put into words once, however many rules rest on it."""
    found: Evidence | None = seen.lines.get(told.id)
    if found is None:
        found = seen.lines[told.id] = Evidence("disclosure", told.id, told_line(told, seen))
    return found


def told_line(told: Disclosure, seen: History) -> str:
    """What was told as a line of evidence: when, by whom, in which words, denied or disputed."""
    words = told.words or told.indicator.replace("-", " ")
    doubt = " (disputed)" if told.disputed else ""
    denied = "denied: " if told.stance is Stance.DENIED else ""
    return f"{told.happened.spoken()}, {told.teller}: {denied}{words}{doubt}"


WEIGHTS = ("context", "serious", "grave")
_GRAVEST = len(WEIGHTS) - 1


def weight_of(indicator: str, seen: History) -> int:
    """0 context, 1 serious, 2 grave; an indicator that the policy does not hold is taken as grave."""
    weights: dict[str, int] | None = seen.policy.worked_out.get("weights")
    if weights is None:
        weights = {i.id: WEIGHTS.index(i.weight) for i in seen.policy.indicators.values()}
        seen.policy.worked_out["weights"] = weights
    return weights.get(indicator, _GRAVEST)


def chosen(word: Chosen, seen: History) -> Callable[[str], bool]:
    """Whether an indicator is one that the word looks at."""
    if word.weight is None:
        return word.named.__contains__
    least, natural = WEIGHTS.index(word.weight), set(word.natural_to)

    def weighs(indicator: str) -> bool:
        entry = seen.policy.indicators.get(indicator)
        fits = not natural or bool(entry and natural & set(entry.types))
        return fits and weight_of(indicator, seen) >= least

    return weighs


def incident_evidence(incidents: Iterable[Incident], seen: History) -> tuple[Evidence, ...]:
    """Incidents as evidence, each with its day and its one line."""
    return tuple(Evidence("incident", i.id, f"{i.opened.spoken()}: {i.summary}") for i in incidents)
