"""How strong a link is, and why: told in words, never as a number."""

from dataclasses import dataclass
from enum import StrEnum

from callhandler.model.picture import Via


class Strength(StrEnum):
    """Confirmed is of the very person, by record or by judgement. Likely and possible never become more by themselves."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a past incident is shown, in plain words; how strong that is; and why it is no stronger, or since when it is."""

    via: Via
    strength: Strength
    words: str
    why: str = ""

    @property
    def whole(self) -> str:
        """All of it in one line."""
        return f"{self.strength.value}: {self.words}" + (f" ({self.why})" if self.why else "")


STRONGEST_FIRST = tuple(Strength)
