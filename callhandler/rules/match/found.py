"""What a condition that holds is made of: the records it rests on, and values for the sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from callhandler.model.assessment import Evidence
from callhandler.model.facts import Disclosure, Stance
from callhandler.model.incident import Incident
from callhandler.rules.history import History


@dataclass(frozen=True)
class Match:
    """A condition that holds: the records it rests on, and values for the sentence."""

    evidence: tuple[Evidence, ...] = ()
    values: dict[str, str] = field(default_factory=dict)

    def joined(self, other: "Match") -> "Match":
        """Both together; the first to give a value keeps it."""
        return Match(tuple(dict.fromkeys((*self.evidence, *other.evidence))), {**other.values, **self.values})


def told_line(told: Disclosure, seen: History) -> str:
    """What was told as a line of evidence: when, by whom, in which words, denied or disputed."""
    words = told.words or told.indicator.replace("-", " ")
    doubt = " (disputed)" if told.disputed else ""
    denied = "denied: " if told.stance is Stance.DENIED else ""
    return f"{told.happened.spoken()}, {told.teller}: {denied}{words}{doubt}"


def incident_evidence(incidents: Iterable[Incident], seen: History) -> tuple[Evidence, ...]:
    """Incidents as evidence, each with its day and its one line."""
    return tuple(Evidence("incident", i.id, f"{i.opened.spoken()}: {i.summary}") for i in incidents)
