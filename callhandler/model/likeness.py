"""How like a rationale is to earlier ones: allowed, but shown to whoever reviews it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """A rationale given before, for another incident: by whom, when, and its reason and answers as one text."""

    request_id: int
    incident_id: int
    author: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The likeness to the most like one, in per cent; and of those that are at least as like as the policy's number: how
    many, whose, the newest, and their incidents.
    """

    percent: int
    count: int = 0
    authors: tuple[str, ...] = ()
    newest: datetime | None = None
    incidents: tuple[int, ...] = ()
