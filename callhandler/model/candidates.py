"""Who or what something may be: confirmed and possible kept apart, each with its reasons in plain words."""

from dataclasses import dataclass
from enum import StrEnum


class Surety(StrEnum):
    """How sure a candidate is. Possible is never joined by itself: somebody accepts it, or nobody does."""

    CONFIRMED = "confirmed"
    POSSIBLE = "possible"
    LESS_LIKELY = "less likely"
    """Shown only to whoever looks for somebody outright, and apart from the others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record that somebody or some place may be. There is no score: the order is the likeliest first."""

    id: int
    surety: Surety
    why: tuple[str, ...]

    @property
    def confirmed(self) -> bool:
        """True when it is sure."""
        return self.surety is Surety.CONFIRMED

    @property
    def reasons(self) -> str:
        """Why, in one line."""
        return "; ".join(self.why)
