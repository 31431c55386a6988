"""Two records of people who may be one, as bulk linking proposes them. A person accepts it or not; nothing else does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two records by their ids, the older first, and what each is called; how likely they are one, from 0 to 1; why.

    `known_at` is when it was proposed, in microseconds (UTC). How likely orders the list and is told nobody as a verdict.
    """

    a: int
    b: int
    a_called: str
    b_called: str
    likely: float
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    known_at: int

    @property
    def reasons(self) -> str:
        """What agrees, and what does not, in one line."""
        against = f"; but {'; '.join(self.differ)}" if self.differ else ""
        return f"{'; '.join(self.agree)}{against}"
