"""A term and a check of an order, as somebody gives them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class TermTold:
    """A term as it is told or read. `metres` from its place; `expires` its own end; `place` words or nothing."""

    kind: str
    text: str = ""
    place: str = ""
    metres: int | None = None
    expires: datetime | None = None
    exceptions: str = ""
    times: str = ""
    arrest_power: str = "unknown"
    arrest_until: datetime | None = None
    protected: int | str = ""
    verified: bool = False
    said_by: str = ""


@dataclass(frozen=True)
class Checked:
    """What somebody read in a copy or heard from a court. `whole`: every term was read. Empty is not said."""

    said_by: str
    court: str = ""
    made: datetime | None = None
    until: datetime | None = None
    notice: str = ""
    whole: bool = False
    words: str = ""
    terms: Sequence[TermTold] = field(default_factory=tuple)
