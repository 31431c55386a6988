"""How well the word suggestions do on labelled lines: precision and recall, in all and by weight class."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callhandler.policy.lines import LabelledLine
from callhandler.policy.pack import Policy
from callhandler.rules.suggest import WEIGHTS, Suggester


@dataclass(frozen=True, slots=True)
class Score:
    """Offers that a label wants, offers that none wants, and labels that were not offered."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was offered, how much a label wants; 1 when nothing was offered."""
        offered = self.right + self.wrong
        return self.right / offered if offered else 1.0

    @property
    def recall(self) -> float:
        """Of what labels want, how much was offered; 1 when they want nothing."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0


@dataclass(frozen=True, slots=True)
class Missed:
    """A line whose offers differ from its labels: what was not offered, and what was offered unwanted."""

    line: str
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: told indicators in all and by weight, denials, and ordinary lines left in peace."""

    lines: int
    told: Score
    by_weight: dict[str, Score]
    denied: Score
    quiet: int
    disturbed: int
    errors: tuple[Missed, ...]


def measure(policy: Policy, lines: Sequence[LabelledLine]) -> Measured:
    """Offer for each line and compare with its labels. A line that tells nothing is disturbed by any offer but a denial."""
    suggester = Suggester(policy)
    told: list[tuple[set[str], set[str]]] = []
    denied: list[tuple[set[str], set[str]]] = []
    errors: list[Missed] = []
    for entry in lines:
        offered = suggester.suggest(entry.line)
        found = {s.indicator for s in offered if not s.denied}
        told.append((found, set(entry.told)))
        denied.append(({s.indicator for s in offered if s.denied}, set(entry.denied)))
        if found != set(entry.told):
            missed, wrong = sorted(set(entry.told) - found), sorted(found - set(entry.told))
            errors.append(Missed(entry.line, tuple(missed), tuple(wrong)))
    return Measured(
        lines=len(lines),
        told=_score(told),
        by_weight={w: _score(_of_weight(told, policy, w)) for w in WEIGHTS},
        denied=_score(denied),
        quiet=sum(not wanted for _, wanted in told),
        disturbed=sum(bool(found) and not wanted for found, wanted in told),
        errors=tuple(errors),
    )


def _of_weight(
    pairs: Iterable[tuple[set[str], set[str]]], policy: Policy, weight: str
) -> Iterable[tuple[set[str], set[str]]]:
    own = {i for i, entry in policy.indicators.items() if entry.weight == weight}
    return [(found & own, wanted & own) for found, wanted in pairs]


def _score(pairs: Iterable[tuple[set[str], set[str]]]) -> Score:
    right = wrong = missed = 0
    for found, wanted in pairs:
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
    return Score(right, wrong, missed)
