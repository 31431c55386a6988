"""A term and a check of an order, as somebody gives them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from callhandler.errors import BadInput
from callhandler.model.order import END_FACTS, Learned
from callhandler.policy.orders import OrderTable


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


def require_end_checked(
    table: OrderTable, fact: Learned, said_by: str, at: datetime | None, until: datetime | None, now: datetime
) -> None:
    """Raise BadInput for a checked fact that could end an order, or put it off, upon a word that checks no end."""
    ends = fact in END_FACTS or until is not None or (fact is Learned.MADE and at is not None and at > now)
    checked = table.end_checked
    if ends and (checked is None or not checked.by(said_by)):
        why = checked.sentence if checked else "The policy names nobody whose word ends an order."
        raise BadInput(why, "said_by")
